"""Waiting ends with the asset, with the client's patience or with the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway.waiting import all_events
from services.kit.errors import Reason, ServiceError


class Source:
    """Two events, between which a test may hold back or fail; knows whether it was closed."""

    def __init__(self, between: asyncio.Event, error: ServiceError | None = None) -> None:
        self.closed = False
        self._between = between
        self._error = error

    async def events(self) -> AsyncGenerator[pb.AssetEvent, None]:
        try:
            yield pb.AssetEvent(sequence=1)
            await self._between.wait()
            if self._error is not None:
                raise self._error
            yield pb.AssetEvent(sequence=2)
        finally:
            self.closed = True


def happened() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


async def test_all_events_come_in_order() -> None:
    source = Source(happened())
    events = await all_events(source.events(), 60.0, asyncio.Event())
    assert events is not None
    assert [event.sequence for event in events] == [1, 2]
    assert source.closed


@pytest.mark.parametrize("drained", [True, False])
async def test_whoever_gives_up_leaves_the_stream_closed(drained: bool) -> None:
    source = Source(asyncio.Event())
    draining = happened() if drained else asyncio.Event()
    wait_s = 60.0 if drained else 0.01
    assert await all_events(source.events(), wait_s, draining) is None
    await asyncio.sleep(0)


async def test_an_error_of_the_stream_is_raised() -> None:
    source = Source(happened(), ServiceError(Reason.ASSET_UNKNOWN, "gone"))
    with pytest.raises(ServiceError):
        await all_events(source.events(), 60.0, asyncio.Event())
    assert source.closed
