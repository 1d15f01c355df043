"""Folding a log over the tables: each event either moves the job as they say, or is impossible where it stands.

Nothing here knows of clocks, sockets or chance, so a log that is read again always gives the same job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent, StepRetried, StepStarted, StepUnknown
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT

from services.orchestrator import answers, people
from services.orchestrator.cost import Spent, event_cost, variant_of
from services.orchestrator.job import Content, Job, Method, Stage, Step, Tries
from services.orchestrator.parts import ImpossibleEventError, anew, fold_tries, impossible, next_in, put, put_picture
from services.orchestrator.signals import is_refusal, reason_of
from services.orchestrator.tables import CONTENTS, PHASES, PICTURES, STAGES, Signal

# Which of the two, where a step of this kind serves one picture.
_PICTURE_METHODS = (Method.GENERATE_IMAGE, Method.MODERATE_IMAGE)


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
    fold_kind = _FOLDS.get(event.WhichOneof("kind") or "")
    if fold_kind is None:
        raise impossible(event, job.stage)
    job = fold_kind(job, event)
    if (spent := event_cost(event)).source:
        job = _paid(job, variant_of(event), spent)
    return job._replace(last_sequence=event.sequence, update_time=event.create_time)


def step_of(message: StepStarted | StepRetried | StepUnknown) -> Step:
    """The step that an event is about. Logs of before there were formats do not number the only picture.

    Raises:
        ValueError: there is no such method.
    """
    method = Method(message.method)
    variant = message.variant if message.HasField("variant") else None
    rendition = message.rendition if message.HasField("rendition") else None
    if method in _PICTURE_METHODS and variant is not None and rendition is None:
        rendition = 0
    return Step(method, variant, rendition)


# The asset as a whole


def _accepted(job: Job, event: AssetEvent) -> Job:
    judged = PLACE_CONTENT in event.accepted.policy_plan.places
    return job._replace(
        stage=next_in(STAGES, job.stage, Signal.ACCEPTED, event),
        name=event.asset,
        accepted=event.accepted,
        content=Content.JUDGING if judged else Content.CLEARED,
        create_time=event.create_time,
        clock=event.create_time,
    )


def _queued(job: Job, event: AssetEvent) -> Job:
    return job._replace(stage=next_in(STAGES, job.stage, Signal.WAITING, event))


def _review_requested(job: Job, event: AssetEvent) -> Job:
    if not job.needs_review:
        raise impossible(event, "a job that can go on")
    return job._replace(stage=next_in(STAGES, job.stage, Signal.REVIEW_REQUESTED, event))


def _finished(job: Job, event: AssetEvent) -> Job:
    return job._replace(stage=next_in(STAGES, job.stage, Signal.FINISHED, event), final=event.finished.asset)


def _paid(job: Job, index: int | None, spent: Spent) -> Job:
    """The job with what an event about a variant, or about all of them, cost."""
    variants = job.variants
    if index is not None:
        paid = variants[index]._replace(cost=variants[index].cost.plus(spent))
        variants = (*variants[:index], paid, *variants[index + 1 :])
    return job._replace(cost=job.cost.plus(spent), variants=variants)


# Steps


def _step(job: Job, event: AssetEvent) -> Job:
    kind = event.WhichOneof("kind")
    message = getattr(event, kind or "")
    signal = _STEP_SIGNALS[kind or ""]
    try:
        step = step_of(message)
    except ValueError:
        raise impossible(event, message.method) from None
    before = job.tries_of(step)
    if before is None:
        raise impossible(event, f"{step}, which is not to be done")
    if step.variant is not None:
        return _variant_step(job, event, step, signal, before)
    if step.method is Method.MODERATE_TEXT:
        content = next_in(CONTENTS, job.content, signal, event)
        stage = next_in(STAGES, job.stage, signal, event) if job.stage is Stage.QUEUED else job.stage
        return job._replace(stage=stage, content=content, content_tries=fold_tries(before, signal, event))
    return job._replace(stage=next_in(STAGES, job.stage, signal, event), tries=fold_tries(before, signal, event))


def _variant_step(job: Job, event: AssetEvent, step: Step, signal: Signal, before: Tries) -> Job:
    index = step.variant or 0
    variant = job.variants[index]
    if signal is Signal.RETRIED and is_refusal(variant, step, reason_of(event.step_retried.error)):
        signal = Signal.REFUSED
        variant = anew(variant)
    tries = fold_tries(before, signal, event)
    if step.rendition is None or signal is Signal.REFUSED:
        phase = next_in(PHASES, variant.phase, signal, event)
        return put(job, index, variant._replace(phase=phase, tries=tries))
    picture = variant.renditions[step.rendition]
    picture = picture._replace(phase=next_in(PICTURES, picture.phase, signal, event), tries=tries)
    return put_picture(job, index, step.rendition, picture, event)


_STEP_SIGNALS: Mapping[str, Signal] = {
    "step_started": Signal.STARTED,
    "step_retried": Signal.RETRIED,
    "step_unknown": Signal.UNKNOWN,
}

_FOLDS: Mapping[str, Callable[[Job, AssetEvent], Job]] = {
    "accepted": _accepted,
    "queued": _queued,
    "step_started": _step,
    "step_retried": _step,
    "step_unknown": _step,
    "review_requested": _review_requested,
    "finished": _finished,
    **answers.FOLDS,
    **people.FOLDS,
}
