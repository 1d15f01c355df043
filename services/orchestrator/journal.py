"""The port to the event logs: one log an asset, appended to by whoever knows its end.

Every method may raise ServiceError STORE_UNAVAILABLE. For a write that means that nobody knows whether it happened;
`append_surely` finds out. An asset is named by its resource name, "assets/{id}".
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cached_property
from typing import Protocol

from atelier.orchestrator.v1.orchestrator_pb2 import (
    AssetEvent,
    CreateAssetResponse,
    ReplayAssetResponse,
    WatchAssetResponse,
)

from services.kit.errors import Reason, ServiceError
from services.orchestrator.summary import EVERYTHING, Selection
from services.orchestrator.usage import Query, Rows


class ConflictError(Exception):
    """Somebody else has written to the log: what was about to be written was decided from an old state."""


class Record:
    """One event of a log, shared by everybody who reads it; nobody may change it.

    The responses that carry it are made once, however many watchers there are.
    """

    def __init__(self, event: AssetEvent) -> None:
        self.event = event
        self.asset = event.asset
        self.sequence = event.sequence

    @property
    def is_final(self) -> bool:
        """Whether no event follows, unless a person takes the asset up again."""
        return self.event.HasField("finished")

    @cached_property
    def created(self) -> CreateAssetResponse:
        """The event as CreateAsset sends it."""
        return CreateAssetResponse(event=self.event)

    @cached_property
    def replayed(self) -> ReplayAssetResponse:
        """The event as ReplayAsset sends it."""
        return ReplayAssetResponse(event=self.event)

    @cached_property
    def watched(self) -> WatchAssetResponse:
        """The event as WatchAsset sends it."""
        return WatchAssetResponse(event=self.event)


class Journal(Protocol):
    """Durable event logs, shared by all replicas."""

    async def claim(self, key: str, digest: str, asset: str) -> str:
        """The asset that belongs to a key, made of owner and request id: `asset` if it is new, else the first claim's.

        A claim says nothing about the log: whoever made it may have died before the first event. Kept for 7 days.

        Raises:
            ServiceError: REQUEST_ID_REUSED where the first claim was made with another `digest`.
        """
        ...

    async def claimed(self, key: str) -> str:
        """The asset that belongs to a key; empty where nobody has claimed it."""
        ...

    async def append(self, asset: str, events: Sequence[AssetEvent], after: int) -> None:
        """Append stamped events, whose sequences follow `after`, if `after` is the last one of the log (0: no log).

        The events belong to the journal from here on. A crash may leave the first few of them.

        Raises:
            ConflictError: the log ends elsewhere, and nothing was appended.
        """
        ...

    async def read(self, asset: str, after: int = 0) -> Sequence[Record]:
        """The events after `after`, in order; empty for an unknown asset.

        The first of them has a higher sequence than `after + 1` where the events between are past retention.

        Holds every event whose append has returned and every one that `follow` has told of.
        """
        ...

    async def recall(self, asset: str) -> Sequence[Record]:
        """A log as far as this replica happens to know it, from its first event on, without asking; or nothing.

        What it is writing just now is waited for. It may be behind: good enough to begin from for whoever is refused
        when it appends to an old end.
        """
        ...

    async def head(self, asset: str) -> Record | None:
        """The last event of a log, or None for an unknown asset."""
        ...

    async def sure_head(self, asset: str) -> Record | None:
        """As `head`, but not from a store that may have been cut off from its newest events."""
        ...

    async def heads(self, before: str, limit: int, selection: Selection = EVERYTHING) -> Sequence[Record]:
        """The last event of each of up to `limit` wanted logs, newest asset first, older than the asset `before`.

        Empty `before` begins with the newest. `before` need not exist any more. A log that is written to meanwhile may
        have changed its state.
        """
        ...

    async def usage(self, query: Query, without: Collection[str] = ()) -> Rows:
        """What assets cost by day and owner; those named in `without` are not counted."""
        ...

    def follow(self) -> AbstractAsyncContextManager[AsyncIterator[Record]]:
        """Every event of every log, appended from the moment the context is entered on.

        The events of one log come in order; some may come twice. The iteration raises STORE_UNAVAILABLE where events
        may have been missed; follow again and read what matters.
        """
        ...

    async def delete(self, asset: str, key: str) -> None:
        """Forget a log, and the claim of `key` if it is this asset's; unknown ones are no error."""
        ...


async def append_surely(journal: Journal, asset: str, events: Sequence[AssetEvent], after: int) -> None:
    """Append as `Journal.append`, and where the outcome is unknown read it back from the log.

    Safe to call again with the same events.

    Raises:
        ConflictError: the log goes on with events of somebody else.
        ServiceError: STORE_UNAVAILABLE; whether the events are in the log is still unknown.
    """
    while events:
        try:
            await journal.append(asset, events, after)
        except (ConflictError, ServiceError) as error:
            if isinstance(error, ServiceError) and error.reason is not Reason.STORE_UNAVAILABLE:
                raise
            written = _own_prefix(await journal.read(asset, after), events)
            if not written:
                raise
            events, after = events[written:], after + written
        else:
            return


def _own_prefix(records: Sequence[Record], events: Sequence[AssetEvent]) -> int:
    """How many of the events are in the log already."""
    for record, event in zip(records, events, strict=False):
        if record.event != event:
            raise ConflictError(f"{event.asset}: event {event.sequence} is somebody else's")
    return min(len(records), len(events))
