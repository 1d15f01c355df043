"""The gateway process: `python -m gateway`."""

from __future__ import annotations

import asyncio

from gateway.app import create_app
from gateway.config import Config
from gateway.server import HttpServer
from gateway.upstream import SERVICE, Orchestrator
from services.kit.channel import open_channel
from services.kit.main import main
from services.kit.serve import announce, stop_requested


async def serve(config: Config) -> None:
    """Serve HTTP until told to stop."""
    draining = asyncio.Event()
    async with open_channel(config.orchestrator_target, retry=[SERVICE], once=["CreateAsset"]) as channel:
        app = create_app(config, Orchestrator(channel, config.rpc_timeout_s), draining)
        server = HttpServer(app, listen=config.listen, grace_s=config.grace_s)
        await server.start()
        announce("gateway", server.address)
        await stop_requested()
        draining.set()
        await server.stop()


if __name__ == "__main__":
    main("gateway", Config, serve)
