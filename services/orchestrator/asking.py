"""What each step asks of which service, and the event that its answer becomes.

An answer that a fold could not take (too few prompts, a verdict without a decision, an image without a digest) is the
model's failure and not the log's: it raises MODEL_OUTPUT here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, Protocol

from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.orchestrator.v1.orchestrator_pb2 import (
    AssetEvent,
    ContentModerated,
    ImageModerated,
    PromptRewritten,
    PromptsGenerated,
    VariantImaged,
    VariantModerated,
)
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.provenance_pb2 import Provenance
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT, PLACE_PROMPT, Verdict
from google.protobuf.message import Message

from services.kit.channel import stream, unary
from services.kit.errors import Reason, ServiceError
from services.orchestrator.formats import size_in
from services.orchestrator.job import Job, Method, Step, VariantJob
from services.orchestrator.names import reference
from services.orchestrator.shown import Shown

# Enough to judge by, and half of what models make: a JPEG of 1024 pixels is then decoded at half size, for a quarter.
PREVIEW_PIXELS = 512

_DECISIONS = (Verdict.DECISION_ALLOWED, Verdict.DECISION_BLOCKED, Verdict.DECISION_REVIEW)


class Services(Protocol):
    """The stubs of the three services."""

    @property
    def prompt(self) -> prompt_pb2_grpc.PromptServiceAsyncStub:
        """Writes prompts."""
        ...

    @property
    def moderation(self) -> moderation_pb2_grpc.ModerationServiceAsyncStub:
        """Judges texts and pictures."""
        ...

    @property
    def image(self) -> image_pb2_grpc.ImageServiceAsyncStub:
        """Makes pictures."""
        ...

    @property
    def shown(self) -> Shown:
        """Previews that came with pictures."""
        ...


class Question(NamedTuple):
    """What one step asks: a method of a stub, its request, and what its answer becomes."""

    method: Any
    request: Message
    read: Callable[[Any], AssetEvent]

    async def ask(self, timeout_s: float) -> AssetEvent:
        """Ask once; the event of the answer.

        Raises:
            ServiceError: why there is none.
        """
        return self.read(await unary(self.method, self.request, timeout_s=timeout_s, model_attempts=1))


async def _generate_prompts(services: Services, job: Job, step: Step, timeout_s: float) -> Question:
    request = prompts_request(job)

    def read(reply: prompt_pb2.GeneratePromptsResponse) -> AssetEvent:
        count = len(reply.prompts)
        _require(count == request.count, f"{request.count} prompts were asked for, {count} came")
        _require(all(prompt.text for prompt in reply.prompts), "a prompt is empty")
        return AssetEvent(prompts_generated=PromptsGenerated(prompts=reply.prompts, call=reply.call))

    return Question(services.prompt.GeneratePrompts, request, read)


async def _moderate_text(services: Services, job: Job, step: Step, timeout_s: float) -> Question:
    def read(reply: moderation_pb2.ModerateTextResponse) -> AssetEvent:
        _require_decision(reply.verdict)
        if step.variant is None:
            return AssetEvent(content_moderated=ContentModerated(verdict=reply.verdict, call=reply.call))
        moderated = VariantModerated(variant=step.variant, verdict=reply.verdict, call=reply.call)
        return AssetEvent(variant_moderated=moderated)

    return Question(services.moderation.ModerateText, text_request(job, step), read)


async def _rewrite_prompt(services: Services, job: Job, step: Step, timeout_s: float) -> Question:
    def read(reply: prompt_pb2.RewritePromptResponse) -> AssetEvent:
        _require(bool(reply.prompt.text), "a prompt is empty")
        rewritten = PromptRewritten(variant=step.variant or 0, prompt=reply.prompt, call=reply.call)
        return AssetEvent(prompt_rewritten=rewritten)

    return Question(services.prompt.RewritePrompt, rewrite_request(job, step), read)


async def _generate_image(services: Services, job: Job, step: Step, timeout_s: float) -> Question:
    variant, rendition = step.variant or 0, step.rendition or 0

    def read(reply: image_pb2.GenerateImageResponse) -> AssetEvent:
        _require(bool(reply.image.blob.digest), "an image has no digest")
        services.shown.keep(reply.image.blob.digest, reply.preview)
        imaged = VariantImaged(variant=variant, rendition=rendition, image=reply.image, call=reply.call)
        return AssetEvent(variant_imaged=imaged)

    return Question(services.image.GenerateImage, image_request(job, variant, rendition), read)


async def _moderate_image(services: Services, job: Job, step: Step, timeout_s: float) -> Question:
    variant, rendition = step.variant or 0, step.rendition or 0
    image = job.variants[variant].renditions[rendition].image
    assert image is not None, "a picture is made before it is judged"
    digest = image.blob.digest
    preview = services.shown.take(digest) or await _read_preview(services, digest, timeout_s)
    request = moderation_pb2.ModerateImageRequest(image=preview, policy=job.accepted.recipe.policy)

    def read(reply: moderation_pb2.ModerateImageResponse) -> AssetEvent:
        _require_decision(reply.verdict)
        call = reply.call if reply.HasField("call") else None
        moderated = ImageModerated(variant=variant, rendition=rendition, verdict=reply.verdict, call=call)
        return AssetEvent(image_moderated=moderated)

    return Question(services.moderation.ModerateImage, request, read)


async def _read_preview(services: Services, digest: str, timeout_s: float) -> bytes:
    request = image_pb2.ReadImageRequest(digest=digest, preview_side=PREVIEW_PIXELS)
    return b"".join([piece.data async for piece in stream(services.image.ReadImage, request, timeout_s=timeout_s)])


# Each makes its question within `timeout_s`, and calls no model for that.
PREPARE: Mapping[Method, Callable[[Services, Job, Step, float], Awaitable[Question]]] = {
    Method.GENERATE_PROMPTS: _generate_prompts,
    Method.MODERATE_TEXT: _moderate_text,
    Method.REWRITE_PROMPT: _rewrite_prompt,
    Method.GENERATE_IMAGE: _generate_image,
    Method.MODERATE_IMAGE: _moderate_image,
}


def prompts_request(job: Job) -> prompt_pb2.GeneratePromptsRequest:
    """What is asked of the prompt service for all variants."""
    accepted = job.accepted
    return prompt_pb2.GeneratePromptsRequest(
        content=accepted.content,
        count=accepted.recipe.variant_count,
        style=accepted.recipe.style,
        content_type=accepted.content_type,
        purpose=accepted.recipe.purpose,
        language=accepted.recipe.language,
        brand=accepted.brand if accepted.HasField("brand") else None,
    )


def text_request(job: Job, step: Step) -> moderation_pb2.ModerateTextRequest:
    """What is asked of the moderation service about a prompt, or about the content."""
    return moderation_pb2.ModerateTextRequest(
        text=job.accepted.content if step.variant is None else _prompt(job.variants[step.variant]).text,
        policy=job.accepted.recipe.policy,
        place=PLACE_CONTENT if step.variant is None else PLACE_PROMPT,
    )


def rewrite_request(job: Job, step: Step) -> prompt_pb2.RewritePromptRequest:
    """What is asked of the prompt service after a refusal."""
    accepted, refused = job.accepted, job.variants[step.variant or 0]
    verdict = refused.verdict
    return prompt_pb2.RewritePromptRequest(
        content=accepted.content,
        refused=refused.prompt,
        findings=verdict.findings if verdict and verdict.decision == Verdict.DECISION_BLOCKED else (),
        style=accepted.recipe.style,
        content_type=accepted.content_type,
        purpose=accepted.recipe.purpose,
        language=accepted.recipe.language,
        brand=accepted.brand if accepted.HasField("brand") else None,
    )


def image_request(job: Job, variant: int, rendition: int) -> image_pb2.GenerateImageRequest:
    """What is asked of the image service for one picture: a variant has the same seed in all its formats."""
    recipe, prompt = job.accepted.recipe, _prompt(job.variants[variant])
    size = size_in(recipe, rendition)
    return image_pb2.GenerateImageRequest(
        prompt=prompt.text,
        negative_prompt=", ".join(text for text in (prompt.negative_text, recipe.negative_prompt) if text),
        width=size.width,
        height=size.height,
        seed=recipe.seed + variant,
        reference=reference(job.name, variant, rendition),
        media_type=recipe.media_type,
        quality=recipe.quality,
        provenance=provenance(job, job.variants[variant]),
        safe_area=job.accepted.brand.safe_area,
        preview_side=PREVIEW_PIXELS if job.judges_pictures else 0,
    )


def provenance(job: Job, variant: VariantJob) -> Provenance:
    """What a picture of a variant is to say about itself; nothing of a decision that is still to come."""
    prompt, verdict = _prompt(variant), variant.verdict or Verdict(policy=job.accepted.policy_plan.version)
    approved = variant.approved(PLACE_PROMPT)
    return Provenance(
        alt_text=prompt.alt_text,
        caption=prompt.caption,
        language=prompt.language or job.accepted.recipe.language,
        asset=job.name,
        content_digest=f"sha256:{hashlib.sha256(job.accepted.content.encode()).hexdigest()}",
        policy=verdict.policy,
        decision=Verdict.DECISION_ALLOWED if approved else verdict.decision,
        prompt_model=variant.writer,
    )


def _prompt(variant: VariantJob) -> Prompt:
    assert variant.prompt is not None, "a variant begins with its prompt"
    return variant.prompt


def _require(met: bool, problem: str) -> None:
    if not met:
        raise ServiceError(Reason.MODEL_OUTPUT, problem)


def _require_decision(verdict: Verdict) -> None:
    _require(verdict.decision in _DECISIONS, f"a verdict has the decision {verdict.decision}")
