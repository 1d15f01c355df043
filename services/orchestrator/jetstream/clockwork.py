"""Numbers that all replicas share, in a key-value bucket in memory: changed only from the value that was read."""

from __future__ import annotations

from collections.abc import Callable

from services.kit.errors import ServiceError
from services.orchestrator.jetstream.reading import Reader
from services.orchestrator.jetstream.storing import store
from services.orchestrator.jetstream.streams import Streams, ensure
from services.orchestrator.jetstream.wire import ApiError, Wire, unavailable
from services.orchestrator.journal import ConflictError


class JetStreamClockwork:
    """Numbers in a bucket; see `Clockwork`. They do not outlive the server, which is as if no call had been made."""

    def __init__(self, wire: Wire, streams: Streams) -> None:
        self._wire = wire
        self._streams = streams
        self._reader = Reader(wire, streams.limits, replicated=streams.replicas > 1)
        self._known: dict[str, tuple[int, float]] = {}

    async def change(self, name: str, step: Callable[[float], float]) -> None:
        """See `Clockwork.change`."""
        subject = self._streams.limit_subject(name)
        while True:
            place, number = self._known.get(name) or await self._read(subject)
            number = step(number)
            try:
                place = await store(self._wire, subject, repr(number).encode(), place)
            except ConflictError:
                self._known.pop(name, None)
            except ServiceError:
                self._known.pop(name, None)
                # A server that was restarted has lost the bucket.
                await self._mend()
                raise
            else:
                self._known[name] = place, number
                return

    async def _read(self, subject: str) -> tuple[int, float]:
        stored = await self._reader.leaders_last(subject)
        return (stored.place, float(stored.data)) if stored else (0, 0.0)

    async def _mend(self) -> None:
        try:
            await ensure(self._wire, self._streams)
        except ApiError as error:
            raise unavailable(f"has no rate limits: {error}") from error
