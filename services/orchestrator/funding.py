"""The money for each step of a job: estimated and held before it is begun, settled by what its answer says it cost.

Where no budget bounds an asset nothing here is asked, held or written down.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable
from typing import Protocol

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.kit.errors import Reason, ServiceError
from services.orchestrator.budgets import Budgets, Reservation
from services.orchestrator.cost import NOTHING, Spent, charged, error_cost, event_cost
from services.orchestrator.job import Job, Step
from services.orchestrator.retry import DEFAULT_LIMITS, RetryLimits, retry_delay_s

FREE = Reservation(NOTHING)


class Estimates(Protocol):
    """Says what steps would cost."""

    async def of(self, step: Step, job: Job) -> Spent:
        """The estimate for a step; ServiceError where none can be had."""
        ...


class Funding:
    """Money for the steps of all jobs of this replica."""

    def __init__(self, budgets: Budgets, estimates: Estimates, limits: RetryLimits = DEFAULT_LIMITS) -> None:
        self._budgets = budgets
        self._estimates = estimates
        self._limits = limits
        self._settling: set[asyncio.Task[None]] = set()

    def binds(self, job: Job) -> bool:
        """Whether a step of this job needs a grant before it is begun."""
        return self._budgets.bind(job.accepted)

    async def grant(self, step: Step, job: Job, remaining_s: float) -> Reservation:
        """Hold what a step may cost; where a service or the store is away, it is waited for as for a call.

        Raises:
            ServiceError: BUDGET_EXCEEDED, or why no estimate can be had.
        """
        failures: list[Reason] = []
        deadline_s = asyncio.get_running_loop().time() + remaining_s
        while True:
            try:
                return await self._budgets.reserve(job.accepted, await self._estimates.of(step, job))
            except ServiceError as error:
                left_s = deadline_s - asyncio.get_running_loop().time()
                reason = Reason.SERVICE_UNREACHABLE if error.reason is Reason.SERVER_BUSY else error.reason
                delay_s = retry_delay_s(
                    reason,
                    failures,
                    remaining_s=left_s,
                    jitter=random.random(),
                    retry_after_s=error.retry_after_s,
                    limits=self._limits,
                )
                if delay_s is None:
                    raise
                failures.append(reason)
                await asyncio.sleep(delay_s)

    def check(self, job: Job, grant: Reservation) -> None:
        """Refuse a step that would lead the asset over its own budget.

        Raises:
            ServiceError: BUDGET_EXCEEDED.
        """
        self._budgets.within_asset(job.accepted, job.committed, grant.estimate)

    async def spend(self, grant: Reservation, call: Awaitable[AssetEvent]) -> AssetEvent:
        """Make a call, and settle with what it cost. One that is broken off has perhaps to be paid: what is held stays.

        Raises:
            ServiceError: why the call failed; its metadata tells the cost, or the estimate where nobody knows it.
        """
        try:
            event = await call
        except ServiceError as error:
            error = charged(error, grant.estimate)
            self._settle(grant, error_cost(error.metadata))
            raise error from None
        self._settle(grant, event_cost(event))
        return event

    def release(self, grant: Reservation) -> None:
        """Give back what is held for a step that was not begun."""
        self._settle(grant, NOTHING)

    async def stop(self) -> None:
        """Wait until everything is settled."""
        while self._settling:
            await asyncio.wait(tuple(self._settling))

    def _settle(self, grant: Reservation, spent: Spent) -> None:
        if not grant.keys:
            return
        # The answer of a call does not wait for the books.
        task = asyncio.create_task(self._budgets.settle(grant, spent), name="settlement")
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)
