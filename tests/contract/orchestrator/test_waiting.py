"""What an asset that waits for a worker is told, and limits on calls that replicas share."""

from __future__ import annotations

import asyncio
import time

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.orchestrator import waiting
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.rates import MemoryClockwork, moments


@pytest.fixture(params=["memory", "jetstream"])
async def clockworks(request, new_prefix):
    """Two replicas' access to the same numbers."""
    if request.param == "memory":
        shared = MemoryClockwork()
        yield shared, shared
        return
    url, streams = request.getfixturevalue("nats").url, Streams(prefix=new_prefix())
    async with jetstream(url, streams) as (_, _, first, *_), jetstream(url, streams) as (_, _, second, *_):
        yield first, second


async def test_an_asset_that_waits_is_told_its_position(stack, leaves, monkeypatch):
    monkeypatch.setattr(waiting, "FIRST_S", 0.05)
    release = leaves.hang("GeneratePrompts")
    async with stack.replica(slots=1) as client:
        names = [(await client.create("fox 0", detach=True))[0].asset]
        await leaves.wait_for("GeneratePrompts")
        names += [(await client.create(f"fox {number}", detach=True))[0].asset for number in (1, 2)]

        async def told(name):
            async with asyncio.timeout(60):
                while not (await client.get(name)).last_sequence > 1:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)

        await told(names[2])
        assert (await client.get(names[2])).state == pb.Asset.STATE_QUEUED
        release.set()
        logs = await asyncio.gather(*(client.watch(name) for name in names))
    positions = [[event.queued.position for event in log if event.HasField("queued")] for log in logs]
    assert positions[0] == []
    assert positions[2][0] == 1
    for log in logs:
        assert log[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
        assert sum(event.HasField("queued") for event in log) <= waiting.MAX_TOLD


async def test_of_changes_at_once_none_is_lost(clockworks):
    async def add(clockwork):
        await clockwork.change("x", lambda number: number + 1.0)

    await asyncio.gather(*(add(clockwork) for clockwork in clockworks for _ in range(20)))
    seen = []
    await clockworks[0].change("x", lambda number: seen.append(number) or number)
    assert seen[-1] == 40.0


async def test_replicas_share_one_limit(stack, leaves):
    async with stack.replica(texts_per_minute=60_000) as first, stack.replica(texts_per_minute=60_000) as second:
        results = await asyncio.gather(*(client.create("a fox") for client in (first, second) for _ in range(5)))
    assert all(events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED for events in results)


async def test_a_limit_holds_over_replicas(clockworks):
    now_s, granted = time.time(), []

    async def ask(clockwork):
        def step(free_s):
            nonlocal mine
            mine, free_s = moments(free_s, now_s, [1] * 10, 60)
            return free_s

        mine = []
        await clockwork.change("texts", step)
        granted.extend(mine)

    await asyncio.gather(*(ask(clockwork) for clockwork in clockworks for _ in range(5)))
    granted.sort()
    assert len(set(granted)) == 100
    assert sum(moment_s < now_s + 59.9 for moment_s in granted) <= 61
