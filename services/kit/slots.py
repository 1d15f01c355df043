"""A bounded number of calls at once: a full replica says so immediately, so that another one can be asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.kit import metrics
from services.kit.errors import Reason, ServiceError


class Slots:
    """Admission to a replica; `pool` names what is admitted, for metrics.

    It never queues: waiting belongs to whoever can choose another replica.
    """

    def __init__(self, limit: int, pool: str = "calls") -> None:
        if limit < 1:
            raise ValueError(f"limit is {limit}; it takes 1 or more")
        self.limit = limit
        self.taken = 0
        self._gauge = metrics.SLOTS_TAKEN.labels(pool)
        metrics.SLOTS_LIMIT.labels(pool).set(limit)

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Hold one slot for the length of the block.

        Raises:
            ServiceError: SERVER_BUSY, at once, when every slot is taken.
        """
        if self.taken >= self.limit:
            message = f"all {self.limit} slots of this replica are taken; another replica may be free"
            raise ServiceError(Reason.SERVER_BUSY, message, retry_after_s=0.1, limit=str(self.limit))
        self.taken += 1
        self._gauge.set(self.taken)
        try:
            yield
        finally:
            self.taken -= 1
            self._gauge.set(self.taken)
