"""Reads stored bytes so that damaged ones are noticed before the reader has them all.

A chunk leaves only after the next one was read, and the last only after the digest of everything was right. Most
pictures are smaller than one chunk: of those no damaged byte leaves at all.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

from services.image.store import ImageStore
from services.kit.errors import Reason, ServiceError

CHUNK_BYTES = 4 * 1024 * 1024
PIECE_BYTES = 256 * 1024


async def verified_pieces(store: ImageStore, digest: str, chunk_bytes: int = CHUNK_BYTES) -> AsyncIterator[bytes]:
    """The bytes of an image in order, in pieces of at most 256 KiB.

    Raises:
        ServiceError: IMAGE_UNKNOWN, STORE_UNAVAILABLE, or IMAGE_CORRUPT in place of the last chunk.
    """
    hasher = hashlib.sha256()
    chunk, offset = await store.read(digest, 0, chunk_bytes), 0
    while True:
        await asyncio.to_thread(hasher.update, chunk)
        offset += len(chunk)
        following = await store.read(digest, offset, chunk_bytes) if len(chunk) == chunk_bytes else b""
        if not following and f"sha256:{hasher.hexdigest()}" != digest:
            raise _corrupt(digest, offset)
        for start in range(0, len(chunk), PIECE_BYTES):
            yield chunk[start : start + PIECE_BYTES]
        if not following:
            return
        chunk = following


def _corrupt(digest: str, size_bytes: int) -> ServiceError:
    message = f"the {size_bytes} bytes stored as {digest} have another digest; make the image again to mend them"
    return ServiceError(Reason.IMAGE_CORRUPT, message, metadata={"digest": digest})
