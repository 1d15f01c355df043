"""The client and the real stand-in understand each other, for every model that the catalogue knows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import aiohttp
import pytest

from services.kit.errors import Reason, ServiceError
from services.local.config import Config
from services.local.server import LocalServer
from services.workers_ai import catalogue
from services.workers_ai.client import ImageRequest, Message, Noul, WorkersAI
from services.workers_ai.cost import Source
from services.workers_ai.estimates import image_cost
from services.workers_ai.prices import Use, neurons_of
from services.workers_ai.settings import WorkersAISettings

ACCOUNT = "0123456789abcdef0123456789abcdef"
LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD = "@cf/meta/llama-guard-3-8b"
FLUX = "@cf/black-forest-labs/flux-1-schnell"
MESSAGES = (Message("system", "Be brief."), Message("user", "Say something."))
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
# The stand-in keeps to an older schema of Qwen, which has no JSON mode.
JSON_MODELS = [name for name, row in catalogue.TEXT_MODELS.items() if row.json_mode != "words" and "qwen" not in name]


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    local = LocalServer(Config(listen="127.0.0.1:0", engines="instant", faults=True))
    await local.start()
    yield local
    await local.stop()


@pytest.fixture
async def client(server: LocalServer) -> AsyncIterator[WorkersAI]:
    settings = WorkersAISettings(account_id=ACCOUNT, api_token="any", base_url=server.base_url)
    speaks = WorkersAI(settings, attempts=1)
    yield speaks
    await speaks.close()


@pytest.mark.parametrize("model", catalogue.TEXT_MODELS)
async def test_every_text_model_answers_text_and_streams(client: WorkersAI, model: str) -> None:
    result = await client.generate_text(model, MESSAGES, max_tokens=50, seed=3, timeout_s=60)
    assert result.text
    assert result.call.engine
    assert result.call.input_tokens > 0
    async with aclosing(client.stream_text(model, MESSAGES, max_tokens=50, timeout_s=60)) as texts:
        assert "".join([text async for text in texts])


@pytest.mark.parametrize("model", JSON_MODELS)
async def test_every_model_with_a_json_mode_meets_the_schema(client: WorkersAI, model: str) -> None:
    result = await client.generate_text(model, MESSAGES, max_tokens=50, json_schema=SCHEMA, timeout_s=60)
    assert isinstance(result.data, dict)
    assert set(result.data) == {"a"}


@pytest.mark.parametrize("model", catalogue.GUARD_MODELS)
async def test_every_guard_judges(client: WorkersAI, model: str) -> None:
    judgement = await client.judge(model, "A red kite over the sea. " * 300, timeout_s=60)
    assert judgement.safe
    assert judgement.categories == ()


@pytest.mark.parametrize("model", [name for name, row in catalogue.GUARD_MODELS.items() if row.dialect == "clef"])
async def test_every_decision_model_decides(client: WorkersAI, model: str) -> None:
    decisions = await client.decide(model, "A red kite", {"kite": Noul("Is it about a kite?")}, timeout_s=60)
    assert set(decisions.answers) == {"kite"}


async def test_the_sentiment_model_answers(client: WorkersAI) -> None:
    sentiment = await client.sentiment("@cf/huggingface/distilbert-sst-2-int8", "Lovely", timeout_s=60)
    assert sentiment.positive + sentiment.negative == pytest.approx(1)


@pytest.mark.parametrize("model", catalogue.IMAGE_MODELS)
async def test_every_image_model_paints(client: WorkersAI, model: str) -> None:
    request = ImageRequest("A red kite", "text", width=512, height=256, seed=2**40, steps=4, guidance=3.0)
    result = await client.generate_image(model, request, timeout_s=60)
    assert result.media_type in ("image/png", "image/jpeg")
    assert result.call.engine


async def test_the_check_passes(client: WorkersAI) -> None:
    await client.check([LLAMA, GUARD, FLUX])


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 429, "code": 3040}, Reason.MODEL_UNREACHABLE),
        ({"status": 429, "code": 4006}, Reason.MODEL_QUOTA),
        ({"status": 401, "code": 10000}, Reason.MODEL_CREDENTIALS),
        ({"status": 400, "code": 3030, "message": "Input prompt contains NSFW content"}, Reason.MODEL_REFUSED),
        ({"status": 500, "code": 3043}, Reason.MODEL_UNREACHABLE),
        ({"body": "empty"}, Reason.MODEL_OUTPUT),
        ({"body": "disconnect"}, Reason.MODEL_UNREACHABLE),
    ],
)
async def test_its_faults_have_the_meanings_they_should(
    server: LocalServer, client: WorkersAI, fault: dict[str, object], reason: Reason
) -> None:
    await misbehave(server, fault)
    assert await reasons_of(client) == [reason, reason, reason]


async def test_half_a_verdict_and_half_a_text_are_unreadable(server: LocalServer, client: WorkersAI) -> None:
    await misbehave(server, {"body": "truncated"})
    # Half a picture is bytes like any other here; whoever decodes it finds out.
    assert await reasons_of(client) == [Reason.MODEL_OUTPUT, Reason.MODEL_OUTPUT]


async def misbehave(server: LocalServer, fault: dict[str, object]) -> None:
    url = f"http://{server.address}/local/v1/faults"
    async with aiohttp.ClientSession() as session, session.put(url, json=[{"model": "*", **fault}]) as response:
        assert response.status < 300


async def reasons_of(client: WorkersAI) -> list[Reason]:
    """Why a judgement, a picture and a text fail."""
    asked = await asyncio.gather(
        client.judge(GUARD, "A red kite", timeout_s=30),
        client.generate_image(FLUX, ImageRequest("A red kite"), timeout_s=30),
        client.generate_text(LLAMA, MESSAGES, max_tokens=20, json_schema=SCHEMA, timeout_s=30),
        return_exceptions=True,
    )
    return [result.reason for result in asked if isinstance(result, ServiceError)]


@pytest.mark.parametrize("model", catalogue.IMAGE_MODELS)
@pytest.mark.parametrize("request_", [ImageRequest("a boat"), ImageRequest("a boat", width=768, height=512)])
async def test_the_price_list_says_what_the_stand_in_reports(
    client: WorkersAI, model: str, request_: ImageRequest
) -> None:
    made = (await client.generate_image(model, request_, timeout_s=60)).call.cost
    said = image_cost(model, request_)
    assert made.neurons == pytest.approx(said.neurons, abs=0.01)
    assert (made.source, made.billed_usd) == (Source.PRICE_LIST, 0.0)


@pytest.mark.parametrize("model", [LLAMA, GUARD])
async def test_a_text_costs_what_its_tokens_cost(client: WorkersAI, model: str) -> None:
    if model == GUARD:
        call = (await client.judge(model, "A boat in the harbour.", timeout_s=60)).call
    else:
        call = (await client.generate_text(model, MESSAGES, max_tokens=50, timeout_s=60)).call
    assert call.cost.neurons == pytest.approx(neurons_of(model, Use(call.input_tokens, call.output_tokens)), abs=0.01)
    assert (call.neurons, call.cost.billed_usd) == (0.0, 0.0)
