"""A real orchestrator over real gRPC, on either journal, before leaf servers whose answers a test can script."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.model_call_pb2 import ModelCall
from atelier.type.v1.policy_pb2 import Policy
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import (
    PLACE_CONTENT,
    PLACE_IMAGE,
    PLACE_PROMPT,
    Finding,
    PolicyVersion,
    Verdict,
)

from services.kit.channel import open_channel, stream, unary
from services.kit.errors import Reason, ServiceError
from services.kit.serve import GrpcServer
from services.local.runner import Child
from services.local.stack import PROCESSES, free_ports
from services.orchestrator.app import orchestrator
from services.orchestrator.config import Config
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.journal import Journal
from services.orchestrator.memory import MemoryJournal, MemoryQueue
from services.orchestrator.memory_shelf import memory_shelves
from services.orchestrator.queue import JobQueue
from services.orchestrator.rates import Clockwork, MemoryClockwork
from services.orchestrator.shelf import Shelves
from tests.contract.orchestrator.nats_cluster import NatsCluster

Behaviour = Callable[[Any], Awaitable[Any]]

MODEL = ModelCall(model="scripted", attempts=1)


PLACES = {"content": PLACE_CONTENT, "prompt": PLACE_PROMPT, "image": PLACE_IMAGE}
DECISIONS = {
    "allowed": Verdict.DECISION_ALLOWED,
    "blocked": Verdict.DECISION_BLOCKED,
    "review": Verdict.DECISION_REVIEW,
}


def policy(name: str, *places: str, overlap: bool = False) -> Policy:
    version = PolicyVersion(name=name, version="1+sha256:0123456789ab")
    return Policy(version=version, places=[PLACES[place] for place in places], overlap=overlap)


@dataclass
class Call:
    """One RPC that a leaf received."""

    method: str
    request: Any
    metadata: Mapping[str, str]
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Rule:
    """What a test scripted: `behave` returns the reply, or None for the ordinary one, or raises."""

    method: str
    behave: Behaviour
    match: Callable[[Any], bool]
    times: int


class Leaves:
    """The three leaf servers. Ordinarily each answers at once; what is scripted first comes first."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.arrived = asyncio.Condition()
        self.rules: list[Rule] = []
        self.pictures: dict[str, bytes] = {}
        self.policies = [policy("balanced", "prompt")]
        self.servers: dict[str, GrpcServer] = {}

    def target(self, name: str) -> str:
        return f"ipv4:{self.servers[name].address}"

    async def start(self, name: str, listen: str = "127.0.0.1:0") -> None:
        server = GrpcServer(name, listen=listen, grace_s=0.0)
        match name:
            case "prompt":
                service = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
                server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, PromptLeaf(self), service)
            case "moderation":
                service = moderation_pb2.DESCRIPTOR.services_by_name["ModerationService"]
                server.add(moderation_pb2_grpc.add_ModerationServiceServicer_to_server, ModerationLeaf(self), service)
            case "image":
                service = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
                server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, ImageLeaf(self), service)
        await server.start()
        self.servers[name] = server

    async def kill(self, name: str) -> str:
        address = self.servers[name].address
        await self.servers.pop(name).stop()
        return address

    async def stop(self) -> None:
        for name in tuple(self.servers):
            await self.kill(name)

    def when(
        self, method: str, behave: Behaviour, *, match: Callable[[Any], bool] = lambda _: True, times: int = 1_000_000
    ) -> None:
        self.rules.append(Rule(method, behave, match, times))

    def fail(self, method: str, reason: Reason, *, retry_after_s: float | None = None, **rule: Any) -> None:
        async def behave(request: Any) -> Any:
            raise ServiceError(reason, "scripted", retry_after_s=retry_after_s)

        self.when(method, behave, **rule)

    def hang(self, method: str, **rule: Any) -> asyncio.Event:
        """Answers are held back until the event that is returned is set."""
        release = asyncio.Event()

        async def behave(request: Any) -> Any:
            await release.wait()

        self.when(method, behave, **rule)
        return release

    def block(self, **rule: Any) -> None:
        """Verdicts are BLOCKED."""

        async def behave(request: Any) -> Any:
            verdict = Verdict(decision=Verdict.DECISION_BLOCKED, findings=[Finding(category="S1", score=0.9)])
            return moderation_pb2.ModerateTextResponse(verdict=verdict, call=MODEL)

        self.when("ModerateText", behave, **rule)

    def judge(self, method: str, decision: str, **rule: Any) -> None:
        """Verdicts of ModerateText or ModerateImage are this one."""

        async def behave(request: Any) -> Any:
            verdict = Verdict(decision=DECISIONS[decision], findings=[Finding(category="S1", score=0.9)])
            return getattr(moderation_pb2, f"{method}Response")(verdict=verdict, call=MODEL)

        self.when(method, behave, **rule)

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def wait_for(self, method: str, count: int = 1) -> list[Call]:
        async with self.arrived:
            await self.arrived.wait_for(lambda: len(self.of(method)) >= count)
        return self.of(method)

    async def answer(self, method: str, request: Any, context: Any, ordinary: Callable[[], Any]) -> Any:
        metadata = {key: str(value) for key, value in context.invocation_metadata()}
        call = Call(method, request, metadata)
        self.calls.append(call)
        async with self.arrived:
            self.arrived.notify_all()
        try:
            for rule in self.rules:
                if rule.method == method and rule.times > 0 and rule.match(request):
                    rule.times -= 1
                    return await rule.behave(request) or ordinary()
            return ordinary()
        except asyncio.CancelledError:
            call.cancelled.set()
            raise
        finally:
            call.ended.set()


class PromptLeaf(prompt_pb2_grpc.PromptServiceServicer):
    def __init__(self, leaves: Leaves) -> None:
        self.leaves = leaves

    async def GeneratePrompts(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            prompts = [Prompt(text=f"{request.content[:50]} {n}", alt_text=f"alt {n}") for n in range(request.count)]
            return prompt_pb2.GeneratePromptsResponse(prompts=prompts, call=MODEL)

        return await self.leaves.answer("GeneratePrompts", request, context, ordinary)

    async def RewritePrompt(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            prompt = Prompt(text=f"{request.refused.text} safer", alt_text=request.refused.alt_text)
            return prompt_pb2.RewritePromptResponse(prompt=prompt, call=MODEL)

        return await self.leaves.answer("RewritePrompt", request, context, ordinary)


class ModerationLeaf(moderation_pb2_grpc.ModerationServiceServicer):
    def __init__(self, leaves: Leaves) -> None:
        self.leaves = leaves

    async def ModerateText(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            return moderation_pb2.ModerateTextResponse(verdict=Verdict(decision=Verdict.DECISION_ALLOWED), call=MODEL)

        return await self.leaves.answer("ModerateText", request, context, ordinary)

    async def ModerateImage(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            return moderation_pb2.ModerateImageResponse(verdict=Verdict(decision=Verdict.DECISION_ALLOWED), call=MODEL)

        return await self.leaves.answer("ModerateImage", request, context, ordinary)

    async def ListPolicies(self, request: Any, context: Any) -> Any:
        return moderation_pb2.ListPoliciesResponse(policies=self.leaves.policies)


class ImageLeaf(image_pb2_grpc.ImageServiceServicer):
    def __init__(self, leaves: Leaves) -> None:
        self.leaves = leaves

    async def GenerateImage(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            data = hashlib.sha512(request.SerializeToString()).digest() * 3000
            digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
            self.leaves.pictures[digest] = data
            blob = Blob(digest=digest, size_bytes=len(data), media_type="image/png")
            return image_pb2.GenerateImageResponse(image=Image(blob=blob, width=512, height=512), call=MODEL)

        return await self.leaves.answer("GenerateImage", request, context, ordinary)

    async def RelabelImage(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            data = self.leaves.pictures[request.digest] + request.provenance.SerializeToString()
            digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
            self.leaves.pictures[digest] = data
            blob = Blob(digest=digest, size_bytes=len(data), media_type="image/png")
            return image_pb2.RelabelImageResponse(image=Image(blob=blob, width=512, height=512))

        return await self.leaves.answer("RelabelImage", request, context, ordinary)

    async def ReadImage(self, request: Any, context: Any) -> Any:
        data = self.leaves.pictures.get(request.digest)
        if data is None:
            raise ServiceError(Reason.IMAGE_UNKNOWN, "no such image")
        if request.preview_side:
            data = f"preview {request.preview_side} of {request.digest}".encode()
        for start in range(0, len(data), 65536):
            yield image_pb2.ReadImageResponse(data=data[start : start + 65536])

    async def DeleteImage(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            self.leaves.pictures.pop(request.digest, None)
            return image_pb2.DeleteImageResponse()

        return await self.leaves.answer("DeleteImage", request, context, ordinary)


class Client:
    """Calls one orchestrator."""

    def __init__(self, channel: grpc.aio.Channel, server: GrpcServer) -> None:
        self.stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
        self.server = server

    @staticmethod
    def request(
        content: str = "a fox", *, request_id: str = "", owner: str = "", detach: bool = False, **recipe: Any
    ) -> Any:
        asset = pb.Asset(content=content, recipe=pb.Recipe(**recipe))
        return pb.CreateAssetRequest(asset=asset, request_id=request_id, owner=owner, detach=detach)

    def creating(self, request: Any) -> AsyncIterator[Any]:
        return stream(self.stub.CreateAsset, request, timeout_s=60)

    async def create(self, content: str = "a fox", **options: Any) -> list[Any]:
        request = self.request(content, **options)
        return [reply.event async for reply in self.creating(request)]

    async def replay(self, name: str, **options: Any) -> list[Any]:
        request = pb.ReplayAssetRequest(name=name, **options)
        return [reply.event async for reply in stream(self.stub.ReplayAsset, request, timeout_s=60)]

    async def watch(self, name: str, after: int = 0) -> list[Any]:
        request = pb.WatchAssetRequest(name=name, after_sequence=after)
        return [reply.event async for reply in stream(self.stub.WatchAsset, request, timeout_s=60)]

    async def get(self, name: str) -> Any:
        return (await unary(self.stub.GetAsset, pb.GetAssetRequest(name=name), timeout_s=30)).asset

    async def list(self, page_size: int = 0, page_token: str = "", **wanted: Any) -> Any:
        request = pb.ListAssetsRequest(page_size=page_size, page_token=page_token, **wanted)
        return await unary(self.stub.ListAssets, request, timeout_s=30)

    async def cancel(self, name: str) -> Any:
        return (await unary(self.stub.CancelAsset, pb.CancelAssetRequest(name=name), timeout_s=30)).asset

    async def delete(self, name: str) -> None:
        await unary(self.stub.DeleteAsset, pb.DeleteAssetRequest(name=name), timeout_s=30)

    async def review(
        self, name: str, decision: str, variant: int | None = 0, reviewer: str = "ada", note: str = ""
    ) -> Any:
        choice = pb.Review.DECISION_APPROVE if decision == "approve" else pb.Review.DECISION_REJECT
        request = pb.ReviewVariantRequest(name=name, variant=variant, decision=choice, reviewer=reviewer, note=note)
        return (await unary(self.stub.ReviewVariant, request, timeout_s=30)).asset

    async def update(self, name: str, variant: int = 0, **texts: str) -> Any:
        request = pb.UpdateAssetRequest(name=name, variant=variant, **texts)
        return (await unary(self.stub.UpdateAsset, request, timeout_s=30)).asset

    async def until(self, name: str, kind: str, after: int = 0) -> Any:
        """The first event of a kind after another event."""
        request = pb.WatchAssetRequest(name=name, after_sequence=after)
        async for reply in stream(self.stub.WatchAsset, request, timeout_s=60):
            if reply.event.HasField(kind):
                return reply.event
        raise AssertionError(f"{name} ends without {kind}")

    async def read_image(self, name: str, variant: int = 0, **options: Any) -> bytes:
        request = pb.ReadImageRequest(name=name, variant=variant, **options)
        return b"".join([piece.data async for piece in stream(self.stub.ReadImage, request, timeout_s=30)])


Parts = tuple[Journal, JobQueue, Clockwork, Shelves]
Engine = AbstractAsyncContextManager[Parts]


@asynccontextmanager
async def shared(journal: Journal, queue: JobQueue, shelves: Shelves) -> AsyncIterator[Parts]:
    yield journal, queue, MemoryClockwork(), shelves


class Stack:
    """Orchestrator replicas, the store that they share, and the leaves behind them.

    `engine` opens a replica's own access to the store; `journal` and `queue` are the test's.
    """

    def __init__(self, leaves: Leaves, engine: Callable[[], Engine], journal: Journal, queue: JobQueue) -> None:
        self.leaves = leaves
        self.engine = engine
        self.journal = journal
        self.queue = queue

    def use(self, journal: Journal, queue: JobQueue) -> None:
        """Let replicas work on these instead."""
        self.journal, self.queue = journal, queue
        shelves = memory_shelves()
        self.engine = lambda: shared(journal, queue, shelves)

    @asynccontextmanager
    async def replica(self, **settings: Any) -> AsyncIterator[Client]:
        config = Config(
            **{
                "listen": "127.0.0.1:0",
                "prompt_target": self.leaves.target("prompt"),
                "moderation_target": self.leaves.target("moderation"),
                "image_target": self.leaves.target("image"),
                "first_delay_s": 0.02,
                "max_delay_s": 0.2,
                "grace_s": 1.0,
                **settings,
            }
        )
        async with AsyncExitStack() as exits:
            engine = await exits.enter_async_context(self.engine())
            server = await exits.enter_async_context(orchestrator(config, *engine))
            await server.start()
            exits.push_async_callback(server.stop)
            channel = await exits.enter_async_context(open_channel(f"ipv4:{server.address}"))
            yield Client(channel, server)


@pytest.fixture(scope="session")
def new_policy() -> Callable[..., Policy]:
    return policy


@pytest.fixture
async def leaves() -> AsyncIterator[Leaves]:
    leaves = Leaves()
    for name in ("prompt", "moderation", "image"):
        await leaves.start(name)
    yield leaves
    await leaves.stop()


@dataclass
class NatsServer:
    """A nats-server of the tests, as the stack runs it; it can be killed and started again."""

    directory: Path
    port: int
    child: Child | None = None

    @property
    def url(self) -> str:
        return f"nats://secret@127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            **os.environ,
            "NATS_LISTEN": f"127.0.0.1:{self.port}",
            "NATS_STORE": str(self.directory),
            "NATS_TOKEN": "secret",
        }
        process = next(process for process in PROCESSES if process.name == "nats")
        self.child = Child(process, environment, lambda name, line: None)
        self.child.start()
        self.child.wait_ready(time.monotonic() + 60)

    def kill(self) -> None:
        assert self.child is not None
        self.child.kill()

    @staticmethod
    def free_port() -> int:
        return free_ports()["nats"]


PREFIXES = (f"test{number}" for number in itertools.count())


@pytest.fixture(scope="session")
def nats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    server = NatsServer(tmp_path_factory.mktemp("nats"), NatsServer.free_port())
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsCluster]:
    """Three servers; whoever kills some of them takes one of its own."""
    cluster = NatsCluster(tmp_path_factory.mktemp("cluster"))
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def new_prefix() -> Callable[[], str]:
    """Names of streams that no other test uses."""
    return lambda: next(PREFIXES)


@pytest.fixture
def memory_stack(leaves: Leaves) -> Stack:
    """Replicas over one journal in memory."""
    journal, queue, shelves = MemoryJournal(), MemoryQueue(lease_s=10.0), memory_shelves()
    return Stack(leaves, lambda: shared(journal, queue, shelves), journal, queue)


@pytest.fixture
async def jetstream_stack(leaves: Leaves, nats: NatsServer) -> AsyncIterator[Stack]:
    """Replicas over JetStream, each with its own connection."""
    streams = Streams(prefix=next(PREFIXES), lease_s=10.0)
    async with jetstream(nats.url, streams) as (journal, queue, *_):
        yield Stack(leaves, lambda: jetstream(nats.url, streams), journal, queue)


@pytest.fixture(params=["memory", "jetstream"])
def stack(request: pytest.FixtureRequest) -> Stack:
    stack: Stack = request.getfixturevalue(f"{request.param}_stack")
    return stack


@pytest.fixture
async def client(stack: Stack) -> AsyncIterator[Client]:
    async with stack.replica() as client:
        yield client
