"""Services that are not ours, health checks and reflection: their handlers, answering malformed requests as ours do.

Fields that this server does not know pass: the callers are tools of other makers, which may be newer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import grpc
from google.protobuf.message import Message

from services.kit.errors import Reason, ServiceError
from services.kit.handlers import Context, Handlers, Malformed, Registrar, abort, hear_out, parser, well_formed


def shielded(register: Callable[[Any, Any], None], servicer: object) -> Handlers:
    """The handlers that generated code registers for a servicer, by method name."""
    registrar = Registrar()
    register(servicer, registrar)
    return {method: _shield(handler) for method, handler in registrar.handlers.items()}


def _shield(handler: grpc.RpcMethodHandler[Any, Any]) -> grpc.RpcMethodHandler[Any, Any]:
    parse, serialize = parser(handler.request_deserializer), handler.response_serializer
    if handler.stream_stream is not None:
        return grpc.stream_stream_rpc_method_handler(_streams(handler.stream_stream), parse, serialize)
    if handler.unary_stream is not None:
        return grpc.unary_stream_rpc_method_handler(_single(handler.unary_stream), parse, serialize)
    if handler.unary_unary is not None:
        return grpc.unary_unary_rpc_method_handler(_single(handler.unary_unary), parse, serialize)
    raise TypeError("no service of others that is served here takes a stream and answers once")


def _single(behaviour: Callable[[Any, Any], Any]) -> Callable[[Any, Context], Awaitable[Any]]:
    async def handle(request: Message | Malformed, context: Context) -> Any:
        try:
            return await behaviour(well_formed(request), context)
        except NotImplementedError:
            # grpcio's health service for asyncio lacks some methods of its own protos.
            refused = ServiceError(Reason.METHOD_UNKNOWN, "this server does not have the method")
        except ServiceError as error:
            refused = error
        return await abort(context, refused)

    return handle


def _streams(behaviour: Callable[[Any, Any], Any]) -> Callable[[Any, Context], AsyncIterator[Message]]:
    async def handle(requests: AsyncIterator[Message | Malformed], context: Context) -> AsyncIterator[Message]:
        try:
            async for reply in behaviour(_each(requests), context):
                yield reply
            return
        except ServiceError as error:
            refused = error
        await hear_out(requests)
        await abort(context, refused)

    return handle


async def _each(requests: AsyncIterator[Message | Malformed]) -> AsyncIterator[Message]:
    async for request in requests:
        yield well_formed(request)
