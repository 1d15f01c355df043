"""What comes for one reader, in order; it takes all that is there at once.

asyncio's queue costs a dozen calls an item, and each event of a job passes three of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Takes items from anybody on the event loop, for one reader."""

    def __init__(self) -> None:
        self._items: list[T] = []
        self._reader: asyncio.Future[None] | None = None

    @property
    def items(self) -> Sequence[T]:
        """What has come and was not taken yet."""
        return self._items

    def put(self, item: T) -> None:
        """Add an item."""
        self._items.append(item)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def take(self) -> list[T]:
        """Everything that has come, at least one item; a reader that is cancelled takes nothing with it."""
        while not self._items:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        items, self._items = self._items, []
        return items
