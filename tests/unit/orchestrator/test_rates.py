"""No minute has more calls than the limit, however many replicas share it, and nobody waits without need."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator.rates import MINUTE_S, MemoryClockwork, Rates, moments

ASKS = st.lists(st.tuples(st.floats(0, 90), st.integers(1, 40)), min_size=1, max_size=30)


@given(asks=ASKS, per_minute=st.sampled_from([1, 7, 10, 60, 300, 720]))
def test_no_minute_has_more_than_the_limit(asks, per_minute):
    now_s, free_s, sent = 1_000_000.0, 0.0, []
    for pause_s, count in asks:
        now_s += pause_s
        granted, free_s = moments(free_s, now_s, [1] * count, per_minute)
        sent += [max(now_s, moment_s) for moment_s in granted]
    sent.sort()
    for first, moment_s in enumerate(sent):
        within = [other_s for other_s in sent[first:] if other_s < moment_s + MINUTE_S - 1e-3]
        assert len(within) <= per_minute + 1


def test_a_tenth_of_the_limit_may_go_at_once_after_a_pause():
    granted, _ = moments(0.0, 1_000.0, [1] * 40, 300)
    assert sum(moment_s <= 1_000.0 for moment_s in granted) == 31
    assert granted == sorted(granted)


async def test_without_a_limit_nothing_is_shared():
    class Untouchable:
        async def change(self, name, step):
            raise AssertionError(name)

    await Rates(Untouchable(), {"texts": 0}).wait("texts")
    await Rates(Untouchable(), {}).wait("images")


async def test_who_asks_together_is_served_together():
    class Counting(MemoryClockwork):
        changes = 0

        async def change(self, name, step):
            await asyncio.sleep(0)
            Counting.changes += 1
            await super().change(name, step)

    rates = Rates(Counting(), {"texts": 60_000_000})
    await asyncio.gather(*(rates.wait("texts") for _ in range(100)))
    assert Counting.changes <= 3


async def test_one_who_gives_up_takes_nobody_with_it():
    rates = Rates(MemoryClockwork(), {"texts": 60_000_000})
    asking = [asyncio.create_task(rates.wait("texts")) for _ in range(3)]
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.gather(*asking[1:])
    with pytest.raises(asyncio.CancelledError):
        await asking[0]


async def test_a_store_that_is_away_is_an_error_and_no_free_pass():
    class Away:
        async def change(self, name, step):
            raise ServiceError(Reason.STORE_UNAVAILABLE, "scripted")

    rates = Rates(Away(), {"texts": 10})
    with pytest.raises(ServiceError):
        await rates.wait("texts")
    with pytest.raises(ServiceError):
        await rates.wait("texts")


STEPS = st.lists(st.tuples(st.floats(0, 90), st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=30)


@given(steps=STEPS, per_minute=st.sampled_from([60, 300, 720]))
def test_calls_that_were_not_foreseen_are_made_up_for_by_those_who_come_after(steps, per_minute):
    now_s, free_s, owed, sent, most = 1_000_000.0, 0.0, 0, [], 1
    for pause_s, foreseen, made in steps:
        now_s += pause_s
        (moment_s,), free_s = moments(free_s, now_s, [foreseen], per_minute, owed)
        now_s, owed, most = max(now_s, moment_s), made - foreseen, max(most, made)
        sent += [now_s] * made
    for first, moment_s in enumerate(sent):
        within = [other_s for other_s in sent[first:] if other_s < moment_s + MINUTE_S - 1e-3]
        assert len(within) <= per_minute + most


async def test_what_was_made_more_than_foreseen_moves_the_next_moment_for_everybody():
    shared = MemoryClockwork()
    first, second = (Rates(shared, {"texts": 60}, now_s=lambda: 1_000.0) for _ in range(2))
    await first.wait("texts")
    first.settle("texts", 6)
    await asyncio.gather(*first._serving.values())
    waiting = asyncio.create_task(second.wait("texts"))
    await asyncio.sleep(0)
    await asyncio.gather(*second._serving.values())
    # 60 a minute less a tenth for bursts: one every 1.11 s, so seven calls have used up the six of the burst.
    assert shared._numbers["texts"] > 1_000.0
    waiting.cancel()


async def test_what_is_owed_while_the_store_is_away_is_paid_later():
    class Moody(MemoryClockwork):
        away = True

        async def change(self, name, step):
            if self.away:
                raise ServiceError(Reason.STORE_UNAVAILABLE, "scripted")
            await super().change(name, step)

    shared = Moody()
    rates = Rates(shared, {"texts": 60_000_000}, now_s=lambda: 1_000.0)
    rates.settle("texts", 54_000_000)
    await asyncio.gather(*rates._serving.values())
    shared.away = False
    asking = asyncio.create_task(rates.wait("texts"))
    await asyncio.sleep(0)
    await asyncio.gather(*rates._serving.values())
    assert shared._numbers["texts"] > 1_000.0 + MINUTE_S / 2
    asking.cancel()
