"""More assets than can be worked on: refused early with a time to come back, while the accepted ones go on."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError

SLOTS = 2


async def fill(client):
    """Create assets until one is refused; the accepted ones' names, and the refusal."""
    names = []
    async with asyncio.timeout(60):
        while True:
            try:
                names.append((await client.create(f"fox {len(names)}", detach=True))[0].asset)
            except ServiceError as error:
                return names, error


async def let_in(client):
    try:
        await client.create("later", detach=True)
    except ServiceError as error:
        return error.reason is not Reason.SERVER_BUSY
    return True


async def test_overload_is_refused_with_a_time_to_come_back_and_ends_with_the_backlog(stack, leaves):
    release = leaves.hang("GeneratePrompts")
    async with stack.replica(slots=SLOTS, max_wait_s=5.0) as client:
        first = (await client.create("first", request_id="first", detach=True))[0].asset
        names, refusal = await fill(client)
        assert refusal.reason is Reason.SERVER_BUSY
        assert refusal.retry_after_s >= 1
        assert len(names) >= SLOTS
        # An asset that was accepted is joined by a repeated request, whatever the load; a preview costs nobody a slot.
        assert (await client.create("first", request_id="first", detach=True))[0].asset == first
        with pytest.raises(ServiceError) as caught:
            await client.create("second", request_id="second", detach=True)
        assert caught.value.reason is Reason.SERVER_BUSY
        assert len(leaves.of("GenerateImage")) == 0
        release.set()
        logs = await asyncio.gather(*(client.watch(name) for name in (first, *names)))
        assert {log[-1].finished.asset.state for log in logs} == {pb.Asset.STATE_SUCCEEDED}
        async with asyncio.timeout(60):
            while True:
                if await let_in(client):
                    break
                await asyncio.sleep(0.05)
