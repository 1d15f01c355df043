"""Work that one replica does for all, on either shelf."""

from __future__ import annotations

import asyncio

import pytest

from services.orchestrator import lease
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.lease import Turns
from services.orchestrator.memory_shelf import MemoryShelf


@pytest.fixture(params=["memory", "jetstream"])
async def shelf(request, new_prefix):
    if request.param == "memory":
        yield MemoryShelf(keeps_all=False)
        return
    async with jetstream(request.getfixturevalue("nats").url, Streams(prefix=new_prefix())) as engine:
        yield engine.shelves.books


class Clock:
    def __init__(self):
        self.now_s = 1000.0

    def __call__(self):
        return self.now_s


class Work:
    def __init__(self):
        self.begun = 0
        self.started = asyncio.Event()
        self.release = asyncio.Event()
        self.release.set()

    async def __call__(self):
        self.begun += 1
        self.started.set()
        await self.release.wait()


async def look(turns):
    """Look as a replica does; somebody else's taking the turn meanwhile is no failure."""
    try:
        return await turns.look()
    except lease.ConflictError:
        return None


async def test_work_is_due_after_its_time_and_then_again(shelf):
    clock, work = Clock(), Work()
    turns = Turns(shelf, "sweep", 100.0, work, clock)
    assert await turns.look() == 60.0
    assert work.begun == 0
    clock.now_s += 101
    await turns.look()
    assert work.begun == 1
    clock.now_s += 50
    assert 0 < await turns.look() <= 50
    assert work.begun == 1
    clock.now_s += 51
    await turns.look()
    assert work.begun == 2


async def test_of_many_replicas_one_does_the_work(shelf):
    clock, work = Clock(), Work()
    replicas = [Turns(shelf, "sweep", 100.0, work, clock) for _ in range(5)]
    await asyncio.gather(*(look(turns) for turns in replicas))
    clock.now_s += 101
    work.release.clear()
    looking = [asyncio.create_task(look(turns)) for turns in replicas]
    await work.started.wait()
    late = Turns(shelf, "sweep", 100.0, work, clock)
    assert await late.look() > 0
    work.release.set()
    await asyncio.gather(*looking)
    assert work.begun == 1


async def test_work_whose_replica_went_away_is_taken_over(shelf):
    clock, work = Clock(), Work()
    one, two = (Turns(shelf, "sweep", 100.0, work, clock) for _ in range(2))
    await one.look()
    clock.now_s += 101
    await shelf.put("lease.sweep", b'["dead", %d, 0.0]' % (clock.now_s + 60), (await shelf.get("lease.sweep")).place)
    assert await two.look() == 60.0
    clock.now_s += 61
    await two.look()
    assert work.begun == 1


async def test_a_replica_that_lost_its_lease_breaks_off(shelf, monkeypatch):
    monkeypatch.setattr(lease, "HELD_S", 0.05)
    clock, work = Clock(), Work()
    work.release.clear()
    turns = Turns(shelf, "sweep", 100.0, work, clock)
    await turns.look()
    clock.now_s += 101
    looking = asyncio.create_task(turns.look())
    await work.started.wait()
    while True:
        item = await shelf.get("lease.sweep")
        try:
            await shelf.put("lease.sweep", b'["other", 1e12, 0.0]', item.place)
            break
        except lease.ConflictError:
            continue
    await looking
    assert (await shelf.get("lease.sweep")).data == b'["other", 1e12, 0.0]'


async def test_work_that_fails_is_due_again(shelf):
    clock, failures = Clock(), 0

    async def work():
        nonlocal failures
        failures += 1
        raise RuntimeError("scripted")

    turns = Turns(shelf, "sweep", 100.0, work, clock)
    await turns.look()
    for _ in range(2):
        clock.now_s += 101
        with pytest.raises(RuntimeError):
            await turns.look()
    assert failures == 2
