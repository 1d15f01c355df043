"""What is to be done next, given what the log says, and how it ends."""

from __future__ import annotations

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent
from atelier.type.v1.verdict_pb2 import PLACE_PROMPT, Verdict
from google.rpc.status_pb2 import Status

from services.orchestrator.folding import fold, fold_all, step_of
from services.orchestrator.job import Content, Job, Phase, Picture, Stage, Step, Tries, VariantJob
from services.orchestrator.parts import ImpossibleEventError

__all__ = [
    "ImpossibleEventError",
    "called_off",
    "finish",
    "fold",
    "fold_all",
    "has_hope",
    "next_steps",
    "open_steps",
    "step_of",
]


def next_steps(job: Job) -> list[Step]:
    """The steps to be done now; none of them depends on another."""
    return [step for step, _ in job.current()]


def open_steps(job: Job) -> dict[Step, Tries]:
    """The calls that were started and are not answered yet."""
    return {step: tries for step, tries in job.current() if tries.open}


def called_off(job: Job, event: AssetEvent, answered: Step) -> dict[Step, Tries]:
    """The open calls that the answer to another one makes idle; none where the asset ends with it.

    Raises:
        ImpossibleEventError: the event cannot come here.
    """
    before = open_steps(job)
    if len(before) < 2:
        return {}
    after = fold(job, event)
    if after.stage is Stage.FINAL:
        return {}
    still = open_steps(after)
    return {step: tries for step, tries in before.items() if step != answered and step not in still}


def has_hope(variant: VariantJob, without: int) -> bool:
    """Whether a variant may come to something although the picture of one format fails."""
    others = (picture for number, picture in enumerate(variant.renditions) if number != without)
    return any(picture.phase is not Picture.FAILED for picture in others)


def finish(job: Job) -> tuple[Asset.State.ValueType, Status | None]:
    """The final state of a job with nothing left, and the error that goes with STATE_FAILED."""
    if job.content is Content.REFUSED:
        return Asset.STATE_BLOCKED, None
    if any(variant.released for variant in job.variants):
        return Asset.STATE_SUCCEEDED, None
    if all(_is_blocked(variant) for variant in job.variants):
        return Asset.STATE_BLOCKED, None
    return Asset.STATE_FAILED, next(variant.error for variant in job.variants if variant.error is not None)


def _is_blocked(variant: VariantJob) -> bool:
    """Whether the policy refused it, be it that no safer prompt could be written."""
    refused = variant.verdict is not None and variant.verdict.decision == Verdict.DECISION_BLOCKED
    failed = variant.phase is Phase.FAILED and not variant.approved(PLACE_PROMPT)
    return variant.phase is Phase.BLOCKED or (failed and refused)
