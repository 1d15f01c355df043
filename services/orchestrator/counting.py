"""What the orchestrator counts: assets by how they end, steps by how long they take, what waits and who watches."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, Budget
from prometheus_client import Counter, Gauge

from services.kit import metrics
from services.kit.errors import ServiceError

# The books are read for this, and a budget is not spent in seconds.
LOOK_AT_BUDGETS_EVERY_S = 15.0

ACCEPTED = Counter("atelier_assets_accepted", "Assets that this replica accepted.")
REFUSED = Counter("atelier_assets_refused", "Assets that this replica refused because they would have waited too long.")
ENDED = Counter("atelier_assets_ended", "Assets that this replica brought to an end, or to a review.", ("state",))
AGE = metrics.Histogram(
    "atelier_asset_duration_seconds",
    "From the acceptance of an asset to its final state.",
    ("state",),
    buckets=metrics.BUCKETS,
)
STEPS = metrics.Histogram(
    "atelier_step_duration_seconds",
    "Tries of steps, waiting for a rate limit or a free replica included.",
    ("step", "outcome"),
    buckets=metrics.BUCKETS,
)
QUEUE_AGE = metrics.Histogram(
    "atelier_queue_age_seconds",
    "From the acceptance of an asset until a worker takes it for the first time.",
    buckets=metrics.BUCKETS,
)
RUNNING = Gauge("atelier_jobs_running", "Jobs in this replica's hands.")
WAITING = Gauge("atelier_jobs_waiting", "Jobs that wait for a worker, over all replicas, when it was last looked at.")
WATCHED = Gauge("atelier_watched_assets", "Assets that somebody on this replica watches or works on.")
APPENDS = metrics.Histogram(
    "atelier_journal_append_duration_seconds", "Appends to the journal.", ("outcome",), buckets=metrics.BUCKETS
)
BUDGET_REFUSALS = Counter(
    "atelier_budget_refusals", "Assets and steps refused because a budget leaves no room.", ("budget",)
)
BUDGET_USED = Gauge(
    "atelier_budget_used_ratio",
    "How much of today's budget is spent or held, 1 being all; of owners, the one nearest to the end.",
    ("budget",),
)
ENDS = ("STATE_SUCCEEDED", "STATE_BLOCKED", "STATE_FAILED", "STATE_CANCELLED", "STATE_NEEDS_REVIEW")


def expect() -> None:
    """Let series be there, at 0, before anything has happened: a rate begins at the second sample of a series."""
    for state in ENDS:
        ENDED.labels(state)
    for budget in ("asset", "owner", "day"):
        BUDGET_REFUSALS.labels(budget)
    tell_budgets(())


async def watch_budgets(today: Callable[[], Awaitable[Sequence[Budget]]]) -> None:
    """Look again and again how much of the shared budgets is left; `today` gives those of the running day."""
    while True:
        # Where the store is away, the last numbers stand.
        with suppress(ServiceError):
            tell_budgets(await today())
        await asyncio.sleep(LOOK_AT_BUDGETS_EVERY_S)


def tell_budgets(budgets: Sequence[Budget]) -> None:
    """Publish the shares that are used, 0 where there is no such budget today."""
    used = {"owner": 0.0, "day": 0.0}
    for budget in budgets:
        used[budget.scope] = max(used[budget.scope], budget.used_usd / budget.limit_usd)
    for scope, share in used.items():
        BUDGET_USED.labels(scope).set(share)


def ended(asset: Asset) -> None:
    """Count an asset in a final state."""
    state = Asset.State.Name(asset.state)
    ENDED.labels(state).inc()
    seconds = (asset.update_time.ToNanoseconds() - asset.create_time.ToNanoseconds()) / 1e9
    metrics.observe(AGE, max(0.0, seconds), state)
