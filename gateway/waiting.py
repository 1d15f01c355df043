"""Waiting for an asset to come to rest, but not for longer than the client, or this server, stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

# NEEDS_REVIEW is none of them: a person may yet decide either way.
FINAL = (
    pb.Asset.STATE_SUCCEEDED,
    pb.Asset.STATE_BLOCKED,
    pb.Asset.STATE_FAILED,
    pb.Asset.STATE_CANCELLED,
)


async def all_events(
    source: AsyncGenerator[pb.AssetEvent, None], wait_s: float, draining: asyncio.Event
) -> list[pb.AssetEvent] | None:
    """The events up to the end; None if it did not come within `wait_s` or before the server drains."""
    reading = asyncio.create_task(_collect(source))
    drained = asyncio.create_task(draining.wait())
    try:
        await asyncio.wait({reading, drained}, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
        return reading.result() if reading.done() else None
    finally:
        reading.cancel()
        drained.cancel()
        await asyncio.wait({reading, drained})


async def _collect(source: AsyncGenerator[pb.AssetEvent, None]) -> list[pb.AssetEvent]:
    async with aclosing(source) as events:
        return [event async for event in events]
