"""New texts for pictures of a final asset: they are stored anew, then the log says so, then the old ones go.

A crash in between leaves pictures that no log names, which are swept up.
"""

from __future__ import annotations

from collections.abc import Sequence

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent, UpdateAssetRequest, VariantUpdated
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.provenance_pb2 import Provenance

from services.kit.errors import Reason, ServiceError, invalid_field
from services.kit.limits import check_text
from services.orchestrator import events
from services.orchestrator.asking import provenance
from services.orchestrator.folding import fold
from services.orchestrator.job import Job, Phase, Stage, VariantJob
from services.orchestrator.recipes import check_language

MAX_TEXT = 500


def check_request(request: UpdateAssetRequest) -> None:
    """Check the new texts.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    if request.HasField("alt_text"):
        check_text("alt_text", request.alt_text, max_length=MAX_TEXT, reason=Reason.FIELD_INVALID)
    check_text("caption", request.caption, max_length=MAX_TEXT, reason=Reason.FIELD_INVALID, required=False)
    check_language("language", request.language)


def updatable(job: Job, request: UpdateAssetRequest) -> VariantJob:
    """The variant whose texts are to be changed.

    Raises:
        ServiceError: ASSET_RUNNING, FIELD_INVALID.
    """
    if job.stage is not Stage.FINAL:
        message = f"{job.name} is not in a final state; its texts can be changed then"
        raise ServiceError(Reason.ASSET_RUNNING, message, field="name")
    for index, variant in enumerate(job.variants):
        if index == request.variant and variant.phase is Phase.IMAGED:
            return variant
    limit = "the index of a variant with pictures"
    raise invalid_field("variant", f"is {request.variant}, which has no picture; it takes {limit}", limit)


def prompt_after(prompt: Prompt, request: UpdateAssetRequest) -> Prompt:
    """The prompt with its new texts; what the request does not set stays."""
    after = Prompt()
    after.CopyFrom(prompt)
    for field in ("alt_text", "caption", "language"):
        if request.HasField(field):
            setattr(after, field, getattr(request, field))
    return after


def provenance_after(job: Job, variant: VariantJob, prompt: Prompt) -> Provenance:
    """What the pictures are to say about themselves then."""
    return provenance(job, variant._replace(prompt=prompt))


def image_after(image: Image, copy: Image) -> Image:
    """A picture as it was stored anew; how it was made is as it was."""
    after = Image()
    after.CopyFrom(image)
    after.blob.CopyFrom(copy.blob)
    after.marks.CopyFrom(copy.marks)
    return after


def updated(
    job: Job, request: UpdateAssetRequest, prompt: Prompt, images: Sequence[Image], now_ns: int
) -> Sequence[AssetEvent]:
    """The events that record new texts and the pictures that say so, one for each format."""
    event = AssetEvent(variant_updated=VariantUpdated(variant=request.variant, prompt=prompt, images=images))
    events.stamp(event, job.name, job.last_sequence + 1, now_ns)
    after = fold(job, event)
    return [event, events.stamp(events.finished_again(after), job.name, after.last_sequence + 1, now_ns)]
