"""What the orchestrator counts: assets by how they end, steps by how long they take, what waits and who watches."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from atelier.orchestrator.v1.orchestrator_pb2 import Asset
from prometheus_client import Counter, Gauge, Histogram

from services.kit import metrics
from services.kit.errors import ServiceError
from services.orchestrator.queue import JobQueue

LOOK_EVERY_S = 5.0

ACCEPTED = Counter("atelier_assets_accepted", "Assets that this replica accepted.")
ENDED = Counter("atelier_assets_ended", "Assets that this replica brought to an end, or to a review.", ("state",))
AGE = Histogram(
    "atelier_asset_duration_seconds",
    "From the acceptance of an asset to its final state.",
    ("state",),
    buckets=metrics.BUCKETS,
)
STEPS = Histogram(
    "atelier_step_duration_seconds",
    "Tries of steps, waiting for a rate limit or a free replica included.",
    ("step", "outcome"),
    buckets=metrics.BUCKETS,
)
QUEUE_AGE = Histogram(
    "atelier_queue_age_seconds",
    "From the acceptance of an asset until a worker takes it for the first time.",
    buckets=metrics.BUCKETS,
)
RUNNING = Gauge("atelier_jobs_running", "Jobs in this replica's hands.")
WAITING = Gauge("atelier_jobs_waiting", "Jobs that wait for a worker, over all replicas, when it was last looked at.")
WATCHED = Gauge("atelier_watched_assets", "Assets that somebody on this replica watches or works on.")
APPENDS = Histogram(
    "atelier_journal_append_duration_seconds", "Appends to the journal.", ("outcome",), buckets=metrics.BUCKETS
)


async def watch_queue(queue: JobQueue) -> None:
    """Look again and again how many jobs wait."""
    while True:
        # Where the queue is away, the log says so at length; the last number stands.
        with suppress(ServiceError):
            WAITING.set(await queue.waiting())
        await asyncio.sleep(LOOK_EVERY_S)


def ended(asset: Asset) -> None:
    """Count an asset in a final state."""
    state = Asset.State.Name(asset.state)
    ENDED.labels(state).inc()
    seconds = (asset.update_time.ToNanoseconds() - asset.create_time.ToNanoseconds()) / 1e9
    metrics.observe(AGE, max(0.0, seconds), state)
