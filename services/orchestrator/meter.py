"""Amounts that all replicas share and that never pass a limit: reserved before they are spent, corrected afterwards.

Whoever asks while a shared amount is being changed is served by the change after it, so that many jobs at once cost
the store few writes. A write whose outcome nobody knows is recognised by its mark when the amount is read again.
Where that fails, an amount that is too large is kept rather than one that is too small.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.orchestrator.journal import ConflictError
from services.orchestrator.shelf import Shelf

log = telemetry.get_logger(__name__)

MARKS = 32
OUTAGES, OUTAGE_S = 5, 0.2


class Amount(NamedTuple):
    """A shared amount. Unit: 1e-9 US dollars. `label` says whose it is; `limit` the last one it was held against."""

    used: int = 0
    limit: int = 0
    label: str = ""
    marks: tuple[str, ...] = ()

    def write(self) -> bytes:
        """As it is kept."""
        return orjson.dumps(self._asdict())


def read_amount(data: bytes) -> Amount:
    """An amount as it was kept."""
    kept = orjson.loads(data)
    return Amount(kept["used"], kept["limit"], kept["label"], tuple(kept["marks"]))


@dataclass(slots=True)
class _Ask:
    """A change that is wanted: `by` more, up to `limit` (0: none). The answer is None, or what was left if refused."""

    by: int
    limit: int
    label: str
    answer: asyncio.Future[int | None]


class Meter:
    """Amounts by key on a shelf that keeps the last value."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._asking: dict[str, list[_Ask]] = {}
        self._known: dict[str, tuple[int, Amount]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def reserve(self, key: str, amount: int, limit: int, label: str) -> int | None:
        """Take `amount` more if the sum stays within `limit`. Returns None, or what is left where it would not.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        return await self._ask(key, amount, limit, label)

    async def correct(self, key: str, by: int) -> None:
        """Change an amount whatever its limit, after the truth about a reservation is known.

        Raises:
            ServiceError: STORE_UNAVAILABLE; the amount is not smaller than it should be.
        """
        if by:
            await self._ask(key, by, 0, "")

    async def read(self, key: str) -> Amount:
        """The amount as it is now.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        item = await self._shelf.get(key)
        return read_amount(item.data) if item else Amount()

    async def under(self, token: str) -> Sequence[Amount]:
        """All amounts whose keys begin with a token or tokens.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        return [read_amount(item.data) for item in await self._shelf.items(token)]

    async def forget(self, token: str, wants: Callable[[str], bool]) -> None:
        """Forget amounts whose keys begin with a token and that `wants` says yes to.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        for item in await self._shelf.items(token, wants):
            self._known.pop(item.key, None)
            await self._shelf.drop(item.key)

    async def _ask(self, key: str, by: int, limit: int, label: str) -> int | None:
        ask = _Ask(by, limit, label, asyncio.get_running_loop().create_future())
        if key in self._asking:
            self._asking[key].append(ask)
        else:
            self._asking[key] = [ask]
            task = asyncio.create_task(self._serve(key), name=f"meter {key}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await ask.answer

    async def _serve(self, key: str) -> None:
        """Answer all who ask, until nobody does."""
        while self._asking[key]:
            asking = [ask for ask in self._asking[key] if not ask.answer.done()]
            self._asking[key] = []
            try:
                refused = await self._change(key, asking)
            except Exception as error:
                self._known.pop(key, None)
                for ask in asking:
                    if not ask.answer.done():
                        ask.answer.set_exception(error)
                continue
            for ask in asking:
                if not ask.answer.done():
                    ask.answer.set_result(refused.get(id(ask)))
                elif ask.by > 0 and id(ask) not in refused:
                    # Whoever reserved has gone away meanwhile and will spend nothing.
                    self._asking[key].append(_Ask(-ask.by, 0, "", asyncio.get_running_loop().create_future()))
        del self._asking[key]

    async def _change(self, key: str, asking: Sequence[_Ask]) -> dict[int, int]:
        """Carry the changes out. Returns what was left for each that was refused, by identity."""
        tried: dict[str, dict[int, int]] = {}
        outages = 0
        known = self._known.get(key)
        while True:
            try:
                known = known or await self._fetch(key)
                for mark in known[1].marks:
                    if mark in tried:
                        return tried[mark]
                mark, after, refused = _apply(known[1], asking)
                if refused and known != (known := await self._fetch(key)):
                    # Others have given something back since this replica last looked.
                    continue
                if len(refused) == len(asking):
                    return refused
                tried[mark] = refused
                self._known[key] = await self._shelf.put(key, after.write(), known[0]), after
            except ConflictError:
                known = None
            except ServiceError as error:
                outages += 1
                if error.reason is not Reason.STORE_UNAVAILABLE or outages > OUTAGES:
                    raise
                await asyncio.sleep(OUTAGE_S * outages)
                known = None
            else:
                return refused

    async def _fetch(self, key: str) -> tuple[int, Amount]:
        item = await self._shelf.get(key)
        return (item.place, read_amount(item.data)) if item else (0, Amount())


def _apply(amount: Amount, asking: Sequence[_Ask]) -> tuple[str, Amount, dict[int, int]]:
    """The mark of a change, the amount after it, and what was left for each that is refused, by identity."""
    refused: dict[int, int] = {}
    used, limit, label = amount.used, amount.limit, amount.label
    for ask in asking:
        if ask.limit and used + ask.by > ask.limit:
            refused[id(ask)] = max(0, ask.limit - used)
            continue
        used = max(0, used + ask.by)
        limit, label = (ask.limit, ask.label) if ask.limit else (limit, label)
    mark = secrets.token_hex(6)
    return mark, Amount(used, limit, label, (*amount.marks, mark)[-MARKS:]), refused
