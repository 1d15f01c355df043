"""JSON schemas of messages, from their descriptors: the canonical JSON of proto3 as JSON Schema 2020-12.

Descriptions come from the .proto files only where a table gives them; descriptors carry no comments at run time.
"""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor, OneofDescriptor

Schema = dict[str, object]

INTEGERS = {
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
}
LONG: Schema = {"type": "string", "pattern": "^-?[0-9]{1,19}$"}
FLOAT: Schema = {"anyOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]}

# Messages whose JSON is not the object of their fields.
WELL_KNOWN: Mapping[str, Schema] = {
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,9})?s$"},
    "google.protobuf.Any": {"type": "object", "required": ["@type"], "properties": {"@type": {"type": "string"}}},
}


def schemas(*roots: Descriptor) -> dict[str, Schema]:
    """The schemas of messages and of all that they are made of, by component name."""
    found: dict[str, Schema] = {}
    waiting = list(roots)
    while waiting:
        message = waiting.pop()
        name = component(message)
        if name not in found:
            found[name] = _object(message)
            parts = [field.message_type for field in message.fields if _is_own(field)]
            waiting += [part for part in parts if part is not None]
    return dict(sorted(found.items()))


def component(message: Descriptor) -> str:
    """The name of a message's schema: its name with those of the messages around it, without the package."""
    return str(message.full_name).removeprefix(f"{message.file.package}.")


def ref(name: str) -> Schema:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(message: Descriptor) -> Schema:
    properties = {field.json_name: _field(field) for field in message.fields}
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    choices = [oneof for oneof in message.oneofs if not _is_optional(oneof)]
    if choices:
        names = [field.json_name for oneof in choices for field in oneof.fields]
        schema["description"] = f"At most one of {', '.join(names)} is there."
    return schema


def _is_optional(oneof: OneofDescriptor) -> bool:
    """Whether a oneof only stands for the presence of one `optional` field."""
    return [f"_{field.name}" for field in oneof.fields] == [oneof.name]


def _is_own(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.full_name not in WELL_KNOWN


def _field(field: FieldDescriptor) -> Schema:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        return {"type": "object", "additionalProperties": _value(field.message_type.fields_by_name["value"])}
    return {"type": "array", "items": _value(field)} if field.is_repeated else _value(field)


def _value(field: FieldDescriptor) -> Schema:
    if field.message_type is not None:
        own = WELL_KNOWN.get(field.message_type.full_name)
        return dict(own) if own else ref(component(field.message_type))
    if field.enum_type is not None:
        return _enum(field.enum_type)
    return _scalar(field)


def _enum(enum: EnumDescriptor) -> Schema:
    return {"type": "string", "enum": [value.name for value in enum.values]}


def _scalar(field: FieldDescriptor) -> Schema:
    kind = field.cpp_type
    if kind in INTEGERS:
        low, high = INTEGERS[kind]
        return {"type": "integer", "minimum": low, "maximum": high}
    if kind in (FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT64):
        return dict(LONG)
    if kind in (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT):
        return dict(FLOAT)
    if kind == FieldDescriptor.CPPTYPE_BOOL:
        return {"type": "boolean"}
    if field.type == FieldDescriptor.TYPE_BYTES:
        return {"type": "string", "contentEncoding": "base64"}
    return {"type": "string"}
