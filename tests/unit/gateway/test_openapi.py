"""The description of the API says what the API does."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from jsonschema import Draft202012Validator

from gateway import problems
from gateway.app import NameConvertor
from gateway.openapi import document, schema
from gateway.openapi.shared import RECIPE
from services.kit.errors import Reason

DOCUMENT = document()


def validator(node: object) -> Draft202012Validator:
    assert isinstance(node, Mapping)
    return Draft202012Validator({"components": DOCUMENT["components"], **node})


def nodes(node: object) -> Iterator[dict[str, object]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from nodes(child)


def scalar(field: FieldDescriptor, chance: random.Random) -> bool | int | float | str | bytes:
    if field.enum_type is not None:
        return chance.choice(field.enum_type.values).number
    match field.cpp_type:
        case FieldDescriptor.CPPTYPE_STRING:
            return b"bytes" if field.type == FieldDescriptor.TYPE_BYTES else "text"
        case FieldDescriptor.CPPTYPE_DOUBLE | FieldDescriptor.CPPTYPE_FLOAT:
            return chance.choice([0.5, 1e6])
        case FieldDescriptor.CPPTYPE_BOOL:
            return True
        case _:
            return chance.choice([1, 2**31 - 1])


def filled(message: Message, chance: random.Random, depth: int = 4) -> Message:
    """A message with most of its fields set, one of each oneof."""
    for field in message.DESCRIPTOR.fields:
        if chance.random() < 0.2 or (field.message_type is not None and depth == 0):
            continue
        if field.message_type is not None and field.message_type.full_name == "google.protobuf.Any":
            continue
        if field.message_type is not None and field.message_type.full_name.startswith("google.protobuf."):
            getattr(message, field.name).FromJsonString(
                "1.5s" if field.message_type.name == "Duration" else "2026-11-23T01:02:03.5Z"
            )
        elif field.message_type is not None:
            child = getattr(message, field.name)
            filled(child.add() if field.is_repeated else child, chance, depth - 1)
        elif field.is_repeated:
            getattr(message, field.name).append(scalar(field, chance))
        else:
            setattr(message, field.name, scalar(field, chance))
    return message


@pytest.mark.parametrize("seed", range(20))
def test_canonical_json_of_any_message_meets_the_generated_schema(seed: int) -> None:
    chance = random.Random(seed)
    for kind in (pb.Asset, pb.AssetEvent, pb.ListAssetsResponse):
        message = filled(kind(), chance)
        found = json_format.MessageToDict(message)
        validator(schema.ref(schema.component(kind.DESCRIPTOR))).validate(found)


def test_a_field_that_no_message_has_breaks_the_schema() -> None:
    check = validator(schema.ref("Asset"))
    assert not check.is_valid({"colour": "red"})
    assert not check.is_valid({"state": "STATE_DONE"})
    assert not check.is_valid({"lastSequence": 5})


def test_every_reference_leads_somewhere() -> None:
    for node in nodes(DOCUMENT):
        if isinstance(target := node.get("$ref"), str):
            at: object = DOCUMENT
            for key in target.removeprefix("#/").split("/"):
                assert isinstance(at, Mapping)
                at = at[key]


def test_every_example_meets_its_schema() -> None:
    bodies = [node for node in nodes(DOCUMENT) if "schema" in node and ("example" in node or "examples" in node)]
    count = 0
    for body in bodies:
        examples = [item["value"] for item in dict(body.get("examples", {})).values()]  # type: ignore[call-overload]
        examples += [body["example"]] if "example" in body else []
        for example in examples:
            if body["schema"] != schema.ref("ServerSentEvent"):
                validator(body["schema"]).validate(example)
                count += 1
    assert count > 100


def test_every_operation_has_examples_of_success_and_of_each_error() -> None:
    paths = DOCUMENT["paths"]
    assert isinstance(paths, dict)
    for path, item in paths.items():
        for operation in item.values():
            for status, answer in operation["responses"].items():
                for media_type, body in answer.get("content", {}).items():
                    bare = media_type.startswith(("image/", "application/zip")) or "OpenAI" in str(answer)
                    assert bare or "example" in body or "examples" in body, (path, status, media_type)


def test_every_reason_stands_in_the_problem_schema() -> None:
    components = DOCUMENT["components"]
    assert isinstance(components, dict)
    names = components["schemas"]["Problem"]["properties"]["reason"]["enum"]
    assert set(names) == {*Reason.__members__, *problems.HttpReason.__members__}
    for name in names:
        assert problems.explain(name)["type"] == f"/problems/{name}"


def test_every_field_of_a_recipe_is_described() -> None:
    assert set(RECIPE) == {field.json_name for field in pb.Recipe.DESCRIPTOR.fields}


def test_a_custom_method_is_no_part_of_an_id() -> None:
    convertor = NameConvertor()
    assert convertor.to_string(convertor.convert("abc")) == "abc"
    assert ":" in convertor.regex
