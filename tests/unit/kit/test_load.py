"""What a replica reports as its capacity: by its own calls, however many callers sent."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.load import Load


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def worked(seconds: float, *, calls: int = 20, every_s: float = 0.2, limit: int = 8, failing: int = 0) -> Load:
    clock = Clock()
    load = Load(clock)
    for number in range(calls):
        clock.now_s += every_s
        load.note(limit, seconds, good=number % 10 >= failing)
    return load


def read(report: bytes) -> dict[int, float]:
    """The doubles of a protobuf message, by field number."""
    assert len(report) % 9 == 0
    parts = [report[start : start + 9] for start in range(0, len(report), 9)]
    assert all(part[0] & 7 == 1 for part in parts)
    return {part[0] >> 3: struct.unpack("<d", part[1:])[0] for part in parts}


@given(st.floats(0.001, 100), st.integers(1, 512), st.floats(0.01, 5))
def test_the_weight_that_grpc_takes_from_the_report_is_slots_by_seconds_a_call(
    seconds: float, limit: int, every_s: float
) -> None:
    load = worked(seconds, limit=limit, every_s=every_s)
    fields = read(load.report())
    assert fields[6] / fields[9] == pytest.approx(limit / seconds)
    assert load.capacity == pytest.approx(limit / seconds)


@given(st.integers(1, 9), st.integers(0, 8))
def test_the_more_fails_the_less_a_replica_gets_but_never_nothing(more: int, fewer: int) -> None:
    worse, better = worked(0.5, failing=more), worked(0.5, failing=min(fewer, more - 1))
    assert 0 < worse.capacity < better.capacity
    assert worked(0.5, failing=10).capacity > 0


def test_a_replica_that_became_ten_times_slower_is_known_as_that_within_seconds_and_so_is_one_that_healed() -> None:
    clock = Clock()
    load = Load(clock)

    def calls(seconds: float, for_s: float) -> float:
        for _ in range(int(for_s / 0.25)):
            clock.now_s += 0.25
            load.note(8, seconds, good=True)
        return load.capacity

    before = calls(0.2, for_s=30)
    assert calls(2.0, for_s=10) < before / 5
    assert calls(0.2, for_s=25) > before / 2


def test_fast_failures_do_not_pass_for_speed() -> None:
    clock = Clock()
    load = Load(clock)
    for _ in range(20):
        clock.now_s += 0.1
        load.note(8, 1.0, good=True)
    before = load.capacity
    for _ in range(100):
        clock.now_s += 0.1
        load.note(8, 0.001, good=False)
    assert load.capacity < before / 10
