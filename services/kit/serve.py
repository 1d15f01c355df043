"""Starting and ending a process: gRPC server with health and reflection, ready line, signals, graceful drain."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Collection
from typing import Any

import grpc
import orjson
from google.protobuf.descriptor import ServiceDescriptor
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2_grpc
from grpc_reflection.v1alpha._async import ReflectionServicer

from services.kit import fitness, telemetry
from services.kit.config import TlsFiles
from services.kit.foreign import shielded
from services.kit.handlers import Registrar, UnknownMethods, wrap
from services.kit.listening import ListenError
from services.kit.local_server import LocalServer
from services.kit.peers import peers_only
from services.kit.standing import Standing
from services.kit.together import MEMBER

log = telemetry.get_logger(__name__)

REFLECTION_V1 = "grpc.reflection.v1.ServerReflection"

OPTIONS: tuple[tuple[str, int], ...] = (
    # Two servers on one port would share its connections without a word; the second one is to fail instead.
    ("grpc.so_reuseport", 0),
    # Clients ping idle connections every 10 s (see channel.py); the default would call that abuse.
    ("grpc.http2.min_ping_interval_without_data_ms", 5_000),
    ("grpc.keepalive_permit_without_calls", 1),
    # A client asks DNS again when a connection ends. So connections end every few seconds, without harm to the calls on
    # them, and a replica that was added gets its share soon.
    ("grpc.max_connection_age_ms", 3_000),
    ("grpc.max_receive_message_length", 4 * 1024 * 1024),
    # gRPC takes new calls out of a queue one by one. Past 1,000 in it, by default, it throws some away at random, which
    # clients see as CANCELLED; a burst of watchers is no attack, and one that waits in the queue costs a few KiB.
    ("grpc.server.max_pending_requests", 20_000),
    ("grpc.server.max_pending_requests_hard_limit", 40_000),
)


class GrpcServer:
    """A gRPC server with the health service, reflection v1 and v1alpha, and typed errors on every method.

    `listen` is "host:port", port 0 for any free one. `grace_s` is how long calls in flight may go on once it stops.
    With `tls` every client has to show a certificate, and one with a name in `peers` to call more than health checks
    and reflection.
    """

    def __init__(
        self,
        process: str,
        *,
        listen: str,
        grace_s: float = 30.0,
        tls: TlsFiles | None = None,
        peers: Collection[str] = (),
    ) -> None:
        self.process = process
        self.address = ""
        self.draining = asyncio.Event()
        self._listen = listen
        self._grace_s = grace_s
        self._tls = tls
        self._admit = peers_only(peers) if tls is not None else None
        self._server = grpc.aio.server(options=OPTIONS)
        self._health = health.aio.HealthServicer()
        self._names: list[str] = []
        self._standing = Standing(self._tell_fitness)
        self._local = LocalServer()

    def add(self, register: Callable[[Any, Any], None], servicer: object, descriptor: ServiceDescriptor) -> None:
        """Serve one service; `register` is the generated `add_...Servicer_to_server`."""
        registrar = Registrar()
        register(servicer, registrar)
        name = descriptor.full_name
        handlers = {
            method: wrap(name, method, handler, self._admit, self._standing)
            for method, handler in registrar.handlers.items()
        }
        # Within a process nobody shows a certificate.
        self._local.handlers.update(
            (f"/{name}/{method}", wrap(name, method, handler, None, self._standing))
            for method, handler in registrar.handlers.items()
        )
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(name, handlers),))
        self._names.append(name)

    async def start(self) -> None:
        """Listen, and answer health checks with SERVING.

        Raises:
            ListenError: the port is taken or the address is not this machine's.
        """
        self._add_common_services()
        try:
            port = self._add_port()
        except RuntimeError:
            port = 0
        if port == 0:
            raise ListenError(f"{self.process} cannot listen on {self._listen}: is the port in use?")
        await self._server.start()
        self.address = f"{self._listen.rpartition(':')[0]}:{port}"
        for name in ("", fitness.SERVICE, *self._names):
            await self._health.set(name, health_pb2.HealthCheckResponse.SERVING)

    async def stop(self) -> None:
        """Say NOT_SERVING, take no new calls, let those in flight finish within the grace, then end."""
        self.draining.set()
        await self._health.enter_graceful_shutdown()
        await asyncio.gather(self._server.stop(self._grace_s), self._local.stop(self._grace_s))
        await self._standing.stop()

    def share(self) -> None:
        """Answer callers in this process without the wire, those whose channels are opened from now on."""
        self._local.share(self.address)

    async def _tell_fitness(self, fit: bool) -> None:
        serving = health_pb2.HealthCheckResponse
        await self._health.set(fitness.SERVICE, serving.SERVING if fit else serving.NOT_SERVING)

    def _add_port(self) -> int:
        if self._tls is None:
            return self._server.add_insecure_port(self._listen)
        # Imported here because most processes speak without, and it takes a tenth of a second.
        from services.kit.tls import Identity, server_credentials

        return self._server.add_secure_port(self._listen, server_credentials(Identity(self._tls)))

    def _add_common_services(self) -> None:
        names = [*self._names, health.SERVICE_NAME, reflection.SERVICE_NAME]
        checks = shielded(health_pb2_grpc.add_HealthServicer_to_server, self._health)
        tells = shielded(reflection_pb2_grpc.add_ServerReflectionServicer_to_server, ReflectionServicer(names))
        # v1 has the messages of v1alpha under another service name; grpcio ships the latter only.
        common = {health.SERVICE_NAME: checks, reflection.SERVICE_NAME: tells, REFLECTION_V1: tells}
        self._local.handlers.update((f"/{health.SERVICE_NAME}/{method}", check) for method, check in checks.items())
        handlers = [grpc.method_handlers_generic_handler(name, methods) for name, methods in common.items()]
        self._server.add_generic_rpc_handlers((*handlers, UnknownMethods()))


async def run(server: GrpcServer) -> None:
    """Serve until a signal or the parent's end, then drain."""
    await server.start()
    if MEMBER.get() is not None:
        server.share()
    announce(server.process, server.address)
    await stop_requested()
    log.info("draining", address=server.address)
    await server.stop()


def announce(process: str, address: str) -> None:
    """Print the ready line: one JSON object on stdout that tells whoever started the process where it listens.

    A service that shares its process with others tells those who put them together, who print the line for all.
    """
    member = MEMBER.get()
    if member is not None:
        log.info("ready", member=process, address=address)
        member.ready.set()
        return
    # Modules, descriptors and tables stay until the end: the garbage collector need not look at them again and again.
    gc.freeze()
    sys.stdout.write(orjson.dumps({"ready": process, "address": address}).decode() + "\n")
    sys.stdout.flush()
    log.info("ready", address=address)


async def stop_requested(*, with_parent: bool | None = None) -> None:
    """Wait for SIGTERM, SIGINT or, with `--with-parent` on the command line, the end of standard input.

    A service that shares its process with others waits until it is told.
    """
    if (member := MEMBER.get()) is not None:
        await member.stop.wait()
        return
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    follows = "--with-parent" in sys.argv if with_parent is None else with_parent
    if follows:
        loop.add_reader(sys.stdin.fileno(), _on_input, loop, stop)
    try:
        await stop.wait()
    finally:
        if follows:
            loop.remove_reader(sys.stdin.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _on_input(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    # Nothing is ever written to this pipe: it becomes readable when the parent is gone, however it went.
    if not os.read(sys.stdin.fileno(), 1):
        loop.remove_reader(sys.stdin.fileno())
        stop.set()
