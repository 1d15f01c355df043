"""Calling RPCs that a server describes itself; the part of `atelier call` that needs gRPC."""

from __future__ import annotations

import grpc
import typer
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from . import exits
from .channels import channel_to
from .output import print_json, print_line

CODES = {
    grpc.StatusCode.NOT_FOUND: exits.NOT_FOUND,
    grpc.StatusCode.INVALID_ARGUMENT: exits.REFUSED,
    grpc.StatusCode.UNAVAILABLE: exits.UNREACHABLE,
}


def run(place: str, method: str, request: str, timeout_s: float) -> int:
    """Call a method, or list what there is; returns the exit code."""
    with channel_to(place) as channel:
        try:
            database = ProtoReflectionDescriptorDatabase(channel)
            pool = DescriptorPool(database)
            methods = _methods(database, pool)
            if method:
                _call(channel, _find(methods, method), request, timeout_s)
            else:
                _show(methods)
        except grpc.RpcError as error:
            return failed(error)
    return exits.OK


def failed(error: grpc.RpcError) -> int:
    """Say what an RPC error means; returns the exit code."""
    code = error.code() if isinstance(error, grpc.Call) else grpc.StatusCode.UNKNOWN
    message = error.details() if isinstance(error, grpc.Call) else str(error)
    reason = reason_of(error)
    exits.say(f"{code.name} {reason}: {message}" if reason else f"{code.name}: {message}")
    return CODES.get(code, exits.FAILED)


def reason_of(error: grpc.RpcError) -> str:
    """The reason in the details of an error; empty where there is none."""
    info = error_details_pb2.ErrorInfo()
    trailers: dict[str, object] = dict(error.trailing_metadata() or ()) if isinstance(error, grpc.Call) else {}
    for key, value in trailers.items():
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            for detail in status_pb2.Status.FromString(value).details:
                detail.Unpack(info)
    return str(info.reason)


def _methods(database: ProtoReflectionDescriptorDatabase, pool: DescriptorPool) -> list[MethodDescriptor]:
    found: list[MethodDescriptor] = []
    for service in database.get_services():
        try:
            found += pool.FindServiceByName(service).methods
        except KeyError:
            continue
    return found


def _show(methods: list[MethodDescriptor]) -> None:
    for method in methods:
        stream = "stream " if method.server_streaming else ""
        typer.echo(f"{_path(method)}({method.input_type.name}) -> {stream}{method.output_type.name}")


def _find(methods: list[MethodDescriptor], wanted: str) -> MethodDescriptor:
    names = wanted.strip("/").replace("/", ".")
    found = [method for method in methods if f".{_path(method).replace('/', '.')}".endswith(f".{names}")]
    if len(found) != 1:
        says = "is not served there" if not found else f"could be {', '.join(_path(method) for method in found)}"
        raise typer.BadParameter(f"{wanted} {says}; leave it out to see what is")
    return found[0]


def _path(method: MethodDescriptor) -> str:
    assert method.containing_service is not None
    return f"{method.containing_service.full_name}/{method.name}"


def _call(channel: grpc.Channel, method: MethodDescriptor, text: str, timeout_s: float) -> None:
    if method.client_streaming:
        raise typer.BadParameter("methods that take a stream cannot be called from here")
    message = GetMessageClass(method.input_type)()
    try:
        json_format.Parse(text, message)
    except json_format.ParseError as error:
        raise typer.BadParameter(f"the request does not fit {method.input_type.full_name}: {error}") from None
    path = f"/{_path(method)}"
    send, read = type(message).SerializeToString, GetMessageClass(method.output_type).FromString
    if method.server_streaming:
        for reply in channel.unary_stream(path, send, read)(message, timeout=timeout_s):
            print_line(reply)
    else:
        print_json(channel.unary_unary(path, send, read)(message, timeout=timeout_s))
