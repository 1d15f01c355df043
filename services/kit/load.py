"""How much work a replica can take, as it finds out from its own calls, and the report of it that callers balance by.

gRPC's weighted_round_robin gives each replica calls in proportion to `rps_fractional / application_utilization` of the
last report that it sent (ORCA, gRFC A51). That quotient is the capacity here: calls a second with every slot taken. It
does not depend on how many calls came, so a replica that got few is not taken for a slow one.
"""

from __future__ import annotations

import math
import struct
import time
from collections.abc import Callable

REPORT_KEY = "endpoint-load-metrics-bin"
# Long enough for a dozen pictures, short enough for a replica that healed to be trusted again soon.
HALF_LIFE_S = 5.0
WINDOW_S = HALF_LIFE_S / math.log(2)
# Where nothing has succeeded yet.
PRESUMED_S = 1.0
# A replica that fails everything keeps a little weight: gRPC ignores a report without any.
LEAST_SHARE = 0.1


class Load:
    """What one server has done lately; older calls count for less and less."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._last_s = now_s()
        self._limit = 1
        self._good = 0.0
        self._bad = 0.0
        self._seconds = 0.0
        # What a call takes that succeeds; None as long as none has.
        self.usual_s: float | None = None

    def note(self, limit: int, seconds: float, *, good: bool) -> None:
        """A call has ended that held one of `limit` slots for so long; one that was refused or failed is not good."""
        now_s = self._now_s()
        fade = 0.5 ** ((now_s - self._last_s) / HALF_LIFE_S)
        self._last_s, self._limit = now_s, limit
        self._good, self._bad, self._seconds = self._good * fade, self._bad * fade, self._seconds * fade
        if good:
            self._good += 1
            self._seconds += seconds
            self.usual_s = max(self._seconds / self._good, 1e-4)
        else:
            self._bad += 1

    @property
    def capacity(self) -> float:
        """Calls a second with every slot taken, less for what fails."""
        total = self._good + self._bad
        share = self._good / total if total else 1.0
        return self._limit / (self.usual_s or PRESUMED_S) * max(LEAST_SHARE, share) ** 2

    @property
    def rate(self) -> float:
        """Calls a second, lately."""
        return max((self._good + self._bad) / WINDOW_S, 1e-3)

    def report(self) -> bytes:
        """An `xds.data.orca.v3.OrcaLoadReport`: its doubles rps_fractional, eps and application_utilization."""
        fields = ((6, self.rate), (7, self._bad / WINDOW_S), (9, self.rate / self.capacity))
        return b"".join(bytes([number << 3 | 1]) + struct.pack("<d", value) for number, value in fields)
