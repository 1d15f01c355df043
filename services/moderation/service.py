"""The RPC of ModerationService in terms of policies and rulings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.type.v1 import verdict_pb2

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError, invalid_field
from services.kit.limits import check_text
from services.kit.slots import Slots
from services.moderation.judging import Judge
from services.moderation.policy import DEFAULT, Policy, Verdict

MAX_TEXT_LENGTH = 100_000

log = telemetry.get_logger(__name__)


class ModerationService(moderation_pb2_grpc.ModerationServiceServicer):
    """Judges texts under named policies; `slots` bounds how many at once."""

    def __init__(self, judge: Judge, policies: Sequence[Policy], *, slots: int) -> None:
        self._judge = judge
        self._policies: Mapping[str, Policy] = {policy.name: policy for policy in policies}
        self._slots = Slots(slots)

    async def ModerateText(  # noqa: N802
        self, request: moderation_pb2.ModerateTextRequest, context: object
    ) -> moderation_pb2.ModerateTextResponse:
        """Judge one text."""
        check_text("text", request.text, max_length=MAX_TEXT_LENGTH)
        policy = self._policy(request.policy)
        async with self._slots.take():
            ruling = await self._judge.judge(request.text, policy)
        found = ",".join(finding.category for finding in ruling.verdict.findings)
        log.info("text judged", allowed=ruling.verdict.allowed, findings=found, model=ruling.call.model)
        return moderation_pb2.ModerateTextResponse(verdict=_to_proto(ruling.verdict), call=ruling.call.to_proto())

    async def ListPolicies(  # noqa: N802
        self, request: moderation_pb2.ListPoliciesRequest, context: object
    ) -> moderation_pb2.ListPoliciesResponse:
        """The policies that texts and images can be judged under."""
        raise _not_yet("ListPolicies")

    async def ModerateImage(  # noqa: N802
        self, request: moderation_pb2.ModerateImageRequest, context: object
    ) -> moderation_pb2.ModerateImageResponse:
        """Judge one image."""
        raise _not_yet("ModerateImage")

    def _policy(self, name: str) -> Policy:
        policy = self._policies.get(name or DEFAULT)
        if policy is None:
            known = ", ".join(self._policies)
            raise invalid_field("policy", f"{name[:80]!r} is not known; it takes {known}, or empty", known)
        return policy


def _to_proto(verdict: Verdict) -> verdict_pb2.Verdict:
    decision = verdict_pb2.Verdict.DECISION_ALLOWED if verdict.allowed else verdict_pb2.Verdict.DECISION_BLOCKED
    findings = [verdict_pb2.Finding(category=found.category, score=found.score) for found in verdict.findings]
    return verdict_pb2.Verdict(decision=decision, findings=findings)


def _not_yet(method: str) -> ServiceError:
    return ServiceError(Reason.METHOD_UNKNOWN, f"{method} is not implemented yet")
