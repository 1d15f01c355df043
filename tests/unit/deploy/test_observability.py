"""Alerts and dashboard name series that the processes really have, and Prometheus takes them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest
import yaml
from prometheus_client import REGISTRY

# Importing them makes their series known.
from gateway import edge
from services.image import counting as image_counting
from services.kit import metrics
from services.moderation import service as moderation_service
from services.orchestrator import counting as orchestrator_counting
from services.workers_ai import counting as model_counting
from tests.manifests import ROOT

FOLDER = ROOT / "deploy" / "observability"
MODULES = (edge, image_counting, metrics, moderation_service, orchestrator_counting, model_counting)
NAME = re.compile(r"\b((?:atelier|rpc|gen_ai|http_server|process)_[a-z_]+)(?=[{\[)]| |$)")
SUFFIXES = ("_bucket", "_count", "_sum", "_total")
# Labels that look like names of series.
LABELS = {label for series in REGISTRY._collector_to_names for label in getattr(series, "_labelnames", ())}
BY_PROMETHEUS = {"up"}


def expressions() -> Iterator[tuple[str, str]]:
    rules = yaml.safe_load((FOLDER / "alerts.yml").read_text())
    for rule in (rule for group in rules["groups"] for rule in group["rules"]):
        yield rule["alert"], rule["expr"]
    dashboard = json.loads((FOLDER / "dashboard.json").read_text())
    for panel in dashboard["panels"]:
        for target in panel.get("targets", ()):
            yield panel["title"], target["expr"]


def known() -> set[str]:
    names = {name for names in REGISTRY._collector_to_names.values() for name in names}
    return names | {name + suffix for name in names for suffix in SUFFIXES}


@pytest.mark.parametrize(("where", "expression"), list(expressions()))
def test_every_series_that_is_asked_for_is_one_that_a_process_has(where: str, expression: str) -> None:
    assert MODULES
    asked = set(NAME.findall(expression)) - LABELS - BY_PROMETHEUS
    assert asked or where == "AtelierProcessDown"
    assert asked <= known(), where


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_prometheus_takes_the_rules_and_the_configuration() -> None:
    for command in (["check", "rules", "alerts.yml"], ["check", "config", "prometheus.yml"]):
        done = subprocess.run(["promtool", *command], cwd=FOLDER, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
