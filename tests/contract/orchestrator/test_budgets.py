"""Budgets and what deleted assets cost, on either shelf and over several replicas."""

from __future__ import annotations

import asyncio
import random

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from services.orchestrator.budgets import LISTED, Budgets, Limits, nano
from services.orchestrator.cost import NOTHING, Spent
from services.orchestrator.gone import Gone
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.memory_shelf import MemoryShelf
from services.orchestrator.meter import Meter
from services.orchestrator.summary import Summary
from services.orchestrator.usage import DAY_NS, Query

NOON_NS = 20_000 * DAY_NS + DAY_NS // 2


@pytest.fixture(params=["memory", "jetstream"])
async def shelves(request, new_prefix):
    """The books as three replicas see them."""
    if request.param == "memory":
        shelf = MemoryShelf(keeps_all=False)
        yield [shelf] * 3
        return
    nats, streams = request.getfixturevalue("nats"), Streams(prefix=new_prefix())
    async with (
        jetstream(nats.url, streams) as one,
        jetstream(nats.url, streams) as two,
        jetstream(nats.url, streams) as three,
    ):
        yield [engine.shelves.books for engine in (one, two, three)]


def budgets(shelf, now_ns=NOON_NS, **limits):
    return Budgets(Meter(shelf), Limits(**limits), lambda: now_ns)


def accepted(owner="ann", owner_usd=0.0, asset_usd=0.0):
    return pb.Accepted(owner=owner, owner_budget_usd=owner_usd, recipe=pb.Recipe(max_cost_usd=asset_usd))


def usd(amount, billed=None):
    return Spent(usd=amount, billed_usd=amount if billed is None else billed, source=3)


async def exceeded(call):
    with pytest.raises(ServiceError) as caught:
        await call
    assert caught.value.reason is Reason.BUDGET_EXCEEDED
    return caught.value


async def test_many_jobs_on_all_replicas_never_exceed_a_budget(shelves):
    replicas = [budgets(shelf, day_usd=1.0) for shelf in shelves]
    granted = most = 0.0

    async def job(number):
        nonlocal granted, most
        await asyncio.sleep(random.random() * 0.05)
        mine = replicas[number % 3]
        try:
            reservation = await mine.reserve(accepted(owner=f"o{number % 4}", owner_usd=0.4), usd(0.03))
        except ServiceError as error:
            return error.reason
        granted += 0.03
        most = max(most, granted)
        await asyncio.sleep(random.random() * 0.02)
        spent = random.choice([0.01, 0.02, 0.03])
        granted -= 0.03 - spent
        await mine.settle(reservation, usd(spent))
        return spent

    results = await asyncio.gather(*(job(number) for number in range(150)))
    assert most < 1.0 + 1e-9
    assert {result for result in results if isinstance(result, str)} == {Reason.BUDGET_EXCEEDED}
    spent = [0.0 if isinstance(result, str) else result for result in results]
    day, *owners = await replicas[0].today()
    assert day.used_usd == pytest.approx(sum(spent))
    assert day.used_usd > 0.5
    for number, owner in enumerate(owners):
        assert owner.used_usd == pytest.approx(sum(spent[number::4]))
        assert owner.used_usd <= owner.limit_usd == 0.4


async def test_what_does_not_fit_is_refused_with_what_is_left_and_when_it_starts_anew(shelves):
    mine = budgets(shelves[0], day_usd=0.05)
    await mine.reserve(accepted(), usd(0.04))
    error = await exceeded(budgets(shelves[1], day_usd=0.05).reserve(accepted(), usd(0.02)))
    assert error.metadata == {
        "budget": "day",
        "limit_usd": "0.05",
        "left_usd": "0.01",
        "needed_usd": "0.02",
        "reset_time": "2024-10-05T00:00:00Z",
    }
    assert error.retry_after_s == 12 * 3600
    assert "$0.05" in error.message
    assert "2024-10-05T00:00:00Z" in error.message


async def test_a_budget_starts_anew_at_midnight_and_the_day_before_keeps_its_reservations(shelves):
    today = budgets(shelves[0], day_usd=0.05)
    reservation = await today.reserve(accepted(), usd(0.05))
    tomorrow = budgets(shelves[1], NOON_NS + DAY_NS, day_usd=0.05)
    await tomorrow.reserve(accepted(), usd(0.05))
    await tomorrow.settle(reservation, usd(0.01))
    assert [budget.used_usd for budget in await today.today()] == [0.01]
    assert [budget.used_usd for budget in await tomorrow.today()] == [0.05]


async def test_amounts_of_days_long_over_are_forgotten(shelves):
    for days in (0, 1, 30):
        then = budgets(shelves[0], NOON_NS - days * DAY_NS, day_usd=1.0)
        await then.reserve(accepted("ann", 1.0), usd(0.5))
    await budgets(shelves[1]).forget_old()
    keys = [item.key for item in await shelves[2].items("budget")]
    assert sorted({key.split(".")[1] for key in keys}) == ["19999", "20000"]
    assert len(keys) == 4


async def test_owners_have_budgets_of_their_own(shelves):
    mine = budgets(shelves[0])
    await mine.reserve(accepted("ann", 0.05), usd(0.05))
    await mine.reserve(accepted("bob", 0.05), usd(0.03))
    assert (await exceeded(mine.reserve(accepted("ann", 0.05), usd(0.01)))).metadata["budget"] == "owner"
    rows = [(budget.scope, budget.owner, budget.limit_usd, budget.used_usd) for budget in await mine.today()]
    assert rows == [("owner", "ann", 0.05, 0.05), ("owner", "bob", 0.05, 0.03)]
    assert [budget.owner for budget in await mine.today("bob")] == ["bob"]
    assert (await mine.today())[0].reset_time.seconds == 20_001 * 24 * 3600


async def test_what_one_budget_refuses_is_not_held_in_another(shelves):
    mine = budgets(shelves[0], day_usd=0.02)
    await mine.reserve(accepted("ann", 1.0), usd(0.015))
    assert (await exceeded(mine.reserve(accepted("ann", 1.0), usd(0.01)))).metadata["budget"] == "day"
    assert [round(budget.used_usd, 6) for budget in await mine.today()] == [0.015, 0.015]


async def test_a_reservation_whose_job_went_away_is_given_back_and_one_that_was_made_stands(shelves):
    mine = budgets(shelves[0], day_usd=1.0)
    await mine.reserve(accepted(), usd(0.25))
    gone = [asyncio.create_task(mine.reserve(accepted(), usd(0.25))) for _ in range(3)]
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()
    await asyncio.gather(*gone, return_exceptions=True)
    for _ in range(3):
        await mine.reserve(accepted(), usd(0.25))
    await exceeded(mine.reserve(accepted(), usd(0.25)))


async def test_only_what_is_billed_counts_unless_list_prices_are_to(shelves):
    free = usd(0.5, billed=0.0)
    billed = budgets(shelves[0], day_usd=0.1)
    await billed.reserve(accepted(), free)
    listed = budgets(shelves[1], day_usd=0.1, counts=LISTED)
    assert (await exceeded(listed.reserve(accepted(), free))).metadata["needed_usd"] == "0.50"


async def test_a_step_that_was_to_cost_nothing_is_counted_with_what_it_cost(shelves):
    mine = budgets(shelves[0], day_usd=0.1)
    reservation = await mine.reserve(accepted(), usd(0.5, billed=0.0))
    await mine.settle(reservation, usd(0.05))
    assert [budget.used_usd for budget in await mine.today()] == [0.05]


def costs(amount):
    async def least():
        return usd(amount)

    return least


async def must_not_be_asked():
    raise AssertionError


async def test_an_asset_is_refused_at_once_where_nothing_is_left(shelves):
    mine = budgets(shelves[0])
    await mine.check(accepted("ann", 0.05), costs(0.05))
    await mine.reserve(accepted("ann", 0.05), usd(0.05))
    error = await exceeded(mine.check(accepted("ann", 0.05), must_not_be_asked))
    assert (error.metadata["budget"], error.metadata["left_usd"]) == ("owner", "0.00")
    await mine.check(accepted("ann", 0.06), costs(0.01))
    await mine.check(accepted("bob", 0.05), costs(0.01))


async def test_an_asset_is_refused_at_once_where_no_picture_can_be_paid(shelves):
    mine = budgets(shelves[0], day_usd=0.1)
    await mine.reserve(accepted(), usd(0.07))
    await mine.check(accepted(), costs(0.03))
    error = await exceeded(mine.check(accepted("ann", 1.0), costs(0.031)))
    assert error.metadata["budget"] == "day"
    assert (error.metadata["left_usd"], error.metadata["needed_usd"]) == ("0.03", "0.031")
    assert "a picture may cost $0.031" in error.message
    assert error.retry_after_s == 12 * 3600
    assert (await mine.today())[0].used_usd == pytest.approx(0.07)


async def test_an_asset_has_a_budget_of_its_own(shelves):
    mine = budgets(shelves[0], asset_usd=0.02)
    given, default = accepted(asset_usd=0.01), accepted()
    mine.fill_in(given)
    mine.fill_in(default)
    assert (given.recipe.max_cost_usd, default.recipe.max_cost_usd) == (0.01, 0.02)
    mine.within_asset(given, usd(0.006), usd(0.004))
    with pytest.raises(ServiceError) as caught:
        mine.within_asset(given, usd(0.007), usd(0.004))
    assert caught.value.reason is Reason.BUDGET_EXCEEDED
    assert caught.value.metadata["left_usd"] == "0.003"
    assert caught.value.retry_after_s is None


async def test_without_a_budget_the_store_is_left_alone():
    class Untouchable:
        def __getattr__(self, name):
            raise AssertionError(f"{name} was called")

    mine = budgets(Untouchable())
    assert not mine.bind(accepted())
    await mine.check(accepted(), must_not_be_asked)
    await mine.settle(await mine.reserve(accepted(), usd(1.0)), NOTHING)
    assert list(await budgets(MemoryShelf(keeps_all=False)).today()) == []


class Stormy(MemoryShelf):
    """Every other write answers that it failed, and half of those happened; now and then one happens late."""

    def __init__(self):
        super().__init__(keeps_all=False)
        self.random = random.Random(5)

    async def put(self, key, data, after):
        storm = self.random.random()
        if storm < 0.2:
            raise ServiceError(Reason.STORE_UNAVAILABLE, "lost")
        place = await super().put(key, data, after)
        if storm < 0.45:
            raise ServiceError(Reason.STORE_UNAVAILABLE, "the answer was lost")
        return place


async def test_writes_of_unknown_outcome_are_neither_lost_nor_counted_twice(monkeypatch):
    monkeypatch.setattr("services.orchestrator.meter.OUTAGE_S", 0.0)
    monkeypatch.setattr("services.orchestrator.meter.OUTAGES", 50)
    shelf = Stormy()
    replicas = [budgets(shelf, day_usd=1000.0) for _ in range(2)]

    async def job(number):
        mine = replicas[number % 2]
        await mine.settle(await mine.reserve(accepted(), usd(1.0)), usd(0.5))

    for _ in range(10):
        await asyncio.gather(*(job(number) for number in range(10)))
    assert [budget.used_usd for budget in await replicas[0].today()] == [50.0]


def test_amounts_are_rounded_up():
    assert [nano(value) for value in (0.0, 1e-12, 1e-9, 0.1, 0.3, 1e-9 + 1e-12, 5.0)] == [
        0, 1, 1, 100_000_000, 300_000_000, 2, 5_000_000_000,
    ]  # fmt: skip


EVERY = Query(0, 10**6)


async def test_what_a_deleted_asset_cost_is_counted_once_however_often_its_deletion_is_repeated(shelves):
    one, two = Gone(shelves[0]), Gone(shelves[1])
    summary = Summary(NOON_NS, 3, "ann", 2, Spent(10.0, 0.5, 0.25, 2))
    await one.count("assets/1", summary)
    await two.count("assets/1", summary)
    await two.settle("assets/1", summary)
    await one.settle("assets/1", summary)
    await one.count("assets/1", summary)
    rows, names = await two.rows(EVERY)
    ((key, totals),) = rows.items()
    assert key == (20_000, "ann")
    assert (totals.assets, totals.images, totals.spent) == (1, 2, summary.spent)
    assert list(names) == ["assets/1"]


async def test_deletions_at_once_are_all_counted(shelves):
    rows = [Gone(shelf) for shelf in shelves]
    summaries = [Summary(NOON_NS, 3, f"o{number % 2}", 1, Spent(1.0, 0.1, 0.1, 1)) for number in range(30)]

    async def delete(number):
        await rows[number % 3].count(f"assets/{number}", summaries[number])
        await rows[number % 3].settle(f"assets/{number}", summaries[number])

    await asyncio.gather(*(delete(number) for number in range(30)))
    found, _ = await rows[0].rows(EVERY)
    assert {owner: totals.assets for (_, owner), totals in found.items()} == {"o0": 15, "o1": 15}
    assert (await rows[0].rows(Query(0, 10)))[0] == {}
    assert list((await rows[0].rows(EVERY._replace(owner="o1")))[0]) == [(20_000, "o1")]
