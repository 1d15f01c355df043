"""Small JPEGs of stored pictures, made when they are asked for and kept in memory for a while."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import Executor
from io import BytesIO

from PIL import Image

from services.image.checking import FORMATS, MAX_PIXELS
from services.image.containers import xmp_of
from services.image.encoding import small_jpeg
from services.image.reading import verified_pieces
from services.image.store import ImageStore
from services.kit.errors import Reason, ServiceError, invalid_field
from services.workers_ai.media import media_type_of

MIN_SIDE, MAX_SIDE = 64, 2048
# Each picture is previewed once for its judgement, and perhaps a few times while somebody looks at its asset. Making
# one takes milliseconds, so older ones are made again rather than kept in a process that runs for weeks.
KEPT_BYTES = 4 * 1024 * 1024

Key = tuple[str, int]


def check_side(side: int) -> None:
    """Raise FIELD_INVALID unless the side is one that previews may have."""
    if not MIN_SIDE <= side <= MAX_SIDE:
        limit = f"{MIN_SIDE} to {MAX_SIDE}, or 0 for the picture itself"
        raise invalid_field("preview_side", f"is {side}; it takes {limit}", limit)


class Previews:
    """Makes previews in `workers`; the same one is made once, and the last `kept_bytes` of them are remembered."""

    def __init__(self, store: ImageStore, workers: Executor, *, kept_bytes: int = KEPT_BYTES) -> None:
        self._store = store
        self._workers = workers
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._size_bytes = 0
        self._making: dict[Key, asyncio.Task[bytes]] = {}

    async def get(self, digest: str, side: int) -> bytes:
        """A JPEG whose longer side has at most `side` pixels.

        Raises:
            ServiceError: IMAGE_UNKNOWN, STORE_UNAVAILABLE, or IMAGE_CORRUPT.
        """
        key = (digest, side)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        task = self._making.get(key)
        if task is None:
            task = asyncio.create_task(self._make(digest, side))
            self._making[key] = task
            task.add_done_callback(lambda done: self._made(key, done))
        # Whoever waits may go away; others wait for the same preview.
        return await asyncio.shield(task)

    def forget(self, digest: str) -> None:
        """Drop the previews of a picture whose reference was deleted; one that is being made is not remembered."""
        for key in [key for key in self._making if key[0] == digest]:
            del self._making[key]
        for key in [key for key in self._kept if key[0] == digest]:
            self._size_bytes -= len(self._kept.pop(key))

    async def _make(self, digest: str, side: int) -> bytes:
        data = b"".join([piece async for piece in verified_pieces(self._store, digest)])
        return await asyncio.get_running_loop().run_in_executor(self._workers, preview, data, side)

    def _made(self, key: Key, task: asyncio.Task[bytes]) -> None:
        if self._making.get(key) is not task:
            # Its picture was deleted meanwhile.
            return
        del self._making[key]
        if task.cancelled() or task.exception():
            return
        self._kept[key] = task.result()
        self._size_bytes += len(task.result())
        while self._size_bytes > self._kept_bytes:
            self._size_bytes -= len(self._kept.popitem(last=False)[1])


def preview(data: bytes, side: int) -> bytes:
    """A small JPEG of a stored picture, with what it says about itself, and without its signature. Blocking."""
    media_type = media_type_of(data)
    try:
        with Image.open(BytesIO(data), formats=[FORMATS[media_type]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError("too many pixels")
            image.draft(image.mode, (side, side))
            return small_jpeg(image, side, xmp_of(data, media_type))
    except Exception as error:
        # It was a picture when it was stored, and its digest is right.
        raise ServiceError(Reason.IMAGE_CORRUPT, f"the stored picture cannot be shown: {error}") from error
