"""Documents for any JSON schema."""

from __future__ import annotations

from collections.abc import Callable

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Fill = Callable[..., object]
Schema = dict[str, object]

SCHEMAS: list[Schema] = [
    {},
    {"type": "object"},
    {"type": "string", "minLength": 500},
    {"type": "string", "maxLength": 3},
    {"type": "string", "pattern": "^[A-Z]{2}-\\d{4}$"},
    {"type": "string", "pattern": "^(?:red|green)+\\.(?P<end>[^a-z]x?)$", "minLength": 2},
    {"type": "string", "format": "date-time"},
    {"type": "integer", "minimum": 7, "maximum": 7},
    {"type": "integer", "exclusiveMinimum": 3, "multipleOf": 5},
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    {"type": "number", "maximum": -3},
    {"enum": ["boat", "bus", "ferry"]},
    {"const": {"a": [1, None]}},
    {"type": ["null", "integer"]},
    {"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True},
    {"type": "array", "items": {"enum": ["a", "b", "c"]}, "minItems": 3, "maxItems": 3, "uniqueItems": True},
    {"type": "array", "prefixItems": [{"type": "string"}, {"type": "boolean"}], "items": False, "minItems": 2},
    {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}]},
    {"oneOf": [{"type": "integer", "multipleOf": 3}, {"type": "integer", "multipleOf": 5}], "minimum": 15},
    {"allOf": [{"required": ["a"]}, {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}]},
    {
        "$ref": "#/$defs/node",
        "$defs": {
            "node": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]},
                },
                "required": ["name", "next"],
                "additionalProperties": False,
            }
        },
    },
    {
        "definitions": {"tag": {"type": "string", "maxLength": 8}},
        "type": "object",
        "properties": {"tags": {"type": "array", "items": {"$ref": "#/definitions/tag"}, "minItems": 2}},
        "required": ["tags", "unlisted"],
    },
    {"type": "object", "minProperties": 3, "additionalProperties": {"type": "integer"}},
    {"type": "object", "properties": {"a": {"type": "string"}}, "maxProperties": 0},
    {
        "type": "object",
        "properties": {"kind": {"enum": ["a", "b"]}, "x": {"type": "integer"}},
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"required": ["x"]},
    },
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=range(len(SCHEMAS)))
def test_the_answer_meets_the_schema(fill: Fill, schema: Schema) -> None:
    jsonschema.Draft202012Validator(schema).validate(fill(schema))


def test_text_fields_come_from_the_content(fill: Fill) -> None:
    schema: Schema = {"type": "object", "properties": {"title": {"type": "string"}, "body": {"type": "string"}}}
    answer = fill(schema, "The ferry to Bergen leaves at noon. It carries forty cars.")
    assert answer == {"title": "The ferry to Bergen leaves at noon.", "body": "It carries forty cars."}


def test_an_enumeration_prefers_what_the_content_says(fill: Fill) -> None:
    assert fill({"enum": ["boat", "bus", "ferry"]}) == "ferry"


@pytest.mark.parametrize(
    "schema",
    [{"$ref": "#/nowhere"}, {"type": "string", "pattern": "("}, {"type": "strange"}, {"anyOf": []}, {"not": {}}],
)
def test_a_broken_schema_still_gets_a_document(fill: Fill, schema: Schema) -> None:
    fill(schema)


def bounds(low: str, high: str, most: int) -> st.SearchStrategy[dict[str, int]]:
    pair = st.tuples(st.integers(0, most), st.integers(0, most)).map(sorted)
    return st.one_of(st.just({}), pair.map(lambda numbers: {low: numbers[0], high: numbers[1]}))


leaves: st.SearchStrategy[Schema] = st.one_of(
    bounds("minLength", "maxLength", 60).map(lambda limits: {"type": "string", **limits}),
    bounds("minimum", "maximum", 90).map(lambda limits: {"type": "integer", **limits}),
    bounds("minimum", "maximum", 90).map(lambda limits: {"type": "number", **limits}),
    st.sampled_from([{"type": "boolean"}, {"type": "null"}, {"type": "string", "format": "date"}]),
    st.lists(st.integers() | st.text(max_size=5) | st.none(), min_size=1, max_size=4).map(
        lambda values: {"enum": values}
    ),
    (st.integers() | st.text(max_size=9)).map(lambda value: {"const": value}),
)


def nested(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    properties = st.dictionaries(st.text(min_size=1, max_size=6), inner, max_size=4)
    objects = st.tuples(properties, st.booleans()).map(
        lambda drawn: {
            "type": "object",
            "properties": drawn[0],
            "required": list(drawn[0])[::2],
            "additionalProperties": drawn[1],
        }
    )
    arrays = st.tuples(inner, bounds("minItems", "maxItems", 5)).map(
        lambda drawn: {"type": "array", "items": drawn[0], **drawn[1]}
    )
    options = st.lists(inner, min_size=1, max_size=3).map(lambda schemas: {"anyOf": schemas})
    return st.one_of(objects, arrays, options)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schema=st.recursive(leaves, nested, max_leaves=8), text=st.text(max_size=80))
def test_any_small_schema_is_met(fill: Fill, schema: Schema, text: str) -> None:
    jsonschema.Draft202012Validator(schema).validate(fill(schema, text))
