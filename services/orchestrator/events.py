"""The events that Atelier writes, and what a failed step becomes: each a pure function from a job to an event."""

from __future__ import annotations

from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import (
    Asset,
    AssetEvent,
    PromptsGenerated,
    Queued,
    RenditionFailed,
    ReviewRequested,
    StepRetried,
    StepStarted,
    StepUnknown,
    VariantFailed,
)
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc.status_pb2 import Status

from services.kit.errors import ServiceError
from services.orchestrator import flow
from services.orchestrator.cost import NOTHING, Spent, event_cost, status_cost
from services.orchestrator.job import HELD, Content, Job, Step
from services.orchestrator.replaying import comparison
from services.orchestrator.retry import DEFAULT_LIMITS, RetryLimits, cause, retry_delay_s
from services.orchestrator.signals import is_refusal
from services.orchestrator.view import write_asset

NANOSECONDS = 1_000_000_000


class Sequel(NamedTuple):
    """What a failed step becomes: the event that says so, and the delay of the next try if there is one."""

    event: AssetEvent
    delay_s: float | None = None


def stamp(event: AssetEvent, asset: str, sequence: int, now_ns: int) -> AssetEvent:
    """Give a new event its place in the log of `asset`, a resource name; `now_ns` is Unix time. Returns it."""
    event.asset = asset
    event.sequence = sequence
    write_time(event.create_time, now_ns)
    if event.WhichOneof("kind") == "finished":
        event.finished.asset.last_sequence = sequence
        event.finished.asset.update_time.CopyFrom(event.create_time)
    return event


def write_time(timestamp: Timestamp, now_ns: int) -> None:
    """Set a timestamp to Unix time in nanoseconds."""
    timestamp.seconds, timestamp.nanos = divmod(now_ns, NANOSECONDS)


def step_started(step: Step, attempt: int, estimate: Spent = NOTHING) -> AssetEvent:
    """A step is about to call a model, which may cost `estimate`."""
    started = StepStarted(
        method=step.method,
        variant=step.variant,
        rendition=step.rendition,
        attempt=attempt,
        estimate=estimate.to_proto(),
    )
    return AssetEvent(step_started=started)


def step_unknown(step: Step, attempt: int, cost: Spent = NOTHING) -> AssetEvent:
    """A step was started, and its outcome will not be recorded: somebody went away, or it was called off."""
    unknown = StepUnknown(
        method=step.method, variant=step.variant, rendition=step.rendition, attempt=attempt, cost=cost.to_proto()
    )
    return AssetEvent(step_unknown=unknown)


def called_off(job: Job) -> list[AssetEvent]:
    """What is to be told of the calls under way before the job ends: each may have to be paid as it was estimated."""
    return [step_unknown(step, tries.started, tries.estimate) for step, tries in job.current() if tries.estimate.source]


def prompts_replayed(job: Job) -> AssetEvent:
    """The prompts of the replayed asset are used again; no call was made for them."""
    return AssetEvent(prompts_generated=PromptsGenerated(prompts=job.accepted.replay_prompts))


def queued(position: int) -> AssetEvent:
    """An asset waits; `position` others will be taken before it."""
    return AssetEvent(queued=Queued(position=position))


def step_retried(step: Step, error: Status, delay_s: float) -> AssetEvent:
    """A step failed and will be tried again."""
    retried = StepRetried(
        method=step.method,
        variant=step.variant,
        rendition=step.rendition,
        error=error,
        cost=status_cost(error).to_proto(),
    )
    retried.retry_delay.FromNanoseconds(round(delay_s * NANOSECONDS))
    return AssetEvent(step_retried=retried)


def review_requested(job: Job) -> AssetEvent:
    """Nothing can go on until a person decides."""
    held = (index for index, variant in enumerate(job.variants) if variant.phase in HELD)
    return AssetEvent(review_requested=ReviewRequested(variants=held, content=job.content is Content.HELD))


def finished(job: Job) -> AssetEvent:
    """The asset is in the final state that its variants make."""
    return _finished(job, *flow.finish(job))


def finished_again(job: Job) -> AssetEvent:
    """The asset was amended, and is in the final state that it was in before."""
    assert job.final is not None, "only a final asset is amended"
    return _finished(job, job.final.state, job.final.error if job.final.HasField("error") else None)


def cancelled(job: Job) -> AssetEvent:
    """A caller asked to stop."""
    return _finished(job, Asset.STATE_CANCELLED, None)


def broken_off(job: Job, error: ServiceError) -> AssetEvent:
    """The asset failed as a whole."""
    return _finished(job, Asset.STATE_FAILED, error.to_status())


def given_up(job: Job, step: Step, error: ServiceError) -> AssetEvent:
    """A step will not be tried again: that format, its variant, or the asset as a whole has failed."""
    if step.variant is None:
        return broken_off(job, error)
    status = error.to_status()
    if step.rendition is not None and flow.has_hope(job.variants[step.variant], without=step.rendition):
        failed = RenditionFailed(variant=step.variant, rendition=step.rendition, error=status)
        return AssetEvent(rendition_failed=failed)
    return AssetEvent(variant_failed=VariantFailed(variant=step.variant, error=status))


def after_failure(
    job: Job,
    step: Step,
    error: ServiceError,
    *,
    remaining_s: float,
    jitter: float,
    limits: RetryLimits = DEFAULT_LIMITS,
) -> Sequel:
    """What the failure of an open step becomes. Arguments as in `retry.retry_delay_s`."""
    variant = None if step.variant is None else job.variants[step.variant]
    if variant is not None and is_refusal(variant, step, error.reason):
        return Sequel(step_retried(step, error.to_status(), 0.0))
    tries = job.tries_of(step)
    delay_s = retry_delay_s(
        cause(error),
        tries.failures if tries else (),
        remaining_s=remaining_s,
        jitter=jitter,
        retry_after_s=error.retry_after_s,
        limits=limits,
    )
    if delay_s is None:
        return Sequel(given_up(job, step, error))
    return Sequel(step_retried(step, error.to_status(), delay_s), delay_s)


def _finished(job: Job, state: Asset.State.ValueType, error: Status | None) -> AssetEvent:
    event = AssetEvent()
    asset = event.finished.asset
    write_asset(job, asset)
    asset.state = state
    if error is not None:
        asset.error.CopyFrom(error)
    if (replay := comparison(job)) is not None:
        asset.replay.CopyFrom(replay)
    if (cost := job.cost.plus(event_cost(event)).to_proto()) is not None:
        asset.cost.CopyFrom(cost)
    return event
