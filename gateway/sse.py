"""Server-sent events: what one event looks like on the wire, and heartbeats between events.

The `id` of an event is its sequence number, so `Last-Event-ID` resumes. A heartbeat is a comment without id: a client
that took it for an event would skip real ones when it resumes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import orjson
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format

MEDIA_TYPE = "text/event-stream"
HEADERS = {
    "Cache-Control": "no-cache, no-transform",
    # nginx and its kin would otherwise hold events back until a buffer is full.
    "X-Accel-Buffering": "no",
}
HEARTBEAT = b": still here\n\n"
RETRY = b"retry: 1000\n\n"


def event_data(event: pb.AssetEvent) -> bytes:
    """An asset event as it leaves the gateway, however it leaves: its canonical JSON on one line."""
    return orjson.dumps(json_format.MessageToDict(event))


def encode_event(event: pb.AssetEvent) -> bytes:
    """One asset event on the wire."""
    return b"id: %d\ndata: %s\n\n" % (event.sequence, event_data(event))


def encode_problem(problem: dict[str, object]) -> bytes:
    """An error that ends a stream: event type "error", no id, the problem document as data."""
    return b"event: error\ndata: %s\n\n" % orjson.dumps(problem)


async def with_heartbeats(
    source: AsyncIterator[bytes], pause_s: float, draining: asyncio.Event
) -> AsyncIterator[bytes]:
    """The items of `source`, and a heartbeat after each `pause_s` of silence.

    Ends early when the server drains; the client comes back with `Last-Event-ID`, to another server.
    """
    upcoming: asyncio.Task[bytes | None] | None = None
    drained = asyncio.create_task(draining.wait())
    try:
        while True:
            upcoming = upcoming or asyncio.create_task(_next(source))
            await asyncio.wait({upcoming, drained}, timeout=pause_s, return_when=asyncio.FIRST_COMPLETED)
            if drained.done():
                return
            if not upcoming.done():
                yield HEARTBEAT
                continue
            item = upcoming.result()
            upcoming = None
            if item is None:
                return
            yield item
    finally:
        tasks = {task for task in (upcoming, drained) if task is not None}
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _next(source: AsyncIterator[bytes]) -> bytes | None:
    return await anext(source, None)


async def opened(source: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The stream after an opening line: how soon to come back after a break. With it proxies send the headers on."""
    yield RETRY
    async for item in source:
        yield item
