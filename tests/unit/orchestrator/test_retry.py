"""Which failures are tried again, how often, and how soon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator.retry import DEFAULT_LIMITS, RetryLimits, busy_delay_s, cause, retry_delay_s

HOUR = 3600.0
NEVER = [
    Reason.MODEL_CREDENTIALS,
    Reason.MODEL_UNSUPPORTED,
    Reason.FIELD_INVALID,
    Reason.CONTENT_LENGTH,
    Reason.MODEL_REFUSED,
    Reason.METHOD_UNKNOWN,
    Reason.INTERNAL,
]


def delay(reason, failures=(), *, remaining_s=HOUR, jitter=1.0, retry_after_s=None, limits=DEFAULT_LIMITS):
    return retry_delay_s(
        reason, failures, remaining_s=remaining_s, jitter=jitter, retry_after_s=retry_after_s, limits=limits
    )


@pytest.mark.parametrize("reason", NEVER)
def test_what_cannot_succeed_is_never_tried_again(reason):
    assert delay(reason, retry_after_s=0.1) is None


@pytest.mark.parametrize("reason", [Reason.SERVICE_UNREACHABLE, Reason.STORE_UNAVAILABLE])
def test_an_outage_is_waited_out_until_the_deadline_of_the_job(reason):
    assert delay(reason) == 0.25
    assert delay(reason, [reason] * 2000) == 10.0
    assert delay(reason, [reason] * 2000, remaining_s=10.0) is None


@pytest.mark.parametrize("reason", [Reason.MODEL_UNREACHABLE, Reason.DEADLINE_EXCEEDED, Reason.CANCELLED])
def test_a_bad_moment_of_the_provider_gets_five_tries(reason):
    assert [delay(reason, [reason] * count) for count in range(5)] == [0.25, 0.5, 1.0, 2.0, None]


@pytest.mark.parametrize("reason", [Reason.SERVICE_UNREACHABLE, Reason.STORE_UNAVAILABLE])
@given(jitter=st.floats(0, 1))
def test_ten_minutes_without_a_leaf_fail_no_job_and_the_whole_deadline_does(reason, jitter):
    now_s, failures = 0.0, []
    while (delay_s := delay(reason, failures, remaining_s=HOUR - now_s, jitter=jitter)) is not None:
        assert 0 < delay_s <= DEFAULT_LIMITS.max_delay_s
        now_s += delay_s
        failures.append(reason)
    assert HOUR - DEFAULT_LIMITS.max_delay_s <= now_s < HOUR
    assert HOUR / DEFAULT_LIMITS.max_delay_s <= len(failures) <= 2 * HOUR / DEFAULT_LIMITS.max_delay_s + 10


def test_an_outage_does_not_use_up_the_tries_of_the_provider():
    failures = [Reason.SERVICE_UNREACHABLE] * 50
    assert delay(Reason.MODEL_UNREACHABLE, failures) == 0.25


def test_a_provider_that_takes_no_connection_is_an_outage_and_one_that_does_not_answer_is_not():
    unsent = ServiceError(Reason.MODEL_UNREACHABLE, "no connection", metadata={"sent": "no"})
    assert cause(unsent) is Reason.SERVICE_UNREACHABLE
    assert cause(ServiceError.from_status(unsent.to_status())) is Reason.SERVICE_UNREACHABLE
    assert cause(ServiceError(Reason.MODEL_UNREACHABLE, "timed out")) is Reason.MODEL_UNREACHABLE
    assert cause(ServiceError(Reason.MODEL_OUTPUT, "cut off", metadata={"sent": "no"})) is Reason.MODEL_OUTPUT


def test_an_unreadable_answer_is_tried_once_more():
    assert delay(Reason.MODEL_OUTPUT) == 0.25
    assert delay(Reason.MODEL_OUTPUT, [Reason.MODEL_OUTPUT]) is None


@pytest.mark.parametrize(("retry_after_s", "again"), [(5.0, True), (60.0, True), (61.0, False), (None, False)])
def test_a_quota_is_waited_for_only_where_it_frees_soon(retry_after_s, again):
    found = delay(Reason.MODEL_QUOTA, retry_after_s=retry_after_s)
    assert (found is not None) is again
    if found is not None and retry_after_s is not None:
        assert retry_after_s <= found <= retry_after_s + 1


def test_the_number_of_tries_can_be_set():
    assert delay(Reason.MODEL_UNREACHABLE, limits=RetryLimits(attempts=1)) is None


@given(
    reason=st.sampled_from(list(Reason)),
    failures=st.lists(st.sampled_from(list(Reason)), max_size=50),
    remaining_s=st.floats(0, HOUR),
    jitter=st.floats(0, 1),
    retry_after_s=st.none() | st.floats(0, 1e6),
)
def test_a_delay_is_never_negative_and_never_beyond_the_deadline(reason, failures, remaining_s, jitter, retry_after_s):
    found = delay(reason, failures, remaining_s=remaining_s, jitter=jitter, retry_after_s=retry_after_s)
    if found is not None:
        assert 0 < found < remaining_s
        assert retry_after_s is None or found >= retry_after_s


@given(times=st.integers(0, 10_000), jitter=st.floats(0, 1))
def test_a_busy_replica_is_passed_over_soon(times, jitter):
    assert 0.01 <= busy_delay_s(times, jitter=jitter) <= 0.5
