"""Everything that one replica needs of JetStream, over one connection, from connect to close."""

from __future__ import annotations

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
            await ensure(wire, streams)
            journal = await exits.enter_async_context(JetStreamJournal(wire, streams).running())
        except (ApiError, ServiceError) as error:
            raise ConfigError(f"the servers of NATS_URL cannot be used: {error}") from error
        yield Engine(
            journal,
            JetStreamQueue(wire, streams),
            JetStreamClockwork(wire, streams),
            jetstream_shelves(wire, streams),
        )
