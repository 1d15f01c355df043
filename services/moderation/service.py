"""The RPCs of ModerationService in terms of policies and rulings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.type.v1 import verdict_pb2
from prometheus_client import Counter

from services.kit import telemetry
from services.kit.errors import invalid_field
from services.kit.limits import check_text
from services.kit.metrics import child
from services.kit.slots import Slots
from services.moderation.actions import Action, Place
from services.moderation.judging import Judge, Ruling
from services.moderation.library import Library
from services.moderation.messages import each, policy_message, together, verdict_message
from services.moderation.policy import Policy
from services.workers_ai.media import media_type_of

MAX_TEXT_LENGTH = 100_000
MAX_IMAGE_BYTES = 1 << 20
MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp")

_PLACES = {
    verdict_pb2.PLACE_UNSPECIFIED: Place.PROMPT,
    verdict_pb2.PLACE_PROMPT: Place.PROMPT,
    verdict_pb2.PLACE_CONTENT: Place.CONTENT,
}

log = telemetry.get_logger(__name__)

VERDICTS = Counter("atelier_verdicts", "Verdicts, by what the policy does.", ("place", "action", "policy"))
FINDINGS = Counter("atelier_findings", "Findings behind verdicts, by category.", ("place", "category", "action"))


class ModerationService(moderation_pb2_grpc.ModerationServiceServicer):
    """Judges texts and pictures under named policies; `slots` bounds how many at once."""

    def __init__(self, judge: Judge, library: Library, *, slots: int) -> None:
        self._judge = judge
        self._library = library
        self._slots = Slots(slots)
        _expect(library.policies())

    async def ModerateText(  # noqa: N802
        self, request: moderation_pb2.ModerateTextRequest, context: object
    ) -> moderation_pb2.ModerateTextResponse:
        """Judge one text."""
        check_text("text", request.text, max_length=MAX_TEXT_LENGTH)
        place = _PLACES.get(request.place)
        if place is None:
            raise invalid_field("place", "is no place of a text; it takes PLACE_CONTENT or PLACE_PROMPT", "1, 2, or 0")
        policy = self._library.policy(request.policy)
        if request.validate_only:
            expected = self._judge.expect(request.text, policy, place)
            return moderation_pb2.ModerateTextResponse(call=together(expected), votes=each(expected))
        async with self._slots.take():
            ruling = await self._judge.judge(request.text, policy, place)
        _tell("text judged", ruling, policy, place)
        verdict = verdict_message(ruling.verdict, policy, place)
        return moderation_pb2.ModerateTextResponse(
            verdict=verdict, call=together(ruling.calls), votes=each(ruling.calls)
        )

    async def ModerateImage(  # noqa: N802
        self, request: moderation_pb2.ModerateImageRequest, context: object
    ) -> moderation_pb2.ModerateImageResponse:
        """Judge one finished picture."""
        # What a look costs does not depend on the picture, so whoever asks for the price need not send one.
        if request.image or not request.validate_only:
            _check_image(request.image)
        policy = self._library.policy(request.policy)
        if request.validate_only:
            expected = self._judge.expect_look(policy)
            return moderation_pb2.ModerateImageResponse(call=together(expected), votes=each(expected))
        async with self._slots.take():
            ruling = await self._judge.look(request.image, policy)
        _tell("picture judged", ruling, policy, Place.IMAGE)
        verdict = verdict_message(ruling.verdict, policy, Place.IMAGE)
        return moderation_pb2.ModerateImageResponse(
            verdict=verdict, call=together(ruling.calls), votes=each(ruling.calls)
        )

    async def ListPolicies(  # noqa: N802
        self, request: moderation_pb2.ListPoliciesRequest, context: object
    ) -> moderation_pb2.ListPoliciesResponse:
        """All policies, the default one first."""
        policies = self._library.policies()
        listed = [policy_message(policy, self._judge.places(policy)) for policy in policies]
        return moderation_pb2.ListPoliciesResponse(policies=listed)


def _expect(policies: Iterable[Policy]) -> None:
    """Let the series of verdicts be there, at 0, before the first: a rate begins at the second sample of a series."""
    for place, action, policy in product(Place, Action, policies):
        VERDICTS.labels(place.value, action.name.lower(), policy.name)


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
    child(VERDICTS, place.value, told["action"], policy.name).inc()
    for one in ruling.verdict.findings:
        child(FINDINGS, place.value, one.category, one.action.name.lower()).inc()
    log.info(event, **told, unjudged=ruling.verdict.unjudged, model=",".join(call.model for call in ruling.calls))
