"""A caller's wish to stop that comes when there is nothing to stop any more."""

from __future__ import annotations

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.orchestrator.memory import MemoryJournal
from tests.contract.orchestrator.forgetful import DeafQueue, check_log
from tests.contract.orchestrator.test_torn import Torn, broken


class Overtaken:
    """A journal that tells the end of a log as it was before something else happened, once."""

    def __init__(self, journal):
        self._journal = journal
        self.meanwhile = None

    def __getattr__(self, attribute):
        return getattr(self._journal, attribute)

    async def head(self, asset):
        head = await self._journal.head(asset)
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens(asset)
        return head


async def test_an_asset_that_ends_while_it_is_looked_at_is_not_cancelled_any_more(stack, leaves):
    journal = Overtaken(stack.journal)
    stack.use(journal, stack.queue)
    release = leaves.hang("GenerateImage")
    async with stack.replica() as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await leaves.wait_for("GenerateImage")

        async def ends(asset):
            release.set()
            await client.watch(asset)

        journal.meanwhile = ends
        asset = await client.cancel(name)
        assert asset.state == pb.Asset.STATE_SUCCEEDED
        check_log(await client.watch(name))
        assert await client.get(name) == asset


async def test_an_asset_whose_new_texts_are_half_written_keeps_the_state_it_had(memory_stack):
    queue = DeafQueue()
    memory_stack.use(Torn(MemoryJournal()), queue)
    async with memory_stack.replica() as client:
        before = (await client.create("a fox"))[-1].finished.asset
        queue.deaf = True
        await broken(client.update(before.name, alt_text="A red fox"))
        asset = await client.cancel(before.name)
        assert asset.state == pb.Asset.STATE_SUCCEEDED
        events = await client.watch(before.name, after=before.last_sequence)
        assert [event.WhichOneof("kind") for event in events] == ["variant_updated", "finished"]
        check_log(await client.watch(before.name))
