"""What deleted assets cost: carried into the books before an asset is forgotten, so that spending does not vanish.

One row for each owner and day. An asset that is being deleted is noted in its row by name, so that a deletion that
broke off and is repeated counts it once, and so that it is not counted a second time while lists still know it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import orjson

from services.orchestrator.shelf import Shelf, alter
from services.orchestrator.summary import Summary
from services.orchestrator.usage import Query, Rows, Totals, day_of

UNDER = "usage"
# A replica hears of a deletion within moments; this many can be made meanwhile.
REMEMBERED = 50


class _Row(NamedTuple):
    """What is kept of one owner and day: assets being deleted, some that were deleted last, and the sum over all."""

    owner: str
    day: int
    going: tuple[str, ...]
    gone: tuple[str, ...]
    totals: Totals


class Gone:
    """The rows on a shelf that keeps the last value."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def count(self, asset: str, summary: Summary) -> None:
        """Count an asset that is about to be deleted; a repeated call changes nothing."""

        def change(data: bytes | None) -> bytes | None:
            row = _read(data) if data else _Row(summary.owner, day_of(summary.created_ns), (), (), Totals())
            if asset in row.going or asset in row.gone:
                return None
            row.totals.add(summary)
            return _write(row._replace(going=(*row.going, asset)))

        await alter(self._shelf, _key(summary), change)

    async def settle(self, asset: str, summary: Summary) -> None:
        """Note that an asset was deleted."""

        def change(data: bytes | None) -> bytes | None:
            row = _read(data) if data else None
            if row is None or asset not in row.going:
                return None
            going = tuple(name for name in row.going if name != asset)
            return _write(row._replace(going=going, gone=(*row.gone, asset)[-REMEMBERED:]))

        await alter(self._shelf, _key(summary), change)

    async def rows(self, query: Query) -> tuple[Rows, Sequence[str]]:
        """The wanted rows, and the names of assets in them that lists may still know."""
        found: Rows = {}
        names: list[str] = []
        for item in await self._shelf.items(
            UNDER, lambda key: query.from_day <= int(key.split(".")[1]) <= query.until_day
        ):
            row = _read(item.data)
            if query.wants(row.day, row.owner):
                found[row.day, row.owner] = row.totals
                names += (*row.going, *row.gone)
        return found, names


def _key(summary: Summary) -> str:
    # Anything printable may stand in an owner; a key takes only some characters.
    owner = hashlib.blake2b(summary.owner.encode(), digest_size=12).hexdigest()
    return f"{UNDER}.{day_of(summary.created_ns)}.{owner}"


def _write(row: _Row) -> bytes:
    totals = row.totals
    return orjson.dumps(
        {
            "owner": row.owner,
            "day": row.day,
            "going": row.going,
            "gone": row.gone,
            "assets": totals.assets,
            "images": totals.images,
            # Whole numbers of any length, which JSON's are not.
            "amounts": [str(amount) for amount in (totals.neurons, totals.usd, totals.billed_usd)],
            "sources": {str(source): count for source, count in totals.sources.items()},
        }
    )


def _read(data: bytes) -> _Row:
    row = orjson.loads(data)
    neurons, usd, billed_usd = (int(amount) for amount in row["amounts"])
    sources = Counter({int(source): count for source, count in row["sources"].items()})
    totals = Totals(row["assets"], row["images"], neurons, usd, billed_usd, sources)
    return _Row(row["owner"], row["day"], tuple(row["going"]), tuple(row["gone"]), totals)
