"""`atelier call`: any RPC of any server with reflection, with JSON in and out."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import grpc
import typer
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from . import exits
from .output import print_json

CODES = {
    grpc.StatusCode.NOT_FOUND: exits.NOT_FOUND,
    grpc.StatusCode.INVALID_ARGUMENT: exits.REFUSED,
    grpc.StatusCode.UNAVAILABLE: exits.UNREACHABLE,
}


def call(
    address: Annotated[str, typer.Argument(help="host:port of a gRPC server.")],
    method: Annotated[str, typer.Argument(help="package.Service/Method; without one, what there is is listed.")] = "",
    request: Annotated[str, typer.Argument(help="The request as JSON, or - for stdin.")] = "{}",
    timeout_s: Annotated[float, typer.Option("--timeout", help="Unit: seconds.")] = 120.0,
) -> None:
    """Call an RPC by reflection, as grpcurl does; a stream prints one JSON document a line."""
    with grpc.insecure_channel(address) as channel:
        try:
            database = ProtoReflectionDescriptorDatabase(channel)
            pool = DescriptorPool(database)
            if not method:
                _list(database, pool)
                return
            _call(channel, _find(pool, method), sys.stdin.read() if request == "-" else request, timeout_s)
        except grpc.RpcError as error:
            _fail(error)


def _list(database: ProtoReflectionDescriptorDatabase, pool: DescriptorPool) -> None:
    for service in database.get_services():
        try:
            found = pool.FindServiceByName(service)
        except KeyError:
            continue
        for method in found.methods:
            stream = "stream " if method.server_streaming else ""
            typer.echo(f"{service}/{method.name}({method.input_type.name}) -> {stream}{method.output_type.name}")


def _find(pool: DescriptorPool, name: str) -> MethodDescriptor:
    service, _, method = name.replace("/", ".").rpartition(".")
    try:
        return pool.FindServiceByName(service).methods_by_name[method]
    except KeyError:
        raise typer.BadParameter(f"{name} is not served there; leave it out to see what is") from None


def _call(channel: grpc.Channel, method: MethodDescriptor, text: str, timeout_s: float) -> None:
    service = method.containing_service
    assert service is not None
    if method.client_streaming:
        raise typer.BadParameter("methods that take a stream cannot be called from here")
    message = GetMessageClass(method.input_type)()
    try:
        json_format.Parse(text, message)
    except json_format.ParseError as error:
        raise typer.BadParameter(f"the request does not fit {method.input_type.full_name}: {error}") from None
    path = f"/{service.full_name}/{method.name}"
    send, read = type(message).SerializeToString, GetMessageClass(method.output_type).FromString
    if method.server_streaming:
        for reply in channel.unary_stream(path, send, read)(message, timeout=timeout_s):
            print_json(reply)
    else:
        print_json(channel.unary_unary(path, send, read)(message, timeout=timeout_s))


def _fail(error: grpc.RpcError) -> NoReturn:
    code = error.code() if isinstance(error, grpc.Call) else grpc.StatusCode.UNKNOWN
    message = error.details() if isinstance(error, grpc.Call) else str(error)
    sys.stderr.write(f"atelier: {code.name} {_reason(error)}: {message}\n")
    sys.exit(CODES.get(code, exits.FAILED))


def _reason(error: grpc.RpcError) -> str:
    info = error_details_pb2.ErrorInfo()
    trailers: dict[str, object] = dict(error.trailing_metadata() or ()) if isinstance(error, grpc.Call) else {}
    for key, value in trailers.items():
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            for detail in status_pb2.Status.FromString(value).details:
                detail.Unpack(info)
    return str(info.reason)
