"""What a replica knows about all assets, so that lists need no walk through the logs: kept in memory, newest last.

It may be a moment behind, or still name an asset that is gone; whoever lists reads the heads of what it finds here.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable

from services.orchestrator.jetstream.codec import Head

Match = Callable[[Head], bool]


class Index:
    """The heads of all logs by resource name. About 300 bytes an asset."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._heads: dict[str, tuple[int, Head]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def put(self, asset: str, place: int, head: Head) -> None:
        """Take in the head that a message at `place` in the stream told, unless a later one was taken in before."""
        known = self._heads.get(asset)
        if known is None:
            insort(self._names, asset)
        elif known[0] >= place:
            return
        self._heads[asset] = (place, head)

    def drop(self, asset: str) -> None:
        """Forget an asset; an unknown one is no error."""
        if self._heads.pop(asset, None) is not None:
            del self._names[bisect_left(self._names, asset)]

    def older(self, before: str, limit: int, matches: Match) -> list[str]:
        """Up to `limit` names older than `before`, or the newest where it is empty, newest first."""
        found: list[str] = []
        position = bisect_left(self._names, before) if before else len(self._names)
        while position > 0 and len(found) < limit:
            position -= 1
            name = self._names[position]
            if matches(self._heads[name][1]):
                found.append(name)
        return found
