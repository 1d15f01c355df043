"""What a replica knows about all assets, so that lists need no walk through the logs: kept in memory, newest last.

It may be a moment behind, or still name an asset that is gone; whoever lists reads what it finds here.
"""

from __future__ import annotations

from bisect import bisect_left, insort

from services.orchestrator.summary import Selection, Summary


class Index:
    """The summaries of all logs by resource name. About 300 bytes an asset."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._summaries: dict[str, tuple[int, Summary]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def put(self, asset: str, place: int, summary: Summary) -> None:
        """Take in the summary that a message at `place` in the stream told, unless a later one was taken in before."""
        known = self._summaries.get(asset)
        if known is None:
            insort(self._names, asset)
        elif known[0] >= place:
            return
        self._summaries[asset] = (place, summary)

    def drop(self, asset: str) -> None:
        """Forget an asset; an unknown one is no error."""
        if self._summaries.pop(asset, None) is not None:
            del self._names[bisect_left(self._names, asset)]

    def older(self, before: str, limit: int, selection: Selection) -> list[str]:
        """Up to `limit` names of wanted assets older than `before`, or the newest where it is empty, newest first."""
        found: list[str] = []
        position = bisect_left(self._names, before) if before else len(self._names)
        while position > 0 and len(found) < limit:
            position -= 1
            name = self._names[position]
            if selection.wants(self._summaries[name][1]):
                found.append(name)
        return found
