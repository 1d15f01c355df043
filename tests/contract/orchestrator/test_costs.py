"""What assets cost, what budgets keep from being spent, and usage: over real gRPC, on either store."""

from __future__ import annotations

import asyncio
import time

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.cost_pb2 import COST_SOURCE_ESTIMATED, COST_SOURCE_PRICE_LIST

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError
from services.orchestrator import events as event_of
from services.orchestrator.cost import Spent
from services.orchestrator.job import Method, Step
from services.orchestrator.names import asset_name
from tests.contract.orchestrator.billing import MARGIN, ONE_VARIANT, PRICES


async def usage(client, **fields):
    return await unary(client.stub.GetUsage, pb.GetUsageRequest(**fields), timeout_s=30)


async def collect(replies):
    return [reply.event async for reply in replies]


def kinds(events):
    return [event.WhichOneof("kind") for event in events]


def failing(reason, usd, **rule):
    """A scripted failure that was paid for."""
    metadata = {"neurons": "1", "usd": str(usd), "billed_usd": str(usd), "cost_source": "REPORTED"}

    async def behave(request):
        raise ServiceError(reason, "scripted", metadata=metadata)

    return behave


def reason_of(status):
    return ServiceError.from_status(status).reason


async def test_an_asset_and_its_variants_tell_what_they_cost(client, bill):
    events = await client.create(variant_count=2)
    asset = events[-1].finished.asset
    variant = PRICES["ModerateText"] + PRICES["GenerateImage"]
    assert [made.cost.usd for made in asset.variants] == pytest.approx([variant, variant])
    assert asset.cost.usd == pytest.approx(PRICES["GeneratePrompts"] + 2 * variant)
    assert asset.cost.neurons == pytest.approx(1000 * asset.cost.usd)
    assert asset.cost.source == COST_SOURCE_PRICE_LIST
    assert (await client.get(asset.name)).cost == asset.cost


async def test_failed_tries_are_counted_also_the_last_one(client, leaves, bill):
    leaves.when("GenerateImage", failing(Reason.MODEL_OUTPUT, 0.5))
    events = await client.create()
    (retried,) = [event.step_retried for event in events if event.HasField("step_retried")]
    assert retried.cost.usd == 0.5
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_FAILED
    assert asset.variants[0].cost.usd == pytest.approx(1.0 + PRICES["ModerateText"])
    assert asset.cost.usd == pytest.approx(1.0 + PRICES["ModerateText"] + PRICES["GeneratePrompts"])
    assert (await usage(client)).total.usd == pytest.approx(asset.cost.usd)


async def test_a_failure_of_the_step_that_serves_all_variants_is_counted(client, leaves, bill):
    leaves.when("GeneratePrompts", failing(Reason.MODEL_REFUSED, 0.25))
    asset = (await client.create())[-1].finished.asset
    assert (asset.state, asset.cost.usd) == (pb.Asset.STATE_FAILED, 0.25)
    assert (await usage(client)).total.usd == 0.25


async def test_without_a_budget_nothing_is_asked_or_noted(client, bill):
    events = await client.create()
    assert not bill.asked
    assert not any(event.step_started.HasField("estimate") for event in events)


async def test_usage_is_added_up_by_owner_and_day(client, bill):
    for owner, count in (("ann", 2), ("bob", 1), ("ann", 1)):
        await client.create(owner=owner, variant_count=count)
    rows = (await usage(client)).rows
    today = time.strftime("%Y-%m-%d", time.gmtime())
    assert {(row.owner, row.assets, row.images) for row in rows} == {("ann", 2, 3), ("bob", 1, 1)}
    assert {row.day for row in rows} <= {today, time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86_400))}
    mine = await usage(client, owner="ann")
    assert mine.total.usd == pytest.approx(bill.usd - ONE_VARIANT)
    assert [row.cost for row in mine.rows] == [mine.total]
    assert not (await usage(client, from_day="2020-01-01", until_day="2020-12-31")).rows


async def test_what_a_deleted_asset_cost_is_still_counted(stack, bill):
    async with stack.replica() as client:
        assets = [(await client.create(owner="ann"))[-1].finished.asset for _ in range(3)]
        before = await usage(client)
        await client.delete(assets[1].name)
        after = await usage(client)
        assert after == before
        async with stack.replica() as other:
            assert await usage(other) == before
            await other.delete(assets[0].name)
            assert await usage(other) == before
        assert await usage(client) == before
        assert [asset.name for asset in (await client.list()).assets] == [assets[2].name]


async def test_days_that_cannot_be_are_refused(client):
    for fields in ({"from_day": "x"}, {"from_day": "2020-01-01", "until_day": "2024-01-01"}, {"owner": "\n"}):
        with pytest.raises(ServiceError, match="FIELD_INVALID"):
            await usage(client, **fields)


async def test_an_asset_stops_before_its_own_budget_is_exceeded(client, bill):
    limit = 0.06
    events = await client.create(variant_count=4, max_cost_usd=limit)
    asset = events[-1].finished.asset
    made = [variant for variant in asset.variants if variant.image.blob.digest]
    refused = [variant for variant in asset.variants if variant.HasField("error")]
    assert (len(made), len(refused)) == (1, 3)
    assert {reason_of(variant.error) for variant in refused} == {Reason.BUDGET_EXCEEDED}
    assert ServiceError.from_status(refused[0].error).metadata["budget"] == "asset"
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.cost.usd == pytest.approx(bill.usd)
    assert asset.cost.usd <= limit
    assert "step_retried" not in kinds(events)
    started = [event.step_started for event in events if event.HasField("step_started")]
    assert all(start.estimate.source == COST_SOURCE_ESTIMATED for start in started)


async def test_an_asset_whose_first_step_is_too_dear_fails_as_a_whole(client, bill):
    events = await client.create(max_cost_usd=0.001)
    assert kinds(events) == ["accepted", "finished"]
    asset = events[-1].finished.asset
    assert (asset.state, reason_of(asset.error)) == (pb.Asset.STATE_FAILED, Reason.BUDGET_EXCEEDED)
    assert not bill.made


async def test_the_server_s_own_limit_counts_where_a_recipe_names_none(stack, bill):
    async with stack.replica(asset_budget_usd=0.001) as client:
        events = await client.create()
        assert events[0].accepted.recipe.max_cost_usd == 0.001
        assert reason_of(events[-1].finished.asset.error) is Reason.BUDGET_EXCEEDED
        assert (await client.create(max_cost_usd=1.0))[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_many_assets_on_two_replicas_never_exceed_the_budget_of_the_day(stack, bill):
    limit = 0.5
    async with stack.replica(day_budget_usd=limit) as one, stack.replica(day_budget_usd=limit) as two:

        async def create(number):
            try:
                return (await (one, two)[number % 2].create(f"fox {number}", variant_count=2))[-1].finished.asset
            except ServiceError as error:
                return error.reason

        results = await asyncio.gather(*(create(number) for number in range(24)))
        told = await usage(one)
    assets = [result for result in results if isinstance(result, pb.Asset)]
    assert {result for result in results if not isinstance(result, pb.Asset)} <= {Reason.BUDGET_EXCEEDED}
    assert bill.usd <= limit
    assert bill.usd > limit * 0.7
    assert told.total.usd == pytest.approx(bill.usd)
    (day,) = told.budgets
    assert (day.scope, day.limit_usd) == ("day", limit)
    assert day.used_usd == pytest.approx(bill.usd)
    failures = [variant.error for asset in assets for variant in asset.variants if variant.HasField("error")]
    failures += [asset.error for asset in assets if asset.HasField("error")]
    assert {reason_of(failure) for failure in failures} == {Reason.BUDGET_EXCEEDED}


async def test_an_owner_for_whom_nothing_is_left_is_refused_at_once(client, bill):
    async def create(owner, budget_usd, request_id=""):
        asked = client.request(owner=owner, request_id=request_id)
        asked.owner_budget_usd = budget_usd
        return [reply.event async for reply in client.creating(asked)]

    first = await create("ann", 1.0, "first")
    assert first[0].accepted.owner_budget_usd == 1.0
    (budget,) = (await usage(client, owner="ann")).budgets
    assert (budget.scope, budget.owner, budget.limit_usd) == ("owner", "ann", 1.0)
    assert budget.used_usd == pytest.approx(ONE_VARIANT)
    with pytest.raises(ServiceError) as caught:
        await create("ann", budget.used_usd)
    assert caught.value.reason is Reason.BUDGET_EXCEEDED
    assert (caught.value.metadata["budget"], caught.value.metadata["left_usd"]) == ("owner", "0.00")
    assert 0 < caught.value.retry_after_s <= 86_400
    assert len((await client.list()).assets) == 1
    assert await create("ann", 1.0, "first") == first
    assert (await create("bob", MARGIN * ONE_VARIANT))[-1].HasField("finished")


async def test_an_owner_who_cannot_pay_a_picture_is_refused_before_anything_is_spent(client, bill):
    asked = client.request(owner="ann")
    asked.owner_budget_usd = MARGIN * ONE_VARIANT - 0.001
    with pytest.raises(ServiceError) as caught:
        await collect(client.creating(asked))
    assert caught.value.reason is Reason.BUDGET_EXCEEDED
    assert caught.value.metadata["left_usd"] == "0.0515"
    assert caught.value.metadata["needed_usd"] == "0.0525"
    assert not bill.made
    assert not (await client.list()).assets
    asked.owner_budget_usd = MARGIN * ONE_VARIANT
    assert (await collect(client.creating(asked)))[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_a_service_that_gives_no_estimate_keeps_no_asset_from_being_accepted(client, leaves, bill):
    address = await leaves.kill("image")
    asked = client.request(owner="ann", detach=True)
    asked.owner_budget_usd = MARGIN * ONE_VARIANT
    (accepted,) = await collect(client.creating(asked))
    await leaves.start("image", address)
    assert (await client.watch(accepted.asset))[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


async def test_a_call_that_a_dead_replica_left_open_is_counted_at_its_estimate(stack, bill):
    name, step = asset_name(time.time_ns(), 7), Step(Method.GENERATE_PROMPTS)
    accepted = pb.Accepted(content="a fox", recipe=pb.Recipe(variant_count=1, max_cost_usd=1.0))
    estimate = Spent(12.5, 0.125, 0.125, COST_SOURCE_ESTIMATED)
    log = [pb.AssetEvent(accepted=accepted), event_of.step_started(step, 1, estimate)]
    for sequence, event in enumerate(log, 1):
        event_of.stamp(event, name, sequence, time.time_ns())
    await stack.journal.append(name, log, 0)
    await stack.queue.enqueue(name)
    async with stack.replica() as client:
        events = await client.watch(name)
        (unknown,) = [event.step_unknown for event in events if event.HasField("step_unknown")]
        assert unknown.cost.usd == 0.125
        asset = events[-1].finished.asset
        assert asset.cost.usd == pytest.approx(0.125 + ONE_VARIANT)
        assert asset.cost.source == COST_SOURCE_ESTIMATED


async def test_a_cancelled_call_keeps_its_reservation_and_is_counted_at_its_estimate(stack, leaves, bill):
    leaves.hang("GenerateImage")
    async with stack.replica(day_budget_usd=1.0) as client:
        first = (await client.create(detach=True))[0]
        await leaves.wait_for("GenerateImage")
        asset = await client.cancel(first.asset)
        held = PRICES["GenerateImage"] * MARGIN
        spent = PRICES["GeneratePrompts"] + PRICES["ModerateText"] + held
        assert asset.cost.usd == pytest.approx(spent)
        assert kinds(await client.watch(first.asset))[-2:] == ["step_unknown", "finished"]
        assert (await usage(client)).budgets[0].used_usd == pytest.approx(spent)


async def test_a_try_whose_outcome_nobody_knows_is_counted_at_its_estimate(stack, leaves, bill):
    leaves.fail("GenerateImage", Reason.MODEL_UNREACHABLE, times=1)
    leaves.fail("GenerateImage", Reason.SERVICE_UNREACHABLE, times=1)
    async with stack.replica(day_budget_usd=1.0) as client:
        events = await client.create()
        costs = {reason_of(e.step_retried.error): e.step_retried.cost for e in events if e.HasField("step_retried")}
        estimate = PRICES["GenerateImage"] * MARGIN
        assert costs[Reason.MODEL_UNREACHABLE].usd == 0
        assert costs[Reason.SERVICE_UNREACHABLE].usd == pytest.approx(estimate)
        asset = events[-1].finished.asset
        assert asset.cost.usd == pytest.approx(ONE_VARIANT + estimate)
        assert (await usage(client)).budgets[0].used_usd == pytest.approx(asset.cost.usd)


async def test_an_outage_of_a_service_uses_up_no_budget(stack, leaves, bill):
    async with stack.replica(day_budget_usd=1.0) as client:
        await client.create()
        address = await leaves.kill("image")
        first = (await client.create(detach=True))[0]
        while True:
            events = (await stack.journal.read(first.asset))[1:]
            if len([record for record in events if record.event.HasField("step_retried")]) > 3:
                break
            await asyncio.sleep(0.05)
        await leaves.start("image", address)
        asset = (await client.watch(first.asset))[-1].finished.asset
        assert asset.cost.usd == pytest.approx(ONE_VARIANT)
        assert (await usage(client)).budgets[0].used_usd == pytest.approx(2 * ONE_VARIANT)


async def test_a_replica_that_stops_while_it_asks_for_a_price_leaves_the_job_to_another(stack, leaves, bill):
    answer, asked, release = leaves.answer, asyncio.Event(), asyncio.Event()

    async def hanging(method, request, context, ordinary):
        if getattr(request, "validate_only", False) and not release.is_set():
            asked.set()
            await release.wait()
        return await answer(method, request, context, ordinary)

    leaves.answer = hanging
    async with stack.replica(day_budget_usd=1.0) as client:
        first = (await client.create(detach=True))[0]
        await asked.wait()
    release.set()
    async with stack.replica(day_budget_usd=1.0) as client:
        asset = (await client.watch(first.asset))[-1].finished.asset
        assert asset.state == pb.Asset.STATE_SUCCEEDED
        assert (await usage(client)).budgets[0].used_usd == pytest.approx(ONE_VARIANT)


async def test_a_service_that_cannot_say_its_price_is_waited_for(stack, leaves, bill):
    answer = leaves.answer
    refusals = [Reason.SERVICE_UNREACHABLE, Reason.SERVER_BUSY, Reason.STORE_UNAVAILABLE]

    async def reluctant(method, request, context, ordinary):
        if getattr(request, "validate_only", False) and refusals:
            raise ServiceError(refusals.pop(), "scripted")
        return await answer(method, request, context, ordinary)

    leaves.answer = reluctant
    async with stack.replica(day_budget_usd=1.0) as client:
        events = await client.create()
        assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
        assert "step_retried" not in kinds(events)
        assert not refusals


async def test_prices_are_asked_for_once_and_not_for_every_picture(stack, bill):
    async with stack.replica(day_budget_usd=10.0) as client:
        for number in range(3):
            await client.create(f"content {number}", variant_count=4)
    assert bill.made["GenerateImage"] == 12
    assert bill.asked["GenerateImage"] <= 4
