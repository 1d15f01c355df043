"""The asset as callers see it: what a job's log says, and nothing that it holds back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, Rendition, Variant
from atelier.type.v1.verdict_pb2 import Verdict
from google.protobuf.timestamp_pb2 import Timestamp

from services.orchestrator.job import HELD, Discarded, Job, Phase, Picture, RenditionJob, Stage, VariantJob

STATES: Mapping[Stage, Asset.State.ValueType] = {
    Stage.QUEUED: Asset.STATE_QUEUED,
    Stage.WRITING: Asset.STATE_RUNNING,
    Stage.MAKING: Asset.STATE_RUNNING,
    Stage.WAITING: Asset.STATE_NEEDS_REVIEW,
}

VARIANT_STATES: Mapping[Phase, Variant.State.ValueType] = {
    Phase.MODERATING: Variant.STATE_WORKING,
    Phase.REWRITING: Variant.STATE_WORKING,
    Phase.PROMPT_HELD: Variant.STATE_NEEDS_REVIEW,
    Phase.PAINTING: Variant.STATE_WORKING,
    Phase.PICTURES_HELD: Variant.STATE_NEEDS_REVIEW,
    Phase.IMAGED: Variant.STATE_SUCCEEDED,
    Phase.BLOCKED: Variant.STATE_BLOCKED,
    Phase.FAILED: Variant.STATE_FAILED,
}


def write_asset(job: Job, asset: Asset) -> None:
    """Write the asset as the job tells it into an empty message."""
    if job.stage is Stage.FINAL and job.final is not None:
        asset.CopyFrom(job.final)
        return
    accepted = job.accepted
    asset.name = job.name
    asset.content = accepted.content
    asset.content_type = accepted.content_type
    asset.owner = accepted.owner
    asset.recipe.CopyFrom(accepted.recipe)
    asset.state = STATES.get(job.stage, Asset.STATE_UNSPECIFIED)
    asset.last_sequence = job.last_sequence
    asset.create_time.CopyFrom(job.create_time or Timestamp())
    asset.update_time.CopyFrom(job.update_time or Timestamp())
    if job.content_verdict is not None:
        asset.content_verdict.CopyFrom(job.content_verdict)
    asset.content_reviews.extend(job.content_reviews)
    if (cost := job.cost.to_proto()) is not None:
        asset.cost.CopyFrom(cost)
    asset.variants.extend(_variant(job, variant) for variant in job.variants)
    for _ in range(accepted.recipe.variant_count - len(job.variants)):
        asset.variants.add()


def held_image(job: Job, variant: int, rendition: int) -> str:
    """Digest of a picture that waits for a review; empty where there is none."""
    if not 0 <= variant < len(job.variants):
        return ""
    held = job.variants[variant]
    if held.phase not in HELD or not 0 <= rendition < len(held.renditions):
        return ""
    image = held.renditions[rendition].image
    return image.blob.digest if image is not None else ""


def stored_images(asset: Asset) -> Iterator[Discarded]:
    """The pictures that an asset names, with the places that they were made for."""
    for index, variant in enumerate(asset.variants):
        # Assets of before there were formats have one picture and no renditions.
        images = [rendition.image for rendition in variant.renditions] or [variant.image]
        for number, image in enumerate(images):
            if image.blob.digest:
                yield Discarded(index, number, image.blob.digest)


def up_to_date(asset: Asset) -> Asset:
    """A final asset as it is told now; what was recorded before variants had states and renditions is not changed."""
    if all(variant.state or not variant.prompt.text for variant in asset.variants):
        return asset
    told = Asset()
    told.CopyFrom(asset)
    for variant in told.variants:
        if variant.HasField("image"):
            variant.state = Variant.STATE_SUCCEEDED
            variant.renditions.add(image=variant.image)
        elif variant.HasField("error"):
            variant.state = Variant.STATE_FAILED
        elif variant.verdict.decision == Verdict.DECISION_BLOCKED and asset.state != Asset.STATE_CANCELLED:
            variant.state = Variant.STATE_BLOCKED
        elif variant.prompt.text:
            variant.state = Variant.STATE_WORKING
    return told


def _variant(job: Job, variant: VariantJob) -> Variant:
    message = Variant(
        prompt=variant.prompt,
        verdict=variant.verdict,
        error=variant.error,
        state=VARIANT_STATES[variant.phase],
        reviews=variant.reviews,
        cost=variant.cost.to_proto(),
    )
    shown = [rendition for rendition in variant.renditions if _is_told(variant, rendition)]
    if shown:
        formats = job.accepted.recipe.formats or [""]
        for name, rendition in zip(formats, variant.renditions, strict=True):
            message.renditions.append(_rendition(name, variant, rendition))
    released = (rendition.image for rendition in variant.renditions if variant.releases(rendition))
    first = next(released, None)
    if first is not None:
        message.image.CopyFrom(first)
    if variant.phase in HELD:
        held = (picture for picture in variant.renditions if picture.image and not variant.releases(picture))
        message.held_count = sum(1 for _ in held)
    return message


def _is_told(variant: VariantJob, rendition: RenditionJob) -> bool:
    """Whether there is something to tell of a picture."""
    return variant.releases(rendition) or rendition.error is not None or rendition.verdict is not None


def _rendition(name: str, variant: VariantJob, rendition: RenditionJob) -> Rendition:
    image = rendition.image if variant.releases(rendition) else None
    error = rendition.error or (variant.error if rendition.phase is Picture.FAILED else None)
    return Rendition(format=name, image=image, verdict=rendition.verdict, error=error)
