"""The port to small things that replicas share: a shelf of named values, changed only by who knows their last state.

Brand styles stand on a shelf that keeps every value a name ever had; budgets, usage of what was deleted, and leases on
one that keeps the last. A key consists of tokens of ASCII letters, digits, - and _, with a dot between them.

Every method may raise ServiceError STORE_UNAVAILABLE. For a write that means that nobody knows whether it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple, Protocol

from services.kit.errors import Reason, ServiceError
from services.orchestrator.journal import ConflictError


class Item(NamedTuple):
    """One value of a key. `place` grows with every value that is put on the shelf, and is never 0."""

    key: str
    place: int
    data: bytes


class Shelf(Protocol):
    """Named values, shared by all replicas and durable where the journal is."""

    async def get(self, key: str) -> Item | None:
        """The last value of a key; None where it has none."""
        ...

    async def put(self, key: str, data: bytes, after: int) -> int:
        """Give a key its next value, if its last one stands at `after` (0: it has none). Returns the place.

        Raises:
            ConflictError: the key has another last value, and nothing was written.
        """
        ...

    async def history(self, key: str) -> Sequence[Item]:
        """Every value that is kept of a key, oldest first."""
        ...

    async def items(self, under: str = "", wants: Callable[[str], bool] | None = None) -> Sequence[Item]:
        """The last value of every key that begins with the token or tokens `under`, by key; empty means every key.

        Values of keys that `wants` says no to are not read.
        """
        ...

    async def drop(self, key: str) -> None:
        """Forget a key and all its values; an unknown one is no error."""
        ...


class Shelves(NamedTuple):
    """The shelves of an orchestrator: `styles` keeps every value of a key, `books` the last one."""

    styles: Shelf
    books: Shelf


async def put_surely(shelf: Shelf, key: str, data: bytes, after: int) -> int:
    """Put as `Shelf.put`, and where the outcome is unknown look whether the value is there.

    Raises:
        ConflictError: the key has another value.
        ServiceError: STORE_UNAVAILABLE; whether the value is or will be there is still unknown.
    """
    try:
        return await shelf.put(key, data, after)
    except ServiceError as error:
        if error.reason is not Reason.STORE_UNAVAILABLE:
            raise
        later = [item for item in await shelf.history(key) if item.place > after]
        if not later:
            raise
        for item in later:
            if item.data == data:
                return item.place
        raise ConflictError(f"{key} has another value by now") from error


async def alter(shelf: Shelf, key: str, change: Callable[[bytes | None], bytes | None]) -> None:
    """Replace the value of a key by what `change` makes of it, however many others do so too; None leaves it.

    `change` is given None where the key has no value, and may be called more than once.

    Raises:
        ServiceError: STORE_UNAVAILABLE; whether the value was replaced is unknown.
    """
    while True:
        item = await shelf.get(key)
        data = change(item.data if item else None)
        if data is None:
            return
        with suppress(ConflictError):
            await put_surely(shelf, key, data, item.place if item else 0)
            return
