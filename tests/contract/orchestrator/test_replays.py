"""An asset that is run again: the same recipe, the same prompts, and whether the same pictures came out."""

from __future__ import annotations

import hashlib
import itertools

import pytest
from atelier.image.v1 import image_pb2
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.model_call_pb2 import ModelCall

from services.kit.errors import Reason, ServiceError

SAME, DIFFERS, NOT_REPRODUCIBLE = (
    pb.Replay.OUTCOME_SAME,
    pb.Replay.OUTCOME_DIFFERS,
    pb.Replay.OUTCOME_NOT_REPRODUCIBLE,
)


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


@pytest.fixture
def painter(leaves):
    """Paints what `source_of(request)` says, and is `model`; each file is another one because it tells its asset."""

    class Painter:
        def __init__(self):
            self.source_of = lambda request: f"{request.prompt} {request.seed} {request.width}"
            self.reproducible = True
            self.model = "painter"
            self.files = itertools.count()

        async def paint(self, request):
            source = f"sha256:{hashlib.sha256(self.source_of(request).encode()).hexdigest()}"
            blob = Blob(digest=f"sha256:{next(self.files):064x}", size_bytes=1, media_type="image/png")
            image = Image(blob=blob, width=512, height=512, source_digest=source, reproducible=self.reproducible)
            return image_pb2.GenerateImageResponse(image=image, call=ModelCall(model=self.model, attempts=1))

    painter = Painter()
    leaves.when("GenerateImage", painter.paint)
    return painter


async def test_a_replay_uses_the_prompts_again_and_finds_the_same_pictures(client, leaves, painter):
    first = (await client.create("a fox", variant_count=2, formats=["square", "banner"], style="ink"))[
        -1
    ].finished.asset
    events = await client.replay(first.name)
    asset = events[-1].finished.asset
    assert asset.name != first.name
    assert events[0].accepted.replay_of == first.name
    assert asset.recipe == first.recipe
    assert [variant.prompt for variant in asset.variants] == [variant.prompt for variant in first.variants]
    assert len(leaves.of("GeneratePrompts")) == 1
    assert len(leaves.of("ModerateText")) == 4
    assert "prompts_generated" in kinds(events)
    assert asset.replay.asset == first.name
    assert list(asset.replay.outcomes) == [SAME] * 4
    again = {call.request.provenance.prompt_model for call in leaves.of("GenerateImage")}
    assert again == {"scripted"}
    assert not first.HasField("replay")


async def test_other_bytes_of_the_same_model_differ(client, painter):
    first = (await client.create("a fox"))[-1].finished.asset
    painter.source_of = lambda request: "something else"
    assert list((await client.replay(first.name))[-1].finished.asset.replay.outcomes) == [DIFFERS]


@pytest.mark.parametrize("change", [{"model": "another"}, {"reproducible": False}])
async def test_what_another_model_or_one_without_a_seed_makes_is_not_reproducible(client, painter, change):
    first = (await client.create("a fox"))[-1].finished.asset
    painter.source_of = lambda request: "something else"
    vars(painter).update(change)
    assert list((await client.replay(first.name))[-1].finished.asset.replay.outcomes) == [NOT_REPRODUCIBLE]


async def test_a_picture_that_one_of_the_two_has_not_is_not_compared(client, leaves, painter):
    first = (await client.create("a fox", variant_count=2))[-1].finished.asset
    leaves.block(match=lambda request: "a fox 1" in request.text)
    events = await client.replay(first.name)
    assert list(events[-1].finished.asset.replay.outcomes) == [SAME, pb.Replay.OUTCOME_UNSPECIFIED]
    assert events[-1].finished.asset.variants[1].state == pb.Variant.STATE_BLOCKED


async def test_a_replay_is_judged_by_the_policy_as_it_is_now(client, leaves, painter):
    first = (await client.create("a fox"))[-1].finished.asset
    leaves.block()
    assert (await client.replay(first.name))[-1].finished.asset.state == pb.Asset.STATE_BLOCKED


async def test_a_repeated_replay_joins_the_first(client, leaves, painter):
    first = (await client.create("a fox"))[-1].finished.asset
    other = (await client.create("a cat"))[-1].finished.asset
    events = await client.replay(first.name, request_id="again", owner="ada")
    assert await client.replay(first.name, request_id="again", owner="ada") == events
    for attempt in (
        client.replay(other.name, request_id="again", owner="ada"),
        client.create("a fox", request_id="again", owner="ada"),
    ):
        with pytest.raises(ServiceError) as caught:
            await attempt
        assert caught.value.reason is Reason.REQUEST_ID_REUSED
    assert len(await client.replay(first.name, detach=True)) == 1


async def test_only_a_final_asset_can_be_replayed(client, leaves):
    leaves.hang("GenerateImage")
    name = (await client.create("a fox", detach=True))[0].asset
    for wrong, reason in ((name, Reason.ASSET_RUNNING), ("assets/" + "0" * 32, Reason.ASSET_UNKNOWN)):
        with pytest.raises(ServiceError) as caught:
            await client.replay(wrong)
        assert caught.value.reason is reason


async def test_a_replay_survives_a_restart(stack, leaves, painter):
    async with stack.replica() as client:
        first = (await client.create("a fox"))[-1].finished.asset
        hanging = leaves.hang("ModerateText", times=1)
        name = (await client.replay(first.name, detach=True))[0].asset
        await leaves.wait_for("ModerateText", 2)
    hanging.set()
    async with stack.replica() as client:
        asset = (await client.until(name, "finished")).finished.asset
    assert list(asset.replay.outcomes) == [SAME]
