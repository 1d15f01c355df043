"""The picture store in a bucket: `ImageStore` out of objects, without locks.

Replicas agree by the order in which they write and read, which S3 and its kin keep since they are strongly consistent.
Whoever deletes bytes says so first, then looks for references, then deletes, then takes back what it said. Whoever puts
bytes writes them, then the reference, and then looks whether somebody is deleting. So one of the two sees the other:
either the deleting one finds the reference and leaves the bytes, or the putting one sees that they are being deleted,
waits for the end of it and writes them again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence

from services.image.bucket import REQUEST_S, Access, Object, ObjectExistsError, ObjectMissingError, ObjectStore, age_s
from services.image.keys import (
    DELETING,
    PICTURES,
    PROBE,
    REFERENCES,
    deleting_key,
    picture_key,
    pictures_of,
    read_picture_key,
    read_reference_key,
    reference_key,
    references_of,
)
from services.image.locations import Bucket
from services.image.store import SAME_TIME_S, Entry, Reference, StoredBlob, digest_of, unknown_image
from services.kit import telemetry
from services.kit.errors import Reason, ServiceError

__all__ = ["Access", "S3Store"]

log = telemetry.get_logger(__name__)

# Whoever deletes ends within a few requests; a mark that is older was left by a crash.
STALE_S = 6.0 * REQUEST_S
_LOOK_AGAIN_S = 0.05
_KNOWN_KEYS = 10_000
_LONGEST_REFERENCE_BYTES = 4096


class S3Store:
    """An `ImageStore` below the prefix of one bucket, which any number of replicas may share."""

    def __init__(self, place: Bucket, access: Access) -> None:
        self._place = place
        self._objects = ObjectStore(place, access)
        # Where bytes were found; a key never changes while they are there.
        self._keys: OrderedDict[str, str] = OrderedDict()

    async def prepare(self) -> None:
        """Prove that objects can be written and deleted, and take away marks that crashes left.

        Raises:
            ServiceError: STORE_UNAVAILABLE; calls made later try again.
        """
        await self._objects.put(PROBE, b"probe")
        await self._objects.delete(PROBE)
        removed = 0
        async for chunk in self._objects.list(DELETING):
            for found in chunk:
                if age_s(found) > STALE_S:
                    await self._objects.delete(found.key)
                    removed += 1
        log.info("picture store ready", bucket=self._place.name, prefix=self._place.prefix, leftovers_removed=removed)

    async def close(self) -> None:
        """Nothing is held open."""

    async def put(self, data: bytes, media_type: str, reference: str) -> StoredBlob:
        """See `ImageStore`."""
        digest = await asyncio.to_thread(digest_of, data)
        found = await self._find(digest)
        key = found.key if found else picture_key(digest, media_type)
        kept = (read_picture_key(key) or (digest, media_type))[1]
        new = await self._write(key, data, kept, new=found is None)
        await self._objects.put(*reference_key(digest, reference))
        if await self._deleted_meanwhile(digest) or not (new or await self._find(digest)):
            await self._objects.put(key, data, kept)
        self._remember(digest, key)
        return StoredBlob(digest, len(data), kept)

    async def stat(self, digest: str) -> StoredBlob:
        """See `ImageStore`."""
        found = await self._find(digest)
        parts = read_picture_key(found.key) if found else None
        if found is None or parts is None:
            raise unknown_image(digest)
        return StoredBlob(digest, found.size_bytes, parts[1])

    async def read(self, digest: str, offset: int, size_bytes: int) -> bytes:
        """See `ImageStore`."""
        if key := self._keys.get(digest):
            try:
                return await self._objects.get(key, offset, offset + size_bytes)
            except ObjectMissingError:
                del self._keys[digest]
        found = await self._find(digest)
        if found is None:
            raise unknown_image(digest)
        if offset >= found.size_bytes:
            return b""
        self._remember(digest, found.key)
        try:
            return await self._objects.get(found.key, offset, offset + size_bytes)
        except ObjectMissingError:
            raise unknown_image(digest) from None

    async def delete_reference(self, digest: str, reference: str, until_s: float | None = None) -> None:
        """See `ImageStore`. A bucket cannot compare and delete at once: between the two lie some milliseconds."""
        key = reference_key(digest, reference)[0]
        if until_s is not None and await self._put_after(key, until_s):
            return
        await self._objects.delete(key)
        if await self._referred(digest) or not await self._find(digest):
            return
        await self._delete_bytes(digest)

    async def link(self, digest: str, lifetime_s: float) -> str:
        """See `ImageStore`."""
        found = await self._find(digest)
        if found is None:
            raise unknown_image(digest)
        return await self._objects.link(found.key, lifetime_s)

    async def entries(self) -> AsyncIterator[Entry]:
        """See `ImageStore`; pictures and references are listed in the same order and put together on the way."""
        references = _Grouped(self._objects)
        async for chunk in self._objects.list(PICTURES):
            for found in chunk:
                if (parts := read_picture_key(found.key)) is not None:
                    digest, media_type = parts
                    held = await references.of(digest)
                    blob = StoredBlob(digest, found.size_bytes, media_type)
                    yield Entry(blob, found.modified_s, tuple(sorted(held, key=lambda one: one.name)))

    async def _write(self, key: str, data: bytes, media_type: str, *, new: bool) -> bool:
        """Write the bytes; whether they really were new."""
        if new:
            try:
                await self._objects.put(key, data, media_type, new=True)
                return True
            except ObjectExistsError:
                pass
        await self._objects.put(key, data, media_type)
        return False

    async def _deleted_meanwhile(self, digest: str) -> bool:
        """Whether somebody was deleting the bytes; it is over when this returns."""
        seen = False
        while True:
            try:
                mark = await self._objects.head(deleting_key(digest))
            except ObjectMissingError:
                return seen
            seen = True
            if age_s(mark) > STALE_S:
                await self._objects.delete(mark.key)
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def _put_after(self, key: str, until_s: float) -> bool:
        try:
            return (await self._objects.head(key)).modified_s > until_s + SAME_TIME_S
        except ObjectMissingError:
            return False

    async def _delete_bytes(self, digest: str) -> None:
        mark = deleting_key(digest)
        try:
            await self._objects.put(mark, b"", new=True)
        except ObjectExistsError:
            return  # another one is at it
        began = asyncio.get_running_loop().time()
        try:
            if await self._referred(digest):
                return
            async for chunk in self._objects.list(pictures_of(digest)):
                for found in chunk:
                    # One that was held up for so long may have been taken for crashed.
                    if asyncio.get_running_loop().time() - began > STALE_S / 2:
                        raise ServiceError(Reason.STORE_UNAVAILABLE, "the picture store is too slow to delete safely")
                    await self._objects.delete(found.key)
            self._keys.pop(digest, None)
        finally:
            await self._objects.delete(mark)

    async def _referred(self, digest: str) -> bool:
        async for chunk in self._objects.list(references_of(digest)):
            if chunk:
                return True
        return False

    async def _find(self, digest: str) -> Object | None:
        async for chunk in self._objects.list(pictures_of(digest)):
            for found in chunk:
                if read_picture_key(found.key) is not None:
                    return found
        return None

    def _remember(self, digest: str, key: str) -> None:
        self._keys[digest] = key
        self._keys.move_to_end(digest)
        while len(self._keys) > _KNOWN_KEYS:
            self._keys.popitem(last=False)


class _Grouped:
    """References by the digest they refer to, read on as the digests ascend."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects
        self._chunks = objects.list(REFERENCES)
        self._waiting: list[Object] = []
        self._ended = False

    async def of(self, digest: str) -> Sequence[Reference]:
        held = []
        while (found := await self._next()) is not None:
            parts = read_reference_key(found.key)
            if parts is not None and parts[0] > digest:
                break
            self._waiting.pop()
            if parts is not None and parts[0] == digest:
                name = parts[1] if parts[1] is not None else await self._held_by(found)
                held.append(Reference(name, found.modified_s))
        return held

    async def _next(self) -> Object | None:
        while not self._waiting and not self._ended:
            try:
                self._waiting = list(reversed(await anext(self._chunks)))
            except StopAsyncIteration:
                self._ended = True
        return self._waiting[-1] if self._waiting else None

    async def _held_by(self, found: Object) -> str:
        try:
            return (await self._objects.get(found.key, 0, _LONGEST_REFERENCE_BYTES)).decode("utf-8", "replace")
        except ObjectMissingError:
            return ""
