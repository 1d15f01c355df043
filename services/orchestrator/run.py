"""One job in one replica's hands: decide from the log, append, act on what was appended, until the log is final.

Everything that happens (answers, failures, timers, events of others) comes through one inbox, so the appends of a job
are serial although its steps run at once. All that one turn decides is appended together. While the store has it, the
calls that were decided are prepared; none is sent, and none tells anything, before the store has said that its
`step_started` is in the log.

Two replicas may hold the same job for a while, after a lease ran out. Then the log decides: a step belongs to whoever
wrote its last `step_started`, and a run that owns no step any more lets go of the job.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent

from services.kit import metrics, telemetry, tracing
from services.kit.errors import ServiceError
from services.kit.tracing import SpanKind
from services.orchestrator import counting, flow
from services.orchestrator.deciding import Decider
from services.orchestrator.funding import Funding
from services.orchestrator.grants import Grants
from services.orchestrator.hub import Hub
from services.orchestrator.job import Job, Stage, Step
from services.orchestrator.journal import ConflictError, Journal, Record, append_surely
from services.orchestrator.mailbox import Mailbox
from services.orchestrator.notices import Answered, Crashed, Drain, Due, Failed, Funded, Heard, Notice, Unfunded
from services.orchestrator.retry import DEFAULT_LIMITS, RetryLimits, backoff_s
from services.orchestrator.steps import Leaves
from services.orchestrator.turning import Call, End, Plan
from services.orchestrator.underway import Discards, UnderWay

log = telemetry.get_logger(__name__)

FIRST_EVENT_WAIT_S = 1.0
LETTING_GO = (End.FINAL, End.WAITING)

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
        self._limits = limits
        self._job = Job()
        self._inbox: Mailbox[Notice] = Mailbox()
        self._under_way = UnderWay(asset, self._inbox.put)
        self._foreign: set[Step] = set()
        self._grants = Grants(funding)
        self._discards = Discards(partial(leaves.discard, asset))
        self._decider = Decider(asset, self._grants, self._under_way, self._foreign, limits, deadline_s, now_ns)
        self._appending = 0
        self._draining = False

    async def work(self) -> End:
        """Work until there is a reason to end.

        Raises:
            ImpossibleEventError: the log cannot be folded.
        """
        with self._hub.listen(self.asset, self._hear):
            end = await self._work()
            # What came with the end, and is heard by nobody else once the job is let go.
            return End.OVERTAKEN if end in LETTING_GO and self._has_news() else end

    async def _work(self) -> End:
        try:
            if not await self._open():
                return End.UNKNOWN
            if self._job.stage is Stage.QUEUED:
                waited_s = self._decider.deadline_s - self._decider.remaining_s(self._job)
                metrics.observe(counting.QUEUE_AGE, max(0.0, waited_s))
            if not await self._await_more():
                return End.EARLY
            parent = self._job.accepted.traceparent
            with tracing.entered("process asset", parent, SpanKind.CONSUMER, {"atelier.asset": self.asset}):
                return await self._turns()
        finally:
            self._grants.release()
            await self._under_way.stop_all()
            await self._discards.end()

    def _has_news(self) -> bool:
        heard = [notice.record for notice in self._inbox.items if isinstance(notice, Heard) and notice.record]
        return bool(heard) and heard[-1].sequence > self._job.last_sequence and not heard[-1].is_final

    def drain(self) -> None:
        """Start no more steps, and end once those under way are answered."""
        self._draining = True
        self._inbox.put(Drain())

    def _hear(self, record: Record | None) -> None:
        # What is being appended either becomes known by that, or is read anew.
        if record is None or record.sequence > self._appending:
            self._inbox.put(Heard(record))

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
                    await self._inbox.take()
            await self._catch_up()
        return not self._job.at_rest or self._job.last_sequence > known

    async def _await_first(self) -> None:
        notices: Sequence[Notice] = ()
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_EVENT_WAIT_S):
                notices = await self._inbox.take()
        match notices:
            case [Heard(Record(sequence=1, event=event))]:
                self._job = flow.fold(self._job, event)
            case _:
                await self._catch_up()

    async def _turns(self) -> End:
        notices: Sequence[Notice] = ()
        while not self._job.at_rest:
            plan = self._decider.decide(self._job, notices, starts=not self._draining)
            try:
                await self._carry_out(plan)
            except ConflictError:
                await self._yield_to_others()
                continue
            if self._job.at_rest:
                self._tell_end()
                break
            if not self._under_way:
                return End.DRAINED if self._draining else End.LOST
            notices = await self._next_notices()
        return End.WAITING if self._job.stage is Stage.WAITING else End.FINAL

    def _tell_end(self) -> None:
        if self._job.final is not None:
            counting.ended(self._job.final)
            state = Asset.State.Name(self._job.final.state)
            log.info("asset finished", asset=self.asset, state=state, events=self._job.last_sequence)
        else:
            counting.ENDED.labels(Asset.State.Name(Asset.STATE_NEEDS_REVIEW)).inc()
            log.info("asset waits for a review", asset=self.asset, events=self._job.last_sequence)

    async def _carry_out(self, plan: Plan) -> None:
        """Append what a turn decided, and act on it.

        Raises:
            ConflictError: it was decided from an old log. Nothing of it happened, no call was sent.
        """
        recorded = [self._begin(call, plan.job) for call in plan.calls]
        try:
            await self._append(plan.events)
        except ConflictError:
            # What was not heard for its sake is in what is read next.
            self._appending = 0
            unsent = {call.step for call in plan.calls}
            self._under_way.stop(lambda step, attempt: step in unsent)
            for call in plan.calls:
                self._grants.keep(call.step, call.grant)
            raise
        self._job = plan.job
        for told in recorded:
            told.set_result(None)
        self._act(plan)

    def _begin(self, call: Call, job: Job) -> asyncio.Future[None]:
        """Prepare a call. It is sent when the future that is returned says that its start is in the log."""
        recorded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._under_way.begin(call.step, call.attempt, partial(self._call, call, job, recorded))
        return recorded

    async def _call(self, call: Call, job: Job, recorded: asyncio.Future[None]) -> Notice:
        step, attempt, grant = call
        answer = self._leaves.perform(step, job, self._decider.remaining_s(job), recorded)
        try:
            with metrics.timed(counting.STEPS, step.method.rpartition("/")[2]):
                return Answered(step, attempt, await self._grants.spend(grant, answer))
        except ServiceError as error:
            return Failed(step, attempt, error)

    def _act(self, plan: Plan) -> None:
        """Do what else a turn has decided, and stop what it has made idle."""
        self._under_way.stop(lambda step, attempt: self._job.tries_of(step) is None)
        self._grants.release(lambda step: self._job.tries_of(step) is None or step in self._foreign)
        self._discards.follow(self._job.discarded)
        for step in plan.asks:
            remaining_s = self._decider.remaining_s(self._job)
            self._under_way.begin(step, 0, partial(self._grants.ask, step, self._job, remaining_s))
        for step, delay_s in () if self._draining else plan.rests:
            self._under_way.begin(step, 0, partial(self._rest, step, delay_s))

    async def _rest(self, step: Step, delay_s: float) -> Notice:
        await asyncio.sleep(delay_s)
        return Due(step)

    async def _next_notices(self) -> list[Notice]:
        """Wait until something has happened that is no news of what this run wrote itself."""
        notices: list[Notice] = []
        while not notices:
            notices = [notice for notice in await self._inbox.take() if not self._is_echo(notice)]
        for notice in notices:
            await self._take_in(notice)
        return notices

    def _is_echo(self, notice: Notice) -> bool:
        known = self._job.last_sequence
        return isinstance(notice, Heard) and notice.record is not None and notice.record.sequence <= known

    async def _take_in(self, notice: Notice) -> None:
        match notice:
            case Answered(step, attempt) | Failed(step, attempt):
                self._under_way.ended(step, attempt)
            case Due(step) | Unfunded(step):
                self._under_way.ended(step)
            case Funded(step, grant):
                self._under_way.ended(step)
                self._grants.keep(step, grant)
            case Heard():
                if not self._is_echo(notice):
                    await self._yield_to_others()
            case Drain():
                self._under_way.stop(lambda step, attempt: not attempt)
            case Crashed(error):
                raise error

    async def _yield_to_others(self) -> None:
        """Read what somebody else wrote, and leave the steps to them that they have started."""
        for record in await self._catch_up():
            if record.event.HasField("step_started"):
                self._foreign.add(flow.step_of(record.event.step_started))
        self._foreign.intersection_update(flow.next_steps(self._job))
        self._under_way.stop(self._is_taken)

    def _is_taken(self, step: Step, attempt: int) -> bool:
        """Whether somebody else has gone on from where the task of a step began."""
        tries = self._job.tries_of(step)
        overtaken = attempt and (tries is None or not tries.open or tries.started != attempt)
        return tries is None or step in self._foreign or bool(overtaken)

    async def _append(self, new: Sequence[AssetEvent]) -> None:
        if not new:
            return
        last = self._job.last_sequence
        self._appending = new[-1].sequence
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
