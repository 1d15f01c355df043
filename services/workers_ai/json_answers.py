"""Reading a JSON object out of what a text model wrote, tolerant of fences and chatter around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson

_CANDIDATES = 16


def read_json(text: str, schema: Mapping[str, object]) -> object | None:
    """The JSON value in a text: the whole of it, or else the first object in it that fits the schema's outline.

    None where there is none.
    """
    for part in _parts(text):
        try:
            value: object = orjson.loads(part)
        except orjson.JSONDecodeError:
            continue
        if fits(value, schema):
            return value
    return None


def fits(value: object, schema: Mapping[str, object]) -> bool:
    """Whether a value has the schema's outer type and, if it is an object, the members that the schema requires."""
    if schema.get("type", "object") != "object":
        return True
    required = schema.get("required")
    names = required if isinstance(required, list | tuple) else ()
    return isinstance(value, dict) and all(name in value for name in names)


def _parts(text: str) -> Iterator[str]:
    yield text
    start = text.find("{")
    for _ in range(_CANDIDATES):
        if start < 0:
            return
        end = _end_of_object(text, start)
        if end:
            yield text[start:end]
        start = text.find("{", start + 1)


def _end_of_object(text: str, start: int) -> int:
    """Where the object that opens at `start` closes, one past its brace; 0 where it never does."""
    depth, quoted, escaped = 0, False, False
    for index in range(start, len(text)):
        char = text[index]
        if quoted:
            quoted = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            quoted = True
        elif char in "{}":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return index + 1
    return 0
