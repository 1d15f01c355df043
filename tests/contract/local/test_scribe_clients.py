"""What the official clients' introductions show, asked of the embedded scribe over HTTP."""

from __future__ import annotations

import cloudflare
import openai
import pytest
from langchain_cloudflare import ChatCloudflareWorkersAI
from pydantic import BaseModel, Field

from services.local.config import Config
from services.local.embedding import MiniLM
from services.local.engine import Engines
from services.local.engines_instant import InstantJudge, InstantPaint
from services.local.scribe import Scribe
from services.local.server import LocalServer

ACCOUNT = "0123456789abcdef0123456789abcdef"
LLAMA = "@cf/meta/llama-3.1-8b-instruct-fast"
LARGE = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
FERRY = (
    "The ferry to Bergen leaves at noon from pier four. It carries forty cars and two hundred passengers. "
    "Tickets cost 30 euros and are sold at the kiosk."
)


class Trip(BaseModel):
    """A journey."""

    destination: str = Field(description="Where to")
    cars: int = Field(ge=0)
    calm: bool


@pytest.fixture(scope="module")
def scribe() -> Scribe:
    return Scribe(MiniLM(threads=1))


@pytest.fixture
async def server(scribe):
    def load() -> Engines:
        return Engines(text=scribe, judge=InstantJudge(), paint=InstantPaint())

    server = LocalServer(Config(listen="127.0.0.1:0", grace_s=1.0), load=load)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def sdk(server):
    async with cloudflare.AsyncCloudflare(api_token="any-token", base_url=server.base_url) as client:
        yield client


@pytest.fixture
async def chat(server):
    base_url = f"{server.base_url}/accounts/{ACCOUNT}/ai/v1"
    async with openai.AsyncOpenAI(api_key="any-token", base_url=base_url) as client:
        yield client


@pytest.fixture
async def langchain(server):
    chat = ChatCloudflareWorkersAI(account_id=ACCOUNT, api_token="any-token", base_url=server.base_url, model=LARGE)
    yield chat
    chat.client.close()
    await chat.async_client.aclose()


async def test_cloudflare_prompt_and_messages(sdk):
    answer = await sdk.ai.run(LLAMA, account_id=ACCOUNT, prompt="What is the origin of the phrase Hello, World?")
    assert "small text engine" in answer["response"]
    turns = [
        {"role": "system", "content": "You are a friendly assistant"},
        {"role": "user", "content": f"{FERRY} When does the ferry leave?"},
    ]
    answer = await sdk.ai.run(LLAMA, account_id=ACCOUNT, messages=turns)
    assert "noon" in answer["response"]
    assert answer["usage"]["total_tokens"] > answer["usage"]["prompt_tokens"] > 0


async def test_openai_says_what_it_is_told_to_say(chat):
    turns = [{"role": "user", "content": "Say this is a test"}]
    answer = await chat.chat.completions.create(model=LLAMA, messages=turns)
    assert answer.choices[0].message.content == "This is a test"


async def test_openai_streams_an_answer_about_the_systems_context(chat):
    turns = [
        {"role": "system", "content": f"You are a helpful assistant. {FERRY}"},
        {"role": "user", "content": "How much is a ticket?"},
    ]
    stream = await chat.chat.completions.create(model=LLAMA, messages=turns, stream=True)
    pieces = [chunk.choices[0].delta.content async for chunk in stream if chunk.choices[0].delta.content]
    assert len(pieces) > 3
    assert "30 euros" in "".join(pieces)


async def test_openai_gets_json_that_meets_its_schema(chat):
    schema = {"name": "trip", "schema": Trip.model_json_schema(), "strict": True}
    answer = await chat.chat.completions.create(
        model=LARGE,
        messages=[{"role": "user", "content": f"Extract the trip. {FERRY}"}],
        response_format={"type": "json_schema", "json_schema": schema},
    )
    assert Trip.model_validate_json(answer.choices[0].message.content).destination


async def test_langchain_summarises_lists_and_names_keywords(langchain):
    assert "ferry" in (await langchain.ainvoke([("human", f"Summarize this: {FERRY}")])).content.lower()
    points = (await langchain.ainvoke([("human", f"List the main points as bullet points:\n{FERRY}")])).content
    assert points.startswith("- ")
    assert points.count("\n- ") >= 1
    words = (await langchain.ainvoke([("human", f"Give me keywords.\n{FERRY}")])).content
    assert "ferry" in words
    assert "," in words


async def test_langchain_gets_an_object_of_the_asked_class(langchain):
    structured = langchain.with_structured_output(Trip, method="json_schema")
    assert isinstance(await structured.ainvoke(f"Extract the trip. {FERRY}"), Trip)


async def test_langchain_is_told_honestly_what_it_cannot_do(langchain):
    turns = [
        ("system", "You are a helpful assistant that translates English to French. Translate the user sentence."),
        ("human", "I love programming."),
    ]
    assert "cannot" in (await langchain.ainvoke(turns)).content
