"""A person's change whose second half was never written, or whose first half came late: others bring it to its end."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from services.orchestrator.memory import MemoryJournal
from tests.contract.orchestrator.forgetful import DeafQueue, check_log

AMENDED = ("variant_updated", "variant_reviewed")


class Torn:
    """A journal whose writer dies in the middle of the first append that amends an asset."""

    def __init__(self, journal):
        self._journal = journal
        self.torn = False

    def __getattr__(self, attribute):
        return getattr(self._journal, attribute)

    async def append(self, asset, events, after):
        if len(events) > 1 and events[0].WhichOneof("kind") in AMENDED and not self.torn:
            self.torn = True
            await self._journal.append(asset, events[:1], after)
            raise RuntimeError("scripted")
        await self._journal.append(asset, events, after)


class Late:
    """A journal that takes its time to write down what a person decided."""

    def __init__(self, journal):
        self._journal = journal
        self.written = asyncio.Event()
        self.due = asyncio.Event()

    def __getattr__(self, attribute):
        return getattr(self._journal, attribute)

    async def append(self, asset, events, after):
        if events[0].WhichOneof("kind") in AMENDED and not self.written.is_set():
            self.written.set()
            await self.due.wait()
        await self._journal.append(asset, events, after)


async def broken(call):
    with pytest.raises(ServiceError) as caught:
        await call
    assert caught.value.reason is Reason.INTERNAL


async def test_new_texts_whose_writer_died_half_way_hold_and_the_asset_ends_as_before(stack):
    torn = Torn(stack.journal)
    stack.use(torn, stack.queue)
    async with stack.replica() as client:
        before = (await client.create("a fox"))[-1].finished.asset
        await broken(client.update(before.name, alt_text="A red fox"))
        events = await client.watch(before.name, after=before.last_sequence)
        assert [event.WhichOneof("kind") for event in events] == ["variant_updated", "finished"]
        after = await client.update(before.name, alt_text="A red fox")
        check_log(await client.watch(before.name))
    assert torn.torn
    assert after.last_sequence == before.last_sequence + 2
    assert after.variants[0].prompt.alt_text == "A red fox"


async def test_new_texts_of_a_cancelled_asset_whose_writer_died_half_way_leave_it_cancelled(stack, leaves):
    stack.use(Torn(stack.journal), stack.queue)
    leaves.hang("ModerateText", match=lambda request: request.text == "a fox 1")
    async with stack.replica() as client:
        name = (await client.create("a fox", variant_count=2, detach=True))[0].asset
        await client.until(name, "variant_imaged")
        before = await client.cancel(name)
        await broken(client.update(name, alt_text="A red fox"))
        events = await client.watch(name, after=before.last_sequence)
        assert events[-1].finished.asset.state == pb.Asset.STATE_CANCELLED


async def test_new_texts_that_broke_off_while_the_job_was_being_let_go_are_brought_to_their_end(memory_stack, leaves):
    queue = DeafQueue()
    memory_stack.use(Torn(MemoryJournal()), queue)
    async with memory_stack.replica() as client:
        before = (await client.create("a fox"))[-1].finished.asset
        queue.deaf = True
        await broken(client.update(before.name, alt_text="A red fox"))
        queue.deaf = False
        events = await client.watch(before.name, after=before.last_sequence)
        assert [event.WhichOneof("kind") for event in events] == ["variant_updated", "finished"]


async def test_a_rejection_whose_writer_died_half_way_holds(stack, leaves):
    stack.use(Torn(stack.journal), stack.queue)
    leaves.block()
    async with stack.replica() as client:
        before = (await client.create("a fox"))[-1].finished.asset
        await broken(client.review(before.name, "reject"))
        events = await client.watch(before.name, after=before.last_sequence)
        assert [event.WhichOneof("kind") for event in events] == ["variant_reviewed", "finished"]
        check_log(await client.watch(before.name), pb.Asset.STATE_BLOCKED)
        assert (await client.review(before.name, "reject")).last_sequence == before.last_sequence + 2


async def test_a_decision_that_is_written_down_late_is_still_acted_on(stack, leaves, monkeypatch):
    monkeypatch.setattr("services.orchestrator.run.FIRST_EVENT_WAIT_S", 0.05)
    late = Late(stack.journal)
    leaves.judge("ModerateText", "review")
    async with stack.replica() as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await client.until(name, "review_requested")
    taken = []
    take = stack.queue.take

    async def counted(room=1):
        lease = await take(room)
        taken.append(lease)
        return lease

    monkeypatch.setattr(stack.queue, "take", counted)
    stack.use(late, stack.queue)
    async with stack.replica() as client:
        deciding = asyncio.create_task(client.review(name, "approve"))
        await late.written.wait()
        async with asyncio.timeout(30):
            while len(taken) < 2:  # noqa: ASYNC110 - each delivery of the job is a pass of a real queue
                await asyncio.sleep(0.02)
        late.due.set()
        await deciding
        check_log(await client.watch(name))
    assert len(leaves.of("GenerateImage")) == 1


class CutOff:
    """A journal whose heads are those of a server that has not heard of the newest events."""

    def __init__(self, journal):
        self._journal = journal
        self.sure = 0

    def __getattr__(self, attribute):
        return getattr(self._journal, attribute)

    async def head(self, asset):
        records = await self._journal.read(asset)
        return records[0] if records else None

    async def sure_head(self, asset):
        self.sure += 1
        return await self._journal.head(asset)


async def test_a_cursor_beyond_what_a_server_that_was_cut_off_knows_is_no_mistake_of_the_caller(stack):
    async with stack.replica() as client:
        told = await client.create("a fox")
    behind = CutOff(stack.journal)
    stack.use(behind, stack.queue)
    async with stack.replica() as client:
        assert await client.watch(told[0].asset, told[-2].sequence) == told[-1:]
        assert behind.sure == 1
        with pytest.raises(ServiceError) as caught:
            await client.watch(told[0].asset, told[-1].sequence + 1)
    assert caught.value.reason is Reason.FIELD_INVALID
