"""A shelf on JetStream: a stream with one subject a key, whose server compares before it writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from services.orchestrator.jetstream.reading import BATCH, Reader, Stored
from services.orchestrator.jetstream.storing import store
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.jetstream.wire import ApiError, Wire, unavailable
from services.orchestrator.shelf import Item, Shelves


class JetStreamShelf:
    """The values of one stream, all of whose subjects begin with `root` and a dot; see `Shelf`."""

    def __init__(self, wire: Wire, stream: str, root: str, *, replicated: bool) -> None:
        self._wire = wire
        self._stream = stream
        self._root = root
        self._reader = Reader(wire, stream, replicated=replicated)

    async def get(self, key: str) -> Item | None:
        """See `Shelf.get`."""
        stored = await self._reader.leaders_last(self._subject(key))
        return self._item(stored) if stored else None

    async def put(self, key: str, data: bytes, after: int) -> int:
        """See `Shelf.put`."""
        return await store(self._wire, self._subject(key), data, after)

    async def history(self, key: str) -> Sequence[Item]:
        """See `Shelf.history`."""
        return [self._item(stored) for stored in await self._reader.since(self._subject(key), 1)]

    async def items(self, under: str = "", wants: Callable[[str], bool] | None = None) -> Sequence[Item]:
        """See `Shelf.items`."""
        subjects = await self._subjects(f"{under}.>" if under else ">")
        if wants is not None:
            subjects = [subject for subject in subjects if wants(self._key(subject))]
        chunks = [subjects[start : start + BATCH] for start in range(0, len(subjects), BATCH)]
        stored = await asyncio.gather(*(self._reader.last_of(chunk) for chunk in chunks))
        return sorted(self._item(message) for messages in stored for message in messages)

    async def drop(self, key: str) -> None:
        """See `Shelf.drop`."""
        try:
            await self._wire.api(f"STREAM.PURGE.{self._stream}", {"filter": self._subject(key)})
        except ApiError as error:
            raise unavailable(f"refuses to forget a value: {error}") from error

    async def _subjects(self, keys: str) -> list[str]:
        """The subjects of all keys that a pattern matches."""
        found: list[str] = []
        while True:
            request = {"subjects_filter": self._subject(keys), "offset": len(found)}
            try:
                answer = await self._wire.api(f"STREAM.INFO.{self._stream}", request)
            except ApiError as error:
                raise unavailable(f"refuses a list: {error}") from error
            state = answer["state"]
            assert isinstance(state, dict)
            page = state.get("subjects") or {}
            found += page
            if not page or len(found) >= int(str(answer.get("total", 0))):
                return found

    def _subject(self, key: str) -> str:
        return f"{self._root}.{key}"

    def _item(self, stored: Stored) -> Item:
        return Item(self._key(stored.subject), stored.place, stored.data)

    def _key(self, subject: str) -> str:
        return subject.removeprefix(f"{self._root}.")


def jetstream_shelves(wire: Wire, streams: Streams) -> Shelves:
    """The shelves of one orchestrator."""
    replicated = streams.replicas > 1
    return Shelves(
        styles=JetStreamShelf(wire, streams.styles, streams.styles_root, replicated=replicated),
        books=JetStreamShelf(wire, streams.books, streams.books_root, replicated=replicated),
    )
