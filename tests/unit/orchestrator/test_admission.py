"""Who is let in: by how many wait and how fast they are taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator.admission import MAX_RETRY_S, MIN_RETRY_S, UNKNOWN, Admission, Pace
from services.orchestrator.memory import MemoryQueue
from services.orchestrator.queue import Backlog

SLOTS = 10


def pace(jobs_per_s: float, for_s: float = 60.0, every_s: float = 0.5) -> Pace:
    found = Pace()
    for number in range(int(for_s / every_s)):
        found.look(number * every_s, Backlog(100, int(number * every_s * jobs_per_s)))
    return found


@given(st.floats(0.2, 500))
def test_the_pace_is_how_fast_jobs_are_taken_while_some_wait(jobs_per_s: float) -> None:
    assert pace(jobs_per_s).jobs_per_s == pytest.approx(jobs_per_s, rel=0.3, abs=0.1)


def test_a_queue_without_anybody_in_it_tells_no_pace() -> None:
    found = Pace()
    for number in range(10):
        found.look(number, Backlog(0, number))
    assert found.jobs_per_s is None


def test_a_pace_outlives_the_pause_between_two_bursts_and_a_counter_that_begins_anew() -> None:
    found = Pace()
    for second in range(120):
        found.look(second, Backlog(50, 20 * (second // 10)))
    assert found.jobs_per_s == pytest.approx(2.0, rel=0.3)
    found.look(121, Backlog(50, 0))
    assert found.jobs_per_s == pytest.approx(2.0, rel=0.3)


async def admitted(queue: MemoryQueue, *, max_wait_s: float, asked: int) -> tuple[int, ServiceError | None]:
    """How many are let in one after the other before the first refusal."""
    admission = Admission(queue, max_wait_s=max_wait_s, slots=SLOTS)
    for number in range(asked):
        try:
            admission.admit()
        except ServiceError as error:
            return number, error
    return asked, None


async def test_before_the_pace_is_known_a_bounded_number_is_let_in_and_without_a_limit_everybody() -> None:
    let_in, error = await admitted(MemoryQueue(), max_wait_s=5, asked=1000)
    assert let_in == UNKNOWN * SLOTS
    assert error is not None
    assert (error.reason, error.retry_after_s) == (Reason.SERVER_BUSY, MAX_RETRY_S)
    assert await admitted(MemoryQueue(), max_wait_s=0, asked=1000) == (1000, None)


@given(st.floats(1, 100), st.floats(1, 600), st.integers(0, 10_000))
def test_whoever_is_let_in_waits_no_longer_than_the_limit_and_whoever_is_not_is_told_when_to_come(
    jobs_per_s: float, max_wait_s: float, waiting: int
) -> None:
    admission = Admission(MemoryQueue(), max_wait_s=max_wait_s, slots=SLOTS)
    admission._pace = known = pace(jobs_per_s)
    admission._waiting = waiting
    assert known.jobs_per_s is not None
    wait_s = waiting / known.jobs_per_s
    if waiting < SLOTS or wait_s <= max_wait_s:
        admission.admit()
        return
    with pytest.raises(ServiceError) as refused:
        admission.admit()
    assert refused.value.retry_after_s is not None
    assert MIN_RETRY_S <= refused.value.retry_after_s <= MAX_RETRY_S
