"""What waits for a person, what a person decides, and what becomes of it."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT, PLACE_IMAGE, PLACE_PROMPT, Verdict

from services.kit.errors import Reason, ServiceError
from services.orchestrator.memory import MemoryJournal
from tests.contract.orchestrator.forgetful import DeafQueue


def of_content(request):
    return request.place == PLACE_CONTENT


def of_prompt(request):
    return request.place == PLACE_PROMPT


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


async def not_reviewable(awaitable):
    with pytest.raises(ServiceError) as caught:
        await awaitable
    assert caught.value.reason is Reason.NOT_REVIEWABLE


async def waiting(client, **recipe):
    """An asset that waits for a person, and the event that says so."""
    name = (await client.create("a fox", detach=True, **recipe))[0].asset
    return name, await client.until(name, "review_requested")


async def test_a_held_prompt_is_painted_once_it_is_approved(client, leaves):
    leaves.judge("ModerateText", "review")
    name, event = await waiting(client)
    assert list(event.review_requested.variants) == [0]
    assert not event.review_requested.content
    asset = await client.get(name)
    assert asset.state == pb.Asset.STATE_NEEDS_REVIEW
    assert asset.variants[0].state == pb.Variant.STATE_NEEDS_REVIEW
    assert [found.name for found in (await client.list(states=[pb.Asset.STATE_NEEDS_REVIEW])).assets] == [name]
    assert leaves.of("GenerateImage") == []

    approved = await client.review(name, "approve", note="harmless")
    [review] = approved.variants[0].reviews
    assert (review.reviewer, review.note, review.place, review.appeal) == ("ada", "harmless", PLACE_PROMPT, False)
    events = await client.watch(name)
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.variants[0].HasField("image")
    assert asset.variants[0].verdict.decision == Verdict.DECISION_REVIEW
    [painting] = leaves.of("GenerateImage")
    assert painting.request.provenance.decision == Verdict.DECISION_ALLOWED


async def test_a_rejected_prompt_is_blocked_and_never_painted(client, leaves):
    leaves.judge("ModerateText", "review")
    name, _ = await waiting(client)
    await client.review(name, "reject")
    final = await client.until(name, "finished")
    assert final.finished.asset.state == pb.Asset.STATE_BLOCKED
    assert final.finished.asset.variants[0].state == pb.Variant.STATE_BLOCKED
    assert leaves.of("GenerateImage") == []


async def test_held_content_goes_on_once_it_is_approved(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "content", "prompt")]
    leaves.judge("ModerateText", "review", match=of_content)
    name, event = await waiting(client)
    assert event.review_requested.content
    assert leaves.of("GenerateImage") == []
    await not_reviewable(client.review(name, "approve", variant=0))
    await client.review(name, "approve", variant=None)
    asset = (await client.until(name, "finished")).finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    [review] = asset.content_reviews
    assert review.place == PLACE_CONTENT


async def test_held_pictures_are_shown_to_nobody_but_reviewers_until_approved(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.judge("ModerateImage", "review", match=lambda request: True, times=1)
    name, _ = await waiting(client, formats=["square", "banner"])
    variant = (await client.get(name)).variants[0]
    assert variant.held_count == 1
    held = next(n for n, rendition in enumerate(variant.renditions) if not rendition.HasField("image"))
    with pytest.raises(ServiceError) as caught:
        await client.read_image(name, rendition=held)
    assert caught.value.reason is Reason.IMAGE_UNKNOWN
    assert await client.read_image(name, rendition=held, held=True)

    await client.review(name, "approve")
    asset = (await client.until(name, "finished")).finished.asset
    assert [rendition.HasField("image") for rendition in asset.variants[0].renditions] == [True, True]
    assert asset.variants[0].reviews[0].place == PLACE_IMAGE
    assert len(leaves.of("GenerateImage")) == 2


async def test_rejected_pictures_are_thrown_away(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.judge("ModerateImage", "review")
    name, _ = await waiting(client)
    await client.review(name, "reject")
    asset = (await client.until(name, "finished")).finished.asset
    assert asset.state == pb.Asset.STATE_BLOCKED
    [dropped] = await leaves.wait_for("DeleteImage")
    assert dropped.request.reference == f"{name}/variants/0"
    with pytest.raises(ServiceError):
        await client.read_image(name, held=True)


async def test_a_waiting_asset_takes_no_slot_and_comes_back_to_no_worker(stack, leaves):
    leaves.judge("ModerateText", "review", match=lambda request: request.text.startswith("held"))
    async with stack.replica(slots=1) as client:
        names = [(await client.create(f"held {n}", detach=True))[0].asset for n in range(3)]
        for name in names:
            await client.until(name, "review_requested")
        assert (await client.create("free"))[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await stack.queue.take()
        for name in names:
            await client.review(name, "approve")
            assert (await client.until(name, "finished")).finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_the_time_that_a_person_takes_is_not_the_assets(stack, leaves):
    leaves.judge("ModerateText", "review")
    async with stack.replica(job_deadline_s=1.0) as client:
        name, event = await waiting(client)
        created = (await client.get(name)).create_time.ToNanoseconds()
        assert event.create_time.ToNanoseconds() - created < 1e9
        await asyncio.sleep(1.1)
        await client.review(name, "approve")
        assert (await client.until(name, "finished")).finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_each_held_variant_is_decided_about_on_its_own(client, leaves):
    leaves.judge("ModerateText", "review")
    name, event = await waiting(client, variant_count=2)
    assert list(event.review_requested.variants) == [0, 1]
    await client.review(name, "approve", variant=1)
    again = await client.until(name, "review_requested", after=event.sequence)
    assert list(again.review_requested.variants) == [0]
    assert (await client.get(name)).variants[1].HasField("image")
    await client.review(name, "reject", variant=0)
    asset = (await client.until(name, "finished")).finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert [variant.state for variant in asset.variants] == [pb.Variant.STATE_BLOCKED, pb.Variant.STATE_SUCCEEDED]


async def test_the_same_decision_again_changes_nothing_and_another_is_refused(client, leaves):
    leaves.judge("ModerateText", "review")
    name, _ = await waiting(client)
    await client.review(name, "reject")
    final = await client.until(name, "finished")
    assert (await client.review(name, "reject", reviewer="bob")).last_sequence == final.sequence
    await not_reviewable(client.review(name, "approve"))
    assert (await client.get(name)).last_sequence == final.sequence


async def test_an_appeal_takes_a_final_asset_up_again(client, leaves):
    leaves.judge("ModerateText", "blocked", times=3)
    events = await client.create("a fox")
    first = events[-1]
    assert first.finished.asset.state == pb.Asset.STATE_BLOCKED
    await client.review(first.asset, "approve", note="a fox is no weapon")
    after = await client.watch(first.asset, after=first.sequence)
    assert kinds(after) == ["variant_reviewed", "step_started", "variant_imaged", "finished"]
    assert after[0].variant_reviewed.review.appeal
    asset = after[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.variants[0].HasField("image")
    assert asset.last_sequence == after[-1].sequence
    whole = await client.watch(first.asset)
    assert kinds(whole).count("finished") == 2
    assert [event.sequence for event in whole] == list(range(1, len(whole) + 1))


async def test_an_appeal_that_is_turned_down_is_recorded_and_the_asset_stays_as_it_was(client, leaves):
    leaves.judge("ModerateText", "blocked")
    first = (await client.create("a fox"))[-1]
    asset = await client.review(first.asset, "reject")
    assert asset.state == pb.Asset.STATE_BLOCKED
    assert asset.variants[0].reviews[0].appeal
    assert kinds(await client.watch(first.asset, after=first.sequence)) == ["variant_reviewed", "finished"]
    await not_reviewable(client.review(first.asset, "approve"))


async def test_blocked_content_can_be_appealed(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "content", "prompt")]
    leaves.judge("ModerateText", "blocked", match=of_content)
    first = (await client.create("a fox"))[-1]
    assert first.finished.asset.state == pb.Asset.STATE_BLOCKED
    await client.review(first.asset, "approve", variant=None)
    asset = (await client.until(first.asset, "finished", after=first.sequence)).finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.content_reviews[0].appeal


async def test_a_picture_that_was_blocked_and_approved_is_painted_again_and_released(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.judge("ModerateImage", "blocked")
    first = (await client.create("a fox"))[-1]
    assert first.finished.asset.state == pb.Asset.STATE_BLOCKED
    await leaves.wait_for("DeleteImage")
    await client.review(first.asset, "approve")
    asset = (await client.until(first.asset, "finished", after=first.sequence)).finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert len(leaves.of("ModerateImage")) == 1
    assert await client.read_image(asset.name)


async def test_another_picture_than_the_approved_one_waits_for_a_person_again(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.judge("ModerateImage", "blocked")
    first = (await client.create("a fox"))[-1]

    async def another(request):
        request.seed += 1
        return

    leaves.when("GenerateImage", another)
    await client.review(first.asset, "approve")
    await client.until(first.asset, "review_requested", after=first.sequence)
    assert (await client.get(first.asset)).variants[0].held_count == 1
    await client.review(first.asset, "approve")
    asset = (await client.until(first.asset, "finished", after=first.sequence)).finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED


async def test_a_cancelled_asset_is_not_taken_up_again(client, leaves):
    leaves.judge("ModerateText", "review")
    name, _ = await waiting(client)
    assert (await client.cancel(name)).state == pb.Asset.STATE_CANCELLED
    await not_reviewable(client.review(name, "approve"))


async def test_deleting_an_asset_drops_the_pictures_that_were_held(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.judge("ModerateImage", "review")
    name, _ = await waiting(client)
    await client.cancel(name)
    await client.delete(name)
    assert [call.request.reference for call in leaves.of("DeleteImage")] == [f"{name}/variants/0"]


async def test_nothing_to_review_is_said_so(client, leaves):
    asset = (await client.create("a fox"))[-1].finished.asset
    await not_reviewable(client.review(asset.name, "approve"))
    await not_reviewable(client.review(asset.name, "reject", variant=None))
    for wrong in ({"variant": 1}, {"variant": -1}, {"reviewer": ""}, {"reviewer": "x" * 101}, {"note": "x" * 1001}):
        with pytest.raises(ServiceError) as caught:
            await client.review(asset.name, "approve", **wrong)
        assert caught.value.reason is Reason.FIELD_INVALID
    with pytest.raises(ServiceError) as caught:
        await client.review("assets/" + "0" * 32, "approve")
    assert caught.value.reason is Reason.ASSET_UNKNOWN


async def test_a_review_on_one_replica_goes_on_on_another_after_a_restart(stack, leaves):
    leaves.judge("ModerateText", "review")
    async with stack.replica() as client:
        name, _ = await waiting(client)
    async with stack.replica() as client:
        await client.review(name, "approve")
        assert (await client.until(name, "finished")).finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_a_job_that_was_let_go_in_the_moment_of_its_review_is_queued_again(memory_stack, leaves):
    leaves.judge("ModerateText", "review")
    queue = DeafQueue()
    memory_stack.use(MemoryJournal(), queue)
    async with memory_stack.replica() as client:
        name, _ = await waiting(client)
        queue.deaf = True
        await client.review(name, "approve")
        queue.deaf = False
        assert (await client.until(name, "finished")).finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_an_appeal_in_the_very_moment_of_the_end_is_heard(stack, leaves):
    leaves.judge("ModerateText", "blocked", times=30)
    async with stack.replica() as client:
        for _ in range(10):
            first = (await client.create("a fox"))[-1]
            await client.review(first.asset, "approve")
            asset = (await client.until(first.asset, "finished", after=first.sequence)).finished.asset
            assert asset.state == pb.Asset.STATE_SUCCEEDED
