"""What happens around every RPC handler: call context, strict requests, typed errors, one log record."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias, cast

import grpc
from google.protobuf import unknown_fields
from google.protobuf.message import DecodeError, Message

from services.kit import call, metrics, slots, status, telemetry, tracing
from services.kit.errors import Reason, ServiceError, invalid_field
from services.kit.slots import Work
from services.kit.standing import Standing
from services.kit.tracing import SpanKind

log = telemetry.get_logger(__name__)

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
Streaming = Callable[[Any, Any], AsyncIterator[Message]]
# A number of requests is short; what is longer is no number of ours, and reading it would take its time.
ATTEMPTS = re.compile("[0-9]{1,6}")
OK, CANCELLED = "OK", Reason.CANCELLED.value
HEAR_OUT_S, HEAR_OUT_BYTES = 5.0, 64 * 1024 * 1024
Admission = Callable[[Any], None]
Handlers: TypeAlias = "dict[str, grpc.RpcMethodHandler[Any, Any]]"


@dataclass(frozen=True, slots=True)
class Malformed:
    """A request that is no message of its type; the handler never sees it."""

    type_name: str
    problem: str
    size: int

    def __len__(self) -> int:
        return self.size


class Registrar:
    """Takes the handlers that generated code registers, so that they can be wrapped first."""

    def __init__(self) -> None:
        self.handlers: Handlers = {}

    def add_generic_rpc_handlers(self, handlers: object) -> None:
        """Ignored: the same handlers come by method name as well."""

    def add_registered_method_handlers(self, service_name: str, handlers: Handlers) -> None:
        """Keep the handlers of one service."""
        self.handlers.update(handlers)


def wrap(
    service_name: str,
    method: str,
    handler: grpc.RpcMethodHandler[Any, Any],
    admit: Admission | None = None,
    standing: Standing | None = None,
) -> grpc.RpcMethodHandler[Any, Any]:
    """The same handler with everything around it that this file is about.

    `admit` raises for callers that may not; `standing` hears how calls end, and callers hear from it.
    """
    full_name = f"{service_name}/{method}"
    parse = parser(handler.request_deserializer)
    if handler.unary_unary is not None:
        return grpc.unary_unary_rpc_method_handler(
            _unary(full_name, handler.unary_unary, admit, standing=standing), parse, handler.response_serializer
        )
    if handler.unary_stream is not None:
        return grpc.unary_stream_rpc_method_handler(
            _streaming(full_name, cast(Streaming, handler.unary_stream), admit), parse, handler.response_serializer
        )
    if handler.stream_unary is not None:
        return grpc.stream_unary_rpc_method_handler(
            _unary(full_name, handler.stream_unary, admit, _each_checked), parse, handler.response_serializer
        )
    raise TypeError(f"{full_name} takes and answers a stream; no service here does")


class UnknownMethods(grpc.GenericRpcHandler):
    """Answers calls to methods that no service has with a typed error, as every other error is."""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any]:
        """A handler that refuses whatever the client sends."""
        name = getattr(handler_call_details, "method", "")

        async def refuse(requests: AsyncIterator[bytes], context: Context) -> None:
            await hear_out(requests)
            await abort(context, ServiceError(Reason.METHOD_UNKNOWN, f"this server has no method {name}"))

        return grpc.stream_stream_rpc_method_handler(refuse)


async def abort(context: Context, error: ServiceError, more: tuple[tuple[str, bytes], ...] = ()) -> NoReturn:
    """End the call with a typed error, and with `more` trailing metadata."""
    await context.abort(status.status_code(error), error.message, trailing_metadata=(*status.trailers(error), *more))
    raise AssertionError("unreachable: abort raises")


def _unary(
    name: str,
    behaviour: Callable[[Any, Any], Awaitable[Message]],
    admit: Admission | None,
    check: Callable[[Any], object] | None = None,
    standing: Standing | None = None,
) -> Callable[[Any, Context], Awaitable[Message]]:
    checked = check or _checked

    async def handle(request: Any, context: Context) -> Message:
        served, code, failure = _Served(name, context), CANCELLED, None
        if standing is not None:
            standing.begins(served.work)
        try:
            try:
                if admit is not None:
                    admit(context)
                reply = await behaviour(checked(request), context)
                if standing is not None and (trailers := standing.ended(served.work, None)):
                    context.set_trailing_metadata(trailers)
                code = OK
                return reply
            except grpc.aio.AbortError:
                raise
            except Exception as error:
                failure = _typed(name, error)
            if check is not None:
                await hear_out(request)
            code = failure.reason.value
        finally:
            if standing is not None and code == CANCELLED:
                standing.broken_off(served.work)
            served.end(code, failure)
        return await abort(context, failure, standing.ended(served.work, failure) if standing else ())

    return handle


def _streaming(name: str, behaviour: Streaming, admit: Admission | None) -> Streaming:
    async def handle(request: Message | Malformed, context: Context) -> AsyncIterator[Message]:
        served, code, failure = _Served(name, context), CANCELLED, None
        try:
            try:
                if admit is not None:
                    admit(context)
                async for reply in behaviour(_checked(request), context):
                    yield reply
                code = OK
            except grpc.aio.AbortError:
                raise
            except Exception as error:
                failure = _typed(name, error)
                code = failure.reason.value
        finally:
            served.end(code, failure)
        if failure is not None:
            await abort(context, failure)

    return handle


def parser(deserialize: Callable[[bytes], Any] | None) -> Callable[[bytes], Any]:
    """The same deserializer, which turns what it cannot read into Malformed."""
    if deserialize is None:
        raise TypeError("a handler of generated code always has a deserializer")

    def parse(data: bytes) -> Message | Malformed:
        try:
            message: Message = deserialize(data)
        except DecodeError as error:
            owner = getattr(deserialize, "__self__", None)
            return Malformed(getattr(owner, "__name__", "request"), str(error), len(data))
        return message

    return parse


def _checked(request: Message | Malformed) -> Message:
    """The request, if it is a message of its type without fields that this server does not know.

    A field that is ignored would be a choice of the caller's that silently does not count.
    """
    message = well_formed(request)
    if (path := _unknown_field(message, "")) is not None:
        raise invalid_field(path, "is not known to this server", "fields of the published protos")
    return message


def well_formed(request: Message | Malformed) -> Message:
    """The request, if it is a message at all.

    Raises:
        ServiceError: FIELD_INVALID, where its bytes are none of its type.
    """
    if isinstance(request, Malformed):
        raise invalid_field("request", f"is no valid {request.type_name}: {request.problem}")
    return request


async def hear_out(requests: AsyncIterator[Message | Malformed | bytes]) -> None:
    """Let a client that is still sending come to its end, within reason.

    One that finds its stream closed while it writes is told of a broken call by its own gRPC, and not of our error.
    """
    heard_bytes = 0
    with suppress(Exception):
        async with asyncio.timeout(HEAR_OUT_S):
            async for request in requests:
                heard_bytes += request.ByteSize() if isinstance(request, Message) else len(request)
                if heard_bytes > HEAR_OUT_BYTES:
                    return


async def _each_checked(requests: AsyncIterator[Message | Malformed]) -> AsyncIterator[Message]:
    async for request in requests:
        yield _checked(request)


def _unknown_field(message: Message, path: str) -> str | None:
    extra = unknown_fields.UnknownFieldSet(message)
    if len(extra):
        return f"{path}field {extra[0].field_number}"
    for descriptor, value in message.ListFields():
        if descriptor.message_type is None or descriptor.message_type.GetOptions().map_entry:
            continue
        for part in value if descriptor.is_repeated else (value,):
            if (found := _unknown_field(part, f"{path}{descriptor.name}.")) is not None:
                return found
    return None


class _Served:
    """A call that is being served: its context while it runs, and its record once it ended."""

    __slots__ = ("_name", "_span", "_started_s", "work")

    def __init__(self, name: str, context: Context) -> None:
        """Set the call context of this task, and continue the caller's trace."""
        parent, attempts = "", 0
        for key, value in context.invocation_metadata() or ():
            if key == "traceparent":
                parent = str(value)
            elif key == call.ATTEMPTS_KEY and ATTEMPTS.fullmatch(str(value)):
                attempts = int(value)
        # A task serves one call, so nothing has to be undone.
        call.enter(context.time_remaining(), attempts)
        self.work: Work = slots.watch()
        self._name = name
        self._span = tracing.begin(name, parent, SpanKind.SERVER, tracing.rpc_attributes(name))
        self._started_s = time.perf_counter()

    def end(self, code: str, error: ServiceError | None) -> None:
        """Tell how it ended: with OK, a reason, or CANCELLED where nobody waits for it any more."""
        seconds = time.perf_counter() - self._started_s
        fields: dict[str, object] = {"rpc": self._name, "duration_ms": round(seconds * 1000, 1)}
        self._span.set_attribute("rpc.response.status_code", code)
        if error is not None:
            fields["error"] = error.message
            tracing.failed(self._span, code, error.message)
        metrics.observe(metrics.RPC_SERVER, seconds, self._name, code)
        log.info("rpc", code=code, **fields)
        self._span.end()


def _typed(name: str, error: Exception) -> ServiceError:
    if isinstance(error, ServiceError):
        return error
    log.exception("a defect ended an rpc", rpc=name)
    trace_id = telemetry.trace_id()
    message = f"an internal error; the server's log has it under trace id {trace_id}"
    return ServiceError(Reason.INTERNAL, message, metadata={"trace_id": trace_id})
