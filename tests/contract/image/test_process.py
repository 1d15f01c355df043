"""The process `python -m services.image`: starting, staying answered, ending."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TypeAlias

import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.channel import open_channel, unary
from services.kit.errors import Reason, ServiceError

Stub: TypeAlias = "image_pb2_grpc.ImageServiceAsyncStub"
Starting: TypeAlias = Callable[..., AbstractAsyncContextManager[str]]
Misbehave: TypeAlias = Callable[..., Awaitable[None]]
ModelCalls: TypeAlias = Callable[..., Awaitable[list[dict[str, object]]]]
Stored: TypeAlias = Callable[[], list[Path]]


async def generate(stub: Stub, model_attempts: int = 0, **fields: object) -> image_pb2.GenerateImageResponse:
    request = image_pb2.GenerateImageRequest(**{"prompt": "a red bicycle by the sea", **fields})  # type: ignore[arg-type]
    return await unary(stub.GenerateImage, request, timeout_s=60, model_attempts=model_attempts)


async def test_health_is_answered_while_every_slot_paints(
    misbehave: Misbehave, model_calls: ModelCalls, image_process: Starting
) -> None:
    await misbehave({"body": "hang"})
    async with image_process(ATELIER_IMAGE_SLOTS="2") as address, open_channel(address) as channel:
        stub, health = image_pb2_grpc.ImageServiceStub(channel), health_pb2_grpc.HealthStub(channel)
        painting = [asyncio.ensure_future(generate(stub)) for _ in range(2)]
        await model_calls(lambda calls: len(calls) == 2)
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
        assert caught.value.reason is Reason.SERVER_BUSY
        asked = health_pb2.HealthCheckRequest(service="atelier.image.v1.ImageService")
        answer = await health.Check(asked, timeout=30)
        assert answer.status == health_pb2.HealthCheckResponse.SERVING
        for call in painting:
            call.cancel()
        await asyncio.gather(*painting, return_exceptions=True)
        await model_calls(lambda calls: all(call["cancelled"] for call in calls))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"CLOUDFLARE_API_TOKEN": ""}, Reason.MODEL_CREDENTIALS),
        ({"ATELIER_IMAGE_MODEL": "@cf/nobody/nothing"}, Reason.MODEL_UNSUPPORTED),
        ({"CLOUDFLARE_BASE_URL": "http://127.0.0.1:9/client/v4"}, Reason.MODEL_UNREACHABLE),
    ],
)
async def test_a_failed_start_up_check_leaves_the_process_serving(
    changed: dict[str, str], reason: Reason, image_process: Starting
) -> None:
    async with image_process(**changed) as address, open_channel(address) as channel:
        with pytest.raises(ServiceError) as caught:
            await generate(image_pb2_grpc.ImageServiceStub(channel), model_attempts=1)
    assert caught.value.reason is reason


async def test_a_picture_being_painted_is_finished_before_the_process_ends(
    misbehave: Misbehave, model_calls: ModelCalls, stored: Stored, image_process: Starting
) -> None:
    await misbehave({"latency_ms": 500})
    async with image_process() as address:
        channel = open_channel(address)
        painting = asyncio.ensure_future(generate(image_pb2_grpc.ImageServiceStub(channel), reference="r"))
        await model_calls(bool)
    made = await painting
    await channel.close()
    assert any(path.name.startswith(made.image.blob.digest[7:]) for path in stored())
