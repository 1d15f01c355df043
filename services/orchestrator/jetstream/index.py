"""What a replica knows about all assets, so that lists need no walk through the logs: kept in memory, in order.

It may be a moment behind, or still name an asset that is gone; whoever lists reads what it finds here. Names are kept
apart by state, once for everybody and once for each owner, so that what is rare is found without passing the rest.
What the assets cost is added up as they come, end and go; of those that run it is added when somebody asks.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterator

from atelier.orchestrator.v1.orchestrator_pb2 import Asset

from services.orchestrator.jetstream.streams import CLAIM_S, NANOSECONDS
from services.orchestrator.summary import STATES, Selection, Summary
from services.orchestrator.usage import Query, Rows, Tally

_ANYBODY = None


class Index:
    """The summaries of all logs by resource name. About 400 bytes an asset."""

    def __init__(self) -> None:
        self._summaries: dict[str, tuple[int, Summary]] = {}
        self._names: dict[tuple[str | None, int], list[str]] = {}
        self._tally = Tally()
        self._counted: dict[str, Summary] = {}

    def __len__(self) -> int:
        return len(self._summaries)

    def put(self, asset: str, place: int, summary: Summary) -> None:
        """Take in the summary that a message at `place` in the stream told, unless a later one was taken in before."""
        known = self._summaries.get(asset)
        if known is not None and known[0] >= place:
            return
        self._summaries[asset] = (place, summary)
        if known is not None and known[1] == summary:
            return
        if known is not None and _runs_on(known[1], summary):
            # What it costs changes with each step, and is seldom asked for before its end.
            self._counted.setdefault(asset, known[1])
            return
        if known is not None:
            self._tally.take(self._counted.pop(asset, known[1]))
        self._tally.put(summary)
        if known is None or (known[1].owner, known[1].state) != (summary.owner, summary.state):
            if known is not None:
                self._remove(asset, known[1])
            for owner in (_ANYBODY, summary.owner):
                insort(self._names.setdefault((owner, summary.state), []), asset)

    def drop(self, asset: str) -> None:
        """Forget an asset; an unknown one is no error."""
        known = self._summaries.pop(asset, None)
        if known is not None:
            self._remove(asset, known[1])
            self._tally.take(self._counted.pop(asset, known[1]))

    def usage(self, query: Query) -> Rows:
        """What the assets cost, by day and owner."""
        for asset, counted in self._counted.items():
            self._tally.take(counted)
            self._tally.put(self._summaries[asset][1])
        self._counted.clear()
        return self._tally.rows(query)

    def summary(self, asset: str) -> Summary | None:
        """What is known of an asset."""
        known = self._summaries.get(asset)
        return known[1] if known else None

    def older(self, before: str, limit: int, selection: Selection) -> list[str]:
        """Up to `limit` names of wanted assets older than `before`, or the newest where it is empty, newest first."""
        found: list[str] = []
        # A name begins with a time that is at most the asset's own, and no further back than a request id is kept.
        bounds = [bound for bound in (before, selection.before_ns and _from(selection.before_ns)) if bound]
        oldest = _from(max(0, selection.after_ns - round(CLAIM_S * NANOSECONDS)))
        states = selection.states or STATES
        rows = [self._names.get((selection.owner or _ANYBODY, state), []) for state in states]
        for name in heapq.merge(*(_down(row, min(bounds, default="")) for row in rows), reverse=True):
            if len(found) == limit or name < oldest:
                break
            if selection.wants(self._summaries[name][1]):
                found.append(name)
        return found

    def _remove(self, asset: str, summary: Summary) -> None:
        for owner in (_ANYBODY, summary.owner):
            names = self._names[owner, summary.state]
            del names[bisect_left(names, asset)]
            if not names:
                del self._names[owner, summary.state]


def _runs_on(before: Summary, after: Summary) -> bool:
    return before.state == after.state == Asset.STATE_RUNNING and before.owner == after.owner


def _down(names: list[str], before: str) -> Iterator[str]:
    position = bisect_left(names, before) if before else len(names)
    while position > 0:
        position -= 1
        yield names[position]


def _from(time_ns: int) -> str:
    """What the names of assets of that time and later are not less than."""
    return f"assets/{time_ns:016x}"
