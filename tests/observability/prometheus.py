"""A real Prometheus with the configuration and the rules of deploy/observability, and what it answers to questions."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
import yaml

from services.local.ports import find_ports
from tests.e2e.harness import eventually
from tests.manifests import ROOT

FOLDER = ROOT / "deploy" / "observability"
BINARY = shutil.which("prometheus")
PROMTOOL = shutil.which("promtool")
# A minute of load has to show what an hour does: shorter windows, and no waiting before an alert fires.
EVERY_S, WINDOW = 1, "20s"
_RANGE = re.compile(r"\[\d+[mh]\]")


@dataclass(frozen=True)
class Rule:
    """An alert: its name and its expression."""

    name: str
    expression: str

    @property
    def measured(self) -> str:
        """What is compared with the limit."""
        return re.split(r"\s(?:>|==)\s[\d.]+\s*$", self.expression.strip())[0]


def rules() -> list[Rule]:
    """The alerts as they are shipped."""
    groups = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    return [Rule(rule["alert"], rule["expr"]) for group in groups for rule in group["rules"]]


@dataclass(frozen=True)
class Panel:
    """A panel of the dashboard: its title, its place in the grid, its unit, and each line's expression and name."""

    title: str
    place: Mapping[str, int]
    unit: str
    lines: tuple[tuple[str, str], ...]


def panels() -> list[Panel]:
    """The panels of the dashboard as it is shipped; a row has no lines."""
    found = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    return [
        Panel(
            panel["title"],
            panel["gridPos"],
            panel.get("fieldConfig", {}).get("defaults", {}).get("unit", ""),
            tuple((line["expr"], line["legendFormat"]) for line in panel.get("targets", ())),
        )
        for panel in found
    ]


def quick(expression: str) -> str:
    """An expression over the window of a test."""
    return _RANGE.sub(f"[{WINDOW}]", expression.replace("$__rate_interval", WINDOW))


class Prometheus:
    """Asks a running one."""

    def __init__(self, url: str) -> None:
        self.url = url

    def series(self, expression: str, start_s: float, end_s: float) -> dict[str, list[tuple[float, float]]]:
        """What an expression gives between two times, by labels; numbers that are none are left out."""
        asked = {"query": quick(expression), "start": start_s, "end": end_s, "step": EVERY_S}
        answer = requests.get(f"{self.url}/api/v1/query_range", params=asked, timeout=30)
        answer.raise_for_status()
        found = {}
        for series in answer.json()["data"]["result"]:
            points = [(at, float(value)) for at, value in series["values"] if math.isfinite(float(value))]
            if points:
                found[json.dumps(series["metric"])] = points
        return found

    def fired(self, start_s: float, end_s: float) -> set[str]:
        """The alerts that fired between two times."""
        return {
            json.loads(labels)["alertname"] for labels in self.series('ALERTS{alertstate="firing"}', start_s, end_s)
        }

    def up(self) -> dict[str, bool]:
        """Whether each process answered when it was last asked."""
        answer = requests.get(f"{self.url}/api/v1/query", params={"query": "up"}, timeout=30).json()
        return {one["metric"]["process"]: one["value"][1] == "1" for one in answer["data"]["result"]}


@contextmanager
def prometheus(folder: Path, pages: Mapping[str, str]) -> Iterator[Prometheus]:
    """Prometheus on a free port, reading the processes at `pages`; everything else as it is shipped.

    Args:
        folder: where it keeps what it reads.
        pages: host and port of each process that the shipped configuration names.
    """
    assert BINARY
    config = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": f"{EVERY_S}s", "evaluation_interval": f"{EVERY_S}s"}
    for target in config["scrape_configs"][0]["static_configs"]:
        target["targets"] = [pages[target["labels"]["process"]]]
    shipped = yaml.safe_load((FOLDER / "alerts.yml").read_text())
    for rule in (rule for group in shipped["groups"] for rule in group["rules"]):
        rule["expr"] = quick(rule["expr"])
        rule.pop("for", None)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "alerts.yml").write_text(yaml.safe_dump(shipped))
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    (port,) = find_ports(1)
    command = [BINARY, f"--config.file={folder / 'prometheus.yml'}", f"--storage.tsdb.path={folder / 'data'}"]
    command += [f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"]
    running = Prometheus(f"http://127.0.0.1:{port}")
    with (folder / "prometheus.log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            eventually(lambda: process.poll() is not None or _ready(running.url), "Prometheus is ready")
            assert process.poll() is None, (folder / "prometheus.log").read_text()
            yield running
        finally:
            process.terminate()


def _ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/-/ready", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
