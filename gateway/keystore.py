"""The key file: changed by one writer at a time, replaced as a whole, and read again when it has changed."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import orjson

from gateway.keys import Key, KeyFileError, from_document, to_document
from services.kit import telemetry

log = telemetry.get_logger(__name__)

Stamp = tuple[int, int, int]


def read(path: Path) -> dict[str, Key]:
    """The keys of a file; none where there is no file.

    Raises:
        KeyFileError: the file cannot be read or holds something else.
    """
    try:
        return from_document(orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return {}
    except orjson.JSONDecodeError:
        raise KeyFileError(f"{path} is no JSON") from None
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read: {error.strerror}") from None
    except KeyFileError as error:
        raise KeyFileError(f"{path} {error}") from None


def update(path: Path, change: Callable[[Mapping[str, Key]], Mapping[str, Key]]) -> None:
    """Read, change and replace the file while no other process does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.with_name(path.name + ".lock")):
        _write(path, orjson.dumps(to_document(change(read(path))), option=orjson.OPT_INDENT_2))


class KeyRing:
    """The keys as the running gateway sees them.

    A changed file is read at the next look. One that has become unreadable leaves the last good keys in force.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = _stamp(path)
        self._keys: Mapping[str, Key] = read(path)

    def current(self) -> Mapping[str, Key]:
        """The keys as the file has them now, by id, revoked ones included."""
        stamp = _stamp(self._path)
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._keys = read(self._path)
                log.info("keys read again", count=len(self._keys))
            except KeyFileError as error:
                log.error("the key file cannot be read; the last good keys stay in force", problem=str(error))
        return self._keys


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    # mkstemp makes a file that only its owner may read.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
