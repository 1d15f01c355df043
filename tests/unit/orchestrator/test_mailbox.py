"""A mailbox loses nothing and keeps the order."""

from __future__ import annotations

import asyncio

from services.orchestrator.mailbox import Mailbox


async def test_what_came_is_taken_at_once_and_in_order():
    box = Mailbox()
    for number in range(3):
        box.put(number)
    assert list(box.items) == [0, 1, 2]
    assert await box.take() == [0, 1, 2]
    assert list(box.items) == []


async def test_a_reader_waits_for_what_comes():
    box = Mailbox()
    taking = asyncio.create_task(box.take())
    await asyncio.sleep(0)
    box.put("a")
    box.put("b")
    assert await taking == ["a", "b"]


async def test_a_reader_that_is_cancelled_takes_nothing_with_it():
    box = Mailbox()
    taking = asyncio.create_task(box.take())
    await asyncio.sleep(0)
    box.put("a")
    taking.cancel()
    await asyncio.wait([taking])
    assert taking.cancelled()
    assert await box.take() == ["a"]


async def test_a_reader_whose_wait_was_broken_off_can_wait_again():
    box = Mailbox()
    taking = asyncio.create_task(box.take())
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.wait([taking])
    taking = asyncio.create_task(box.take())
    await asyncio.sleep(0)
    box.put("a")
    assert await taking == ["a"]
