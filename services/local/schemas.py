"""Request and answer schemas of the hosted text and decision models: requests are checked with what is published."""

from __future__ import annotations

from services.local.validation import Schema

_STRING: Schema = {"type": "string"}
_BOOLEAN: Schema = {"type": "boolean"}
_NUMBER: Schema = {"type": "number"}
_INTEGER: Schema = {"type": "integer"}

_PARTS: Schema = {
    "type": "array",
    "items": {"type": "object", "properties": {"type": _STRING}, "required": ["type"]},
}
_CONTENT: Schema = {"oneOf": [_STRING, _PARTS]}


def _messages(content: Schema) -> Schema:
    return {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"role": _STRING, "content": content},
            "required": ["role", "content"],
        },
    }


_MESSAGES = _messages(_CONTENT)
_RESPONSE_FORMAT: Schema = {
    "type": "object",
    "properties": {"type": {"type": "string", "enum": ["json_object", "json_schema"]}, "json_schema": {}},
}
_OPENAI_RESPONSE_FORMAT: Schema = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": ["text", "json_object", "json_schema"]},
        "json_schema": {"type": "object"},
    },
    "required": ["type"],
}


def between(low: float, high: float, kind: str = "number") -> Schema:
    """A number of `kind` within the two bounds, both allowed."""
    return {"type": kind, "minimum": low, "maximum": high}


_SAMPLING: Schema = {
    "raw": _BOOLEAN,
    "stream": _BOOLEAN,
    "max_tokens": {"type": "integer", "default": 256},
    "temperature": {**between(0, 5), "default": 0.6},
    "top_k": between(1, 50, "integer"),
    "seed": between(1, 9_999_999_999, "integer"),
    "repetition_penalty": between(0, 2),
}
_OLD_SAMPLING: Schema = {
    **_SAMPLING,
    "top_p": between(0, 2),
    "frequency_penalty": between(0, 2),
    "presence_penalty": between(0, 2),
}
_NEW_SAMPLING: Schema = {
    **_SAMPLING,
    "top_p": between(0.001, 1),
    "frequency_penalty": between(-2, 2),
    "presence_penalty": between(-2, 2),
    "response_format": _RESPONSE_FORMAT,
}


def _prompt_or_messages(sampling: Schema, longest: Schema) -> Schema:
    content = {"oneOf": [{"type": "string", **longest}, _PARTS]}
    prompt = {"prompt": {"type": "string", "minLength": 1, **longest}, "lora": _STRING, **sampling}
    chat = {"messages": _messages(content), "tools": {"type": "array"}, "functions": {"type": "array"}, **sampling}
    return {
        "type": "object",
        "oneOf": [
            {"title": "Prompt", "properties": prompt, "required": ["prompt"]},
            {"title": "Messages", "properties": chat, "required": ["messages"]},
        ],
    }


CLASSIC_TEXT = _prompt_or_messages(_NEW_SAMPLING, {})
OLD_TEXT = _prompt_or_messages(_OLD_SAMPLING, {"maxLength": 131_072})
GUIDED_TEXT = _prompt_or_messages({**_OLD_SAMPLING, "guided_json": {"type": "object"}}, {"maxLength": 131_072})

_NULLABLE_INTEGER: Schema = {"type": ["integer", "null"]}
_NULLABLE_NUMBER: Schema = {"type": ["number", "null"]}
_OPENAI_OPTIONS: Schema = {
    "model": _STRING,
    "stream": {"type": ["boolean", "null"]},
    "stream_options": {"type": ["object", "null"]},
    "max_tokens": _NULLABLE_INTEGER,
    "max_completion_tokens": _NULLABLE_INTEGER,
    "temperature": {"type": ["number", "null"], "minimum": 0, "maximum": 2},
    "top_p": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
    "n": {"type": ["integer", "null"], "minimum": 1, "maximum": 128},
    "seed": _NULLABLE_INTEGER,
    "frequency_penalty": {"type": ["number", "null"], "minimum": -2, "maximum": 2},
    "presence_penalty": {"type": ["number", "null"], "minimum": -2, "maximum": 2},
    "response_format": _OPENAI_RESPONSE_FORMAT,
    "chat_template_kwargs": {"type": "object"},
    "reasoning_effort": {"type": ["string", "null"]},
    "tools": {"type": "array"},
}
OPENAI_CHAT: Schema = {
    "type": "object",
    "properties": {"messages": _MESSAGES, **_OPENAI_OPTIONS},
    "required": ["messages"],
}
OPENAI_TEXT: Schema = {
    "type": "object",
    "anyOf": [
        {"properties": {"prompt": {"type": "string", "minLength": 1}, **_OPENAI_OPTIONS}, "required": ["prompt"]},
        {"properties": {"messages": _MESSAGES, **_OPENAI_OPTIONS}, "required": ["messages"]},
    ],
}
OPENAI_EMBEDDINGS: Schema = {
    "type": "object",
    "properties": {
        "model": _STRING,
        "input": {
            "oneOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "minItems": 1, "maxItems": 100, "items": {"type": "string", "minLength": 1}},
            ]
        },
        "encoding_format": {"type": "string", "enum": ["float", "base64"]},
    },
    "required": ["model", "input"],
}

LLAMA_GUARD: Schema = {
    "type": "object",
    "properties": {
        "messages": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "role": {"type": "string", "enum": ["user", "assistant"]},
                    "content": {"type": "string", "maxLength": 131_072},
                },
                "required": ["role", "content"],
            },
        },
        "max_tokens": {"type": "integer", "default": 256},
        "temperature": {**between(0, 5), "default": 0.6},
        "response_format": {"type": "object", "properties": {"type": _STRING}},
    },
    "required": ["messages"],
}

SENTIMENT: Schema = {
    "type": "object",
    "properties": {"text": {"type": "string", "minLength": 1}},
    "required": ["text"],
}
RERANK: Schema = {
    "type": "object",
    "properties": {
        "query": {"type": "string", "minLength": 1},
        "top_k": {"type": "integer", "minimum": 1},
        "contexts": {
            "type": "array",
            "items": {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}}},
        },
    },
    "required": ["query", "contexts"],
}
EMBED: Schema = {
    "type": "object",
    "properties": {
        "text": {
            "oneOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "maxItems": 100, "items": {"type": "string", "minLength": 1}},
            ]
        },
        "pooling": {"type": "string", "enum": ["mean", "cls"]},
    },
    "required": ["text"],
}

_QUESTION: Schema = {
    "oneOf": [
        {
            "type": "object",
            "properties": {"type": {"type": "string", "enum": ["noul"]}, "criteria": {"type": "object"}},
            "required": ["type", "instructions"],
        },
        {
            "type": "object",
            "properties": {
                "type": {"type": "string", "enum": ["choice"]},
                "criteria": {"type": "object", "minProperties": 2, "maxProperties": 255},
            },
            "required": ["type", "instructions", "criteria"],
        },
        {
            "type": "object",
            "properties": {
                "type": {"type": "string", "enum": ["score"]},
                "criteria": {"type": "array", "minItems": 2, "maxItems": 10},
            },
            "required": ["type", "instructions", "criteria"],
        },
    ]
}


def clef(selector: str) -> Schema:
    """Request of a decision model whose own name inside the body is `selector`."""
    return {
        "type": "object",
        "properties": {
            "model": {"type": "string", "pattern": rf"^\s*{selector}\s*$"},
            "questions": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 64,
                "additionalProperties": _QUESTION,
            },
            "images": {"type": "array", "maxItems": 4},
        },
        "required": ["model", "state", "questions"],
    }


_USAGE: Schema = {
    "type": "object",
    "properties": {"prompt_tokens": _NUMBER, "completion_tokens": _NUMBER, "total_tokens": _NUMBER},
}
TEXT_ANSWER: Schema = {
    "type": "object",
    "properties": {"response": {}, "usage": _USAGE, "tool_calls": {"type": "array"}},
    "required": ["response"],
}
OPENAI_ANSWER: Schema = {
    "type": "object",
    "properties": {"id": _STRING, "object": _STRING, "choices": {"type": "array"}, "usage": _USAGE},
    "required": ["choices"],
}
SENTIMENT_ANSWER: Schema = {
    "type": "array",
    "items": {"type": "object", "properties": {"label": _STRING, "score": _NUMBER}},
}
RERANK_ANSWER: Schema = {"type": "object", "properties": {"response": {"type": "array"}}}
EMBED_ANSWER: Schema = {"type": "object", "properties": {"shape": {"type": "array"}, "data": {"type": "array"}}}
CLEF_ANSWER: Schema = {
    "type": "object",
    "properties": {"model": _STRING, "answers": {"type": "object"}, "usage": {"type": "object"}},
    "required": ["model", "answers", "usage"],
}
