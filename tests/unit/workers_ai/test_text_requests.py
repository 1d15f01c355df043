from __future__ import annotations

import orjson
import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai.catalogue import TEXT_MODELS, text_model
from services.workers_ai.text_requests import text_request
from services.workers_ai.values import Message

LLAMA = text_model("@cf/meta/llama-3.3-70b-instruct-fp8-fast")
MESSAGES = (Message("system", "Be brief."), Message("user", "Hello"))
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


def body(model: str = LLAMA.name, **options: object) -> dict[str, object]:
    arguments = {"max_tokens": 100, "temperature": 0.5, **options}
    request = text_request(text_model(model), MESSAGES, **arguments)  # type: ignore[arg-type]
    assert request.content_type == "application/json"
    loaded = orjson.loads(request.body)
    assert isinstance(loaded, dict)
    return loaded


def test_a_plain_request_says_no_more_than_it_has_to() -> None:
    assert body() == {
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}],
        "max_tokens": 100,
        "temperature": 0.5,
    }


def test_json_mode_carries_the_bare_schema() -> None:
    assert body(json_schema=SCHEMA)["response_format"] == {"type": "json_schema", "json_schema": SCHEMA}


def test_a_model_that_wants_a_named_schema_gets_one_that_is_still_a_schema() -> None:
    sent = body("@cf/google/gemma-4-26b-a4b-it", json_schema=SCHEMA)["response_format"]
    assert sent == {"type": "json_schema", "json_schema": {**SCHEMA, "name": "answer", "schema": SCHEMA}}


def test_a_model_without_json_mode_gets_the_schema_in_words() -> None:
    sent = body("@cf/meta/llama-3.2-1b-instruct", json_schema=SCHEMA)
    assert "response_format" not in sent
    messages = sent["messages"]
    assert isinstance(messages, list)
    assert messages[0]["role"] == "system"
    assert messages[0]["content"].startswith("Be brief.")
    assert orjson.dumps(SCHEMA).decode() in messages[0]["content"]
    assert messages[1:] == [{"role": "user", "content": "Hello"}]


def test_the_schema_in_words_makes_a_system_message_where_there_is_none() -> None:
    model = text_model("@cf/meta/llama-3.2-1b-instruct")
    request = text_request(model, [Message("user", "Hi")], max_tokens=9, temperature=0, json_schema=SCHEMA)
    assert [message["role"] for message in orjson.loads(request.body)["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    "model", ["@cf/google/gemma-4-26b-a4b-it", "@cf/zai-org/glm-4.7-flash", "@cf/qwen/qwen3-30b-a3b-fp8"]
)
def test_thinking_is_switched_off_where_the_model_would_think_aloud(model: str) -> None:
    assert body(model)["chat_template_kwargs"] == {"enable_thinking": False}


def test_other_models_hear_nothing_of_thinking() -> None:
    assert "chat_template_kwargs" not in body()


@pytest.mark.parametrize(("seed", "sent"), [(1, 1), (9_999_999_999, 9_999_999_999), (10_000_000_000, 1), (-5, None)])
def test_any_seed_is_folded_into_the_range(seed: int, sent: int | None) -> None:
    got = body(seed=seed)["seed"]
    assert isinstance(got, int)
    assert 1 <= got <= 9_999_999_999
    assert sent is None or got == sent
    assert got == body(seed=seed)["seed"]


def test_a_temperature_above_the_models_highest_is_lowered() -> None:
    assert body("@cf/zai-org/glm-4.7-flash", temperature=4.0)["temperature"] == 2.0


def test_a_stream_is_asked_for() -> None:
    assert body(stream=True)["stream"] is True


@pytest.mark.parametrize(
    ("messages", "options", "field"),
    [
        ((), {}, "messages"),
        ((Message("tool", "x"),), {}, "messages[0].role"),
        ((Message("user", " "),), {}, "messages[0].content"),
        ((Message("user", "x" * 131_073),), {}, "messages[0].content"),
        (MESSAGES, {"max_tokens": 0}, "max_tokens"),
        (MESSAGES, {"max_tokens": 24_001}, "max_tokens"),
        (MESSAGES, {"temperature": -0.1}, "temperature"),
        (MESSAGES, {"temperature": float("nan")}, "temperature"),
    ],
)
def test_what_no_model_takes_is_refused_by_field(
    messages: tuple[Message, ...], options: dict[str, float], field: str
) -> None:
    arguments = {"max_tokens": 10, "temperature": 0.5, **options}
    with pytest.raises(ServiceError) as caught:
        text_request(LLAMA, messages, **arguments)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert caught.value.reason in (Reason.FIELD_INVALID, Reason.CONTENT_LENGTH)


@pytest.mark.parametrize("model", TEXT_MODELS)
def test_every_text_model_can_be_asked_for_json(model: str) -> None:
    assert body(model, json_schema=SCHEMA, seed=7)["max_tokens"] == 100
