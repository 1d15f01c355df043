"""What the tests of the prompt service run against: a real stand-in that can misbehave, and real replicas."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias

import orjson
import pytest
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc

from services.kit.channel import open_channel
from services.kit.serve import GrpcServer
from services.local.engine import Engines, TextEngine, TextRequest
from services.local.engines_instant import InstantEmbedder, InstantJudge, InstantPaint
from services.prompt.config import DEFAULT_MODEL
from services.prompt.model import WorkersAITextModel
from services.prompt.service import PromptService
from services.prompt.writer import Writer
from services.workers_ai.client import WorkersAI
from tests.contract.stand_in import StandIn, started
from tests.environment import clean_environ

SERVICE = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
SCENES = ("harbour", "orchard", "staircase", "lantern", "glacier", "violin", "market", "telescope", "ferry", "meadow")


class Painterly:
    """A text engine whose prompts are different by construction, and whose summaries are the first words."""

    name = "local/painterly"

    def __init__(self) -> None:
        self.asked: list[TextRequest] = []

    def complete(self, request: TextRequest) -> str:
        """One scene for each prompt; none that the messages name already."""
        self.asked.append(request)
        schema = request.json_schema or {}
        user = request.messages[-1].content
        if "summary" in schema.get("properties", {}):
            limit = int(re.search(r"at most (\d+) words", user).group(1))
            content = user.partition(">\n")[2].rpartition("\n</content")[0]
            return orjson.dumps({"summary": " ".join(content.split()[:limit])[: limit * 2]}).decode()
        count = schema["properties"]["prompts"]["minItems"]
        free = [scene for scene in SCENES if scene not in user]
        return orjson.dumps({"prompts": [picture(scene) for scene in free[:count]]}).decode()


def picture(scene: str) -> dict[str, str]:
    """What a good answer says about one scene."""
    letters = " ".join(f"{scene}{number}" for number in range(6))
    return {
        "prompt": f"A quiet {scene} at dawn, {letters}, wide view",
        "negative_prompt": "text, watermark",
        "language": "en",
        "alt_text": f"A quiet {scene} at dawn.",
        "caption": f"The {scene} that the text tells of, before anybody is up.",
    }


def standing_in(engine: TextEngine) -> AbstractAsyncContextManager[StandIn]:
    """A stand-in with a text engine."""
    engines = Engines(text=engine, judge=InstantJudge(), paint=InstantPaint(), embed=InstantEmbedder())
    return started(engines, engine)


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    """A stand-in whose text model writes prompts that are different by construction."""
    async with standing_in(Painterly()) as running:
        yield running


@pytest.fixture(scope="session")
def scribe() -> TextEngine:
    """The embedded text engine; loading it takes seconds."""
    from services.local.embedding import MiniLM
    from services.local.scribe import Scribe

    return Scribe(MiniLM())


@pytest.fixture
async def embedded(scribe: TextEngine) -> AsyncIterator[StandIn]:
    """A stand-in with the embedded text engine."""
    async with standing_in(scribe) as running:
        yield running


Stub: TypeAlias = "prompt_pb2_grpc.PromptServiceAsyncStub"
Replica = Callable[..., AbstractAsyncContextManager[Stub]]


@pytest.fixture
def replica() -> Replica:
    """Starts a replica on a stand-in and gives a stub of it."""

    @asynccontextmanager
    async def start(
        stand_in: StandIn,
        *,
        models: Sequence[str] = (DEFAULT_MODEL,),
        slots: int = 8,
        attempts: int = 3,
        rounds: int = 3,
    ) -> AsyncIterator[Stub]:
        async with contextlib.AsyncExitStack() as stack:
            client = WorkersAI(stand_in.settings, attempts=attempts)
            stack.push_async_callback(client.close)
            billed = stand_in.settings.billed
            model = WorkersAITextModel(client, models, timeout_s=60, temperature=0.7, billed=billed)
            server = GrpcServer("prompt", listen="127.0.0.1:0", grace_s=5)
            servicer = PromptService(Writer(model, rounds=rounds, parallel=4), slots=slots)
            server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, servicer, SERVICE)
            await server.start()
            stack.push_async_callback(server.stop)
            channel = await stack.enter_async_context(open_channel(server.address))
            yield prompt_pb2_grpc.PromptServiceStub(channel)

    return start


@pytest.fixture
async def stub(replica: Replica, stand_in: StandIn) -> AsyncIterator[Stub]:
    """A stub of one replica as it is by default."""
    async with replica(stand_in) as stub:
        yield stub


@pytest.fixture
async def local_stub(replica: Replica, embedded: StandIn) -> AsyncIterator[Stub]:
    """A stub of one replica on the embedded engine."""
    async with replica(embedded) as stub:
        yield stub


@pytest.fixture
def scene() -> Callable[[str], dict[str, str]]:
    """Makes one good entry of a model's answer."""
    return picture


@pytest.fixture
def process() -> Iterator[Callable[[Mapping[str, str]], Awaitable[str]]]:
    """Runs `python -m services.prompt` with an environment; gives its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(environ: Mapping[str, str]) -> str:
        clean = clean_environ()
        own = {"ATELIER_PROMPT_LISTEN": "127.0.0.1:0", "ATELIER_LOG_LEVEL": "error"}
        child = subprocess.Popen(
            [sys.executable, "-m", "services.prompt", "--with-parent"],
            env=clean | own | dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        running.append(child)
        assert child.stdout is not None
        return json.loads(child.stdout.readline())["address"]

    yield lambda environ: asyncio.to_thread(start, environ)
    for child in running:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.close()
        assert child.wait(30) == 0
        child.stdout.close()
