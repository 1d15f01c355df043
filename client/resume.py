"""Going on after a failure: where in an asset's log a reader is, and how long to wait before the next try. No I/O."""

from __future__ import annotations

from dataclasses import dataclass

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from .errors import AtelierError, Limited, Unreachable

# The last one repeats. Unit: seconds.
DELAYS_S = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
# Time to spend without progress: on a server never heard of, on one that went away, on waiting for a free place.
FIRST_CONTACT_S = 2.0
OUTAGE_S = 90.0
LIMITED_S = 900.0


@dataclass(slots=True)
class Patience:
    """How long to wait for the next try; `heard` says that the server has answered before.

    Pauses and tries in which nothing was heard count. A stream in which nothing happens is no such try, however long
    it stood.
    """

    heard: bool = False
    waited_s: float = 0.0
    failures: int = 0

    def progress(self) -> None:
        """The server did something for us; the next failure is a first one again."""
        self.heard, self.waited_s, self.failures = True, 0.0, 0

    def next_delay_s(self, error: AtelierError) -> float:
        """Time until the next try.

        Raises:
            AtelierError: the error itself, where another try would not help or there were enough.
        """
        if isinstance(error, Limited):
            budget_s = LIMITED_S
        elif isinstance(error, Unreachable):
            budget_s = OUTAGE_S if self.heard else FIRST_CONTACT_S
            self.waited_s += error.silent_s
        else:
            raise error
        delay_s = DELAYS_S[min(self.failures, len(DELAYS_S) - 1)]
        if isinstance(error, Limited) and error.retry_after_s is not None:
            delay_s = max(delay_s, error.retry_after_s)
        if self.waited_s + delay_s > budget_s:
            raise error
        self.failures += 1
        self.waited_s += delay_s
        return delay_s


@dataclass(slots=True)
class Position:
    """Where in an asset's log a reader is: the last event it has, and the asset where that one is a place to rest.

    Such a place is a final event, or one that asks for a review; the log may go on behind either.
    """

    name: str = ""
    after: int = 0
    final: pb.Asset | None = None
    waiting: pb.Asset | None = None

    @property
    def rest(self) -> pb.Asset | None:
        """The asset, where nothing goes on by itself as far as the reader knows."""
        return self.final or self.waiting

    def take(self, event: pb.AssetEvent) -> bool:
        """Move on to an event; False for one that the reader already has.

        Raises:
            Unreachable: events before it are missing; they have to be asked for again.
        """
        if event.sequence <= self.after:
            return False
        if event.sequence > self.after + 1:
            raise Unreachable(f"event {self.after + 1} of {event.asset} did not arrive")
        self.name, self.after, self.waiting = event.asset, event.sequence, None
        self.final = event.finished.asset if event.HasField("finished") else None
        return True
