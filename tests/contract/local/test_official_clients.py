"""The packages that people use against Workers AI work against the stand-in unchanged."""

from __future__ import annotations

import asyncio
import base64
import io

import cloudflare
import httpx
import openai
import pytest
from langchain_cloudflare import (
    ChatCloudflareWorkersAI,
    CloudflareWorkersAIDecisionModel,
    CloudflareWorkersAIEmbeddings,
    CloudflareWorkersAIReranker,
)
from PIL import Image

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GEMMA = "@cf/google/gemma-4-26b-a4b-it"
FLUX = "@cf/black-forest-labs/flux-1-schnell"
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
TURNS = [{"role": "user", "content": "a quiet harbour"}]


@pytest.fixture
async def sdk(api):
    client = cloudflare.AsyncCloudflare(api_token="any-token", base_url=api.server.base_url, max_retries=0)
    yield client
    await client.close()


@pytest.fixture
async def chat(api):
    client = openai.AsyncOpenAI(api_key="any-token", base_url=f"{api.ai}/v1", max_retries=0)
    yield client
    await client.close()


async def test_cloudflare_runs_a_text_model(api, sdk):
    result = await sdk.ai.run(LLAMA, account_id=api.account, messages=TURNS)
    assert result["response"] == "a quiet harbour"


async def test_cloudflare_runs_a_text_model_synchronously(api):
    def ask():
        with cloudflare.Cloudflare(api_token="any-token", base_url=api.server.base_url) as client:
            return client.ai.run(LLAMA, account_id=api.account, prompt="hello")

    assert (await asyncio.to_thread(ask))["response"] == "hello"


async def test_cloudflare_reads_sentiment_as_its_own_type(api, sdk):
    result = await sdk.ai.run("@cf/huggingface/distilbert-sst-2-int8", account_id=api.account, text="a lovely day")
    assert {row.label: row.score for row in result}["POSITIVE"] == pytest.approx(0.9)


async def test_cloudflare_gets_base64_pictures(api, sdk):
    result = await sdk.ai.run(FLUX, account_id=api.account, prompt="a quiet harbour", extra_body={"steps": 4})
    assert Image.open(io.BytesIO(base64.b64decode(result["image"]))).format == "JPEG"


async def test_cloudflare_gets_raw_pictures_as_raw_responses(api, sdk):
    response = await sdk.ai.with_raw_response.run(SDXL, account_id=api.account, prompt="a quiet harbour")
    assert Image.open(io.BytesIO(await response.read())).format == "PNG"


async def test_cloudflare_streams_lines(api, sdk):
    asked = {"account_id": api.account, "prompt": "a quiet harbour", "stream": True}
    async with sdk.ai.with_streaming_response.run(LLAMA, **asked) as response:
        lines = [line async for line in response.iter_lines() if line]
    assert lines[-1] == "data: [DONE]"
    assert len(lines) > 3


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (5006, cloudflare.BadRequestError),
        (10000, cloudflare.AuthenticationError),
        (5035, cloudflare.PermissionDeniedError),
        (3042, cloudflare.NotFoundError),
        (5012, cloudflare.UnprocessableEntityError),
        (3040, cloudflare.RateLimitError),
        (3043, cloudflare.InternalServerError),
        (3006, cloudflare.APIStatusError),
    ],
)
async def test_cloudflare_knows_the_errors(api, sdk, code, error):
    await api.fault({"code": code})
    with pytest.raises(error) as caught:
        await sdk.ai.run(LLAMA, account_id=api.account, prompt="hello")
    assert caught.value.errors[0].code == code


async def test_cloudflare_retries_what_passes(api):
    await api.fault({"code": 3040, "times": 1, "retry_after_s": 0.001})
    async with cloudflare.AsyncCloudflare(api_token="any-token", base_url=api.server.base_url) as client:
        assert await client.ai.run(LLAMA, account_id=api.account, prompt="hello")
    assert [call["status"] for call in await api.calls()] == [429, 200]


async def test_cloudflare_lists_models_page_by_page_and_shows_schemas(api, sdk):
    everything = [model["name"] async for model in sdk.ai.models.list(account_id=api.account, per_page=7)]
    assert len(everything) == len(set(everything)) > 25
    pictures = [m["name"] async for m in sdk.ai.models.list(account_id=api.account, task="Text-to-Image")]
    assert FLUX in pictures
    assert LLAMA not in pictures
    found = [model["name"] async for model in sdk.ai.models.list(account_id=api.account, search="guard")]
    assert found == ["@cf/meta/llama-guard-3-8b"]
    steady = [m["name"] async for m in sdk.ai.models.list(account_id=api.account, hide_experimental=True, page=1)]
    assert SDXL not in steady
    authors = [m["name"] async for m in sdk.ai.models.list(account_id=api.account, author="leonardo")]
    assert len(authors) == 2
    schema = await sdk.ai.models.schema.get(account_id=api.account, model=FLUX)
    assert schema.input.additional_properties is False


async def test_cloudflare_lists_tasks_and_authors(api, sdk):
    tasks = [task["name"] async for task in sdk.ai.tasks.list(account_id=api.account)]
    assert "Text-to-Image" in tasks
    assert "meta" in [author["name"] async for author in sdk.ai.authors.list(account_id=api.account)]


@pytest.mark.parametrize("model", [LLAMA, GEMMA])
async def test_openai_completes_a_chat(chat, model):
    answer = await chat.chat.completions.create(model=model, messages=TURNS)
    assert answer.choices[0].message.content == "a quiet harbour"
    assert answer.usage.total_tokens > 0


async def test_openai_streams_a_chat(chat):
    stream = await chat.chat.completions.create(
        model=LLAMA, messages=TURNS, stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "a quiet harbour"
    assert chunks[-1].usage.completion_tokens > 0


async def test_openai_embeds(chat):
    answer = await chat.embeddings.create(model="@cf/baai/bge-small-en-v1.5", input=["one", "two"])
    assert [len(row.embedding) for row in answer.data] == [384, 384]


async def test_openai_sees_the_envelope_of_an_error(api, chat):
    await api.fault({"code": 3040})
    with pytest.raises(openai.RateLimitError) as caught:
        await chat.chat.completions.create(model=LLAMA, messages=TURNS)
    assert caught.value.body["errors"][0]["code"] == 3040


@pytest.fixture
async def langchain(api):
    made = []

    def make(model: str, **more: object) -> ChatCloudflareWorkersAI:
        made.append(
            ChatCloudflareWorkersAI(
                account_id=api.account, api_token="any-token", base_url=api.server.base_url, model=model, **more
            )
        )
        return made[-1]

    yield make
    for chat in made:
        chat.client.close()
        await chat.async_client.aclose()


@pytest.mark.parametrize("model", [LLAMA, GEMMA, "@cf/qwen/qwen3-30b-a3b-fp8"])
async def test_langchain_chats(langchain, model):
    answer = await langchain(model).ainvoke("a quiet harbour")
    assert answer.content == "a quiet harbour"
    assert answer.usage_metadata["total_tokens"] > 0


async def test_langchain_chats_over_the_openai_route(langchain):
    answer = await langchain(LLAMA, endpoint_format="openai_compatible").ainvoke("a quiet harbour")
    assert answer.content == "a quiet harbour"


@pytest.mark.parametrize("model", [LLAMA, GEMMA])
async def test_langchain_streams(langchain, model):
    pieces = [chunk.content async for chunk in langchain(model).astream("a quiet harbour")]
    assert "".join(pieces) == "a quiet harbour"
    assert len(pieces) > 2


async def test_langchain_gets_structured_output(langchain):
    schema = {"title": "Scene", "type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}
    structured = langchain("@cf/openai/gpt-oss-20b").with_structured_output(schema, method="json_schema")
    assert (await structured.ainvoke("a quiet harbour"))["title"]


async def test_langchain_raises_what_http_says(api, langchain):
    await api.fault({"code": 3040})
    with pytest.raises(httpx.HTTPStatusError):
        await langchain(LLAMA).ainvoke("hello")


async def test_langchain_decides_with_clef(api):
    model = CloudflareWorkersAIDecisionModel(
        account_id=api.account, api_token="any-token", api_base_url=f"{api.server.base_url}/accounts"
    )
    questions = {"unsafe": {"type": "noul", "instructions": "Is it unsafe?"}}
    result = await asyncio.to_thread(model.evaluate, state="a grenade", questions=questions)
    assert result["answers"]["unsafe"]["noul"] > 0.5


async def test_langchain_embeds_and_reranks(api):
    where = {"account_id": api.account, "api_token": "any-token", "api_base_url": f"{api.server.base_url}/accounts"}
    embeddings = CloudflareWorkersAIEmbeddings(model_name="@cf/baai/bge-small-en-v1.5", **where)
    assert len(await embeddings.aembed_query("one")) == 384
    reranker = CloudflareWorkersAIReranker(model_name="@cf/baai/bge-reranker-base", **where)
    ranked = await reranker.arerank(query="two", documents=["one", "two"])
    assert ranked[0].index == 1
