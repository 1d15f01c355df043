"""A real Workers AI stand-in that can be told to misbehave, for tests of the services that call it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from services.local.config import Config
from services.local.engine import Engines
from services.local.server import LocalServer
from services.workers_ai.settings import WorkersAISettings

ACCOUNT_ID = "0" * 32


@dataclass
class StandIn:
    """A running stand-in and what it can be asked outside of its API; `engine` is the one that the test is about."""

    server: LocalServer
    session: aiohttp.ClientSession
    engine: Any

    @property
    def settings(self) -> WorkersAISettings:
        return WorkersAISettings(account_id=ACCOUNT_ID, api_token="local", base_url=self.server.base_url)

    async def misbehave(self, *faults: Mapping[str, object]) -> None:
        """Have these faults from now on, instead of those before."""
        async with self.session.put(self._own("faults"), data=orjson.dumps(faults)) as answer:
            assert answer.status < 300, await answer.text()

    async def answers(self, *values: object) -> None:
        """Answer these values as JSON, one a request, then behave again."""
        await self.misbehave(*({"times": 1, "text": orjson.dumps(value).decode()} for value in values))

    async def calls(self) -> list[dict[str, Any]]:
        """The model calls so far."""
        async with self.session.get(self._own("calls")) as answer:
            calls: list[dict[str, Any]] = orjson.loads(await answer.read())
            return calls

    async def until(self, condition: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """The calls, once they meet a condition."""
        async with asyncio.timeout(60):
            while True:
                if condition(calls := await self.calls()):
                    return calls
                await asyncio.sleep(0.01)

    def _own(self, path: str) -> str:
        return f"http://{self.server.address}/local/v1/{path}"


@asynccontextmanager
async def started(engines: Engines, engine: object) -> AsyncIterator[StandIn]:
    """A stand-in that answers with these engines."""
    config = Config(listen="127.0.0.1:0", engines="instant", faults=True, grace_s=0.1)
    server = LocalServer(config, load=lambda: engines)
    await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield StandIn(server, session, engine)
    finally:
        await server.stop()
