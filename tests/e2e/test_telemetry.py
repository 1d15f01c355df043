"""What a job leaves behind: exactly this tree of spans, and these series on the pages that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from services.local.stack import free_ports
from tests.e2e.collector import Collector, Seen, collector
from tests.e2e.harness import Stack, eventually, run_stack

# As OTLP numbers the kinds of spans.
CLIENT = 3
TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
CALLER_SPAN = "b7ad6b7169203331"
PROMPT = "atelier.prompt.v1.PromptService"
MODERATION = "atelier.moderation.v1.ModerationService"
IMAGE = "atelier.image.v1.ImageService"
ORCHESTRATOR = "atelier.orchestrator.v1.OrchestratorService"
TEXT_MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD_MODEL = "@cf/meta/llama-guard-3-8b"
EYE_MODEL = "@cf/cloudflare/clef-flash"
IMAGE_MODEL = "@cf/black-forest-labs/flux-1-schnell"
PROCESSES = ("orchestrator", "prompt", "moderation", "image")


@pytest.fixture(scope="module")
def observed() -> Iterator[Collector]:
    with collector() as observed:
        yield observed


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Where each process serves its metrics."""
    ports = free_ports()
    return {name: f"127.0.0.1:{ports[name]}" for name in PROCESSES}


@pytest.fixture(scope="module")
def stack(observed: Collector, pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    settings = {f"ATELIER_{name.upper()}_METRICS_LISTEN": address for name, address in pages.items()}
    yield from run_stack(
        tmp_path_factory.mktemp("stack"),
        ATELIER_LOCAL_ENGINES="instant",
        OTEL_EXPORTER_OTLP_ENDPOINT=observed.endpoint,
        OTEL_BSP_SCHEDULE_DELAY="100",
        **settings,
    )


@pytest.fixture(scope="module")
def spans(stack: Stack, observed: Collector) -> list[Seen]:
    """The spans of one job with one variant, once all have come."""
    answer = stack.post("A harbour at dawn", Prefer="wait=60", traceparent=f"00-{TRACE_ID}-{CALLER_SPAN}-01")
    assert answer.json()["state"] == "STATE_SUCCEEDED", answer.text
    eventually(
        lambda: {"process asset", "POST /v1/assets"} <= {span.name for span in observed.of_trace(TRACE_ID)},
        "the outermost spans have come",
    )
    # Each process sends its spans when it has a few: those of the called may come after those of the caller.
    eventually(lambda: answered(observed.of_trace(TRACE_ID)), "the spans of all who were called have come")
    return observed.of_trace(TRACE_ID)


def answered(spans: list[Seen]) -> bool:
    """Whether each call of a service has the span of that service."""
    parents = {span.parent_id for span in spans}
    calls = [span for span in spans if span.kind == CLIENT and span.name.startswith("atelier.")]
    return all(span.span_id in parents for span in calls)


def tree(spans: list[Seen], parent_id: str) -> dict[str, object]:
    """The spans below one, by service and name, each with those below it; none may be there twice."""
    below: dict[str, object] = {}
    for span in spans:
        if span.parent_id == parent_id:
            name = f"{span.service.removeprefix('atelier-')}: {span.name}"
            assert name not in below, f"{name} is there twice"
            below[name] = tree(spans, span.span_id)
    return below


def leaf(service: str, method: str, process: str, *models: str) -> dict[str, object]:
    calls: dict[str, object] = {f"{process}: {model}": {} for model in models}
    return {f"orchestrator: {service}/{method}": {f"{process}: {service}/{method}": calls}}


def test_a_job_yields_this_tree_of_spans(spans: list[Seen]) -> None:
    created = tree(spans, CALLER_SPAN)["gateway: POST /v1/assets"]
    assert isinstance(created, dict)
    (accepted,) = [below for name, below in created.items() if name == f"gateway: {ORCHESTRATOR}/CreateAsset"]
    assert accepted == {
        f"orchestrator: {ORCHESTRATOR}/CreateAsset": {
            # Asked for once in a while, and by the first asset.
            **leaf(MODERATION, "ListPolicies", "moderation"),
            "orchestrator: process asset": {
                **leaf(PROMPT, "GeneratePrompts", "prompt", f"chat {TEXT_MODEL}"),
                **leaf(MODERATION, "ModerateText", "moderation", f"moderation {GUARD_MODEL}"),
                **leaf(IMAGE, "GenerateImage", "image", f"generate_content {IMAGE_MODEL}"),
                **leaf(MODERATION, "ModerateImage", "moderation", f"moderation {EYE_MODEL}"),
            },
        }
    }


def test_the_call_of_a_model_tells_what_the_conventions_ask_for(spans: list[Seen]) -> None:
    (call,) = [span for span in spans if span.name == f"chat {TEXT_MODEL}"]
    assert call.attributes["gen_ai.operation.name"] == "chat"
    assert call.attributes["gen_ai.request.model"] == TEXT_MODEL
    assert call.attributes["gen_ai.provider.name"] == "cloudflare.workers_ai"
    assert int(call.attributes["gen_ai.usage.input_tokens"]) > 0
    assert int(call.attributes["gen_ai.usage.output_tokens"]) > 0
    assert not call.failed


def samples(page: str) -> dict[str, float]:
    """The samples of one process, by name and labels as they are written."""
    text = requests.get(page, timeout=30).text
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


@pytest.mark.usefixtures("spans")
def test_each_process_serves_its_series(stack: Stack, pages: dict[str, str]) -> None:
    pages = {
        **{name: f"http://{address}/metrics" for name, address in pages.items()},
        "gateway": f"{stack.url}/metrics",
    }
    found = {name: samples(page) for name, page in pages.items()}
    duration = "rpc_server_call_duration_seconds_count"
    ok = "rpc_response_status_code=OK"
    assert found["prompt"][f"{duration}{{rpc_method={PROMPT}/GeneratePrompts,{ok}}}"] == 1
    assert found["moderation"]["atelier_verdicts_total{action=allow,place=prompt,policy=balanced}"] == 1
    assert found["image"]["atelier_store_operation_duration_seconds_count{operation=put,outcome=OK}"] == 1
    calls = "gen_ai_client_operation_duration_seconds_count"
    kind = "gen_ai_operation_name=generate_content"
    assert found["image"][f"{calls}{{{kind},gen_ai_request_model={IMAGE_MODEL},outcome=OK}}"] == 1
    tokens = "gen_ai_client_token_usage_total"
    assert found["prompt"][f"{tokens}{{gen_ai_request_model={TEXT_MODEL},gen_ai_token_type=input}}"] > 0
    assert found["image"][f"atelier_neurons_total{{billed=no,gen_ai_request_model={IMAGE_MODEL}}}"] > 0
    assert found["orchestrator"]["atelier_assets_accepted_total{}"] == 1
    assert found["orchestrator"]["atelier_assets_ended_total{state=STATE_SUCCEEDED}"] == 1
    assert found["orchestrator"]["atelier_step_duration_seconds_count{outcome=OK,step=GenerateImage}"] == 1
    assert found["orchestrator"]["atelier_jobs_running{}"] == 0
    assert found["orchestrator"]["atelier_journal_append_duration_seconds_count{outcome=OK}"] >= 4
    assert "atelier_jobs_waiting{}" in found["orchestrator"]
    request = "http_request_method=POST,http_response_status_code=200,http_route=/v1/assets"
    assert found["gateway"][f"http_server_request_duration_seconds_count{{{request}}}"] == 1
    for name, page in found.items():
        assert "atelier_event_loop_lag_seconds{}" in page, name


@pytest.mark.usefixtures("spans")
def test_an_example_of_a_duration_names_its_trace(pages: dict[str, str]) -> None:
    accept = {"Accept": "application/openmetrics-text; version=1.0.0"}
    text = requests.get(f"http://{pages['image']}/metrics", headers=accept, timeout=30).text
    assert f'# {{trace_id="{TRACE_ID}"}}' in text
