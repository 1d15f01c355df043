"""The life of an asset as a caller sees it."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import Verdict

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.orchestrator import intake, names

UNKNOWN = "assets/" + "0" * 32


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


async def refused(awaitable):
    with pytest.raises(ServiceError) as caught:
        await awaitable
    return caught.value


async def test_one_variant_goes_through_every_step_in_order(client):
    events = await client.create("a fox")
    assert kinds(events) == [
        "accepted",
        "step_started",
        "prompts_generated",
        "step_started",
        "variant_moderated",
        "step_started",
        "variant_imaged",
        "finished",
    ]
    assert [event.sequence for event in events] == list(range(1, 9))
    assert {event.asset for event in events} == {events[0].asset}
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.last_sequence == 8
    assert asset.variants[0].image.blob.digest.startswith("sha256:")
    assert asset == await client.get(asset.name)


async def test_each_leaf_is_asked_for_what_the_recipe_says(client, leaves):
    with telemetry.trace(""):
        trace_id = telemetry.trace_id()
        events = await client.create(
            "a fox", variant_count=3, style="flat", width=512, height=768, policy="default", seed=40
        )
    name = events[0].asset
    [prompts] = leaves.of("GeneratePrompts")
    assert (prompts.request.content, prompts.request.count, prompts.request.style) == ("a fox", 3, "flat")
    texts = {call.request.text for call in leaves.of("ModerateText")}
    assert texts == {"a fox 0", "a fox 1", "a fox 2"}
    assert {call.request.policy for call in leaves.of("ModerateText")} == {"default"}
    images = sorted((call.request for call in leaves.of("GenerateImage")), key=lambda request: request.seed)
    assert [request.seed for request in images] == [40, 41, 42]
    assert [request.reference for request in images] == [f"{name}/variants/{n}" for n in range(3)]
    assert {(request.width, request.height) for request in images} == {(512, 768)}
    for call in leaves.calls:
        assert call.metadata["atelier-model-attempts"] == "1"
        assert call.metadata["traceparent"].split("-")[1] == trace_id


async def test_a_seed_is_picked_and_told(client):
    first, second = [(await client.create("a fox", detach=True))[0].accepted.recipe.seed for _ in range(2)]
    assert 1 <= first <= 2_147_483_639
    assert first != second


async def test_variants_run_beside_each_other(client, leaves):
    release = leaves.hang("ModerateText", match=lambda request: request.text == "a fox 0")
    creating = asyncio.create_task(client.create("a fox", variant_count=3))
    await leaves.wait_for("GenerateImage", 2)
    release.set()
    asset = (await creating)[-1].finished.asset
    assert [variant.prompt.text for variant in asset.variants] == ["a fox 0", "a fox 1", "a fox 2"]
    assert all(variant.HasField("image") for variant in asset.variants)


async def test_a_detached_stream_ends_after_the_first_event_and_the_work_goes_on(client):
    events = await client.create("a fox", detach=True)
    assert kinds(events) == ["accepted"]
    watched = await client.watch(events[0].asset)
    assert watched[0] == events[0]
    assert watched[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_hanging_up_is_not_to_cancel(client, leaves):
    release = leaves.hang("GenerateImage")
    creating = client.creating(client.request("a fox"))
    name = (await anext(creating)).event.asset
    await leaves.wait_for("GenerateImage")
    await creating.aclose()
    release.set()
    assert (await client.watch(name))[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_a_watch_can_be_taken_up_after_any_event(client):
    events = await client.create("a fox", variant_count=2)
    for after in range(len(events) + 1):
        assert await client.watch(events[0].asset, after) == events[after:]


async def test_a_watch_that_is_taken_up_while_the_work_goes_on_misses_nothing(client, leaves):
    release = leaves.hang("GenerateImage")
    name = (await client.create("a fox", variant_count=3, detach=True))[0].asset
    await leaves.wait_for("GenerateImage", 3)
    now = (await client.get(name)).last_sequence
    watches = [asyncio.create_task(client.watch(name, after)) for after in range(now + 1)]
    release.set()
    whole = await client.watch(name)
    for after, watch in enumerate(watches):
        assert await watch == whole[after:]


@pytest.mark.parametrize("after", [-1, 9, 2**62])
async def test_a_watch_from_beyond_the_log_is_refused(client, after):
    events = await client.create("a fox")
    error = await refused(client.watch(events[0].asset, after))
    assert (error.reason, error.field) == (Reason.FIELD_INVALID, "after_sequence")


@pytest.mark.parametrize("name", [UNKNOWN, "assets/nobody", "x", "assets/../../etc"])
async def test_an_asset_that_nobody_made_is_unknown_to_every_method(client, name):
    for call in (
        client.watch(name),
        client.get(name),
        client.cancel(name),
        client.delete(name),
        client.read_image(name),
    ):
        assert (await refused(call)).reason is Reason.ASSET_UNKNOWN


async def test_an_empty_name_is_invalid(client):
    assert (await refused(client.get(""))).reason is Reason.FIELD_INVALID


async def test_a_request_beyond_a_limit_starts_nothing(client, leaves):
    assert (await refused(client.create(""))).reason is Reason.CONTENT_LENGTH
    assert (await refused(client.create("x" * 100_001))).reason is Reason.CONTENT_LENGTH
    assert (await refused(client.create("a fox", variant_count=9))).reason is Reason.FIELD_INVALID
    assert not (await client.list()).assets
    assert not leaves.calls


async def test_the_longest_content_of_the_widest_characters_fits(client):
    content = "🦊" * 100_000
    assert (await client.create(content))[-1].finished.asset.content == content


async def test_the_same_request_joins_the_first_asset(client, leaves):
    release = leaves.hang("GenerateImage")
    request = client.request("a fox", request_id="once")
    streams = [asyncio.create_task(client.create("a fox", request_id="once")) for _ in range(5)]
    await leaves.wait_for("GenerateImage")
    streams.append(asyncio.create_task(client.create("a fox", request_id="once")))
    release.set()
    results = await asyncio.gather(*streams)
    assert all(events == results[0] for events in results)
    assert [reply.event async for reply in client.creating(request)] == results[0]
    assert len(leaves.of("GeneratePrompts")) == 1


async def test_another_request_under_the_same_id_is_refused(client):
    await client.create("a fox", request_id="once")
    error = await refused(client.create("a cat", request_id="once"))
    assert (error.reason, error.field) == (Reason.REQUEST_ID_REUSED, "request_id")


async def test_a_claim_whose_maker_died_before_the_first_event_is_healed(client, stack):
    request = client.request("a fox", request_id="once")
    name = names.asset_name(1, 2)
    await stack.journal.claim(intake.claim_key("", "once"), intake.identity(request).digest, name)
    events = [reply.event async for reply in client.creating(request)]
    assert events[0].asset == name
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_a_blocked_prompt_is_rewritten_and_judged_again(client, leaves):
    leaves.block(match=lambda request: not request.text.endswith("safer"))
    events = await client.create("a fox")
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.variants[0].prompt.text == "a fox 0 safer"
    assert asset.variants[0].verdict.decision == Verdict.DECISION_ALLOWED
    [rewrite] = leaves.of("RewritePrompt")
    assert rewrite.request.content == "a fox"
    assert rewrite.request.refused.text == "a fox 0"
    assert [finding.category for finding in rewrite.request.findings] == ["S1"]
    assert kinds(events).count("prompt_rewritten") == 1


async def test_what_stays_blocked_after_two_rewrites_is_an_outcome_and_no_error(client, leaves):
    leaves.block()
    events = await client.create("a fox")
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_BLOCKED
    assert not asset.HasField("error")
    [variant] = asset.variants
    assert variant.verdict.decision == Verdict.DECISION_BLOCKED
    assert not variant.HasField("image")
    assert not variant.HasField("error")
    assert len(leaves.of("RewritePrompt")) == 2
    assert len(leaves.of("ModerateText")) == 3
    assert not leaves.of("GenerateImage")


async def test_one_blocked_variant_does_not_block_the_others(client, leaves):
    leaves.block(match=lambda request: request.text.startswith("a fox 1"))
    asset = (await client.create("a fox", variant_count=3))[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert [variant.HasField("image") for variant in asset.variants] == [True, False, True]


async def test_assets_are_listed_newest_first_by_pages(client, leaves):
    made = [(await client.create(f"fox {n}"))[0].asset for n in range(4)]
    leaves.hang("GeneratePrompts")
    made.append((await client.create("fox 4", detach=True))[0].asset)
    await leaves.wait_for("GeneratePrompts", 5)
    seen, token = [], ""
    while True:
        page = await client.list(2, token)
        seen += [asset.name for asset in page.assets]
        token = page.next_page_token
        if not token:
            break
        assert len(page.assets) == 2
    assert seen == made[::-1]
    newest = (await client.list(1)).assets[0]
    assert newest.state == pb.Asset.STATE_RUNNING
    assert newest == await client.get(made[-1])


async def test_a_page_ends_before_it_grows_past_its_bound(client):
    for _ in range(8):
        await client.create("🦊" * 100_000, detach=True)
    first = await client.list()
    assert first.ByteSize() <= 2 * 1024 * 1024
    assert len(first.assets) == 5
    rest = await client.list(page_token=first.next_page_token)
    assert len(rest.assets) == 3
    assert not rest.next_page_token


@pytest.mark.parametrize(("size", "token"), [(1001, ""), (-1, ""), (0, "x"), (0, "YXNzZXRz")])
async def test_a_page_that_cannot_be_is_refused(client, size, token):
    assert (await refused(client.list(size, token))).reason is Reason.FIELD_INVALID


async def test_an_image_is_read_through_the_orchestrator(client, leaves):
    asset = (await client.create("a fox" * 20, variant_count=2))[-1].finished.asset
    for n, variant in enumerate(asset.variants):
        data = await client.read_image(asset.name, n)
        assert len(data) == variant.image.blob.size_bytes
        assert data == leaves.pictures[variant.image.blob.digest]


@pytest.mark.parametrize("variant", [-1, 1, 100])
async def test_a_variant_without_image_is_an_unknown_image(client, variant):
    asset = (await client.create("a fox"))[-1].finished.asset
    assert (await refused(client.read_image(asset.name, variant))).reason is Reason.IMAGE_UNKNOWN


async def test_a_blocked_variant_has_no_image_to_read(client, leaves):
    leaves.block()
    asset = (await client.create("a fox"))[-1].finished.asset
    assert (await refused(client.read_image(asset.name))).reason is Reason.IMAGE_UNKNOWN


async def test_a_deleted_asset_is_forgotten_with_its_images(client, leaves):
    asset = (await client.create("a fox", variant_count=2, request_id="once"))[-1].finished.asset
    await client.delete(asset.name)
    dropped = {(call.request.digest, call.request.reference) for call in leaves.of("DeleteImage")}
    assert dropped == {
        (variant.image.blob.digest, f"{asset.name}/variants/{n}") for n, variant in enumerate(asset.variants)
    }
    assert (await refused(client.get(asset.name))).reason is Reason.ASSET_UNKNOWN
    assert not (await client.list()).assets
    assert (await refused(client.delete(asset.name))).reason is Reason.ASSET_UNKNOWN


async def test_a_running_asset_is_not_deleted(client, leaves):
    leaves.hang("GenerateImage")
    name = (await client.create("a fox", detach=True))[0].asset
    assert (await refused(client.delete(name))).reason is Reason.ASSET_RUNNING
    await client.cancel(name)
    await client.delete(name)


async def test_a_deletion_that_failed_half_way_can_be_repeated(client, leaves):
    asset = (await client.create("a fox", variant_count=2))[-1].finished.asset
    second = asset.variants[1].image.blob.digest
    leaves.fail("DeleteImage", Reason.STORE_UNAVAILABLE, match=lambda request: request.digest == second, times=1)
    assert (await refused(client.delete(asset.name))).reason is Reason.STORE_UNAVAILABLE
    assert (await client.get(asset.name)).name == asset.name
    await client.delete(asset.name)
    assert not leaves.pictures


async def test_many_assets_at_once_all_come_to_a_good_end(client):
    results = await asyncio.gather(*(client.create(f"fox {n}", variant_count=1 + n % 2) for n in range(200)))
    assert len({events[0].asset for events in results}) == 200
    for events in results:
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
