"""Folding what people decided and changed: reviews, appeals, and new texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.orchestrator.job import Job, Phase, Stage
from services.orchestrator.parts import anew, dropped_if_blocked, impossible, next_in, put, settled, variant_at
from services.orchestrator.signals import review_signal
from services.orchestrator.tables import CONTENTS, PHASES, PICTURES, STAGES, Signal


def _reviewed(job: Job, event: AssetEvent) -> Job:
    review, by_person = event.variant_reviewed.review, review_signal(event.variant_reviewed.review)
    if by_person is None:
        raise impossible(event, "no decision")
    job = _taken_up(job, event, by_person)
    if not event.variant_reviewed.HasField("variant"):
        content = next_in(CONTENTS, job.content, by_person, event)
        return job._replace(content=content, content_reviews=(*job.content_reviews, review))
    index = event.variant_reviewed.variant
    variant = variant_at(job, event, index, Stage.MAKING)
    phase = next_in(PHASES, variant.phase, by_person, event)
    if variant.phase is Phase.PROMPT_HELD and by_person is Signal.REJECTED:
        variant = anew(variant)
    pictures = (
        dropped_if_blocked(picture._replace(phase=PICTURES.get((picture.phase, by_person), picture.phase)))
        for picture in variant.renditions
    )
    variant = variant._replace(phase=phase, renditions=tuple(pictures), reviews=(*variant.reviews, review))
    job = put(job, index, settled(variant, event))
    if by_person is Signal.REJECTED:
        return job
    # What is painted once more may be the same picture, which nobody is to throw away then.
    return job._replace(discarded=tuple(picture for picture in job.discarded if picture.variant != index))


def _updated(job: Job, event: AssetEvent) -> Job:
    updated, stage = event.variant_updated, next_in(STAGES, job.stage, Signal.UPDATED, event)
    variant = variant_at(job, event, updated.variant, Stage.MAKING)
    phase = next_in(PHASES, variant.phase, Signal.UPDATED, event)
    if len(updated.images) != len(variant.renditions):
        raise impossible(event, f"{len(variant.renditions)} formats")
    pictures = (
        picture._replace(image=image) if picture.image is not None and image.blob.digest else picture
        for picture, image in zip(variant.renditions, updated.images, strict=True)
    )
    variant = variant._replace(phase=phase, prompt=updated.prompt, renditions=tuple(pictures))
    return put(job._replace(stage=stage), updated.variant, variant)


def _taken_up(job: Job, event: AssetEvent, by_person: Signal) -> Job:
    """The job at the stage where a review takes it; a final asset is only taken up again to let something through."""
    if job.stage is Stage.FINAL and by_person is Signal.REJECTED:
        return job._replace(stage=next_in(STAGES, job.stage, by_person, event))
    taken_up = Signal.REVIEWED if job.variants else Signal.REVIEWED_EARLY
    stage = next_in(STAGES, job.stage, taken_up, event)
    if job.stage in (Stage.WAITING, Stage.FINAL):
        job = job._replace(clock=event.create_time, final=None)
    return job._replace(stage=stage)


FOLDS: Mapping[str, Callable[[Job, AssetEvent], Job]] = {
    "variant_reviewed": _reviewed,
    "variant_updated": _updated,
}
