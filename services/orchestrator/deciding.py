"""What one turn of a run decides: from the job and what happened to the events to append and the calls to make then."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, flow
from services.orchestrator.budgets import Reservation
from services.orchestrator.grants import Grants
from services.orchestrator.job import Job, Stage, Step
from services.orchestrator.notices import Answered, Failed, Notice, Unfunded
from services.orchestrator.retry import RetryLimits
from services.orchestrator.turning import Call, Plan
from services.orchestrator.underway import UnderWay

log = telemetry.get_logger(__name__)


@dataclass(slots=True)
class Decider:
    """Decides for one asset. `deadline_s` is how long after its acceptance it may still be worked on.

    `foreign` are the steps of other replicas; `under_way` those that this one does.
    """

    asset: str
    grants: Grants
    under_way: UnderWay
    foreign: Collection[Step]
    limits: RetryLimits
    deadline_s: float
    now_ns: Callable[[], int]

    def decide(self, job: Job, notices: Sequence[Notice], *, starts: bool) -> Plan:
        """The plan of one turn; without `starts` no step is begun any more."""
        plan = Plan(job)
        for notice in notices:
            match notice:
                case Answered(step, attempt, event) if plan.job.awaits(step, attempt):
                    self._record_answer(plan, step, event)
                case Failed(step, attempt, error) if plan.job.awaits(step, attempt):
                    self._record_failure(plan, step, error)
                case Unfunded(step, error) if step in flow.next_steps(plan.job) and step not in self.foreign:
                    self._record_answer(plan, step, events.given_up(plan.job, step, error))
        if starts:
            self._start_steps(plan)
        if plan.job.stage is Stage.AMENDING:
            # Whoever amended it went away before the end of it was written.
            self._record(plan, events.finished_again(plan.job))
        elif plan.job.nothing_left:
            self._record(plan, events.finished(plan.job))
        elif plan.job.needs_review:
            self._record(plan, events.review_requested(plan.job))
        return plan

    def remaining_s(self, job: Job) -> float:
        """Seconds that are left for a job."""
        clock_ns = job.clock.ToNanoseconds() if job.clock else 0
        return self.deadline_s - (self.now_ns() - clock_ns) / events.NANOSECONDS

    def _record(self, plan: Plan, event: AssetEvent) -> None:
        events.stamp(event, self.asset, plan.job.last_sequence + 1, self.now_ns())
        plan.job = flow.fold(plan.job, event)
        plan.events.append(event)

    def _record_answer(self, plan: Plan, step: Step, event: AssetEvent) -> None:
        """Record what a call led to; other calls that it makes idle are called off, and may have to be paid."""
        open_steps = flow.open_steps(plan.job)
        if len(open_steps) > 1:
            events.stamp(event, self.asset, plan.job.last_sequence + 1, self.now_ns())
        for idle, tries in flow.called_off(plan.job, event, step).items():
            self._record(plan, events.step_unknown(idle, tries.started, tries.estimate))
        self._record(plan, event)

    def _record_failure(self, plan: Plan, step: Step, error: ServiceError) -> None:
        sequel = events.after_failure(
            plan.job,
            step,
            error,
            remaining_s=self.remaining_s(plan.job),
            jitter=random.random(),
            limits=self.limits,
        )
        self._record_answer(plan, step, sequel.event)
        log.warning("a step failed", asset=self.asset, step=step.method, variant=step.variant, error=str(error))
        if sequel.delay_s is not None:
            plan.rests.append((step, sequel.delay_s))

    def _start_steps(self, plan: Plan) -> None:
        if plan.job.stage is Stage.QUEUED and plan.job.accepted.replay_prompts:
            self._record(plan, events.prompts_replayed(plan.job))
        resting = {step for step, _ in plan.rests}
        for step in flow.next_steps(plan.job):
            if step in self.under_way or step in resting or step in self.foreign:
                continue
            tries = plan.job.tries_of(step)
            if tries is None:
                continue
            if tries.open:
                # Not ours, so of a replica that is gone: whether the model was called, and is to be paid, is unknown.
                self._record(plan, events.step_unknown(step, tries.started, tries.estimate))
            if self.remaining_s(plan.job) <= 0:
                error = ServiceError(Reason.DEADLINE_EXCEEDED, f"the asset was not done in {self.deadline_s:g} s")
                self._record(plan, events.given_up(plan.job, step, error))
            elif (grant := self._grant_of(plan, step)) is not None:
                self._record(plan, events.step_started(step, tries.started + 1, grant.estimate))
                plan.calls.append(Call(step, tries.started + 1, grant))

    def _grant_of(self, plan: Plan, step: Step) -> Reservation | None:
        """What a step may spend; None where it has to wait for that, or cannot be begun."""
        try:
            grant = self.grants.take(plan.job, step)
        except ServiceError as error:
            self._record_answer(plan, step, events.given_up(plan.job, step, error))
            return None
        if grant is None:
            plan.asks.append(step)
        return grant
