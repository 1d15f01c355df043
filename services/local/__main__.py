"""Starts the Workers AI stand-in."""

from __future__ import annotations

from services.kit.main import main
from services.kit.serve import announce, stop_requested
from services.local.config import Config
from services.local.server import LocalServer


async def serve(config: Config) -> None:
    """Serve until told to stop."""
    server = LocalServer(config)
    await server.start()
    announce("local", server.address)
    await stop_requested()
    await server.stop()


if __name__ == "__main__":
    main("local", Config, serve)
