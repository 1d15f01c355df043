"""Journal and queue in the memory of one process: nothing outlives it, and no other replica sees it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from bisect import bisect_left, insort
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.kit.errors import Reason, ServiceError
from services.orchestrator.journal import ConflictError, Record
from services.orchestrator.queue import Backlog
from services.orchestrator.summary import EVERYTHING, Selection, Summary, summarise
from services.orchestrator.usage import Query, Rows, Tally

CLAIM_S = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class _Claim:
    digest: str
    asset: str
    until_s: float


class MemoryJournal:
    """Event logs as lists."""

    def __init__(self) -> None:
        self._logs: dict[str, list[Record]] = {}
        self._names: list[str] = []
        self._summaries: dict[str, Summary] = {}
        self._claims: dict[str, _Claim] = {}
        self._followers: set[asyncio.Queue[Record]] = set()

    async def claim(self, key: str, digest: str, asset: str) -> str:
        """See `Journal.claim`."""
        now_s = time.monotonic()
        self._forget_claims(now_s)
        claim = self._claims.setdefault(key, _Claim(digest, asset, now_s + CLAIM_S))
        if claim.digest != digest:
            message = "request_id was used before with another request"
            raise ServiceError(Reason.REQUEST_ID_REUSED, message, field="request_id", metadata={"asset": claim.asset})
        return claim.asset

    async def claimed(self, key: str) -> str:
        """See `Journal.claimed`."""
        self._forget_claims(time.monotonic())
        claim = self._claims.get(key)
        return claim.asset if claim else ""

    async def append(self, asset: str, events: Sequence[AssetEvent], after: int) -> None:
        """See `Journal.append`."""
        log = self._logs.get(asset, [])
        if len(log) != after:
            raise ConflictError(f"{asset} ends at {len(log)} and not at {after}")
        records = [Record(event) for event in events]
        if not log and records:
            self._logs[asset] = log
            insort(self._names, asset)
        log += records
        for event in events:
            self._summaries[asset] = summarise(event, self._summaries.get(asset))
        for follower in self._followers:
            for record in records:
                follower.put_nowait(record)

    async def read(self, asset: str, after: int = 0) -> Sequence[Record]:
        """See `Journal.read`."""
        return self._logs.get(asset, [])[after:]

    async def recall(self, asset: str) -> Sequence[Record]:
        """See `Journal.recall`."""
        return tuple(self._logs.get(asset, ()))

    async def head(self, asset: str) -> Record | None:
        """See `Journal.head`."""
        log = self._logs.get(asset)
        return log[-1] if log else None

    async def sure_head(self, asset: str) -> Record | None:
        """See `Journal.sure_head`: there is but one copy."""
        return await self.head(asset)

    async def heads(self, before: str, limit: int, selection: Selection = EVERYTHING) -> Sequence[Record]:
        """See `Journal.heads`."""
        end = bisect_left(self._names, before) if before else len(self._names)
        older = reversed(self._names[:end])
        wanted = (name for name in older if selection.wants(self._summaries[name]))
        return [self._logs[name][-1] for name in itertools.islice(wanted, limit)]

    async def usage(self, query: Query, without: Collection[str] = ()) -> Rows:
        """See `Journal.usage`."""
        tally = Tally()
        for name, summary in self._summaries.items():
            if name not in without:
                tally.put(summary)
        return tally.rows(query)

    @asynccontextmanager
    async def follow(self) -> AsyncIterator[AsyncIterator[Record]]:
        """See `Journal.follow`."""
        queue: asyncio.Queue[Record] = asyncio.Queue()
        self._followers.add(queue)
        try:
            yield _drain(queue)
        finally:
            self._followers.discard(queue)

    async def delete(self, asset: str, key: str) -> None:
        """See `Journal.delete`."""
        if (claim := self._claims.get(key)) is not None and claim.asset == asset:
            del self._claims[key]
        if self._logs.pop(asset, None) is not None:
            del self._names[bisect_left(self._names, asset)], self._summaries[asset]

    def _forget_claims(self, now_s: float) -> None:
        # Claims stand in the order they were made, so the oldest come first.
        while self._claims and next(iter(self._claims.values())).until_s < now_s:
            del self._claims[next(iter(self._claims))]


async def _drain(queue: asyncio.Queue[Record]) -> AsyncIterator[Record]:
    while True:
        yield await queue.get()


@dataclass(slots=True)
class _Entry:
    """A job; `delivery` counts its owners up, so that one of old is told apart."""

    asset: str
    delivery: int = 0


@dataclass(frozen=True, slots=True)
class MemoryLease:
    """One delivery of a job out of a `MemoryQueue`."""

    queue: MemoryQueue
    asset: str
    delivery: int

    async def extend(self) -> None:
        """See `Lease.extend`."""
        self.queue.schedule(self, self.queue.lease_s)

    async def done(self) -> None:
        """See `Lease.done`."""
        self.queue.remove(self)

    async def give_back(self, delay_s: float = 0.0) -> None:
        """See `Lease.give_back`."""
        self.queue.schedule(self, delay_s)


class MemoryQueue:
    """A heap of jobs by the time from which anybody may take them; a taken one's time is the end of its lease."""

    def __init__(self, lease_s: float = 30.0) -> None:
        self.lease_s = lease_s
        self._entries: dict[str, _Entry] = {}
        self._due: dict[str, float] = {}
        self._heap: list[tuple[float, int, str]] = []
        self._order = itertools.count()
        self._taken = 0
        self._wakers: set[asyncio.Future[None]] = set()

    def tell_load(self, jobs: int) -> None:
        """See `JobQueue.tell_load`; nothing is sent here."""

    async def enqueue(self, asset: str) -> None:
        """See `JobQueue.enqueue`."""
        if asset not in self._entries:
            self._entries[asset] = _Entry(asset)
            self._put(asset, 0.0)

    async def position(self, asset: str) -> int | None:
        """See `JobQueue.position`."""
        now_s = asyncio.get_running_loop().time()
        waiting = [name for name in self._entries if self._due[name] <= now_s]
        return waiting.index(asset) if asset in waiting else None

    async def backlog(self) -> Backlog:
        """See `JobQueue.backlog`."""
        now_s = asyncio.get_running_loop().time()
        return Backlog(sum(self._due[name] <= now_s for name in self._entries), self._taken)

    async def stop_taking(self) -> None:
        """See `JobQueue.stop_taking`: nothing is on its way."""

    async def take(self, room: int = 1) -> MemoryLease:
        """See `JobQueue.take`."""
        loop = asyncio.get_running_loop()
        while True:
            wait_s = self._wait_s(loop.time())
            if wait_s == 0.0:
                entry = self._entries[heapq.heappop(self._heap)[2]]
                entry.delivery += 1
                self._taken += 1
                self._put(entry.asset, self.lease_s)
                return MemoryLease(self, entry.asset, entry.delivery)
            waker = loop.create_future()
            self._wakers.add(waker)
            try:
                await asyncio.wait([waker], timeout=wait_s)
            finally:
                self._wakers.discard(waker)

    def schedule(self, lease: MemoryLease, delay_s: float) -> None:
        """Let the job be taken `delay_s` from now, unless the lease has passed to somebody else."""
        if self._owns(lease):
            self._put(lease.asset, delay_s)

    def remove(self, lease: MemoryLease) -> None:
        """Forget the job, unless the lease has passed to somebody else."""
        if self._owns(lease):
            del self._entries[lease.asset], self._due[lease.asset]

    def _owns(self, lease: MemoryLease) -> bool:
        entry = self._entries.get(lease.asset)
        return entry is not None and entry.delivery == lease.delivery

    def _put(self, asset: str, delay_s: float) -> None:
        due_s = asyncio.get_running_loop().time() + delay_s
        self._due[asset] = due_s
        heapq.heappush(self._heap, (due_s, next(self._order), asset))
        for waker in self._wakers:
            if not waker.done():
                waker.set_result(None)

    def _wait_s(self, now_s: float) -> float | None:
        """Seconds until the first job is due, None if there is none. Drops rows of the heap that were overtaken."""
        while self._heap and self._due.get(self._heap[0][2]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        return max(0.0, self._heap[0][0] - now_s) if self._heap else None
