"""A defect costs what it touches, and not the rest of the replica."""

from __future__ import annotations

import asyncio

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.orchestrator import waiting
from services.orchestrator.memory import MemoryJournal, MemoryQueue
from services.orchestrator.run import Run


def once(method):
    """What a method does from its second call on; the first one meets a defect."""
    calls = []

    def defective(*arguments, **options):
        calls.append(arguments)
        if len(calls) == 1:
            raise RuntimeError("scripted")
        return method(*arguments, **options)

    return defective


async def test_a_job_that_could_not_be_begun_comes_again_and_the_others_go_on(memory_stack, monkeypatch):
    memory_stack.use(MemoryJournal(), MemoryQueue(lease_s=0.2))
    monkeypatch.setattr(Run, "__init__", once(Run.__init__))
    async with memory_stack.replica() as client:
        logs = await asyncio.gather(*(client.create(f"fox {number}") for number in range(3)))
    assert [log[-1].finished.asset.state for log in logs] == [pb.Asset.STATE_SUCCEEDED] * 3


async def test_a_lease_that_could_not_be_extended_costs_the_other_leases_nothing(memory_stack, leaves, monkeypatch):
    queue = MemoryQueue(lease_s=0.3)
    extended = []
    schedule = once(queue.schedule)

    def extend(lease, delay_s):
        schedule(lease, delay_s)
        extended.append(lease.asset)

    monkeypatch.setattr(queue, "schedule", extend)
    memory_stack.use(MemoryJournal(), queue)
    release = leaves.hang("GenerateImage")
    async with memory_stack.replica() as client:
        names = [(await client.create(f"fox {number}", detach=True))[0].asset for number in range(2)]
        async with asyncio.timeout(60):
            while not set(names) <= set(extended):  # noqa: ASYNC110 - each is a round of a real keeper
                await asyncio.sleep(0.02)
        release.set()
        for name in names:
            assert (await client.watch(name))[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_an_asset_that_could_not_be_looked_after_is_looked_after_again(memory_stack, leaves, monkeypatch):
    monkeypatch.setattr(waiting, "FIRST_S", 0.05)
    monkeypatch.setattr(waiting.Waiting, "_look", once(waiting.Waiting._look))
    release = leaves.hang("GeneratePrompts")
    async with memory_stack.replica(slots=1) as client:
        await client.create("fox 0", detach=True)
        await leaves.wait_for("GeneratePrompts")
        name = (await client.create("fox 1", detach=True))[0].asset
        await client.until(name, "queued")
        release.set()
        assert (await client.watch(name))[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
