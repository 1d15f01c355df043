"""A schema written into the system message is obeyed like one given as such."""

from __future__ import annotations

import json

import jsonschema
import pytest

from services.local.engine import ChatMessage, TextRequest
from services.local.schema_in_words import with_schema_from_words
from services.local.scribe import Scribe

SCHEMA = {
    "type": "object",
    "properties": {"title": {"type": "string", "maxLength": 40}, "cars": {"type": "integer", "minimum": 3}},
    "required": ["title", "cars"],
    "additionalProperties": False,
}
RULE = f"Be brief.\n\nIt has to be valid against this JSON schema:\n{json.dumps(SCHEMA)}"


def _request(system: str, user: str = "The ferry to Bergen leaves at noon.") -> TextRequest:
    return TextRequest((ChatMessage("system", system), ChatMessage("user", user)))


def test_a_schema_in_the_system_message_is_met(scribe: Scribe) -> None:
    jsonschema.validate(json.loads(scribe.complete(_request(RULE))), SCHEMA)


def test_a_schema_that_was_given_wins_over_words() -> None:
    given = TextRequest((ChatMessage("system", RULE),), json_schema={"type": "object"})
    assert with_schema_from_words(given) is given


@pytest.mark.parametrize("system", ["Be brief.", "JSON schema:\n{broken", "JSON schema:\n{broken}", "JSON schema: [1]"])
def test_words_without_a_readable_schema_ask_for_free_text(system: str) -> None:
    assert with_schema_from_words(_request(system)).json_schema is None


def test_a_schema_in_the_content_is_content() -> None:
    assert with_schema_from_words(_request("Be brief.", RULE)).json_schema is None
