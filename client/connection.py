"""How the client over gRPC reaches an orchestrator: a channel whose TLS files may change, and calls tried again."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2_grpc as rpc
from atelier.style.v1 import style_pb2_grpc

from .errors import AtelierError
from .grpc_errors import error_from
from .resume import Patience
from .tls import TlsFiles
from .version import version

T = TypeVar("T")

# For one connection to be made; gRPC's own 20 s are long where a host accepts and does not answer. Unit: seconds.
CONNECTING_S = 5.0
OPTIONS = (
    ("grpc.primary_user_agent", f"atelier-client/{version()}"),
    ("grpc.service_config", json.dumps({"loadBalancingConfig": [{"round_robin": {}}]})),
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.initial_reconnect_backoff_ms", 100),
    # Also the time for a connection to be made.
    ("grpc.min_reconnect_backoff_ms", round(CONNECTING_S * 1000)),
    ("grpc.max_reconnect_backoff_ms", 2_000),
)
# Files of TLS are looked at again so often; streams over an older channel may go on for so long. Unit: seconds.
LOOK_AGAIN_S, CLOSE_AFTER_S = 1.0, 600.0


class Connection:
    """An orchestrator at a gRPC target; with `tls` both sides show certificates.

    Raises:
        Invalid: a file of `tls` cannot be read at the start. Later the last ones that could be read stay in force.
    """

    def __init__(self, target: str, tls: TlsFiles | None = None) -> None:
        self.target = target
        self._tls = tls
        self._heard = False
        self._looked_s = time.monotonic()
        self._shown = tls.read() if tls else None
        self._closing: set[asyncio.Task[None]] = set()
        self._open()

    @property
    def stub(self) -> rpc.OrchestratorServiceAsyncStub:
        """Calls of the orchestrator."""
        self._renew()
        return self._stub

    @property
    def styles(self) -> style_pb2_grpc.StyleServiceAsyncStub:
        """Calls of the service for brand styles."""
        self._renew()
        return self._styles

    async def close(self) -> None:
        """End all calls."""
        for task in tuple(self._closing):
            task.cancel()
        await asyncio.gather(*self._closing, return_exceptions=True)
        await self._channel.close()

    def patience(self) -> Patience:
        """For a new series of tries."""
        return Patience(self._heard)

    async def again(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Make a call until it succeeds, as long as that may help.

        Raises:
            AtelierError: what the server answered, or Unreachable.
        """
        patience = self.patience()
        while True:
            try:
                return await self.once(attempt)
            except AtelierError as error:
                await asyncio.sleep(patience.next_delay_s(error))

    async def once(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Make a call once.

        Raises:
            AtelierError: as `again`.
        """
        begun_s = time.monotonic()
        try:
            answer = await attempt()
        except grpc.aio.AioRpcError as error:
            raise error_from(error, time.monotonic() - begun_s) from error
        self._heard = True
        return answer

    def _open(self) -> None:
        if self._shown is None:
            self._channel = grpc.aio.insecure_channel(self.target, options=OPTIONS)
        else:
            certificate, key, ca = self._shown
            credentials = grpc.ssl_channel_credentials(ca, key, certificate)
            self._channel = grpc.aio.secure_channel(self.target, credentials, options=OPTIONS)
        self._stub: rpc.OrchestratorServiceAsyncStub = rpc.OrchestratorServiceStub(self._channel)
        self._styles: style_pb2_grpc.StyleServiceAsyncStub = style_pb2_grpc.StyleServiceStub(self._channel)

    def _renew(self) -> None:
        """Where the files have changed, let calls from now on go over a new connection; those under way stay."""
        if self._tls is None or time.monotonic() - self._looked_s < LOOK_AGAIN_S:
            return
        self._looked_s = time.monotonic()
        try:
            found = self._tls.read()
        except AtelierError:
            return
        if found == self._shown:
            return
        task = asyncio.create_task(self._channel.close(CLOSE_AFTER_S))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        self._shown = found
        self._open()
