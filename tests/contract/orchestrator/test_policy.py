"""The policy at its three places: the content, each prompt, each finished picture."""

from __future__ import annotations

import asyncio

import pytest
from atelier.moderation.v1 import moderation_pb2
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT, PLACE_PROMPT, Verdict

from services.kit.errors import Reason, ServiceError


def of_content(request):
    return request.place == PLACE_CONTENT


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


async def test_the_plan_of_the_policy_is_recorded_with_the_request(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt"), new_policy("strict", "content", "prompt", overlap=True)]
    accepted = (await client.create(policy="strict", detach=True))[0].accepted
    assert accepted.policy_plan.version == leaves.policies[1].version
    assert list(accepted.policy_plan.places) == [PLACE_CONTENT, PLACE_PROMPT]
    assert accepted.policy_plan.overlap
    for name in ("", "default"):
        accepted = (await client.create(policy=name, detach=True))[0].accepted
        assert accepted.policy_plan.version.name == "balanced"


async def test_a_policy_that_nobody_knows_is_refused_and_nothing_starts(client, leaves):
    with pytest.raises(ServiceError) as caught:
        await client.create(policy="lax")
    assert (caught.value.reason, caught.value.field) == (Reason.POLICY_UNKNOWN, "asset.recipe.policy")
    assert (await client.list()).assets == []


async def test_a_policy_that_is_gone_does_not_keep_a_request_from_joining_its_asset(stack, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt"), new_policy("strict", "prompt")]
    async with stack.replica() as client:
        first = await client.create(policy="strict", request_id="r")
    leaves.policies = leaves.policies[:1]
    async with stack.replica() as client:
        second = await client.create(policy="strict", request_id="r")
    assert first == second


async def test_assets_are_accepted_while_the_moderation_service_is_away_and_then_judged_everywhere(stack, leaves):
    async with stack.replica() as client:
        address = await leaves.kill("moderation")
        creating = asyncio.create_task(client.create("a fox"))
        await leaves.wait_for("GeneratePrompts")
        await leaves.start("moderation", address)
        events = await creating
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert {"content_moderated", "variant_moderated", "image_moderated"} <= set(kinds(events))


async def test_content_is_judged_beside_the_writing_of_prompts(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "content", "prompt")]
    release = leaves.hang("ModerateText", match=of_content)
    creating = asyncio.create_task(client.create("a fox"))
    await leaves.wait_for("GeneratePrompts")
    await leaves.wait_for("ModerateText", 2)
    release.set()
    events = await creating
    [call] = [call.request for call in leaves.of("ModerateText") if of_content(call.request)]
    assert call.text == "a fox"
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert events[-1].finished.asset.content_verdict.decision == Verdict.DECISION_ALLOWED


async def test_nothing_is_painted_before_the_verdict_on_the_content_is_in(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "content", "prompt")]
    release = leaves.hang("ModerateText", match=of_content)
    name = (await client.create("a fox", detach=True))[0].asset
    moderated = await client.until(name, "variant_moderated")
    assert leaves.of("GenerateImage") == []
    release.set()
    events = await client.watch(name)
    content = next(event for event in events if event.HasField("content_moderated"))
    painting = next(event for event in events if event.step_started.method.endswith("GenerateImage"))
    assert moderated.sequence < content.sequence < painting.sequence


async def test_blocked_content_ends_the_asset_without_a_picture(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "content", "prompt")]
    leaves.judge("ModerateText", "blocked", match=of_content)
    hanging = leaves.hang("GeneratePrompts")
    events = await client.create("a fox", variant_count=2)
    hanging.set()
    assert kinds(events)[-3:] == ["step_unknown", "content_moderated", "finished"]
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_BLOCKED
    assert asset.content_verdict.findings[0].category == "S1"
    assert leaves.of("GenerateImage") == []


@pytest.mark.parametrize("with_the_picture", [True, False])
async def test_a_picture_is_judged_by_its_preview(client, leaves, new_policy, with_the_picture):
    leaves.answers_previews = with_the_picture
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    events = await client.create("a fox", formats=["square", "banner"])
    assert kinds(events).count("image_moderated") == 2
    renditions = events[-1].finished.asset.variants[0].renditions
    previews = {f"preview 512 of {rendition.image.blob.digest}".encode() for rendition in renditions}
    assert {call.request.image for call in leaves.of("ModerateImage")} == previews
    assert len(leaves.of("ReadImage")) == (0 if with_the_picture else 2)
    assert all(rendition.verdict.decision == Verdict.DECISION_ALLOWED for rendition in renditions)


async def test_a_blocked_picture_is_thrown_away_and_its_variant_is_blocked(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.judge("ModerateImage", "blocked", times=1)
    events = await client.create("a fox", variant_count=2)
    asset = events[-1].finished.asset
    [blocked] = [event.image_moderated for event in events if event.image_moderated.verdict.decision == 2]
    variant = asset.variants[blocked.variant]
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert variant.state == pb.Variant.STATE_BLOCKED
    assert not variant.HasField("image")
    assert variant.renditions[0].verdict.decision == Verdict.DECISION_BLOCKED
    assert not variant.renditions[0].HasField("image")
    [dropped] = await leaves.wait_for("DeleteImage")
    imaged = [event.variant_imaged for event in events if event.HasField("variant_imaged")]
    [image] = [event.image for event in imaged if event.variant == blocked.variant]
    assert dropped.request.digest == image.blob.digest
    assert dropped.request.reference == f"{asset.name}/variants/{blocked.variant}"


async def test_a_blocked_format_leaves_the_others_of_its_variant(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.judge("ModerateImage", "blocked", times=1)
    variant = (await client.create("a fox", formats=["square", "banner"]))[-1].finished.asset.variants[0]
    assert variant.state == pb.Variant.STATE_SUCCEEDED
    assert sorted(rendition.HasField("image") for rendition in variant.renditions) == [False, True]


async def test_a_picture_that_nobody_could_judge_passes_with_the_warning(client, leaves, new_policy):
    leaves.policies = [new_policy("balanced", "prompt", "image")]

    async def unjudged(request):
        verdict = Verdict(decision=Verdict.DECISION_ALLOWED, unjudged="no model here can see")
        return moderation_pb2.ModerateImageResponse(verdict=verdict)

    leaves.when("ModerateImage", unjudged)
    events = await client.create("a fox")
    [moderated] = [event.image_moderated for event in events if event.HasField("image_moderated")]
    assert not moderated.HasField("call")
    rendition = events[-1].finished.asset.variants[0].renditions[0]
    assert rendition.HasField("image")
    assert rendition.verdict.unjudged == "no model here can see"


@pytest.mark.parametrize("method", ["ModerateText", "ModerateImage"])
async def test_a_judgement_that_does_not_come_lets_nothing_through(stack, leaves, new_policy, method):
    leaves.policies = [new_policy("balanced", "content", "prompt", "image")]
    leaves.fail(method, Reason.SERVICE_UNREACHABLE)
    async with stack.replica(job_deadline_s=1.5) as client:
        events = await client.create("a fox")
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert not asset.variants[0].HasField("image")
    # On a machine with much to do the time may be over before there is a picture to be thrown away.
    if "variant_imaged" in kinds(events):
        await leaves.wait_for("DeleteImage")
