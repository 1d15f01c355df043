"""It happened, but the caller saw a time-out: what people change, the books, the shelves, and pictures that go."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError
from services.orchestrator.lease import Turns
from services.orchestrator.memory_shelf import MemoryShelf
from services.orchestrator.shelf import Shelves
from tests.contract.orchestrator.forgetful import Forgetful, ForgetfulOf, check_log, forgetful_call, insist
from tests.contract.orchestrator.style_client import style_client

LEAF_REASONS = (Reason.DEADLINE_EXCEEDED, Reason.SERVICE_UNREACHABLE)


def count(events, kind):
    return sum(event.HasField(kind) for event in events)


async def settled(client, bill):
    """Fails while the budget of the day does not hold exactly what was spent: answers do not wait for the books."""
    (day,) = (await unary(client.stub.GetUsage, pb.GetUsageRequest(), timeout_s=30)).budgets
    if day.used_usd != pytest.approx(bill.usd):
        await asyncio.sleep(0.02)
        raise ServiceError(Reason.STORE_UNAVAILABLE, f"{day.used_usd} are noted of {bill.usd}")


async def usage(client):
    return list((await unary(client.stub.GetUsage, pb.GetUsageRequest(), timeout_s=30)).rows)


# What people change


async def test_new_texts_that_were_thought_lost_are_written_once(stack, leaves):
    journal = ForgetfulOf(stack.journal, "variant_updated")
    stack.use(journal, stack.queue)
    async with stack.replica() as client:
        before = (await client.create("a fox"))[-1].finished.asset
        after = await insist(lambda: client.update(before.name, alt_text="A red fox"))
        events = await client.watch(before.name)
    check_log(events)
    assert journal.forgotten == {"variant_updated": 1}
    assert count(events, "variant_updated") == 1
    assert events[-1].finished.asset == after
    assert after.variants[0].prompt.alt_text == "A red fox"
    assert set(leaves.pictures) == {after.variants[0].image.blob.digest}


@pytest.mark.parametrize("reason", LEAF_REASONS)
async def test_new_texts_whose_picture_was_stored_anew_in_vain_are_written_once(stack, leaves, monkeypatch, reason):
    monkeypatch.setattr("services.orchestrator.passing.unary", forgetful_call("RelabelImage", reason))
    async with stack.replica() as client:
        before = (await client.create("a fox"))[-1].finished.asset
        after = await insist(lambda: client.update(before.name, alt_text="A red fox"), reason)
        events = await client.watch(before.name)
    check_log(events)
    assert len(leaves.of("RelabelImage")) == 2
    assert count(events, "variant_updated") == 1
    assert set(leaves.pictures) == {after.variants[0].image.blob.digest}


async def test_a_rejection_after_the_end_that_was_thought_lost_is_one_decision(stack, leaves):
    journal = ForgetfulOf(stack.journal, "variant_reviewed")
    stack.use(journal, stack.queue)
    leaves.block()
    async with stack.replica() as client:
        name = (await client.create("a fox"))[0].asset
        asset = await insist(lambda: client.review(name, "reject"))
        events = await client.watch(name)
    check_log(events, pb.Asset.STATE_BLOCKED)
    assert journal.forgotten == {"variant_reviewed": 1}
    assert count(events, "variant_reviewed") == 1
    assert asset == events[-1].finished.asset


async def test_a_job_for_a_review_that_was_thought_lost_is_done_once(stack, leaves):
    leaves.judge("ModerateText", "review")
    async with stack.replica() as client:
        name = (await client.create("a fox", detach=True))[0].asset
        await client.until(name, "review_requested")
    queue = Forgetful(stack.queue, ("enqueue",), 1)
    stack.use(stack.journal, queue)
    async with stack.replica() as client:
        await insist(lambda: client.review(name, "approve"))
        events = await client.watch(name)
    check_log(events)
    assert queue.count < 1
    assert count(events, "variant_reviewed") == 1
    assert len(leaves.of("GenerateImage")) == 1


# Pictures that go


@pytest.mark.parametrize("reason", LEAF_REASONS)
async def test_an_asset_whose_pictures_were_deleted_in_vain_can_be_deleted_again(stack, leaves, monkeypatch, reason):
    monkeypatch.setattr("services.orchestrator.passing.unary", forgetful_call("DeleteImage", reason, times=2))
    async with stack.replica() as client:
        asset = (await client.create("a fox", variant_count=3))[-1].finished.asset
        await insist(lambda: client.delete(asset.name), reason)
        with pytest.raises(ServiceError) as caught:
            await client.get(asset.name)
    assert caught.value.reason is Reason.ASSET_UNKNOWN
    assert leaves.pictures == {}
    assert {call.request.digest for call in leaves.of("DeleteImage")} == {
        variant.image.blob.digest for variant in asset.variants
    }


@pytest.mark.parametrize("reason", LEAF_REASONS)
async def test_a_replaced_picture_that_was_dropped_in_vain_keeps_no_text_from_changing(
    stack, leaves, monkeypatch, reason
):
    monkeypatch.setattr("services.orchestrator.passing.unary", forgetful_call("DeleteImage", reason))
    async with stack.replica() as client:
        before = (await client.create("a fox"))[-1].finished.asset
        after = await client.update(before.name, alt_text="A red fox")
        check_log(await client.watch(before.name))
        assert await client.read_image(before.name)
    assert set(leaves.pictures) == {after.variants[0].image.blob.digest}


@pytest.mark.parametrize("reason", LEAF_REASONS)
async def test_a_refused_picture_that_was_dropped_in_vain_is_dropped_again(
    stack, leaves, monkeypatch, new_policy, reason
):
    monkeypatch.setattr("services.orchestrator.steps.unary", forgetful_call("DeleteImage", reason))
    leaves.policies = [new_policy("balanced", "prompt", "image")]
    leaves.judge("ModerateImage", "blocked", times=1)
    async with stack.replica() as client:
        events = await client.create("a fox", variant_count=2)
        calls = await leaves.wait_for("DeleteImage", 2)
    check_log(events)
    assert len({call.request.digest for call in calls}) == 1
    assert len(leaves.pictures) == 1


# The books


@pytest.mark.parametrize("nth", range(1, 6))
async def test_money_that_was_thought_not_to_be_noted_is_counted_once(stack, bill, nth):
    forgetful = []

    def forget(shelves):
        forgetful.append(Forgetful(shelves.books, ("put",), nth))
        return shelves._replace(books=forgetful[-1])

    stack.wrap_shelves(forget)
    async with stack.replica(day_budget_usd=1.0, sweep_every_s=0.0) as client:
        check_log(await client.create("a fox", variant_count=2))
        await insist(lambda: settled(client, bill))
        check_log(await client.create("a cat"))
        await insist(lambda: settled(client, bill))
    assert forgetful[0].count < 1


@pytest.mark.parametrize("nth", [1, 2])
async def test_the_cost_of_a_deleted_asset_that_was_thought_uncounted_is_counted_once(stack, bill, nth):
    stack.wrap_shelves(lambda shelves: shelves._replace(books=Forgetful(shelves.books, ("put",), nth)))
    async with stack.replica(sweep_every_s=0.0) as client:
        asset = (await client.create(owner="ann"))[-1].finished.asset
        before = await usage(client)
        await insist(lambda: client.delete(asset.name))
        assert await usage(client) == before
        assert list((await client.list()).assets) == []


async def test_a_turn_that_was_thought_not_to_be_taken_is_taken_by_one_when_it_is_free():
    shelf, done, now_s = MemoryShelf(keeps_all=False), [], 1000.0

    async def work():
        done.append(now_s)

    def turns(nth):
        return Turns(Forgetful(shelf, ("put",), nth), "sweep", 100.0, work, lambda: now_s)

    first, other = turns(2), turns(0)
    await first.look()
    now_s += 101
    with pytest.raises(ServiceError):
        await first.look()
    assert 0 < await other.look() <= 60
    assert done == []
    now_s += 61
    await other.look()
    assert len(done) == 1


# The shelves


def forget_styles(stack, nth):
    def forget(shelves: Shelves) -> Shelves:
        return shelves._replace(styles=Forgetful(shelves.styles, ("put",), nth))

    stack.wrap_shelves(forget)


async def test_a_style_that_was_thought_not_to_be_made_is_made_once(stack):
    forget_styles(stack, 1)
    async with stack.replica() as client, style_client(client.server.address) as styles:
        made = await insist(styles.create)
        assert made.version == 1
        assert await styles.list() == [made]


async def test_a_change_of_a_style_that_was_thought_lost_is_one_version(stack):
    forget_styles(stack, 2)
    async with stack.replica() as client, style_client(client.server.address) as styles:
        first = await styles.create()
        second = await insist(lambda: styles.update(version=first.version))
        assert (second.version, second.guide.look) == (2, "bold")
        assert await styles.get() == second


async def test_the_end_of_a_style_that_was_thought_lost_is_its_end(stack):
    forget_styles(stack, 2)
    async with stack.replica() as client, style_client(client.server.address) as styles:
        await styles.create()
        await insist(styles.delete)
        assert await styles.list() == []
        assert (await styles.create()).version == 2
