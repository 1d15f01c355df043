"""What the doctor reads out of the numbers of a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from client.command.numbers import check_numbers, page_of, samples


@contextmanager
def serving(registry: CollectorRegistry) -> Iterator[str]:
    server, thread = start_http_server(0, "127.0.0.1", registry)
    try:
        yield f"http://127.0.0.1:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def healthy() -> CollectorRegistry:
    registry = CollectorRegistry()
    Gauge("atelier_event_loop_lag_seconds", "x", registry=registry).set(0.002)
    Gauge("atelier_jobs_waiting", "x", registry=registry).set(3)
    Gauge("atelier_jobs_running", "x", registry=registry).set(2)
    Counter("atelier_assets_ended", "x", ("state",), registry=registry).labels("STATE_SUCCEEDED").inc(7)
    Gauge("atelier_slots_limit", "x", ("pool",), registry=registry).labels("painting").set(8)
    calls = Histogram("gen_ai_client_operation_duration_seconds", "x", ("outcome",), registry=registry)
    calls.labels("OK").observe(1)
    calls.labels("MODEL_QUOTA").observe(1)
    return registry


def test_a_healthy_process_tells_what_it_did(healthy: CollectorRegistry) -> None:
    with serving(healthy) as page:
        found = check_numbers("orchestrator", page)
    assert found.good
    assert found.says.startswith(
        "3 jobs wait, 2 run; ended: 7 succeeded; 2 calls of models, 1 failed; event loop 2 ms late"
    )


@pytest.mark.parametrize(
    ("name", "labels", "value", "says"),
    [
        ("atelier_breaker_open", {"gen_ai_request_model": '@cf/a "b"'}, 1, '@cf/a "b" keeps failing'),
        ("atelier_budget_used_ratio", {"budget": "owner"}, 0.95, "95% of an owner's budget"),
        ("atelier_slots_taken", {"pool": "painting"}, 8, "all 8 slots for painting"),
    ],
)
def test_what_is_wrong_is_said_first(
    healthy: CollectorRegistry, name: str, labels: dict[str, str], value: float, says: str
) -> None:
    Gauge(name, "x", tuple(labels), registry=healthy).labels(*labels.values()).set(value)
    with serving(healthy) as page:
        found = check_numbers("image", page)
    assert not found.good
    assert says in found.says
    assert found.advice


def test_a_late_event_loop_is_wrong() -> None:
    registry = CollectorRegistry()
    Gauge("atelier_event_loop_lag_seconds", "x", registry=registry).set(0.7)
    with serving(registry) as page:
        assert "0.7 s late" in check_numbers("prompt", page).says


def test_nobody_at_home_is_wrong_and_lines_that_are_no_samples_are_passed_over() -> None:
    assert not check_numbers("image", "http://127.0.0.1:1/metrics").good
    assert [one.name for one in samples('# HELP a b\na{b="c"} 1 1700000000\n\nnonsense\nd nan\ne x\n')] == ["a", "d"]


@pytest.mark.parametrize(
    ("listen", "page"),
    [
        ("0.0.0.0:51050", "http://127.0.0.1:51050/metrics"),
        ("10.0.0.7:9", "http://10.0.0.7:9/metrics"),
        ("[::]:9", "http://127.0.0.1:9/metrics"),
        ("", ""),
    ],
)
def test_a_page_is_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, listen: str, page: str) -> None:
    monkeypatch.setenv("ATELIER_PROMPT_METRICS_LISTEN", listen)
    assert page_of("prompt") == page
