"""The port to small things that replicas share: a shelf of named values, changed only by who knows their last state.

Brand styles stand on a shelf that keeps every value a name ever had; budgets, usage of what was deleted, and leases on
one that keeps the last. A key consists of tokens of ASCII letters, digits, - and _, with a dot between them.

Every method may raise ServiceError STORE_UNAVAILABLE. For a write that means that nobody knows whether it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


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

    async def items(self, under: str = "") -> Sequence[Item]:
        """The last value of every key that begins with the token or tokens `under`, by key; empty means every key."""
        ...

    async def drop(self, key: str) -> None:
        """Forget a key and all its values; an unknown one is no error."""
        ...


class Shelves(NamedTuple):
    """The shelves of an orchestrator: `styles` keeps every value of a key, `books` the last one."""

    styles: Shelf
    books: Shelf
