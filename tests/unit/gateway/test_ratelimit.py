"""How many requests pass, and what the headers say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gateway.ratelimit import Bucket, Buckets, policy, state


def test_a_minutes_worth_passes_at_once_and_then_an_even_stream() -> None:
    bucket = Bucket(60, 0.0)
    assert [bucket.take(0.0).passes for _ in range(61)] == [True] * 60 + [False]
    refused = bucket.take(0.5)
    assert (refused.passes, refused.remaining) == (False, 0)
    assert bucket.take(0.5 + refused.next_in_s).passes
    assert not bucket.take(1.2).passes


@given(st.integers(1, 1000), st.lists(st.floats(0, 30), max_size=200))
def test_never_more_than_the_burst_and_the_refill_pass(per_minute: int, pauses: list[float]) -> None:
    bucket, now, passed = Bucket(per_minute, 0.0), 0.0, 0
    for pause in pauses:
        now += pause
        decision = bucket.take(now)
        passed += decision.passes
        assert 0 <= decision.remaining <= per_minute
        assert decision.passes or decision.next_in_s > 0
    assert passed <= per_minute + now * per_minute / 60 + 1e-6


def test_a_clock_that_goes_back_gives_nothing() -> None:
    bucket = Bucket(1, 100.0)
    assert bucket.take(100.0).passes
    assert not bucket.take(0.0).passes


def test_keys_do_not_share() -> None:
    buckets = Buckets(1)
    assert [buckets.take(key, 0.0).passes for key in ("a", "a", "b")] == [True, False, True]


def test_headers_are_structured_fields() -> None:
    assert policy(120, 8) == '"requests";q=120;w=60, "jobs";q=8;qu="concurrent-requests"'
    bucket = Bucket(60, 0.0)
    assert state(bucket.take(0.0)) == '"requests";r=59;t=1'
