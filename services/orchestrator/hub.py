"""One live subscription to the journal for every watcher in this process: what was, then what comes, each once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.orchestrator import counting
from services.orchestrator.journal import Journal, Record
from services.orchestrator.mailbox import Mailbox

log = telemetry.get_logger(__name__)

RECONNECT_S = 0.5

Listener = Callable[[Record | None], None]


class Hub:
    """Tells listeners about the events of the assets that they care for."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._listeners: dict[str, set[Listener]] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Subscribe; returns once the subscription stands."""
        standing = asyncio.Event()
        self._task = asyncio.create_task(self._run(standing), name="hub")
        waiting = asyncio.ensure_future(standing.wait())
        await asyncio.wait([self._task, waiting], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            await self._task

    async def stop(self) -> None:
        """Unsubscribe."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    @contextmanager
    def listen(self, asset: str, listener: Listener) -> Iterator[None]:
        """Call `listener` with each new record of one asset, and with None where some may have been missed."""
        self._listeners.setdefault(asset, set()).add(listener)
        counting.WATCHED.set(len(self._listeners))
        try:
            yield
        finally:
            listeners = self._listeners[asset]
            listeners.discard(listener)
            if not listeners:
                del self._listeners[asset]
                counting.WATCHED.set(len(self._listeners))

    @contextmanager
    def watch(self, asset: str) -> Iterator[Watch]:
        """A watch of one asset; what is appended from here on will not be missed."""
        watch = Watch(self._journal, asset)
        with self.listen(asset, watch.hear):
            yield watch

    async def _run(self, standing: asyncio.Event) -> None:
        while True:
            try:
                async with self._journal.follow() as feed:
                    if standing.is_set():
                        self._tell_all(None)
                    standing.set()
                    async for record in feed:
                        for listener in tuple(self._listeners.get(record.asset, ())):
                            listener(record)
            except ServiceError as error:
                log.warning("the feed of the journal broke; following it again", error=str(error))
            except Exception:
                log.exception("a defect broke the feed of the journal; following it again")
            await asyncio.sleep(RECONNECT_S)

    def _tell_all(self, record: Record | None) -> None:
        for listeners in tuple(self._listeners.values()):
            for listener in tuple(listeners):
                listener(record)


class Watch:
    """The records of one asset for one watcher."""

    def __init__(self, journal: Journal, asset: str) -> None:
        self._journal = journal
        self._asset = asset
        self._heard: Mailbox[Record | None] = Mailbox()

    def hear(self, record: Record | None) -> None:
        """Take in what the hub tells."""
        self._heard.put(record)

    async def records(self, after: int, *, replay: bool = True) -> AsyncIterator[Record]:
        """Each record after `after` once and in order, up to a final one that nothing follows yet.

        `replay` False saves a read where everything after `after` is appended after the watch began.

        Raises:
            ServiceError: STORE_UNAVAILABLE; EVENTS_EXPIRED where events after `after` are past retention.
        """
        told: deque[Record | None] = deque([None] if replay else ())
        while True:
            if not told:
                told.extend(await self._heard.take())
            heard = told.popleft()
            if heard is not None and heard.sequence <= after:
                continue
            record = None
            for record in [heard] if heard and heard.sequence == after + 1 else await self._read(after):
                yield record
                after = record.sequence
            if record is not None and record.is_final:
                told.extend(await self._heard.take() if self._heard.items else ())
                if not any(later is not None and later.sequence > after for later in told):
                    return

    async def _read(self, after: int) -> Sequence[Record]:
        """What the log has after `after`."""
        records = await self._journal.read(self._asset, after)
        if records and records[0].sequence > after + 1:
            raise _expired(self._asset, after, records[0].sequence)
        return records


def _expired(asset: str, after: int, oldest: int) -> ServiceError:
    message = f"events {after + 1} to {oldest - 1} of {asset} are past retention; the oldest kept is {oldest}"
    metadata = {"oldest_sequence": str(oldest)}
    return ServiceError(Reason.EVENTS_EXPIRED, message, field="after_sequence", metadata=metadata)
