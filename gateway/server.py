"""The HTTP server: uvicorn on our own socket, stopped by our own signals, with streams that end when it drains."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from gateway.config import Https
from gateway.hygiene import MAX_HEAD_BYTES
from gateway.protocol import Bounds, bounded
from services.kit import telemetry
from services.kit.config import ConfigError
from services.kit.listening import ListenError

log = telemetry.get_logger(__name__)

LOOK_AGAIN_S = 1.0


class _Quiet(uvicorn.Server):
    """Leaves signals to whoever runs the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install no handler."""
        yield


class HttpServer:
    """Serves an application on `listen` ("host:port", port 0 for any free one), within bounds for each connection."""

    def __init__(
        self, app: ASGIApp, bounds: Bounds, *, listen: str, grace_s: float, idle_s: int, https: Https | None = None
    ) -> None:
        self.address = ""
        self._listen = listen
        self._https = https
        self._context = context = _context(https) if https is not None else None
        self._renewing: asyncio.Task[None] | None = None
        config = uvicorn.Config(
            app,
            # A context of our own, so that it can take new files.
            ssl_context_factory=None if context is None else lambda *_: context,
            http=bounded(bounds),
            ws="none",
            h11_max_incomplete_event_size=MAX_HEAD_BYTES,
            timeout_keep_alive=idle_s,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=round(grace_s),
        )
        self._server = _Quiet(config)
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; the address is then known.

        Raises:
            ListenError: the port is taken or the address is not this machine's.
        """
        host, _, port = self._listen.rpartition(":")
        try:
            sock = socket.create_server((host.strip("[]"), int(port)), family=_family(host), backlog=2048)
        except OSError as error:
            raise ListenError(f"the gateway cannot listen on {self._listen}: {error.strerror}") from None
        self.address = f"{host}:{sock.getsockname()[1]}"
        self._running = asyncio.create_task(self._server.serve([sock]))
        if self._https is not None and self._context is not None:
            self._renewing = asyncio.create_task(_renew(self._context, self._https))

    async def stop(self) -> None:
        """Take no new connection, let requests in flight finish within the grace, then end."""
        self._server.should_exit = True
        if self._renewing is not None:
            self._renewing.cancel()
        if self._running is not None:
            await self._running


def _context(https: Https) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(https.certificate, https.key)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"{https.certificate} and {https.key} are no certificate and key: {error}") from None
    return context


async def _renew(context: ssl.SSLContext, https: Https) -> None:
    """Take the files again whenever they change; a pair that does not fit leaves the old one in force."""
    seen = _versions(https)
    while True:
        await asyncio.sleep(LOOK_AGAIN_S)
        now = _versions(https)
        if now == seen:
            continue
        seen = now
        try:
            _context(https)
            context.load_cert_chain(https.certificate, https.key)
        except ConfigError as error:
            log.error("new HTTPS files are no good; the old ones stay in force", error=str(error))
        else:
            log.info("HTTPS files were changed")


def _versions(https: Https) -> tuple[tuple[int, int], ...]:
    found = []
    for path in (https.certificate, https.key):
        try:
            status = path.stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((status.st_mtime_ns, status.st_ino))
    return tuple(found)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if host.startswith("[") else socket.AF_INET
