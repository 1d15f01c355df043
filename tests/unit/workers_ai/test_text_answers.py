from __future__ import annotations

import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai.text_answers import read_data, read_text

SCHEMA = {"type": "object", "required": ["prompts"], "properties": {"prompts": {"type": "array"}}}
WANTED = {"prompts": [{"prompt": 'a {brace} and a "quote"'}]}
WRITTEN = '{"prompts":[{"prompt":"a {brace} and a \\"quote\\""}]}'


def chat(content: object, finish_reason: str = "stop") -> dict[str, object]:
    message = {"role": "assistant", "content": content, "reasoning_content": "Let me think", "reasoning": "hm"}
    return {"object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}]}


@pytest.mark.parametrize(
    "result",
    [
        {"response": "Hello", "usage": {"prompt_tokens": 3}, "tool_calls": []},
        chat("Hello"),
        chat([{"type": "text", "text": "Hel"}, {"type": "image_url", "image_url": {}}, {"type": "text", "text": "lo"}]),
        {"choices": [{"text": "Hello"}]},
        {"response": None, **chat("Hello")},
        {"response": "<think>\nI ponder\n</think>Hello"},
        chat("<think></think>Hello"),
    ],
)
def test_both_shapes_give_the_text_without_reasoning(result: object) -> None:
    assert read_text(result) == "Hello"


@pytest.mark.parametrize(
    "result",
    [
        None,
        [],
        "Hello",
        {},
        {"response": ""},
        {"response": " \n"},
        {"response": None},
        {"response": 5},
        {"response": "<think>never ends"},
        {"choices": []},
        {"choices": [None]},
        {"choices": [{}]},
        chat(None),
        chat(None, "length"),
        chat([{"type": "reasoning", "text": "hm"}]),
    ],
)
def test_an_answer_without_text_is_no_answer(result: object) -> None:
    with pytest.raises(ServiceError) as caught:
        read_text(result)
    assert caught.value.reason is Reason.MODEL_OUTPUT


@pytest.mark.parametrize(
    "result",
    [
        {"response": WANTED},
        {"response": WRITTEN},
        {"response": f"```json\n{WRITTEN}\n```"},
        {"response": f"Here you are:\n\n{WRITTEN}\n\nAnything else?"},
        {"response": f'The schema is {{"type": "object"}} and so:\n{WRITTEN}'},
        {"response": f"Braces {{ are {{ odd. {WRITTEN}"},
        {"response": f"<think>maybe {{}}</think>\n{WRITTEN}"},
        chat(WRITTEN),
        chat(WANTED),
        chat([{"type": "text", "text": WRITTEN}]),
    ],
)
def test_json_is_found_bare_parsed_fenced_or_prefixed(result: object) -> None:
    _, data = read_data(result, SCHEMA)
    assert data == WANTED


@pytest.mark.parametrize(
    "result",
    [
        {"response": "I cannot do that."},
        {"response": WRITTEN[:-2]},
        {"response": '{"other": 1}'},
        {"response": {"other": 1}},
        {"response": [1, 2]},
        {"response": "[1, 2]"},
        {"response": '"prompts"'},
        {"response": '{"prompts": NaN}'},
        {"response": "{" * 10_000},
        {"response": '{"a":' * 2_000 + "1" + "}" * 2_000},
        chat(WRITTEN[:-1], "length"),
    ],
)
def test_anything_that_misses_the_schemas_outline_is_unreadable(result: object) -> None:
    with pytest.raises(ServiceError) as caught:
        read_data(result, SCHEMA)
    assert caught.value.reason is Reason.MODEL_OUTPUT


def test_an_answer_cut_off_by_max_tokens_says_so() -> None:
    with pytest.raises(ServiceError, match="max_tokens"):
        read_data(chat(WRITTEN[:-1], "length"), SCHEMA)


def test_a_schema_for_something_else_than_an_object_takes_any_json() -> None:
    assert read_data({"response": "[1, 2]"}, {"type": "array"})[1] == [1, 2]
