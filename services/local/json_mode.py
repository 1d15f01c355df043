"""JSON mode: holds an engine's answer to the JSON schema that the caller gave. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import orjson
from referencing import Registry
from referencing.exceptions import Unresolvable

from services.local.errors import CloudflareError, bad_input
from services.local.json_schema import jsonschema

_BROKEN = (jsonschema.SchemaError, jsonschema.exceptions.UnknownType, Unresolvable, RecursionError)


def check_schema(schema: Mapping[str, object]) -> None:
    """Raise CloudflareError 5006 unless `schema` is a JSON schema."""
    _validator(orjson.dumps(schema))


def checked(text: str, schema: Mapping[str, object]) -> object:
    """The value that `text` stands for.

    Raises:
        CloudflareError: 5024 where it is no JSON or breaks the schema, 5006 where the schema cannot be followed.
    """
    if not _fits(orjson.dumps(schema), text):
        raise CloudflareError(5024)
    return parsed(text)


def parsed(text: str) -> object:
    """The JSON value in `text`; None where it is no JSON."""
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return value


# The engines answer the same request with the same text, so a verdict is often asked for again.
@lru_cache(maxsize=256)
def _fits(raw: bytes, text: str) -> bool:
    data = parsed(text)
    try:
        return data is not None and _validator(raw).is_valid(data)
    except _BROKEN as error:
        raise _no_schema(error) from None


@lru_cache(maxsize=64)
def _validator(raw: bytes) -> jsonschema.Draft202012Validator:
    schema = orjson.loads(raw)
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except _BROKEN as error:
        raise _no_schema(error) from None
    # An empty registry: a schema from outside must not make this process fetch anything.
    return jsonschema.Draft202012Validator(schema, registry=Registry())


def _no_schema(error: Exception) -> CloudflareError:
    return bad_input(f"'/response_format/json_schema' is no JSON schema: {type(error).__name__}")
