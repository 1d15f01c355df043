"""Replicas that ask for several jobs at once: they share them, and those that stop keep none."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

import pytest

from services.orchestrator import names
from services.orchestrator.jetstream import queue as queue_module
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.pulling import Pull
from services.orchestrator.jetstream.streams import Streams

WAIT_S = 30.0


@pytest.fixture(params=[1, 3], ids=["one server", "cluster"])
async def queues(request, new_prefix):
    """The queues of two replicas."""
    servers = request.getfixturevalue("nats" if request.param == 1 else "cluster")
    streams = Streams(prefix=new_prefix(), replicas=request.param, lease_s=20.0)
    async with AsyncExitStack() as exits:
        yield [(await exits.enter_async_context(jetstream(servers.url, streams))).queue for _ in range(2)]


def name(number):
    return names.asset_name(1_700_000_000_000_000_000 + number, number)


async def add(queue, *numbers):
    for number in numbers:
        await queue.enqueue(name(number))


async def take(queue, room=1):
    async with asyncio.timeout(WAIT_S):
        return await queue.take(room)


async def requests_wait(queue, count):
    async with asyncio.timeout(WAIT_S):
        while True:
            if (await queue._info())["num_waiting"] == count:
                break
            await asyncio.sleep(0.02)


async def test_one_request_brings_as_many_jobs_as_there_is_room_for(queues, monkeypatch):
    asked = []

    class Counted(Pull):
        async def ask(self, subject):
            asked.append(self.left)
            await super().ask(subject)

    monkeypatch.setattr(queue_module, "Pull", Counted)
    queue, _ = queues
    await add(queue, *range(8))
    leases = [await take(queue, 4) for _ in range(8)]
    assert Counter(lease.asset for lease in leases) == {name(number): 1 for number in range(8)}
    assert asked == [4, 4]


async def test_replicas_that_have_room_for_many_get_jobs_by_turns(queues):
    got = Counter()

    async def work(number):
        for _ in range(4):
            got[number, (await take(queues[number], 16)).delivery] += 1

    # Both wait before there is anything to take.
    working = [asyncio.create_task(work(number)) for number in range(2)]
    await requests_wait(queues[0], 2)
    await add(queues[0], *range(8))
    await asyncio.gather(*working)
    assert got == {(0, 1): 4, (1, 1): 4}


@pytest.mark.parametrize("how", ["between jobs", "waiting for a job"])
async def test_a_replica_that_stops_taking_gets_no_more_and_gives_back_what_was_on_its_way(queues, how):
    stopping, other = queues
    await add(stopping, 0)
    await (await take(stopping, 16)).done()
    if how == "waiting for a job":
        waiting = asyncio.create_task(take(stopping, 16))
        await requests_wait(other, 1)
        waiting.cancel()
        await asyncio.wait([waiting])
    await add(other, 1)
    await stopping.stop_taking()
    await add(other, *range(2, 12))
    leases = [await take(other) for _ in range(11)]
    assert {lease.asset for lease in leases} == {name(number) for number in range(1, 12)}
    # At most one delivery was on its way when the request was given up.
    assert max(lease.delivery for lease in leases) <= 2
    assert sum(lease.delivery for lease in leases) <= 12
