"""The picture store as a directory tree: where things lie in it and in which order they change. Blocking.

    <root>/pictures/ab/cd/abcd...ef.png      the bytes; the suffix is the media type, so any viewer opens them
    <root>/pictures/ab/cd/abcd...ef@<name>   one file a reference, see `keys.reference_name`
    <root>/references/ab/cd/abcd...ef/       references as they were kept before; they still count
    <root>/locks/ab                          one lock for all digests that begin so
    <root>/staged/                           files being written

Whatever changes a picture or its references holds the lock of its digest's first byte: replicas on one machine, or on
a network file system that carries flock(2), may share the root. Bytes are written and fsynced before the lock is
taken, so it is held for a few directory changes only; bytes and reference lie in one directory, so that one fsync makes
both names durable. Readers take no lock: names change only by whole files.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from services.image.durable import clean, discard, locked, make_directory, remove, stage, sync_directory
from services.image.keys import MEDIA_TYPES, SUFFIXES, read_reference_name, reference_name
from services.image.store import SAME_TIME_S, Entry, Reference, StoredBlob, digest_of, unknown_image

REFERENCE_MARK = "@"


class Directory:
    """One tree of pictures. Raises OSError as it comes, and ServiceError IMAGE_UNKNOWN."""

    def __init__(self, root: Path) -> None:
        self._pictures = root / "pictures"
        self._references = root / "references"
        self._locks = root / "locks"
        self._staged = root / "staged"

    def prepare(self, leftovers_older_than_s: float) -> int:
        """Make the tree, prove that it can be written, remove what crashes left; returns how many files that were."""
        for directory in (self._pictures, self._locks, self._staged):
            make_directory(directory)
        discard(stage(b"probe", self._staged))
        return clean(self._staged, leftovers_older_than_s)

    def put(self, data: bytes, media_type: str, reference: str) -> StoredBlob:
        """Write the bytes, then the reference."""
        digest = digest_of(data)
        new = self._place(self._pictures, digest).with_suffix(SUFFIXES[media_type])
        make_directory(self._locks)
        staged = [stage(data, self._staged)]
        name, content = reference_name(reference)
        try:
            if content:
                staged.append(stage(content, self._staged))
            with locked(self._lock(digest)):
                picture = self._find(digest) or new
                make_directory(picture.parent)
                staged[0].rename(picture)
                del staged[0]
                self._refer(picture, name, staged)
                sync_directory(picture.parent)
        finally:
            for left in staged:
                discard(left)
        return StoredBlob(digest, len(data), MEDIA_TYPES[picture.suffix])

    def stat(self, digest: str) -> StoredBlob:
        """Length and type as the tree has them."""
        picture = self._existing(digest)
        try:
            return StoredBlob(digest, picture.stat().st_size, MEDIA_TYPES[picture.suffix])
        except FileNotFoundError:
            raise unknown_image(digest) from None

    def read(self, digest: str, offset: int, size_bytes: int) -> bytes:
        """A range of the bytes, shorter only at the end."""
        picture = self._existing(digest)
        try:
            with picture.open("rb", buffering=0) as file:
                return _read_range(file.fileno(), offset, size_bytes)
        except FileNotFoundError:
            raise unknown_image(digest) from None

    def delete_reference(self, digest: str, reference: str, until_s: float | None = None) -> None:
        """Drop the reference, unless it was put later, then the bytes if it was the last."""
        self._check_present()
        make_directory(self._locks)
        place, earlier = self._place(self._pictures, digest), self._place(self._references, digest)
        with locked(self._lock(digest)):
            held = _reference_file(place, reference_name(reference)[0]), earlier / _earlier_name(reference)
            if until_s is not None and any(_put_after(path, until_s) for path in held):
                return
            dropped = _unlink(held[0])
            remove(held[1])
            picture = self._find(digest)
            if picture is not None and not any(self._held(place)) and not _has_any(earlier):
                dropped = _unlink(picture) or dropped
                with suppress(OSError):
                    earlier.rmdir()
            if dropped:
                sync_directory(place.parent)

    def shards(self) -> list[str]:
        """The first bytes of all digests that may be stored."""
        with suppress(FileNotFoundError):
            return sorted(entry.name for entry in self._pictures.iterdir())
        return []

    def entries(self, shard: str) -> list[Entry]:
        """What is stored below one first byte; what goes away meanwhile is left out."""
        found = []
        for picture in sorted((self._pictures / shard).glob("*/*")):
            if picture.suffix in MEDIA_TYPES and REFERENCE_MARK not in picture.name:
                with suppress(FileNotFoundError):
                    found.append(self._entry(picture))
        return found

    def _entry(self, picture: Path) -> Entry:
        digest, status = f"sha256:{picture.stem}", picture.stat()
        blob = StoredBlob(digest, status.st_size, MEDIA_TYPES[picture.suffix])
        return Entry(blob, status.st_mtime, tuple(sorted(self._referents(digest), key=lambda held: held.name)))

    def _referents(self, digest: str) -> Iterator[Reference]:
        for path in self._held(self._place(self._pictures, digest)):
            with suppress(FileNotFoundError, ValueError):
                name = read_reference_name(path.name.partition(REFERENCE_MARK)[2])
                yield Reference(path.read_text("utf-8") if name is None else name, path.stat().st_mtime)
        with suppress(FileNotFoundError):
            for path in self._place(self._references, digest).iterdir():
                yield Reference(path.read_text(encoding="utf-8"), path.stat().st_mtime)

    def _held(self, place: Path) -> Iterator[Path]:
        """The references beside a picture."""
        with suppress(FileNotFoundError), os.scandir(place.parent) as files:
            for file in files:
                if file.name.startswith(place.name + REFERENCE_MARK):
                    yield Path(file.path)

    def _refer(self, picture: Path, name: str, staged: list[Path]) -> None:
        """Make the reference, of the staged file if there is one."""
        target = _reference_file(picture.with_suffix(""), name)
        if target.exists():
            os.utime(target)
            return
        if staged:
            staged[0].rename(target)
            del staged[0]
        else:
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644))

    def _existing(self, digest: str) -> Path:
        if picture := self._find(digest):
            return picture
        self._check_present()
        raise unknown_image(digest)

    def _check_present(self) -> None:
        """Tell a store without a picture from no store: a volume that is not mounted knows nothing."""
        if not self._pictures.is_dir():
            raise FileNotFoundError(errno.ENOENT, "its directory is missing", str(self._pictures))

    def _find(self, digest: str) -> Path | None:
        place = self._place(self._pictures, digest)
        candidates = (place.with_suffix(suffix) for suffix in MEDIA_TYPES)
        return next((path for path in candidates if path.exists()), None)

    def _lock(self, digest: str) -> Path:
        return self._locks / _hex(digest)[:2]

    def _place(self, top: Path, digest: str) -> Path:
        name = _hex(digest)
        return top / name[:2] / name[2:4] / name


def _hex(digest: str) -> str:
    return digest.removeprefix("sha256:")


def _reference_file(place: Path, name: str) -> Path:
    return place.with_name(f"{place.name}{REFERENCE_MARK}{name}")


def _earlier_name(reference: str) -> str:
    return hashlib.sha256(reference.encode()).hexdigest() if reference else "kept"


def _put_after(path: Path, until_s: float) -> bool:
    try:
        return path.stat().st_mtime > until_s + SAME_TIME_S
    except FileNotFoundError:
        return False


def _has_any(directory: Path) -> bool:
    try:
        return any(directory.iterdir())
    except FileNotFoundError:
        return False


def _unlink(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _read_range(descriptor: int, offset: int, size_bytes: int) -> bytes:
    pieces, wanted = [], size_bytes
    while wanted and (piece := os.pread(descriptor, wanted, offset)):
        pieces.append(piece)
        offset, wanted = offset + len(piece), wanted - len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
