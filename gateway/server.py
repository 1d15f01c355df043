"""The HTTP server: uvicorn on our own socket, stopped by our own signals, with streams that end when it drains."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from gateway.hygiene import MAX_HEAD_BYTES
from gateway.protocol import Bounds, bounded
from services.kit.serve import ListenError


class _Quiet(uvicorn.Server):
    """Leaves signals to whoever runs the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install no handler."""
        yield


class HttpServer:
    """Serves an application on `listen` ("host:port", port 0 for any free one), within bounds for each connection."""

    def __init__(self, app: ASGIApp, bounds: Bounds, *, listen: str, grace_s: float, idle_s: int) -> None:
        self.address = ""
        self._listen = listen
        config = uvicorn.Config(
            app,
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

    async def stop(self) -> None:
        """Take no new connection, let requests in flight finish within the grace, then end."""
        self._server.should_exit = True
        if self._running is not None:
            await self._running


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if host.startswith("[") else socket.AF_INET
