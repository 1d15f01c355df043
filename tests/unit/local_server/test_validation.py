"""Schema violations in Cloudflare's words."""

from __future__ import annotations

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.local import picture_schemas, schemas
from services.local.models_hosted import HOSTED
from services.local.validation import problems

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 3000) | st.floats(-10, 10) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("schema", "value", "words"),
    [
        ({"type": "integer"}, 4.0, None),
        ({"type": "integer"}, True, "Type mismatch of '/', 'integer' not in 'boolean'"),
        ({"type": "number"}, 1, None),
        ({"type": ["integer", "null"]}, None, None),
        ({"type": ["integer", "null"]}, "x", "Type mismatch of '/', 'integer,null' not in 'string'"),
        ({"minLength": 2}, "x", "Length of '' must be >= 2"),
        ({"minimum": 1}, 0.5, "'' must be >= 1"),
        ({"enum": ["a", "b"]}, "c", "enum a,b not in c at ''"),
        ({"pattern": "^a"}, "b", "'' must match pattern '^a'"),
        ({"maxItems": 1}, [1, 2], "Number of items of '' must be <= 1"),
        ({"minProperties": 1}, {}, "Number of properties of '' must be >= 1"),
        ({"items": {"type": "string"}}, ["a", 1], "Type mismatch of '/1', 'string' not in 'integer'"),
        ({"required": ["a", "b"]}, {"a": 1}, "required properties at '/' are 'a,b'"),
        ({"additionalProperties": {"type": "string"}}, {"a": 1}, "Type mismatch of '/a', 'string' not in 'integer'"),
        ({"oneOf": [{"type": "string"}, {"minLength": 1}]}, "x", "oneOf at '/' not met, 2 matches"),
        ({"anyOf": [{"type": "string"}, {"minLength": 1}]}, "x", None),
    ],
)
def test_a_violation_is_worded_as_cloudflare_words_it(schema, value, words):
    assert problems(schema, value) == ([] if words is None else [words])


def test_every_violation_is_named_and_alternatives_tell_why_none_fits():
    schema = {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
    expected = "oneOf at '/' not met, 0 matches: required properties at '/' are 'a', required properties at '/' are 'b'"
    assert problems(schema, {}) == [expected]
    both = problems({"properties": {"a": {"maximum": 1}}, "additionalProperties": False}, {"a": 2, "b": 1, "c": 1})
    assert both == ["'/a' must be <= 1", "Additional or unevaluated properties '/b, /c' at '/' not allowed"]


@pytest.mark.parametrize("model", HOSTED.models, ids=lambda model: model.name)
@UNTIMED
@given(data=st.data())
def test_the_verdict_is_that_of_json_schema(model, data):
    names = [*sorted(model.input.get("properties", {})), "prompt", "messages", "other"]
    body = data.draw(st.dictionaries(st.sampled_from(names), VALUES, max_size=4))
    assert (not problems(model.input, body)) == jsonschema.Draft202012Validator(model.input).is_valid(body)


def test_every_schema_is_a_json_schema():
    extra = [schemas.OPENAI_CHAT, schemas.OPENAI_EMBEDDINGS, picture_schemas.FLUX_2_FORM]
    for schema in [*extra, *(model.input for model in HOSTED.models), *(model.output for model in HOSTED.models)]:
        jsonschema.Draft202012Validator.check_schema(schema)
