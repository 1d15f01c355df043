"""A provider whose answers are written down beforehand; it stands in for the outside world, on a port of its own."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import orjson
import pytest
from aiohttp import web

from services.workers_ai.client import WorkersAI
from services.workers_ai.settings import WorkersAISettings

TOKEN = "s3cret-token-of-the-tests"
Responder = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Seen:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    form: dict[str, str]
    peer: object

    @property
    def json(self) -> dict[str, object]:
        loaded = orjson.loads(self.body)
        assert isinstance(loaded, dict)
        return loaded


@dataclass
class Provider:
    """Gives its answers in turn, and the last one for ever."""

    base_url: str = ""
    seen: list[Seen] = field(default_factory=list)
    script: deque[Responder] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    abandoned: asyncio.Event = field(default_factory=asyncio.Event)

    def will(self, *responders: Responder) -> None:
        self.script = deque(responders)

    def answers(self, result: object, status: int = 200, **headers: str) -> Responder:
        return self.says({"result": result, "success": True, "errors": [], "messages": []}, status, **headers)

    def fails(self, status: int, code: int = 0, message: str = "it failed", **headers: str) -> Responder:
        errors = [{"code": code, "message": message}]
        return self.says({"result": {}, "success": False, "errors": errors, "messages": []}, status, **headers)

    def says(self, value: object, status: int = 200, **headers: str) -> Responder:
        return self.sends(orjson.dumps(value), "application/json", status, **headers)

    def sends(self, body: bytes, content_type: str, status: int = 200, **headers: str) -> Responder:
        named = {name.replace("_", "-"): text for name, text in headers.items()}

        async def respond(_: web.Request) -> web.Response:
            return web.Response(body=body, status=status, headers={"Content-Type": content_type, **named})

        return respond

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body, form = b"", {}
        if request.content_type == "multipart/form-data":
            form = {name: str(value) for name, value in (await request.post()).items()}
        else:
            body = await request.read()
        peer = request.transport.get_extra_info("peername") if request.transport else None
        self.seen.append(Seen(request.method, request.path_qs, request.headers, body, form, peer))
        self.arrived.set()
        respond = self.script.popleft() if len(self.script) > 1 else self.script[0]
        try:
            return await respond(request)
        except asyncio.CancelledError:
            self.abandoned.set()
            raise


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    scripted = Provider()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", scripted.handle)
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    scripted.base_url = f"http://127.0.0.1:{port}/client/v4"
    yield scripted
    await runner.cleanup()


@pytest.fixture
async def make_client(provider: Provider) -> AsyncIterator[Callable[..., WorkersAI]]:
    made: list[WorkersAI] = []

    def make(attempts: int = 3, **settings: str) -> WorkersAI:
        known = {"account_id": "acc0", "api_token": TOKEN, "base_url": provider.base_url}
        made.append(WorkersAI(WorkersAISettings(**{**known, **settings}), attempts=attempts))
        return made[-1]

    yield make
    for client in made:
        await client.close()


@pytest.fixture
def client(make_client: Callable[..., WorkersAI]) -> WorkersAI:
    return make_client()


@pytest.fixture
def token() -> str:
    return TOKEN
