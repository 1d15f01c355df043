"""Requests to text-generation models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from services.kit.errors import invalid_field
from services.kit.limits import check_text
from services.workers_ai.models import TextModel
from services.workers_ai.values import Message
from services.workers_ai.wire import Request, json_request

ROLES = ("system", "user", "assistant")
_LARGEST_SEED = 9_999_999_999


def text_request(
    model: TextModel,
    messages: Sequence[Message],
    *,
    max_tokens: int,
    temperature: float,
    seed: int | None = None,
    json_schema: Mapping[str, object] | None = None,
    stream: bool = False,
) -> Request:
    """The request for one answer.

    A seed is folded into the range that models take, the same one always to the same value; a temperature above the
    model's highest is lowered to it.

    Raises:
        ServiceError: FIELD_INVALID or CONTENT_LENGTH for messages or numbers that no model takes.
    """
    _check(model, messages, max_tokens, temperature)
    if json_schema is not None and model.json_mode == "words":
        messages = with_schema_in_words(messages, json_schema)
    body: dict[str, object] = {
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "max_tokens": max_tokens,
        "temperature": min(temperature, model.max_temperature),
    }
    if seed is not None:
        body["seed"] = (seed - 1) % _LARGEST_SEED + 1
    if json_schema is not None and model.json_mode != "words":
        body["response_format"] = {"type": "json_schema", "json_schema": _schema(model, json_schema)}
    if stream:
        body["stream"] = True
    return json_request({**body, **model.extra})


def _check(model: TextModel, messages: Sequence[Message], max_tokens: int, temperature: float) -> None:
    if not messages:
        raise invalid_field("messages", "is empty; it takes at least one")
    for index, message in enumerate(messages):
        if message.role not in ROLES:
            raise invalid_field(f"messages[{index}].role", f"takes one of {', '.join(ROLES)}")
        check_text(f"messages[{index}].content", message.content, max_length=model.max_content_length)
    if not 1 <= max_tokens <= model.context_tokens:
        limit = f"1 to {model.context_tokens}"
        raise invalid_field("max_tokens", f"is {max_tokens}; {model.name} takes {limit}", limit)
    if not temperature >= 0:
        raise invalid_field("temperature", "takes 0 or more", "0 or more")


def _schema(model: TextModel, schema: Mapping[str, object]) -> Mapping[str, object]:
    if model.json_mode == "bare":
        return schema
    # OpenAI's wrapper wants the name; servers that read a bare schema ignore the two keywords they do not know.
    return {**schema, "name": "answer", "schema": schema}


def with_schema_in_words(messages: Sequence[Message], schema: Mapping[str, object]) -> list[Message]:
    """The messages with the schema explained in the system message, for models without a JSON mode."""
    rule = (
        "Answer with one JSON object and nothing else: no explanation, no code fence."
        f" It has to be valid against this JSON schema:\n{orjson.dumps(schema).decode()}"
    )
    first, *rest = messages
    if first.role == "system":
        return [Message("system", f"{first.content}\n\n{rule}"), *rest]
    return [Message("system", rule), *messages]
