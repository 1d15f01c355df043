"""Engines that load behind a socket that already listens."""

from __future__ import annotations

import asyncio
import threading

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"


async def test_requests_wait_for_the_engines_and_health_tells(start, make_engines, until):
    loaded = threading.Event()

    def load():
        assert loaded.wait(60)
        return make_engines()

    async with start(load=load) as api:
        try:
            asking = asyncio.create_task(api.run(LLAMA, {"prompt": "hello"}))
            await until(lambda: _begun(api))
            health = await api.send("GET", f"{api.own}/health")
            assert (health.status, health.json()) == (503, {"status": "loading"})
            assert not asking.done()
        finally:
            loaded.set()
        assert (await asking).status == 200
        health = await api.send("GET", f"{api.own}/health")
        names = ["local/instant", "local/words", "local/instant"]
        assert (health.status, health.json()) == (200, {"status": "ready", "engines": names})


async def test_engines_that_cannot_be_loaded_are_an_internal_error(start, until):
    def load():
        raise RuntimeError("no model file")

    async with start(load=load) as api:
        reply = await api.run(LLAMA, {"prompt": "hello"})
        assert (reply.status, reply.code) == (500, 3043)
        assert "model file" not in reply.message
        health = await api.send("GET", f"{api.own}/health")
        assert (health.status, health.json()) == (503, {"status": "failed"})


async def test_a_stop_does_not_wait_for_engines_that_load(start, until):
    never = threading.Event()
    async with start(load=never.wait) as api:
        assert (await api.send("GET", f"{api.own}/health")).status == 503
        await api.server.stop()
    never.set()


async def test_an_engine_that_fails_is_an_internal_error(start, make_engines):
    class Broken:
        name = "local/broken"

        def complete(self, request):
            raise ZeroDivisionError

    async with start(load=lambda: make_engines(text=Broken())) as api:
        reply = await api.run(LLAMA, {"prompt": "hello"})
        assert (reply.status, reply.code) == (500, 3043)
        assert (await api.calls())[0]["status"] == 500


async def _begun(api) -> bool:
    return bool(await api.calls())
