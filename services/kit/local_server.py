"""Services that others of the same process may call without the wire: their handlers, by address, and what they see.

The handlers are those that the gRPC server has, with everything around them (`handlers.py`). Each call runs in a task
with a context of its own, as one from outside does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from contextvars import Context
from typing import Any, NoReturn

import grpc
from google.protobuf.message import Message

from services.kit.handlers import Handlers, Malformed

# What a gRPC server and client of ours take at most; the wire would refuse more.
LARGEST_BYTES = 4 * 1024 * 1024

Pairs = tuple[tuple[str, str | bytes], ...]

_here: dict[str, LocalServer] = {}


def served_here(target: str) -> LocalServer | None:
    """Who serves a target such as "dns:///127.0.0.1:50051" in this process, for whoever may call it directly."""
    return _here.get(target.removeprefix("dns:///")) if _here else None


class LocalServer:
    """The methods of one server by path, "/package.Service/Method", callable from within the process."""

    def __init__(self) -> None:
        self.handlers: Handlers = {}
        self.stopped = asyncio.Event()
        self._addresses: list[str] = []
        self._running: set[asyncio.Task[None]] = set()

    def share(self, address: str) -> None:
        """Take calls to "host:port" from within this process; channels that are opened from now on find it."""
        host, _, port = address.rpartition(":")
        hosts = ("127.0.0.1", "localhost") if host in ("", "0.0.0.0", "[::]") else (host,)  # noqa: S104 - compared
        self._addresses = [f"{name}:{port}" for name in hosts]
        _here.update(dict.fromkeys(self._addresses, self))

    def run(self, call: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run one call in a task and a context of its own."""
        task = asyncio.get_running_loop().create_task(call, context=Context())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def stop(self, grace_s: float) -> None:
        """Take no new calls; those under way have so many seconds before they are cancelled."""
        self.stopped.set()
        for address in self._addresses:
            if _here.get(address) is self:
                del _here[address]
        if self._running:
            await asyncio.wait(self._running, timeout=grace_s)
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


class LocalContext:
    """The part of `grpc.aio.ServicerContext` that services here use."""

    __slots__ = ("_deadline_s", "_metadata", "code", "details", "send", "trailers")

    def __init__(self, metadata: Pairs, deadline_s: float | None) -> None:
        self._metadata = metadata
        self._deadline_s = deadline_s
        self.code = grpc.StatusCode.OK
        self.details = ""
        self.trailers: Pairs = ()
        # Takes the replies of a handler that writes them instead of yielding them.
        self.send: Callable[[object], Awaitable[None]] | None = None

    async def write(self, message: object) -> None:
        """Send one reply of a stream."""
        if self.send is None:
            raise TypeError("this method answers once")
        await self.send(message)

    def invocation_metadata(self) -> Pairs:
        """What the caller sent."""
        return self._metadata

    def time_remaining(self) -> float | None:
        """Seconds until the caller's deadline; None where there is none."""
        return None if self._deadline_s is None else max(0.0, self._deadline_s - time.monotonic())

    def peer(self) -> str:
        """Who calls."""
        return "inproc"

    def auth_context(self) -> dict[str, list[bytes]]:
        """No certificate was shown, and none is asked for within a process."""
        return {}

    def set_trailing_metadata(self, trailers: Iterable[tuple[str, str | bytes]]) -> None:
        """Send this when the call ends."""
        self.trailers = tuple(trailers)

    def set_code(self, code: grpc.StatusCode) -> None:
        """End the call with this status, whatever the handler returns."""
        self.code = code

    def set_details(self, details: str) -> None:
        """Say this beside the status."""
        self.details = details

    async def abort(
        self, code: grpc.StatusCode, details: str = "", trailing_metadata: Iterable[tuple[str, str | bytes]] = ()
    ) -> NoReturn:
        """End the call with an error."""
        self.code, self.details = code, details
        if trailing_metadata:
            self.trailers = tuple(trailing_metadata)
        raise grpc.aio.AbortError


class TooLargeError(Exception):
    """A message that the wire would not carry."""


def handed(message: object, write: Any, read: Any) -> Any:
    """The other side's own copy of a message, so that neither changes what the other has.

    `write` and `read` are the serializer of who gives it and the deserializer of who takes it; they are used where it
    is no message but bytes, or was made of bytes.
    """
    if isinstance(message, Message):
        if message.ByteSize() > LARGEST_BYTES:
            raise TooLargeError
        copy = type(message)()
        copy.CopyFrom(message)
        # Whoever has no reader takes the bytes themselves.
        return copy if read is not None else copy.SerializeToString()
    data = message if write is None else write(message)
    return data if read is None else read(data)


class Requests:
    """The messages of a client's stream on their way to the handler, one at a time."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Any] = asyncio.Queue(1)
        self._end = object()

    async def put(self, message: Any) -> None:
        """Hand one over; waits while the handler has not taken the one before."""
        await self._queue.put(message)

    async def done(self) -> None:
        """There are no more."""
        await self._queue.put(self._end)

    async def read(self) -> AsyncIterator[Message | Malformed]:
        """The messages, as the handler reads them."""
        while (message := await self._queue.get()) is not self._end:
            yield message

    def left(self) -> None:
        """The handler reads no more; whoever waits to hand one over need not."""
        with suppress(asyncio.QueueEmpty):
            while True:
                self._queue.get_nowait()
