"""The gateway process: `python -m gateway`."""

from __future__ import annotations

import asyncio

from gateway.access import Guard
from gateway.app import Services, create_app
from gateway.config import Config
from gateway.keys import KeyFileError
from gateway.keystore import KeyRing
from gateway.protocol import Bounds
from gateway.server import HttpServer
from gateway.upstream import SERVICE, STYLES, Orchestrator, Styles
from gateway.webhooks.service import Webhooks
from services.kit.channel import open_channel
from services.kit.config import ConfigError
from services.kit.main import main
from services.kit.serve import announce, stop_requested


async def serve(config: Config) -> None:
    """Serve HTTP until told to stop."""
    guard = Guard(config, key_ring(config))
    guard.check_start()
    draining = asyncio.Event()
    async with open_channel(
        config.orchestrator_target, retry=[SERVICE, STYLES], once=["CreateAsset", "ReplayAsset"], tls=config.tls
    ) as channel:
        orchestrator = Orchestrator(channel, config.rpc_timeout_s)
        webhooks = Webhooks(config.webhooks, config.webhook_secret, config.webhook_allow, orchestrator)
        services = Services(orchestrator, Styles(channel, config.rpc_timeout_s))
        app = create_app(config, services, guard, draining, webhooks)
        bounds = Bounds(config.max_connections, config.header_timeout_s, config.write_timeout_s)
        server = HttpServer(
            app,
            bounds,
            listen=config.listen,
            grace_s=config.grace_s,
            idle_s=config.idle_timeout_s,
            https=config.https,
        )
        await server.start()
        webhooks.start()
        announce("gateway", server.address)
        await stop_requested()
        draining.set()
        await asyncio.gather(server.stop(), webhooks.stop(config.grace_s))
        await webhooks.close()


def key_ring(config: Config) -> KeyRing:
    """The keys of the key file.

    Raises:
        ConfigError: the file is there and holds something else.
    """
    try:
        return KeyRing(config.keys)
    except KeyFileError as error:
        raise ConfigError(f"ATELIER_GATEWAY_KEYS: {error}") from None


if __name__ == "__main__":
    main("gateway", Config, serve)
