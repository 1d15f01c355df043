"""A bounded number of calls at once: a full replica says so immediately, so that another one can be asked."""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass

from services.kit import metrics
from services.kit.errors import Reason, ServiceError


@dataclass(slots=True, eq=False)
class Work:
    """What a call took of its replica: one of `limit` slots, 0 where it took none, for so many seconds.

    `begun_s` is since when it holds one, by the monotonic clock; 0 where it holds none now.
    """

    limit: int = 0
    seconds: float = 0.0
    begun_s: float = 0.0


_work: ContextVar[Work | None] = ContextVar("atelier_work", default=None)


def watch() -> Work:
    """Note from here on what this task takes."""
    work = Work()
    _work.set(work)
    return work


class Slots:
    """Admission to a replica; `pool` names what is admitted, for metrics.

    It never queues: waiting belongs to whoever can choose another replica. `weighs` says whether the calls admitted
    here tell how much work the replica can take.
    """

    def __init__(self, limit: int, pool: str = "calls", *, weighs: bool = True) -> None:
        if limit < 1:
            raise ValueError(f"limit is {limit}; it takes 1 or more")
        self.limit = limit
        self.taken = 0
        self.gauge = metrics.child(metrics.SLOTS_TAKEN, pool)
        # Several services of one process add up.
        metrics.child(metrics.SLOTS_LIMIT, pool).inc(limit)
        self._weighs = weighs

    def take(self) -> Slot:
        """Hold one slot for the length of an `async with` block.

        Entering it raises:
            ServiceError: SERVER_BUSY, at once, when every slot is taken.
        """
        return Slot(self, _work.get() if self._weighs else None)


class Slot:
    """One slot, for one block; a class of its own, because a generator would take five times as long."""

    __slots__ = ("_slots", "_work")

    def __init__(self, slots: Slots, work: Work | None) -> None:
        self._slots = slots
        self._work = work

    async def __aenter__(self) -> None:
        slots = self._slots
        if self._work is not None:
            self._work.limit = slots.limit
        if slots.taken >= slots.limit:
            message = f"all {slots.limit} slots of this replica are taken; another replica may be free"
            raise ServiceError(Reason.SERVER_BUSY, message, retry_after_s=0.1, limit=str(slots.limit))
        slots.taken += 1
        slots.gauge.inc()
        if self._work is not None:
            self._work.begun_s = time.monotonic()

    async def __aexit__(self, *exit: object) -> None:
        if self._work is not None:
            self._work.seconds += time.monotonic() - self._work.begun_s
            self._work.begun_s = 0.0
        self._slots.taken -= 1
        self._slots.gauge.dec()
