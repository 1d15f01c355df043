"""Which places a policy judges at, as the moderation service says: asked for again after a few seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from atelier.orchestrator.v1.orchestrator_pb2 import PolicyPlan
from atelier.type.v1.policy_pb2 import Policy
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT, PLACE_IMAGE, PLACE_PROMPT

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError

log = telemetry.get_logger(__name__)

KEPT_S = 5.0
DEFAULTS = ("", "default")

# Before it can be known what the default policy wants, everything is judged.
CAUTIOUS = PolicyPlan(places=[PLACE_CONTENT, PLACE_PROMPT, PLACE_IMAGE])
# Moderation services of before there were policies judge prompts alone.
PROMPTS_ONLY = PolicyPlan(places=[PLACE_PROMPT])


class Policies:
    """The policies by name; the default one has the names "" and "default". `fetch` lists them, that one first."""

    def __init__(
        self, fetch: Callable[[], Awaitable[Sequence[Policy]]], now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch = fetch
        self._now_s = now_s
        self._known: Sequence[Policy] = ()
        self._fetched_s = float("-inf")
        self._fetching = asyncio.Lock()

    async def plan(self, name: str) -> PolicyPlan:
        """What the policy of this name wants of an asset.

        What was known before goes on to hold while the moderation service is away: it will judge the asset itself.

        Raises:
            ServiceError: POLICY_UNKNOWN, or what the moderation service answers where nothing is known yet.
        """
        try:
            await self._refresh()
        except ServiceError as error:
            log.warning("the policies cannot be listed", error=str(error))
            if not self._known and name in DEFAULTS:
                return PROMPTS_ONLY if error.reason is Reason.METHOD_UNKNOWN else CAUTIOUS
            if not self._known:
                raise
        policy = self._known[0] if name in DEFAULTS else self._named(name)
        return PolicyPlan(version=policy.version, places=policy.places, overlap=policy.overlap)

    def _named(self, name: str) -> Policy:
        for policy in self._known:
            if policy.version.name == name:
                return policy
        known = ", ".join(policy.version.name for policy in self._known)
        message = f"there is no content policy {name!r}; there are {known}"
        raise ServiceError(Reason.POLICY_UNKNOWN, message, field="asset.recipe.policy", limit=known)

    async def _refresh(self) -> None:
        async with self._fetching:
            if self._now_s() - self._fetched_s < KEPT_S:
                return
            policies = await self._fetch()
            if not policies:
                raise ServiceError(Reason.SERVICE_UNREACHABLE, "the moderation service names no policy")
            self._known, self._fetched_s = policies, self._now_s()
