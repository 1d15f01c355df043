"""What a request would lead to: judged, estimated and warned of, without anything being made or recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from atelier.moderation.v1 import moderation_pb2
from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, Preview
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT, Verdict

from services.kit.channel import unary
from services.orchestrator.asking import Services, image_request, prompts_request, text_request
from services.orchestrator.cost import NOTHING, Spent, call_cost
from services.orchestrator.imagining import CONTENT, FIRST_PROMPT, imagined
from services.orchestrator.job import Job, Step

TIMEOUT_S = 60.0


class Look(NamedTuple):
    """What it costs to judge one picture, and whether nobody can although the policy wants it."""

    cost: Spent = NOTHING
    blind: bool = False


class Planned(NamedTuple):
    """One picture as it would be, and what it costs."""

    image: Image
    cost: Spent


class Previews:
    """Asks the services what a request would lead to; only the content is judged in earnest."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def of(self, accepted: Accepted) -> Preview:
        """The preview of a request as it would be carried out.

        Raises:
            ServiceError: what a service answers.
        """
        job = imagined(accepted)
        judges_content = PLACE_CONTENT in accepted.policy_plan.places
        verdict = await self._judge(job) if judges_content else None
        texts, look, pictures = await asyncio.gather(
            self._texts(job, judges_content), self._look(job), self._pictures(job)
        )
        estimate = texts
        for picture in pictures * len(job.variants):
            estimate = estimate.plus(picture.cost).plus(look.cost)
        preview = Preview(recipe=accepted.recipe, policy=accepted.policy_plan, estimate=estimate.to_proto())
        if verdict is not None:
            preview.content_verdict.CopyFrom(verdict)
        preview.warnings.extend(_warnings(accepted, verdict, estimate, blind=look.blind))
        preview.warnings.extend(_cuts(accepted, [picture.image for picture in pictures]))
        return preview

    async def _judge(self, job: Job) -> Verdict:
        request = text_request(job, CONTENT)
        return (await unary(self._services.moderation.ModerateText, request, timeout_s=TIMEOUT_S)).verdict

    async def _texts(self, job: Job, judges_content: bool) -> Spent:
        """What the prompts cost, and to judge them and the content."""
        request = prompts_request(job)
        request.validate_only = True
        written = await unary(self._services.prompt.GeneratePrompts, request, timeout_s=TIMEOUT_S)
        cost = call_cost(written.call)
        if judges_content:
            cost = cost.plus(await self._judging(job, CONTENT))
        judging = await self._judging(job, FIRST_PROMPT)
        for _ in job.variants:
            cost = cost.plus(judging)
        return cost

    async def _judging(self, job: Job, step: Step) -> Spent:
        request = text_request(job, step)
        request.validate_only = True
        return call_cost((await unary(self._services.moderation.ModerateText, request, timeout_s=TIMEOUT_S)).call)

    async def _look(self, job: Job) -> Look:
        if not job.judges_pictures:
            return Look()
        request = moderation_pb2.ModerateImageRequest(policy=job.accepted.recipe.policy, validate_only=True)
        reply = await unary(self._services.moderation.ModerateImage, request, timeout_s=TIMEOUT_S)
        return Look(call_cost(reply.call), blind=not reply.HasField("call"))

    async def _pictures(self, job: Job) -> list[Planned]:
        """The picture of each format; all variants have the same."""
        planned = []
        for number in range(len(job.variants[0].renditions)):
            request = image_request(job, 0, number)
            request.validate_only = True
            reply = await unary(self._services.image.GenerateImage, request, timeout_s=TIMEOUT_S)
            planned.append(Planned(reply.image, call_cost(reply.call)))
        return planned


def _warnings(accepted: Accepted, verdict: Verdict | None, estimate: Spent, *, blind: bool) -> Iterator[str]:
    recipe, plan = accepted.recipe, accepted.policy_plan
    if not plan.version.name:
        yield "The policies cannot be listed now; everything would be judged."
    if verdict is not None and verdict.decision == Verdict.DECISION_BLOCKED:
        yield "The policy refuses the content: no picture would be made."
    if verdict is not None and verdict.decision == Verdict.DECISION_REVIEW:
        yield "The policy wants a person to look at the content: no picture would be made before that."
    if blind:
        yield "No model here can see: finished pictures would not be judged."
    if recipe.overlap and not plan.overlap:
        yield "The policy does not allow overlap: each picture would wait for its prompt's verdict."
    if 0 < recipe.max_cost_usd < estimate.usd:
        yield f"The estimate is above max_cost_usd ({recipe.max_cost_usd:g}): not every step would be begun."


def _cuts(accepted: Accepted, images: Sequence[Image]) -> Iterator[str]:
    for name, image in zip(accepted.recipe.formats or [""], images, strict=True):
        if not image.HasField("fitting"):
            continue
        fitting = image.fitting
        kept = fitting.width * fitting.height / max(1, fitting.made_width * fitting.made_height)
        size = f"{image.width}x{image.height}"
        which = f"{name} ({size})" if name not in ("", size) else size
        yield (
            f"The model cannot make {which}: of its {fitting.made_width}x{fitting.made_height} "
            f"about {kept:.0%} would be kept."
        )
