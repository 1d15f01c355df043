"""What the metrics of a process say about its health; the limits are those of the alerts that Atelier ships."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import requests

from ..session import BearerAuth
from .finding import Finding

TIMEOUT_S = 10.0
MOST_LAG_S, MOST_BUDGET = 0.5, 0.9
_SAMPLE = re.compile(r"([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([^ ]+)(?: \d+)?")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Sample:
    """One number of a process, with its labels."""

    name: str
    labels: Mapping[str, str]
    value: float


def samples(page: str) -> list[Sample]:
    """The samples of a page in Prometheus' text format; lines that are none are passed over."""
    found = []
    for line in page.splitlines():
        if not line.startswith("#") and (match := _SAMPLE.fullmatch(line)):
            labels = {name: re.sub(r"\\(.)", r"\1", text) for name, text in _LABEL.findall(match[2] or "")}
            try:
                found.append(Sample(match[1], labels, float(match[3])))
            except ValueError:
                continue
    return found


def page_of(name: str) -> str:
    """Where a service serves its metrics, as ATELIER_<NAME>_METRICS_LISTEN says; empty where it serves none."""
    listen = os.environ.get(f"ATELIER_{name.upper()}_METRICS_LISTEN", "")
    host, _, port = listen.rpartition(":")
    # Whoever listens on every interface is reached by loopback.
    host = "127.0.0.1" if host in ("", "0.0.0.0", "[::]") else host  # noqa: S104 - compared, not bound
    return f"http://{host}:{port}/metrics" if listen else ""


def check_numbers(name: str, page: str, api_key: str = "") -> Finding:
    """What the numbers of a process say."""
    what = f"{name} numbers"
    try:
        answer = requests.get(page, auth=BearerAuth(api_key), timeout=TIMEOUT_S)
        answer.raise_for_status()
    except requests.RequestException as error:
        advice = f"look at ATELIER_{name.upper()}_METRICS_LISTEN" if name != "gateway" else "its log says more"
        return Finding(what, False, f"not to be had at {page} ({type(error).__name__})", advice)
    found = samples(answer.text)
    for says, advice in _complaints(found):
        return Finding(what, False, says, advice)
    return Finding(what, True, "; ".join(_told(found)))


def _complaints(found: list[Sample]) -> Iterator[tuple[str, str]]:
    """What is wrong, and what to do; the most urgent first."""
    for one in found:
        if one.name == "atelier_breaker_open" and one.value:
            model = one.labels.get("gen_ai_request_model", "a model")
            yield f"{model} keeps failing and is passed over", "the log of the service says what it answers"
    for one in found:
        if one.name == "atelier_budget_used_ratio" and one.value > MOST_BUDGET:
            whose = "an owner's budget of today" if one.labels.get("budget") == "owner" else "the budget of today"
            yield f"{one.value:.0%} of {whose} is spent or held", "`atelier usage` shows whose, and when it starts anew"
    for one in found:
        if one.name == "atelier_event_loop_lag_seconds" and one.value > MOST_LAG_S:
            yield f"its event loop is {one.value:.1f} s late", "the process has too little processor time"
    taken = {one.labels.get("pool", ""): one.value for one in found if one.name == "atelier_slots_taken"}
    for one in found:
        pool = one.labels.get("pool", "")
        if one.name == "atelier_slots_limit" and one.value and taken.get(pool, 0) >= one.value:
            yield f"all {one.value:.0f} slots for {pool} are taken", "add replicas if that lasts; work waits meanwhile"


def _told(found: list[Sample]) -> Iterator[str]:
    """What a healthy process has done."""
    count = {one.name: one.value for one in found if not one.labels}
    if "atelier_jobs_waiting" in count:
        yield f"{count['atelier_jobs_waiting']:.0f} jobs wait, {count.get('atelier_jobs_running', 0):.0f} run"
    ended = {one.labels["state"]: one.value for one in found if one.name == "atelier_assets_ended_total" and one.value}
    if ended:
        yield "ended: " + ", ".join(
            f"{value:.0f} {state.removeprefix('STATE_').lower()}" for state, value in ended.items()
        )
    calls = [one for one in found if one.name == "gen_ai_client_operation_duration_seconds_count"]
    if calls:
        failed = sum(one.value for one in calls if one.labels.get("outcome") != "OK")
        yield f"{sum(one.value for one in calls):.0f} calls of models, {failed:.0f} failed"
    yield f"event loop {1000 * count.get('atelier_event_loop_lag_seconds', 0):.0f} ms late"
    if "process_resident_memory_bytes" in count:
        yield f"{count['process_resident_memory_bytes'] / 2**20:.0f} MiB"
