"""What a running call knows about itself: its deadline and how many provider requests it may make.

The server sets both at the edge; whatever runs on behalf of the call reads them, and outgoing calls send them on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ATTEMPTS_KEY = "atelier-model-attempts"

_deadline: ContextVar[float | None] = ContextVar("atelier_deadline", default=None)
_attempts: ContextVar[int] = ContextVar("atelier_model_attempts", default=0)


@contextmanager
def scope(remaining_s: float | None, model_attempts: int = 0) -> Iterator[None]:
    """Run a block as one call.

    It ends in `remaining_s` and may make `model_attempts` requests to a provider; 0 leaves that to whoever makes them.
    """
    before = _deadline.get(), _attempts.get()
    enter(remaining_s, model_attempts)
    try:
        yield
    finally:
        _deadline.set(before[0])
        _attempts.set(before[1])


def enter(remaining_s: float | None, model_attempts: int) -> None:
    """Make the running task one call, as `scope` does for a block."""
    _deadline.set(None if remaining_s is None else time.monotonic() + remaining_s)
    _attempts.set(max(0, model_attempts))


def remaining_s(at_most_s: float) -> float:
    """Seconds an outgoing request may take: what is left of the caller's deadline, 0 to `at_most_s`."""
    deadline = _deadline.get()
    if deadline is None:
        return at_most_s
    return max(0.0, min(at_most_s, deadline - time.monotonic()))


def has_deadline() -> bool:
    """Whether the caller set a deadline."""
    return _deadline.get() is not None


def model_attempts(default: int) -> int:
    """How many requests to the provider this call may make: the caller's word, else `default`."""
    return _attempts.get() or default
