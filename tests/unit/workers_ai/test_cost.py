"""What calls cost, by where the figures come from."""

from __future__ import annotations

import pytest
from atelier.type.v1 import cost_pb2
from hypothesis import given
from hypothesis import strategies as st

from services.workers_ai import catalogue
from services.workers_ai.cost import NOTHING, Cost, Source, cost_from, cost_of_answer, cost_of_failure, expected_cost
from services.workers_ai.errors import failure, unreachable, unreadable
from services.workers_ai.prices import PRICES, USD_PER_NEURON, Use, neurons_of
from services.workers_ai.wire import Usage

FLUX = "@cf/black-forest-labs/flux-1-schnell"
LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
PICTURE = Use(width=1024, height=1024, steps=4)
COSTS = st.builds(
    Cost,
    st.floats(0, 1e6),
    st.just(0.0) | st.floats(0, 1e6),
    st.sampled_from([Source.REPORTED, Source.PRICE_LIST, Source.ESTIMATED]),
)


def test_every_model_of_the_catalogue_is_on_the_price_list() -> None:
    rows = (catalogue.TEXT_MODELS, catalogue.GUARD_MODELS, catalogue.SENTIMENT_MODELS, catalogue.IMAGE_MODELS)
    assert {name for kind in rows for name in kind} == set(PRICES)


@pytest.mark.parametrize(
    ("model", "use", "neurons"),
    [
        (FLUX, PICTURE, 172.80),
        (FLUX, Use(width=512, height=512, steps=1), 14.40),
        ("@cf/black-forest-labs/flux-2-dev", Use(width=1024, height=768, steps=25), 4 * 37.5 * 25),
        ("@cf/black-forest-labs/flux-2-klein-4b", PICTURE, 104.20),
        ("@cf/black-forest-labs/flux-2-klein-9b", PICTURE, 1363.64 + 181.82),
        ("@cf/leonardo/lucid-origin", Use(width=1120, height=1120, steps=25), 9 * 636 + 12 * 25),
        (LLAMA, Use(1_000_000, 1_000_000), 26668 + 204805),
        ("@cf/cloudflare/clef-flash", Use(2_000, 500), 6.91),
        ("@cf/nobody/knows", Use(2_000, 500), 0.0),
    ],
)
def test_the_list_is_applied_as_the_provider_counts(model: str, use: Use, neurons: float) -> None:
    assert neurons_of(model, use) == pytest.approx(neurons)


def test_what_the_provider_reports_wins() -> None:
    assert cost_of_answer(FLUX, Usage(neurons=99.5), PICTURE, "") == Cost(99.5, 99.5, Source.REPORTED)


def test_without_a_report_a_picture_is_priced_by_its_size_and_a_text_by_its_tokens() -> None:
    assert cost_of_answer(FLUX, Usage(), PICTURE, "") == Cost(172.8, 172.8, Source.PRICE_LIST)
    cost = cost_of_answer(LLAMA, Usage(1000, 100), Use(9, 9), "")
    assert cost.source is Source.PRICE_LIST
    assert cost.neurons == pytest.approx(26.668 + 20.4805)


def test_a_text_whose_tokens_nobody_tells_is_estimated_by_its_length() -> None:
    cost = cost_of_answer(LLAMA, Usage(), Use(1000, 100), "")
    assert (cost.source, cost.neurons) == (Source.ESTIMATED, pytest.approx(26.668 + 20.4805))


@pytest.mark.parametrize(("usage", "source"), [(Usage(neurons=8.81), Source.PRICE_LIST), (Usage(), Source.PRICE_LIST)])
def test_an_embedded_engine_costs_what_the_list_says_and_is_not_billed(usage: Usage, source: Source) -> None:
    cost = cost_of_answer(FLUX, usage, PICTURE, "local/illustrator")
    assert cost.neurons > 0
    assert (cost.billed_usd, cost.source) == (0.0, source)


def test_a_no_of_the_provider_is_not_charged_and_an_unknown_outcome_is_estimated() -> None:
    refused = failure(FLUX, 429, 3040, "Capacity temporarily exceeded", retry_after_s=None, now_s=0)
    assert cost_of_failure(FLUX, refused, PICTURE, billed=True) == NOTHING
    assert cost_of_failure(FLUX, unreachable(FLUX, "no connection", sent=False), PICTURE, billed=True) == NOTHING
    broken = cost_of_failure(FLUX, unreachable(FLUX, "broke"), PICTURE, billed=True)
    assert broken == Cost(172.8, 172.8, Source.ESTIMATED)
    assert cost_of_failure(FLUX, unreachable(FLUX, "broke"), PICTURE, billed=False).billed_usd == 0


def test_an_answer_that_cannot_be_read_costs_what_it_said() -> None:
    error = unreadable("is no picture")
    error.metadata = Cost(17.5, 17.5, Source.REPORTED).to_metadata()
    cost = cost_of_failure(FLUX, error, PICTURE, billed=True)
    assert (cost.neurons, cost.source) == (pytest.approx(17.5), Source.REPORTED)


def test_a_sum_has_the_least_certain_source_and_is_published_in_dollars() -> None:
    cost = Cost(1000, 1000, Source.REPORTED).plus(Cost(500, 0, Source.ESTIMATED)).plus(NOTHING)
    assert cost.to_proto() == cost_pb2.Cost(
        neurons=1500, usd=1500 * USD_PER_NEURON, source=cost_pb2.COST_SOURCE_ESTIMATED, billed_usd=1000 * USD_PER_NEURON
    )
    assert Cost(1000).usd == pytest.approx(0.011)


@given(COSTS)
def test_a_cost_survives_the_metadata_of_an_error(cost: Cost) -> None:
    read = cost_from(cost.to_metadata())
    assert read.source is cost.source
    assert read.neurons == pytest.approx(cost.neurons, rel=1e-4)
    if cost.neurons > 1e-3:
        assert read.billed_usd == pytest.approx(cost.billed_usd, rel=1e-3)


@pytest.mark.parametrize("metadata", [{}, {"neurons": "x"}, {"neurons": "1", "usd": "1", "cost_source": "GUESS"}])
def test_metadata_that_tells_no_cost_is_nothing(metadata: dict[str, str]) -> None:
    assert cost_from(metadata) == NOTHING


def test_an_expectation_is_an_estimate() -> None:
    assert expected_cost(FLUX, PICTURE).source is Source.ESTIMATED
    assert expected_cost(FLUX, PICTURE, billed=False).billed_usd == 0.0
