"""The journal on JetStream: one subject a log, one message an append, and an append only at the end one knows.

The server compares the place of a subject's last message with the one that an append expects, so that whoever decided
from an old log is refused, however late its message arrives. So is an append that is repeated although it was stored;
whoever repeats it finds it in the log. Message ids, for which the server would keep a table, are not needed.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import NamedTuple

import orjson
from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.kit import metrics
from services.kit.errors import Reason, ServiceError
from services.orchestrator import counting
from services.orchestrator.jetstream.client import Message
from services.orchestrator.jetstream.codec import LAST, pack, read_headers, unpack, write_headers
from services.orchestrator.jetstream.feed import Feed
from services.orchestrator.jetstream.index import Index
from services.orchestrator.jetstream.reading import Reader, Stored
from services.orchestrator.jetstream.storing import store
from services.orchestrator.jetstream.streams import Streams, asset_of
from services.orchestrator.jetstream.wire import ApiError, Wire, unavailable
from services.orchestrator.journal import ConflictError, Record
from services.orchestrator.summary import EVERYTHING, Selection, Summary, summarise
from services.orchestrator.usage import Query, Rows, leave_out

KNOWN_ENDS = 20_000
FRESH_LOGS, FRESH_BYTES = 1000, 16 * 1024


class _End(NamedTuple):
    """The end of a log: sequence of its last event, place of its last message in the stream, summary."""

    sequence: int
    place: int
    summary: Summary


class _Writing(NamedTuple):
    """An append under way."""

    payload: bytes
    summary: Summary
    records: Sequence[Record]
    ended: asyncio.Future[None]


class JetStreamJournal:
    """Event logs in a stream; see `Journal` for what each method promises."""

    def __init__(self, wire: Wire, streams: Streams) -> None:
        self._wire = wire
        self._streams = streams
        replicated = streams.replicas > 1
        self._reader = Reader(wire, streams.events, replicated=replicated)
        self._claims = Reader(wire, streams.claims, replicated=replicated)
        self._index = Index()
        self._feed = Feed(wire, streams, self._reader, self._index, self._hear)
        self._ends: OrderedDict[str, _End] = OrderedDict()
        self._fresh: OrderedDict[str, Sequence[Record]] = OrderedDict()
        self._writing: dict[str, _Writing] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[JetStreamJournal]:
        """Follow the stream while the context lasts."""
        await self._feed.start()
        try:
            yield self
        finally:
            await self._feed.stop()

    async def claim(self, key: str, digest: str, asset: str) -> str:
        """See `Journal.claim`."""
        subject = self._streams.claim_subject(_hash(key))
        value = orjson.dumps({"digest": digest, "asset": asset})
        with suppress(ConflictError):
            await store(self._wire, subject, value, 0)
            return asset
        first = await self._claims.leaders_last(subject)
        if first is None:
            raise unavailable("has just forgotten a claim")
        claim = orjson.loads(first.data)
        if claim["digest"] != digest:
            message = "request_id was used before with another request"
            metadata = {"asset": claim["asset"]}
            raise ServiceError(Reason.REQUEST_ID_REUSED, message, field="request_id", metadata=metadata)
        return str(claim["asset"])

    async def claimed(self, key: str) -> str:
        """See `Journal.claimed`."""
        first = await self._claims.leaders_last(self._streams.claim_subject(_hash(key)))
        return str(orjson.loads(first.data)["asset"]) if first else ""

    async def append(self, asset: str, events: Sequence[AssetEvent], after: int) -> None:
        """See `Journal.append`."""
        if not events:
            return
        end = await self._end_at(asset, after)
        summary = end.summary if end else None
        for event in events:
            summary = summarise(event, summary)
        assert summary is not None
        payload = pack(events)
        headers = write_headers(summary, events[-1].sequence)
        writing = self._writing[asset] = _Writing(payload, summary, [Record(event) for event in events], _future())
        try:
            subject = self._streams.event_subject(asset)
            with metrics.timed(counting.APPENDS):
                place = await store(self._wire, subject, payload, end.place if end else 0, headers)
        except (ConflictError, ServiceError):
            self._ends.pop(asset, None)
            raise
        else:
            self._know(asset, _End(events[-1].sequence, place, summary))
            if after == 0 and len(payload) <= FRESH_BYTES:
                self._remember(asset, writing.records)
        finally:
            self._writing.pop(asset, None)
            writing.ended.set_result(None)

    async def read(self, asset: str, after: int = 0) -> Sequence[Record]:
        """See `Journal.read`."""
        end = self._ends.get(asset)
        place = end.place + 1 if end and end.sequence == after else 1
        stored = await self._reader.since(self._streams.event_subject(asset), place)
        if stored:
            self._learn(asset, stored[-1])
        records = (Record(event) for message in stored for event in unpack(message.data))
        return [record for record in records if record.sequence > after]

    async def recall(self, asset: str) -> Sequence[Record]:
        """See `Journal.recall`: a log that was begun here and that nobody was heard to have gone on with."""
        if (writing := self._writing.get(asset)) is not None:
            await asyncio.wait([writing.ended])
        records, end = self._fresh.pop(asset, ()), self._ends.get(asset)
        return records if records and end and end.sequence == records[-1].sequence else ()

    async def head(self, asset: str) -> Record | None:
        """See `Journal.head`."""
        stored = await self._reader.last(self._streams.event_subject(asset))
        if stored is None:
            return None
        self._learn(asset, stored)
        return _last_record(stored)

    async def sure_head(self, asset: str) -> Record | None:
        """See `Journal.sure_head`."""
        await self._reader.check_led()
        return await self.head(asset)

    async def heads(self, before: str, limit: int, selection: Selection = EVERYTHING) -> Sequence[Record]:
        """See `Journal.heads`."""
        await self._feed.catch_up()
        found: list[Record] = []
        while len(found) < limit:
            names = self._index.older(before, limit - len(found), selection)
            if not names:
                break
            before = names[-1]
            stored = await self._reader.last_of([self._streams.event_subject(name) for name in names])
            heads = {asset_of(message.subject): _last_record(message) for message in stored}
            for name in names:
                if name in heads:
                    found.append(heads[name])
                else:
                    self._index.drop(name)
        return found

    async def usage(self, query: Query, without: Collection[str] = ()) -> Rows:
        """See `Journal.usage`."""
        await self._feed.catch_up()
        rows = self._index.usage(query)
        for summary in (self._index.summary(asset) for asset in without):
            if summary is not None:
                leave_out(rows, query, summary)
        return rows

    def follow(self) -> AbstractAsyncContextManager[AsyncIterator[Record]]:
        """See `Journal.follow`."""
        return self._feed.follow()

    async def delete(self, asset: str, key: str) -> None:
        """See `Journal.delete`.

        The claim goes first: what is left of a deletion that broke off is an asset that can be deleted again.
        """
        if key:
            await self._unclaim(self._streams.claim_subject(_hash(key)), asset)
        await self._purge(self._streams.events, {"filter": self._streams.event_subject(asset)})
        await self._purge(self._streams.jobs, {"filter": self._streams.job_subject(asset)})
        self._ends.pop(asset, None)
        self._fresh.pop(asset, None)
        self._index.drop(asset)
        await self._wire.publish(self._streams.gone_subject(asset))

    async def _unclaim(self, subject: str, asset: str) -> None:
        claim = await self._claims.leaders_last(subject)
        if claim is not None and orjson.loads(claim.data)["asset"] == asset:
            await self._purge(self._streams.claims, {"filter": subject, "seq": claim.place + 1})

    async def _purge(self, stream: str, request: dict[str, object]) -> None:
        try:
            await self._wire.api(f"STREAM.PURGE.{stream}", request)
        except ApiError as error:
            raise unavailable(f"refuses a deletion: {error}") from error

    async def _end_at(self, asset: str, after: int) -> _End | None:
        """The end of the log, which has to be at `after`; None for 0."""
        if after == 0:
            return None
        end = self._ends.get(asset)
        if end is None or end.sequence != after:
            await self.head(asset)
            end = self._ends.get(asset)
        if end is None or end.sequence != after:
            raise ConflictError(f"{asset} does not end at {after}")
        return end

    def _learn(self, asset: str, stored: Stored) -> None:
        last = int(stored.headers.get(LAST, "0"))
        self._know(asset, _End(last, stored.place, read_headers(stored.headers)))

    def _know(self, asset: str, end: _End) -> None:
        known = self._ends.get(asset)
        if known is None or known.place < end.place:
            self._ends[asset] = end
        self._ends.move_to_end(asset)
        if len(self._ends) > KNOWN_ENDS:
            self._ends.popitem(last=False)

    def _remember(self, asset: str, records: Sequence[Record]) -> None:
        self._fresh[asset] = records
        if len(self._fresh) > FRESH_LOGS:
            self._fresh.popitem(last=False)

    def _hear(self, asset: str, place: int, message: Message) -> tuple[Summary, Sequence[Record]]:
        """Take in a message that was stored; returns what it tells, which is at hand where it was written here."""
        writing = self._writing.get(asset)
        if writing is not None and writing.payload == message.data:
            summary, records = writing.summary, writing.records
        else:
            summary, records = read_headers(message.headers), [Record(event) for event in unpack(message.data)]
        known = self._ends.get(asset)
        if known is not None and known.place < place and records:
            self._ends[asset] = _End(records[-1].sequence, place, summary)
            self._fresh.pop(asset, None)
        return summary, records


def _last_record(stored: Stored) -> Record:
    *_, event = unpack(stored.data)
    return Record(event)


def _future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


def _hash(key: str) -> str:
    # Anything may stand in a request id; a subject takes only some characters.
    return hashlib.sha256(key.encode()).hexdigest()
