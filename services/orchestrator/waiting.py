"""Tells assets that wait for a worker how many are before them: after a second, then ever more seldom."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable
from typing import NamedTuple

from services.kit import telemetry
from services.kit.errors import ServiceError
from services.orchestrator import events
from services.orchestrator.journal import ConflictError, Journal, Record, append_surely
from services.orchestrator.queue import JobQueue

log = telemetry.get_logger(__name__)

FIRST_S = 1.0
MAX_TOLD = 12


class _Wait(NamedTuple):
    """When an asset is looked at next (loop time), and how often it was looked at before."""

    due_s: float
    asset: str
    looks: int


class Waiting:
    """The assets that this replica accepted and that may still wait. At most MAX_TOLD events an asset."""

    def __init__(self, journal: Journal, queue: JobQueue, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._journal = journal
        self._queue = queue
        self._now_ns = now_ns
        self._waits: list[_Wait] = []
        self._added = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def add(self, asset: str) -> None:
        """Look after an asset that was just accepted."""
        self._put(_Wait(asyncio.get_running_loop().time() + FIRST_S, asset, 0))
        self._added.set()

    async def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._run(), name="waiting")

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def _put(self, wait: _Wait) -> None:
        heapq.heappush(self._waits, wait)

    async def _run(self) -> None:
        # One at a time: however many wait, telling them costs the store no more than one write at once.
        while True:
            if not self._waits:
                self._added.clear()
                await self._added.wait()
            await asyncio.sleep(self._waits[0].due_s - asyncio.get_running_loop().time())
            wait = heapq.heappop(self._waits)
            try:
                waits = await self._look(wait.asset)
            except (ServiceError, ConflictError) as error:
                log.debug("an asset was not told its position", asset=wait.asset, error=str(error))
                waits = True
            if waits and wait.looks + 1 < MAX_TOLD:
                due_s = asyncio.get_running_loop().time() + FIRST_S * 2.0**wait.looks
                self._put(_Wait(due_s, wait.asset, wait.looks + 1))

    async def _look(self, asset: str) -> bool:
        """Tell an asset its position, if it is another than before; whether it waits."""
        head = await self._journal.head(asset)
        if head is None or head.event.WhichOneof("kind") not in ("accepted", "queued"):
            return False
        position = await self._queue.position(asset)
        if position is not None and position != _told(head):
            event = events.stamp(events.queued(position), asset, head.sequence + 1, self._now_ns())
            await append_surely(self._journal, asset, [event], head.sequence)
        return True


def _told(head: Record) -> int | None:
    return head.event.queued.position if head.event.HasField("queued") else None
