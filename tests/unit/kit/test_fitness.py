"""A replica's judgement over itself, in every order of failures and successes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import NEVER_SENT, RULES, Reason, ServiceError
from services.kit.fitness import IN_A_ROW, MAX_REST_S, Fitness, own_failure


def failing(fitness: Fitness, times: int, now_s: float = 0.0) -> None:
    for _ in range(times):
        fitness.failed(now_s)


def test_failures_in_a_row_end_in_a_rest_that_doubles_until_a_success() -> None:
    fitness, now_s, rests = Fitness(), 0.0, []
    failing(fitness, IN_A_ROW - 1)
    assert fitness.rest_s(0) == 0
    fitness.failed(0)
    for _ in range(6):
        rests.append(fitness.rest_s(now_s))
        now_s += rests[-1]
        assert fitness.rest_s(now_s) == 0
        fitness.failed(now_s)
    assert rests == [1, 2, 4, 8, 10, 10]
    fitness.succeeded()
    assert fitness.rest_s(now_s) == 0
    failing(fitness, IN_A_ROW - 1, now_s)
    assert fitness.rest_s(now_s) == 0


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 20)), max_size=60))
def test_rests_are_bounded_and_no_success_is_followed_by_one(steps: list[tuple[bool, float]]) -> None:
    fitness, now_s, in_a_row = Fitness(), 0.0, 0
    for good, passed_s in steps:
        now_s += passed_s
        if good:
            fitness.succeeded()
        else:
            fitness.failed(now_s)
        in_a_row = 0 if good else in_a_row + 1
        assert 0 <= fitness.rest_s(now_s) <= MAX_REST_S + 1e-6
        if in_a_row < IN_A_ROW:
            assert fitness.rest_s(now_s) == 0


def test_what_a_caller_sent_or_a_model_answered_is_no_sickness() -> None:
    for reason, rule in RULES.items():
        if rule.fault == "caller" or reason in (Reason.SERVER_BUSY, Reason.MODEL_OUTPUT, Reason.MODEL_QUOTA):
            assert not own_failure(ServiceError(reason, "x")), reason
    assert own_failure(ServiceError(Reason.INTERNAL, "x"))
    assert own_failure(ServiceError(Reason.STORE_UNAVAILABLE, "x"))
    assert not own_failure(ServiceError(Reason.MODEL_UNREACHABLE, "x"))
    assert own_failure(ServiceError(Reason.MODEL_UNREACHABLE, "x", metadata=NEVER_SENT))


def test_after_calls_that_hung_one_is_tried_at_a_time_until_one_succeeds_or_fails_otherwise() -> None:
    fitness = Fitness()
    for _ in range(IN_A_ROW):
        assert not fitness.one_at_a_time
        fitness.failed(0, hung=True)
    assert fitness.one_at_a_time
    fitness.failed(2)
    assert not fitness.one_at_a_time
    fitness.failed(10, hung=True)
    assert fitness.one_at_a_time
    fitness.succeeded()
    assert not fitness.one_at_a_time
