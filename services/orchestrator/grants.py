"""What the steps of one job may spend: asked for before they are begun, kept until they are, given back where not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.kit.errors import ServiceError
from services.orchestrator.budgets import Reservation
from services.orchestrator.funding import FREE, Funding
from services.orchestrator.job import Job, Step
from services.orchestrator.notices import Funded, Unfunded


class Grants:
    """The grants of one job that are not used yet."""

    def __init__(self, funding: Funding) -> None:
        self._funding = funding
        self._unused: dict[Step, Reservation] = {}

    async def ask(self, step: Step, job: Job, remaining_s: float) -> Funded | Unfunded:
        """Have money held for a step."""
        try:
            return Funded(step, await self._funding.grant(step, job, remaining_s))
        except ServiceError as error:
            return Unfunded(step, error)

    def keep(self, step: Step, grant: Reservation) -> None:
        """Keep a grant until its step is begun."""
        self._unused[step] = grant

    def take(self, job: Job, step: Step) -> Reservation | None:
        """The grant of a step that is begun now; None where it has to be asked for first.

        Raises:
            ServiceError: BUDGET_EXCEEDED, that of the asset itself.
        """
        if not self._funding.binds(job):
            return FREE
        grant = self._unused.pop(step, None)
        if grant is None:
            return None
        try:
            self._funding.check(job, grant)
        except ServiceError:
            self._funding.release(grant)
            raise
        return grant

    async def spend(self, grant: Reservation, call: Awaitable[AssetEvent]) -> AssetEvent:
        """See `Funding.spend`."""
        return await self._funding.spend(grant, call)

    def release(self, idle: Callable[[Step], bool] = lambda step: True) -> None:
        """Give back what steps will not use."""
        for step in [step for step in self._unused if idle(step)]:
            self._funding.release(self._unused.pop(step))
