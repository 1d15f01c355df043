"""Small parts that operations of the OpenAPI document are made of."""

from __future__ import annotations

from gateway import sse
from gateway.openapi.schema import Schema, ref


def parameter(name: str) -> Schema:
    """A reference to a shared parameter."""
    return {"$ref": f"#/components/parameters/{name}"}


def header(*names: str) -> Schema:
    """References to shared headers."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def json(name: str, example: object, description: str, headers: Schema | None = None) -> Schema:
    """An answer with a JSON document."""
    content = {"application/json": {"schema": ref(name), "example": example}}
    return {"description": description, "headers": headers or {}, "content": content}


def body(name: str, example: object) -> Schema:
    """A request body that has to be JSON."""
    return {"required": True, "content": {"application/json": {"schema": ref(name), "example": example}}}


def events(description: str, example: str) -> Schema:
    """An answer that is a stream of events."""
    content = {sse.MEDIA_TYPE: {"schema": ref("ServerSentEvent"), "example": example}}
    return {"description": description, "content": content}


def query(name: str, schema: Schema, description: str = "") -> Schema:
    """A parameter in the query."""
    return {"name": name, "in": "query", "description": description or schema.get("description", ""), "schema": schema}
