"""The RPCs of ModerationService in terms of policies and rulings."""

from __future__ import annotations

from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.type.v1 import policy_pb2, verdict_pb2

from services.kit import telemetry
from services.kit.errors import invalid_field
from services.kit.limits import check_text
from services.kit.slots import Slots
from services.moderation.actions import Action, Place
from services.moderation.judging import Judge, Ruling
from services.moderation.library import Library
from services.moderation.policy import Finding, Policy, Verdict
from services.workers_ai.media import media_type_of

MAX_TEXT_LENGTH = 100_000
MAX_IMAGE_BYTES = 1 << 20
MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp")

_PLACES = {
    verdict_pb2.PLACE_UNSPECIFIED: Place.PROMPT,
    verdict_pb2.PLACE_PROMPT: Place.PROMPT,
    verdict_pb2.PLACE_CONTENT: Place.CONTENT,
}
_PLACES_OUT = {
    Place.CONTENT: verdict_pb2.PLACE_CONTENT,
    Place.PROMPT: verdict_pb2.PLACE_PROMPT,
    Place.IMAGE: verdict_pb2.PLACE_IMAGE,
}
_DECISIONS = {
    Action.ALLOW: verdict_pb2.Verdict.DECISION_ALLOWED,
    Action.FLAG: verdict_pb2.Verdict.DECISION_ALLOWED,
    Action.REVIEW: verdict_pb2.Verdict.DECISION_REVIEW,
    Action.BLOCK: verdict_pb2.Verdict.DECISION_BLOCKED,
}

log = telemetry.get_logger(__name__)


class ModerationService(moderation_pb2_grpc.ModerationServiceServicer):
    """Judges texts and pictures under named policies; `slots` bounds how many at once."""

    def __init__(self, judge: Judge, library: Library, *, slots: int) -> None:
        self._judge = judge
        self._library = library
        self._slots = Slots(slots)

    async def ModerateText(  # noqa: N802
        self, request: moderation_pb2.ModerateTextRequest, context: object
    ) -> moderation_pb2.ModerateTextResponse:
        """Judge one text."""
        check_text("text", request.text, max_length=MAX_TEXT_LENGTH)
        place = _PLACES.get(request.place)
        if place is None:
            raise invalid_field("place", "is no place of a text; it takes PLACE_CONTENT or PLACE_PROMPT", "1, 2, or 0")
        policy = self._library.policy(request.policy)
        async with self._slots.take():
            ruling = await self._judge.judge(request.text, policy, place)
        _tell("text judged", ruling, policy, place)
        reply = moderation_pb2.ModerateTextResponse(verdict=_verdict(ruling.verdict, policy, place))
        _add_calls(reply, ruling)
        return reply

    async def ModerateImage(  # noqa: N802
        self, request: moderation_pb2.ModerateImageRequest, context: object
    ) -> moderation_pb2.ModerateImageResponse:
        """Judge one finished picture."""
        _check_image(request.image)
        policy = self._library.policy(request.policy)
        async with self._slots.take():
            ruling = await self._judge.look(request.image, policy)
        _tell("picture judged", ruling, policy, Place.IMAGE)
        reply = moderation_pb2.ModerateImageResponse(verdict=_verdict(ruling.verdict, policy, Place.IMAGE))
        _add_calls(reply, ruling)
        return reply

    async def ListPolicies(  # noqa: N802
        self, request: moderation_pb2.ListPoliciesRequest, context: object
    ) -> moderation_pb2.ListPoliciesResponse:
        """All policies, the default one first."""
        return moderation_pb2.ListPoliciesResponse(policies=map(_policy, self._library.policies()))


def _check_image(image: bytes) -> None:
    limit = f"PNG, JPEG or WebP, 1 to {MAX_IMAGE_BYTES} bytes"
    if len(image) > MAX_IMAGE_BYTES:
        raise invalid_field("image", f"has {len(image)} bytes; it takes {limit}", limit)
    if media_type_of(image) not in MEDIA_TYPES:
        raise invalid_field("image", f"is no such picture; it takes {limit}", limit)


def _tell(event: str, ruling: Ruling, policy: Policy, place: Place) -> None:
    found = ",".join(f"{one.category}:{one.action.name.lower()}" for one in ruling.verdict.findings)
    told = {
        "action": ruling.verdict.action.name.lower(),
        "findings": found,
        "policy": policy.name,
        "place": place.value,
    }
    log.info(event, **told, unjudged=ruling.verdict.unjudged, model=ruling.call.model if ruling.call else "")


def _add_calls(
    reply: moderation_pb2.ModerateTextResponse | moderation_pb2.ModerateImageResponse, ruling: Ruling
) -> None:
    if ruling.call is not None:
        reply.call.CopyFrom(ruling.call.to_proto())
    if len(ruling.calls) > 1:
        reply.votes.extend(call.to_proto() for call in ruling.calls)


def _verdict(verdict: Verdict, policy: Policy, place: Place) -> verdict_pb2.Verdict:
    return verdict_pb2.Verdict(
        decision=_DECISIONS[verdict.action],
        findings=map(_finding, verdict.findings),
        policy=_version(policy),
        place=_PLACES_OUT[place],
        unjudged=verdict.unjudged,
    )


def _finding(found: Finding) -> verdict_pb2.Finding:
    return verdict_pb2.Finding(
        category=found.category,
        score=found.score,
        threshold=found.threshold,
        action=verdict_pb2.Action.ValueType(found.action),
        model=found.model,
    )


def _policy(policy: Policy) -> policy_pb2.Policy:
    return policy_pb2.Policy(
        version=_version(policy),
        description=policy.description,
        places=[_PLACES_OUT[place] for place in Place if place in policy.places],
        document=policy.document,
        overlap=policy.overlap,
    )


def _version(policy: Policy) -> verdict_pb2.PolicyVersion:
    return verdict_pb2.PolicyVersion(name=policy.name, version=policy.version)
