"""Everything that one replica needs of JetStream, over one connection, from connect to close."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NamedTuple

from services.kit.config import ConfigError, TlsFiles
from services.kit.errors import ServiceError
from services.orchestrator.jetstream.clockwork import JetStreamClockwork
from services.orchestrator.jetstream.journal import JetStreamJournal
from services.orchestrator.jetstream.queue import JetStreamQueue
from services.orchestrator.jetstream.shelf import jetstream_shelves
from services.orchestrator.jetstream.streams import Streams, ensure
from services.orchestrator.jetstream.wire import ApiError, Wire
from services.orchestrator.shelf import Shelves

PATIENCE_S = 60.0
RETRY_S = 0.25
# JetStream's own error codes: no peers known yet, no leader, temporarily unavailable, a stream is offline.
FOR_NOW = (10005, 10008, 10009, 10118)


class Engine(NamedTuple):
    """What an orchestrator works on, in the order in which it takes it."""

    journal: JetStreamJournal
    queue: JetStreamQueue
    clockwork: JetStreamClockwork
    shelves: Shelves


@asynccontextmanager
async def jetstream(
    url: str, streams: Streams, *, patience_s: float = PATIENCE_S, tls: TlsFiles | None = None
) -> AsyncIterator[Engine]:
    """Everything durable on the servers of `url`, comma separated; waits up to `patience_s` for one.

    Raises:
        ConfigError: no server is there, or it cannot keep the streams as they are configured.
    """
    async with AsyncExitStack() as exits:
        try:
            wire = await exits.enter_async_context(
                Wire.connect(url, name=f"{streams.prefix} orchestrator", patience_s=patience_s, tls=tls)
            )
            await _ensure(wire, streams, patience_s)
            journal = await exits.enter_async_context(JetStreamJournal(wire, streams).running())
        except (ApiError, ServiceError) as error:
            raise ConfigError(f"the servers of NATS_URL cannot be used: {error}") from error
        yield Engine(
            journal,
            JetStreamQueue(wire, streams),
            JetStreamClockwork(wire, streams),
            jetstream_shelves(wire, streams),
        )


async def _ensure(wire: Wire, streams: Streams, patience_s: float) -> None:
    """Have the streams; a cluster that has just been started, or has lost a server, takes a while to agree on them."""
    loop = asyncio.get_running_loop()
    deadline_s = loop.time() + patience_s
    while True:
        try:
            return await ensure(wire, streams)
        except (ApiError, ServiceError) as error:
            passes = isinstance(error, ServiceError) or error.code in FOR_NOW
            if not passes or loop.time() + RETRY_S > deadline_s:
                raise
        await asyncio.sleep(RETRY_S)
