"""What assets cost by owner and day, added up as summaries come and go, in whole numbers so that sums stay exact.

The day of an asset is the one on which it was accepted, in UTC.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import GetUsageRequest, UsageRow

from services.kit.errors import invalid_field
from services.orchestrator.cost import Spent
from services.orchestrator.summary import Summary

DEFAULT_DAYS, MAX_DAYS = 30, 366
MAX_ROWS = 10_000
DAY_NS = 24 * 3600 * 1_000_000_000

# Of a neuron and of a dollar; no price has so many digits.
_UNITS = 10**12
_EPOCH = datetime.date(1970, 1, 1)


class Query(NamedTuple):
    """Which rows are wanted: days since 1970, both included; an owner, "" for all."""

    from_day: int
    until_day: int
    owner: str = ""

    def wants(self, day: int, owner: str) -> bool:
        """Whether a row is wanted."""
        return self.from_day <= day <= self.until_day and (not self.owner or owner == self.owner)


@dataclass(slots=True)
class Totals:
    """A sum over assets. Unit of amounts: 1e-12 of a neuron or dollar; `sources` counts assets by source of cost."""

    assets: int = 0
    images: int = 0
    neurons: int = 0
    usd: int = 0
    billed_usd: int = 0
    sources: Counter[int] = field(default_factory=Counter)

    def add(self, summary: Summary, times: int = 1) -> None:
        """Count an asset in, or with `times` -1 out."""
        spent = summary.spent
        self.assets += times
        self.images += times * summary.images
        self.neurons += times * round(spent.neurons * _UNITS)
        self.usd += times * round(spent.usd * _UNITS)
        self.billed_usd += times * round(spent.billed_usd * _UNITS)
        self.sources[spent.source] += times

    def merge(self, other: Totals) -> None:
        """Add what another sum has."""
        self.assets += other.assets
        self.images += other.images
        self.neurons += other.neurons
        self.usd += other.usd
        self.billed_usd += other.billed_usd
        self.sources.update(other.sources)

    @property
    def spent(self) -> Spent:
        """The sum of the costs."""
        source = max((source for source, count in self.sources.items() if count > 0), default=0)
        return Spent(self.neurons / _UNITS, self.usd / _UNITS, self.billed_usd / _UNITS, source)


Rows = dict[tuple[int, str], Totals]


class Tally:
    """Sums by day and owner of the summaries that were put in and not taken out."""

    def __init__(self) -> None:
        self._rows: Rows = {}

    def put(self, summary: Summary) -> None:
        """Count an asset in."""
        self._rows.setdefault((day_of(summary.created_ns), summary.owner), Totals()).add(summary)

    def take(self, summary: Summary) -> None:
        """Count an asset out that was put in with this very summary."""
        key = day_of(summary.created_ns), summary.owner
        totals = self._rows[key]
        totals.add(summary, -1)
        if totals.assets == 0:
            del self._rows[key]

    def rows(self, query: Query) -> Rows:
        """The wanted rows, each a copy."""
        found: Rows = {}
        for (day, owner), totals in self._rows.items():
            if query.wants(day, owner):
                found[day, owner] = Totals()
                found[day, owner].merge(totals)
        return found


def leave_out(rows: Rows, query: Query, summary: Summary) -> None:
    """Take an asset out of the rows that a tally answered a query with."""
    key = day_of(summary.created_ns), summary.owner
    if query.wants(*key):
        rows[key].add(summary, -1)
        if rows[key].assets == 0:
            del rows[key]


def read_query(request: GetUsageRequest, now_ns: int) -> Query:
    """What a request asks for.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    until = _read_day("until_day", request.until_day) if request.until_day else day_of(now_ns)
    from_day = _read_day("from_day", request.from_day) if request.from_day else max(0, until - DEFAULT_DAYS)
    if from_day > until:
        limit = "a day that is not after until_day"
        raise invalid_field("from_day", f"is {write_day(from_day)}; it takes {limit}", limit)
    if until - from_day >= MAX_DAYS:
        limit = f"at most {MAX_DAYS} days"
        raise invalid_field(
            "from_day", f"is {until - from_day + 1} days before until_day ends; it takes {limit}", limit
        )
    return Query(from_day, until, request.owner)


def write_rows(rows: Rows) -> Iterator[UsageRow]:
    """The rows as they are answered: by day, newest first, then by owner.

    Raises:
        ServiceError: FIELD_INVALID where there are too many.
    """
    if len(rows) > MAX_ROWS:
        limit = f"spans with at most {MAX_ROWS} rows"
        raise invalid_field("from_day", f"makes {len(rows)} rows; it takes {limit}, or one owner", limit)
    for (day, owner), totals in sorted(rows.items(), key=lambda row: (-row[0][0], row[0][1])):
        cost = totals.spent.to_proto()
        yield UsageRow(day=write_day(day), owner=owner, assets=totals.assets, images=totals.images, cost=cost)


def day_of(time_ns: int) -> int:
    """Days from 1970 to a time, in UTC."""
    return time_ns // DAY_NS


def write_day(day: int) -> str:
    """A day as people write it."""
    return (_EPOCH + datetime.timedelta(days=day)).isoformat()


def _read_day(field_name: str, text: str) -> int:
    try:
        day = (datetime.date.fromisoformat(text) - _EPOCH).days if len(text) == len("YYYY-MM-DD") else -1
    except ValueError:
        day = -1
    if day < 0:
        limit = "a day, YYYY-MM-DD, from 1970 on"
        raise invalid_field(field_name, f"is {text[:40]!r}; it takes {limit}", limit)
    return day
