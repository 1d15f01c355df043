"""The stand-in as one thing that starts and stops: listening first, engines loading behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aiohttp import web

from services.kit.listening import ListenError
from services.local.app import create_app
from services.local.config import Config
from services.local.desk import Desk
from services.local.engine import Engines
from services.local.engines_default import load_embedded
from services.local.engines_instant import load_instant
from services.local.faults import FaultBox
from services.local.loading import EngineHost
from services.local.models_hosted import HOSTED

MAX_LINE_BYTES = 8190
MAX_HEADER_BYTES = 16 * 1024


class LocalServer:
    """An HTTP server that speaks Workers AI. `load` replaces the engines that the configuration names."""

    def __init__(self, config: Config, *, load: Callable[[], Engines] | None = None) -> None:
        self._config = config
        self._inline = load is None and config.engines == "instant"
        self._load = load or (load_instant if self._inline else partial(load_embedded, config))
        self._desk: Desk | None = None
        self._runner: web.AppRunner | None = None
        self.address = ""

    @property
    def base_url(self) -> str:
        """What a client takes as Cloudflare's base URL."""
        return f"http://{self.address}/client/v4"

    async def start(self) -> None:
        """Listen, then begin to load the engines; requests wait for them.

        Raises:
            ListenError: the port is taken or the address is not this machine's.
        """
        host = EngineHost(self._load, threads=self._config.threads, inline=self._inline)
        self._desk = Desk(host, HOSTED, FaultBox() if self._config.faults else None)
        self._runner = web.AppRunner(
            create_app(self._config, self._desk),
            handler_cancellation=True,
            access_log=None,
            shutdown_timeout=self._config.grace_s,
            max_line_size=MAX_LINE_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )
        await self._runner.setup()
        self.address = await self._listen(self._runner)
        host.start()

    async def stop(self) -> None:
        """Take no new connection, let requests in flight finish within the grace, then end."""
        if self._desk is not None:
            self._desk.stopping.set()
        if self._runner is not None:
            await self._runner.cleanup()
        if self._desk is not None:
            self._desk.host.close()

    async def _listen(self, runner: web.AppRunner) -> str:
        host, _, port = self._config.listen.rpartition(":")
        try:
            site = web.TCPSite(runner, host.strip("[]") or None, int(port))
            await site.start()
        except (OSError, ValueError, OverflowError):
            await runner.cleanup()
            raise ListenError(f"local cannot listen on {self._config.listen}: is the port in use?") from None
        return f"{host}:{runner.addresses[0][1]}"
