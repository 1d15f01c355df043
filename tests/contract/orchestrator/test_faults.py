"""What happens when models, services or replicas fail."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack

import pytest
from atelier.moderation.v1 import moderation_pb2
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.prompt.v1 import prompt_pb2

from services.kit.channel import open_channel
from services.kit.errors import Reason, ServiceError
from services.orchestrator import events as event_of
from services.orchestrator import steps
from services.orchestrator.budgets import Budgets, Limits
from services.orchestrator.flow import fold_all
from services.orchestrator.funding import Funding
from services.orchestrator.hub import Hub
from services.orchestrator.memory import MemoryJournal, MemoryQueue
from services.orchestrator.memory_shelf import MemoryShelf
from services.orchestrator.meter import Meter
from services.orchestrator.names import asset_name
from services.orchestrator.quotes import Quotes
from services.orchestrator.run import Run
from services.orchestrator.turning import End

GENERATE_IMAGE = "atelier.image.v1.ImageService/GenerateImage"


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


def retries(events):
    return [event.step_retried for event in events if event.HasField("step_retried")]


def reason(status):
    return ServiceError.from_status(status).reason


async def until(condition):
    async with asyncio.timeout(30):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_retry_is_told_with_its_reason_and_delay(client, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_UNREACHABLE, times=2)
    events = await client.create("a fox")
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    told = retries(events)
    assert [(retry.method, retry.variant, reason(retry.error)) for retry in told] == [
        (GENERATE_IMAGE, 0, Reason.MODEL_UNREACHABLE)
    ] * 2
    assert all(retry.retry_delay.ToNanoseconds() > 0 for retry in told)
    started = [event.step_started for event in events if event.HasField("step_started")]
    assert [start.attempt for start in started if start.method == GENERATE_IMAGE] == [1, 2, 3]


async def test_a_model_that_stays_away_fails_the_asset_with_the_reason(client, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_UNREACHABLE)
    events = await client.create("a fox")
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert reason(asset.error) is reason(asset.variants[0].error) is Reason.MODEL_UNREACHABLE
    assert len(leaves.of("GenerateImage")) == 5
    assert kinds(events)[-2:] == ["variant_failed", "finished"]


@pytest.mark.parametrize(
    ("why", "calls"),
    [
        (Reason.MODEL_CREDENTIALS, 1),
        (Reason.MODEL_UNSUPPORTED, 1),
        (Reason.MODEL_QUOTA, 1),
        (Reason.INTERNAL, 1),
        (Reason.MODEL_OUTPUT, 2),
    ],
)
async def test_a_failure_before_there_are_prompts_ends_the_asset(client, leaves, why, calls):
    leaves.fail("GeneratePrompts", why)
    events = await client.create("a fox", variant_count=2)
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert reason(asset.error) is why
    assert len(asset.variants) == 2
    assert len(leaves.of("GeneratePrompts")) == calls


async def test_a_quota_that_frees_soon_is_waited_for(client, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_QUOTA, retry_after_s=0.05, times=1)
    events = await client.create("a fox")
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    [retry] = retries(events)
    assert retry.retry_delay.ToMilliseconds() >= 50


async def test_a_busy_replica_is_passed_over_without_a_word(client, leaves):
    leaves.fail("ModerateText", Reason.SERVER_BUSY, times=5)
    events = await client.create("a fox")
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert not retries(events)
    assert len(leaves.of("ModerateText")) == 6


async def test_calls_wait_for_a_small_service_instead_of_pestering_it(client, leaves):
    under_way = 0

    async def with_few_slots(request):
        nonlocal under_way
        if under_way >= 4:
            raise ServiceError(Reason.SERVER_BUSY, "scripted")
        under_way += 1
        try:
            await asyncio.sleep(0.02)
        finally:
            under_way -= 1

    leaves.when("GenerateImage", with_few_slots)
    results = await asyncio.gather(*(client.create(f"fox {n}", variant_count=8) for n in range(25)))
    for events in results:
        assert not retries(events)
        assert all(variant.HasField("image") for variant in events[-1].finished.asset.variants)
    assert len(leaves.of("GenerateImage")) < 2 * 200


async def test_one_failed_variant_does_not_sink_the_others(client, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_CREDENTIALS, match=lambda request: request.prompt == "a fox 1")
    asset = (await client.create("a fox", variant_count=3))[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert not asset.HasField("error")
    assert [variant.HasField("image") for variant in asset.variants] == [True, False, True]
    assert reason(asset.variants[1].error) is Reason.MODEL_CREDENTIALS


async def test_a_variant_that_waits_for_its_retry_does_not_hold_back_the_others(stack, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_UNREACHABLE, match=lambda request: request.prompt == "a fox 0", times=1)
    async with stack.replica(first_delay_s=300.0, max_delay_s=300.0) as client:
        name = (await client.create("a fox", variant_count=3, detach=True))[0].asset

        async def others_are_done():
            variants = (await client.get(name)).variants
            return [variant.HasField("image") for variant in variants] == [False, True, True]

        await until(others_are_done)
        await client.cancel(name)


async def test_a_refusal_by_the_provider_is_answered_with_a_safer_prompt(client, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_REFUSED, match=lambda request: not request.prompt.endswith("safer"))
    events = await client.create("a fox")
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.variants[0].prompt.text == "a fox 0 safer"
    [rewrite] = leaves.of("RewritePrompt")
    assert not rewrite.request.findings


async def test_a_provider_that_refuses_every_rewrite_fails_the_variant(client, leaves):
    leaves.fail("GenerateImage", Reason.MODEL_REFUSED)
    asset = (await client.create("a fox"))[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert reason(asset.error) is Reason.MODEL_REFUSED
    assert len(leaves.of("RewritePrompt")) == 2
    assert len(leaves.of("GenerateImage")) == 3


async def test_an_answer_that_is_none_is_the_models_failure(client, leaves):
    async def too_few(request):
        return prompt_pb2.GeneratePromptsResponse()

    async def undecided(request):
        return moderation_pb2.ModerateTextResponse()

    leaves.when("GeneratePrompts", too_few, times=1)
    leaves.when("ModerateText", undecided, times=2)
    events = await client.create("a fox")
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert [reason(retry.error) for retry in retries(events)] == [Reason.MODEL_OUTPUT] * 2
    assert reason(asset.error) is Reason.MODEL_OUTPUT
    assert not leaves.of("GenerateImage")


async def test_a_step_that_takes_too_long_is_tried_again(stack, leaves):
    leaves.hang("GenerateImage", times=1)
    async with stack.replica(image_timeout_s=0.5) as client:
        events = await client.create("a fox")
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert reason(retries(events)[0].error) is Reason.DEADLINE_EXCEEDED


async def test_a_service_that_is_restarted_delays_the_asset_and_does_not_fail_it(client, leaves):
    leaves.hang("GenerateImage", times=1)
    name = (await client.create("a fox", detach=True))[0].asset
    await leaves.wait_for("GenerateImage")
    address = await leaves.kill("image")

    async def is_retrying():
        return (await client.get(name)).last_sequence >= 9

    await until(is_retrying)
    await leaves.start("image", address)
    events = await client.watch(name)
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert {reason(retry.error) for retry in retries(events)} <= {Reason.SERVICE_UNREACHABLE, Reason.CANCELLED}
    assert retries(events)


async def test_a_job_that_is_not_done_by_its_deadline_fails(stack, leaves):
    leaves.fail("GenerateImage", Reason.SERVICE_UNREACHABLE)
    async with stack.replica(job_deadline_s=0.5) as client:
        asset = (await client.create("a fox"))[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert reason(asset.error) in (Reason.SERVICE_UNREACHABLE, Reason.DEADLINE_EXCEEDED)


async def test_a_cancel_reaches_the_model_call(client, leaves):
    leaves.hang("GenerateImage")
    name = (await client.create("a fox", variant_count=2, detach=True))[0].asset
    calls = await leaves.wait_for("GenerateImage", 2)
    asset = await client.cancel(name)
    assert asset.state == pb.Asset.STATE_CANCELLED
    for call in calls:
        await asyncio.wait_for(call.cancelled.wait(), 30)
    assert await client.cancel(name) == asset
    events = await client.watch(name)
    assert events[-1].finished.asset == asset == await client.get(name)


async def test_a_cancel_on_another_replica_reaches_the_model_call(stack, leaves):
    async with stack.replica() as first:
        leaves.hang("GenerateImage")
        name = (await first.create("a fox", detach=True))[0].asset
        [call] = await leaves.wait_for("GenerateImage")
        async with stack.replica() as second:
            assert (await second.cancel(name)).state == pb.Asset.STATE_CANCELLED
            await asyncio.wait_for(call.cancelled.wait(), 30)
        assert kinds(await first.watch(name))[-1] == "finished"


async def test_a_cancel_of_a_finished_asset_changes_nothing(client):
    asset = (await client.create("a fox"))[-1].finished.asset
    assert await client.cancel(asset.name) == asset


async def test_a_cancelled_asset_keeps_the_images_it_has(client, leaves):
    leaves.hang("GenerateImage", match=lambda request: request.prompt == "a fox 1")
    name = (await client.create("a fox", variant_count=2, detach=True))[0].asset

    async def first_is_done():
        return (await client.get(name)).variants[0].HasField("image")

    await until(first_is_done)
    asset = await client.cancel(name)
    assert asset.variants[0].HasField("image")
    assert await client.read_image(name, 0)


async def test_a_job_whose_replica_stops_goes_on_elsewhere_without_repeating_finished_steps(stack, leaves):
    release = leaves.hang("GenerateImage", times=1)
    async with stack.replica(grace_s=0.1) as first:
        name = (await first.create("a fox", detach=True))[0].asset
        await leaves.wait_for("GenerateImage")
    async with stack.replica() as second:
        events = await second.watch(name)
    release.set()
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert len(leaves.of("GeneratePrompts")) == len(leaves.of("ModerateText")) == 1
    started = [event.step_started.attempt for event in events if event.HasField("step_started")]
    assert started == [1, 1, 1, 2]


async def test_a_stream_in_flight_is_finished_by_a_replica_that_stops(stack, leaves):
    release = leaves.hang("ModerateText")
    async with stack.replica(grace_s=60.0) as client:
        creating = asyncio.create_task(client.create("a fox"))
        await leaves.wait_for("ModerateText")
        stopping = asyncio.create_task(client.server.stop())
        await client.server.draining.wait()
        release.set()
        assert (await creating)[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
        await stopping


async def test_a_run_that_drains_records_the_answers_it_paid_for_and_starts_nothing(stack, leaves):
    release = leaves.hang("ModerateText")
    name = asset_name(1, 2)
    accepted = pb.AssetEvent(accepted=pb.Accepted(content="a fox", recipe=pb.Recipe(variant_count=2)))
    await stack.journal.append(name, [event_of.stamp(accepted, name, 1, time.time_ns())], 0)
    async with AsyncExitStack() as exits:
        channels = [
            await exits.enter_async_context(open_channel(leaves.target(leaf)))
            for leaf in ("prompt", "moderation", "image")
        ]
        leaf_stubs = steps.Leaves.over(*channels)
        budgets = Budgets(Meter(MemoryShelf(keeps_all=False)), Limits())
        run = Run(name, stack.journal, Hub(stack.journal), leaf_stubs, Funding(budgets, Quotes(leaf_stubs)))
        working = asyncio.create_task(run.work())
        await leaves.wait_for("ModerateText", 2)
        run.drain()
        release.set()
        assert await working is End.DRAINED
    events = [record.event for record in await stack.journal.read(name)]
    assert kinds(events)[-2:] == ["variant_moderated"] * 2
    assert not leaves.of("GenerateImage")


async def test_a_prompt_that_cannot_be_rewritten_stays_blocked_and_says_why(client, leaves):
    leaves.block()
    leaves.fail("RewritePrompt", Reason.MODEL_OUTPUT)
    asset = (await client.create("a fox"))[-1].finished.asset
    assert asset.state == pb.Asset.STATE_BLOCKED
    assert reason(asset.variants[0].error) is Reason.MODEL_OUTPUT


class ForgetfulQueue(MemoryQueue):
    """Leases that cannot be extended: every job is soon held by two replicas."""

    def schedule(self, lease, delay_s):
        if delay_s != self.lease_s:
            super().schedule(lease, delay_s)


async def test_replicas_that_hold_the_same_jobs_leave_whole_logs(memory_stack, leaves):
    async def slowly(request):
        await asyncio.sleep(0.1)

    for method in ("GeneratePrompts", "ModerateText", "GenerateImage"):
        leaves.when(method, slowly)
    memory_stack.use(MemoryJournal(), ForgetfulQueue(lease_s=0.25))
    async with (
        memory_stack.replica(max_deliveries=1000) as first,
        memory_stack.replica(max_deliveries=1000) as second,
    ):
        results = await asyncio.gather(*(first.create(f"fox {n}", variant_count=3) for n in range(10)))
        for events in results:
            assert [event.sequence for event in events] == list(range(1, len(events) + 1))
            asset = events[-1].finished.asset
            assert asset.state == pb.Asset.STATE_SUCCEEDED
            assert all(variant.HasField("image") for variant in asset.variants)
            assert await second.watch(asset.name) == events
            fold_all(events)


async def test_a_poison_job_fails_after_a_bounded_number_of_tries(stack):
    name = asset_name(1, 2)
    accepted = pb.AssetEvent(accepted=pb.Accepted(content="a fox", recipe=pb.Recipe(variant_count=1)))
    impossible = pb.AssetEvent(variant_imaged=pb.VariantImaged(variant=5))
    log = [event_of.stamp(event, name, n, 1) for n, event in enumerate((accepted, impossible), start=1)]
    await stack.journal.append(name, log, 0)
    await stack.queue.enqueue(name)
    async with stack.replica(max_deliveries=3) as client:
        events = await client.watch(name)
        asset = events[-1].finished.asset
        assert asset.state == pb.Asset.STATE_FAILED
        assert reason(asset.error) is Reason.INTERNAL
        assert asset.content == "a fox"
        assert await client.get(name) == asset


async def test_a_job_whose_asset_was_deleted_does_no_harm(stack, leaves):
    await stack.queue.enqueue(asset_name(1, 2))
    async with stack.replica(max_deliveries=1) as client:
        assert (await client.create("a fox"))[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
