"""Starts the orchestrator: `python -m services.orchestrator`."""

from __future__ import annotations

from services.kit.main import main
from services.kit.serve import run
from services.orchestrator.app import orchestrator
from services.orchestrator.config import Config
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.memory import MemoryJournal, MemoryQueue


async def serve(config: Config) -> None:
    """Serve until told to stop."""
    if config.journal == "memory":
        async with orchestrator(config, MemoryJournal(), MemoryQueue(config.lease_s)) as server:
            await run(server)
        return
    async with (
        jetstream(config.nats_url, config.streams, tls=config.tls) as engine,
        orchestrator(config, *engine) as server,
    ):
        await run(server)


if __name__ == "__main__":
    main("orchestrator", Config, serve)
