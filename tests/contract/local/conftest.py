"""A real stand-in on a free port, with engines that answer at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import orjson
import pytest

from services.local.config import Config
from services.local.engine import Engines, Hazards
from services.local.engines_instant import InstantEmbedder, InstantPaint, InstantSight, InstantText
from services.local.server import LocalServer

ACCOUNT = "0123456789abcdef0123456789abcdef"

Start = Callable[..., AbstractAsyncContextManager["Api"]]


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict:
        return orjson.loads(self.body)

    @property
    def code(self) -> int:
        return self.json()["errors"][0]["code"]

    @property
    def message(self) -> str:
        return self.json()["errors"][0]["message"]


@dataclass
class Api:
    """A client of one server that shows everything as it comes."""

    server: LocalServer
    session: aiohttp.ClientSession
    account: str = ACCOUNT
    headers: dict[str, str] = field(default_factory=lambda: {"Authorization": "Bearer any-token"})

    @property
    def ai(self) -> str:
        return f"{self.server.base_url}/accounts/{self.account}/ai"

    @property
    def own(self) -> str:
        return f"http://{self.server.address}/local/v1"

    async def send(self, method: str, url: str, **more: object) -> Reply:
        headers = {**self.headers, **more.pop("headers", {})}
        async with self.session.request(method, url, headers=headers, **more) as response:
            return Reply(response.status, response.headers, await response.read())

    async def run(self, model: str, body: object, **more: object) -> Reply:
        return await self.send("POST", f"{self.ai}/run/{model}", data=orjson.dumps(body), **more)

    async def chat(self, body: object, **more: object) -> Reply:
        return await self.send("POST", f"{self.ai}/v1/chat/completions", data=orjson.dumps(body), **more)

    async def fault(self, *faults: dict[str, object]) -> Reply:
        return await self.send("PUT", f"{self.own}/faults", data=orjson.dumps(faults))

    async def calls(self) -> list[dict]:
        return orjson.loads((await self.send("GET", f"{self.own}/calls")).body)


class WordJudge:
    """Finds a text unsafe by the words in it, so that a test decides what is flagged."""

    name = "local/words"
    words = (("grenade", "S9"), ("punch", "S1"), ("nude", "S12"))

    def judge(self, text: str) -> Hazards:
        found = tuple(code for word, code in self.words if word in text)
        scores = {f"S{number}": 0.02 for number in range(1, 15)}
        return Hazards(scores=scores | dict.fromkeys(found, 0.9), flagged=found)

    def sentiment(self, text: str) -> float:
        return 0.9 if "lovely" in text else 0.2


def engines(**parts: object) -> Engines:
    whole = {"text": InstantText(), "judge": WordJudge(), "paint": InstantPaint(), "embed": InstantEmbedder()}
    return Engines(**whole | {"sight": InstantSight()} | parts)


@pytest.fixture
def start() -> Start:
    """Starts a further server: `start(load=..., **settings)`."""

    @asynccontextmanager
    async def started(load: Callable[[], Engines] | None = engines, **settings: object) -> AsyncIterator[Api]:
        settings = {"listen": "127.0.0.1:0", "engines": "instant", "faults": True, "grace_s": 1.0} | settings
        server = LocalServer(Config(**settings), load=load)
        await server.start()
        try:
            async with aiohttp.ClientSession() as session:
                yield Api(server, session)
        finally:
            await server.stop()

    return started


@pytest.fixture
def make_engines() -> Callable[..., Engines]:
    """The instant engines with a judge that knows words; any part may be replaced."""
    return engines


@pytest.fixture
async def api(start: Start) -> AsyncIterator[Api]:
    """A server with faults switched on."""
    async with start() as api:
        yield api


@pytest.fixture
def until() -> Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]:
    """Waits until a condition holds."""

    async def wait(condition: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(30):
            while not await condition():  # noqa: ASYNC110 - the condition lies behind an HTTP route
                await asyncio.sleep(0.005)

    return wait
