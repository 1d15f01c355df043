"""How many requests a key may make, and how that is said in headers. No clock: the caller says what time it is.

A token bucket: it holds one minute's worth, so a burst of that size passes, and it refills evenly.
The headers are those of the IETF draft "RateLimit header fields for HTTP".
"""

from __future__ import annotations

import math
from dataclasses import dataclass

WINDOW_S = 60


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a request passes, how many more would, and in how many seconds the bucket is full or holds one again."""

    passes: bool
    remaining: int
    full_in_s: float
    next_in_s: float


class Bucket:
    """The requests that one key has left."""

    def __init__(self, per_minute: int, now_s: float) -> None:
        self._capacity = per_minute
        self._level = float(per_minute)
        self._at_s = now_s

    def take(self, now_s: float) -> Decision:
        """Count a request, unless nothing is left."""
        rate = self._capacity / WINDOW_S
        self._level = min(self._capacity, self._level + max(0.0, now_s - self._at_s) * rate)
        self._at_s = now_s
        passes = self._level >= 1.0
        if passes:
            self._level -= 1.0
        next_in_s = max(0.0, 1.0 - self._level) / rate
        return Decision(passes, int(self._level), (self._capacity - self._level) / rate, next_in_s)


class Buckets:
    """One bucket a key."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._buckets: dict[str, Bucket] = {}

    def take(self, key_id: str, now_s: float) -> Decision:
        """Count a request of a key."""
        bucket = self._buckets.get(key_id)
        if bucket is None:
            bucket = self._buckets[key_id] = Bucket(self._per_minute, now_s)
        return bucket.take(now_s)


def policy(per_minute: int, jobs: int) -> str:
    """The RateLimit-Policy header: both limits of a key."""
    return f'"requests";q={per_minute};w={WINDOW_S}, "jobs";q={jobs};qu="concurrent-requests"'


def state(decision: Decision) -> str:
    """The RateLimit header: what is left of the requests."""
    return f'"requests";r={decision.remaining};t={math.ceil(decision.full_in_s)}'
