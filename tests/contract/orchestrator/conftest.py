"""A real orchestrator over real gRPC, on either journal, before leaf servers whose answers a test can script."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc
from atelier.type.v1.policy_pb2 import Policy

from services.kit.channel import open_channel, stream, unary
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
from tests.contract.orchestrator.billing import Bill, bill_of
from tests.contract.orchestrator.nats_cluster import NatsCluster
from tests.contract.orchestrator.scripted_leaves import Leaves, policy


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

    def wrap_shelves(self, wrap: Callable[[Shelves], Shelves]) -> None:
        """Let replicas see the shelves through what `wrap` makes of them."""
        engine = self.engine

        @asynccontextmanager
        async def wrapped() -> AsyncIterator[Parts]:
            async with engine() as (journal, queue, clockwork, shelves):
                yield journal, queue, clockwork, wrap(shelves)

        self.engine = wrapped

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


@pytest.fixture
def bill(leaves: Leaves) -> Bill:
    return bill_of(leaves)


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
