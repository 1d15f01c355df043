"""The one live subscription of a replica: every stored event, checked for gaps, handed to followers and to the index.

The server copies each stored message to a live subject together with its place in the stream. Places are consecutive,
so a missed message shows as a gap, or where none follows it, in a comparison with the end of the stream now and then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from services.kit import telemetry
from services.kit.errors import ServiceError
from services.orchestrator.jetstream.client import Message
from services.orchestrator.jetstream.index import Index
from services.orchestrator.jetstream.loading import load
from services.orchestrator.jetstream.reading import Reader
from services.orchestrator.jetstream.streams import Streams, asset_of
from services.orchestrator.jetstream.wire import ApiError, Wire, fail, unavailable
from services.orchestrator.journal import Record
from services.orchestrator.mailbox import Mailbox
from services.orchestrator.summary import Summary

log = telemetry.get_logger(__name__)

CHECK_S = 5.0
RETRY_S = 0.2
PLACE = "Nats-Sequence"

Hear = Callable[[str, int, Message], tuple[Summary, Sequence[Record]]]


class Feed:
    """Follows the logs; `hear` is told asset, place and text of each stored message, and makes records of it."""

    def __init__(self, wire: Wire, streams: Streams, reader: Reader, index: Index, hear: Hear) -> None:
        self._wire = wire
        self._streams = streams
        self._reader = reader
        self._index = index
        self._hear = hear
        self._followers: set[Mailbox[Record | None]] = set()
        self._standing = asyncio.Event()
        self._loaded = asyncio.Event()
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._last = 0
        self._indexed = 0
        self._broken: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to follow; returns once the subscription stands."""
        self._task = asyncio.create_task(self._run(), name="feed")
        await self._wait(self._standing)

    async def stop(self) -> None:
        """End the subscription."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    @asynccontextmanager
    async def follow(self) -> AsyncIterator[AsyncIterator[Record]]:
        """See `Journal.follow`."""
        await self._wait(self._standing)
        told: Mailbox[Record | None] = Mailbox()
        self._followers.add(told)
        try:
            yield _drain(told)
        finally:
            self._followers.discard(told)

    async def catch_up(self) -> None:
        """Wait until the index knows everything that is stored now.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        await self._wait(self._loaded)
        end = await self._reader.end()
        if self._last < end:
            heard = asyncio.get_running_loop().create_future()
            self._waiting.append((end, heard))
            await self._wire.unless_broken(heard, self._wire.timeout_s)

    async def _wait(self, event: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(self._wire.timeout_s):
                await event.wait()
        except TimeoutError:
            raise unavailable("is out of reach") from None

    async def _run(self) -> None:
        while True:
            try:
                await self._session()
            except (ServiceError, ApiError) as error:
                log.warning("the live feed broke; taking it up again", error=str(error))
            except Exception:
                log.exception("a defect broke the live feed; taking it up again")
            for follower in self._followers:
                follower.put(None)
            await asyncio.sleep(RETRY_S)

    async def _session(self) -> None:
        self._broken = asyncio.get_running_loop().create_future()
        self._last = 0
        live = await self._wire.subscribe(self._streams.live, self._take)
        gone = await self._wire.subscribe(f"{self._streams.prefix}.gone.*", self._forget)
        try:
            with self._wire.breaking(self._broken):
                # The question goes out after the subscription, so whatever is stored after its answer will be heard.
                self._last = max(self._last, end := await self._reader.end())
                self._standing.set()
                await load(self._wire, self._streams.events, self._indexed, self._index)
                self._indexed = end
                self._loaded.set()
                while True:
                    await self._check(self._broken)
        finally:
            self._standing.clear()
            self._loaded.clear()
            await self._wire.unsubscribe(live)
            await self._wire.unsubscribe(gone)

    async def _check(self, broken: asyncio.Future[None]) -> None:
        """Listen for a while. A stream that was further before than the feed is after it has lost us something."""
        end = await self._reader.end()
        done, _ = await asyncio.wait([broken], timeout=CHECK_S)
        if done:
            broken.result()
        if self._last < end:
            raise unavailable("has not told of all that happened")
        self._indexed = self._last

    def _take(self, message: Message) -> None:
        place = int(message.header(PLACE))
        if self._last and place > self._last + 1:
            self._break("has not told of all that happened")
            return
        self._last = max(self._last, place)
        asset = asset_of(message.subject)
        summary, records = self._hear(asset, place, message)
        self._index.put(asset, place, summary)
        for follower in self._followers:
            for record in records:
                follower.put(record)
        if self._waiting:
            self._wake()

    def _wake(self) -> None:
        for place, heard in self._waiting:
            if place <= self._last and not heard.done():
                heard.set_result(None)
        self._waiting = [(place, heard) for place, heard in self._waiting if not heard.done()]

    def _forget(self, message: Message) -> None:
        self._index.drop(asset_of(message.subject))

    def _break(self, problem: str) -> None:
        if self._broken is not None:
            fail(self._broken, unavailable(problem))


async def _drain(told: Mailbox[Record | None]) -> AsyncIterator[Record]:
    while True:
        for record in await told.take():
            if record is None:
                raise unavailable("may have events that were not heard of")
            yield record
