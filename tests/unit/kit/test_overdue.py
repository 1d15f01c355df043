"""Which calls hang: in every order of calls that come, take slots, succeed, and go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.overdue import FIRST_S, LEAST_S, TIMES, AtHand, overdue_s
from services.kit.slots import Work


def holding(at_hand: AtHand, count: int, since_s: float) -> list[Work]:
    calls = [Work(limit=8, begun_s=since_s) for _ in range(count)]
    for call in calls:
        at_hand.begins(call)
    return calls


def test_a_call_is_overdue_after_many_times_what_is_usual_and_never_soon() -> None:
    assert overdue_s(0.01) == LEAST_S
    assert overdue_s(60.0) == 60.0 * TIMES
    assert overdue_s(None) == FIRST_S


def test_calls_that_hold_their_slots_too_long_count_until_they_end() -> None:
    at_hand = AtHand()
    calls = holding(at_hand, 3, since_s=100.0)
    holding(at_hand, 2, since_s=110.0)
    at_hand.begins(Work())
    assert at_hand.overdue(1.0, 100.0 + LEAST_S - 0.1) == 0
    assert at_hand.overdue(1.0, 100.0 + LEAST_S) == 3
    assert at_hand.overdue(1.0, 110.0 + LEAST_S) == 5
    at_hand.ends(calls[0])
    at_hand.ends(calls[0])
    assert at_hand.overdue(1.0, 110.0 + LEAST_S) == 4


def test_a_success_clears_those_that_were_overdue_by_then_and_not_those_that_are_later() -> None:
    at_hand = AtHand()
    holding(at_hand, 3, since_s=100.0)
    holding(at_hand, 2, since_s=110.0)
    at_hand.succeeded(100.0 + LEAST_S + 1)
    assert at_hand.overdue(1.0, 200.0) == 2


@pytest.mark.parametrize(("held_s", "was"), [(1.0, False), (LEAST_S - 0.1, False), (LEAST_S, True), (100.0, True)])
def test_a_hurried_caller_says_nothing(held_s: float, *, was: bool) -> None:
    assert AtHand().was_overdue(Work(limit=8, seconds=held_s), 0.5, 1000.0) is was


def test_a_call_that_was_called_off_does_not_count_where_others_have_succeeded_since() -> None:
    at_hand = AtHand()
    at_hand.succeeded(990.0)
    assert not at_hand.was_overdue(Work(limit=8, seconds=LEAST_S + 20), 0.5, 1000.0)
    assert at_hand.was_overdue(Work(limit=8, seconds=LEAST_S + 5), 0.5, 1000.0)


@given(st.lists(st.tuples(st.sampled_from(["come", "take", "succeed", "go"]), st.floats(0, 10)), max_size=80))
def test_never_more_calls_are_overdue_than_hold_slots_and_none_right_after_a_success(
    steps: list[tuple[str, float]],
) -> None:
    at_hand, calls, now_s, succeeded_s = AtHand(), list[Work](), 1000.0, 0.0
    for what, passed_s in steps:
        now_s += passed_s
        if what == "come":
            calls.append(Work(limit=8))
            at_hand.begins(calls[-1])
        elif what == "take":
            for call in calls:
                call.begun_s = call.begun_s or now_s
        elif calls:
            at_hand.ends(calls.pop(0))
            if what == "succeed":
                at_hand.succeeded(succeeded_s := now_s)
                assert at_hand.overdue(0.1, now_s) == 0
        due_s = [call.begun_s + LEAST_S for call in calls if call.begun_s]
        assert at_hand.overdue(0.1, now_s) == sum(succeeded_s < due <= now_s for due in due_s)
        assert at_hand.overdue(0.1, now_s + 1000) == sum(succeeded_s < due for due in due_s)
