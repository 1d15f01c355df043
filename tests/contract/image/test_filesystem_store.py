"""The picture store on a file system: damage, crashes, full disks, and several processes at once."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.image import durable
from services.image.directory import Directory
from services.image.filesystem import LEFTOVERS_OLDER_THAN_S, FilesystemStore
from services.image.reading import PIECE_BYTES, verified_pieces
from services.kit.errors import Reason, ServiceError

DATA = b"some picture" * 1000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "a" / "store"


@pytest.fixture
async def store(root: Path) -> AsyncIterator[FilesystemStore]:
    store = FilesystemStore(root)
    yield store
    await store.close()


def files(root: Path) -> list[Path]:
    """Everything in the store but its locks, which stay."""
    return [path for path in root.rglob("*") if path.is_file() and path.parent.name != "locks"]


def obstruct(path: Path) -> None:
    """Put a file where a directory has to be."""
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")


def picture_file(root: Path) -> Path:
    (path,) = (root / "pictures").glob("*/*.*")
    return path


def reference_files(root: Path) -> list[Path]:
    return list((root / "pictures").glob("*/*@*"))


async def reason_of(store: FilesystemStore, digest: str, chunk_bytes: int = 4 << 20) -> tuple[Reason | None, int]:
    """How reading ends, and how many bytes came before that."""
    received = 0
    try:
        async for piece in verified_pieces(store, digest, chunk_bytes):
            received += len(piece)
    except ServiceError as error:
        return error.reason, received
    return None, received


async def test_a_store_that_is_not_mounted_does_not_say_that_a_picture_is_unknown(
    store: FilesystemStore, root: Path
) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    os.rename(root, root.with_name("elsewhere"))
    os.mkdir(root)
    for call in (store.stat(digest), store.read(digest, 0, 10), store.delete_reference(digest, "r")):
        with pytest.raises(ServiceError) as caught:
            await call
        assert caught.value.reason is Reason.STORE_UNAVAILABLE
        assert "its directory is missing" in caught.value.message


async def test_foreign_files_are_not_in_the_inventory(store: FilesystemStore, root: Path) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    picture_file(root).with_name("notes.txt").write_bytes(b"")
    assert [entry.blob.digest async for entry in store.entries()] == [digest]


async def test_it_works_without_having_been_prepared(store: FilesystemStore, root: Path) -> None:
    digest = (await store.put(DATA, "image/jpeg", "r")).digest
    name = digest.removeprefix("sha256:")
    assert picture_file(root) == root / "pictures" / name[:2] / f"{name}.jpg"
    assert picture_file(root).read_bytes() == DATA
    assert not list((root / "staged").iterdir())


async def test_nothing_is_left_of_a_deleted_picture(store: FilesystemStore, root: Path) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    await store.delete_reference(digest, "r")
    assert files(root) == []


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "longer"])
async def test_no_byte_of_a_damaged_picture_is_given_out(store: FilesystemStore, root: Path, damage: str) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    damaged = {"flip": b"x" + DATA[1:], "cut": DATA[:-1], "empty": b"", "longer": DATA + b"x"}
    picture_file(root).write_bytes(damaged[damage])
    assert await reason_of(store, digest) == (Reason.IMAGE_CORRUPT, 0)


async def test_a_large_damaged_picture_ends_in_an_error_before_its_last_piece(
    store: FilesystemStore, root: Path
) -> None:
    data = os.urandom(PIECE_BYTES) * 5 + b"tail"
    digest = (await store.put(data, "image/png", "r")).digest
    picture_file(root).write_bytes(data[:-1] + b"x")
    reason, received = await reason_of(store, digest, chunk_bytes=PIECE_BYTES)
    assert reason is Reason.IMAGE_CORRUPT
    assert received == 5 * PIECE_BYTES


async def test_putting_the_bytes_again_mends_a_damaged_picture(store: FilesystemStore, root: Path) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    picture_file(root).write_bytes(b"damaged")
    await store.put(DATA, "image/png", "r")
    assert await reason_of(store, digest) == (None, len(DATA))


async def test_what_a_crash_left_is_removed_once_it_is_old(root: Path) -> None:
    staged = root / "staged"
    staged.mkdir(parents=True)
    old, young, foreign = staged / "staged-1-a", staged / "staged-2-b", staged / "notes.txt"
    for path in (old, young, foreign):
        path.write_bytes(b"half")
    long_ago = time.time() - LEFTOVERS_OLDER_THAN_S - 60
    for path in (old, foreign):
        os.utime(path, (long_ago, long_ago))
    store = FilesystemStore(root)
    await store.prepare()
    await store.close()
    assert set(staged.iterdir()) == {young, foreign}


async def test_a_crash_between_bytes_and_reference_leaves_what_the_inventory_shows_and_delete_removes(
    store: FilesystemStore, root: Path
) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    for path in reference_files(root):
        path.unlink()
    assert [entry.references async for entry in store.entries()] == [()]
    await store.delete_reference(digest, "r")
    assert files(root) == []


async def test_a_process_killed_at_any_moment_leaves_whole_pictures_only(root: Path) -> None:
    for _ in range(3):
        process = start_writer(root, "victim", rounds=100_000)
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    store = FilesystemStore(root)
    found = [entry.blob.digest async for entry in store.entries()]
    endings = {await reason_of(store, digest) for digest in found}
    assert endings <= {(None, WRITER_BYTES)}
    for digest in found:
        await store.delete_reference(digest, "victim")
    assert [entry async for entry in store.entries()] == []
    await store.close()


async def test_processes_that_put_and_delete_the_same_digest_never_lose_bytes_somebody_refers_to(root: Path) -> None:
    writers = [start_writer(root, f"writer-{number}", rounds=60) for number in range(2)]
    for writer in writers:
        output, _ = await asyncio.to_thread(writer.communicate, timeout=90)
        assert writer.returncode == 0, output
        assert output.endswith("done\n")
    assert files(root) == []


@pytest.mark.parametrize("blocked", ["pictures", "staged", "locks"])
async def test_a_store_that_cannot_be_written_says_so(store: FilesystemStore, root: Path, blocked: str) -> None:
    obstruct(root / blocked)
    with pytest.raises(ServiceError) as caught:
        await store.put(DATA, "image/png", "r")
    assert caught.value.reason is Reason.STORE_UNAVAILABLE
    assert caught.value.message == "the picture store cannot be written: Not a directory"
    assert caught.value.metadata == {"errno": "ENOTDIR"}
    assert not [path for path in files(root) if path.parent.name == "staged"]


def test_a_full_disk_leaves_nothing_behind(root: Path) -> None:
    command = [sys.executable, "-c", WRITER_ON_A_FULL_DISK, str(root)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert finished.stdout == "STORE_UNAVAILABLE: the picture store cannot be written: File too large\n"
    assert files(root) == []


async def test_a_store_that_cannot_be_prepared_says_so_and_recovers(store: FilesystemStore, root: Path) -> None:
    obstruct(root)
    with pytest.raises(ServiceError) as caught:
        await store.prepare()
    assert caught.value.reason is Reason.STORE_UNAVAILABLE
    os.unlink(root)
    assert (await store.put(DATA, "image/png", "r")).size_bytes == len(DATA)


def test_a_reader_sees_the_old_or_the_new_file_and_never_half_of_one(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "target"
    durable.publish(durable.stage(b"old", tmp_path / "staged"), target)
    with target.open("rb") as reader:
        durable.publish(durable.stage(b"new", tmp_path / "staged"), target)
        assert reader.read() == b"old"
    assert target.read_bytes() == b"new"


def test_bytes_are_synced_before_they_get_their_name_and_the_name_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = Directory(tmp_path)
    directory.put(b"other bytes, so that some directories exist", "image/png", "r")
    events: list[str] = []
    fsync, rename = os.fsync, os.rename

    def watched_fsync(descriptor: int) -> None:
        fsync(descriptor)
        events.append(f"fsync {shown(Path(os.readlink(f'/proc/self/fd/{descriptor}')))}")

    def watched_rename(path: str, target: str) -> None:
        events.append(f"rename {shown(Path(path))} to {shown(Path(target))}")
        rename(path, target)

    def shown(path: Path) -> str:
        top = path.relative_to(tmp_path).parts[0]
        return top if top == "staged" else f"{top} {'file' if path.is_file() or path.suffix else 'directory'}"

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "rename", watched_rename)
    directory.put(DATA, "image/png", "r")
    renamed = events.index("rename staged to pictures file")
    assert events[0] == "fsync staged"
    # The directory was durable before. The reference needs no bytes of its own; one fsync makes both names durable.
    assert events[renamed + 1 :] == ["fsync pictures directory"]
    assert len(reference_files(tmp_path)) == 2


async def test_a_new_picture_of_a_prepared_store_takes_two_syncs(
    store: FilesystemStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.prepare()
    synced: list[Path] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    await store.put(DATA, "image/png", "r")
    bytes_of_it, names = synced
    assert bytes_of_it.parent == root / "staged"
    assert names == picture_file(root).parent


async def test_a_shard_that_somebody_removed_is_made_again(store: FilesystemStore, root: Path) -> None:
    await store.prepare()
    for shard in (root / "pictures").iterdir():
        shard.rmdir()
    digest = (await store.put(DATA, "image/png", "r")).digest
    assert await reason_of(store, digest) == (None, len(DATA))


async def test_pictures_of_an_earlier_layout_stay_where_they_are_and_count(store: FilesystemStore, root: Path) -> None:
    digest = (await store.put(DATA, "image/png", "first")).digest
    younger = (await store.put(b"others", "image/png", "r")).digest
    shard = root / "pictures" / digest.removeprefix("sha256:")[:2]
    deeper = shard / digest.removeprefix("sha256:")[2:4]
    deeper.mkdir()
    for path in shard.glob(f"{digest.removeprefix('sha256:')}*"):
        path.rename(deeper / path.name)
    assert await reason_of(store, digest) == (None, len(DATA))
    assert (await store.stat(digest)).size_bytes == len(DATA)
    (deeper / f"{digest.removeprefix('sha256:')}.png").write_bytes(b"damaged")
    await store.put(DATA, "image/jpeg", "second")
    assert await reason_of(store, digest) == (None, len(DATA))
    entries = {entry.blob.digest: entry async for entry in store.entries()}
    assert entries.keys() == {digest, younger}
    assert entries[digest].blob.media_type == "image/png"
    assert [held.name for held in entries[digest].references] == ["first", "second"]
    await store.delete_reference(digest, "first", entries[digest].references[0].since_s)
    await store.delete_reference(digest, "second", entries[digest].references[1].since_s - 60)
    assert await reason_of(store, digest) == (None, len(DATA))
    await store.delete_reference(digest, "second")
    await store.delete_reference(younger, "r")
    assert files(root) == []


async def test_references_of_an_earlier_layout_still_count(store: FilesystemStore, root: Path) -> None:
    digest = (await store.put(DATA, "image/png", "now")).digest
    name = digest.removeprefix("sha256:")
    earlier = root / "references" / name[:2] / name[2:4] / name
    earlier.mkdir(parents=True)
    for text, file in (("before", hashlib.sha256(b"before").hexdigest()), ("", "kept")):
        (earlier / file).write_text(text)
    (entry,) = [entry async for entry in store.entries()]
    assert [held.name for held in entry.references] == ["", "before", "now"]
    for reference in ("now", "before"):
        await store.delete_reference(digest, reference)
        assert await reason_of(store, digest) == (None, len(DATA))
    (earlier / "kept").unlink()
    await store.delete_reference(digest, "")
    assert files(root) == []


WRITER_BYTES = 50_000
WRITER = """
import sys
from pathlib import Path
from services.image.directory import Directory

root, reference, rounds, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
directory, data = Directory(root), b"x" * size
for number in range(rounds):
    digest = directory.put(data, "image/png", reference).digest
    if number == 2:
        print("under way", flush=True)
    assert directory.read(digest, 0, size) == data, "bytes lost although " + reference + " refers to them"
    directory.delete_reference(digest, reference)
print("done", flush=True)
"""

# A limit on the size of files is as near to a full disk as a process can get by itself: the write ends half-way.
WRITER_ON_A_FULL_DISK = """
import asyncio, resource, sys
from pathlib import Path
from services.image.filesystem import FilesystemStore
from services.kit.errors import ServiceError

async def put():
    store = FilesystemStore(Path(sys.argv[1]))
    await store.prepare()
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        await store.put(b"x" * 50_000, "image/png", "r")
    except ServiceError as error:
        print(error)
    await store.close()

asyncio.run(put())
"""


def start_writer(root: Path, reference: str, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(root), reference, str(rounds), str(WRITER_BYTES)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
