"""A store that fails at any moment, before or after it did what it was asked: nothing is lost, nothing done twice."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from services.orchestrator.memory import MemoryJournal, MemoryQueue


def away():
    return ServiceError(Reason.STORE_UNAVAILABLE, "scripted")


class StormyJournal(MemoryJournal):
    """Every fourth use fails; a write that fails may have happened, whole or in part, or happen a moment later."""

    def __init__(self, seed):
        super().__init__()
        self.random = random.Random(seed)
        self.late = set()

    def strike(self):
        return self.random.random() < 0.25

    async def claim(self, request_id, digest, asset):
        owner = await super().claim(request_id, digest, asset)
        if self.strike():
            raise away()
        return owner

    async def append(self, asset, events, after):
        if not self.strike():
            return await super().append(asset, events, after)
        match self.random.choice(["before", "after", "partly", "late"]):
            case "after":
                await super().append(asset, events, after)
            case "partly":
                await super().append(asset, events[:1], after)
            case "late":
                self.late.add(asyncio.create_task(self.append_late(asset, events, after)))
        raise away()

    async def append_late(self, asset, events, after):
        await asyncio.sleep(0)
        await asyncio.gather(super().append(asset, events, after), return_exceptions=True)

    async def read(self, asset, after=0):
        if self.strike():
            raise away()
        return await super().read(asset, after)

    async def head(self, asset):
        if self.strike():
            raise away()
        return await super().head(asset)

    @asynccontextmanager
    async def follow(self):
        async with super().follow() as feed:
            yield self.disturbed(feed)

    async def disturbed(self, feed):
        async for record in feed:
            if self.random.random() < 0.02:
                raise away()
            yield record


class StormyQueue(MemoryQueue):
    """Enqueueing fails now and then, before or after."""

    def __init__(self, seed):
        super().__init__(lease_s=10.0)
        self.random = random.Random(seed)

    async def enqueue(self, asset):
        if self.random.random() < 0.5:
            await super().enqueue(asset)
        if self.random.random() < 0.25:
            raise away()
        await super().enqueue(asset)


async def insist(attempt):
    async with asyncio.timeout(100):
        while True:
            try:
                return await attempt()
            except ServiceError as error:
                if error.reason is not Reason.STORE_UNAVAILABLE:
                    raise


@pytest.mark.parametrize("seed", range(3))
async def test_a_stormy_store_loses_nothing_and_repeats_nothing(memory_stack, leaves, seed, monkeypatch):
    monkeypatch.setattr("services.orchestrator.hub.RECONNECT_S", 0.01)
    memory_stack.use(StormyJournal(seed), StormyQueue(seed))
    async with memory_stack.replica() as client:

        async def live(number):
            name = (
                await insist(
                    lambda: client.create(f"fox {number}.", variant_count=2, request_id=f"{number}", detach=True)
                )
            )[0].asset
            return await insist(lambda: client.watch(name))

        results = await asyncio.gather(*(live(number) for number in range(20)))
    assert len({events[0].asset for events in results}) == 20
    for events in results:
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        asset = events[-1].finished.asset
        assert asset.state == pb.Asset.STATE_SUCCEEDED
        assert all(variant.HasField("image") for variant in asset.variants)
    assert len(leaves.of("GeneratePrompts")) == 20
    assert len(leaves.of("ModerateText")) == len(leaves.of("GenerateImage")) == 40
