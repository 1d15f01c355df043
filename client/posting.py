"""An order as the body and the headers of a POST. No I/O."""

from __future__ import annotations

import uuid

import orjson
from google.protobuf import json_format

from .order import Document, Order


def encode(order: Order) -> tuple[dict[str, str], bytes]:
    """Headers and body: JSON, or a form with a file where the order holds a document."""
    if order.document is None:
        kind, body = "application/json", orjson.dumps(json_format.MessageToDict(order.to_request().asset))
    else:
        kind, body = _form(order, order.document)
    return {"Content-Type": kind, "Idempotency-Key": order.request_id}, body


def _form(order: Order, document: Document) -> tuple[str, bytes]:
    boundary = uuid.uuid4().hex
    recipe = json_format.MessageToDict(order.to_request().asset.recipe)
    parts = [_part(f'name="{name}"', word.encode()) for name, value in recipe.items() for word in _words(value)]
    # As browsers do: these are the characters that would end the name early.
    name = document.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    parts.append(_part(f'name="file"; filename="{name}"', document.data))
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
    return f"multipart/form-data; boundary={boundary}", body + b"--%s--\r\n" % boundary.encode()


def _words(value: object) -> list[str]:
    """A value of a recipe as form fields; a list has one for each item."""
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def _part(names: str, data: bytes) -> bytes:
    return f"Content-Disposition: form-data; {names}\r\n\r\n".encode() + data
