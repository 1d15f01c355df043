"""Shelves in the memory of one process: nothing outlives it, and no other replica sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.orchestrator.journal import ConflictError
from services.orchestrator.shelf import Item, Shelves


class MemoryShelf:
    """Values as lists; `keeps_all` where more than the last one of a key is kept. See `Shelf`."""

    def __init__(self, *, keeps_all: bool) -> None:
        self._keeps_all = keeps_all
        self._values: dict[str, list[Item]] = {}
        self._place = 0

    async def get(self, key: str) -> Item | None:
        """See `Shelf.get`."""
        values = self._values.get(key)
        return values[-1] if values else None

    async def put(self, key: str, data: bytes, after: int) -> int:
        """See `Shelf.put`."""
        last = await self.get(key)
        if (last.place if last else 0) != after:
            raise ConflictError(f"{key} has another value by now")
        self._place += 1
        item = Item(key, self._place, data)
        self._values[key] = [*self._values.get(key, ()), item] if self._keeps_all else [item]
        return item.place

    async def history(self, key: str) -> Sequence[Item]:
        """See `Shelf.history`."""
        return tuple(self._values.get(key, ()))

    async def items(self, under: str = "", wants: Callable[[str], bool] | None = None) -> Sequence[Item]:
        """See `Shelf.items`."""
        begin = f"{under}." if under else ""
        keys = sorted(key for key in self._values if key.startswith(begin) and (wants is None or wants(key)))
        return [self._values[key][-1] for key in keys]

    async def drop(self, key: str) -> None:
        """See `Shelf.drop`."""
        self._values.pop(key, None)


def memory_shelves() -> Shelves:
    """The shelves of one orchestrator."""
    return Shelves(styles=MemoryShelf(keeps_all=True), books=MemoryShelf(keeps_all=False))
