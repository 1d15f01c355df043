"""Configuration: one frozen dataclass a process, read once from the environment.

A field `listen` of the process "prompt" is the variable ATELIER_PROMPT_LISTEN, unless `setting(env=...)` names another.
Each process refuses variables below its own prefix that it does not know, and variables that belong to nobody;
those of its siblings pass, because one environment often serves a whole stack.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from services.kit.errors import Reason, ServiceError

PREFIX = "ATELIER_"
TLS_ENV = ("ATELIER_TLS_CERTIFICATE", "ATELIER_TLS_KEY", "ATELIER_TLS_CA")
PROCESSES = ("PROMPT", "MODERATION", "IMAGE", "ORCHESTRATOR", "GATEWAY", "LOCAL", "UP", "CLIENT", "ONEBOX")
# Says that one process is to hold all services; each of them may see it and none heeds it.
ONE_PROCESS_ENV = "ATELIER_ONE_PROCESS"

T = TypeVar("T")


class ConfigError(ServiceError):
    """The environment does not make a configuration; the message says which variable and what it takes."""

    def __init__(self, message: str) -> None:
        super().__init__(Reason.FIELD_INVALID, message)

    def __str__(self) -> str:
        return self.message


def setting(default: T, doc: str, *, env: str = "", secret: bool = False) -> T:
    """A field of a configuration: its default, a sentence with unit and limits, its variable, whether to mask it."""
    metadata = {"doc": doc, "env": env, "secret": secret}
    return dataclasses.field(default=default, metadata=metadata, repr=not secret)


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Where certificate chain, private key and authority are, each PEM."""

    certificate: Path
    key: Path
    ca: Path


@dataclass(frozen=True)
class Common:
    """Settings of every process."""

    log_level: str = setting("info", "Least severe record: debug, info, warning, error.", env="ATELIER_LOG_LEVEL")
    log_format: str = setting("json", "json for one JSON object a line, text for people.", env="ATELIER_LOG_FORMAT")
    metrics_listen: str = setting("", "host:port that serves metrics to Prometheus; empty serves none.")
    admin_listen: str = setting(
        "", "host:port on loopback that serves gRPC's channelz to operators, port 0 for any; empty serves none."
    )
    tls_certificate: str = setting(
        "",
        "PEM file of the certificate shown to other services; read again when it changes.",
        env="ATELIER_TLS_CERTIFICATE",
    )
    tls_key: str = setting("", "PEM file of the certificate's key.", env="ATELIER_TLS_KEY")
    tls_ca: str = setting("", "PEM file of the authority that issues all certificates.", env="ATELIER_TLS_CA")

    def __post_init__(self) -> None:
        # What is half set is refused at once.
        self.tls  # noqa: B018
        check_choice("ATELIER_LOG_LEVEL", self.log_level, ("debug", "info", "warning", "error"))
        check_choice("ATELIER_LOG_FORMAT", self.log_format, ("json", "text"))

    @property
    def tls(self) -> TlsFiles | None:
        """The files of mutual TLS; None where the services speak without."""
        return tls_files(dict(zip(TLS_ENV, (self.tls_certificate, self.tls_key, self.tls_ca), strict=True)))


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of a process's configuration."""

    field: str
    env: str
    type: Any
    default: object
    doc: str
    secret: bool


def tls_files(environ: Mapping[str, str]) -> TlsFiles | None:
    """The files that an environment names; None where it names none.

    Raises:
        ConfigError: some are named and others are not.
    """
    values = [environ.get(name, "") for name in TLS_ENV]
    missing = [name for name, value in zip(TLS_ENV, values, strict=True) if not value]
    if len(missing) == len(TLS_ENV):
        return None
    if missing:
        raise ConfigError(f"{' and '.join(missing)} must be set too: mutual TLS takes all three files or none")
    return TlsFiles(*map(Path, values))


def check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    """Raise ConfigError unless the value is one of the choices."""
    if value not in choices:
        raise ConfigError(f"{name} is {value!r}; it takes {', '.join(choices)}")


def settings(cls: type[Any], process: str) -> Iterator[Setting]:
    """The rows of a configuration class, in the order they are declared."""
    hints = get_type_hints(cls)
    for item in dataclasses.fields(cls):
        env = item.metadata.get("env") or f"{PREFIX}{process.upper()}_{item.name.upper()}"
        doc = str(item.metadata.get("doc", ""))
        yield Setting(item.name, env, hints[item.name], item.default, doc, bool(item.metadata.get("secret")))


def load(cls: type[T], process: str, environ: Mapping[str, str]) -> T:
    """The configuration of `process` as the environment says.

    Raises:
        ConfigError: a value that does not parse, or an ATELIER_ variable that nobody knows.
    """
    rows = list(settings(cls, process))
    _refuse_unknown(process, {row.env for row in rows}, environ)
    values = {row.field: _parse(row, environ[row.env]) for row in rows if environ.get(row.env, "") != ""}
    return cls(**values)


def describe(config: object, process: str) -> dict[str, object]:
    """The configuration for people and logs, by variable name, with secrets masked."""
    return {
        row.env: ("***" if getattr(config, row.field) else "") if row.secret else plain(getattr(config, row.field))
        for row in settings(type(config), process)
    }


def plain(value: object) -> object:
    """A value as it would stand in the environment, or a number."""
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    return value if isinstance(value, int | float | str) else str(value)


def _refuse_unknown(process: str, known: set[str], environ: Mapping[str, str]) -> None:
    siblings = tuple(f"{PREFIX}{name}_" for name in PROCESSES if name != process.upper())
    shared = {row.env for row in settings(Common, process)} | {ONE_PROCESS_ENV}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known | shared and not name.startswith(siblings):
            raise ConfigError(f"{name} is not a setting of {process}; see `--help` for those that are")


def _parse(row: Setting, text: str) -> object:
    try:
        return _convert(row.type, text.strip())
    except ValueError:
        shown = "its value" if row.secret else repr(text)
        raise ConfigError(f"{row.env}: {shown} is no {_type_name(row.type)}. {row.doc}") from None


def _convert(kind: Any, text: str) -> object:
    if kind is bool:
        return _switch(text.lower())
    if typing.get_origin(kind) is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind is Path:
        return Path(text).expanduser()
    return kind(text)


def is_on(environ: Mapping[str, str], name: str) -> bool:
    """Whether a switch is on; off where it is not set.

    Raises:
        ConfigError: its value is no switch's.
    """
    value = environ.get(name, "").strip()
    try:
        return bool(value) and _switch(value.lower())
    except ValueError:
        raise ConfigError(f"{name} is {value!r}; it takes on or off") from None


def _switch(word: str) -> bool:
    if word in ("1", "true", "on", "yes"):
        return True
    if word in ("0", "false", "off", "no"):
        return False
    raise ValueError(word)


def _type_name(kind: Any) -> str:
    names = {int: "whole number", float: "number", bool: "on or off", Path: "path"}
    return names.get(kind, "valid value")
