"""OpenAI's requests become ours, and our errors become OpenAI's."""

from __future__ import annotations

import orjson
import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.model_call_pb2 import ModelCall
from atelier.type.v1.verdict_pb2 import Finding, Verdict
from hypothesis import given
from hypothesis import strategies as st

from gateway import openai_shape, problems
from gateway.problems import HttpError, HttpReason
from services.kit.errors import Reason, ServiceError


def test_a_request_becomes_a_recipe() -> None:
    body = {"model": "gpt-image-1", "prompt": "a harbour", "n": 3, "size": "1024x768", "style": "vivid", "user": None}
    order = openai_shape.read(orjson.dumps({**body, "response_format": "url", "stream": True}), "key")
    recipe = order.request.asset.recipe
    assert (order.request.asset.content, order.request.request_id) == ("a harbour", "key")
    assert (recipe.variant_count, recipe.width, recipe.height, recipe.style) == (3, 1024, 768, "vivid")
    assert (order.as_url, order.stream) == (True, True)


def test_what_is_not_said_is_left_to_the_server() -> None:
    order = openai_shape.read(b'{"prompt": "x", "size": "auto", "n": null}', "")
    assert order.request.asset.recipe == pb.Recipe(variant_count=1)
    assert (order.as_url, order.stream) == (False, False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"[]", "body"),
        (b'{"prompt": 1}', "prompt"),
        (b'{"prompt": "x", "n": 0}', "n"),
        (b'{"prompt": "x", "n": 9}', "n"),
        (b'{"prompt": "x", "n": true}', "n"),
        (b'{"prompt": "x", "size": "big"}', "size"),
        (b'{"prompt": "x", "size": "0x512"}', "size"),
        (b'{"prompt": "x", "response_format": "gif"}', "response_format"),
        (b'{"prompt": "x", "background": "transparent"}', "background"),
        (b'{"prompt": "x", "stream": 1}', "stream"),
        (b'{"prompt": "x", "output_format": "tiff"}', "output_format"),
        (b'{"prompt": "x", "colour": "red"}', "colour"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(body: bytes, field: str) -> None:
    with pytest.raises(ServiceError) as caught:
        openai_shape.read(body, "")
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)


@given(
    st.binary(max_size=100)
    | st.dictionaries(
        st.sampled_from(sorted(openai_shape.KNOWN)),
        st.none() | st.booleans() | st.integers(0, 99) | st.text("ab1x", max_size=9),
    ).map(orjson.dumps)
)
def test_any_body_is_a_request_or_a_typed_error(body: bytes) -> None:
    try:
        openai_shape.read(body, "")
    except ServiceError as error:
        assert error.reason is Reason.FIELD_INVALID  # noqa: PT017


@pytest.mark.parametrize("reason", [*Reason, *HttpReason])
def test_every_error_has_openais_shape(reason: Reason | HttpReason) -> None:
    if isinstance(reason, HttpReason):
        problem = problems.from_http_error(HttpError(reason, "because"))
    else:
        problem = problems.from_error(ServiceError(reason, "because", field="asset.recipe.variant_count"))
    error = openai_shape.error(problem)["error"]
    assert isinstance(error, dict)
    assert set(error) == {"message", "type", "param", "code"}
    assert "because" in error["message"]
    assert error["param"] in (None, "n")
    assert error["code"]


def test_tokens_are_summed_over_the_steps_that_called_a_model() -> None:
    events = [
        pb.AssetEvent(accepted=pb.Accepted()),
        pb.AssetEvent(prompts_generated=pb.PromptsGenerated(call=ModelCall(input_tokens=300, output_tokens=80))),
        pb.AssetEvent(variant_moderated=pb.VariantModerated(call=ModelCall(input_tokens=20, output_tokens=2))),
        pb.AssetEvent(),
    ]
    usage = openai_shape.usage(events)
    assert (usage["input_tokens"], usage["output_tokens"], usage["total_tokens"]) == (320, 82, 402)


def test_an_asset_without_pictures_says_why() -> None:
    refused = pb.Variant(verdict=Verdict(findings=[Finding(category="S9"), Finding(category="S1")]))
    blocked = openai_shape.failure(pb.Asset(state=pb.Asset.STATE_BLOCKED, variants=[refused]))
    assert (blocked.reason, "S1, S9" in blocked.message) == (Reason.MODEL_REFUSED, True)
    error = ServiceError(Reason.MODEL_QUOTA, "used up", retry_after_s=9)
    failed = openai_shape.failure(pb.Asset(state=pb.Asset.STATE_FAILED, error=error.to_status()))
    assert (failed.reason, failed.retry_after_s) == (Reason.MODEL_QUOTA, 9)
    assert openai_shape.failure(pb.Asset(state=pb.Asset.STATE_CANCELLED)).reason is Reason.CANCELLED
