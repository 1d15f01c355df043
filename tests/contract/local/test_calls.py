"""The record of calls, cancellation, and work that is bounded."""

from __future__ import annotations

import asyncio
import threading

import aiohttp
import numpy as np
import pytest

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
FLUX = "@cf/black-forest-labs/flux-1-schnell"
PROMPT = {"prompt": "a quiet harbour"}


class SlowPaint:
    """Paints when it is let go, and counts who paints at once."""

    name = "local/slow"

    def __init__(self) -> None:
        self.go = threading.Event()
        self.lock = threading.Lock()
        self.painting = self.most = self.painted = 0

    def paint(self, request):
        with self.lock:
            self.painting += 1
            self.most = max(self.most, self.painting)
        assert self.go.wait(60)
        with self.lock:
            self.painting -= 1
            self.painted += 1
        return np.zeros((8, 8, 3), dtype=np.uint8)


async def test_a_call_is_recorded_with_its_trace(api):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    await api.run(LLAMA, PROMPT, headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    await api.run("@cf/meta/nothing", PROMPT)
    first, second = await api.calls()
    assert first["model"] == LLAMA
    assert first["task"] == "Text Generation"
    assert (first["status"], first["trace_id"], first["cancelled"]) == (200, trace, False)
    assert (second["status"], second["task"]) == (400, "")
    assert len(second["trace_id"]) == 32
    assert first["started"] <= second["started"]
    assert first["id"] != second["id"]


async def test_calls_can_be_forgotten_and_the_last_thousand_are_kept(api):
    for _ in range(1003):
        await api.run("@cf/meta/nothing", PROMPT)
    assert len(await api.calls()) == 1000
    assert (await api.send("DELETE", f"{api.own}/calls")).status == 204
    assert await api.calls() == []


async def test_a_client_that_leaves_cancels_its_call(api, until):
    await api.fault({"body": "hang"})
    asking = asyncio.create_task(api.run(LLAMA, PROMPT))
    await until(lambda: _any(api))
    assert (await api.calls())[0]["status"] == 0
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await until(lambda: _cancelled(api, 1))
    assert (await api.calls())[0]["status"] == 499


async def test_pictures_are_painted_a_bounded_number_at_once_and_never_for_who_left(start, make_engines, until):
    paint = SlowPaint()
    async with start(load=lambda: make_engines(paint=paint), threads=2) as api:
        try:
            asking = [asyncio.create_task(api.run(FLUX, PROMPT)) for _ in range(6)]
            await until(lambda: _true(paint.painting == 2))
            words = await api.run(LLAMA, PROMPT)
            assert words.status == 200
            # Four of them wait; whichever leave are never painted.
            waiting = await _leave(asking, until, api)
        finally:
            paint.go.set()
        replies = await asyncio.gather(*waiting)
        assert {reply.status for reply in replies} == {200}
        assert paint.most == 2
        assert paint.painted <= 2 + len(waiting)


async def _leave(asking, until, api):
    for task in asking[3:]:
        task.cancel()
    await asyncio.gather(*asking[3:], return_exceptions=True)
    await until(lambda: _cancelled(api, 3))
    return asking[:3]


async def test_a_stop_lets_a_call_in_flight_finish(start, make_engines, until):
    paint = SlowPaint()
    async with start(load=lambda: make_engines(paint=paint), grace_s=30.0) as api:
        asking = asyncio.create_task(api.run(FLUX, PROMPT))
        await until(lambda: _true(paint.painting == 1))
        stopping = asyncio.create_task(api.server.stop())
        await until(lambda: _refused(api))
        paint.go.set()
        assert (await asking).status == 200
        await stopping


async def test_a_stop_ends_a_call_that_hangs(start, until):
    async with start(grace_s=30.0) as api:
        await api.fault({"body": "hang"})
        asking = asyncio.create_task(api.run(LLAMA, PROMPT))
        await until(lambda: _any(api))
        await api.server.stop()
        reply = await asking
        assert (reply.status, reply.code) == (408, 3008)


async def _any(api) -> bool:
    return bool(await api.calls())


async def _cancelled(api, count: int) -> bool:
    return sum(call["cancelled"] for call in await api.calls()) == count


async def _true(value: bool) -> bool:
    return value


async def _refused(api) -> bool:
    try:
        async with aiohttp.ClientSession() as session, session.get(f"{api.own}/health"):
            return False
    except aiohttp.ClientConnectionError:
        return True
