"""Takes jobs from the queue, a bounded number at once, keeps their leases alive, and settles how each ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.orchestrator import counting, events
from services.orchestrator.flow import ImpossibleEventError, fold
from services.orchestrator.funding import Funding
from services.orchestrator.hub import Hub
from services.orchestrator.job import Job
from services.orchestrator.journal import ConflictError, Journal, Record, append_surely
from services.orchestrator.lingering import Lingering
from services.orchestrator.queue import JobQueue, Lease
from services.orchestrator.retry import DEFAULT_LIMITS, RetryLimits, backoff_s
from services.orchestrator.run import Run
from services.orchestrator.steps import Leaves
from services.orchestrator.turning import End

# How often a job is taken again whose asset is at rest. With the pauses in between that is several times as long as a
# write to the store may take, and soon enough over for jobs that were done, but whose end was not heard of.
EARLY_DELIVERIES = 4

log = telemetry.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """How much one replica does.

    `slots` jobs at once; `job_deadline_s` from acceptance to the last try; a job that crashed this replica or others
    `max_deliveries` times is a poison job and fails; `drain_s` is what jobs at hand get when the replica stops.
    """

    slots: int = 128
    job_deadline_s: float = 3600.0
    max_deliveries: int = 10
    drain_s: float = 10.0
    retry: RetryLimits = DEFAULT_LIMITS


@dataclass(slots=True)
class Held:
    """A job in this replica's hands."""

    run: Run
    lease: Lease


class Worker:
    """One replica's share of the work."""

    def __init__(
        self,
        journal: Journal,
        queue: JobQueue,
        hub: Hub,
        leaves: Leaves,
        funding: Funding,
        lingering: Lingering,
        limits: WorkerLimits | None = None,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._journal = journal
        self._queue = queue
        self._hub = hub
        self._leaves = leaves
        self._funding = funding
        self._lingering = lingering
        self._limits = limits or WorkerLimits()
        self._now_ns = now_ns
        self._free = asyncio.Semaphore(self._limits.slots)
        self._held: dict[str, Held] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._taking: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to take jobs."""
        self._taking = asyncio.create_task(self._take_jobs(), name="worker")
        self._keeping = asyncio.create_task(self._keep_leases(), name="leases")

    async def stop(self) -> None:
        """Take no more jobs, let those at hand come as far as they can within `drain_s`, and give back the rest.

        For the first half of the time they go on as ever; then no step is started any more.
        """
        if self._taking is not None:
            self._taking.cancel()
            await asyncio.wait([self._taking])
            await self._queue.stop_taking()
        await self._wait(self._limits.drain_s / 2)
        for held in self._held.values():
            held.run.drain()
        await self._wait(self._limits.drain_s / 2)
        for task in self._tasks:
            task.cancel()
        await self._wait(None)
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait([self._keeping])
        self._lingering.stop()
        await self._funding.stop()

    async def _wait(self, timeout_s: float | None) -> None:
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=timeout_s)

    async def _take_jobs(self) -> None:
        failures = 0
        while True:
            await self._free.acquire()
            try:
                self._begin(await self._queue.take(self._limits.slots - len(self._tasks)))
            except ServiceError as error:
                log.warning("the queue is away; trying again", error=str(error))
            except Exception:
                log.exception("a defect kept a job from being begun; its lease will run out")
            else:
                failures = 0
                continue
            self._free.release()
            await asyncio.sleep(backoff_s(failures, 1.0, self._limits.retry))
            failures += 1

    def _begin(self, lease: Lease) -> None:
        if (held := self._held.get(lease.asset)) is not None:
            # The lease ran out while this replica was stalled, and the job came back to it.
            held.lease = lease
            self._free.release()
            return
        run = Run(
            lease.asset,
            self._journal,
            self._hub,
            self._leaves,
            self._funding,
            deadline_s=self._limits.job_deadline_s,
            limits=self._limits.retry,
            now_ns=self._now_ns,
        )
        held = self._held[lease.asset] = Held(run, lease)
        task = asyncio.create_task(self._work(held), name=lease.asset)
        self._tasks.add(task)
        self._tell_load()
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._tell_load()
        self._free.release()

    def _tell_load(self) -> None:
        counting.RUNNING.set(len(self._tasks))
        self._queue.tell_load(len(self._tasks))

    async def _work(self, held: Held) -> None:
        try:
            await self._settle(held)
        except asyncio.CancelledError:
            with suppress(ServiceError):
                await held.lease.give_back()
            raise
        except ServiceError as error:
            log.warning("the queue is away; the lease will run out", asset=held.run.asset, error=str(error))

    async def _settle(self, held: Held) -> None:
        try:
            end = await self._run(held)
        except Exception:
            log.exception("a defect ended a run", asset=held.run.asset, delivery=held.lease.delivery)
            await held.lease.give_back(self._pause_s(held.lease))
            return
        match end:
            case End.FINAL | End.WAITING:
                await self._let_go(held)
            case End.EARLY if held.lease.delivery >= EARLY_DELIVERIES:
                await self._let_go(held)
            case End.UNKNOWN | End.EARLY:
                await held.lease.give_back(self._pause_s(held.lease))
            case End.DRAINED | End.OVERTAKEN:
                await held.lease.give_back()
            case End.LOST:
                log.warning("another replica works on this job", asset=held.run.asset)

    async def _let_go(self, held: Held) -> None:
        # Until the queue has heard of it, nobody can queue the job anew: whoever decides something finds it queued.
        self._lingering.add(held.run.asset)
        await held.lease.done()

    async def _run(self, held: Held) -> End:
        try:
            if held.lease.delivery <= self._limits.max_deliveries:
                return await held.run.work()
            await self._bury(held.run.asset)
            return End.FINAL
        finally:
            del self._held[held.run.asset]

    def _pause_s(self, lease: Lease) -> float:
        return backoff_s(lease.delivery - 1, 1.0, self._limits.retry)

    async def _keep_leases(self) -> None:
        """Extend the leases of all jobs at hand again and again."""
        while True:
            await asyncio.sleep(self._queue.lease_s / 3)
            for held in tuple(self._held.values()):
                try:
                    await held.lease.extend()
                except ServiceError as error:
                    log.warning("cannot extend a lease", asset=held.run.asset, error=str(error))
                except Exception:
                    log.exception("a defect kept a lease from being extended", asset=held.run.asset)

    async def _bury(self, asset: str) -> None:
        """End a poison job: FAILED, with what can still be read of its log. One without a log is forgotten."""
        records = await self._journal.read(asset)
        if not records or records[-1].is_final:
            return
        message = f"the asset was given up after {self._limits.max_deliveries} attempts to work on it"
        error = ServiceError(Reason.INTERNAL, message)
        last = records[-1].sequence
        event = events.broken_off(_foldable(records), error)
        with suppress(ConflictError):
            await append_surely(self._journal, asset, [events.stamp(event, asset, last + 1, self._now_ns())], last)


def _foldable(records: Sequence[Record]) -> Job:
    """The job that the log tells of before it stops making sense."""
    job = Job()
    with suppress(ImpossibleEventError):
        for record in records:
            job = fold(job, record.event)
    return job
