"""What every picture store promises, whatever it is made of."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest

from services.image.reading import PIECE_BYTES, verified_pieces
from services.image.store import SAME_TIME_S, Entry, ImageStore, StoredBlob, digest_of
from services.kit.errors import Reason, ServiceError

DATA = bytes(range(256)) * 40
UNKNOWN = digest_of(b"never stored")


async def whole(store: ImageStore, digest: str) -> bytes:
    return b"".join([piece async for piece in verified_pieces(store, digest)])


async def inventory(store: ImageStore) -> dict[str, Entry]:
    return {entry.blob.digest: entry async for entry in store.entries()}


def names(entry: Entry) -> tuple[str, ...]:
    assert all(held.since_s > 1_500_000_000 for held in entry.references)
    return tuple(held.name for held in entry.references)


async def gone(store: ImageStore, digest: str) -> bool:
    try:
        await store.stat(digest)
    except ServiceError as error:
        return error.reason is Reason.IMAGE_UNKNOWN
    return False


async def test_bytes_come_back_under_their_digest(store: ImageStore) -> None:
    blob = await store.put(DATA, "image/png", "assets/a/variants/0")
    assert blob == StoredBlob(f"sha256:{hashlib.sha256(DATA).hexdigest()}", len(DATA), "image/png")
    assert await store.stat(blob.digest) == blob
    assert await whole(store, blob.digest) == DATA


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/webp", "image/avif"])
async def test_every_media_type_is_kept(store: ImageStore, media_type: str) -> None:
    blob = await store.put(DATA, media_type, "r")
    assert (await store.stat(blob.digest)).media_type == media_type


async def test_the_first_media_type_stays(store: ImageStore) -> None:
    await store.put(DATA, "image/png", "first")
    assert (await store.put(DATA, "image/webp", "second")).media_type == "image/png"
    assert len(await inventory(store)) == 1


@pytest.mark.parametrize("call", ["stat", "read"])
async def test_an_unknown_digest_is_said_to_be_unknown(store: ImageStore, call: str) -> None:
    with pytest.raises(ServiceError) as caught:
        await (store.stat(UNKNOWN) if call == "stat" else store.read(UNKNOWN, 0, 10))
    assert caught.value.reason is Reason.IMAGE_UNKNOWN
    assert UNKNOWN in caught.value.message


async def test_ranges_are_what_was_asked_for_and_shorter_only_at_the_end(store: ImageStore) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    assert await store.read(digest, 0, 10) == DATA[:10]
    assert await store.read(digest, 300, 500) == DATA[300:800]
    assert await store.read(digest, len(DATA) - 3, 10) == DATA[-3:]
    assert await store.read(digest, len(DATA), 10) == b""
    assert await store.read(digest, len(DATA) + 50, 10) == b""


async def test_bytes_stay_until_the_last_reference_is_deleted(store: ImageStore) -> None:
    for reference in ("assets/a/variants/0", "assets/b/variants/1"):
        digest = (await store.put(DATA, "image/png", reference)).digest
    await store.delete_reference(digest, "assets/a/variants/0")
    assert await whole(store, digest) == DATA
    await store.delete_reference(digest, "assets/b/variants/1")
    assert await gone(store, digest)
    assert await inventory(store) == {}


async def test_the_same_reference_counts_once(store: ImageStore) -> None:
    for _ in range(3):
        digest = (await store.put(DATA, "image/png", "r")).digest
    await store.delete_reference(digest, "r")
    assert await gone(store, digest)


async def test_a_repeated_delete_changes_nothing(store: ImageStore) -> None:
    digest = (await store.put(DATA, "image/png", "a")).digest
    await store.put(DATA, "image/png", "b")
    for _ in range(2):
        await store.delete_reference(digest, "a")
        assert await whole(store, digest) == DATA
    for _ in range(2):
        await store.delete_reference(digest, "b")
        assert await gone(store, digest)


async def test_deleting_a_foreign_or_unknown_reference_changes_nothing(store: ImageStore) -> None:
    digest = (await store.put(DATA, "image/png", "mine")).digest
    await store.delete_reference(digest, "theirs")
    await store.delete_reference(UNKNOWN, "mine")
    assert await whole(store, digest) == DATA


async def test_bytes_kept_without_a_reference_survive_every_delete(store: ImageStore) -> None:
    digest = (await store.put(DATA, "image/png", "")).digest
    await store.put(DATA, "image/png", "a")
    await store.delete_reference(digest, "a")
    assert await whole(store, digest) == DATA


async def test_deleted_bytes_can_be_put_again(store: ImageStore) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    await store.delete_reference(digest, "r")
    await store.put(DATA, "image/jpeg", "r")
    assert (await store.stat(digest)).media_type == "image/jpeg"
    assert await whole(store, digest) == DATA


@pytest.mark.parametrize("reference", ["../../etc/passwd", "a" * 256, "ö" * 256, "kept", ".", "a/b c/*?", "名前"])
async def test_a_reference_is_only_a_name(store: ImageStore, reference: str) -> None:
    digest = (await store.put(DATA, "image/png", reference)).digest
    assert names((await inventory(store))[digest]) == (reference,)
    await store.delete_reference(digest, reference)
    assert await gone(store, digest)


async def test_the_inventory_lists_what_is_stored_and_for_whom(store: ImageStore) -> None:
    first = await store.put(DATA, "image/png", "b")
    await store.put(DATA, "image/png", "a")
    second = await store.put(DATA[:-1], "image/webp", "")
    entries = await inventory(store)
    assert {digest: names(entry) for digest, entry in entries.items()} == {
        first.digest: ("a", "b"),
        second.digest: ("",),
    }
    assert entries[first.digest].blob == first
    assert entries[first.digest].modified_s > 1_500_000_000


async def test_many_at_once_put_read_and_delete_the_same_bytes(store: ImageStore) -> None:
    digest = digest_of(DATA)

    async def one(reference: str) -> None:
        for _ in range(8):
            await store.put(DATA, "image/png", reference)
            assert await whole(store, digest) == DATA
            await store.delete_reference(digest, reference)

    await asyncio.gather(*(one(f"assets/{number}") for number in range(8)))
    assert await gone(store, digest)
    assert await inventory(store) == {}


@pytest.mark.parametrize("extra", [-1, 0, 1, PIECE_BYTES, 3 * PIECE_BYTES + 7])
async def test_bytes_of_any_length_come_in_order_and_in_small_pieces(store: ImageStore, extra: int) -> None:
    data = (DATA * 300)[: 2 * PIECE_BYTES + extra]
    digest = (await store.put(data, "image/png", "r")).digest
    pieces = [piece async for piece in verified_pieces(store, digest, chunk_bytes=PIECE_BYTES)]
    assert max(map(len, pieces)) <= PIECE_BYTES
    assert all(pieces)
    assert b"".join(pieces) == data


async def test_a_reader_who_leaves_early_disturbs_nobody(store: ImageStore) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    pieces: AsyncIterator[bytes] = verified_pieces(store, digest)
    assert await anext(pieces)
    await store.delete_reference(digest, "r")
    await pieces.aclose()  # type: ignore[attr-defined]
    assert await gone(store, digest)


async def since(store: ImageStore, digest: str) -> float:
    (held,) = (await inventory(store))[digest].references
    return held.since_s


async def test_a_reference_that_is_as_old_as_it_was_listed_is_dropped(store: ImageStore) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    await store.delete_reference(digest, "r", await since(store, digest))
    assert await gone(store, digest)
    await store.delete_reference(digest, "r", 1.0)


async def test_a_reference_that_was_put_again_is_younger_than_it_was_listed_and_stays(store: ImageStore) -> None:
    digest = (await store.put(DATA, "image/png", "r")).digest
    listed_s = await since(store, digest)
    while await since(store, digest) <= listed_s + SAME_TIME_S:
        await store.put(DATA, "image/png", "r")
    await store.delete_reference(digest, "r", listed_s)
    assert await whole(store, digest) == DATA
    await store.delete_reference(digest, "r", await since(store, digest))
    assert await gone(store, digest)
