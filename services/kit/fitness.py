"""Whether a replica is fit to work: several failures of its own in a row say no, for a while that doubles.

After the while it is on probation: the next call decides; where calls hang, one call at a time, because it takes so
long to find out. Callers that watch SERVICE in the health service pass over a replica that is not fit; everything else
that it serves, and its readiness, stay as they are.
"""

from __future__ import annotations

from services.kit.errors import Reason, ServiceError

SERVICE = "atelier.fitness"

IN_A_ROW = 5
FIRST_REST_S = 1.0
MAX_REST_S = 10.0

# What another replica might do better. What a caller sent, a model's bad moment or full slots are no sickness.
OWN = frozenset({Reason.INTERNAL, Reason.STORE_UNAVAILABLE, Reason.SIGNING_FAILED, Reason.SERVICE_UNREACHABLE})


def own_failure(error: ServiceError) -> bool:
    """Whether an error tells of this replica, and not of its caller or a model.

    A provider that it cannot connect to may be reached from elsewhere.
    """
    unsent = error.reason is Reason.MODEL_UNREACHABLE and error.metadata.get("sent") == "no"
    return unsent or error.reason in OWN


class Fitness:
    """The judgement of one replica over itself. Time is in seconds, and the caller's."""

    def __init__(self) -> None:
        self._failures = 0
        self._rests = 0
        self._until_s = 0.0
        self._hung = False

    def failed(self, now_s: float, *, hung: bool = False) -> None:
        """A call failed by the replica's own fault; `hung`: only because somebody called it off."""
        self._failures += 1
        self._hung = hung
        if self._failures >= (1 if self._rests else IN_A_ROW) and now_s >= self._until_s:
            self._until_s = now_s + min(MAX_REST_S, FIRST_REST_S * 2.0**self._rests)
            self._rests = min(self._rests + 1, 16)

    def succeeded(self) -> None:
        """A call succeeded: all is well again."""
        self._failures = self._rests = 0
        self._until_s = 0.0
        self._hung = False

    @property
    def one_at_a_time(self) -> bool:
        """Whether, on probation, the replica is fit for one call and not for more."""
        return self._hung and self._rests > 0

    def rest_s(self, now_s: float) -> float:
        """How long the replica is unfit from now on; 0 where it is fit or on probation."""
        return max(0.0, self._until_s - now_s)
