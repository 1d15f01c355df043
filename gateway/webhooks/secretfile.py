"""The secrets that sign deliveries: given by the operator, or made at first use and kept in a file."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gateway.webhooks import signing
from services.kit import telemetry
from services.kit.config import ConfigError
from services.kit.errors import Reason, ServiceError

log = telemetry.get_logger(__name__)

Stamp = tuple[int, int, int]


class SecretSource:
    """Tells the secrets in force. A changed file is read at the next look; a broken one leaves the last good ones."""

    def __init__(self, configured: str, path: Path) -> None:
        """Take the operator's secrets, else those of the file.

        Raises:
            ConfigError: the setting or the file is there and holds no secrets.
        """
        self._path = path
        self._configured = bool(configured)
        self._stamp = _stamp(path)
        self._secrets: tuple[str, ...] = ()
        try:
            if configured:
                self._secrets = signing.parse_secrets(configured)
            elif self._stamp is not None:
                self._secrets = read(path)
        except (ValueError, OSError) as error:
            source = "ATELIER_GATEWAY_WEBHOOK_SECRET" if configured else str(path)
            raise ConfigError(f"{source} {_why(error)}") from None

    def current(self) -> Sequence[str]:
        """The secrets as they are now, made if there are none yet. Blocks on the disk.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if not self._configured:
            self._look()
        return self._secrets

    def _look(self) -> None:
        stamp = _stamp(self._path)
        if stamp is not None and stamp == self._stamp:
            return
        try:
            if stamp is None and not self._secrets:
                create(self._path)
                log.info("a secret for webhooks was made", path=str(self._path))
            self._secrets = read(self._path)
            self._stamp = _stamp(self._path)
        except (ValueError, OSError) as error:
            if not self._secrets:
                raise ServiceError(Reason.STORE_UNAVAILABLE, f"{self._path} {_why(error)}") from None
            if stamp != self._stamp:
                log.error("the webhook secrets cannot be read; the last good ones stay in force", problem=_why(error))
            self._stamp = stamp


def read(path: Path) -> tuple[str, ...]:
    """The secrets of a file.

    Raises:
        ValueError: it holds something else.
        OSError: it cannot be read.
    """
    return signing.parse_secrets(path.read_text("ascii"))


def create(path: Path) -> None:
    """Make a file with a new secret, readable by its owner only; one that another process made first stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = _written(path, [signing.make_secret(secrets.token_bytes(signing.KEY_BYTES))])
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        fresh.unlink()


def replace(path: Path, values: Sequence[str]) -> None:
    """Put other secrets into the file, as a whole."""
    os.replace(_written(path, values), path)


def _written(path: Path, values: Sequence[str]) -> Path:
    # mkstemp makes a file that only its owner may read.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("".join(f"{value}\n" for value in values))
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _why(error: Exception) -> str:
    """What is wrong, without any of the file's or the setting's text."""
    if isinstance(error, OSError):
        return f"cannot be read or written: {error.strerror}"
    return "is no ASCII text" if isinstance(error, UnicodeError) else str(error)
