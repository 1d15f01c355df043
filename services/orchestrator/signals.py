"""What an answer or a review means to the tables, given where its variant is."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.orchestrator.v1.orchestrator_pb2 import Review
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.verdict_pb2 import PLACE_IMAGE, Verdict
from google.rpc.status_pb2 import Status

from services.kit.errors import Reason, ServiceError
from services.orchestrator.job import Job, Method, Picture, RenditionJob, Step, VariantJob
from services.orchestrator.tables import Signal

_CONTENT: Mapping[int, Signal] = {
    Verdict.DECISION_ALLOWED: Signal.CONTENT_ALLOWED,
    Verdict.DECISION_REVIEW: Signal.CONTENT_REVIEW,
    Verdict.DECISION_BLOCKED: Signal.CONTENT_BLOCKED,
}
_PROMPT: Mapping[int, Signal] = {
    Verdict.DECISION_ALLOWED: Signal.ALLOWED,
    Verdict.DECISION_REVIEW: Signal.REVIEW,
    Verdict.DECISION_BLOCKED: Signal.BLOCKED,
}
_IMAGE: Mapping[int, Signal] = {
    Verdict.DECISION_ALLOWED: Signal.IMAGE_ALLOWED,
    Verdict.DECISION_REVIEW: Signal.IMAGE_REVIEW,
    Verdict.DECISION_BLOCKED: Signal.IMAGE_BLOCKED,
}
_REVIEW: Mapping[int, Signal] = {
    Review.DECISION_APPROVE: Signal.APPROVED,
    Review.DECISION_REJECT: Signal.REJECTED,
}


def content_signal(verdict: Verdict) -> Signal | None:
    """What the verdict on the content means; None for one that says nothing."""
    return _CONTENT.get(verdict.decision)


def prompt_signal(variant: VariantJob, verdict: Verdict) -> Signal | None:
    """What the verdict on a prompt means; None for one that says nothing."""
    signal = _PROMPT.get(verdict.decision)
    return Signal.BLOCKED_LAST if signal is Signal.BLOCKED and not variant.may_rewrite else signal


def image_signal(variant: VariantJob, verdict: Verdict) -> Signal | None:
    """What the verdict on a picture means; None for one that says nothing.

    A picture that came out of an appeal is not refused by the policy again: a person looks at it.
    """
    signal = _IMAGE.get(verdict.decision)
    return Signal.IMAGE_REVIEW if signal is Signal.IMAGE_BLOCKED and variant.approved(PLACE_IMAGE) else signal


def imaged_signal(job: Job, variant: VariantJob, rendition: RenditionJob, image: Image) -> Signal:
    """Whether a new picture is to be judged: one that a person approved before is not."""
    approved = bool(rendition.refused) and variant.approved(PLACE_IMAGE) and source_of(image) == rendition.refused
    return Signal.IMAGED if job.judges_pictures and not approved else Signal.IMAGED_FREELY


def review_signal(review: Review) -> Signal | None:
    """What a person's decision means; None for one that says nothing."""
    return _REVIEW.get(review.decision)


def settled_signal(variant: VariantJob) -> Signal | None:
    """What the pictures of a variant have come to; None while one of them is still to be made or judged."""
    phases = {rendition.phase for rendition in variant.renditions}
    if phases & {Picture.PAINTING, Picture.JUDGING}:
        return None
    if Picture.HELD in phases:
        return Signal.PICTURES_HELD
    if Picture.DONE in phases:
        return Signal.PICTURES_MADE
    return Signal.PICTURES_BLOCKED if Picture.BLOCKED in phases else Signal.PICTURES_FAILED


def source_of(image: Image) -> str:
    """What tells a picture of the model from another one: the digest of its answer, or else of what was stored."""
    return image.source_digest or image.blob.digest


def is_refusal(variant: VariantJob, step: Step, reason: Reason) -> bool:
    """Whether the provider's own filter refused a prompt of which no picture exists, so that another one may help."""
    painting = step.method is Method.GENERATE_IMAGE and reason is Reason.MODEL_REFUSED
    return painting and variant.may_rewrite and not variant.has_pictures


def reason_of(error: Status) -> Reason:
    """The reason that a recorded error carries."""
    return ServiceError.from_status(error).reason
