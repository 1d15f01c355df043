"""The queue on JetStream: a stream of jobs, from which every replica pulls a few where it has slots free for them.

A request never asks for more: whoever holds a job that it cannot begin keeps it from those that could. The server hands
jobs to the requests of all replicas by turns. Requests are given up when the connection breaks, so nobody waits for an
answer of a server that is gone.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from contextlib import suppress

import orjson

from services.kit.errors import ServiceError
from services.orchestrator.jetstream.client import DESCRIPTION, Message
from services.orchestrator.jetstream.pulling import Pull
from services.orchestrator.jetstream.streams import NANOSECONDS, Streams, asset_of, ensure
from services.orchestrator.jetstream.wire import ApiError, Wire, read_answer, status_of, unavailable
from services.orchestrator.queue import Backlog

SUBJECT_FULL = 10077
KNOWN_JOBS = 100_000
# Jobs of one request. A host that dies without a word keeps what was sent to it until its leases run out.
MOST = 4

NOT_FOUND, NO_RESPONDERS = "404", "503"


class JetStreamLease:
    """One delivery of a job; see `Lease`."""

    def __init__(self, wire: Wire, message: Message) -> None:
        self._wire = wire
        self._reply = message.reply or ""
        self.asset = asset_of(message.subject)
        # $JS.ACK.[{domain}.{account}.]{stream}.{consumer}.{deliveries}.{place}.{count}.{time}.{pending}[.{random}]
        tokens = self._reply.split(".")
        self.delivery = int(tokens[4 if len(tokens) < 11 else 6])

    async def extend(self) -> None:
        """See `Lease.extend`."""
        await self._wire.publish(self._reply, b"+WPI")

    async def done(self) -> None:
        """See `Lease.done`."""
        await self._wire.publish(self._reply, b"+ACK")

    async def give_back(self, delay_s: float = 0.0) -> None:
        """See `Lease.give_back`."""
        delay = orjson.dumps({"delay": round(delay_s * NANOSECONDS)}) if delay_s > 0 else b""
        await self._wire.publish(self._reply, b"-NAK " + delay if delay else b"-NAK")


class JetStreamQueue:
    """Jobs in a stream that keeps one message for each of them until it is done; see `JobQueue`."""

    def __init__(self, wire: Wire, streams: Streams) -> None:
        self._wire = wire
        self._streams = streams
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{streams.jobs}.workers"
        self._places: OrderedDict[str, int] = OrderedDict()
        self._open: list[Pull] = []
        self._passing: set[asyncio.Task[None]] = set()

    @property
    def lease_s(self) -> float:
        """See `JobQueue.lease_s`."""
        return self._streams.lease_s

    def tell_load(self, jobs: int) -> None:
        """See `JobQueue.tell_load`."""
        self._wire.tell_load(jobs)

    async def enqueue(self, asset: str) -> None:
        """See `JobQueue.enqueue`."""
        try:
            answer = read_answer(await self._wire.ask(self._streams.job_subject(asset)))
        except ApiError as error:
            if error.code != SUBJECT_FULL:
                raise unavailable(f"refuses a job: {error}") from error
        else:
            self._places[asset] = int(str(answer["seq"]))
            if len(self._places) > KNOWN_JOBS:
                self._places.popitem(last=False)

    async def position(self, asset: str) -> int | None:
        """See `JobQueue.position`."""
        place = self._places.get(asset)
        if place is None:
            return None
        delivered = (await self._info())["delivered"]
        assert isinstance(delivered, dict)
        ahead = place - int(delivered.get("stream_seq", 0)) - 1
        return ahead if ahead >= 0 else None

    async def backlog(self) -> Backlog:
        """See `JobQueue.backlog`."""
        info = await self._info()
        pending, delivered = info.get("num_pending", 0), info["delivered"]
        assert isinstance(pending, int)
        assert isinstance(delivered, dict)
        return Backlog(pending, int(delivered.get("consumer_seq", 0)))

    async def _info(self) -> Mapping[str, object]:
        try:
            return await self._wire.api(f"CONSUMER.INFO.{self._streams.jobs}.workers")
        except ApiError as error:
            raise unavailable(f"has no queue: {error}") from error

    async def take(self, room: int = 1) -> JetStreamLease:
        """See `JobQueue.take`."""
        while True:
            if (message := await self._pull(room)) is not None:
                return JetStreamLease(self._wire, message)

    async def stop_taking(self) -> None:
        """See `JobQueue.stop_taking`."""
        while self._open:
            await self._open.pop().end()
        if self._passing:
            await asyncio.wait(tuple(self._passing))

    async def _pull(self, room: int) -> Message | None:
        """The next job of a request that may bring more, or of a new one; None where it is time to ask anew."""
        pull = self._open.pop() if self._open else None
        try:
            if pull is None:
                pull = Pull(self._wire, min(room, MOST), self._return)
                await pull.ask(self._next)
            message = await pull.next()
        except BaseException:
            if pull is not None:
                self._in_passing(pull.end())
            raise
        status = status_of(message)
        if pull.left and not status:
            self._open.append(pull)
        else:
            self._in_passing(pull.done())
        if status:
            await self._after(status, message)
            return None
        return message

    async def _after(self, status: str, message: Message) -> None:
        """A request ended without a job: by its time, or because something is missing."""
        deleted = "Deleted" in message.headers.get(DESCRIPTION, "")
        if deleted or status in (NOT_FOUND, NO_RESPONDERS):
            await self._mend()

    async def _mend(self) -> None:
        try:
            await ensure(self._wire, self._streams)
        except ApiError as error:
            raise unavailable(f"has no queue: {error}") from error

    def _return(self, message: Message) -> None:
        """Give a job that nobody waited for back to the others."""
        if not status_of(message) and message.reply:
            self._in_passing(_give_back(JetStreamLease(self._wire, message)))

    def _in_passing(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)


async def _give_back(lease: JetStreamLease) -> None:
    with suppress(ServiceError):
        await lease.give_back()
