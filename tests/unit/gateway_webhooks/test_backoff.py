"""Failed deliveries are tried again for a day, ever more rarely, never all at the same moment."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.webhooks.backoff import (
    MAX_DELAY_S,
    MAX_RETRY_AFTER_S,
    WINDOW_S,
    delay_s,
    next_attempt_s,
    retry_after_s,
)

JITTER = st.floats(0, 1)
NOW_S = 1_795_000_000.0


@settings(deadline=None)
@given(st.integers(1, 10_000), JITTER)
def test_a_pause_is_at_least_half_of_its_step_and_never_above_the_longest(attempts: int, jitter: float) -> None:
    pause = delay_s(attempts, jitter)
    assert delay_s(attempts, 0) <= pause <= delay_s(attempts, 1) <= MAX_DELAY_S
    assert delay_s(attempts, 1) == 2 * delay_s(attempts, 0)
    assert delay_s(attempts + 1, jitter) >= pause


@settings(deadline=None)
@given(st.lists(JITTER, min_size=1, max_size=20))
def test_a_receiver_that_is_away_is_tried_for_exactly_a_day(jitters: list[float]) -> None:
    now_s, attempts, times = NOW_S, 0, []
    while True:
        times.append(now_s)
        attempts += 1
        jitter = jitters[attempts % len(jitters)]
        next_s = next_attempt_s(first_s=NOW_S, now_s=now_s, attempts=attempts, asked_s=0, jitter=jitter)
        if next_s is None:
            break
        assert next_s > now_s
        now_s = next_s
    assert times[-1] == NOW_S + WINDOW_S
    assert 30 <= len(times) <= 80


@settings(deadline=None)
@given(st.text() | st.integers().map(str))
def test_any_retry_after_is_a_bounded_pause(header: str) -> None:
    assert 0 <= retry_after_s(header, NOW_S) <= MAX_RETRY_AFTER_S


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("120", 120),
        (" 7 ", 7),
        ("999999999", MAX_RETRY_AFTER_S),
        ("Wed, 18 Nov 2026 11:07:40 GMT", 60),
        ("Wed, 18 Nov 2020 11:07:40 GMT", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float) -> None:
    assert retry_after_s(header, 1_795_000_000.0) == seconds


def test_a_receiver_may_ask_for_a_longer_pause_and_not_for_a_shorter_one() -> None:
    asked = next_attempt_s(first_s=NOW_S, now_s=NOW_S, attempts=1, asked_s=600, jitter=0)
    assert asked == NOW_S + 600
    late = next_attempt_s(first_s=NOW_S, now_s=NOW_S, attempts=12, asked_s=1, jitter=1)
    assert late == NOW_S + delay_s(12, 1)
