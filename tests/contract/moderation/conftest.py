"""What the tests of the moderation service run against: a real stand-in that can misbehave, and real replicas."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from numpy.typing import NDArray

from services.kit.channel import open_channel
from services.kit.serve import GrpcServer
from services.local.engine import Engines, Hazards, JudgeEngine
from services.local.engines_instant import InstantEmbedder, InstantPaint, InstantText
from services.moderation.config import DEFAULT_MODEL, DEFAULT_RULES_MODEL
from services.moderation.judging import Judge
from services.moderation.library import Library
from services.moderation.service import ModerationService
from services.workers_ai.client import WorkersAI
from tests.contract.stand_in import StandIn, started
from tests.environment import clean_environ

SERVICE = moderation_pb2.DESCRIPTOR.services_by_name["ModerationService"]
Stub: TypeAlias = "moderation_pb2_grpc.ModerationServiceAsyncStub"
Replica = Callable[..., AbstractAsyncContextManager[Stub]]


class WordJudge:
    """Finds a text unsafe by the words in it, so that a test decides what is flagged; "maybe" is a low score."""

    name = "local/words"
    hazards: Mapping[str, str] = {"grenade": "S9", "punch": "S1", "remedy": "S6", "nude": "S12"}

    def __init__(self) -> None:
        self.judged: list[str] = []

    def judge(self, text: str) -> Hazards:
        self.judged.append(text)
        found = tuple(code for word, code in self.hazards.items() if word in text)
        scores = {f"S{number}": 0.01 for number in range(1, 15)} | dict.fromkeys(found, 0.9)
        if "maybe" in text:
            return Hazards(scores=scores | dict.fromkeys(found, 0.3), flagged=())
        return Hazards(scores=scores, flagged=found)

    def sentiment(self, text: str) -> float:
        return 0.5


class ColourSight:
    """Finds a picture the worse the redder it is, so that a test decides what is seen."""

    name = "local/colours"

    def look(self, picture: NDArray[np.uint8]) -> Hazards:
        chance = round(float(picture[..., 0].mean()) / 255, 2)
        return Hazards(scores={"S12": chance, "S1": 0.02}, flagged=("S12",) if chance >= 0.5 else ())


def standing_in(engine: JudgeEngine) -> AbstractAsyncContextManager[StandIn]:
    """A stand-in with a moderation engine, which sees colours."""
    words = {"text": InstantText(), "judge": engine, "embed": InstantEmbedder()}
    return started(Engines(**words, paint=InstantPaint(), sight=ColourSight()), engine)


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    """A stand-in that flags a few words."""
    async with standing_in(WordJudge()) as running:
        yield running


@pytest.fixture(scope="session")
def sentinel() -> JudgeEngine:
    """The embedded moderation engine; loading it takes seconds."""
    from services.local.embedding import MiniLM
    from services.local.sentinel import Sentinel

    return Sentinel(MiniLM(integers=True))


@pytest.fixture
async def embedded(sentinel: JudgeEngine) -> AsyncIterator[StandIn]:
    """A stand-in with the embedded moderation engine."""
    async with standing_in(sentinel) as running:
        yield running


@pytest.fixture
def replica(tmp_path: Path) -> Replica:
    """Starts a replica on a stand-in and gives a stub of it; `policy` is a document, without its head, by default."""

    def library(policy: str) -> Library:
        if not policy:
            return Library()
        path = tmp_path / "own.yaml"
        path.write_text(f"name: own\nversion: 3\ndescription: Own.\n{policy}")
        return Library([path], default="own")

    @asynccontextmanager
    async def start(
        stand_in: StandIn,
        *,
        models: Sequence[str] = (DEFAULT_MODEL,),
        image_models: Sequence[str] = (),
        policy: str = "",
        slots: int = 8,
    ) -> AsyncIterator[Stub]:
        async with contextlib.AsyncExitStack() as stack:
            client = WorkersAI(stand_in.settings)
            stack.push_async_callback(client.close)
            server = GrpcServer("moderation", listen="127.0.0.1:0", grace_s=5)
            judge = Judge(
                client,
                models,
                image_models=image_models,
                rules_models=(DEFAULT_RULES_MODEL,),
                billed=stand_in.settings.billed,
                timeout_s=60,
                parallel=4,
            )
            servicer = ModerationService(judge, library(policy), slots=slots)
            server.add(moderation_pb2_grpc.add_ModerationServiceServicer_to_server, servicer, SERVICE)
            await server.start()
            stack.push_async_callback(server.stop)
            channel = await stack.enter_async_context(open_channel(server.address))
            yield moderation_pb2_grpc.ModerationServiceStub(channel)

    return start


@pytest.fixture
async def stub(replica: Replica, stand_in: StandIn) -> AsyncIterator[Stub]:
    """A stub of one replica as it is by default."""
    async with replica(stand_in) as stub:
        yield stub


@pytest.fixture
def process() -> Iterator[Callable[[Mapping[str, str]], Awaitable[str]]]:
    """Runs `python -m services.moderation` with an environment; gives its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(environ: Mapping[str, str]) -> str:
        clean = clean_environ()
        own = {"ATELIER_MODERATION_LISTEN": "127.0.0.1:0", "ATELIER_LOG_LEVEL": "error"}
        child = subprocess.Popen(
            [sys.executable, "-m", "services.moderation", "--with-parent"],
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
