"""What is published of budgets."""

from __future__ import annotations

from atelier.orchestrator.v1.orchestrator_pb2 import Budget
from prometheus_client import REGISTRY

from services.orchestrator import counting


def share(budget: str) -> float | None:
    return REGISTRY.get_sample_value("atelier_budget_used_ratio", {"budget": budget})


def test_the_owner_nearest_to_the_end_counts_and_a_new_day_begins_at_nothing() -> None:
    counting.expect()
    assert (share("day"), share("owner")) == (0, 0)
    counting.tell_budgets(
        [
            Budget(scope="day", limit_usd=10, used_usd=2),
            Budget(scope="owner", owner="ann", limit_usd=2, used_usd=1.5),
            Budget(scope="owner", owner="ben", limit_usd=4, used_usd=1),
        ]
    )
    assert (share("day"), share("owner")) == (0.2, 0.75)
    counting.tell_budgets([])
    assert (share("day"), share("owner")) == (0, 0)


def test_series_that_alerts_watch_are_there_from_the_beginning() -> None:
    counting.expect()
    for state in ("STATE_SUCCEEDED", "STATE_BLOCKED", "STATE_FAILED", "STATE_CANCELLED", "STATE_NEEDS_REVIEW"):
        assert REGISTRY.get_sample_value("atelier_assets_ended_total", {"state": state}) is not None
    for budget in ("asset", "owner", "day"):
        assert REGISTRY.get_sample_value("atelier_budget_refusals_total", {"budget": budget}) is not None
