"""Running the recipe and prompts of an asset again, and comparing what came out.

A picture is the same where the model gave the same bytes, before they were cut, encoded and marked.
"""

from __future__ import annotations

import hashlib

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, ReplayAssetRequest
from atelier.orchestrator.v1.orchestrator_pb2 import Replay as Comparison
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt

from services.kit.errors import Reason, ServiceError
from services.orchestrator.intake import Identity, check_identity
from services.orchestrator.job import Job, RenditionJob, Stage, VariantJob
from services.orchestrator.names import check_name
from services.orchestrator.recipes import check_amount
from services.orchestrator.signals import source_of


def check_request(request: ReplayAssetRequest) -> None:
    """Check everything that is read of a request.

    Raises:
        ServiceError: FIELD_INVALID, ASSET_UNKNOWN for a name that was never given out.
    """
    check_name(request.name)
    check_identity(request.owner, request.request_id)
    check_amount("owner_budget_usd", request.owner_budget_usd)


def identity(request: ReplayAssetRequest) -> Identity:
    """What tells a replay from another request under the same id."""
    digest = hashlib.sha256(f"replay of {request.name}".encode()).hexdigest()
    return Identity(request.owner, request.request_id, digest)


def accepted(job: Job, request: ReplayAssetRequest, *, traceparent: str) -> Accepted:
    """The request as it will be carried out: as the asset was made, and with what it has to be compared with.

    Raises:
        ServiceError: ASSET_RUNNING.
    """
    if job.stage is not Stage.FINAL:
        message = f"{job.name} is not in a final state; it can be run again then"
        raise ServiceError(Reason.ASSET_RUNNING, message, field="name")
    event = Accepted(
        recipe=job.accepted.recipe,
        content=job.accepted.content,
        content_type=job.accepted.content_type,
        request_id=request.request_id,
        traceparent=traceparent,
        owner=request.owner,
        brand=job.accepted.brand if job.accepted.HasField("brand") else None,
        owner_budget_usd=request.owner_budget_usd,
        replay_of=job.name,
    )
    for variant in job.variants:
        event.replay_prompts.append(variant.prompt or Prompt())
        event.replay_writers.append(variant.writer)
        for rendition in variant.renditions:
            event.replay_images.append(_shown(variant, rendition) or Image())
            event.replay_makers.append(rendition.maker)
    return event


def comparison(job: Job) -> Comparison | None:
    """How the pictures compare with those of the asset that was replayed; None where none was."""
    if not job.accepted.replay_of:
        return None
    outcomes = []
    made = [(variant, rendition) for variant in job.variants for rendition in variant.renditions]
    before = zip(job.accepted.replay_images, job.accepted.replay_makers, strict=True)
    for (image, maker), (variant, rendition) in zip(before, made, strict=False):
        outcomes.append(_outcome(image, maker, _shown(variant, rendition), rendition.maker))
    return Comparison(asset=job.accepted.replay_of, outcomes=outcomes)


def _shown(variant: VariantJob, rendition: RenditionJob) -> Image | None:
    return rendition.image if variant.releases(rendition) else None


def _outcome(before: Image, maker_before: str, after: Image | None, maker: str) -> Comparison.Outcome.ValueType:
    if after is None or not before.blob.digest:
        return Comparison.OUTCOME_UNSPECIFIED
    if source_of(before) == source_of(after):
        return Comparison.OUTCOME_SAME
    if before.reproducible and after.reproducible and maker_before == maker:
        return Comparison.OUTCOME_DIFFERS
    return Comparison.OUTCOME_NOT_REPRODUCIBLE
