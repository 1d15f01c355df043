"""Tells assets that wait for a worker how many are before them: after a second, then ever more seldom.

Most are taken long before; the hub hears of it, and nothing is asked of the store for them.

An asset whose review or half-written new texts nobody takes up gets its job again. Its old job may have been let go in
that moment, so that no new one was queued. The replica that wrote the decision looks after it, and so does the one that
let the job go (`lingering`): either may be killed.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from services.kit import telemetry
from services.kit.errors import ServiceError
from services.orchestrator import events
from services.orchestrator.hub import Hub
from services.orchestrator.journal import ConflictError, Journal, Record, append_surely
from services.orchestrator.queue import JobQueue

log = telemetry.get_logger(__name__)

FIRST_S = 1.0
MAX_TOLD = 12
# Never the last events of a log, and written by who does not work on it.
AMENDING_KINDS = ("variant_reviewed", "variant_updated")
WAITING_KINDS = ("accepted", "queued", *AMENDING_KINDS)


class _Wait(NamedTuple):
    """When an asset is looked at next (loop time), and how often it was looked at before."""

    due_s: float
    asset: str
    looks: int


class Waiting:
    """The assets that this replica accepted or took up again, and that may wait. At most MAX_TOLD events an asset."""

    def __init__(self, journal: Journal, queue: JobQueue, hub: Hub, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._journal = journal
        self._queue = queue
        self._hub = hub
        self._now_ns = now_ns
        self._waits: list[_Wait] = []
        self._listening: dict[str, ExitStack] = {}
        self._added = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def add(self, asset: str) -> None:
        """Look after an asset that was just accepted, reviewed or updated."""
        self._forget(asset)
        listening = self._listening[asset] = ExitStack()
        listening.enter_context(self._hub.listen(asset, partial(self._hear, asset)))
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
        for asset in tuple(self._listening):
            self._forget(asset)

    def _hear(self, asset: str, record: Record | None) -> None:
        if record is not None and record.event.WhichOneof("kind") not in WAITING_KINDS:
            self._forget(asset)

    def _forget(self, asset: str) -> None:
        if (listening := self._listening.pop(asset, None)) is not None:
            listening.close()

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
            if wait.asset not in self._listening:
                continue
            try:
                waits = await self._look(wait.asset)
            except (ServiceError, ConflictError) as error:
                log.debug("an asset was not told its position", asset=wait.asset, error=str(error))
                waits = True
            except Exception:
                log.exception("a defect kept an asset from being looked after", asset=wait.asset)
                waits = True
            if waits and wait.looks + 1 < MAX_TOLD:
                due_s = asyncio.get_running_loop().time() + FIRST_S * 2.0**wait.looks
                self._put(_Wait(due_s, wait.asset, wait.looks + 1))
            else:
                self._forget(wait.asset)

    async def _look(self, asset: str) -> bool:
        """Tell an asset its position, if it is another than before; whether it still waits."""
        head = await self._journal.head(asset)
        if head is None or head.event.WhichOneof("kind") not in WAITING_KINDS:
            return False
        if head.event.WhichOneof("kind") in AMENDING_KINDS:
            # Its job may have been let go in that moment.
            await self._queue.enqueue(asset)
            return True
        position = await self._queue.position(asset)
        if position is not None and position != _told(head):
            event = events.stamp(events.queued(position), asset, head.sequence + 1, self._now_ns())
            await append_surely(self._journal, asset, [event], head.sequence)
        return True


def _told(head: Record) -> int | None:
    return head.event.queued.position if head.event.HasField("queued") else None
