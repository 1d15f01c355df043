"""Text generation: both shapes, JSON mode, streams."""

from __future__ import annotations

import orjson
import pytest
from yarl import URL

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GEMMA = "@cf/google/gemma-4-26b-a4b-it"
SCHEMA = {
    "type": "object",
    "properties": {"prompts": {"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "string"}}},
    "required": ["prompts"],
    "additionalProperties": False,
}


def events(body: bytes) -> list:
    lines = body.decode().split("\n\n")
    assert lines[-1] == ""
    assert lines[-2] == "data: [DONE]"
    return [orjson.loads(line.removeprefix("data: ")) for line in lines[:-2]]


@pytest.mark.parametrize("name", [LLAMA, LLAMA.replace("/", "%2F"), LLAMA.replace("@", "%40").replace("/", "%2f")])
async def test_the_slashes_of_a_model_may_be_encoded(api, name):
    reply = await api.session.post(
        URL(f"{api.ai}/run/{name}", encoded=True), headers=api.headers, data=b'{"prompt": "hello"}'
    )
    assert reply.status == 200
    assert (await reply.json())["result"]["response"] == "hello"


async def test_a_classic_model_answers_response_and_usage_in_the_envelope(api):
    reply = await api.run(LLAMA, {"messages": [{"role": "user", "content": "one two three"}], "stop": None})
    result = reply.json()["result"]
    assert result["response"] == "one two three"
    usage = result["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"] > 0
    assert reply.headers["atelier-engine"] == "local/instant"
    assert reply.headers["atelier-billed"] == "no"
    expected = (usage["prompt_tokens"] * 26668 + usage["completion_tokens"] * 204805) / 1e6
    assert float(reply.headers["cf-ai-neurons"]) == pytest.approx(expected, abs=0.01)


async def test_content_may_come_in_parts(api):
    parts = [{"type": "text", "text": "one"}, {"type": "image_url", "image_url": {"url": "data:,"}}]
    reply = await api.run(LLAMA, {"messages": [{"role": "user", "content": parts}]})
    assert reply.json()["result"]["response"] == "one"


async def test_a_newer_model_answers_a_chat_completion_in_the_envelope(api):
    reply = await api.run(GEMMA, {"messages": [{"role": "user", "content": "hello"}]})
    result = reply.json()["result"]
    assert result["object"] == "chat.completion"
    assert result["choices"][0]["message"]["content"] == "hello"
    assert result["choices"][0]["finish_reason"] == "stop"


async def test_the_openai_route_answers_without_an_envelope(api):
    reply = await api.chat({"model": LLAMA, "messages": [{"role": "user", "content": "hello"}], "n": 2})
    answer = reply.json()
    assert "result" not in answer
    assert [choice["message"]["content"] for choice in answer["choices"]] == ["hello", "hello"]


async def test_the_openai_route_takes_chat_models_only(api):
    reply = await api.chat({"model": "@cf/leonardo/lucid-origin", "messages": [{"role": "user", "content": "x"}]})
    assert (reply.status, reply.code) == (400, 5007)
    assert (await api.chat({"model": LLAMA})).code == 5006


async def test_json_mode_answers_an_object_that_meets_the_schema(api):
    wanted = {"type": "json_schema", "json_schema": SCHEMA}
    reply = await api.run(LLAMA, {"prompt": "a quiet harbour", "response_format": wanted})
    assert len(reply.json()["result"]["response"]["prompts"]) == 3


async def test_the_openai_wrapper_around_a_schema_is_understood_where_openai_is_spoken(api):
    wanted = {"type": "json_schema", "json_schema": {"name": "prompts", "schema": SCHEMA, "strict": True}}
    messages = [{"role": "user", "content": "a quiet harbour"}]
    for body in ({"model": LLAMA}, {"model": GEMMA}):
        answer = (await api.chat({**body, "messages": messages, "response_format": wanted})).json()
        assert len(orjson.loads(answer["choices"][0]["message"]["content"])["prompts"]) == 3


async def test_a_json_object_is_any_object(api):
    reply = await api.run(LLAMA, {"prompt": "hello", "response_format": {"type": "json_object"}})
    assert isinstance(reply.json()["result"]["response"], dict)


async def test_an_answer_that_misses_the_schema_is_code_5024(api):
    schema = {"type": "object", "properties": {"a": {"type": "string", "pattern": "^[0-9]{40}$"}}, "required": ["a"]}
    wanted = {"type": "json_schema", "json_schema": schema}
    reply = await api.run(LLAMA, {"prompt": "hello", "response_format": wanted})
    assert (reply.status, reply.code) == (400, 5024)
    assert "JSON Mode couldn't be met" in reply.message


@pytest.mark.parametrize("schema", [{"type": 7}, {"$ref": "http://127.0.0.1:1/schema.json"}, {"type": "nonsense"}])
async def test_a_schema_that_is_none_is_bad_input_and_nothing_is_fetched(api, schema):
    wanted = {"type": "json_schema", "json_schema": schema}
    reply = await api.run(LLAMA, {"prompt": "hello", "response_format": wanted})
    assert (reply.status, reply.code) == (400, 5006)


async def test_mistral_takes_its_schema_under_another_name(api):
    mistral = "@cf/mistralai/mistral-small-3.1-24b-instruct"
    reply = await api.run(mistral, {"prompt": "a quiet harbour", "guided_json": SCHEMA})
    assert len(reply.json()["result"]["response"]["prompts"]) == 3
    wanted = {"type": "json_schema", "json_schema": SCHEMA}
    assert (await api.run(mistral, {"prompt": "hello", "response_format": wanted})).code == 5025


async def test_json_mode_is_refused_where_the_model_has_none_and_in_streams(api):
    wanted = {"type": "json_schema", "json_schema": SCHEMA}
    body = {"prompt": "hello", "response_format": wanted}
    assert (await api.run("@cf/meta/llama-3.1-8b-instruct-fast", body)).code == 5025
    assert (await api.run(LLAMA, {**body, "stream": True})).code == 5023


async def test_a_native_stream_gives_pieces_then_usage_then_the_end(api):
    reply = await api.run(LLAMA, {"prompt": "a quiet harbour in the morning", "stream": True})
    assert reply.headers["Content-Type"] == "text/event-stream"
    chunks = events(reply.body)
    assert "".join(chunk["response"] for chunk in chunks) == "a quiet harbour in the morning"
    assert len(chunks) > 3
    assert all(chunk["p"] for chunk in chunks[:-1])
    assert chunks[-1]["usage"]["completion_tokens"] > 0


async def test_an_openai_stream_says_why_it_ended_beside_the_usage(api):
    reply = await api.chat(
        {"model": GEMMA, "messages": [{"role": "user", "content": "a quiet harbour"}], "stream": True}
    )
    chunks = events(reply.body)
    assert "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks) == "a quiet harbour"
    assert [chunk["choices"][0]["finish_reason"] for chunk in chunks[:-1]] == [None] * (len(chunks) - 1)
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    assert "usage" in chunks[-1]


async def test_gpt_oss_answers_a_native_stream_with_an_empty_result(api):
    reply = await api.run("@cf/openai/gpt-oss-20b", {"prompt": "hello", "stream": True})
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.json()["result"] == {}


async def test_a_stop_word_ends_the_answer(api):
    reply = await api.chat(
        {"model": GEMMA, "messages": [{"role": "user", "content": "one two three"}], "stop": "three"}
    )
    assert reply.json()["choices"][0]["message"]["content"] == "one two "
