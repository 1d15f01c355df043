"""The engines of the benchmarks."""

from __future__ import annotations

import io

import jsonschema
import numpy as np
import orjson
import pytest
from PIL import Image

from services.local.engine import ChatMessage, PaintRequest, TextRequest
from services.local.engines_instant import InstantEmbedder, InstantJudge, InstantPaint, InstantText, fill
from services.local.pictures import render

PROMPTS = {
    "type": "object",
    "properties": {
        "prompts": {
            "type": "array",
            "minItems": 3,
            "maxItems": 3,
            "items": {"type": "object", "properties": {"prompt": {"type": "string"}}, "required": ["prompt"]},
        }
    },
    "required": ["prompts"],
    "additionalProperties": False,
}


def test_a_prompt_is_made_of_the_first_words_of_the_content_and_each_is_different():
    said = 'Number of prompts: 3\n<content boundary="af">\nPuffins come home\n</content boundary="af">'
    request = TextRequest((ChatMessage("system", "Write."), ChatMessage("user", said)), json_schema=PROMPTS)
    prompts = [row["prompt"] for row in orjson.loads(InstantText().complete(request))["prompts"]]
    assert all(prompt.startswith("Puffins come home") for prompt in prompts)
    assert len(set(prompts)) == 3


@pytest.mark.parametrize(
    "schema",
    [
        PROMPTS,
        {"type": "string", "minLength": 30},
        {"type": "string", "maxLength": 3},
        {"enum": [3, 4]},
        {"const": None},
        {"anyOf": [{"type": "boolean"}, {"type": "null"}]},
        {"type": ["integer", "null"], "minimum": 2},
        {"type": "array"},
        {},
    ],
)
def test_the_plainest_value_meets_its_schema(schema):
    jsonschema.Draft202012Validator(schema).validate(fill(schema, "some words"))


@pytest.mark.parametrize("encoding", ["jpeg", "png"])
def test_a_picture_is_encoded_once_a_size_and_is_not_of_one_tone(encoding):
    request = PaintRequest("x", width=64, height=48)
    data = render(InstantPaint(), request, encoding)
    assert data is render(InstantPaint(), PaintRequest("y", width=64, height=48), encoding)
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == (encoding.upper(), (64, 48))
    assert np.asarray(picture).std() > 20


def test_a_text_always_has_the_same_vector_of_length_one():
    vectors = InstantEmbedder().encode(["one", "two", "one"])
    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1])
    assert (vectors[0] == vectors[2]).all()
    assert not (vectors[0] == vectors[1]).all()
    assert InstantEmbedder().encode([]).shape == (0, 384)


def test_a_text_is_safe_unless_it_begins_with_a_hazard() -> None:
    judge = InstantJudge()
    for text in ("A fox at the harbour", "A fox, S6", "S60 is a car", ""):
        assert judge.judge(text).flagged == ()
        assert set(judge.judge(text).scores.values()) == {0.0}
    assert judge.judge("S6 and a fox").flagged == ("S6",)
    assert judge.judge("S6 and a fox").scores["S6"] == 1.0
