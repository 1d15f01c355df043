"""Finds a JSON schema that a caller wrote into the system message, for models without a JSON mode. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

import orjson

from services.local.engine import TextRequest

# The words that introduce the schema; the schema runs to the end of the message.
_RULE = re.compile(r"JSON schema:\s*(\{.*\})\s*\Z", re.S | re.I)


def with_schema_from_words(request: TextRequest) -> TextRequest:
    """The request with the schema that its system message asks for in words; unchanged where there is none.

    Only the system message counts: what a user's content says about schemas is content.
    """
    if request.json_schema is not None:
        return request
    for message in request.messages:
        found = _RULE.search(message.content) if message.role == "system" else None
        if found:
            return replace(request, json_schema=_parsed(found[1]))
    return request


def _parsed(text: str) -> dict[str, object] | None:
    try:
        schema = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return schema if isinstance(schema, dict) else None
