"""Channelz for operators, on a port of its own: the servers, channels and connections of this process, and their calls.

It tells addresses of peers, so it listens on loopback only and has no TLS; `kubectl port-forward` reaches it in a pod.
"""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc

from services.kit import telemetry
from services.kit.config import ConfigError
from services.kit.foreign import shielded
from services.kit.handlers import UnknownMethods
from services.kit.listening import ListenError

log = telemetry.get_logger(__name__)

CHANNELZ = "grpc.channelz.v1.Channelz"


@asynccontextmanager
async def served(listen: str) -> AsyncIterator[str]:
    """Serve channelz and reflection for the length of the block; gives the address, empty where `listen` is.

    Raises:
        ConfigError: the address is none of loopback.
        ListenError: the port is taken.
    """
    if not listen:
        yield ""
        return
    host = listen.rpartition(":")[0]
    if not _is_loopback(host):
        raise ConfigError(f"the admin address is {listen}; it takes one on loopback, such as 127.0.0.1:9901")
    server = grpc.aio.server(options=(("grpc.so_reuseport", 0),))
    _add(server)
    try:
        port = server.add_insecure_port(listen)
    except RuntimeError:
        raise ListenError(f"channelz cannot be served on {listen}: is the port in use?") from None
    await server.start()
    log.info("channelz is served", address=f"{host}:{port}")
    try:
        yield f"{host}:{port}"
    finally:
        await server.stop(None)


def _add(server: grpc.aio.Server) -> None:
    # Imported here: a process without an admin port needs none of it.
    from grpc_channelz.v1 import _async, channelz_pb2_grpc
    from grpc_reflection.v1alpha import reflection, reflection_pb2_grpc
    from grpc_reflection.v1alpha._async import ReflectionServicer

    names = [CHANNELZ, reflection.SERVICE_NAME]
    tells = shielded(reflection_pb2_grpc.add_ServerReflectionServicer_to_server, ReflectionServicer(names))
    channelz = shielded(channelz_pb2_grpc.add_ChannelzServicer_to_server, _async.ChannelzServicer())
    common = {
        CHANNELZ: channelz,
        reflection.SERVICE_NAME: tells,
        reflection.SERVICE_NAME.replace("v1alpha", "v1"): tells,
    }
    handlers = [grpc.method_handlers_generic_handler(name, methods) for name, methods in common.items()]
    server.add_generic_rpc_handlers((*handlers, UnknownMethods()))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
