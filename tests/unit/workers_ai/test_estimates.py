"""What calls would cost, said before they are made."""

from __future__ import annotations

import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai.cost import Source
from services.workers_ai.estimates import decision_cost, image_cost, judgement_cost, sentiment_cost, text_cost
from services.workers_ai.values import ImageRequest, Message, Noul

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD = "@cf/meta/llama-guard-3-8b"
CLEF = "@cf/cloudflare/clef-flash"
FLUX = "@cf/black-forest-labs/flux-1-schnell"
LUCID = "@cf/leonardo/lucid-origin"


def test_a_text_costs_more_the_longer_it_is_and_the_more_is_written() -> None:
    short = text_cost(LLAMA, [Message("user", "x" * 350)], output_tokens=100)
    assert short.neurons == pytest.approx((108 * 26668 + 100 * 204805) / 1e6)
    assert short.source is Source.ESTIMATED
    assert text_cost(LLAMA, [Message("user", "x" * 700)], output_tokens=100).neurons > short.neurons
    assert text_cost(LLAMA, [Message("user", "x" * 350)], output_tokens=200).neurons > short.neurons


@pytest.mark.parametrize("model", [GUARD, CLEF])
def test_a_text_judged_in_pieces_costs_the_sum_of_them(model: str) -> None:
    one, many = judgement_cost(model, "word " * 100), judgement_cost(model, "word " * 60_000)
    assert many.neurons > 100 * one.neurons / 5


def test_pictures_add_to_a_decision() -> None:
    questions = {"ok": Noul("Is it a cat?")}
    without, with_one = (decision_cost(CLEF, "x", questions, pictures=count) for count in (0, 1))
    assert with_one.neurons > without.neurons > 0


def test_a_picture_is_priced_in_the_size_that_the_model_makes() -> None:
    assert image_cost(FLUX, ImageRequest("x")).neurons == pytest.approx(172.8)
    assert image_cost(FLUX, ImageRequest("x", width=512, height=512)).neurons == pytest.approx(172.8)
    assert image_cost(FLUX, ImageRequest("x", steps=8)).neurons == pytest.approx(4 * (4.8 + 8 * 9.6))
    assert image_cost(LUCID, ImageRequest("x", width=512, height=512)).neurons == pytest.approx(636 + 300)


def test_what_the_stand_in_answers_is_not_billed() -> None:
    cost = sentiment_cost("@cf/huggingface/distilbert-sst-2-int8", "fine", billed=False)
    assert cost.usd > 0
    assert cost.billed_usd == 0


@pytest.mark.parametrize("estimate", [judgement_cost, sentiment_cost])
def test_an_unknown_model_is_named(estimate: object) -> None:
    with pytest.raises(ServiceError) as caught:
        estimate("@cf/no/model", "x")  # type: ignore[operator]
    assert caught.value.reason is Reason.MODEL_UNSUPPORTED
