"""Every request that the builders can make is one that the published schemas allow."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from services.workers_ai.catalogue import GUARD_MODELS, IMAGE_MODELS, TEXT_MODELS, image_model, text_model
from services.workers_ai.clef import HAZARD_QUESTIONS, decide_request
from services.workers_ai.images import image_fields, image_request
from services.workers_ai.llama_guard import guard_request
from services.workers_ai.sentiment import sentiment_request
from services.workers_ai.text_requests import text_request
from services.workers_ai.values import Choice, ImageRequest, Message, Noul, Score

PUBLISHED = Path(__file__).parents[4] / "shared" / "facts" / "workers-ai-schemas"
FORMS = [name for name, row in IMAGE_MODELS.items() if row.body == "multipart"]
JSON_IMAGES = [name for name in IMAGE_MODELS if name not in FORMS]
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32

pytestmark = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published schemas are not on this machine")


def published(model: str) -> Path:
    return PUBLISHED / f"{model.rpartition('/')[2]}.json"


def input_schema(model: str) -> dict[str, object]:
    loaded = orjson.loads(published(model).read_bytes())
    assert loaded["name"] == model
    schema = loaded["schema"]["input"]
    assert isinstance(schema, dict)
    return schema


def check(model: str, body: bytes) -> None:
    """Valid, and with no field that the schema does not name; most schemas would silently take any.

    Of alternatives the one for messages counts: one for batches requires nothing and so fits everything too.
    """
    schema = input_schema(model)
    alternatives = schema.get("oneOf", [schema])
    assert isinstance(alternatives, list)
    if len(alternatives) > 1:
        (schema,) = (alternative for alternative in alternatives if alternative.get("required") == ["messages"])
    value = orjson.loads(body)
    Draft202012Validator(schema).validate(value)
    named = schema["properties"]
    assert isinstance(named, dict)
    assert set(value) <= set(named)


def image_requests(model: str) -> st.SearchStrategy[ImageRequest]:
    """Every request that the row allows."""
    row = IMAGE_MODELS[model]
    low, high = (max(1, row.sizes.at_least), row.sizes.at_most) if row.sizes else (1, 4096)
    sides = st.just(0) | st.integers(low, high)
    steps = st.just(0) | (st.integers(row.steps.at_least, row.steps.at_most) if row.steps else st.integers(1, 99))
    guided = st.floats(row.guidance.at_least, row.guidance.at_most) if row.guidance else st.floats(0, 20)
    return st.builds(
        ImageRequest,
        prompt=st.text(min_size=1, max_size=50).filter(str.strip) | st.just("x" * 2048),
        negative_prompt=st.text(max_size=20),
        width=sides,
        height=sides,
        seed=st.integers(-(2**63), 2**63 - 1),
        steps=steps,
        guidance=st.just(0.0) | guided,
    )


@pytest.mark.parametrize("model", JSON_IMAGES)
@given(data=st.data())
@settings(deadline=None, database=None, max_examples=60)
def test_every_picture_request_is_valid(model: str, data: st.DataObject) -> None:
    check(model, image_request(image_model(model), data.draw(image_requests(model))).body)


@pytest.mark.parametrize("model", FORMS)
@given(data=st.data())
@settings(deadline=None, database=None, max_examples=60)
def test_every_form_has_the_documented_fields_within_their_limits(model: str, data: st.DataObject) -> None:
    # The published schema shows the view of a Worker's binding alone, so the documented form fields are written here.
    assert "multipart" in str(input_schema(model))
    fields = image_fields(image_model(model), data.draw(image_requests(model)))
    assert fields["prompt"]
    allowed = {"prompt", "width", "height", "seed", "guidance"} | ({"steps"} if model.endswith("flux-2-dev") else set())
    assert set(fields) <= allowed
    for side in ("width", "height"):
        assert 256 <= int(fields.get(side, 256)) <= 1920


def test_a_schema_is_there_for_each_text_to_image_model() -> None:
    assert all(published(model).is_file() for model in IMAGE_MODELS)


@pytest.mark.parametrize("model", [model for model in TEXT_MODELS if published(model).is_file()])
@pytest.mark.parametrize("schema", [None, SCHEMA])
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("seed", [None, 0, 1, 2**63 - 1, -1])
@pytest.mark.parametrize("temperature", [0.0, 0.6, 9.0])
def test_every_text_request_is_valid(
    model: str, schema: dict[str, object] | None, stream: bool, seed: int | None, temperature: float
) -> None:
    messages = (Message("system", "Be brief."), Message("user", "Hi"), Message("assistant", "Hello"))
    request = text_request(
        text_model(model),
        messages,
        max_tokens=500,
        temperature=temperature,
        seed=seed,
        json_schema=schema,
        stream=stream,
    )
    check(model, request.body)


def test_some_text_models_are_checked() -> None:
    assert sum(published(model).is_file() for model in TEXT_MODELS) == 3


def test_the_guard_request_is_valid_and_has_no_system_message() -> None:
    model = "@cf/meta/llama-guard-3-8b"
    check(model, guard_request("Hello").body)
    assert {message["role"] for message in orjson.loads(guard_request("Hello").body)["messages"]} <= {
        "user",
        "assistant",
    }


def test_clef_requests_are_valid() -> None:
    model = "@cf/cloudflare/clef-flash"
    row = GUARD_MODELS[model]
    check(model, decide_request(row, "some text", HAZARD_QUESTIONS).body)
    questions = {"a": Noul("?", "y"), "b": Choice("?", {"x": None, "y": "why"}), "c": Score("?", ["low", "high"])}
    check(model, decide_request(row, {"any": ["json"]}, questions, [PNG] * 4).body)


def test_the_sentiment_request_is_valid() -> None:
    check("@cf/huggingface/distilbert-sst-2-int8", sentiment_request("Lovely").body)
