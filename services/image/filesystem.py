"""The picture store on a file system: `Directory` behind threads, with typed errors."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from services.image.directory import Directory
from services.image.store import Entry, StoredBlob
from services.kit import telemetry
from services.kit.errors import Reason, ServiceError

log = telemetry.get_logger(__name__)

# No write takes this long; what is older was left by a crash.
LEFTOVERS_OLDER_THAN_S = 6 * 3600.0
THREADS = 16

P = ParamSpec("P")
T = TypeVar("T")


class FilesystemStore:
    """An `ImageStore` below one directory, which several processes may share; see `directory.py` for the layout."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._directory = Directory(root)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store")

    async def prepare(self) -> None:
        """Make the directories, prove that they can be written, and remove what crashes left behind.

        Raises:
            ServiceError: STORE_UNAVAILABLE; calls made later try again.
        """
        removed = await self._run("written", self._directory.prepare, LEFTOVERS_OLDER_THAN_S)
        log.info("picture store ready", root=str(self._root), leftovers_removed=removed)

    async def close(self) -> None:
        """Wait for what is being written and end the threads."""
        await asyncio.to_thread(self._threads.shutdown)

    async def put(self, data: bytes, media_type: str, reference: str) -> StoredBlob:
        """See `ImageStore`."""
        return await self._run("written", self._directory.put, data, media_type, reference)

    async def stat(self, digest: str) -> StoredBlob:
        """See `ImageStore`."""
        return await self._run("read", self._directory.stat, digest)

    async def read(self, digest: str, offset: int, size_bytes: int) -> bytes:
        """See `ImageStore`."""
        return await self._run("read", self._directory.read, digest, offset, size_bytes)

    async def delete_reference(self, digest: str, reference: str, until_s: float | None = None) -> None:
        """See `ImageStore`."""
        await self._run("written", self._directory.delete_reference, digest, reference, until_s)

    async def link(self, digest: str, lifetime_s: float) -> str:
        """See `ImageStore`: a directory has no addresses."""
        await self.stat(digest)
        raise ServiceError(
            Reason.LINKS_UNSUPPORTED, "the picture store is a directory; links need ATELIER_IMAGE_STORE=s3://..."
        )

    async def entries(self) -> AsyncIterator[Entry]:
        """See `ImageStore`."""
        for shard in await self._run("read", self._directory.shards):
            for entry in await self._run("read", self._directory.entries, shard):
                yield entry

    async def _run(self, verb: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: work(*args, **kwargs))
        except OSError as error:
            log.error("picture store failed", root=str(self._root), error=str(error))
            raise _unavailable(verb, error) from error


def _unavailable(verb: str, error: OSError) -> ServiceError:
    code = errno.errorcode.get(error.errno or 0, "")
    message = f"the picture store cannot be {verb}: {error.strerror or error}"
    return ServiceError(Reason.STORE_UNAVAILABLE, message, metadata={"errno": code} if code else {})
