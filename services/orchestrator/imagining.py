"""A job as it would be once its prompts are written, to ask what its steps would cost before there is one."""

from __future__ import annotations

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, AssetEvent
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT

from services.orchestrator import events, names
from services.orchestrator.folding import fold
from services.orchestrator.job import Job, Method, RenditionJob, Step, VariantJob

# About as long as the prompts that text models write.
TYPICAL_PROMPT = "x" * 400
CONTENT = Step(Method.MODERATE_TEXT)
FIRST_PROMPT = Step(Method.MODERATE_TEXT, 0)


def imagined(accepted: Accepted) -> Job:
    """A job as it would be once its prompts are written."""
    event = AssetEvent(accepted=accepted)
    job = fold(Job(), events.stamp(event, names.asset_name(0, 0), 1, 0))
    renditions = (RenditionJob(),) * max(1, len(accepted.recipe.formats))
    variant = VariantJob(prompt=Prompt(text=TYPICAL_PROMPT), renditions=renditions)
    return job._replace(variants=(variant,) * accepted.recipe.variant_count)


def first_picture(job: Job) -> list[Step]:
    """The steps that lead to the first picture of an imagined job: less makes none."""
    steps = [Step(Method.GENERATE_PROMPTS), FIRST_PROMPT, Step(Method.GENERATE_IMAGE, 0, 0)]
    if PLACE_CONTENT in job.accepted.policy_plan.places:
        steps.append(CONTENT)
    if job.judges_pictures:
        steps.append(Step(Method.MODERATE_IMAGE, 0, 0))
    return steps
