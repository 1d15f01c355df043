"""What may happen while an append is on its way: calls are prepared, and none is made that the log does not have."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from services.orchestrator.flow import fold_all


class Holding:
    """A journal that holds back the first append of a kind of event, before or after it has `stored` it."""

    def __init__(self, journal, wants, *, stored):
        self._journal = journal
        self._wants = wants
        self._stored = stored
        self.failures = 0
        self.arrived = asyncio.Event()
        self.release = asyncio.Event()

    def __getattr__(self, attribute):
        return getattr(self._journal, attribute)

    async def append(self, asset, events, after):
        if not any(map(self._wants, events)):
            await self._journal.append(asset, events, after)
            return
        first = not self.arrived.is_set()
        if first and self._stored:
            await self._journal.append(asset, events, after)
        self.arrived.set()
        await self.release.wait()
        if self.failures > 0:
            self.failures -= 1
            raise ServiceError(Reason.STORE_UNAVAILABLE, "scripted")
        if not (first and self._stored):
            await self._journal.append(asset, events, after)


def starts(method):
    return lambda event: event.step_started.method.endswith(f"/{method}")


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


@pytest.fixture
def hold(stack, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    # Then the preview is read, which tells that a call is being prepared.
    leaves.answers_previews = False

    def hold(wants, *, stored=False):
        journal = Holding(stack.journal, wants, stored=stored)
        stack.use(journal, stack.queue)
        return journal

    return hold


@pytest.mark.parametrize("stored", [False, True])
async def test_a_call_waits_for_its_start_to_be_acknowledged_and_is_prepared_meanwhile(stack, leaves, hold, stored):
    journal = hold(starts("ModerateImage"), stored=stored)
    async with stack.replica() as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await journal.arrived.wait()
        await leaves.wait_for("ReadImage")
        assert not leaves.of("ModerateImage")
        journal.release.set()
        events = await client.watch(name)
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert len(leaves.of("ReadImage")) == len(leaves.of("ModerateImage")) == 1
    assert "step_unknown" not in kinds(events)


async def test_a_start_that_cannot_be_written_is_written_later_and_its_call_is_made_once(stack, leaves, hold):
    journal = hold(starts("GenerateImage"))
    journal.failures = 3
    journal.release.set()
    called = []

    async def behave(request):
        called.append(journal.failures)

    leaves.when("GenerateImage", behave)
    async with stack.replica() as client:
        events = await client.create("a fox")
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert called == [0]
    fold_all(events)


async def test_a_final_state_is_told_when_everything_before_it_is_in_the_log(stack, leaves, hold):
    journal = hold(lambda event: event.HasField("finished"))
    async with stack.replica() as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await journal.arrived.wait()
        watching = asyncio.create_task(client.watch(name))
        asset = await client.get(name)
        assert asset.state == pb.Asset.STATE_RUNNING
        assert asset.last_sequence == (await stack.journal.head(name)).sequence
        journal.failures = 1
        journal.release.set()
        events = await watching
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))


async def test_a_cancel_that_is_written_first_means_that_a_prepared_call_is_not_made(stack, leaves, hold):
    journal = hold(starts("ModerateImage"))
    async with stack.replica() as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await leaves.wait_for("ReadImage")
        assert (await client.cancel(name)).state == pb.Asset.STATE_CANCELLED
        journal.release.set()
        events = await client.watch(name)
    assert kinds(events)[-1] == "finished"
    assert kinds(events).count("finished") == 1
    assert not leaves.of("ModerateImage")


@pytest.mark.parametrize("stored", [False, True])
async def test_a_replica_that_dies_before_it_hears_of_a_start_has_called_nobody(stack, leaves, hold, stored):
    before, queue = stack.journal, stack.queue
    journal = hold(starts("GenerateImage"), stored=stored)
    async with stack.replica(grace_s=0.1) as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await journal.arrived.wait()
    assert not leaves.of("GenerateImage")
    stack.use(before, queue)
    async with stack.replica() as client:
        events = await client.watch(name)
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert len(leaves.of("GenerateImage")) == 1
    # What the dead one alone knew is unknown: that it had not called, or the answer that it was about to write.
    unknown = [event.step_unknown.method.rpartition("/")[2] for event in events if event.HasField("step_unknown")]
    assert unknown == ["GenerateImage" if stored else "ModerateText"]
    fold_all(events)
