"""Finds a JSON schema that a caller wrote into the system message, for models without a JSON mode. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

import orjson

from services.local.engine import TextRequest

# The word that introduces the schema, the rest of its sentence, and the schema on lines of its own, to the end.
_RULE = re.compile(r"\bschema\b.{0,300}?\n\s*(\{.*\})\s*\Z", re.S | re.I)
_KEYWORDS = frozenset({"type", "properties", "$ref", "anyOf", "oneOf", "allOf", "enum", "const"})


def with_schema_from_words(request: TextRequest) -> TextRequest:
    """The request with the schema that its system message asks for in words; unchanged where there is none.

    A request for any JSON object takes the schema in words as well.
    Only the system message counts: what a user's content says about schemas is content.
    """
    if request.json_schema:
        return request
    for message in request.messages:
        ends_in_one = message.role == "system" and message.content.rstrip().endswith("}")
        found = _RULE.search(message.content) if ends_in_one else None
        schema = _parsed(found[1]) if found else None
        if schema is not None:
            return replace(request, json_schema=schema)
    return request


def _parsed(text: str) -> dict[str, object] | None:
    try:
        schema = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return schema if isinstance(schema, dict) and schema.keys() & _KEYWORDS else None
