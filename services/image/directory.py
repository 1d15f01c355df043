"""The picture store as a directory tree: where things lie in it and in which order they change. Blocking.

    <root>/pictures/ab/abcd...ef.png         the bytes; the suffix is the media type, so any viewer opens them
    <root>/pictures/ab/abcd...ef@<name>      one file a reference, see `keys.reference_name`
    <root>/pictures/ab/cd/                   both as they lay before; what lies there stays there
    <root>/references/ab/cd/abcd...ef/       references as they were kept even before that; they still count
    <root>/locks/ab                          one lock for all digests that begin so
    <root>/staged/                           files being written

Whatever changes a picture or its references holds the lock of its digest's first byte: replicas on one machine, or on
a network file system that carries flock(2), may share the root. Bytes are written and fsynced before the lock is
taken, so it is held for a few directory changes only; bytes and reference lie in one directory, which is there before
they are, so that one fsync makes both names durable. Readers take no lock: names change only by whole files.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from services.image.durable import (
    clean,
    discard,
    locked,
    make_directories,
    make_directory,
    remove,
    stage,
    sync_directory,
)
from services.image.keys import MEDIA_TYPES, SUFFIXES, read_reference_name, reference_name
from services.image.store import SAME_TIME_S, Entry, Reference, StoredBlob, digest_of, unknown_image

REFERENCE_MARK = "@"
SHARDS = tuple(f"{byte:02x}" for byte in range(256))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture and its references lie: a directory, and what their names in it begin with."""

    directory: str
    name: str

    def picture(self, suffix: str) -> str:
        """The path of the bytes."""
        return f"{self.directory}/{self.name}{suffix}"

    def reference(self, name: str) -> str:
        """The path of a reference that is called so."""
        return f"{self.directory}/{self.name}{REFERENCE_MARK}{name}"

    def held(self) -> bool:
        """Whether anybody refers to the picture."""
        begin = self.name + REFERENCE_MARK
        with suppress(FileNotFoundError), os.scandir(self.directory) as files:
            return any(file.name.startswith(begin) for file in files)
        return False


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
        make_directories(self._pictures, SHARDS)
        discard(stage(b"probe", self._staged))
        return clean(self._staged, leftovers_older_than_s)

    def put(self, data: bytes, media_type: str, reference: str) -> StoredBlob:
        """Write the bytes, then the reference."""
        digest = digest_of(data)
        make_directory(self._locks)
        staged = [stage(data, self._staged)]
        name, content = reference_name(reference)
        try:
            if content:
                staged.append(stage(content, self._staged))
            with locked(self._lock(digest)):
                place, suffix = self._find(digest) or (self._places(digest)[0], SUFFIXES[media_type])
                make_directory(Path(place.directory))
                os.rename(staged[0], place.picture(suffix))
                del staged[0]
                _refer(place.reference(name), staged)
                sync_directory(place.directory)
        finally:
            for left in staged:
                discard(left)
        return StoredBlob(digest, len(data), MEDIA_TYPES[suffix])

    def stat(self, digest: str) -> StoredBlob:
        """Length and type as the tree has them."""
        place, suffix = self._existing(digest)
        try:
            return StoredBlob(digest, os.stat(place.picture(suffix)).st_size, MEDIA_TYPES[suffix])
        except FileNotFoundError:
            raise unknown_image(digest) from None

    def read(self, digest: str, offset: int, size_bytes: int) -> bytes:
        """A range of the bytes, shorter only at the end."""
        place, suffix = self._existing(digest)
        try:
            descriptor = os.open(place.picture(suffix), os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise unknown_image(digest) from None
        try:
            return _read_range(descriptor, offset, size_bytes)
        finally:
            os.close(descriptor)

    def delete_reference(self, digest: str, reference: str, until_s: float | None = None) -> None:
        """Drop the reference, unless it was put later, then the bytes if it was the last."""
        self._check_present()
        make_directory(self._locks)
        places, earlier = self._places(digest), self._earlier(digest)
        name = reference_name(reference)[0]
        with locked(self._lock(digest)):
            held = [place.reference(name) for place in places] + [str(earlier / _earlier_name(reference))]
            if until_s is not None and any(_put_after(path, until_s) for path in held):
                return
            changed = {place.directory for place in places if _unlink(place.reference(name))}
            remove(Path(held[-1]))
            found = self._find(digest)
            if found is not None and not any(place.held() for place in places) and not _has_any(earlier):
                place, suffix = found
                if _unlink(place.picture(suffix)):
                    changed.add(place.directory)
                with suppress(OSError):
                    earlier.rmdir()
            for directory in changed:
                sync_directory(directory)

    def shards(self) -> list[str]:
        """The first bytes of all digests that may be stored."""
        with suppress(FileNotFoundError):
            return sorted(entry.name for entry in self._pictures.iterdir())
        return []

    def entries(self, shard: str) -> list[Entry]:
        """What is stored below one first byte; what goes away meanwhile is left out."""
        found: list[Entry] = []
        with suppress(FileNotFoundError, NotADirectoryError):
            with os.scandir(self._pictures / shard) as files:
                deeper = [file.path for file in files if file.is_dir()]
            for directory in (str(self._pictures / shard), *deeper):
                found += self._entries(directory)
        return sorted(found, key=lambda entry: entry.blob.digest)

    def _entries(self, directory: str) -> Iterator[Entry]:
        """What is stored in one directory, which is read once: it may have thousands of files."""
        pictures, references = [], defaultdict[str, list[str]](list)
        with suppress(FileNotFoundError), os.scandir(directory) as files:
            for file in files:
                name, marked, reference = file.name.partition(REFERENCE_MARK)
                if marked:
                    references[name].append(reference)
                else:
                    pictures.append(os.path.splitext(name))
        for name, suffix in pictures:
            if suffix in MEDIA_TYPES:
                with suppress(FileNotFoundError):
                    yield self._entry(Place(directory, name), suffix, references[name])

    def _entry(self, place: Place, suffix: str, references: list[str]) -> Entry:
        digest, status = f"sha256:{place.name}", os.stat(place.picture(suffix))
        blob = StoredBlob(digest, status.st_size, MEDIA_TYPES[suffix])
        referents = [*_referents(place, references), *self._earlier_referents(digest)]
        return Entry(blob, status.st_mtime, tuple(sorted(referents, key=lambda held: held.name)))

    def _earlier_referents(self, digest: str) -> Iterator[Reference]:
        with suppress(FileNotFoundError):
            for path in self._earlier(digest).iterdir():
                yield Reference(path.read_text(encoding="utf-8"), path.stat().st_mtime)

    def _existing(self, digest: str) -> tuple[Place, str]:
        if found := self._find(digest):
            return found
        self._check_present()
        raise unknown_image(digest)

    def _check_present(self) -> None:
        """Tell a store without a picture from no store: a volume that is not mounted knows nothing."""
        if not self._pictures.is_dir():
            raise FileNotFoundError(errno.ENOENT, "its directory is missing", str(self._pictures))

    def _find(self, digest: str) -> tuple[Place, str] | None:
        """Where a picture is, and its suffix."""
        for place in self._places(digest):
            for suffix in MEDIA_TYPES:
                if os.path.exists(place.picture(suffix)):
                    return place, suffix
        return None

    def _lock(self, digest: str) -> Path:
        return self._locks / _hex(digest)[:2]

    def _places(self, digest: str) -> tuple[Place, Place]:
        """Where a picture lies: the place of new ones, and that of earlier ones."""
        name = _hex(digest)
        shard = f"{self._pictures}/{name[:2]}"
        return Place(shard, name), Place(f"{shard}/{name[2:4]}", name)

    def _earlier(self, digest: str) -> Path:
        name = _hex(digest)
        return self._references / name[:2] / name[2:4] / name


def _referents(place: Place, references: list[str]) -> Iterator[Reference]:
    for name in references:
        with suppress(FileNotFoundError, ValueError):
            path = Path(place.reference(name))
            text = read_reference_name(name)
            yield Reference(path.read_text("utf-8") if text is None else text, path.stat().st_mtime)


def _refer(target: str, staged: list[Path]) -> None:
    """Make the reference, of the staged file if there is one."""
    if os.path.exists(target):
        os.utime(target)
    elif staged:
        os.rename(staged[0], target)
        del staged[0]
    else:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644))


def _hex(digest: str) -> str:
    return digest.removeprefix("sha256:")


def _earlier_name(reference: str) -> str:
    return hashlib.sha256(reference.encode()).hexdigest() if reference else "kept"


def _put_after(path: str, until_s: float) -> bool:
    try:
        return os.stat(path).st_mtime > until_s + SAME_TIME_S
    except FileNotFoundError:
        return False


def _has_any(directory: Path) -> bool:
    try:
        return any(directory.iterdir())
    except FileNotFoundError:
        return False


def _unlink(path: str) -> bool:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    return True


def _read_range(descriptor: int, offset: int, size_bytes: int) -> bytes:
    pieces, wanted = [], size_bytes
    while wanted and (piece := os.pread(descriptor, wanted, offset)):
        pieces.append(piece)
        offset, wanted = offset + len(piece), wanted - len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
