"""Starts every service in this process: `python -m services.onebox`.

Each one has the settings, the port, health and reflection that it has alone. They start from the leaves up and stop
from the gateway down; when one of them ends by itself, all end, so that whoever runs the process starts it again.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

from gateway.__main__ import serve as serve_gateway
from gateway.config import Config as GatewayConfig
from services.image.__main__ import serve as serve_image
from services.image.config import Config as ImageConfig
from services.kit import telemetry
from services.kit.admin import served
from services.kit.config import Common, describe, load
from services.kit.main import main
from services.kit.metrics import MetricsPage
from services.kit.serve import announce, stop_requested
from services.kit.together import MEMBER, Member
from services.moderation.__main__ import serve as serve_moderation
from services.moderation.config import Config as ModerationConfig
from services.onebox.config import Config
from services.orchestrator.__main__ import serve as serve_orchestrator
from services.orchestrator.config import Config as OrchestratorConfig
from services.prompt.__main__ import serve as serve_prompt
from services.prompt.config import Config as PromptConfig

log = telemetry.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """One of them: its name, its settings, and what serves until it is told to stop."""

    name: str
    config: type[Common]
    serve: Callable[[Any], Awaitable[None]]


# Each stage calls those before it: they serve when it starts, and until it has stopped.
STAGES = (
    (
        Service("prompt", PromptConfig, serve_prompt),
        Service("moderation", ModerationConfig, serve_moderation),
        Service("image", ImageConfig, serve_image),
    ),
    (Service("orchestrator", OrchestratorConfig, serve_orchestrator),),
    (Service("gateway", GatewayConfig, serve_gateway),),
)


class Running:
    """A service that was started."""

    def __init__(self, service: Service, config: Common) -> None:
        self.member = Member()
        log.info("starting", member=service.name, **describe(config, service.name))
        self.task = asyncio.create_task(self._run(service, config), name=service.name)

    async def _run(self, service: Service, config: Common) -> None:
        MEMBER.set(self.member)
        await service.serve(config)

    async def ready(self) -> None:
        """Wait until it serves; raises why it does not."""
        serves = asyncio.create_task(self.member.ready.wait())
        try:
            await asyncio.wait({serves, self.task}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            serves.cancel()
        if self.task.done():
            self.task.result()

    async def stop(self) -> None:
        """Let it drain; raises what it ended with."""
        self.member.stop.set()
        await self.task


async def serve(config: Config) -> None:
    """Serve until told to stop.

    Raises:
        ConfigError: a setting of one of the services is no good.
        ListenError: one of their addresses cannot be listened on.
    """
    settings = {service.name: load(service.config, service.name, os.environ) for stage in STAGES for service in stage}
    stages: list[list[Running]] = []
    async with AsyncExitStack() as exits:
        for listen in {one.metrics_listen for one in settings.values()} - {"", config.metrics_listen}:
            page = MetricsPage(listen)
            log.info("metrics are served", address=page.start())
            exits.callback(page.stop)
        for listen in {one.admin_listen for one in settings.values()} - {config.admin_listen}:
            await exits.enter_async_context(served(listen))
        exits.push_async_callback(_stop, stages)
        for stage in STAGES:
            stages.append([Running(service, settings[service.name]) for service in stage])
            await asyncio.gather(*(running.ready() for running in stages[-1]))
        announce("onebox", str(getattr(settings["gateway"], "listen", "")))
        await _stop_or_end([running.task for started in stages for running in started])


async def _stop_or_end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for the wish to stop, or for the end of one service."""
    stop = asyncio.create_task(stop_requested())
    try:
        await asyncio.wait({stop, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.cancel()
        await asyncio.gather(stop, return_exceptions=True)


async def _stop(stages: Sequence[Sequence[Running]]) -> None:
    """Stop all, callers before those that they call; then raise the first error that one of them ended with."""
    errors: list[BaseException] = []
    for stage in reversed(stages):
        ended = await asyncio.gather(*(running.stop() for running in stage), return_exceptions=True)
        errors += [error for error in ended if isinstance(error, BaseException)]
    if errors:
        raise errors[0]


if __name__ == "__main__":
    main("onebox", Config, serve)
