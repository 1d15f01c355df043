"""A channel spreads calls over replicas, and tries again only what is safe and never reached a decision."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import grpc
import pytest
from atelier.image.v1 import image_pb2
from atelier.orchestrator.v1 import orchestrator_pb2
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.style.v1 import style_pb2

from services.kit.channel import open_channel, service_config, unary
from services.kit.errors import Reason, ServiceError
from services.kit.serve import GrpcServer

PROMPT = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]


class Replica(prompt_pb2_grpc.PromptServiceServicer):
    """Counts its calls, and fails them where told to."""

    def __init__(self, error: ServiceError | None = None) -> None:
        self.calls = 0
        self.error = error

    async def GeneratePrompts(self, request: object, context: object) -> prompt_pb2.GeneratePromptsResponse:
        self.calls += 1
        if self.error:
            raise self.error
        return prompt_pb2.GeneratePromptsResponse()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def serving(stack: AsyncExitStack, replica: Replica) -> GrpcServer:
    server = GrpcServer("prompt", listen="127.0.0.1:0", grace_s=1)
    server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, replica, PROMPT)
    await server.start()
    stack.push_async_callback(server.stop)
    return server


async def channel_to(stack: AsyncExitStack, *servers: GrpcServer, once: tuple[str, ...] = ()) -> grpc.aio.Channel:
    target = "ipv4:" + ",".join(server.address for server in servers)
    return await stack.enter_async_context(open_channel(target, retry=[PROMPT], once=once))


async def ask(channel: grpc.aio.Channel) -> None:
    stub = prompt_pb2_grpc.PromptServiceStub(channel)
    await unary(stub.GeneratePrompts, prompt_pb2.GeneratePromptsRequest(content="x"), timeout_s=60)


async def test_calls_go_round_over_the_replicas(stack: AsyncExitStack) -> None:
    replicas = [Replica(), Replica()]
    channel = await channel_to(stack, *[await serving(stack, replica) for replica in replicas])
    while min(replica.calls for replica in replicas) == 0:
        await ask(channel)
    before = [replica.calls for replica in replicas]
    for _ in range(10):
        await ask(channel)
    assert [replica.calls - start for replica, start in zip(replicas, before, strict=True)] == [5, 5]


async def test_a_replica_that_is_gone_is_passed_over(stack: AsyncExitStack) -> None:
    gone, alive = Replica(), Replica()
    first, second = await serving(stack, gone), await serving(stack, alive)
    channel = await channel_to(stack, first, second)
    await ask(channel)
    await first.stop()
    for _ in range(10):
        await ask(channel)
    assert alive.calls >= 10


async def test_an_answer_with_a_reason_is_a_decision_and_not_retried(stack: AsyncExitStack) -> None:
    away = Replica(ServiceError(Reason.MODEL_UNREACHABLE, "no capacity"))
    channel = await channel_to(stack, await serving(stack, away))
    with pytest.raises(ServiceError) as caught:
        await ask(channel)
    assert caught.value.reason is Reason.MODEL_UNREACHABLE
    assert away.calls == 1


def retried(*services: object, once: tuple[str, ...] = ()) -> set[str]:
    config = json.loads(service_config(services, once=once))  # type: ignore[arg-type]
    (policy,) = config["methodConfig"]
    assert policy["retryPolicy"]["retryableStatusCodes"] == ["UNAVAILABLE"]
    return {name["method"] for name in policy["name"]}


def test_only_methods_that_the_protos_call_idempotent_are_retried() -> None:
    image = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
    orchestrator = orchestrator_pb2.DESCRIPTOR.services_by_name["OrchestratorService"]
    everything = {method.name for method in image.methods}
    assert retried(image) == everything
    assert retried(image, once=("GenerateImage",)) == everything - {"GenerateImage"}
    assert {"GetAsset", "ListAssets", "CancelAsset"} <= retried(orchestrator)
    style = style_pb2.DESCRIPTOR.services_by_name["StyleService"]
    assert retried(style) == {"GetStyle", "ListStyles", "DeleteStyle"}
