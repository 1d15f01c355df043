"""Which previews are remembered, and how much memory that takes at most."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from services.image.previews import Previews
from services.image.store import ImageStore


class Shelf:
    """A picture store in memory that counts how often each picture is read."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.reads: Counter[str] = Counter()
        self.asked = asyncio.Event()

    def put(self, colour: int) -> str:
        out = BytesIO()
        Image.new("RGB", (256, 256), (colour, 0, 0)).save(out, "PNG")
        digest = f"sha256:{hashlib.sha256(out.getvalue()).hexdigest()}"
        self.pictures[digest] = out.getvalue()
        return digest

    async def read(self, digest: str, offset: int, length: int) -> bytes:
        self.reads[digest] += 1
        self.asked.set()
        return self.pictures[digest][offset : offset + length]


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


async def test_only_the_last_bytes_are_remembered(workers: ThreadPoolExecutor) -> None:
    shelf = Shelf()
    digests = [shelf.put(colour) for colour in range(6)]
    store: ImageStore = shelf  # type: ignore[assignment]  # previews only read
    size_bytes = len(await Previews(store, workers).get(digests[0], 64))
    shelf.reads.clear()
    previews = Previews(store, workers, kept_bytes=3 * size_bytes + size_bytes // 2)
    made = [await previews.get(digest, 64) for digest in digests]
    assert [await previews.get(digest, 64) for digest in digests[-3:]] == made[-3:]
    assert set(shelf.reads.values()) == {1}
    assert await previews.get(digests[0], 64) == made[0]
    assert await previews.get(digests[-1], 64) == made[-1]
    assert shelf.reads[digests[0]] == 2
    assert shelf.reads[digests[-1]] == 1


async def test_a_preview_that_is_made_while_its_picture_is_deleted_is_not_remembered(
    workers: ThreadPoolExecutor,
) -> None:
    shelf = Shelf()
    digest = shelf.put(7)
    previews = Previews(shelf, workers)  # type: ignore[arg-type]  # previews only read
    free = threading.Event()
    workers.submit(free.wait)
    making = asyncio.create_task(previews.get(digest, 64))
    await shelf.asked.wait()
    previews.forget(digest)
    free.set()
    # Whoever had asked before still gets it; whoever asks afterwards finds what the store has.
    assert await making
    del shelf.pictures[digest]
    with pytest.raises(KeyError):
        await previews.get(digest, 64)
