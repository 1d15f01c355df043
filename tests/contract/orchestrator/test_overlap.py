"""Pictures begun while their prompts are being judged: faster, and never seen unless the prompt is let through."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


async def unknown(awaitable):
    with pytest.raises(ServiceError) as caught:
        await awaitable
    assert caught.value.reason is Reason.IMAGE_UNKNOWN


@pytest.fixture
def overlapping(leaves, new_policy):
    """Leaves whose policy allows overlap."""
    leaves.policies = [new_policy("balanced", "prompt", overlap=True)]
    return leaves


async def test_a_picture_is_begun_beside_the_judgement_and_seen_only_after_it(client, overlapping):
    release = overlapping.hang("ModerateText")
    name = (await client.create("a fox", overlap=True, detach=True))[0].asset
    imaged = await client.until(name, "variant_imaged")
    variant = (await client.get(name)).variants[0]
    assert not variant.HasField("image")
    assert list(variant.renditions) == []
    await unknown(client.read_image(name))
    await unknown(client.read_image(name, held=True))
    release.set()
    events = await client.watch(name)
    assert kinds(events)[-2:] == ["variant_moderated", "finished"]
    assert events[-1].finished.asset.variants[0].image == imaged.variant_imaged.image
    assert await client.read_image(name)
    assert len(overlapping.of("GenerateImage")) == 1


async def test_the_picture_of_a_refused_prompt_is_thrown_away_unseen_and_stays_in_the_log(client, overlapping):
    release = overlapping.hang("ModerateText", times=1)
    overlapping.block(match=lambda request: not request.text.endswith("safer"))
    # The first judgement waits until the picture is there, and then refuses.
    rule = overlapping.rules[0]

    async def behave(request):
        await release.wait()
        return await overlapping.rules[1].behave(request)

    rule.behave = behave
    name = (await client.create("a fox", overlap=True, detach=True))[0].asset
    first = (await client.until(name, "variant_imaged")).variant_imaged
    release.set()
    events = await client.watch(name)
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.variants[0].image.blob.digest != first.image.blob.digest
    assert asset.variants[0].prompt.text.endswith("safer")
    [dropped] = await overlapping.wait_for("DeleteImage")
    assert (dropped.request.digest, dropped.request.reference) == (first.image.blob.digest, f"{name}/variants/0")
    assert first.call.model == "scripted"


async def test_a_picture_under_way_is_called_off_when_its_prompt_is_refused(client, overlapping):
    overlapping.hang("GenerateImage", times=1)
    overlapping.block(match=lambda request: not request.text.endswith("safer"))
    refuse = overlapping.rules[-1].behave

    async def once_it_is_painted(request):
        await overlapping.wait_for("GenerateImage")
        return await refuse(request)

    overlapping.rules[-1].behave = once_it_is_painted
    events = await client.create("a fox", overlap=True)
    [unknown_call] = [event.step_unknown for event in events if event.HasField("step_unknown")]
    assert unknown_call.method.endswith("GenerateImage")
    assert (unknown_call.variant, unknown_call.rendition, unknown_call.attempt) == (0, 0, 1)
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    await overlapping.of("GenerateImage")[0].cancelled.wait()


async def test_overlap_counts_only_where_the_policy_allows_it(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt")]
    events = await client.create("a fox", overlap=True)
    order = [event.step_started.method.rpartition("/")[2] or event.WhichOneof("kind") for event in events]
    assert order.index("variant_moderated") < order.index("GenerateImage")


async def test_overlap_counts_only_where_the_recipe_wants_it(client, overlapping):
    events = await client.create("a fox")
    order = [event.step_started.method.rpartition("/")[2] or event.WhichOneof("kind") for event in events]
    assert order.index("variant_moderated") < order.index("GenerateImage")


async def test_the_picture_of_a_held_prompt_is_kept_for_the_reviewer_and_released_by_the_approval(client, overlapping):
    overlapping.judge("ModerateText", "review")
    name = (await client.create("a fox", overlap=True, detach=True))[0].asset
    await client.until(name, "review_requested")
    painted = len(overlapping.of("GenerateImage"))
    variant = (await client.get(name)).variants[0]
    assert not variant.HasField("image")
    await unknown(client.read_image(name))
    if variant.held_count:
        assert await client.read_image(name, held=True)
    await client.review(name, "approve")
    asset = (await client.until(name, "finished")).finished.asset
    assert asset.variants[0].HasField("image")
    assert len(overlapping.of("GenerateImage")) == painted + (0 if variant.held_count else 1)


async def test_the_picture_of_a_rejected_prompt_is_thrown_away(client, overlapping):
    release = overlapping.hang("ModerateText", times=1)
    overlapping.judge("ModerateText", "review")

    async def behave(request):
        await release.wait()
        return await overlapping.rules[1].behave(request)

    overlapping.rules[0].behave = behave
    name = (await client.create("a fox", overlap=True, detach=True))[0].asset
    imaged = (await client.until(name, "variant_imaged")).variant_imaged
    release.set()
    await client.until(name, "review_requested")
    assert (await client.get(name)).variants[0].held_count == 1
    await client.review(name, "reject")
    assert (await client.until(name, "finished")).finished.asset.state == pb.Asset.STATE_BLOCKED
    [dropped] = await overlapping.wait_for("DeleteImage")
    assert dropped.request.digest == imaged.image.blob.digest


async def test_nothing_is_begun_before_the_content_is_cleared(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "content", "prompt", overlap=True)]
    leaves.block()
    events = await client.create("a fox", overlap=True)
    assert events[-1].finished.asset.state == pb.Asset.STATE_BLOCKED
    assert leaves.of("GenerateImage") == []


async def test_an_overlapping_asset_survives_a_restart(stack, overlapping):
    release = overlapping.hang("ModerateText")
    async with stack.replica() as client:
        name = (await client.create("a fox", overlap=True, detach=True))[0].asset
        await client.until(name, "variant_imaged")
    release.set()
    async with stack.replica() as client:
        asset = (await client.until(name, "finished")).finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert len(overlapping.of("GenerateImage")) == 1
