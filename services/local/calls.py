"""A record of the last model requests, for tests and drills."""

from __future__ import annotations

import time
import uuid
from collections import deque
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

KEPT = 1000


@dataclass(slots=True)
class Call:
    """One model request. `status` is 0 while it is under way, 499 where the client left before the answer."""

    model: str
    trace_id: str = ""
    task: str = ""
    status: int = 0
    cancelled: bool = False
    duration_ms: float = 0.0
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))
    began: float = field(default_factory=time.perf_counter)

    def finish(self, status: int) -> None:
        """The answer went out with this HTTP status; a call ends once."""
        if not self.status:
            self.status = status
            self.duration_ms = round((time.perf_counter() - self.began) * 1000, 3)

    def cancel(self) -> None:
        """The client left."""
        if not self.status:
            self.cancelled = True
            self.finish(499)

    def row(self) -> dict[str, object]:
        """The record in its JSON form."""
        shown = asdict(self)
        del shown["began"]
        return shown


class CallLog:
    """The last 1000 calls, oldest first; a call stands in it from its begin."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)

    def begin(self, model: str, trace_id: str) -> Call:
        """Record a new call."""
        call = Call(model, trace_id)
        self._calls.append(call)
        return call

    def clear(self) -> None:
        """Forget every call."""
        self._calls.clear()

    def listing(self) -> list[dict[str, object]]:
        """The calls in their JSON form."""
        return [call.row() for call in self._calls]
