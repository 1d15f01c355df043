"""Each alert fires after the time that it is to wait and not before, says Prometheus' own test runner."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.observability.prometheus import FOLDER, PROMTOOL, rules

pytestmark = pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")


class Case(NamedTuple):
    """Series every minute from the beginning, when all is still quiet, and when the alert has fired. Unit: minutes."""

    series: dict[str, str]
    quiet: int
    fires: int


MODEL = 'gen_ai_request_model="@cf/a/b"'
CALLS = "gen_ai_client_operation_duration_seconds_count"
CASES = {
    "AtelierProcessDown": Case({'up{job="atelier", process="image"}': "1x5 0x10"}, 6, 8),
    "AtelierAssetsFail": Case(
        {
            'atelier_assets_ended_total{state="STATE_SUCCEEDED"}': "0+10x60",
            # One in eleven, and many that their callers called off: those do not count.
            'atelier_assets_ended_total{state="STATE_FAILED"}': "0x20 0+1x40",
            'atelier_assets_ended_total{state="STATE_CANCELLED"}': "0+50x60",
        },
        20,
        40,
    ),
    "AtelierJobsWait": Case(
        {
            'atelier_queue_age_seconds_bucket{le="60"}': "0+10x20 200x40",
            'atelier_queue_age_seconds_bucket{le="120"}': "0+10x20 200+10x40",
            'atelier_queue_age_seconds_bucket{le="+Inf"}': "0+10x20 200+10x40",
        },
        21,
        45,
    ),
    "AtelierModelOutOfReach": Case(
        {
            f'{CALLS}{{{MODEL}, outcome="OK"}}': "0+10x60",
            f'{CALLS}{{{MODEL}, outcome="MODEL_UNREACHABLE"}}': "0x10 0+10x50",
        },
        11,
        25,
    ),
    "AtelierQuotaUsedUp": Case({f'{CALLS}{{{MODEL}, outcome="MODEL_QUOTA"}}': "0x10 1x20"}, 10, 12),
    "AtelierModelPassedOver": Case({f"atelier_breaker_open{{{MODEL}}}": "0x10 1x20"}, 14, 17),
    "AtelierImageSlotsFull": Case(
        {
            'atelier_slots_taken{pool="painting", process="image"}': "2x5 8x30",
            'atelier_slots_limit{pool="painting", process="image"}': "8x35",
        },
        14,
        17,
    ),
    "AtelierOverloaded": Case({"atelier_assets_refused_total": "0x10 0+5x40"}, 20, 24),
    "AtelierReplicaUnfit": Case({'atelier_fit{process="image", instance="a:1"}': "1x5 0x20"}, 10, 13),
    "AtelierEventLoopLate": Case({'atelier_event_loop_lag_seconds{process="orchestrator"}': "0.01x5 0.8x10"}, 7, 9),
    "AtelierJournalSlow": Case(
        {
            'atelier_journal_append_duration_seconds_bucket{le="1"}': "0+100x20 2000x40",
            'atelier_journal_append_duration_seconds_bucket{le="2.5"}': "0+100x20 2000+100x40",
            'atelier_journal_append_duration_seconds_bucket{le="+Inf"}': "0+100x20 2000+100x40",
        },
        20,
        32,
    ),
    "AtelierManyBlocked": Case(
        {
            'atelier_verdicts_total{place="prompt", action="allow"}': "0+10x300",
            'atelier_verdicts_total{place="prompt", action="block"}': "0+1x60 60+20x240",
        },
        60,
        180,
    ),
    "AtelierSpendingHigh": Case({'atelier_cost_usd_total{billed="yes"}': "0+0.1x60 6+1x60"}, 59, 100),
    "AtelierBudgetNearlySpent": Case({'atelier_budget_used_ratio{budget="day"}': "0.5x5 0.95x5"}, 5, 7),
}


def test_every_alert_has_a_case() -> None:
    assert set(CASES) == {rule.name for rule in rules()}


def test_each_alert_fires_in_time_and_not_before(tmp_path: Path) -> None:
    def told(name: str, minutes: int, samples: list[dict[str, object]]) -> dict[str, object]:
        expression = f'count(ALERTS{{alertname="{name}", alertstate="firing"}})'
        return {"expr": expression, "eval_time": f"{minutes}m", "exp_samples": samples}

    tests = [
        {
            "interval": "1m",
            "name": name,
            "input_series": [{"series": series, "values": values} for series, values in case.series.items()],
            "promql_expr_test": [told(name, case.quiet, []), told(name, case.fires, [{"labels": "{}", "value": 1}])],
        }
        for name, case in CASES.items()
    ]
    document = {"rule_files": [str(FOLDER / "alerts.yml")], "evaluation_interval": "1m", "tests": tests}
    (tmp_path / "tests.yml").write_text(yaml.safe_dump(document))
    assert PROMTOOL
    command = [PROMTOOL, "test", "rules", "tests.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
