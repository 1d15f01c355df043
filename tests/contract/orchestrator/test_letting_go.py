"""A decision in the very moment in which the job is let go, by a replica that is gone before it can look again."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.orchestrator import lingering
from services.orchestrator.lingering import Lingering
from services.orchestrator.memory import MemoryJournal, MemoryQueue
from services.orchestrator.underway import UnderWay
from tests.contract.orchestrator.forgetful import check_log


class Gate:
    """Where somebody stands until the test lets him go on."""

    def __init__(self):
        self.reached = asyncio.Event()
        self.open = asyncio.Event()

    async def wait(self):
        self.reached.set()
        await self.open.wait()


class Settled:
    """A lease that is settled only when the test says so."""

    def __init__(self, lease, gate):
        self._lease = lease
        self._gate = gate

    def __getattr__(self, attribute):
        return getattr(self._lease, attribute)

    async def done(self):
        await self._gate.wait()
        await self._lease.done()


class SlowToSettle:
    """A queue that hears late that a job is done."""

    def __init__(self, queue, gate):
        self._queue = queue
        self._gate = gate

    def __getattr__(self, attribute):
        return getattr(self._queue, attribute)

    async def take(self, room=1):
        return Settled(await self._queue.take(room), self._gate)


class Untaken:
    """A queue for a replica that takes no jobs."""

    def __init__(self, queue):
        self._queue = queue

    def __getattr__(self, attribute):
        return getattr(self._queue, attribute)

    async def take(self, room=1):
        await asyncio.Event().wait()


@pytest.fixture(params=["the run has come to its end", "the queue has not heard of it"])
def moment(request, monkeypatch):
    """Where the job is held up, and the queue of the replica that holds it."""
    queue, gate = MemoryQueue(lease_s=60.0), Gate()
    if request.param == "the queue has not heard of it":
        return SlowToSettle(queue, gate), queue, gate
    stop_all = UnderWay.stop_all

    async def late(self):
        await gate.wait()
        await stop_all(self)

    monkeypatch.setattr(UnderWay, "stop_all", late)
    return queue, queue, gate


async def test_what_is_decided_while_a_job_is_let_go_is_done_though_its_writer_is_killed(memory_stack, leaves, moment):
    holding, queue, gate = moment
    journal = MemoryJournal()
    leaves.judge("ModerateText", "review")
    memory_stack.use(journal, holding)
    async with memory_stack.replica() as holder:
        name = (await holder.create("a fox", detach=True))[0].asset
        await holder.until(name, "review_requested")
        await gate.reached.wait()
        memory_stack.use(journal, Untaken(queue))
        async with memory_stack.replica() as writer:
            await writer.review(name, "approve")
        gate.open.set()
        assert (await holder.until(name, "finished")).finished.asset.state == pb.Asset.STATE_SUCCEEDED
        check_log(await holder.watch(name))


class Listeners:
    """A hub that counts who listens."""

    def __init__(self):
        self.listeners = {}

    @contextmanager
    def listen(self, asset, listener):
        self.listeners[asset] = listener
        yield
        del self.listeners[asset]


async def test_nobody_is_listened_to_for_ever(monkeypatch):
    monkeypatch.setattr(lingering, "LINGER_S", 0.05)
    hub, looked_after = Listeners(), []
    listening = Lingering(hub, looked_after.append)
    for number in range(3):
        listening.add(f"assets/{number}")
    listening.add("assets/0")
    hub.listeners["assets/1"](None)
    assert looked_after == ["assets/1"]
    assert set(hub.listeners) == {"assets/0", "assets/2"}
    async with asyncio.timeout(20):
        while hub.listeners:  # noqa: ASYNC110 - a timer of the event loop
            await asyncio.sleep(0.01)
    listening.stop()
    assert looked_after == ["assets/1"]
