"""Reads multipart/form-data, the request form of the FLUX.2 models. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message

from services.local.errors import bad_input
from services.local.fields import object_of
from services.local.validation import Schema

MAX_REFERENCES = 4
_NAME = re.compile(rb'name="([^"]*)"')
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?")


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form and the reference pictures `input_image_0` to `input_image_3`, in their order."""

    fields: Mapping[str, object]
    references: tuple[bytes, ...]


def is_multipart(content_type: str) -> bool:
    """Whether a Content-Type announces a form."""
    return content_type.partition(";")[0].strip().lower() == "multipart/form-data"


def read_form(content_type: str, raw: bytes, schema: Schema) -> Form:
    """The form in `raw`; fields that the schema has as numbers become numbers where they are.

    Raises:
        CloudflareError: 5006 where the body is no form.
    """
    fields: dict[str, object] = {}
    references: dict[str, bytes] = {}
    for name, value in _parts(content_type, raw):
        if name.startswith("input_image_"):
            references[name] = value
        else:
            fields[name] = _value(value, object_of(object_of(schema, "properties"), name))
    if len(references) > MAX_REFERENCES:
        raise bad_input(f"at most {MAX_REFERENCES} input images are accepted")
    return Form(fields, tuple(references[name] for name in sorted(references)))


def _parts(content_type: str, raw: bytes) -> list[tuple[str, bytes]]:
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise bad_input("multipart body without a boundary")
    pieces = (b"\r\n" + raw).split(b"\r\n--" + boundary.encode("latin-1", "replace"))
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise bad_input("multipart body is not complete")
    found = []
    for piece in pieces[1:-1]:
        head, separator, value = piece.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if not separator or name is None:
            raise bad_input("multipart body has a part without a name")
        found.append((name.group(1).decode("utf-8", "replace"), value))
    return found


def _value(raw: bytes, schema: Schema) -> object:
    text = raw.decode("utf-8", "replace")
    if schema.get("type") == "integer" and _WHOLE.fullmatch(text):
        return int(text)
    if schema.get("type") == "number" and _DECIMAL.fullmatch(text):
        return float(text)
    return text
