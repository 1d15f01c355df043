"""The life of a subscription: what the outcome of a delivery makes of it. No I/O, no clock.

ACTIVE ── all is delivered, and the log has come to its end ──> COMPLETE ── the log goes on ──> ACTIVE
   ├───── the receiver answers 410 Gone ──────────────────────> GONE
   ├───── an event could not be delivered for a day ──────────> EXHAUSTED
   └───── the events are past their retention ────────────────> EXPIRED

The log of a final asset goes on when a person decides otherwise or changes its texts. A gateway that is asked to do
so looks again at once; for what others were asked, it looks after pauses that grow with the age of the subscription.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from gateway.webhooks import backoff

# A look at a log that ended costs little, but there are many of those: some 50 looks in the 30 days that each is kept.
FIRST_LOOK_S = 60.0
LOOK_SHARE = 0.25


class State(StrEnum):
    """Where a subscription is in its life; all but ACTIVE and COMPLETE are final."""

    ACTIVE = "ACTIVE"
    COMPLETE = "COMPLETE"
    GONE = "GONE"
    EXHAUSTED = "EXHAUSTED"
    EXPIRED = "EXPIRED"


# There may be something to deliver yet.
LIVE = (State.ACTIVE, State.COMPLETE)


@dataclass(frozen=True, slots=True)
class Subscription:
    """The webhook of one asset. Times are Unix times in seconds.

    `delivered` is the sequence number of the last event that the receiver took; `attempts`, `first_attempt_s` and
    `next_attempt_s` belong to the event after it, or say when a complete one looks again. `last_status` is 0 where no
    answer came.
    """

    asset: str
    url: str
    events: tuple[str, ...]
    traceparent: str
    create_time_s: float
    next_attempt_s: float
    state: State = State.ACTIVE
    delivered: int = 0
    attempts: int = 0
    first_attempt_s: float = 0.0
    last_attempt_s: float = 0.0
    last_status: int = 0
    last_problem: str = ""

    def wants(self, kind: str) -> bool:
        """Whether events of this kind (its JSON name) go to the receiver."""
        return not self.events or kind in self.events


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended: the HTTP status, or 0 and the reason why there is none; what `Retry-After` asked for."""

    status: int = 0
    problem: str = ""
    retry_after_s: float = 0.0

    @property
    def is_success(self) -> bool:
        """Whether the receiver took the event."""
        return 200 <= self.status < 300


def attempted(
    subscription: Subscription, sequence: int, outcome: Outcome, *, began_s: float, now_s: float, jitter: float
) -> Subscription:
    """The subscription after an attempt to deliver one event."""
    subscription = replace(subscription, state=State.ACTIVE)
    tried = replace(subscription, last_attempt_s=began_s, last_status=outcome.status, last_problem=_problem_of(outcome))
    if outcome.is_success:
        return replace(tried, delivered=sequence, attempts=0, first_attempt_s=0.0, next_attempt_s=now_s)
    first_s = subscription.first_attempt_s or began_s
    tried = replace(tried, attempts=subscription.attempts + 1, first_attempt_s=first_s)
    if outcome.status == 410:
        return replace(tried, state=State.GONE)
    next_s = backoff.next_attempt_s(
        first_s=first_s, now_s=now_s, attempts=tried.attempts, asked_s=outcome.retry_after_s, jitter=jitter
    )
    return replace(tried, state=State.EXHAUSTED) if next_s is None else replace(tried, next_attempt_s=next_s)


def completed(subscription: Subscription, now_s: float) -> Subscription:
    """The subscription once no event follows for now."""
    pause_s = max(FIRST_LOOK_S, LOOK_SHARE * (now_s - subscription.create_time_s))
    return replace(subscription, state=State.COMPLETE, next_attempt_s=now_s + pause_s)


def expired(subscription: Subscription) -> Subscription:
    """The subscription once events that it still needs are gone."""
    problem = "the events are past their retention"
    return replace(subscription, state=State.EXPIRED, last_problem=problem)


def postponed(subscription: Subscription, until_s: float) -> Subscription:
    """The subscription after a trouble on our own side, which does not count as an attempt."""
    return replace(subscription, next_attempt_s=until_s)


def _problem_of(outcome: Outcome) -> str:
    if outcome.is_success or outcome.problem:
        return outcome.problem
    if 300 <= outcome.status < 400:
        return "the receiver redirects, which is not followed"
    return f"the receiver answered {outcome.status}"
