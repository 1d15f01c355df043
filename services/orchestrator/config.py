"""Settings of the orchestrator process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.kit.config import Common, ConfigError, check_choice, setting
from services.orchestrator.budgets import BILLED, LISTED, Limits
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.job import Method
from services.orchestrator.pacing import IMAGES, TEXTS
from services.orchestrator.retry import RetryLimits
from services.orchestrator.sweeping import Age
from services.orchestrator.worker import WorkerLimits

_MAY_BE_ZERO = (
    "retention_s",
    "texts_per_minute",
    "images_per_minute",
    "asset_budget_usd",
    "day_budget_usd",
    "keep_assets_s",
    "max_wait_s",
    "sweep_every_s",
)


@dataclass(frozen=True)
class Config(Common):
    """Where the orchestrator listens, whom it asks, how much it does at once and how patient it is."""

    listen: str = setting("127.0.0.1:50050", "Address to listen on, host:port; port 0 takes any free one.")
    peers: tuple[str, ...] = setting(
        ("gateway",), "Names in callers' certificates that may call, with mutual TLS; * is any."
    )
    prompt_target: str = setting("dns:///127.0.0.1:50051", "gRPC target of the prompt service.")
    moderation_target: str = setting("dns:///127.0.0.1:50052", "gRPC target of the moderation service.")
    image_target: str = setting("dns:///127.0.0.1:50053", "gRPC target of the image service.")
    journal: str = setting("jetstream", "jetstream keeps events and jobs in NATS; memory loses them with the process.")
    nats_url: str = setting(
        "nats://127.0.0.1:4222", "NATS servers, comma separated; may hold a token.", env="NATS_URL", secret=True
    )
    nats_prefix: str = setting("atelier", "What the names of streams and subjects begin with.")
    nats_replicas: int = setting(1, "Servers of a cluster that keep each event: 1, 3 or 5.")
    nats_storage: str = setting("file", "Where NATS keeps events and jobs: file or memory.")
    retention_s: float = setting(0.0, "Events are dropped after this time; 0 keeps them until deleted. Unit: seconds.")
    slots: int = setting(128, "Jobs worked on at once, at least 1.")
    prompt_timeout_s: float = setting(120.0, "Limit of one try to write prompts. Unit: seconds.")
    moderation_timeout_s: float = setting(60.0, "Limit of one try to judge a text or a picture. Unit: seconds.")
    image_timeout_s: float = setting(180.0, "Limit of one try to make an image. Unit: seconds.")
    job_deadline_s: float = setting(3600.0, "Time from acceptance to the last try of a step. Unit: seconds.")
    attempts: int = setting(5, "Tries of a step whose model is out of capacity, slow or broken, at least 1.")
    first_delay_s: float = setting(0.25, "Delay before the first retry; it doubles each time. Unit: seconds.")
    max_delay_s: float = setting(10.0, "Longest delay between two retries. Unit: seconds.")
    max_quota_wait_s: float = setting(60.0, "A quota that frees within this time is waited for. Unit: seconds.")
    lease_s: float = setting(30.0, "A job goes to another replica after this time without a sign of life. Seconds.")
    max_deliveries: int = setting(10, "A job that was begun this often without an end fails, at least 1.")
    texts_per_minute: int = setting(0, "Prompt and moderation calls a minute, over all replicas; 0 for no limit.")
    images_per_minute: int = setting(0, "Image calls a minute, over all replicas; 0 for no limit.")
    keep_assets_s: float = setting(
        0.0,
        "Final assets are deleted, pictures and all, once nothing happened to them for so long; 0 for never. Seconds.",
    )
    sweep_every_s: float = setting(
        3600.0,
        "How often one replica deletes pictures that no asset needs, and old assets; 0 for never, as with the journal "
        "in memory. Orchestrators with different journals must not share a picture store. Seconds.",
    )
    asset_budget_usd: float = setting(
        0.0, "Most that an asset may cost whose recipe names no limit; 0 for none. US dollars."
    )
    day_budget_usd: float = setting(0.0, "Most that all assets may cost in a day, UTC; 0 for no limit. US dollars.")
    budget_counts: str = setting(
        BILLED,
        "What budgets count: billed, what the provider bills; listed, its price also where an embedded engine answers.",
    )
    max_wait_s: float = setting(
        900.0,
        "Longest that a new asset may be expected to wait for a worker; more are refused and told when to come back; "
        "0 for no limit. Unit: seconds.",
    )
    grace_s: float = setting(30.0, "Time that calls and steps under way get when the process stops. Unit: seconds.")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("ATELIER_ORCHESTRATOR_JOURNAL", self.journal, ("jetstream", "memory"))
        check_choice("ATELIER_ORCHESTRATOR_NATS_STORAGE", self.nats_storage, ("file", "memory"))
        check_choice("ATELIER_ORCHESTRATOR_BUDGET_COUNTS", self.budget_counts, (BILLED, LISTED))
        if self.keep_assets_s and not self.sweep_every_s:
            raise ConfigError("ATELIER_ORCHESTRATOR_KEEP_ASSETS_S needs ATELIER_ORCHESTRATOR_SWEEP_EVERY_S above 0")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", self.nats_prefix):
            raise ConfigError("ATELIER_ORCHESTRATOR_NATS_PREFIX takes 1 to 32 letters, digits, - and _")
        for name, value in vars(self).items():
            if isinstance(value, int | float) and (value < 0 or (value == 0 and name not in _MAY_BE_ZERO)):
                raise ConfigError(f"ATELIER_ORCHESTRATOR_{name.upper()} is {value}; it takes a number above 0")
        if 0 < self.retention_s < 2 * self.job_deadline_s:
            limit = f"0 or at least {2 * self.job_deadline_s:g}, twice the deadline of a job"
            raise ConfigError(f"ATELIER_ORCHESTRATOR_RETENTION_S is {self.retention_s:g}; it takes {limit}")

    @property
    def streams(self) -> Streams:
        """How NATS keeps events and jobs."""
        return Streams(
            prefix=self.nats_prefix,
            replicas=self.nats_replicas,
            storage=self.nats_storage,
            retention_s=self.retention_s,
            lease_s=self.lease_s,
        )

    @property
    def sweeps(self) -> bool:
        """Whether to sweep; a journal that forgets cannot tell what is needed."""
        return self.sweep_every_s > 0 and self.journal != "memory"

    @property
    def ages(self) -> Age:
        """How old what is swept must be; no attempt names a picture later than its job's deadline."""
        return Age(picture_s=2 * self.job_deadline_s, asset_s=self.keep_assets_s)

    @property
    def budgets(self) -> Limits:
        """What may be spent."""
        return Limits(self.asset_budget_usd, self.day_budget_usd, self.budget_counts)

    @property
    def per_minute(self) -> Mapping[str, int]:
        """Limits on calls, by stage."""
        return {TEXTS: self.texts_per_minute, IMAGES: self.images_per_minute}

    @property
    def retry(self) -> RetryLimits:
        """How patient steps are."""
        return RetryLimits(
            attempts=self.attempts,
            first_delay_s=self.first_delay_s,
            max_delay_s=self.max_delay_s,
            max_quota_wait_s=self.max_quota_wait_s,
        )

    @property
    def worker(self) -> WorkerLimits:
        """How much the worker does."""
        return WorkerLimits(
            slots=self.slots,
            job_deadline_s=self.job_deadline_s,
            max_deliveries=self.max_deliveries,
            drain_s=self.grace_s,
            retry=self.retry,
        )

    @property
    def timeouts_s(self) -> Mapping[Method, float]:
        """Limit of one try of each step."""
        return {
            Method.GENERATE_PROMPTS: self.prompt_timeout_s,
            Method.MODERATE_TEXT: self.moderation_timeout_s,
            Method.REWRITE_PROMPT: self.prompt_timeout_s,
            Method.GENERATE_IMAGE: self.image_timeout_s,
            Method.MODERATE_IMAGE: self.moderation_timeout_s,
        }
