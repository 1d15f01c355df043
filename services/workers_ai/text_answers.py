"""What text-generation models answer: the native `response` shape and OpenAI's `choices` shape."""

from __future__ import annotations

import re
from collections.abc import Mapping

import orjson

from services.workers_ai.errors import unreadable
from services.workers_ai.json_answers import fits, read_json

_THINKING = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)


def read_text(result: object) -> str:
    """The text of an answer, without reasoning.

    Raises:
        WorkersAIError: MODEL_OUTPUT where there is no text.
    """
    value = response_of(result)
    text = value if isinstance(value, str) else _written(value)
    text = _THINKING.sub("", text)
    if not text.strip():
        raise unreadable(f"the model wrote nothing{_ending(result)}")
    return text


def read_data(result: object, schema: Mapping[str, object]) -> tuple[str, object]:
    """The text of an answer in JSON mode and the value in it.

    Raises:
        WorkersAIError: MODEL_OUTPUT where there is no value that meets the schema's outline.
    """
    value = response_of(result)
    text = read_text(result)
    if not isinstance(value, str) and fits(value, schema):
        return text, value
    data = read_json(text, schema)
    if data is None:
        raise unreadable(f"the model wrote no JSON that meets the schema{_ending(result)}")
    return text, data


def _written(value: object) -> str:
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        raise unreadable("the model's JSON is nested too deeply") from None


def response_of(result: object) -> object:
    """What the model answered in either shape: text, or a JSON value that the provider has parsed already.

    Raises:
        WorkersAIError: MODEL_OUTPUT where the result has neither shape.
    """
    if isinstance(result, dict):
        response = result.get("response")
        if isinstance(response, str | dict | list):
            return response
        choices = result.get("choices")
        if isinstance(choices, list) and choices and isinstance(choices[0], dict):
            return _choice_text(choices[0])
    raise unreadable("the answer has neither `response` nor `choices`")


def _choice_text(choice: Mapping[str, object]) -> object:
    message = choice.get("message")
    if not isinstance(message, dict):
        text = choice.get("text")
        return text if isinstance(text, str) else ""
    content = message.get("content")
    return content if isinstance(content, dict) else text_of_content(content)


def text_of_content(content: object) -> str:
    """The text of a message's content: a string, or the text parts of a list; "" for anything else."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = (part.get("text") for part in content if isinstance(part, dict) and part.get("type") in (None, "text"))
    return "".join(text for text in texts if isinstance(text, str))


def _ending(result: object) -> str:
    """Why the model stopped, if it ran out of tokens."""
    choices = result.get("choices") if isinstance(result, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    if isinstance(first, dict) and first.get("finish_reason") == "length":
        return "; it ran out of max_tokens"
    return ""
