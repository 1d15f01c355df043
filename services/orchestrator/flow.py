"""The life of an asset as two tables: which event may follow which, and what is to be done next.

`STAGES` is about the asset as a whole, `PHASES` about each of its variants. Folding a log over them gives a `Job`; a
job says which steps are to be done now. Nothing here knows of clocks, sockets or chance, so a log that is read again
always gives the same answer. `docs/states.md` is drawn from the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent, StepStarted
from atelier.type.v1.verdict_pb2 import Verdict
from google.rpc.status_pb2 import Status

from services.kit.errors import Reason, ServiceError
from services.orchestrator.job import (
    MAX_REWRITES,
    METHODS,
    NO_TRIES,
    Job,
    Method,
    Phase,
    Stage,
    Step,
    Tries,
    VariantJob,
)


class Signal(StrEnum):
    """What an event means to the tables: its kind, and what it says where that decides."""

    ACCEPTED = "accepted"
    WAITING = "queued"
    STARTED = "step_started"
    RETRIED = "step_retried"
    UNKNOWN = "step_unknown"
    PROMPTS = "prompts_generated"
    FINISHED = "finished"
    ALLOWED = "variant_moderated, allowed"
    BLOCKED = "variant_moderated, blocked"
    BLOCKED_LAST = f"variant_moderated, blocked after {MAX_REWRITES} rewrites"
    REWRITTEN = "prompt_rewritten"
    REFUSED = "step_retried, refused by the provider"
    IMAGED = "variant_imaged"
    FAILED = "variant_failed"


STAGES: Mapping[tuple[Stage, Signal], Stage] = {
    (Stage.NEW, Signal.ACCEPTED): Stage.QUEUED,
    (Stage.QUEUED, Signal.WAITING): Stage.QUEUED,
    (Stage.QUEUED, Signal.STARTED): Stage.WRITING,
    (Stage.QUEUED, Signal.FINISHED): Stage.FINAL,
    (Stage.WRITING, Signal.STARTED): Stage.WRITING,
    (Stage.WRITING, Signal.RETRIED): Stage.WRITING,
    (Stage.WRITING, Signal.UNKNOWN): Stage.WRITING,
    (Stage.WRITING, Signal.PROMPTS): Stage.MAKING,
    (Stage.WRITING, Signal.FINISHED): Stage.FINAL,
    (Stage.MAKING, Signal.FINISHED): Stage.FINAL,
}

PHASES: Mapping[tuple[Phase, Signal], Phase] = {
    (Phase.MODERATING, Signal.STARTED): Phase.MODERATING,
    (Phase.MODERATING, Signal.RETRIED): Phase.MODERATING,
    (Phase.MODERATING, Signal.UNKNOWN): Phase.MODERATING,
    (Phase.MODERATING, Signal.ALLOWED): Phase.PAINTING,
    (Phase.MODERATING, Signal.BLOCKED): Phase.REWRITING,
    (Phase.MODERATING, Signal.BLOCKED_LAST): Phase.BLOCKED,
    (Phase.MODERATING, Signal.FAILED): Phase.FAILED,
    (Phase.REWRITING, Signal.STARTED): Phase.REWRITING,
    (Phase.REWRITING, Signal.RETRIED): Phase.REWRITING,
    (Phase.REWRITING, Signal.UNKNOWN): Phase.REWRITING,
    (Phase.REWRITING, Signal.REWRITTEN): Phase.MODERATING,
    (Phase.REWRITING, Signal.FAILED): Phase.FAILED,
    (Phase.PAINTING, Signal.STARTED): Phase.PAINTING,
    (Phase.PAINTING, Signal.RETRIED): Phase.PAINTING,
    (Phase.PAINTING, Signal.UNKNOWN): Phase.PAINTING,
    (Phase.PAINTING, Signal.REFUSED): Phase.REWRITING,
    (Phase.PAINTING, Signal.IMAGED): Phase.IMAGED,
    (Phase.PAINTING, Signal.FAILED): Phase.FAILED,
}

# Signals that close a call; they need a `step_started` before them.
_ANSWERS = frozenset(
    {
        Signal.RETRIED,
        Signal.UNKNOWN,
        Signal.PROMPTS,
        Signal.ALLOWED,
        Signal.BLOCKED,
        Signal.BLOCKED_LAST,
        Signal.REWRITTEN,
        Signal.REFUSED,
        Signal.IMAGED,
    }
)
_PLAIN: Mapping[str, Signal] = {
    "accepted": Signal.ACCEPTED,
    "queued": Signal.WAITING,
    "step_started": Signal.STARTED,
    "step_retried": Signal.RETRIED,
    "step_unknown": Signal.UNKNOWN,
    "prompts_generated": Signal.PROMPTS,
    "prompt_rewritten": Signal.REWRITTEN,
    "variant_imaged": Signal.IMAGED,
    "variant_failed": Signal.FAILED,
    "finished": Signal.FINISHED,
}


class ImpossibleEventError(Exception):
    """An event that cannot follow the ones before it: the log is damaged, or there is a defect in Atelier."""


def fold_all(events: Iterable[AssetEvent], job: Job | None = None) -> Job:
    """The job that a log tells of; with `job`, what the events after it make of it."""
    job = job or Job()
    for event in events:
        job = fold(job, event)
    return job


def fold(job: Job, event: AssetEvent) -> Job:
    """The job after one more event.

    Raises:
        ImpossibleEventError: the event cannot come here.
    """
    if event.sequence != job.last_sequence + 1:
        raise ImpossibleEventError(f"{event.asset}: event {event.sequence} after {job.last_sequence}")
    index = _variant_index(event)
    job = _fold_asset(job, event) if index is None else _fold_variant(job, event, index)
    return replace(job, last_sequence=event.sequence, update_time=event.create_time)


def next_steps(job: Job) -> list[Step]:
    """The steps to be done now; those of different variants do not depend on each other."""
    if job.stage is Stage.MAKING:
        steps = ((METHODS.get(variant.phase), index) for index, variant in enumerate(job.variants))
        return [Step(method, index) for method, index in steps if method is not None]
    method = METHODS.get(job.stage)
    return [] if method is None else [Step(method)]


def finish(job: Job) -> tuple[Asset.State.ValueType, Status | None]:
    """The final state of a job with nothing left, and the error that goes with STATE_FAILED."""
    if any(variant.image is not None for variant in job.variants):
        return Asset.STATE_SUCCEEDED, None
    if all(_is_blocked(variant.verdict) for variant in job.variants):
        return Asset.STATE_BLOCKED, None
    return Asset.STATE_FAILED, next(variant.error for variant in job.variants if variant.error is not None)


def _fold_asset(job: Job, event: AssetEvent) -> Job:
    signal = _PLAIN.get(event.WhichOneof("kind") or "")
    stage = STAGES.get((job.stage, signal)) if signal else None
    if signal is None or stage is None:
        raise _impossible(event, job.stage)
    tries = _fold_tries(job.tries, signal, event, METHODS.get(job.stage))
    job = replace(job, stage=stage, tries=tries)
    if signal is Signal.ACCEPTED:
        return replace(job, name=event.asset, accepted=event.accepted, create_time=event.create_time)
    if signal is Signal.PROMPTS:
        prompts = event.prompts_generated.prompts
        if len(prompts) != job.accepted.recipe.variant_count:
            raise _impossible(event, f"{len(prompts)} prompts for {job.accepted.recipe.variant_count} variants")
        return replace(job, variants=tuple(VariantJob(prompt=prompt) for prompt in prompts))
    if signal is Signal.FINISHED:
        return replace(job, final=event.finished.asset)
    return job


def _fold_variant(job: Job, event: AssetEvent, index: int) -> Job:
    if job.stage is not Stage.MAKING or not 0 <= index < len(job.variants):
        raise _impossible(event, job.stage)
    before = job.variants[index]
    signal = _signal(before, event)
    phase = PHASES.get((before.phase, signal)) if signal else None
    if signal is None or phase is None:
        raise _impossible(event, before.phase)
    tries = _fold_tries(before.tries, signal, event, METHODS.get(before.phase))
    after = _fold_outcome(replace(before, phase=phase, tries=tries), signal, event)
    return replace(job, variants=(*job.variants[:index], after, *job.variants[index + 1 :]))


def _fold_outcome(variant: VariantJob, signal: Signal, event: AssetEvent) -> VariantJob:
    match signal:
        case Signal.ALLOWED | Signal.BLOCKED | Signal.BLOCKED_LAST:
            return replace(variant, verdict=event.variant_moderated.verdict)
        case Signal.REWRITTEN:
            prompt = event.prompt_rewritten.prompt
            return replace(variant, prompt=prompt, verdict=None, rewrites=variant.rewrites + 1)
        case Signal.IMAGED:
            return replace(variant, image=event.variant_imaged.image)
        case Signal.FAILED:
            return replace(variant, error=event.variant_failed.error)
        case _:
            return variant


def _fold_tries(tries: Tries, signal: Signal, event: AssetEvent, method: Method | None) -> Tries:
    if signal is Signal.STARTED:
        started = event.step_started
        # A call whose outcome nobody knows is closed by `step_unknown` before the next one is made.
        if tries.open or started.method != method or started.attempt != tries.started + 1:
            raise _impossible(event, f"{method}, try {tries.started}")
        return Tries(started.attempt, open=True, failures=tries.failures)
    if signal in _ANSWERS and not tries.open:
        raise _impossible(event, f"{method}, which was not started")
    if signal in (Signal.RETRIED, Signal.REFUSED) and event.step_retried.method != method:
        raise _impossible(event, method)
    if signal is Signal.UNKNOWN:
        unknown = event.step_unknown
        if unknown.method != method or unknown.attempt != tries.started:
            raise _impossible(event, f"{method}, try {tries.started}")
        return Tries(tries.started, failures=tries.failures)
    if signal is Signal.RETRIED:
        return Tries(tries.started, failures=(*tries.failures, reason_of(event.step_retried.error)))
    return NO_TRIES


def _signal(variant: VariantJob, event: AssetEvent) -> Signal | None:
    kind = event.WhichOneof("kind") or ""
    if kind == "variant_moderated":
        return _verdict_signal(variant, event.variant_moderated.verdict)
    if kind == "step_retried":
        refused = variant.may_rewrite and is_refusal(variant, reason_of(event.step_retried.error))
        return Signal.REFUSED if refused else Signal.RETRIED
    return _PLAIN.get(kind)


def _verdict_signal(variant: VariantJob, verdict: Verdict) -> Signal | None:
    if verdict.decision == Verdict.DECISION_ALLOWED:
        return Signal.ALLOWED
    if verdict.decision == Verdict.DECISION_BLOCKED:
        return Signal.BLOCKED if variant.may_rewrite else Signal.BLOCKED_LAST
    return None


def _variant_index(event: AssetEvent) -> int | None:
    match event.WhichOneof("kind"):
        case "step_started":
            return event.step_started.variant if event.step_started.HasField("variant") else None
        case "step_retried":
            return event.step_retried.variant if event.step_retried.HasField("variant") else None
        case "step_unknown":
            return event.step_unknown.variant if event.step_unknown.HasField("variant") else None
        case "variant_moderated":
            return event.variant_moderated.variant
        case "variant_imaged":
            return event.variant_imaged.variant
        case "variant_failed":
            return event.variant_failed.variant
        case "prompt_rewritten":
            return event.prompt_rewritten.variant
        case _:
            return None


def step_of(started: StepStarted) -> Step:
    """The step that a folded event says was started."""
    return Step(Method(started.method), started.variant if started.HasField("variant") else None)


def is_refusal(variant: VariantJob, reason: Reason) -> bool:
    """Whether the provider's own filter refused to paint the prompt, which another prompt may mend."""
    return variant.phase is Phase.PAINTING and reason is Reason.MODEL_REFUSED


def reason_of(error: Status) -> Reason:
    """The reason that a recorded error carries."""
    return ServiceError.from_status(error).reason


def _is_blocked(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.decision == Verdict.DECISION_BLOCKED


def _impossible(event: AssetEvent, where: str | None) -> ImpossibleEventError:
    return ImpossibleEventError(f"{event.asset}: event {event.sequence}, {event.WhichOneof('kind')}, at {where}")
