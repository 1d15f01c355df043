"""The breaker: when a model is passed over, when it is tried again, and that nothing is ever left out."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.workers_ai.breaker import FAILURES, FIRST_PAUSE_S, LONGEST_PAUSE_S, Breaker

BOTH = ("first", "second")
TURNED = ["second", "first"]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def failing(breaker: Breaker, times: int, **more: float) -> list[float]:
    """The pauses that so many failed calls bring."""
    pauses = []
    for _ in range(times):
        breaker.begins("first")
        pauses.append(breaker.failed("first", **more))
    return pauses


def test_a_model_that_keeps_failing_goes_behind_the_others_for_a_while() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    assert failing(breaker, FAILURES) == [0.0] * (FAILURES - 1) + [FIRST_PAUSE_S]
    assert breaker.order(BOTH) == TURNED
    clock.now += FIRST_PAUSE_S
    assert breaker.order(BOTH) == list(BOTH)


def test_failures_that_do_not_follow_each_other_change_nothing() -> None:
    breaker = Breaker(Clock())
    for _ in range(5):
        failing(breaker, FAILURES - 1)
        assert not breaker.answered("first")
    assert breaker.order(BOTH) == list(BOTH)


def test_after_the_pause_one_call_tries_it_and_the_others_pass_it_over() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    failing(breaker, FAILURES)
    clock.now += FIRST_PAUSE_S
    breaker.begins("first")
    assert breaker.order(BOTH) == TURNED
    assert breaker.answered("first")
    assert breaker.order(BOTH) == list(BOTH)


def test_each_failed_try_doubles_the_pause_up_to_the_longest() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    pauses = failing(breaker, FAILURES)[-1:]
    for _ in range(6):
        clock.now += pauses[-1]
        pauses += failing(breaker, 1)
    assert pauses == [5.0, 10.0, 20.0, 40.0, LONGEST_PAUSE_S, LONGEST_PAUSE_S, LONGEST_PAUSE_S]


def test_a_try_that_its_caller_gave_up_leaves_the_next_one_to_try() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    failing(breaker, FAILURES)
    clock.now += FIRST_PAUSE_S
    breaker.begins("first")
    breaker.left("first")
    assert breaker.order(BOTH) == list(BOTH)


def test_the_provider_may_ask_for_a_longer_pause_within_bounds() -> None:
    breaker = Breaker(Clock())
    assert failing(breaker, FAILURES, retry_after_s=30.0)[-1] == 30.0
    assert failing(Breaker(Clock()), FAILURES, retry_after_s=80_000.0)[-1] == LONGEST_PAUSE_S


def test_failures_while_it_is_passed_over_do_not_lengthen_the_pause() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    failing(breaker, FAILURES)
    clock.now += FIRST_PAUSE_S / 2
    assert failing(breaker, 5) == [0.0] * 5
    clock.now += FIRST_PAUSE_S / 2
    breaker.left("first")
    assert breaker.order(BOTH) == list(BOTH)


def test_a_model_that_is_asked_after_all_while_it_is_passed_over_is_tried_again_in_time() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    failing(breaker, FAILURES + 1)
    clock.now += FIRST_PAUSE_S
    assert breaker.order(BOTH) == list(BOTH)


class Models(RuleBasedStateMachine):
    """Any number of calls at once, in any order of beginnings and ends."""

    names = ("a", "b", "c")

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.breaker = Breaker(self.clock)
        self.running: list[str] = []
        self.in_a_row = dict.fromkeys(self.names, 0)

    @rule()
    def begin(self) -> None:
        model = self.breaker.order(self.names)[0]
        self.breaker.begins(model)
        self.running.append(model)

    @precondition(lambda self: self.running)
    @rule(data=st.data(), end=st.sampled_from(["answered", "failed", "left"]))
    def end(self, data: st.DataObject, end: str) -> None:
        model = self.running.pop(data.draw(st.integers(0, len(self.running) - 1)))
        getattr(self.breaker, end)(model)
        self.in_a_row[model] = {"answered": 0, "failed": self.in_a_row[model] + 1, "left": self.in_a_row[model]}[end]

    @rule(seconds=st.floats(0, 100))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @invariant()
    def nothing_is_left_out(self) -> None:
        assert sorted(self.breaker.order(self.names)) == list(self.names)

    @invariant()
    def a_model_that_does_not_keep_failing_is_in_its_place(self) -> None:
        well = [name for name in self.names if self.in_a_row[name] < FAILURES]
        assert [name for name in self.breaker.order(self.names) if name in well] == well

    @invariant()
    def after_the_longest_pause_whatever_is_not_being_tried_is_in_its_place(self) -> None:
        if not self.running:
            now = self.clock.now
            self.clock.now += LONGEST_PAUSE_S
            assert self.breaker.order(self.names) == list(self.names)
            self.clock.now = now


TestModels = Models.TestCase
TestModels.settings = settings(deadline=None, max_examples=60)
