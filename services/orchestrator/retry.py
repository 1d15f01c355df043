"""Whether a failed step is tried again, and when: one table over the reasons a call can fail for.

The clock and the dice are arguments: `remaining_s` is the time until the job's deadline, `jitter` a number from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from services.kit.errors import Reason, ServiceError


class Rule(Enum):
    """How one kind of failure is retried."""

    BUSY = auto()
    """Another replica may be free: again at once, without a word, until the job's deadline."""
    OUTAGE = auto()
    """Part of Atelier or the way to the provider is away: again with growing delay until the job's deadline."""
    BOUNDED = auto()
    """The provider has a bad moment: a bounded number of tries with growing delay."""
    ONCE = auto()
    """Chance may help: one more try."""
    WAIT = auto()
    """The provider says when to come back: again then, if that is soon."""
    NEVER = auto()
    """The same call cannot succeed."""


RULES: Mapping[Reason, Rule] = {
    Reason.SERVER_BUSY: Rule.BUSY,
    Reason.SERVICE_UNREACHABLE: Rule.OUTAGE,
    Reason.STORE_UNAVAILABLE: Rule.OUTAGE,
    Reason.MODEL_UNREACHABLE: Rule.BOUNDED,
    Reason.DEADLINE_EXCEEDED: Rule.BOUNDED,
    # A service of ours says that it was called off itself. Whoever is just cut off hears SERVICE_UNREACHABLE.
    Reason.CANCELLED: Rule.BOUNDED,
    Reason.MODEL_OUTPUT: Rule.ONCE,
    Reason.MODEL_QUOTA: Rule.WAIT,
}


@dataclass(frozen=True, slots=True)
class RetryLimits:
    """How patient the orchestrator is.

    `attempts` bounds the tries of BOUNDED failures, the first included. Delays double from `first_delay_s` up to
    `max_delay_s`; a busy replica's from `busy_delay_s` up to `max_busy_delay_s`. A quota that ends within
    `max_quota_wait_s` is waited for.
    """

    attempts: int = 5
    first_delay_s: float = 0.25
    max_delay_s: float = 10.0
    max_quota_wait_s: float = 60.0
    busy_delay_s: float = 0.02
    max_busy_delay_s: float = 0.5


DEFAULT_LIMITS = RetryLimits()


def cause(error: ServiceError) -> Reason:
    """The reason that decides about the next try.

    A provider that no connection can be made to was not asked: that is an outage and no bad moment of a model.
    """
    unsent = error.reason is Reason.MODEL_UNREACHABLE and error.metadata.get("sent") == "no"
    return Reason.SERVICE_UNREACHABLE if unsent else error.reason


def retry_delay_s(
    reason: Reason,
    failures: Sequence[Reason],
    *,
    remaining_s: float,
    jitter: float,
    retry_after_s: float | None = None,
    limits: RetryLimits = DEFAULT_LIMITS,
) -> float | None:
    """Seconds until the next try, or None to give up.

    Args:
        reason: why the step failed now, see `cause`.
        failures: why its earlier tries failed, oldest first.
        remaining_s: time until the job's deadline; a try that could only start after it is none.
        jitter: 0 to 1, spreads delays over the upper half of their range.
        retry_after_s: when the other side says that it can answer again.
        limits: how patient to be.
    """
    rule = RULES.get(reason, Rule.NEVER)
    alike = sum(RULES.get(failure, Rule.NEVER) is rule for failure in failures)
    delay_s = backoff_s(alike, jitter, limits)
    match rule:
        case Rule.NEVER | Rule.BUSY:
            return None
        case Rule.ONCE if alike >= 1:
            return None
        case Rule.BOUNDED if alike + 1 >= limits.attempts:
            return None
        case Rule.WAIT if retry_after_s is None or retry_after_s > limits.max_quota_wait_s:
            return None
    # Everybody was told the same moment; the jitter keeps them from coming back in it.
    delay_s = max(delay_s, retry_after_s + delay_s * jitter) if retry_after_s is not None else delay_s
    return delay_s if delay_s < remaining_s else None


def backoff_s(times: int, jitter: float, limits: RetryLimits = DEFAULT_LIMITS) -> float:
    """Seconds until the next try, after `times` (from 0) earlier ones had to be repeated."""
    return _backoff_s(times, limits.first_delay_s, limits.max_delay_s, jitter)


def busy_delay_s(times: int, *, jitter: float, limits: RetryLimits = DEFAULT_LIMITS) -> float:
    """Seconds until another replica is asked, after `times` (from 0) were busy."""
    return _backoff_s(times, limits.busy_delay_s, limits.max_busy_delay_s, jitter)


def _backoff_s(times: int, first_s: float, most_s: float, jitter: float) -> float:
    # The exponent is bounded because a float is not.
    return min(most_s, first_s * 2.0 ** min(times, 32)) * (0.5 + 0.5 * jitter)
