"""JSON documents and query fields as messages, or an error that names the field which is wrong. No I/O."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import orjson
from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from services.kit.errors import ServiceError, invalid_field

JSON_TYPES = ("application/json",)
MAX_JSON_DEPTH = 16


def names_of(message: Descriptor, *, without: Collection[str] = ()) -> set[str]:
    """The names of a message's fields in both of protobuf's spellings."""
    fields = [field for field in message.fields if field.name not in without]
    return {name for field in fields for name in (field.name, field.json_name)}


def read_object(body: bytes, example: str) -> dict[str, object]:
    """The JSON object that a body holds; `example` shows what is wanted.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise invalid_field("body", f"is no valid JSON: {error}", "a JSON object in UTF-8") from None
    if not isinstance(document, dict):
        raise invalid_field("body", "is no JSON object", f"an object such as {example}")
    return document


def one_each(pairs: Iterable[tuple[str, str]], lists: Collection[str] = ()) -> dict[str, object]:
    """Query fields by name. Those in `lists` may come more than once and hold commas, and become lists.

    Raises:
        ServiceError: FIELD_INVALID for any other field that is there twice.
    """
    values: dict[str, object] = {}
    for name, value in pairs:
        if name in lists:
            known = values.setdefault(name, [])
            assert isinstance(known, list)
            known += [part.strip() for part in value.split(",")]
        elif name in values:
            raise invalid_field(name, "stands in the query more than once")
        else:
            values[name] = value
    return values


def refuse_unknown(document: Iterable[str], known: Collection[str], path: str = "") -> None:
    """Refuse a document with a field that is not known.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    for name in document:
        if name not in known:
            raise invalid_field(f"{path}{name}", "is not a field of this request", ", ".join(sorted(known)))


def parse(document: Mapping[str, object], message: Message, place: str) -> None:
    """Read a document into a message; `place` names the whole document in errors.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    try:
        json_format.ParseDict(dict(document), message, max_recursion_depth=MAX_JSON_DEPTH)
    except json_format.ParseError as error:
        raise _field_error(str(error), place) from None


def truth(name: str, text: str) -> bool:
    """A truth value from the query; a name alone is true.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    if text.lower() not in ("", "true", "1", "false", "0"):
        raise invalid_field(name, f"is {text[:100]!r}; it takes true or false", "true or false")
    return text.lower() in ("", "true", "1")


def _field_error(problem: str, place: str) -> ServiceError:
    """FIELD_INVALID that names the field which protobuf's parser stumbled over."""
    path = re.findall(r"Failed to parse (\S+) field: ", problem)
    why = problem.rpartition(" field: ")[2].strip(" .")
    return invalid_field(".".join(path) or place, f"cannot be read: {why}")
