"""The queue on JetStream: a stream of jobs, from which every replica pulls one at a time for each free slot.

One request brings one job, never a batch: whoever holds a job that it cannot begin keeps it from those that could.
All requests share one inbox and are given up when the connection breaks, so nobody waits for an answer of a server
that is gone. A job that comes for a request that was given up goes to the next one, or back to the others.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import OrderedDict, deque
from collections.abc import Mapping
from contextlib import suppress

import orjson

from services.kit.errors import ServiceError
from services.orchestrator.jetstream.client import DESCRIPTION, Message
from services.orchestrator.jetstream.streams import NANOSECONDS, Streams, asset_of, ensure
from services.orchestrator.jetstream.wire import ApiError, Wire, read_answer, status_of, unavailable
from services.orchestrator.queue import Backlog

SUBJECT_FULL = 10077
PULL_S = 30.0
HEARTBEAT_S = 1.0
KNOWN_JOBS = 100_000
PULL = orjson.dumps(
    {"batch": 1, "expires": round(PULL_S * NANOSECONDS), "idle_heartbeat": round(HEARTBEAT_S * NANOSECONDS)}
)

HEARTBEAT, NOT_FOUND, NO_RESPONDERS = "100", "404", "503"


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
        self._inbox = ""
        self._subscribing = asyncio.Lock()
        self._numbers = itertools.count()
        self._boxes: dict[str, _Box] = {}
        self._returns: set[asyncio.Task[None]] = set()

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

    async def take(self) -> JetStreamLease:
        """See `JobQueue.take`."""
        while True:
            if (message := await self._pull()) is not None:
                return JetStreamLease(self._wire, message)

    async def _pull(self) -> Message | None:
        """Ask for one job; None where it is time to ask anew."""
        await self._subscribe()
        subject = f"{self._inbox}.{next(self._numbers)}"
        box = self._boxes[subject] = _Box(self._wire)
        try:
            await self._wire.publish(self._next, PULL, subject)
            while True:
                message = await box.get(3 * HEARTBEAT_S)
                status = status_of(message)
                if not status:
                    return message
                if status != HEARTBEAT:
                    await self._after(status, message)
                    return None
        finally:
            del self._boxes[subject]
            for message in box.left:
                self._return(message)

    async def _subscribe(self) -> None:
        """Have one subscription for all requests; it is taken up again with the connection."""
        async with self._subscribing:
            if not self._inbox:
                inbox = self._wire.new_inbox()
                await self._wire.subscribe(f"{inbox}.*", self._put)
                self._inbox = inbox

    def _put(self, message: Message) -> None:
        """A status names the request that it answers; a job does not, and is for whoever has waited longest."""
        if status_of(message):
            box = self._boxes.get(message.subject)
        else:
            box = next((box for box in self._boxes.values() if not box.has_job), None)
        if box is not None:
            box.put(message)
        else:
            self._return(message)

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
            task = asyncio.create_task(_give_back(JetStreamLease(self._wire, message)))
            self._returns.add(task)
            task.add_done_callback(self._returns.discard)


async def _give_back(lease: JetStreamLease) -> None:
    with suppress(ServiceError):
        await lease.give_back()


class _Box:
    """What was delivered and not yet taken out; a taker that is cancelled takes nothing with it."""

    def __init__(self, wire: Wire) -> None:
        self.left: deque[Message] = deque()
        self._wire = wire
        self._arrived: asyncio.Future[None] | None = None

    @property
    def has_job(self) -> bool:
        return any(not status_of(message) for message in self.left)

    def put(self, message: Message) -> None:
        self.left.append(message)
        if self._arrived is not None and not self._arrived.done():
            self._arrived.set_result(None)

    async def get(self, timeout_s: float) -> Message:
        if not self.left:
            self._arrived = asyncio.get_running_loop().create_future()
            await self._wire.unless_broken(self._arrived, timeout_s)
        return self.left.popleft()
