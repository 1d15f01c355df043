"""Histograms: the page shows what the client library's own would show."""

from __future__ import annotations

import random

import pytest
from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client import Histogram as Theirs
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from services.kit import metrics, telemetry
from services.kit.errors import Reason, ServiceError
from services.kit.histogram import Histogram

BOUNDS = (0.002, 0.5, 1.0, 120.0)


@pytest.fixture
def histogram():
    made = Histogram("atelier_test_seconds", "Durations of a test.", ("what", "outcome"), buckets=BOUNDS)
    yield made
    REGISTRY.unregister(made)


def page(*collectors):
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    families = text_string_to_metric_families(generate_latest(registry).decode())
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


def test_the_page_shows_what_the_library_would_show(histogram):
    theirs = Theirs("atelier_test_seconds", "Durations of a test.", ("what", "outcome"), registry=None, buckets=BOUNDS)
    chance = random.Random(7)
    for seconds in (*BOUNDS, 0.0, *(chance.expovariate(0.1) for _ in range(200))):
        labels = chance.choice("ab"), chance.choice(("OK", "FAILED"))
        histogram.observe(seconds, labels)
        theirs.labels(*labels).observe(seconds)
    assert page(histogram) == pytest.approx(page(theirs))


def test_a_bucket_has_an_example_of_a_trace(histogram):
    trace_id = "0af7651916cd43dd8448eb211c80319c"
    with telemetry.trace(f"00-{trace_id}-b7ad6b7169203331-01"):
        histogram.observe(0.7, ("a", "OK"))
    histogram.observe(0.001, ("a", "OK"))
    registry = CollectorRegistry()
    registry.register(histogram)
    [family] = text_string_to_metric_families(generate_latest(registry).decode())
    examples = {sample.labels["le"]: sample.exemplar for sample in family.samples if sample.exemplar}
    assert {le: (example.labels, example.value) for le, example in examples.items()} == {
        "1.0": ({"trace_id": trace_id}, 0.7)
    }


def test_a_series_is_shown_before_anything_is_counted(histogram):
    histogram.show("a", "OK")
    histogram.show("a", "OK")
    counted = page(histogram)
    assert counted["atelier_test_seconds_count", ("outcome", "OK"), ("what", "a")] == 0
    histogram.observe(0.1, ("a", "OK"))
    histogram.show("a", "OK")
    assert page(histogram)["atelier_test_seconds_count", ("outcome", "OK"), ("what", "a")] == 1


def test_labels_are_as_many_as_their_names(histogram):
    for labels in ((), ("a",), ("a", "OK", "b")):
        with pytest.raises(ValueError, match="what"):
            histogram.observe(0.1, labels)


def test_a_timed_block_tells_how_it_ended(histogram):
    with metrics.timed(histogram, "a"):
        pass
    for error in (ServiceError(Reason.SERVER_BUSY, "full"), KeyError("a"), KeyboardInterrupt()):
        with pytest.raises(type(error)), metrics.timed(histogram, "a"):
            raise error
    outcomes = {dict(key[1:])["outcome"] for key in page(histogram) if key[0].endswith("_count")}
    assert outcomes == {"OK", "SERVER_BUSY", "KeyError", "CANCELLED"}
