"""Settings of the orchestrator process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.kit.config import Common, ConfigError, setting
from services.orchestrator.job import Method
from services.orchestrator.retry import RetryLimits
from services.orchestrator.worker import WorkerLimits


@dataclass(frozen=True)
class Config(Common):
    """Where the orchestrator listens, whom it asks, how much it does at once and how patient it is."""

    listen: str = setting("127.0.0.1:50050", "Address to listen on, host:port; port 0 takes any free one.")
    prompt_target: str = setting("dns:///127.0.0.1:50051", "gRPC target of the prompt service.")
    moderation_target: str = setting("dns:///127.0.0.1:50052", "gRPC target of the moderation service.")
    image_target: str = setting("dns:///127.0.0.1:50053", "gRPC target of the image service.")
    slots: int = setting(128, "Jobs worked on at once, at least 1.")
    prompt_timeout_s: float = setting(120.0, "Limit of one try to write prompts. Unit: seconds.")
    moderation_timeout_s: float = setting(60.0, "Limit of one try to moderate a prompt. Unit: seconds.")
    image_timeout_s: float = setting(180.0, "Limit of one try to make an image. Unit: seconds.")
    job_deadline_s: float = setting(3600.0, "Time from acceptance to the last try of a step. Unit: seconds.")
    attempts: int = setting(5, "Tries of a step whose model is out of capacity, slow or broken, at least 1.")
    first_delay_s: float = setting(0.25, "Delay before the first retry; it doubles each time. Unit: seconds.")
    max_delay_s: float = setting(10.0, "Longest delay between two retries. Unit: seconds.")
    max_quota_wait_s: float = setting(60.0, "A quota that frees within this time is waited for. Unit: seconds.")
    lease_s: float = setting(30.0, "A job goes to another replica after this time without a sign of life. Seconds.")
    max_deliveries: int = setting(10, "A job that was begun this often without an end fails, at least 1.")
    grace_s: float = setting(30.0, "Time that calls and steps under way get when the process stops. Unit: seconds.")

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, value in vars(self).items():
            if isinstance(value, int | float) and value <= 0:
                raise ConfigError(f"ATELIER_ORCHESTRATOR_{name.upper()} is {value}; it takes a number above 0")

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
        }
