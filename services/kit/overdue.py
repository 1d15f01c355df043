"""Calls that hang: several that have held a slot far longer than calls of their replica take, and none that succeeded.

A replica whose line to a model or a store is broken may end no call for minutes, and so report nothing. Its slots tell.
A call that succeeds clears all that were overdue by then: where one model of several hangs, or one caller's work is
long, the replica is as good as the others.
"""

from __future__ import annotations

from services.kit.slots import Work

# How many times as long as usual is far longer, and how long at least. Unit: seconds.
TIMES, LEAST_S = 10.0, 15.0
# For a replica that has not succeeded yet: a model may have to be loaded. Unit: seconds.
FIRST_S = 60.0


def overdue_s(usual_s: float | None) -> float:
    """How long a call may hold its slot before it is overdue, where it usually takes `usual_s`; None: nobody knows."""
    return FIRST_S if usual_s is None else max(LEAST_S, TIMES * usual_s)


class AtHand:
    """The calls that a replica is working on. Time is in seconds, and the caller's."""

    def __init__(self) -> None:
        # In the order in which they came; they take their slots nearly in that order.
        self._calls: dict[Work, None] = {}
        self._cleared_s = 0.0

    def __bool__(self) -> bool:
        return bool(self._calls)

    def begins(self, work: Work) -> None:
        """A call has come."""
        self._calls[work] = None

    def ends(self, work: Work) -> None:
        """A call has ended, whichever way."""
        self._calls.pop(work, None)

    def succeeded(self, now_s: float) -> None:
        """A call that held a slot has succeeded."""
        self._cleared_s = now_s

    def overdue(self, usual_s: float | None, now_s: float) -> int:
        """How many have held their slots for too long, without a success since they were overdue."""
        limit_s, count = overdue_s(usual_s), 0
        for work in self._calls:
            if not work.begun_s:
                continue
            if work.begun_s + limit_s > now_s:
                break
            count += work.begun_s + limit_s > self._cleared_s
        return count

    def was_overdue(self, work: Work, usual_s: float | None, now_s: float) -> bool:
        """Whether a call that was broken off just now was one of them."""
        over_s = work.seconds - overdue_s(usual_s)
        return over_s >= 0 and now_s - over_s > self._cleared_s
