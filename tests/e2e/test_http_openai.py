"""The official `openai` client, unchanged, against the gateway."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

import openai
import pytest
import requests
from openai.types import ImageGenCompletedEvent
from PIL import Image

from tests.e2e.harness import Stack


@pytest.fixture
def client(stack: Stack) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{stack.url}/v1", api_key="any", max_retries=0, timeout=90) as client:
        yield client


def picture(text: str | None) -> Image.Image:
    found = Image.open(io.BytesIO(base64.b64decode(text or "")))
    found.load()
    return found


def test_pictures_come_as_base64(client: openai.OpenAI) -> None:
    answer = client.images.generate(model="gpt-image-1", prompt="Puffins at dusk", n=2, size="512x512")
    assert answer.data
    assert [picture(item.b64_json).size for item in answer.data] == [(512, 512)] * 2
    assert all(item.revised_prompt for item in answer.data)
    assert answer.size == "512x512"
    assert answer.usage
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens > 0


def test_pictures_come_as_urls(client: openai.OpenAI) -> None:
    answer = client.images.generate(model="dall-e-3", prompt="Puffins at dusk", response_format="url")
    assert answer.data
    assert answer.data[0].b64_json is None
    fetched = requests.get(answer.data[0].url or "", timeout=90)
    assert fetched.headers["Content-Type"].startswith("image/")
    Image.open(io.BytesIO(fetched.content)).load()


def test_pictures_come_one_by_one_as_events(client: openai.OpenAI) -> None:
    events = list(client.images.generate(prompt="Puffins at dusk", n=3, size="512x512", stream=True, partial_images=2))
    assert len(events) == 3
    for event in events:
        assert isinstance(event, ImageGenCompletedEvent)
        assert (event.type, event.size) == ("image_generation.completed", "512x512")
        assert picture(event.b64_json).size == (512, 512)
        assert event.usage.total_tokens > 0


async def test_the_asynchronous_client_works_too(stack: Stack) -> None:
    async with openai.AsyncOpenAI(base_url=f"{stack.url}/v1", api_key="any", timeout=90) as client:
        answer = await client.images.generate(prompt="Puffins at dusk", size="512x512")
        assert answer.data
        stream = await client.images.generate(prompt="Puffins at dusk", size="512x512", stream=True)
        assert [event.type async for event in stream] == ["image_generation.completed"]


def test_mistakes_name_the_parameter(client: openai.OpenAI) -> None:
    for wrong, param in (
        ({"prompt": ""}, "prompt"),
        ({"prompt": "x", "n": 9}, "n"),
        ({"prompt": "x", "size": "100x100"}, "size"),
        ({"prompt": "x", "background": "transparent"}, "background"),
        ({"prompt": "x", "output_format": "tiff"}, "output_format"),
    ):
        with pytest.raises(openai.BadRequestError) as caught:
            client.images.generate(**wrong)  # type: ignore[call-overload]
        assert (caught.value.param, caught.value.type) == (param, "invalid_request_error")


def test_a_refusal_is_an_error_and_not_an_empty_success(client: openai.OpenAI, stack: Stack, word: str) -> None:
    message = "AiError: Input prompt contains NSFW content"
    stack.fault(model="@cf/black-forest-labs/flux-1-schnell", contains="", status=400, code=3030, message=message)
    with pytest.raises(openai.BadRequestError) as caught:
        client.images.generate(prompt=word)
    assert caught.value.code == "moderation_blocked"
    with pytest.raises(openai.APIError) as streamed:
        list(client.images.generate(prompt=word, stream=True))
    assert streamed.value.code == "moderation_blocked"


def test_a_quota_that_is_used_up_is_a_rate_limit_error(client: openai.OpenAI, stack: Stack, word: str) -> None:
    stack.fault(model="*", contains=word, status=429, code=4006, message="daily free allocation used up")
    with pytest.raises(openai.RateLimitError) as caught:
        client.images.generate(prompt=word)
    assert caught.value.code == "insufficient_quota"
    assert int(caught.value.response.headers["retry-after"]) > 0


def test_an_idempotency_key_makes_a_retry_free(client: openai.OpenAI, word: str) -> None:
    header = {"Idempotency-Key": word}
    raw = client.images.with_raw_response
    places = [raw.generate(prompt=word, extra_headers=header).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]


def test_errors_of_http_itself_have_openais_shape_too(stack: Stack) -> None:
    path = f"{stack.url}/v1/images/generations"
    for answer, status in (
        (requests.get(path, timeout=90), 405),
        (requests.post(path, data="x", headers={"Content-Type": "text/plain"}, timeout=90), 415),
        (requests.post(path, data=b"x" * 3_000_000, headers={"Content-Type": "application/json"}, timeout=90), 413),
    ):
        assert answer.status_code == status
        assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
