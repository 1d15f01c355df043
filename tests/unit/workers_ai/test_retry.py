from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.workers_ai.errors import Retry, WorkersAIError
from services.workers_ai.retry import BASE_S, CAP_S, pause_s, retry_after_s

NOW = 1_700_000_000.0


def error(retry: Retry, retry_after_s: float | None = None) -> WorkersAIError:
    return WorkersAIError(Reason.MODEL_UNREACHABLE, "x", retry=retry, retry_after_s=retry_after_s)


def test_the_bound_doubles_and_the_pause_is_any_part_of_it() -> None:
    bounds = [pause_s(error(Retry.BACKOFF), n, attempts=99, remaining_s=1e9, chance=1.0) for n in (1, 2, 3, 4, 5, 6)]
    assert bounds == [BASE_S, 2 * BASE_S, 4 * BASE_S, 8 * BASE_S, CAP_S, CAP_S]
    assert pause_s(error(Retry.BACKOFF), 3, attempts=99, remaining_s=1e9, chance=0.0) == 0.0


def test_the_last_attempt_is_final() -> None:
    assert pause_s(error(Retry.BACKOFF), 1, attempts=1, remaining_s=1e9, chance=0.0) is None
    assert pause_s(error(Retry.BACKOFF), 3, attempts=3, remaining_s=1e9, chance=0.0) is None


def test_an_unreadable_answer_is_asked_for_once_more_only() -> None:
    assert pause_s(error(Retry.ONCE), 1, attempts=9, remaining_s=1e9, chance=0.0) == 0.0
    assert pause_s(error(Retry.ONCE), 2, attempts=9, remaining_s=1e9, chance=0.0) is None


def test_what_cannot_succeed_is_not_repeated() -> None:
    assert pause_s(error(Retry.NEVER), 1, attempts=9, remaining_s=1e9, chance=0.0) is None
    caller = ServiceError(Reason.FIELD_INVALID, "x")
    assert pause_s(caller, 1, attempts=9, remaining_s=1e9, chance=0.0) is None


def test_retry_after_is_the_least_pause() -> None:
    assert pause_s(error(Retry.BACKOFF, 7.0), 1, attempts=9, remaining_s=60, chance=0.5) == 7.0


def test_a_pause_beyond_the_deadline_is_not_begun() -> None:
    assert pause_s(error(Retry.BACKOFF, 7.0), 1, attempts=9, remaining_s=7.0, chance=0.0) is None
    assert pause_s(error(Retry.BACKOFF), 1, attempts=9, remaining_s=0.0, chance=0.0) is None


@given(st.integers(1, 10_000), st.floats(0, 1), st.floats(0, 1e6), st.none() | st.floats(0, 1e5))
@settings(deadline=None, database=None)
def test_no_pause_outlasts_the_time_that_is_left(
    attempt: int, chance: float, remaining_s: float, after_s: float | None
) -> None:
    pause = pause_s(error(Retry.BACKOFF, after_s), attempt, attempts=10**6, remaining_s=remaining_s, chance=chance)
    assert pause is None or 0 <= pause < remaining_s


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5", 5.0),
        (" 1.5 ", 1.5),
        ("0", 0.0),
        ("999999999999", 86_400.0),
        ("Tue, 14 Nov 2023 22:13:30 GMT", 10.0),
        ("Tue, 14 Nov 2023 22:13:10 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        (".", None),
        ("nan", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after_s(header, now_s=NOW) == seconds


@given(st.text(max_size=60))
@settings(deadline=None, database=None)
def test_no_retry_after_header_is_a_crash(header: str) -> None:
    seconds = retry_after_s(header, now_s=NOW)
    assert seconds is None or 0 <= seconds <= 86_400
