"""The process as operators run it."""

from __future__ import annotations

import pytest
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.channel import open_channel, unary
from services.kit.errors import Reason, ServiceError

REQUEST = prompt_pb2.GeneratePromptsRequest(content="A boat in the harbour at night.")


async def test_it_serves_prompts_and_health(process, stand_in) -> None:
    settings = stand_in.settings
    address = await process(
        {
            "CLOUDFLARE_ACCOUNT_ID": settings.account_id,
            "CLOUDFLARE_API_TOKEN": settings.api_token,
            "CLOUDFLARE_BASE_URL": settings.base_url,
        }
    )
    async with open_channel(address) as channel:
        reply = await unary(prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts, REQUEST, timeout_s=60)
        assert len(reply.prompts) == 1
        request = health_pb2.HealthCheckRequest(service="atelier.prompt.v1.PromptService")
        health = await unary(health_pb2_grpc.HealthStub(channel).Check, request, timeout_s=60)
        assert health.status == health_pb2.HealthCheckResponse.SERVING


@pytest.mark.parametrize(
    ("environ", "reason", "names"),
    [
        ({}, Reason.MODEL_CREDENTIALS, "CLOUDFLARE_ACCOUNT_ID"),
        (
            {"ATELIER_PROMPT_MODEL": "@cf/meta/llama-3-8b-instruct"},
            Reason.MODEL_UNSUPPORTED,
            "llama-3.1-8b-instruct-fast",
        ),
    ],
)
async def test_it_serves_without_a_usable_model_and_says_what_to_set(
    process, environ, reason: Reason, names: str
) -> None:
    async with open_channel(await process(environ)) as channel:
        with pytest.raises(ServiceError) as caught:
            await unary(prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts, REQUEST, timeout_s=60)
    assert caught.value.reason is reason
    assert names in caught.value.message
