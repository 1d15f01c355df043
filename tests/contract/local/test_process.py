"""`python -m services.local` as an operator starts and stops it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import aiohttp
import orjson
import pytest


@pytest.fixture
async def spawn():
    started = []

    async def spawned(**settings: str) -> asyncio.subprocess.Process:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ATELIER_")}
        wanted = {"ATELIER_LOCAL_LISTEN": "127.0.0.1:0", "ATELIER_LOCAL_ENGINES": "instant"} | settings
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.local",
            env=kept | wanted,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        started.append(process)
        return process

    yield spawned
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_it_says_where_it_listens_serves_and_stops_on_sigterm(spawn):
    process = await spawn()
    ready = orjson.loads(await process.stdout.readline())
    assert ready["ready"] == "local"
    async with aiohttp.ClientSession() as session, session.get(f"http://{ready['address']}/client/v4/") as reply:
        assert reply.status == 401
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_a_taken_port_ends_it_with_69(spawn, api):
    process = await spawn(ATELIER_LOCAL_LISTEN=api.server.address)
    _, complaint = await process.communicate()
    assert process.returncode == 69
    assert api.server.address in complaint.decode()


async def test_a_bad_setting_ends_it_with_78(spawn):
    process = await spawn(ATELIER_LOCAL_ENGINES="magic")
    _, complaint = await process.communicate()
    assert process.returncode == 78
    assert "embedded, instant" in complaint.decode()
