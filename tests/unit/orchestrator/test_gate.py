"""Calls wait where they cost nothing, and find every free slot."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator.gate import FEW, MOST_ASKED, NOW_AND_THEN, Gate


class Service:
    """Has some slots, and refuses what comes beyond them."""

    def __init__(self, slots):
        self.slots = slots
        self.under_way = 0
        self.peak = 0
        self.refusals = 0

    async def call(self, gate):
        again = False
        while True:
            await gate.enter(first=again)
            if self.under_way >= self.slots:
                self.refusals += 1
                gate.leave(busy=True)
                again = True
                await asyncio.sleep(0)
                continue
            self.under_way += 1
            self.peak = max(self.peak, self.under_way)
            for _ in range(5):
                await asyncio.sleep(0)
            self.under_way -= 1
            gate.leave(taken=True)
            return


async def test_a_full_service_is_not_asked_by_all_who_wait():
    gate, service = Gate(), Service(8)
    await asyncio.gather(*(service.call(gate) for _ in range(1000)))
    assert service.peak == 8
    assert service.refusals < 400


async def test_slots_that_are_added_are_found():
    gate, service = Gate(), Service(1)
    calls = [asyncio.create_task(service.call(gate)) for _ in range(2000)]
    while sum(call.done() for call in calls) < 100:  # noqa: ASYNC110
        await asyncio.sleep(0)
    service.slots = 32
    await asyncio.gather(*calls)
    assert service.peak == 32


@settings(max_examples=100, deadline=None)
@given(
    slots=st.integers(1, 5), calls=st.integers(1, 30), cancelled=st.lists(st.integers(0, 29)), ticks=st.integers(0, 30)
)
def test_no_cancelled_call_keeps_a_place(slots, calls, cancelled, ticks):
    async def story():
        gate, service = Gate(), Service(slots)
        tasks = [asyncio.create_task(careful(service, gate)) for _ in range(calls)]
        for _ in range(ticks):
            await asyncio.sleep(0)
        for number in cancelled:
            if number < calls:
                tasks[number].cancel()
        async with asyncio.timeout(30):
            await asyncio.wait(tasks)
        assert gate.under_way == 0
        assert not gate._waiting

    async def careful(service, gate):
        while True:
            await gate.enter()
            busy = service.under_way >= service.slots
            service.under_way += 1
            try:
                if not busy:
                    await asyncio.sleep(0)
            finally:
                service.under_way -= 1
                gate.leave(taken=not busy, busy=busy)
            if not busy:
                return
            await asyncio.sleep(0)

    asyncio.run(story())


async def test_at_least_one_call_is_always_let_in():
    gate = Gate()
    await gate.enter()
    gate.leave(busy=True)
    await asyncio.wait_for(gate.enter(), 30)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(gate.enter(), 0.01)
    gate.leave()
    assert gate.under_way == 0


def look(gate: Gate, asked: int, *, room: bool) -> None:
    with suppress(ServiceError), gate.looking(asked):
        if not room:
            raise ServiceError(Reason.SERVER_BUSY, "scripted")


def asked_by_one_call(gate: Gate, *, room_at: int = 0) -> int:
    """How many replicas a call asks; only the one of that number has room."""
    for asked in range(MOST_ASKED):
        look(gate, asked, room=asked + 1 == room_at)
        if asked + 1 == room_at or not gate.looks_on(asked + 1):
            return asked + 1
    raise AssertionError("a call asks no more than so many")


def test_other_replicas_are_asked_as_long_as_some_of_them_have_room() -> None:
    gate = Gate()
    assert [asked_by_one_call(gate, room_at=MOST_ASKED) for _ in range(50)] == [MOST_ASKED] * 50


def test_a_service_of_one_replica_is_asked_once_and_now_and_then_again_so_that_a_second_one_is_found() -> None:
    gate = Gate()
    asked = [asked_by_one_call(gate) for _ in range(200)]
    assert sum(asked[100:]) / 100 < 1.5
    assert MOST_ASKED in asked[-NOW_AND_THEN:]
    for _ in range(200):
        asked_by_one_call(gate, room_at=2)
    assert asked_by_one_call(gate) == MOST_ASKED


def test_of_a_crowd_that_is_refused_together_a_few_look_for_room() -> None:
    gate = Gate()
    with ExitStack() as looking:
        lookers = 0
        while gate.looks_on(1):
            looking.enter_context(gate.looking(1))
            lookers += 1
    assert lookers == FEW


def test_a_crowd_looks_for_room_where_there_mostly_is_some() -> None:
    gate = Gate()
    for _ in range(20):
        look(gate, 1, room=True)
    with ExitStack() as looking:
        for _ in range(5 * FEW):
            assert gate.looks_on(1)
            looking.enter_context(gate.looking(1))
