"""The parts of folding: a look into a table, the tries of a step, and a variant put in the place of what it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent
from atelier.type.v1.model_call_pb2 import ModelCall

from services.kit.errors import ServiceError
from services.orchestrator.cost import read_cost
from services.orchestrator.job import (
    NO_TRIES,
    Discarded,
    Job,
    Phase,
    Picture,
    RenditionJob,
    Stage,
    Tries,
    VariantJob,
)
from services.orchestrator.retry import cause
from services.orchestrator.signals import settled_signal, source_of
from services.orchestrator.tables import ANSWERS, PHASES, Signal

State = TypeVar("State")


class ImpossibleEventError(Exception):
    """An event that cannot follow the ones before it: the log is damaged, or there is a defect in Atelier."""


def impossible(event: AssetEvent, where: object) -> ImpossibleEventError:
    """The error for an event that does not fit where the job is."""
    return ImpossibleEventError(f"{event.asset}: event {event.sequence}, {event.WhichOneof('kind')}, at {where}")


def next_in(
    table: Mapping[tuple[State, Signal], State], state: State, signal: Signal | None, event: AssetEvent
) -> State:
    """Where a signal leads by a table.

    Raises:
        ImpossibleEventError: nowhere.
    """
    after = table.get((state, signal)) if signal else None
    if after is None:
        raise impossible(event, state)
    return after


def fold_tries(tries: Tries, signal: Signal, event: AssetEvent) -> Tries:
    """The tries of the step at hand after one more event.

    Raises:
        ImpossibleEventError: it answers a call that is not open, or starts one that is.
    """
    if signal is Signal.STARTED:
        # A call whose outcome nobody knows is closed by `step_unknown` before the next one is made.
        if tries.open or event.step_started.attempt != tries.started + 1:
            raise impossible(event, f"try {tries.started}")
        estimate = read_cost(event.step_started.estimate)
        return Tries(event.step_started.attempt, open=True, failures=tries.failures, estimate=estimate)
    if signal in ANSWERS and not tries.open:
        raise impossible(event, "a step that was not started")
    if signal is Signal.UNKNOWN:
        if event.step_unknown.attempt != tries.started:
            raise impossible(event, f"try {tries.started}")
        return Tries(tries.started, failures=tries.failures)
    if signal is Signal.RETRIED:
        failure = cause(ServiceError.from_status(event.step_retried.error))
        return Tries(tries.started, failures=(*tries.failures, failure))
    return NO_TRIES


def variant_at(job: Job, event: AssetEvent, index: int, stage: Stage | None = None) -> VariantJob:
    """A variant that an event is about; `stage` is where the asset is to be taken to be.

    Raises:
        ImpossibleEventError: there is none, or not at this stage.
    """
    if (stage or job.stage) is not Stage.MAKING or not 0 <= index < len(job.variants):
        raise impossible(event, job.stage)
    return job.variants[index]


def rendition_at(job: Job, event: AssetEvent, index: int, number: int) -> tuple[VariantJob, RenditionJob]:
    """A variant and one of its formats, whose picture an event is about.

    Raises:
        ImpossibleEventError: there is none, or not in this phase.
    """
    variant = variant_at(job, event, index)
    if not 0 <= number < len(variant.renditions) or variant.phase not in (Phase.PAINTING, Phase.MODERATING):
        raise impossible(event, variant.phase)
    return variant, variant.renditions[number]


def anew(variant: VariantJob) -> VariantJob:
    """The variant without anything that was made of its prompt."""
    return variant._replace(renditions=(RenditionJob(),) * len(variant.renditions), tries=NO_TRIES)


def dropped_if_blocked(picture: RenditionJob) -> RenditionJob:
    """The format without its picture where that is refused."""
    if picture.phase is not Picture.BLOCKED or picture.image is None:
        return picture
    return picture._replace(image=None, refused=source_of(picture.image))


def put_picture(job: Job, index: int, number: int, picture: RenditionJob, event: AssetEvent) -> Job:
    """The job with one format of a variant as it is now."""
    variant = job.variants[index]
    renditions = (*variant.renditions[:number], picture, *variant.renditions[number + 1 :])
    return put(job, index, settled(variant._replace(renditions=renditions), event))


def settled(variant: VariantJob, event: AssetEvent) -> VariantJob:
    """The variant, moved on where each of its pictures has come to an end."""
    signal = settled_signal(variant) if variant.phase is Phase.PAINTING else None
    if signal is None:
        return variant
    phase = next_in(PHASES, variant.phase, signal, event)
    failed = (picture.error for picture in variant.renditions if picture.error is not None)
    return variant._replace(phase=phase, error=next(failed, None) if phase is Phase.FAILED else None)


def put(job: Job, index: int, variant: VariantJob) -> Job:
    """The job with a variant as it is now; pictures that it has no longer are to be thrown away."""
    before = job.variants[index]
    variants = (*job.variants[:index], variant, *job.variants[index + 1 :])
    if variant.renditions is before.renditions:
        return job._replace(variants=variants)
    had, has = pictures_of(index, before), pictures_of(index, variant)
    kept = tuple(picture for picture in job.discarded if picture not in has)
    gone = tuple(picture for picture in had if picture not in has)
    return job._replace(variants=variants, discarded=kept + gone)


def pictures_of(index: int, variant: VariantJob) -> list[Discarded]:
    """The stored pictures of a variant, whether anybody may see them or not."""
    images = ((number, picture.image) for number, picture in enumerate(variant.renditions))
    return [Discarded(index, number, image.blob.digest) for number, image in images if image is not None]


def writer_of(call: ModelCall) -> str:
    """The model or embedded engine that a call tells of."""
    return call.engine or call.model
