"""A weighted channel: a slow replica gets less, one that fails or hangs gets nothing, a full one is passed over."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import grpc
import pytest
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit import fitness, overdue
from services.kit.channel import open_channel, unary
from services.kit.errors import Reason, ServiceError
from services.kit.serve import GrpcServer
from services.kit.slots import Slots, Work
from services.kit.standing import Standing

PROMPT = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
AT_ONCE = 6
WAIT_S = 60.0


class Replica(prompt_pb2_grpc.PromptServiceServicer):
    """Takes its time, or fails, with a number of slots."""

    def __init__(self, seconds: float = 0.02, slots: int = 8) -> None:
        self.seconds = seconds
        self.error: Exception | None = None
        self.mended = asyncio.Event()
        self.mended.set()
        self.calls = 0
        self.slots = Slots(slots)
        self.server = GrpcServer("prompt", listen="127.0.0.1:0", grace_s=5)

    async def GeneratePrompts(self, request: object, context: object) -> prompt_pb2.GeneratePromptsResponse:
        self.calls += 1
        async with self.slots.take():
            if self.error is not None:
                raise self.error
            await self.mended.wait()
            await asyncio.sleep(self.seconds)
        return prompt_pb2.GeneratePromptsResponse()

    async def has_taken(self, slots: int) -> None:
        """Wait until so many of its slots are taken."""
        async with asyncio.timeout(WAIT_S):
            while self.slots.taken < slots:  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.01)

    async def says(self, status: health_pb2.HealthCheckResponse.ServingStatus) -> None:
        """Wait until it says this of its fitness."""
        request = health_pb2.HealthCheckRequest(service=fitness.SERVICE)
        async with grpc.aio.insecure_channel(self.server.address) as channel, asyncio.timeout(WAIT_S):
            watching = health_pb2_grpc.HealthStub(channel).Watch(request)
            async for answer in watching:  # type: ignore[attr-defined]
                if answer.status == status:
                    return

    async def start(self) -> Replica:
        self.server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, self, PROMPT)
        await self.server.start()
        return self


class Crowd:
    """Calls again and again, some at once; counts how they end."""

    timeout_s = 60.0

    def __init__(self, channel: grpc.aio.Channel, replicas: list[Replica]) -> None:
        self._stub = prompt_pb2_grpc.PromptServiceStub(channel)
        self._replicas = replicas
        self.ends: Counter[str] = Counter()
        self.tasks: list[asyncio.Task[None]] = []

    async def call(self) -> None:
        while True:
            try:
                request = prompt_pb2.GeneratePromptsRequest(content="x")
                await unary(self._stub.GeneratePrompts, request, timeout_s=self.timeout_s)
                self.ends["OK"] += 1
            except ServiceError as error:
                self.ends[error.reason.value] += 1
            await asyncio.sleep(0.005)

    async def shares(self, calls: int) -> list[float]:
        """How much of the next calls each replica gets."""
        before = [replica.calls for replica in self._replicas]
        got: list[int] = []
        while sum(got) < calls:
            await asyncio.sleep(0.01)
            got = [replica.calls - had for replica, had in zip(self._replicas, before, strict=True)]
        return [count / sum(got) for count in got]

    async def until(self, met: Callable[[list[float]], bool], calls: int = 120) -> None:
        """Wait until the shares are as they should be."""
        async with asyncio.timeout(90):
            while not met(await self.shares(calls)):
                pass


@pytest.fixture
async def exits() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as exits:
        yield exits


async def crowd(exits: AsyncExitStack, *replicas: Replica) -> Crowd:
    for replica in replicas:
        await replica.start()
        exits.push_async_callback(replica.server.stop)
    target = "ipv4:" + ",".join(replica.server.address for replica in replicas)
    crowd = Crowd(await exits.enter_async_context(open_channel(target, weighted=True)), list(replicas))
    crowd.tasks = [asyncio.create_task(crowd.call()) for _ in range(AT_ONCE)]

    async def stop() -> None:
        for task in crowd.tasks:
            task.cancel()
        await asyncio.wait(crowd.tasks)

    exits.push_async_callback(stop)
    return crowd


async def test_a_replica_ten_times_slower_gets_clearly_less_and_its_share_back_when_it_healed(
    exits: AsyncExitStack,
) -> None:
    slow = Replica(0.2)
    calling = await crowd(exits, Replica(), Replica(), slow)
    await calling.until(lambda shares: shares[2] < 0.15)
    slow.seconds = 0.02
    await calling.until(lambda shares: shares[2] > 0.25)
    assert set(calling.ends) == {"OK"}


@pytest.mark.parametrize(
    "error",
    [RuntimeError("a defect"), ServiceError(Reason.STORE_UNAVAILABLE, "the store is away")],
    ids=["INTERNAL", "UNAVAILABLE"],
)
async def test_a_replica_that_fails_every_call_is_asked_no_more_and_comes_back_when_it_healed(
    exits: AsyncExitStack, error: Exception
) -> None:
    sick = Replica()
    calling = await crowd(exits, Replica(), Replica(), sick)
    await calling.until(lambda shares: shares[2] > 0.2)
    sick.error = error
    await calling.until(lambda shares: shares[2] == 0)
    sick.error = None
    await calling.until(lambda shares: shares[2] > 0.25)
    failed = sum(calling.ends.values()) - calling.ends["OK"]
    assert fitness.IN_A_ROW <= failed < calling.ends["OK"] / 4


@pytest.mark.parametrize("timeout_s", [60.0, 1.0], ids=["patient callers", "callers whose time is up"])
async def test_a_replica_that_hangs_is_asked_no_more_and_comes_back_when_it_healed(
    exits: AsyncExitStack, monkeypatch: pytest.MonkeyPatch, timeout_s: float
) -> None:
    monkeypatch.setattr(overdue, "LEAST_S", 0.5)
    # None is ever full: not the one that holds what hangs, not the others that all the rest may come to at once.
    first, second, hung = (Replica(slots=50) for _ in range(3))
    calling = await crowd(exits, first, second, hung)
    await calling.until(lambda shares: shares[2] > 0.2)
    calling.timeout_s = timeout_s
    hung.mended.clear()
    # All who call in turn end up there sooner or later.
    await hung.says(health_pb2.HealthCheckResponse.NOT_SERVING)
    assert hung.slots.taken >= fitness.IN_A_ROW
    more = [asyncio.create_task(calling.call()) for _ in range(AT_ONCE)]
    calling.tasks += more
    await calling.until(lambda shares: shares[2] == 0)
    hung.mended.set()
    await calling.until(lambda shares: shares[2] > 0.25)
    assert set(calling.ends) == ({"OK"} if timeout_s > 1 else {"OK", "DEADLINE_EXCEEDED"})


async def test_a_replica_whose_calls_hung_tries_one_at_a_time() -> None:
    told: list[bool] = []
    heard = asyncio.Event()

    async def tell(fit: bool) -> None:
        told.append(fit)
        heard.set()

    standing = Standing(tell)
    long_ago_s = time.monotonic() - 2 * fitness.FIRST_REST_S
    for _ in range(fitness.IN_A_ROW):
        standing._fitness.failed(long_ago_s, hung=True)
    trial = Work(limit=8)
    standing.begins(trial)
    async with asyncio.timeout(WAIT_S):
        await heard.wait()
        assert told == [False]
        heard.clear()
        trial.seconds = 0.5
        standing.ended(trial, None)
        await heard.wait()
    assert told == [False, True]
    standing.begins(Work())
    await standing.stop()
    assert told == [False, True]


async def test_a_replica_is_fit_as_long_as_some_of_its_calls_succeed_and_where_callers_are_in_a_hurry(
    exits: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overdue, "LEAST_S", 0.5)
    replica = await Replica(slots=50).start()
    exits.push_async_callback(replica.server.stop)
    channel = await exits.enter_async_context(open_channel(f"ipv4:{replica.server.address}", weighted=True))
    stub = prompt_pb2_grpc.PromptServiceStub(channel)

    async def call(timeout_s: float = 60.0) -> None:
        await unary(stub.GeneratePrompts, prompt_pb2.GeneratePromptsRequest(content="x"), timeout_s=timeout_s)

    await call()
    replica.mended.clear()
    for _ in range(fitness.IN_A_ROW + 1):
        with pytest.raises(ServiceError):
            await call(0.1)
    long = [asyncio.create_task(call()) for _ in range(fitness.IN_A_ROW + 1)]
    await replica.has_taken(len(long))
    mended, replica.mended = replica.mended, asyncio.Event()
    replica.mended.set()
    until_s = time.monotonic() + 2 * overdue.LEAST_S
    while time.monotonic() < until_s:
        # Through a channel that passes over replicas that are not fit.
        await call()
    assert replica.slots.taken == len(long)
    mended.set()
    await asyncio.gather(*long)


async def test_a_full_replica_answers_at_once_and_gets_less(exits: AsyncExitStack) -> None:
    full = Replica()
    async with AsyncExitStack() as others:
        for _ in range(full.slots.limit):
            await others.enter_async_context(full.slots.take())
        calling = await crowd(exits, Replica(), Replica(), full)
        await calling.until(lambda shares: shares[2] < 0.15)
        assert set(calling.ends) == {"OK", "SERVER_BUSY"}
    await calling.until(lambda shares: shares[2] > 0.2)


async def test_a_replica_that_is_not_fit_stays_ready_and_answers_whoever_asks_it(exits: AsyncExitStack) -> None:
    sick = Replica()
    calling = await crowd(exits, Replica(), sick)
    sick.error = RuntimeError("a defect")
    await calling.until(lambda shares: shares[1] == 0)
    async with grpc.aio.insecure_channel(sick.server.address) as channel:
        checks = health_pb2_grpc.HealthStub(channel)
        status = {}
        for name in ("", PROMPT.full_name, fitness.SERVICE):
            answer = await checks.Check(health_pb2.HealthCheckRequest(service=name))  # type: ignore[attr-defined]
            status[name] = health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
        assert status[""] == status[PROMPT.full_name] == "SERVING"
        # A call from somebody else that succeeds ends the rest.
        sick.error = None
        stub = prompt_pb2_grpc.PromptServiceStub(channel)
        await unary(stub.GeneratePrompts, prompt_pb2.GeneratePromptsRequest(content="x"), timeout_s=60)
    await calling.until(lambda shares: shares[1] > 0.3)


async def test_a_replica_that_drains_under_load_fails_no_call_and_is_gone_soon(exits: AsyncExitStack) -> None:
    leaving = Replica(0.1)
    calling = await crowd(exits, Replica(), Replica(), leaving)
    await calling.until(lambda shares: shares[2] > 0)
    async with asyncio.timeout(4):
        # Well within the grace: watching its health does not hold it up.
        await leaving.server.stop()
    await calling.shares(50)
    assert set(calling.ends) == {"OK"}
