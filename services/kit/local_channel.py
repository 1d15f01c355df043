"""A gRPC channel to services of the same process: to stubs it is one, and messages are handed over without the wire.

What a call can rely on is the same: typed errors, metadata, deadlines, cancellation that reaches the handler, streams
that wait for their reader, messages of its own. There is no connection, so nothing is retried or balanced here.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Generator, Iterable
from contextlib import aclosing
from typing import Any

import grpc

from services.kit.errors import Reason, ServiceError
from services.kit.handlers import abort
from services.kit.local_server import LocalContext, LocalServer, Pairs, Requests, TooLargeError, handed

# Replies that a handler may be ahead of its reader.
AHEAD = 8

_NONE = object()


class LocalChannel(grpc.aio.Channel):
    """Calls of one server in this process."""

    def __init__(self, server: LocalServer) -> None:
        self._server = server

    def unary_unary(self, method: str, *coders: Any, **named: Any) -> Any:
        """See `grpc.aio.Channel`."""
        return _Method(self._server, method, *_coders(*coders, **named), _OneReply)

    def unary_stream(self, method: str, *coders: Any, **named: Any) -> Any:
        """See `grpc.aio.Channel`."""
        return _Method(self._server, method, *_coders(*coders, **named), _ManyReplies)

    def stream_unary(self, method: str, *coders: Any, **named: Any) -> Any:
        """See `grpc.aio.Channel`."""
        return _Method(self._server, method, *_coders(*coders, **named), _ManyRequests)

    def stream_stream(self, method: str, *coders: Any, **named: Any) -> Any:
        """See `grpc.aio.Channel`; no service here has such a method."""
        raise NotImplementedError(f"{method}: no service of ours takes and answers a stream")

    async def close(self, grace: float | None = None) -> None:
        """Nothing is open."""

    def get_state(self, try_to_connect: bool = False) -> grpc.ChannelConnectivity:
        """See `grpc.aio.Channel`."""
        return grpc.ChannelConnectivity.SHUTDOWN if self._server.stopped.is_set() else grpc.ChannelConnectivity.READY

    async def wait_for_state_change(self, last_observed_state: grpc.ChannelConnectivity) -> None:
        """See `grpc.aio.Channel`; a state other than the last one is there already or comes with the end."""
        if self.get_state() is last_observed_state:
            await self._server.stopped.wait()

    async def channel_ready(self) -> None:
        """See `grpc.aio.Channel`."""

    async def __aenter__(self) -> LocalChannel:
        return self

    async def __aexit__(self, *exit: object) -> None:
        await self.close()


def _coders(
    request_serializer: Any = None, response_deserializer: Any = None, _registered_method: bool | None = False
) -> tuple[Any, Any]:
    """What stubs give besides the path, in gRPC's own names."""
    return request_serializer, response_deserializer


class _Method:
    """A method of a stub."""

    def __init__(self, server: LocalServer, path: str, write: Any, read: Any, kind: type[_Call]) -> None:
        # Under the name that gRPC's own methods have it.
        self._method = path.encode()
        self.path = path
        self.server = server
        self.write = write
        self.read = read
        self._kind = kind

    def __call__(
        self,
        request: Any = None,
        *,
        timeout: float | None = None,
        metadata: Iterable[tuple[str, str | bytes]] | None = None,
        credentials: object = None,
        wait_for_ready: bool | None = None,
        compression: object = None,
    ) -> Any:
        return self._kind(self, request, timeout, tuple(metadata or ()))


class _Call:
    """One call: a task that runs the handler, and what becomes of it."""

    def __init__(self, method: _Method, request: Any, timeout_s: float | None, metadata: Pairs) -> None:
        self._method = method
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[Any] = self._loop.create_future()
        # An error that nobody asks for is no defect: the caller may have gone.
        self._ended.add_done_callback(_looked_at)
        self._deadline_s = None if timeout_s is None else time.monotonic() + timeout_s
        self._context = LocalContext(metadata, self._deadline_s)
        self._task: asyncio.Task[None] | None = None
        self._alarm: asyncio.TimerHandle | None = None
        if method.server.stopped.is_set():
            self._fail(grpc.StatusCode.UNAVAILABLE, "failed to connect to all addresses; the server has stopped")
        elif timeout_s is not None and timeout_s <= 0:
            self._fail(grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded")
        else:
            self._begin(request)
            if timeout_s is not None and timeout_s != float("inf"):
                self._alarm = self._loop.call_later(timeout_s, self._expire)

    def _begin(self, request: Any) -> None:
        handler = self._method.server.handlers.get(self._method.path)
        try:
            if handler is not None and request is not None:
                request = handed(request, self._method.write, handler.request_deserializer)
        except TooLargeError:
            self._fail(*_TOO_LARGE)
            return
        self._task = self._method.server.run(self._run(handler, request))

    async def _run(self, handler: Any, request: Any) -> None:
        """Serve the call; whatever happens becomes its end."""
        try:
            if handler is None:
                await self._unknown(request)
            result = await self._serve(handler, request)
        except grpc.aio.AbortError:
            self._fail(self._context.code, self._context.details)
        except TooLargeError:
            self._fail(*_TOO_LARGE)
        except asyncio.CancelledError:
            if self._method.server.stopped.is_set():
                self._fail(grpc.StatusCode.UNAVAILABLE, "the server has stopped")
            else:
                self._fail(grpc.StatusCode.CANCELLED, "the call was cancelled where it was served")
            raise
        except Exception as error:
            self._fail(grpc.StatusCode.UNKNOWN, f"Unexpected {type(error).__name__}")
        else:
            if self._context.code is grpc.StatusCode.OK:
                self._finish(result)
            else:
                self._fail(self._context.code, self._context.details)

    async def _serve(self, handler: Any, request: Any) -> Any:
        raise NotImplementedError

    async def _unknown(self, request: Any) -> None:
        error = ServiceError(Reason.METHOD_UNKNOWN, f"this server has no method {self._method.path}")
        await abort(self._context, error)  # type: ignore[arg-type]

    def _finish(self, result: Any) -> None:
        if not self._ended.done():
            self._ended.set_result(result)
            self._rest()

    def _fail(self, code: grpc.StatusCode, details: str) -> None:
        if not self._ended.done():
            trailers = grpc.aio.Metadata(*self._context.trailers)
            self._context.code, self._context.details = code, details
            self._ended.set_exception(grpc.aio.AioRpcError(code, grpc.aio.Metadata(), trailers, details))
            self._rest()

    def _rest(self) -> None:
        """Nothing more happens, whoever still waits for it."""
        if self._alarm is not None:
            self._alarm.cancel()

    def _expire(self) -> None:
        self._fail(grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded")
        self._stop()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def cancel(self) -> bool:
        """See `grpc.aio.Call`."""
        if self._ended.done():
            return False
        self._context.code, self._context.details = grpc.StatusCode.CANCELLED, "Locally cancelled by application!"
        self._ended.cancel()
        self._rest()
        self._stop()
        return True

    def cancelled(self) -> bool:
        """See `grpc.aio.Call`."""
        return self._ended.cancelled()

    def done(self) -> bool:
        """See `grpc.aio.Call`."""
        return self._ended.done()

    def time_remaining(self) -> float | None:
        """See `grpc.aio.Call`."""
        return self._context.time_remaining()

    def add_done_callback(self, callback: Callable[[Any], None]) -> None:
        """See `grpc.aio.Call`."""
        self._ended.add_done_callback(lambda _: callback(self))

    async def initial_metadata(self) -> grpc.aio.Metadata:
        """See `grpc.aio.Call`; nothing here sends any."""
        return grpc.aio.Metadata()

    async def trailing_metadata(self) -> grpc.aio.Metadata:
        """See `grpc.aio.Call`."""
        await asyncio.wait([self._ended])
        return grpc.aio.Metadata(*self._context.trailers)

    async def code(self) -> grpc.StatusCode:
        """See `grpc.aio.Call`."""
        await asyncio.wait([self._ended])
        return self._context.code

    async def details(self) -> str:
        """See `grpc.aio.Call`."""
        await asyncio.wait([self._ended])
        return self._context.details

    async def wait_for_connection(self) -> None:
        """See `grpc.aio.Call`."""


class _OneReply(_Call):
    """A request and a reply."""

    async def _serve(self, handler: Any, request: Any) -> Any:
        reply = await handler.unary_unary(request, self._context)
        return handed(reply, handler.response_serializer, self._method.read)

    def __await__(self) -> Generator[Any, None, Any]:
        try:
            return (yield from self._ended.__await__())
        except asyncio.CancelledError:
            # Whoever waits for a call and stops waiting cancels it.
            self._context.code = grpc.StatusCode.CANCELLED
            self._rest()
            self._stop()
            raise


class _ManyReplies(_Call):
    """A request and a stream of replies; the handler waits while its reader is AHEAD of them behind."""

    def __init__(self, method: _Method, request: Any, timeout_s: float | None, metadata: Pairs) -> None:
        self._replies: deque[Any] = deque()
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        super().__init__(method, request, timeout_s, metadata)
        self._ended.add_done_callback(lambda _: _wake(self._reader))

    async def _serve(self, handler: Any, request: Any) -> Any:
        async def send(reply: object) -> None:
            while len(self._replies) >= AHEAD:
                self._writer = self._loop.create_future()
                await self._writer
            self._replies.append(handed(reply, handler.response_serializer, self._method.read))
            _wake(self._reader)

        self._context.send = send
        served = handler.unary_stream(request, self._context)
        if not isinstance(served, AsyncGenerator):
            await served
            return
        async with aclosing(served) as replies:
            async for reply in replies:
                await send(reply)

    async def read(self) -> Any:
        """See `grpc.aio.UnaryStreamCall`."""
        if (reply := await self._next()) is _NONE:
            return grpc.aio.EOF
        return reply

    async def __aiter__(self) -> AsyncIterator[Any]:
        while (reply := await self._next()) is not _NONE:
            yield reply

    async def _next(self) -> Any:
        """The next reply, _NONE after the last; raises how the call ended. What came before an error is read first."""
        while not self._replies:
            if self._ended.done():
                self._ended.result()
                return _NONE
            self._reader = self._loop.create_future()
            try:
                await self._reader
            except asyncio.CancelledError:
                self.cancel()
                raise
        reply = self._replies.popleft()
        _wake(self._writer)
        return reply


class _ManyRequests(_OneReply):
    """A stream of requests and a reply."""

    def __init__(self, method: _Method, request: Any, timeout_s: float | None, metadata: Pairs) -> None:
        self._requests = Requests()
        self._feeding: asyncio.Task[None] | None = None
        super().__init__(method, None, timeout_s, metadata)
        self._ended.add_done_callback(lambda _: self._requests.left())
        if request is not None and not self.done():
            self._feeding = self._loop.create_task(self._feed(request))

    async def _serve(self, handler: Any, request: Any) -> Any:
        reply = await handler.stream_unary(self._requests.read(), self._context)
        return handed(reply, handler.response_serializer, self._method.read)

    async def write(self, request: Any) -> None:
        """See `grpc.aio.StreamUnaryCall`.

        Raises:
            asyncio.InvalidStateError: the call has ended; awaiting it tells how.
        """
        if self._ended.done():
            raise asyncio.InvalidStateError("RPC already finished.")
        handler = self._method.server.handlers.get(self._method.path)
        if handler is None:
            return
        try:
            message = handed(request, self._method.write, handler.request_deserializer)
        except TooLargeError:
            self._fail(*_TOO_LARGE)
            self._stop()
            return
        await self._requests.put(message)

    async def done_writing(self) -> None:
        """See `grpc.aio.StreamUnaryCall`."""
        if not self._ended.done():
            await self._requests.done()

    async def _feed(self, requests: AsyncIterable[Any] | Iterable[Any]) -> None:
        try:
            if isinstance(requests, AsyncIterable):
                async for request in requests:
                    await self.write(request)
            else:
                for request in requests:
                    await self.write(request)
            await self.done_writing()
        except asyncio.InvalidStateError:
            return
        except Exception:
            self.cancel()


_TOO_LARGE = (grpc.StatusCode.RESOURCE_EXHAUSTED, "Received message larger than max")


def _wake(sleeper: asyncio.Future[None] | None) -> None:
    if sleeper is not None and not sleeper.done():
        sleeper.set_result(None)


def _looked_at(ended: asyncio.Future[Any]) -> None:
    if not ended.cancelled():
        ended.exception()
