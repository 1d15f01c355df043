"""Files that are whole or absent after a crash, and locks that hold between processes. Blocking: not for an event loop.

A file is published in this order: write a temporary file on the same file system, fsync it, rename it over its name,
fsync the directory that now lists it. A directory that is made on the way is fsynced into its parent as well.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STAGED_PREFIX = "staged-"


def stage(data: bytes, directory: Path) -> Path:
    """Write the bytes to a new temporary file, fsynced; it is gone again where that fails."""
    make_directory(directory)
    staged = directory / f"{STAGED_PREFIX}{os.getpid()}-{secrets.token_hex(8)}"
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    try:
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        discard(staged)
        raise
    return staged


def publish(staged: Path, target: Path) -> None:
    """Give a staged file its name, over whatever had that name before, and make that durable."""
    make_directory(target.parent)
    staged.rename(target)
    sync_directory(target.parent)


def remove(path: Path) -> bool:
    """Remove a file durably; False where there was none."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    sync_directory(path.parent)
    return True


def discard(staged: Path) -> None:
    """Remove a staged file that nobody will publish; what cannot be removed is left to `clean`."""
    with suppress(OSError):
        staged.unlink()


def make_directory(path: Path) -> None:
    """Make a directory and those above it, durably; nothing happens where it exists."""
    if path.is_dir():
        return
    make_directory(path.parent)
    with suppress(FileExistsError):
        path.mkdir()
    if not path.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(path))
    sync_directory(path.parent)


def make_directories(parent: Path, names: Iterable[str]) -> None:
    """Make directories in one that exists, durably, all with one fsync; nothing happens to those that exist."""
    for name in names:
        with suppress(FileExistsError):
            os.mkdir(parent / name)
    # Also where all exist: whoever made them may not have come that far.
    sync_directory(parent)


def sync_directory(path: str | Path) -> None:
    """Make what the directory lists durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock between threads and processes; the system drops it when a process dies.

    It is an advisory flock(2) on a file that is never removed, each time opened anew: one open file is one holder.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def clean(directory: Path, older_than_s: float) -> int:
    """Remove staged files that have not been written to for `older_than_s`, and nothing else; returns how many."""
    removed, before = 0, time.time() - older_than_s
    for path in directory.glob(f"{STAGED_PREFIX}*"):
        with suppress(FileNotFoundError):
            if path.is_file() and not path.is_symlink() and path.stat().st_mtime < before:
                path.unlink()
                removed += 1
    return removed


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
