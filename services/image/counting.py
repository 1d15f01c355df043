"""A picture store whose every use is measured."""

from __future__ import annotations

from collections.abc import AsyncIterator

from prometheus_client import Counter

from services.image.store import Entry, ImageStore, StoredBlob
from services.kit import metrics

OPERATIONS = metrics.Histogram(
    "atelier_store_operation_duration_seconds",
    "Uses of the picture store.",
    ("operation", "outcome"),
    buckets=metrics.BUCKETS,
)
WRITTEN = Counter("atelier_store_written_bytes", "Bytes of pictures given to the store.", ("media_type",))


class CountingStore:
    """An `ImageStore` before another one."""

    def __init__(self, store: ImageStore) -> None:
        self._store = store

    async def put(self, data: bytes, media_type: str, reference: str) -> StoredBlob:
        """See `ImageStore`."""
        with metrics.timed(OPERATIONS, "put"):
            blob = await self._store.put(data, media_type, reference)
        WRITTEN.labels(media_type).inc(len(data))
        return blob

    async def stat(self, digest: str) -> StoredBlob:
        """See `ImageStore`."""
        with metrics.timed(OPERATIONS, "stat"):
            return await self._store.stat(digest)

    async def read(self, digest: str, offset: int, size_bytes: int) -> bytes:
        """See `ImageStore`."""
        with metrics.timed(OPERATIONS, "read"):
            return await self._store.read(digest, offset, size_bytes)

    async def delete_reference(self, digest: str, reference: str, until_s: float | None = None) -> None:
        """See `ImageStore`."""
        with metrics.timed(OPERATIONS, "delete_reference"):
            await self._store.delete_reference(digest, reference, until_s)

    async def link(self, digest: str, lifetime_s: float) -> str:
        """See `ImageStore`."""
        with metrics.timed(OPERATIONS, "link"):
            return await self._store.link(digest, lifetime_s)

    def entries(self) -> AsyncIterator[Entry]:
        """See `ImageStore`."""
        return self._store.entries()
