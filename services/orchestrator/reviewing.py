"""What a person may decide about, and what becomes of the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent, Review, ReviewVariantRequest, VariantReviewed
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT, PLACE_IMAGE, PLACE_PROMPT, Place

from services.kit.errors import Reason, ServiceError, invalid_field
from services.kit.limits import check_text
from services.orchestrator import events
from services.orchestrator.folding import fold
from services.orchestrator.job import Content, Job, Phase, Picture, Stage, VariantJob

MAX_REVIEWER = 100
MAX_NOTE = 1000

_DECISIONS = (Review.DECISION_APPROVE, Review.DECISION_REJECT)


class Matter(NamedTuple):
    """What there is to decide about: where it was found, and whether the work waits for the decision."""

    place: Place.ValueType
    held: bool


def check_request(request: ReviewVariantRequest) -> None:
    """Check what a reviewer sends, apart from the name.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    if request.decision not in _DECISIONS:
        raise invalid_field("decision", "is none; it takes DECISION_APPROVE or DECISION_REJECT", "1 or 2")
    check_text("reviewer", request.reviewer, max_length=MAX_REVIEWER, reason=Reason.FIELD_INVALID)
    check_text("note", request.note, max_length=MAX_NOTE, reason=Reason.FIELD_INVALID, required=False)
    if request.HasField("variant") and request.variant < 0:
        raise invalid_field("variant", f"is {request.variant}; it takes 0 or more", "0 or more")


def review_of(job: Job, request: ReviewVariantRequest) -> Review | None:
    """The review to be recorded, without its time; None where it was decided so before.

    Raises:
        ServiceError: FIELD_INVALID, NOT_REVIEWABLE.
    """
    variant = _variant(job, request)
    matter = _matter(job, variant)
    reviews = job.content_reviews if variant is None else variant.reviews
    last = reviews[-1] if reviews else None
    decided = last is not None and (matter is None or (not matter.held and last.place == matter.place))
    if last is not None and decided and last.decision == request.decision:
        return None
    if matter is None or decided:
        raise _not_reviewable(job, request, "was decided about before" if decided else "waits for no review")
    return Review(
        decision=request.decision,
        reviewer=request.reviewer,
        note=request.note,
        place=matter.place,
        appeal=not matter.held,
    )


def reviewed(job: Job, request: ReviewVariantRequest, review: Review, now_ns: int) -> Sequence[AssetEvent]:
    """The events that record a review: a final asset that stays as it was ends anew at once."""
    variant = request.variant if request.HasField("variant") else None
    event = AssetEvent(variant_reviewed=VariantReviewed(variant=variant, review=review))
    events.write_time(event.variant_reviewed.review.create_time, now_ns)
    events.stamp(event, job.name, job.last_sequence + 1, now_ns)
    after = fold(job, event)
    if after.stage is not Stage.AMENDING:
        return [event]
    return [event, events.stamp(events.finished_again(after), job.name, after.last_sequence + 1, now_ns)]


def _variant(job: Job, request: ReviewVariantRequest) -> VariantJob | None:
    if not request.HasField("variant"):
        return None
    count = job.accepted.recipe.variant_count
    if request.variant >= count:
        limit = f"0 to {count - 1}"
        raise invalid_field("variant", f"is {request.variant}; this asset takes {limit}", limit)
    if request.variant >= len(job.variants):
        raise _not_reviewable(job, request, "has no prompt yet")
    return job.variants[request.variant]


def _matter(job: Job, variant: VariantJob | None) -> Matter | None:
    if job.final is not None and job.final.state == Asset.STATE_CANCELLED:
        return None
    if variant is None:
        decidable = job.content in (Content.HELD, Content.REFUSED)
        return Matter(PLACE_CONTENT, job.content is Content.HELD) if decidable else None
    if job.content is Content.REFUSED:
        return None
    blocked_picture = any(rendition.phase is Picture.BLOCKED for rendition in variant.renditions)
    match variant.phase:
        case Phase.PROMPT_HELD:
            return Matter(PLACE_PROMPT, held=True)
        case Phase.PICTURES_HELD:
            return Matter(PLACE_IMAGE, held=True)
        case Phase.BLOCKED:
            return Matter(PLACE_IMAGE if blocked_picture else PLACE_PROMPT, held=False)
        case Phase.IMAGED if blocked_picture:
            return Matter(PLACE_IMAGE, held=False)
    return None


def _not_reviewable(job: Job, request: ReviewVariantRequest, why: str) -> ServiceError:
    what = f"variant {request.variant}" if request.HasField("variant") else "the content"
    if job.final is not None and job.final.state == Asset.STATE_CANCELLED:
        why = "belongs to a cancelled asset"
    elif request.HasField("variant") and job.content is Content.REFUSED:
        why = "is not made, because the content is refused; decide about that"
    return ServiceError(Reason.NOT_REVIEWABLE, f"{what} of {job.name} {why}", field="variant")
