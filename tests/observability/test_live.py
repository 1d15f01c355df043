"""The shipped dashboard and alerts over the numbers of a real stack, as a real Prometheus reads and reckons them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from services.local.stack import free_ports
from tests.e2e.harness import run_stack
from tests.observability.prometheus import BINARY, Prometheus, panels, prometheus, rules
from tests.observability.scenes import SETTINGS, Play

pytestmark = [
    pytest.mark.skipif(BINARY is None, reason="prometheus is not installed"),
    pytest.mark.timeout(240),
]

PROCESSES = ("orchestrator", "prompt", "moderation", "image")
# Cheap to bring about. The others need hours, an account, or a starved machine: `test_alerts.py` has them all.
FIRED = {
    "AtelierAssetsFail",
    "AtelierBudgetNearlySpent",
    "AtelierImageSlotsFull",
    "AtelierManyBlocked",
    "AtelierModelOutOfReach",
    "AtelierModelPassedOver",
    "AtelierProcessDown",
    "AtelierQuotaUsedUp",
}


class Played(NamedTuple):
    """After the play: who to ask, the alerts that fired, and the Unix times between which it was played."""

    prometheus: Prometheus
    fired: set[str]
    start_s: float
    end_s: float


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    ports = free_ports()
    pages = {name: f"127.0.0.1:{ports[name]}" for name in PROCESSES}
    listen = {f"ATELIER_{name.upper()}_METRICS_LISTEN": page for name, page in pages.items()}
    for stack in run_stack(tmp_path_factory.mktemp("stack"), **SETTINGS, **listen):
        with prometheus(tmp_path_factory.mktemp("prometheus"), pages | {"gateway": stack.address("gateway")}) as asked:
            play = Play(stack, asked)
            play.all()
            yield Played(asked, play.fired(), play.began_s, time.time())


@pytest.mark.timeout(240)
def test_every_line_of_the_dashboard_has_numbers(played: Played) -> None:
    lines = [(panel.title, expression) for panel in panels() for expression, _ in panel.lines]
    assert len(lines) > 25
    empty = [line for line in lines if not played.prometheus.series(line[1], played.start_s, played.end_s)]
    assert empty == []


def test_every_alert_has_numbers_to_judge(played: Played) -> None:
    empty = [rule.name for rule in rules() if not played.prometheus.series(rule.measured, played.start_s, played.end_s)]
    assert empty == []


def test_what_was_brought_about_is_alerted(played: Played) -> None:
    assert played.fired >= FIRED
