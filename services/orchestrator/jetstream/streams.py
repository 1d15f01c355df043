"""The streams that everything lives in: their names, what they are configured to keep, and making sure that they exist.

{prefix}.events.{asset}   the logs; one message an append, subject per asset, copied to {prefix}.live.{asset}
{prefix}.jobs.{asset}     the work queue; one message a job, which the server keeps unique
$KV.{prefix}_claims.{key} the asset that a request id belongs to, created once
$KV.{prefix}_limits.{key} the shared rate limits; in memory, because they mean nothing after a restart
{prefix}.styles.{style}   the brand styles; one message a version
{prefix}.books.{key}      budgets, usage of deleted assets, leases; one message a key
"""

from __future__ import annotations

from dataclasses import dataclass

from services.orchestrator.jetstream.wire import ApiError, Wire

CLAIM_S = 7 * 24 * 3600.0
DUPLICATES_S = 120.0
# No log comes near it. It is there because the server keeps a stream with such a limit in files of 4 MiB instead of 8,
# and holds the newest file in memory.
MAX_APPENDS = 1_000_000
NANOSECONDS = 1_000_000_000

# JetStream's own error codes.
NAME_IN_USE = 10058
CONSUMER_NAME_IN_USE = 10148
CONSUMER_UNKNOWN = 10014
STREAM_UNKNOWN = 10059


@dataclass(frozen=True, slots=True)
class Streams:
    """How the streams are kept.

    `replicas` servers hold each message, 1 to 5; `storage` is file or memory; an event is dropped after `retention_s`,
    0 for never; a job is delivered again where its taker is silent for `lease_s`.
    """

    prefix: str = "atelier"
    replicas: int = 1
    storage: str = "file"
    retention_s: float = 0.0
    lease_s: float = 30.0

    @property
    def events(self) -> str:
        """Stream of the logs."""
        return f"{self.prefix}_events"

    @property
    def jobs(self) -> str:
        """Stream of the jobs."""
        return f"{self.prefix}_jobs"

    @property
    def claims(self) -> str:
        """Stream behind the bucket of the claims."""
        return f"KV_{self.prefix}_claims"

    @property
    def limits(self) -> str:
        """Stream behind the bucket of the rate limits."""
        return f"KV_{self.prefix}_limits"

    @property
    def styles(self) -> str:
        """Stream of the brand styles."""
        return f"{self.prefix}_styles"

    @property
    def styles_root(self) -> str:
        """What the subjects of brand styles begin with."""
        return f"{self.prefix}.styles"

    @property
    def books(self) -> str:
        """Stream of budgets, usage of deleted assets, leases."""
        return f"{self.prefix}_books"

    @property
    def books_root(self) -> str:
        """What the subjects of the books begin with."""
        return f"{self.prefix}.books"

    def event_subject(self, asset: str) -> str:
        """Subject of a log; `asset` is a resource name."""
        return f"{self.prefix}.events.{_id(asset)}"

    def job_subject(self, asset: str) -> str:
        """Subject of a job."""
        return f"{self.prefix}.jobs.{_id(asset)}"

    def gone_subject(self, asset: str) -> str:
        """Subject on which replicas tell each other that an asset was deleted."""
        return f"{self.prefix}.gone.{_id(asset)}"

    def claim_subject(self, key: str) -> str:
        """Subject of a claim."""
        return f"$KV.{self.prefix}_claims.{key}"

    def limit_subject(self, key: str) -> str:
        """Subject of a rate limit."""
        return f"$KV.{self.prefix}_limits.{key}"

    @property
    def live(self) -> str:
        """Where the server copies each stored event to, for all assets."""
        return f"{self.prefix}.live.*"

    def configs(self) -> list[dict[str, object]]:
        """The streams as JetStream's API takes them."""
        kept: dict[str, object] = {"storage": self.storage, "num_replicas": self.replicas, "allow_direct": True}
        bucket = kept | {"max_msgs_per_subject": 1, "discard": "new", "allow_rollup_hdrs": True}
        return [
            kept
            | {
                "name": self.events,
                "subjects": [f"{self.prefix}.events.*"],
                "max_age": round(self.retention_s * NANOSECONDS),
                "discard": "new",
                "discard_new_per_subject": True,
                "max_msgs_per_subject": MAX_APPENDS,
                "duplicate_window": round(DUPLICATES_S * NANOSECONDS),
                "republish": {"src": f"{self.prefix}.events.*", "dest": f"{self.prefix}.live.{{{{wildcard(1)}}}}"},
            },
            kept
            | {
                "name": self.jobs,
                "subjects": [f"{self.prefix}.jobs.*"],
                "retention": "workqueue",
                "discard": "new",
                "discard_new_per_subject": True,
                "max_msgs_per_subject": 1,
            },
            bucket
            | {
                "name": self.claims,
                "subjects": [f"$KV.{self.prefix}_claims.>"],
                "max_age": round(CLAIM_S * NANOSECONDS),
            },
            kept | {"name": self.styles, "subjects": [f"{self.styles_root}.>"]},
            kept | {"name": self.books, "subjects": [f"{self.books_root}.>"], "max_msgs_per_subject": 1},
            bucket | {"name": self.limits, "subjects": [f"$KV.{self.prefix}_limits.>"], "storage": "memory"},
        ]

    def workers(self) -> dict[str, object]:
        """The consumer that all replicas take jobs from."""
        return {
            "durable_name": "workers",
            "ack_policy": "explicit",
            "ack_wait": round(self.lease_s * NANOSECONDS),
            # Poison jobs are ended by whoever takes them once too often; the server must go on to deliver them.
            "max_deliver": -1,
            "max_ack_pending": -1,
            "max_waiting": 4096,
            "num_replicas": self.replicas,
            "mem_storage": self.storage == "memory",
        }


async def ensure(wire: Wire, streams: Streams) -> None:
    """Create what does not exist, and configure what does.

    Raises:
        ApiError: the server cannot have it so.
        ServiceError: STORE_UNAVAILABLE.
    """
    for config in streams.configs():
        try:
            await wire.api(f"STREAM.CREATE.{config['name']}", config)
        except ApiError as error:
            if error.code != NAME_IN_USE:
                raise
            await wire.api(f"STREAM.UPDATE.{config['name']}", config)
    await ensure_workers(wire, streams)


async def ensure_workers(wire: Wire, streams: Streams) -> None:
    """Create the consumer of the jobs, or give it its settings.

    Raises:
        ApiError: the server cannot have it so.
        ServiceError: STORE_UNAVAILABLE.
    """
    request = {"stream_name": streams.jobs, "config": streams.workers()}
    await wire.api(f"CONSUMER.DURABLE.CREATE.{streams.jobs}.workers", request)


def asset_of(subject: str) -> str:
    """The asset that a subject of a log, a job or a deletion is about."""
    return f"assets/{subject.rpartition('.')[2]}"


def _id(asset: str) -> str:
    return asset.removeprefix("assets/")
