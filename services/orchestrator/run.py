"""One job in one replica's hands: decide from the log, append, act on what was appended, until the log is final.

Everything that happens (answers, failures, timers, events of others) comes through one inbox, so the appends of a job
are serial although its steps run at once. All that one turn decides is appended together.

Two replicas may hold the same job for a while, after a lease ran out. Then the log decides: a step belongs to whoever
wrote its last `step_started`, and a run that owns no step any more lets go of the job.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import TypeVar

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent
from opentelemetry.trace import SpanKind

from services.kit import metrics, telemetry, tracing
from services.kit.errors import Reason, ServiceError
from services.orchestrator import counting, events, flow
from services.orchestrator.budgets import Reservation
from services.orchestrator.funding import Funding
from services.orchestrator.grants import Grants
from services.orchestrator.hub import Hub
from services.orchestrator.job import Discarded, Job, Stage, Step
from services.orchestrator.journal import ConflictError, Journal, Record, append_surely
from services.orchestrator.notices import Answered, Crashed, Drain, Due, Failed, Funded, Heard, Notice, Unfunded
from services.orchestrator.retry import DEFAULT_LIMITS, RetryLimits, backoff_s
from services.orchestrator.steps import Leaves
from services.orchestrator.turning import End, Plan

log = telemetry.get_logger(__name__)

FIRST_EVENT_WAIT_S = 1.0
DISCARD_WAIT_S = 5.0

T = TypeVar("T")


class Run:
    """Works on one asset. `deadline_s` is how long after its acceptance an asset may still be worked on."""

    def __init__(
        self,
        asset: str,
        journal: Journal,
        hub: Hub,
        leaves: Leaves,
        funding: Funding,
        *,
        deadline_s: float = 3600.0,
        limits: RetryLimits = DEFAULT_LIMITS,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self.asset = asset
        self._journal = journal
        self._hub = hub
        self._leaves = leaves
        self._deadline_s = deadline_s
        self._limits = limits
        self._now_ns = now_ns
        self._job = Job()
        self._inbox: asyncio.Queue[Notice] = asyncio.Queue()
        self._mine: dict[Step, tuple[int, asyncio.Task[None]]] = {}
        self._foreign: set[Step] = set()
        self._grants = Grants(funding)
        self._discards: dict[Discarded, asyncio.Task[None]] = {}
        self._draining = False

    async def work(self) -> End:
        """Work until there is a reason to end.

        Raises:
            ImpossibleEventError: the log cannot be folded.
        """
        with self._hub.listen(self.asset, lambda record: self._inbox.put_nowait(Heard(record))):
            try:
                if not await self._open():
                    return End.UNKNOWN
                if self._job.stage is Stage.QUEUED:
                    waited_s = self._deadline_s - self._remaining_s(self._job)
                    metrics.observe(counting.QUEUE_AGE, max(0.0, waited_s))
                if not await self._await_more():
                    return End.EARLY
                parent = self._job.accepted.traceparent
                with tracing.entered("process asset", parent, SpanKind.CONSUMER, {"atelier.asset": self.asset}):
                    return await self._turns()
            finally:
                await self._stop_tasks()
                await self._end_discards()

    def drain(self) -> None:
        """Start no more steps, and end once those under way are answered."""
        self._draining = True
        self._inbox.put_nowait(Drain())

    async def _open(self) -> bool:
        """Read the log, waiting a moment for its first event, which is written after the job is queued.

        What is known without reading is enough: an append that was decided from an old log is refused.
        """
        self._job = flow.fold_all(record.event for record in await self._journal.recall(self.asset))
        if self._job.stage is Stage.NEW:
            await self._catch_up()
        if self._job.stage is Stage.NEW:
            await self._await_first()
        return self._job.stage is not Stage.NEW

    async def _await_more(self) -> bool:
        """Wait a moment for what a person decides or changes, which is written after the job is queued.

        Returns whether there is something that this run has not known from the beginning.
        """
        known = self._job.last_sequence
        if self._job.at_rest:
            await self._catch_up()
        if self._job.at_rest:
            with suppress(TimeoutError):
                async with asyncio.timeout(FIRST_EVENT_WAIT_S):
                    await self._inbox.get()
            await self._catch_up()
        return not self._job.at_rest or self._job.last_sequence > known

    async def _await_first(self) -> None:
        notice: Notice | None = None
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_EVENT_WAIT_S):
                notice = await self._inbox.get()
        match notice:
            case Heard(Record(sequence=1, event=event)):
                self._job = flow.fold(self._job, event)
            case _:
                await self._catch_up()

    async def _turns(self) -> End:
        notices: Sequence[Notice] = ()
        while not self._job.at_rest:
            plan = self._decide(notices)
            try:
                await self._append(plan.events)
            except ConflictError:
                for step, _, grant in plan.calls:
                    self._grants.keep(step, grant)
                await self._yield_to_others()
                continue
            self._job = plan.job
            self._act(plan)
            if self._job.final is not None:
                counting.ended(self._job.final)
                state = Asset.State.Name(self._job.final.state)
                log.info("asset finished", asset=self.asset, state=state, events=self._job.last_sequence)
                break
            if self._job.stage is Stage.WAITING:
                counting.ENDED.labels(Asset.State.Name(Asset.STATE_NEEDS_REVIEW)).inc()
                log.info("asset waits for a review", asset=self.asset, events=self._job.last_sequence)
                break
            if not self._mine:
                return End.DRAINED if self._draining else End.LOST
            notices = await self._next_notices()
        return End.WAITING if self._job.stage is Stage.WAITING else End.FINAL

    async def _next_notices(self) -> list[Notice]:
        """Wait until something has happened that is no news of what this run wrote itself."""
        notices: list[Notice] = []
        while not notices or not self._inbox.empty():
            notice = await self._inbox.get()
            if not self._is_echo(notice):
                notices.append(notice)
        for notice in notices:
            await self._take_in(notice)
        return notices

    def _is_echo(self, notice: Notice) -> bool:
        known = self._job.last_sequence
        return isinstance(notice, Heard) and notice.record is not None and notice.record.sequence <= known

    async def _take_in(self, notice: Notice) -> None:
        match notice:
            case Answered(step, attempt) | Failed(step, attempt):
                if self._mine.get(step, (0, None))[0] == attempt:
                    del self._mine[step]
            case Due(step) | Unfunded(step):
                self._mine.pop(step, None)
            case Funded(step, grant):
                self._mine.pop(step, None)
                self._grants.keep(step, grant)
            case Heard():
                if not self._is_echo(notice):
                    await self._yield_to_others()
            case Drain():
                self._stop_resting()
            case Crashed(error):
                raise error

    def _decide(self, notices: Sequence[Notice]) -> Plan:
        plan = Plan(self._job)
        for notice in notices:
            match notice:
                case Answered(step, attempt, event) if plan.job.awaits(step, attempt):
                    self._record_answer(plan, step, event)
                case Failed(step, attempt, error) if plan.job.awaits(step, attempt):
                    self._record_failure(plan, step, error)
                case Unfunded(step, error) if step in flow.next_steps(plan.job) and step not in self._foreign:
                    self._record_answer(plan, step, events.given_up(plan.job, step, error))
        if not self._draining:
            self._start_steps(plan)
        if plan.job.stage is Stage.AMENDING:
            # Whoever amended it went away before the end of it was written.
            self._record(plan, events.finished_again(plan.job))
        elif plan.job.nothing_left:
            self._record(plan, events.finished(plan.job))
        elif plan.job.needs_review:
            self._record(plan, events.review_requested(plan.job))
        return plan

    def _record(self, plan: Plan, event: AssetEvent) -> None:
        events.stamp(event, self.asset, plan.job.last_sequence + 1, self._now_ns())
        plan.job = flow.fold(plan.job, event)
        plan.events.append(event)

    def _record_answer(self, plan: Plan, step: Step, event: AssetEvent) -> None:
        """Record what a call led to; other calls that it makes idle are called off, and may have to be paid."""
        events.stamp(event, self.asset, plan.job.last_sequence + 1, self._now_ns())
        for idle, tries in flow.called_off(plan.job, event, step).items():
            self._record(plan, events.step_unknown(idle, tries.started, tries.estimate))
        self._record(plan, event)

    def _record_failure(self, plan: Plan, step: Step, error: ServiceError) -> None:
        sequel = events.after_failure(
            plan.job,
            step,
            error,
            remaining_s=self._remaining_s(plan.job),
            jitter=random.random(),
            limits=self._limits,
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
            tries = plan.job.tries_of(step)
            if tries is None or step in self._mine or step in resting or step in self._foreign:
                continue
            if tries.open:
                # Not ours, so of a replica that is gone: whether the model was called, and is to be paid, is unknown.
                self._record(plan, events.step_unknown(step, tries.started, tries.estimate))
            if self._remaining_s(plan.job) <= 0:
                error = ServiceError(Reason.DEADLINE_EXCEEDED, f"the asset was not done in {self._deadline_s:g} s")
                self._record(plan, events.given_up(plan.job, step, error))
            elif (grant := self._grant_of(plan, step)) is not None:
                self._record(plan, events.step_started(step, tries.started + 1, grant.estimate))
                plan.calls.append((step, tries.started + 1, grant))

    def _grant_of(self, plan: Plan, step: Step) -> Reservation | None:
        """What a step may spend; None where it has to wait for that, or cannot be begun."""
        try:
            grant = self._grants.take(plan.job, step)
        except ServiceError as error:
            self._record_answer(plan, step, events.given_up(plan.job, step, error))
            return None
        if grant is None:
            plan.asks.append(step)
        return grant

    async def _append(self, new: Sequence[AssetEvent]) -> None:
        if not new:
            return
        last = self._job.last_sequence
        await self._patiently(lambda: append_surely(self._journal, self.asset, new, last))

    async def _catch_up(self) -> Sequence[Record]:
        """Fold what the log has more than we know. Returns it."""
        records = await self._patiently(lambda: self._journal.read(self.asset, self._job.last_sequence))
        self._job = flow.fold_all((record.event for record in records), self._job)
        return records

    async def _patiently(self, work: Callable[[], Awaitable[T]]) -> T:
        """Use the journal, however long it is away: what is to be written may hold answers that were paid for."""
        for outages in itertools.count():
            try:
                return await work()
            except ServiceError as error:
                log.warning("the journal is away; trying again", asset=self.asset, error=str(error))
                await asyncio.sleep(backoff_s(outages, random.random(), self._limits))
        raise AssertionError("unreachable")

    def _act(self, plan: Plan) -> None:
        self._stop_idle_tasks()
        self._discard()
        for step, attempt, grant in plan.calls:
            self._spawn(step, attempt, self._call(step, attempt, plan.job, grant))
        for step in plan.asks:
            self._spawn(step, 0, self._grants.ask(step, plan.job, self._remaining_s(plan.job)))
        for step, delay_s in () if self._draining else plan.rests:
            self._spawn(step, 0, self._rest(step, delay_s))

    def _spawn(self, step: Step, attempt: int, work: Coroutine[None, None, Notice]) -> None:
        task = asyncio.create_task(self._report(work), name=f"{self.asset} {step.method} {attempt}")
        self._mine[step] = (attempt, task)

    async def _report(self, work: Coroutine[None, None, Notice]) -> None:
        try:
            notice = await work
        except Exception as error:
            notice = Crashed(error)
        self._inbox.put_nowait(notice)

    async def _call(self, step: Step, attempt: int, job: Job, grant: Reservation) -> Notice:
        call = self._leaves.perform(step, job, self._remaining_s(job))
        try:
            with metrics.timed(counting.STEPS, step.method.rpartition("/")[2]):
                return Answered(step, attempt, await self._grants.spend(grant, call))
        except ServiceError as error:
            return Failed(step, attempt, error)

    async def _rest(self, step: Step, delay_s: float) -> Notice:
        await asyncio.sleep(delay_s)
        return Due(step)

    async def _yield_to_others(self) -> None:
        """Read what somebody else wrote, and leave the steps to them that they have started."""
        for record in await self._catch_up():
            if record.event.HasField("step_started"):
                self._foreign.add(flow.step_of(record.event.step_started))
        self._foreign &= set(flow.next_steps(self._job))
        for step, (attempt, task) in tuple(self._mine.items()):
            tries = self._job.tries_of(step)
            overtaken = attempt and (tries is None or not tries.open or tries.started != attempt)
            if tries is None or step in self._foreign or overtaken:
                task.cancel()
                del self._mine[step]

    def _stop_idle_tasks(self) -> None:
        for step, (_, task) in tuple(self._mine.items()):
            if self._job.tries_of(step) is None:
                task.cancel()
                del self._mine[step]
        self._grants.release(lambda step: self._job.tries_of(step) is None or step in self._foreign)

    def _discard(self) -> None:
        """Throw away what nobody is to see. Whoever takes over a job does it once more, and it changes nothing."""
        for picture in self._discards.keys() - set(self._job.discarded):
            self._discards.pop(picture).cancel()
        for picture in self._job.discarded:
            if picture not in self._discards:
                self._discards[picture] = asyncio.create_task(self._leaves.discard(self.asset, picture))

    async def _end_discards(self) -> None:
        if pending := [task for task in self._discards.values() if not task.done()]:
            _, late = await asyncio.wait(pending, timeout=DISCARD_WAIT_S)
            for task in late:
                task.cancel()

    def _stop_resting(self) -> None:
        for step, (attempt, task) in tuple(self._mine.items()):
            if not attempt:
                task.cancel()
                del self._mine[step]

    async def _stop_tasks(self) -> None:
        self._grants.release()
        tasks = [task for _, task in self._mine.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _remaining_s(self, job: Job) -> float:
        clock_ns = job.clock.ToNanoseconds() if job.clock else 0
        return self._deadline_s - (self._now_ns() - clock_ns) / events.NANOSECONDS
