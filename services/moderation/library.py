"""The policies of a server: those that ship with it and the operator's own, read again when a file has changed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from services.kit import telemetry
from services.kit.config import ConfigError
from services.kit.errors import Reason, ServiceError
from services.moderation.document import Document, extended, policy_of, read_document
from services.moderation.policy import Policy
from services.moderation.strict_yaml import MAX_DOCUMENT_LENGTH, PolicyError, write_yaml
from services.workers_ai.hazards import HAZARDS

DEFAULT = "default"
SHIPPED = ("balanced", "strict", "permissive")
# The policy that ATELIER_MODERATION_BLOCK stands for.
CONFIGURED = "configured"

_SUFFIXES = (".yaml", ".yml")
_MAX_POLICIES = 200
_MAX_DEPTH = 8
_Signature = tuple[tuple[str, int, int, int], ...]

log = telemetry.get_logger(__name__)


class Library:
    """Policies by name.

    `sources` are files, and directories whose YAML files count; `default` is the name of the policy that a request
    gets which names none; `block` are hazards which alone shall block, and turn the default into a policy of its own.
    Sources are looked at again where `recheck_s` seconds have passed. What became unreadable meanwhile is logged, and
    what was read before goes on to hold.
    """

    def __init__(
        self,
        sources: Sequence[str | Path] = (),
        *,
        default: str = SHIPPED[0],
        block: Sequence[str] = (),
        recheck_s: float = 2.0,
    ) -> None:
        """Read everything.

        Raises:
            ConfigError: a document, or the set of all, is not in order.
        """
        self._sources = tuple(Path(source).expanduser() for source in sources)
        self._default = default
        self._block = tuple(block)
        self._recheck_s = recheck_s
        self._looked_at = time.monotonic()
        try:
            self._signature = _signature(self._sources)
            self._policies = self._read()
        except (PolicyError, OSError) as error:
            raise ConfigError(f"content policies: {error}") from None

    def policies(self) -> Sequence[Policy]:
        """All policies, the default one first, then by name."""
        self._refresh()
        first = self._policies[self._default_name()]
        return (first, *(policy for _, policy in sorted(self._policies.items()) if policy is not first))

    def policy(self, name: str) -> Policy:
        """The policy of this name; the default one where the name is empty or "default".

        Raises:
            ServiceError: POLICY_UNKNOWN.
        """
        self._refresh()
        found = self._policies.get(self._default_name() if name in ("", DEFAULT) else name)
        if found is None:
            known = ", ".join(sorted(self._policies))
            message = f"policy {name[:80]!r} is not known; it takes {known}, or empty for the default"
            raise ServiceError(Reason.POLICY_UNKNOWN, message, field="policy", limit=known)
        return found

    def _default_name(self) -> str:
        return CONFIGURED if self._block else self._default

    def _refresh(self) -> None:
        now = time.monotonic()
        if not self._sources or now - self._looked_at < self._recheck_s:
            return
        self._looked_at = now
        try:
            if (signature := _signature(self._sources)) == self._signature:
                return
            self._signature = signature
            self._policies = self._read()
        except (PolicyError, OSError) as error:
            log.error("policies have changed and cannot be read; those read before go on to hold", error=str(error))
        else:
            log.info("policies read again", policies={name: one.version for name, one in self._policies.items()})

    def _read(self) -> Mapping[str, Policy]:
        documents = {name: read_document(shipped(name)) for name in SHIPPED}
        for path in _paths(self._sources):
            document = _read_file(path)
            name = str(document["name"])
            if name in documents:
                whose = "ships with Atelier" if name in SHIPPED else "is there twice"
                raise PolicyError(f"{path}: name: the policy {name!r} {whose}; choose another name")
            documents[name] = document
        if self._default not in documents:
            known = ", ".join(sorted(documents))
            raise PolicyError(f"ATELIER_MODERATION_DEFAULT_POLICY is {self._default!r}; it takes {known}")
        if self._block:
            documents[CONFIGURED] = read_document(_configured(self._default, self._block))
        if len(documents) > _MAX_POLICIES:
            raise PolicyError(f"there are {len(documents)} policies; at most {_MAX_POLICIES} are taken")
        return {name: policy_of(_resolved(name, documents)) for name in documents}


def shipped(name: str) -> str:
    """The document of a policy that ships with Atelier."""
    return files("services.moderation").joinpath("policies", f"{name}.yaml").read_text(encoding="utf-8")


def _configured(base: str, block: Sequence[str]) -> str:
    """A document in which the hazards named block wherever they are found, and all others are recorded."""
    return write_yaml(
        {
            "name": CONFIGURED,
            "version": 1,
            "description": f"The policy {base}, in which {', '.join(block)} block and other hazards are recorded.",
            "extends": base,
            "categories": {code: "block" if code in block else "flag" for code in HAZARDS},
        }
    )


def _resolved(name: str, documents: Mapping[str, Document]) -> Document:
    """A document laid over all that it extends, from the ground up."""
    line = [name]
    while base := str(documents[line[-1]].get("extends", "")):
        if base not in documents:
            raise PolicyError(f"policy {line[-1]!r}: extends: {base!r} is not known; it takes {', '.join(documents)}")
        if base in line or len(line) >= _MAX_DEPTH:
            raise PolicyError(f"policy {name!r}: extends: {' -> '.join([*line, base])} has no end")
        line.append(base)
    resolved: Document | None = None
    for one in reversed(line):
        try:
            resolved = extended(documents[one], resolved)
        except PolicyError as error:
            raise PolicyError(f"policy {one!r}: {error}") from None
    assert resolved is not None
    return resolved


def _read_file(path: Path) -> Document:
    try:
        with path.open(encoding="utf-8") as file:
            return read_document(file.read(MAX_DOCUMENT_LENGTH + 1))
    except UnicodeDecodeError:
        raise PolicyError(f"{path}: is no UTF-8 text") from None
    except PolicyError as error:
        raise PolicyError(f"{path}: {error}") from None


def _paths(sources: Sequence[Path]) -> list[Path]:
    """The files to read: those named, and the YAML files in directories that are named."""
    found: list[Path] = []
    for source in sources:
        found += sorted(path for path in source.iterdir() if path.suffix in _SUFFIXES) if source.is_dir() else [source]
    return found


def _signature(sources: Sequence[Path]) -> _Signature:
    """What changes when any of the files does, or when one comes or goes."""
    stats = [(str(path), path.stat()) for path in _paths(sources)]
    return tuple((name, stat.st_mtime_ns, stat.st_size, stat.st_ino) for name, stat in stats)
