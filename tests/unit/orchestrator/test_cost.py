from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.cost_pb2 import (
    COST_SOURCE_ESTIMATED,
    COST_SOURCE_PRICE_LIST,
    COST_SOURCE_REPORTED,
    Cost,
)
from atelier.type.v1.model_call_pb2 import ModelCall
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator.cost import NOTHING, Spent, charged, error_cost, event_cost, read_cost
from services.workers_ai import cost as workers_cost

REPORTED = Cost(neurons=10, usd=0.5, billed_usd=0.25, source=COST_SOURCE_REPORTED)
SPENT = Spent(10, 0.5, 0.25, COST_SOURCE_REPORTED)
CALL = ModelCall(cost=REPORTED)

spent = st.builds(
    Spent,
    st.integers(0, 1000).map(float),
    st.integers(0, 1000).map(float),
    st.integers(0, 1000).map(float),
    st.integers(1, 3),
)


@given(spent, spent)
def test_a_sum_has_the_less_certain_source(one, other):
    both = one.plus(other)
    assert both == other.plus(one)
    assert both.source == max(one.source, other.source)
    assert both.usd == one.usd + other.usd


@given(spent)
def test_nothing_added_changes_nothing(one):
    assert one.plus(NOTHING) == NOTHING.plus(one) == one
    assert read_cost(one.to_proto()) == one


def test_nothing_spent_is_no_message():
    assert NOTHING.to_proto() is None


@pytest.mark.parametrize(
    "event",
    [
        pb.AssetEvent(prompts_generated=pb.PromptsGenerated(call=CALL)),
        pb.AssetEvent(variant_moderated=pb.VariantModerated(call=CALL)),
        pb.AssetEvent(prompt_rewritten=pb.PromptRewritten(call=CALL)),
        pb.AssetEvent(variant_imaged=pb.VariantImaged(call=CALL)),
        pb.AssetEvent(content_moderated=pb.ContentModerated(call=CALL)),
        pb.AssetEvent(image_moderated=pb.ImageModerated(call=CALL)),
        pb.AssetEvent(step_retried=pb.StepRetried(cost=REPORTED)),
        pb.AssetEvent(step_unknown=pb.StepUnknown(cost=REPORTED)),
    ],
    ids=lambda event: event.WhichOneof("kind"),
)
def test_every_event_that_tells_of_a_call_tells_its_cost(event):
    assert event_cost(event) == SPENT


@pytest.mark.parametrize(
    "event",
    [
        pb.AssetEvent(accepted=pb.Accepted()),
        pb.AssetEvent(step_started=pb.StepStarted(estimate=REPORTED)),
        pb.AssetEvent(finished=pb.Finished(asset=pb.Asset(cost=REPORTED))),
        pb.AssetEvent(step_retried=pb.StepRetried()),
        pb.AssetEvent(),
    ],
)
def test_other_events_cost_nothing(event):
    assert event_cost(event) == NOTHING


def test_a_call_of_before_there_were_prices_tells_its_neurons():
    event = pb.AssetEvent(variant_imaged=pb.VariantImaged(call=ModelCall(neurons=7)))
    assert event_cost(event) == Spent(neurons=7, source=COST_SOURCE_REPORTED)


def failed(**metadata):
    return ServiceError(Reason.MODEL_OUTPUT, "no picture", metadata=metadata).to_status()


def test_the_last_try_of_a_step_tells_its_cost_in_its_error():
    known = workers_cost.Cost(100.0, 50.0, workers_cost.Source.PRICE_LIST)
    error = failed(**known.to_metadata())
    for event in (
        pb.AssetEvent(variant_failed=pb.VariantFailed(error=error)),
        pb.AssetEvent(rendition_failed=pb.RenditionFailed(error=error)),
        pb.AssetEvent(step_retried=pb.StepRetried(error=error)),
        pb.AssetEvent(finished=pb.Finished(asset=pb.Asset(error=error))),
    ):
        cost = event_cost(event)
        assert (cost.neurons, cost.source) == (100.0, COST_SOURCE_PRICE_LIST)
        assert cost.usd == pytest.approx(known.usd, rel=1e-5)
        assert cost.billed_usd == pytest.approx(known.billed_usd, rel=1e-5)


def test_an_error_that_a_variant_had_is_not_counted_again_at_the_end():
    error = failed(neurons="5", usd="1", billed_usd="1", cost_source="REPORTED")
    asset = pb.Asset(error=error, variants=[pb.Variant(), pb.Variant(error=error)])
    assert event_cost(pb.AssetEvent(finished=pb.Finished(asset=asset))) == NOTHING


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"neurons": "x", "usd": "1", "billed_usd": "1", "cost_source": "REPORTED"},
        {"neurons": "1", "usd": "1", "billed_usd": "1", "cost_source": "GUESSED"},
        {"neurons": "1", "usd": "1"},
    ],
)
def test_an_error_without_a_readable_cost_costs_nothing(metadata):
    assert error_cost(metadata) == NOTHING


ESTIMATE = Spent(3.5, 0.000125, 0.000125, COST_SOURCE_ESTIMATED)


def test_a_try_whose_outcome_nobody_knows_is_counted_at_its_estimate():
    error = ServiceError(Reason.SERVICE_UNREACHABLE, "gone", retry_after_s=2.0, metadata={"a": "b"})
    counted = charged(error, ESTIMATE)
    assert error_cost(counted.metadata) == ESTIMATE
    assert (counted.reason, counted.message, counted.retry_after_s) == (error.reason, error.message, 2.0)
    assert counted.metadata["a"] == "b"


@pytest.mark.parametrize("reason", [Reason.SERVER_BUSY, Reason.MODEL_REFUSED, Reason.MODEL_QUOTA, Reason.FIELD_INVALID])
def test_a_try_that_was_refused_costs_nothing(reason):
    assert error_cost(charged(ServiceError(reason, "no"), ESTIMATE).metadata) == NOTHING


def test_a_try_that_came_to_no_server_costs_nothing():
    error = ServiceError(Reason.SERVICE_UNREACHABLE, "no connection", metadata={"sent": "no"})
    assert charged(error, ESTIMATE) is error


def test_what_an_error_says_it_cost_is_believed():
    metadata = {"neurons": "1", "usd": "0.5", "billed_usd": "0", "cost_source": "REPORTED"}
    counted = charged(ServiceError(Reason.CANCELLED, "no", metadata=metadata), ESTIMATE)
    assert error_cost(counted.metadata) == Spent(1, 0.5, 0, COST_SOURCE_REPORTED)
