"""A request for jobs: at most as many as whoever asks can begin at once, and none after it was given up.

Each request has a subscription of its own. Giving it up takes that away, and the server hands no more jobs to a request
that nobody listens to, so a replica that is about to stop does not catch jobs again and again. What was on its way goes
back to the others.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import orjson
from nats.aio.subscription import Subscription

from services.kit.errors import ServiceError
from services.orchestrator.jetstream.client import Message
from services.orchestrator.jetstream.streams import NANOSECONDS
from services.orchestrator.jetstream.wire import Wire, status_of

PULL_S = 30.0
HEARTBEAT_S = 1.0
HEARTBEAT = "100"


def request(count: int) -> bytes:
    """What asks for up to `count` jobs."""
    spans = {"expires": PULL_S, "idle_heartbeat": HEARTBEAT_S}
    return orjson.dumps({"batch": count, **{name: round(span_s * NANOSECONDS) for name, span_s in spans.items()}})


class Pull:
    """One request; `left` is how many jobs it may still bring. `stray` is given jobs that nobody waits for any more."""

    def __init__(self, wire: Wire, count: int, stray: Callable[[Message], None]) -> None:
        self.left = count
        self._wire = wire
        self._stray = stray
        self._came: deque[Message] = deque()
        self._arrived: asyncio.Future[None] | None = None
        self._listening: Subscription | None = None
        self._over = False

    async def ask(self, subject: str) -> None:
        """Send the request.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        inbox = self._wire.new_inbox()
        self._listening = await self._wire.subscribe(inbox, self._take)
        await self._wire.publish(subject, request(self.left), inbox)

    async def next(self) -> Message:
        """The next job, or the status with which the request ended.

        Raises:
            ServiceError: STORE_UNAVAILABLE; also where the server no longer says that it knows the request.
        """
        while True:
            if not self._came:
                self._arrived = asyncio.get_running_loop().create_future()
                await self._wire.unless_broken(self._arrived, 3 * HEARTBEAT_S)
            message = self._came.popleft()
            status = status_of(message)
            if not status:
                self.left -= 1
            if status != HEARTBEAT:
                return message

    async def end(self) -> None:
        """Bring no more jobs; those that came, or are on their way, go back."""
        self._over = True
        while self._came:
            self._stray(self._came.popleft())
        if self._listening is not None:
            with suppress(ServiceError):
                await self._wire.unlisten(self._listening)

    async def done(self) -> None:
        """The request has ended by itself."""
        if self._listening is not None:
            await self._wire.unsubscribe(self._listening)

    def _take(self, message: Message) -> None:
        if self._over:
            self._stray(message)
            return
        self._came.append(message)
        if self._arrived is not None and not self._arrived.done():
            self._arrived.set_result(None)
