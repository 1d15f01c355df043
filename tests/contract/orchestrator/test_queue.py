"""What every queue does, whatever it is made of."""

from __future__ import annotations

import asyncio

import pytest

from services.orchestrator import names
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.memory import MemoryQueue

LEASE_S = 1.0


@pytest.fixture(params=["memory", "jetstream", "cluster"])
async def queue(request, new_prefix):
    if request.param == "memory":
        yield MemoryQueue(lease_s=LEASE_S)
        return
    replicas = 3 if request.param == "cluster" else 1
    servers = request.getfixturevalue("cluster" if replicas > 1 else "nats")
    streams = Streams(prefix=new_prefix(), replicas=replicas, lease_s=LEASE_S)
    async with jetstream(servers.url, streams) as (_, queue, *_):
        yield queue


def name(number):
    return names.asset_name(1_700_000_000_000_000_000 + number, number)


async def take(queue):
    async with asyncio.timeout(20):
        return await queue.take()


async def backlog_becomes(queue, backlog):
    """In a cluster, who answers may not have heard of the last jobs yet."""
    async with asyncio.timeout(20):
        while True:
            if await queue.backlog() == backlog:
                break
            await asyncio.sleep(0.02)


async def nothing_is_left(queue):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(LEASE_S * 1.5):
            await queue.take()


async def test_each_job_is_given_to_one_taker(queue):
    for number in range(5):
        await queue.enqueue(name(number))
    leases = await asyncio.gather(*(take(queue) for _ in range(5)))
    assert {lease.asset for lease in leases} == {name(number) for number in range(5)}
    assert {lease.delivery for lease in leases} == {1}
    for lease in leases:
        await lease.done()
    await nothing_is_left(queue)


async def test_the_backlog_tells_what_waits_and_what_was_taken(queue):
    for number in range(3):
        await queue.enqueue(name(number))
    await backlog_becomes(queue, (3, 0))
    await (await take(queue)).done()
    await backlog_becomes(queue, (2, 1))


async def test_a_taker_that_waits_gets_the_next_job(queue):
    taking = asyncio.create_task(take(queue))
    await asyncio.sleep(0)
    await queue.enqueue(name(1))
    lease = await taking
    assert lease.asset == name(1)
    await lease.done()


async def test_a_taker_that_gives_up_takes_no_job_with_it(queue):
    taking = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.wait([taking])
    await queue.enqueue(name(1))
    assert (await take(queue)).asset == name(1)


async def test_a_job_that_is_queued_twice_is_done_once(queue):
    await queue.enqueue(name(1))
    await queue.enqueue(name(1))
    lease = await take(queue)
    await queue.enqueue(name(1))
    await lease.done()
    await nothing_is_left(queue)


async def test_a_job_whose_lease_ran_out_goes_to_another(queue):
    await queue.enqueue(name(1))
    first = await take(queue)
    second = await take(queue)
    assert (first.asset, second.asset) == (name(1), name(1))
    assert second.delivery == 2
    await second.done()
    await nothing_is_left(queue)


async def test_an_extended_lease_does_not_run_out(queue):
    await queue.enqueue(name(1))
    lease = await take(queue)
    other = asyncio.create_task(queue.take())
    for _ in range(8):
        await asyncio.sleep(LEASE_S / 5)
        await lease.extend()
        assert not other.done()
    await lease.done()
    other.cancel()
    await asyncio.wait([other])
    await nothing_is_left(queue)


async def test_a_job_that_was_given_back_comes_again(queue):
    await queue.enqueue(name(1))
    await (await take(queue)).give_back()
    lease = await take(queue)
    assert lease.delivery == 2
    await lease.done()
    await nothing_is_left(queue)


async def test_a_job_that_was_given_back_with_a_delay_lets_others_pass(queue):
    await queue.enqueue(name(1))
    await (await take(queue)).give_back(LEASE_S)
    await queue.enqueue(name(2))
    leases = [await take(queue), await take(queue)]
    assert [lease.asset for lease in leases] == [name(2), name(1)]
    for lease in leases:
        await lease.done()
