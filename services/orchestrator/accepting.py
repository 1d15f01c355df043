"""From a request to what will be carried out: its brand style, its policy and its budget as they are now."""

from __future__ import annotations

import secrets
from functools import partial

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, CreateAssetRequest, ReplayAssetRequest

from services.kit import telemetry
from services.kit.errors import ServiceError
from services.orchestrator import intake, replaying
from services.orchestrator.admission import Admission
from services.orchestrator.assets import Assets
from services.orchestrator.budgets import Budgets
from services.orchestrator.intake import Identity
from services.orchestrator.policies import Policies
from services.orchestrator.quotes import Quotes
from services.orchestrator.recipes import MAX_SEED
from services.orchestrator.styles import Styles


class Acceptance:
    """Makes first events of requests."""

    def __init__(
        self,
        assets: Assets,
        styles: Styles,
        policies: Policies,
        budgets: Budgets,
        quotes: Quotes,
        admission: Admission,
    ) -> None:
        self._assets = assets
        self._styles = styles
        self._policies = policies
        self._budgets = budgets
        self._quotes = quotes
        self._admission = admission

    async def create(self, request: CreateAssetRequest) -> Accepted:
        """The request for a new asset as it will be carried out.

        Raises:
            ServiceError: SERVER_BUSY, STYLE_UNKNOWN, POLICY_UNKNOWN, BUDGET_EXCEEDED.
        """
        if not request.validate_only:
            await self._admit(intake.identity(request))
        accepted = intake.accepted(
            request, random_seed=1 + secrets.randbelow(MAX_SEED), traceparent=telemetry.traceparent()
        )
        self._budgets.fill_in(accepted)
        try:
            await self._styles.dress(accepted)
            await self._judge(accepted)
        except ServiceError:
            # A repeated request joins its asset, whatever changed since that was accepted.
            if not await self._assets.was_opened(intake.identity(request)):
                raise
        return accepted

    async def replay(self, request: ReplayAssetRequest) -> Accepted:
        """The request to run an asset again as it will be carried out.

        Raises:
            ServiceError: ASSET_UNKNOWN, ASSET_RUNNING, EVENTS_EXPIRED, SERVER_BUSY, POLICY_UNKNOWN,
                BUDGET_EXCEEDED.
        """
        await self._admit(replaying.identity(request))
        job = await self._assets.job(request.name)
        accepted = replaying.accepted(job, request, traceparent=telemetry.traceparent())
        try:
            await self._judge(accepted)
        except ServiceError:
            if not await self._assets.was_opened(replaying.identity(request)):
                raise
        return accepted

    async def _admit(self, identity: Identity) -> None:
        """Before anything is looked up, so that saying no costs next to nothing."""
        try:
            self._admission.admit()
        except ServiceError:
            if not await self._assets.was_opened(identity):
                raise

    async def _judge(self, accepted: Accepted) -> None:
        accepted.policy_plan.CopyFrom(await self._policies.plan(accepted.recipe.policy))
        await self._budgets.check(accepted, partial(self._quotes.first_picture, accepted))
