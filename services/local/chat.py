"""Reads a text-generation request in any of its forms: prompt or messages, classic or OpenAI options. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.local import tokens
from services.local.catalogue import Model
from services.local.engine import ChatMessage, TextRequest
from services.local.errors import CloudflareError, bad_input
from services.local.fields import integer_of, list_of, number_of, object_of, text_of

CLASSIC_MAX_TOKENS = 256
OPENAI_MAX_TOKENS = 2048


@dataclass(frozen=True, slots=True)
class Chat:
    """A request, ready for the engine, and how its answer is wanted."""

    request: TextRequest
    prompt_tokens: int
    stream: bool
    stop: tuple[str, ...]
    choices: int
    stream_usage: bool


def read_chat(model: Model, body: Mapping[str, object], *, openai: bool) -> Chat:
    """The request in `body`; `openai` where it came over the OpenAI route.

    Raises:
        CloudflareError: 5021 too long for the model, 5023 and 5025 JSON mode that is not to be had.
    """
    modern = openai or model.openai_shape
    stream = body.get("stream") is True
    schema = _json_schema(model, object_of(body, "response_format"), unwrap=modern)
    if model.guided_json and "guided_json" in body:
        schema = object_of(body, "guided_json")
    if schema is not None and stream:
        raise CloudflareError(5023)
    default = OPENAI_MAX_TOKENS if modern else CLASSIC_MAX_TOKENS
    max_tokens = integer_of(body, "max_completion_tokens", integer_of(body, "max_tokens", default))
    messages = read_messages(body)
    prompt_tokens = tokens.count_messages([message.content for message in messages])
    check_context(model, prompt_tokens, max_tokens)
    seed = body.get("seed")
    request = TextRequest(
        messages=messages,
        max_tokens=max(1, max_tokens),
        temperature=number_of(body, "temperature", 0.6),
        seed=int(seed) if isinstance(seed, int | float) else None,
        json_schema=schema,
    )
    return Chat(
        request=request,
        prompt_tokens=prompt_tokens,
        stream=stream,
        stop=_stop(body.get("stop")),
        choices=integer_of(body, "n", 1) if modern else 1,
        stream_usage=object_of(body, "stream_options").get("include_usage") is not False,
    )


def read_messages(body: Mapping[str, object]) -> tuple[ChatMessage, ...]:
    """The turns of the conversation; a bare prompt is one turn of the user.

    Raises:
        CloudflareError: 5006 where there is none.
    """
    if "messages" not in body:
        return (ChatMessage("user", text_of(body, "prompt")),)
    rows = [row for row in list_of(body, "messages") if isinstance(row, dict)]
    if not rows:
        raise bad_input("'/messages' must not be empty")
    return tuple(ChatMessage(text_of(row, "role"), _content(row.get("content"))) for row in rows)


def check_context(model: Model, prompt_tokens: int, max_tokens: int) -> None:
    """Raise CloudflareError 5021 where prompt and answer do not fit the model's context window."""
    wanted, limit = prompt_tokens + max_tokens, model.context_tokens
    if wanted > limit > 0:
        words = f"Ai: The estimated number of input and maximum output tokens ({wanted}) exceeded this model context"
        raise CloudflareError(5021, f"{words} window limit ({limit}).")


def _content(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(text_of(part, "text") for part in value if isinstance(part, dict) and "text" in part)
    return value if isinstance(value, str) else ""


def _json_schema(model: Model, wanted: Mapping[str, object], *, unwrap: bool) -> Mapping[str, object] | None:
    kind = wanted.get("type")
    if kind not in ("json_object", "json_schema"):
        return None
    schema = wanted.get("json_schema")
    if kind == "json_object" or schema is None:
        return {}
    if not model.json_mode:
        raise CloudflareError(5025)
    if not isinstance(schema, dict):
        raise bad_input("Type mismatch of '/response_format/json_schema', 'object' expected")
    # Native models take the bare schema; the OpenAI forms wrap it as {"name", "schema", "strict"}.
    inner = schema.get("schema")
    return inner if unwrap and isinstance(inner, dict) else schema


def _stop(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    return tuple(word for word in given if isinstance(word, str) and word)
