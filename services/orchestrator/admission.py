"""Whether a new asset is taken in: not where it would wait too long for a worker, by how fast jobs are taken now.

Whoever is refused is told when to come back. That costs no look at the store, and what was accepted keeps its pace.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from services.kit.errors import Reason, ServiceError
from services.orchestrator import counting
from services.orchestrator.queue import Backlog, JobQueue

LOOK_EVERY_S, IDLE_EVERY_S = 0.5, 5.0
# Jobs end in bursts where all of them take equally long; the rate is to outlive the pause between two.
HALF_LIFE_S = 20.0
LEAST_RATE = 1e-3
MIN_RETRY_S, MAX_RETRY_S = 1.0, 60.0
# What may wait before it is known how fast jobs are taken, in times of a replica's slots.
UNKNOWN = 10


class Pace:
    """How fast jobs are taken, over all replicas, from looks at the queue while something waits."""

    def __init__(self) -> None:
        self._last: tuple[float, Backlog] | None = None
        self._taken = 0.0
        self._seconds = 0.0

    def look(self, now_s: float, backlog: Backlog) -> None:
        """The queue as it is at a time, in seconds."""
        if (
            self._last is not None
            and self._last[1].waiting
            and backlog.waiting
            and backlog.taken >= self._last[1].taken
        ):
            passed_s = now_s - self._last[0]
            fade = 0.5 ** (passed_s / HALF_LIFE_S)
            self._taken = self._taken * fade + backlog.taken - self._last[1].taken
            self._seconds = self._seconds * fade + passed_s
        self._last = now_s, backlog

    @property
    def jobs_per_s(self) -> float | None:
        """The pace; None where the queue was never looked at twice while something waited."""
        return max(LEAST_RATE, self._taken / self._seconds) if self._seconds else None


class Admission:
    """Lets assets in as long as they will wait `max_wait_s` at most, 0 for any time; `slots` of them always."""

    def __init__(
        self, queue: JobQueue, *, max_wait_s: float, slots: int, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._queue = queue
        self._max_wait_s = max_wait_s
        self._slots = slots
        self._now_s = now_s
        self._pace = Pace()
        self._waiting = 0
        self._since = 0
        self._wake = asyncio.Event()

    @property
    def wait_s(self) -> float:
        """How long a job that is queued now will probably wait; infinite where nobody can tell."""
        ahead = self._waiting + self._since
        if ahead < self._slots:
            return 0.0
        pace = self._pace.jobs_per_s
        if pace is None:
            return 0.0 if ahead < UNKNOWN * self._slots else float("inf")
        return ahead / pace

    def admit(self) -> None:
        """Let one asset in.

        Raises:
            ServiceError: SERVER_BUSY, with the time after which it may be let in.
        """
        wait_s = self.wait_s
        if 0 < self._max_wait_s < wait_s:
            counting.REFUSED.inc()
            after_s = min(MAX_RETRY_S, max(MIN_RETRY_S, wait_s - self._max_wait_s))
            ahead, limit = self._waiting + self._since, f"{self._max_wait_s:g} s of waiting"
            message = f"about {ahead} assets wait for a worker; new ones are taken up to {limit}"
            raise ServiceError(Reason.SERVER_BUSY, message, limit=limit, retry_after_s=after_s)
        self._since += 1
        self._wake.set()

    async def watch(self) -> None:
        """Look at the queue again and again: often while there is something in it."""
        while True:
            # Where the queue is away, the log says so at length; the last numbers stand.
            with suppress(ServiceError):
                since = self._since
                backlog = await self._queue.backlog()
                self._pace.look(self._now_s(), backlog)
                self._waiting = backlog.waiting
                self._since -= since
                counting.WAITING.set(backlog.waiting)
            busy = self._waiting or self._since
            await asyncio.sleep(LOOK_EVERY_S)
            if not busy:
                self._wake.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_EVERY_S):
                        await self._wake.wait()
