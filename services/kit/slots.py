"""A bounded number of calls at once: a full replica says so immediately, so that another one can be asked."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from services.kit import metrics
from services.kit.errors import Reason, ServiceError


@dataclass(slots=True)
class Work:
    """What a call took of its replica: one of `limit` slots, 0 where it took none, for so many seconds."""

    limit: int = 0
    seconds: float = 0.0


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
        self._weighs = weighs
        self._gauge = metrics.SLOTS_TAKEN.labels(pool)
        metrics.SLOTS_LIMIT.labels(pool).set(limit)

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Hold one slot for the length of the block.

        Raises:
            ServiceError: SERVER_BUSY, at once, when every slot is taken.
        """
        work = _work.get() if self._weighs else None
        if work is not None:
            work.limit = self.limit
        if self.taken >= self.limit:
            message = f"all {self.limit} slots of this replica are taken; another replica may be free"
            raise ServiceError(Reason.SERVER_BUSY, message, retry_after_s=0.1, limit=str(self.limit))
        self.taken += 1
        self._gauge.set(self.taken)
        begun_s = time.monotonic()
        try:
            yield
        finally:
            if work is not None:
                work.seconds += time.monotonic() - begun_s
            self.taken -= 1
            self._gauge.set(self.taken)
