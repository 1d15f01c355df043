"""What each step asks of which service, and the event that its answer becomes.

An answer that a fold could not take (too few prompts, a verdict without a decision, an image without a digest) is the
model's failure and not the log's: it raises MODEL_OUTPUT here.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import grpc
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.orchestrator.v1.orchestrator_pb2 import (
    AssetEvent,
    PromptRewritten,
    PromptsGenerated,
    VariantImaged,
    VariantModerated,
)
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import Verdict

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError
from services.orchestrator.gate import Gate
from services.orchestrator.job import Job, Method, Step, VariantJob
from services.orchestrator.rates import Rates
from services.orchestrator.retry import DEFAULT_LIMITS, RetryLimits, busy_delay_s

DEFAULT_TIMEOUTS_S: Mapping[Method, float] = {
    Method.GENERATE_PROMPTS: 120.0,
    Method.MODERATE_TEXT: 60.0,
    Method.REWRITE_PROMPT: 120.0,
    Method.GENERATE_IMAGE: 180.0,
}

TEXTS, IMAGES = "texts", "images"
STAGES: Mapping[Method, str] = {
    Method.GENERATE_PROMPTS: TEXTS,
    Method.MODERATE_TEXT: TEXTS,
    Method.REWRITE_PROMPT: TEXTS,
    Method.GENERATE_IMAGE: IMAGES,
}


@dataclass(frozen=True, slots=True)
class Leaves:
    """The three services behind the steps. `timeouts_s` bounds each try of a method; `gates` are by service."""

    prompt: prompt_pb2_grpc.PromptServiceAsyncStub
    moderation: moderation_pb2_grpc.ModerationServiceAsyncStub
    image: image_pb2_grpc.ImageServiceAsyncStub
    timeouts_s: Mapping[Method, float] = field(default_factory=lambda: DEFAULT_TIMEOUTS_S)
    limits: RetryLimits = DEFAULT_LIMITS
    rates: Rates | None = None
    gates: Mapping[str, Gate] = field(default_factory=lambda: defaultdict(Gate))

    @classmethod
    def over(
        cls,
        prompt: grpc.aio.Channel,
        moderation: grpc.aio.Channel,
        image: grpc.aio.Channel,
        timeouts_s: Mapping[Method, float] = DEFAULT_TIMEOUTS_S,
        limits: RetryLimits = DEFAULT_LIMITS,
        rates: Rates | None = None,
    ) -> Leaves:
        """The services at the other end of three channels."""
        return cls(
            prompt_pb2_grpc.PromptServiceStub(prompt),
            moderation_pb2_grpc.ModerationServiceStub(moderation),
            image_pb2_grpc.ImageServiceStub(image),
            timeouts_s,
            limits,
            rates,
        )

    async def perform(self, step: Step, job: Job, remaining_s: float) -> AssetEvent:
        """Do one step once, within `remaining_s`; replicas without a free slot are passed over.

        Raises:
            ServiceError: why it failed.
        """
        loop = asyncio.get_running_loop()
        deadline_s = loop.time() + remaining_s
        await self._wait_for_rate(step, deadline_s)
        for busy in itertools.count():
            try:
                return await self._ask(step, job, deadline_s, again=busy > 0)
            except ServiceError as error:
                delay_s = busy_delay_s(busy, jitter=random.random(), limits=self.limits)
                if error.reason is not Reason.SERVER_BUSY or loop.time() + delay_s >= deadline_s:
                    raise
                await asyncio.sleep(delay_s)
        raise AssertionError("unreachable")

    async def _wait_for_rate(self, step: Step, deadline_s: float) -> None:
        if self.rates is None:
            return
        try:
            async with asyncio.timeout_at(deadline_s):
                await self.rates.wait(STAGES[step.method])
        except TimeoutError:
            raise ServiceError(Reason.DEADLINE_EXCEEDED, "the rate limit left no time for this step") from None

    async def _ask(self, step: Step, job: Job, deadline_s: float, *, again: bool) -> AssetEvent:
        gate = self.gates[step.method.partition("/")[0]]
        try:
            async with asyncio.timeout_at(deadline_s):
                await gate.enter(first=again)
        except TimeoutError:
            raise ServiceError(Reason.SERVER_BUSY, "no replica had a free slot in time") from None
        taken = busy = False
        try:
            timeout_s = min(self.timeouts_s[step.method], deadline_s - asyncio.get_running_loop().time())
            event = await _ASK[step.method](self, job, step.variant or 0, timeout_s)
            taken = True
        except ServiceError as error:
            busy = error.reason is Reason.SERVER_BUSY
            raise
        finally:
            gate.leave(taken=taken, busy=busy)
        return event


def reference(asset: str, variant: int) -> str:
    """Name under which the image of a variant is kept in the picture store."""
    return f"{asset}/variants/{variant}"


async def _generate_prompts(leaves: Leaves, job: Job, variant: int, timeout_s: float) -> AssetEvent:
    accepted = job.accepted
    request = prompt_pb2.GeneratePromptsRequest(
        content=accepted.content,
        count=accepted.recipe.variant_count,
        style=accepted.recipe.style,
        content_type=accepted.content_type,
    )
    reply = await unary(leaves.prompt.GeneratePrompts, request, timeout_s=timeout_s, model_attempts=1)
    _require(len(reply.prompts) == request.count, f"{request.count} prompts were asked for, {len(reply.prompts)} came")
    _require(all(prompt.text for prompt in reply.prompts), "a prompt is empty")
    return AssetEvent(prompts_generated=PromptsGenerated(prompts=reply.prompts, call=reply.call))


async def _moderate_text(leaves: Leaves, job: Job, variant: int, timeout_s: float) -> AssetEvent:
    text = _prompted(job.variants[variant]).text
    request = moderation_pb2.ModerateTextRequest(text=text, policy=job.accepted.recipe.policy)
    reply = await unary(leaves.moderation.ModerateText, request, timeout_s=timeout_s, model_attempts=1)
    known = reply.verdict.decision in (Verdict.DECISION_ALLOWED, Verdict.DECISION_BLOCKED)
    _require(known, f"a verdict has the decision {reply.verdict.decision}")
    return AssetEvent(variant_moderated=VariantModerated(variant=variant, verdict=reply.verdict, call=reply.call))


async def _rewrite_prompt(leaves: Leaves, job: Job, variant: int, timeout_s: float) -> AssetEvent:
    accepted, refused = job.accepted, job.variants[variant]
    verdict = refused.verdict
    request = prompt_pb2.RewritePromptRequest(
        content=accepted.content,
        refused=refused.prompt,
        findings=verdict.findings if verdict and verdict.decision == Verdict.DECISION_BLOCKED else (),
        style=accepted.recipe.style,
        content_type=accepted.content_type,
    )
    reply = await unary(leaves.prompt.RewritePrompt, request, timeout_s=timeout_s, model_attempts=1)
    _require(bool(reply.prompt.text), "a prompt is empty")
    return AssetEvent(prompt_rewritten=PromptRewritten(variant=variant, prompt=reply.prompt, call=reply.call))


async def _generate_image(leaves: Leaves, job: Job, variant: int, timeout_s: float) -> AssetEvent:
    recipe, prompt = job.accepted.recipe, _prompted(job.variants[variant])
    request = image_pb2.GenerateImageRequest(
        prompt=prompt.text,
        negative_prompt=prompt.negative_text,
        width=recipe.width,
        height=recipe.height,
        seed=recipe.seed + variant,
        reference=reference(job.name, variant),
    )
    reply = await unary(leaves.image.GenerateImage, request, timeout_s=timeout_s, model_attempts=1)
    _require(bool(reply.image.blob.digest), "an image has no digest")
    return AssetEvent(variant_imaged=VariantImaged(variant=variant, image=reply.image, call=reply.call))


_ASK: Mapping[Method, Callable[[Leaves, Job, int, float], Awaitable[AssetEvent]]] = {
    Method.GENERATE_PROMPTS: _generate_prompts,
    Method.MODERATE_TEXT: _moderate_text,
    Method.REWRITE_PROMPT: _rewrite_prompt,
    Method.GENERATE_IMAGE: _generate_image,
}


def _prompted(variant: VariantJob) -> Prompt:
    assert variant.prompt is not None, "a variant begins with its prompt"
    return variant.prompt


def _require(met: bool, problem: str) -> None:
    if not met:
        raise ServiceError(Reason.MODEL_OUTPUT, problem)
