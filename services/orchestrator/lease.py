"""Work that one replica does for all, now and then: a lease in the books says who does it and when it is due again.

A lease only saves work. Clocks may differ and a holder may stall, so what is done under it has to be safe where two
replicas do it at once.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple

import orjson

from services.kit import telemetry
from services.kit.errors import ServiceError
from services.orchestrator.journal import ConflictError
from services.orchestrator.shelf import Shelf

log = telemetry.get_logger(__name__)

HELD_S = 60.0
MAX_LOOK_S = 60.0


class _Lease(NamedTuple):
    """Whose turn it is: `holder` until `until_s`; due again at `due_s`. Unix time in seconds."""

    holder: str
    until_s: float
    due_s: float


class Turns:
    """Does `work` every `every_s` on one of the replicas that share a shelf; `name` is that of the lease."""

    def __init__(
        self,
        shelf: Shelf,
        name: str,
        every_s: float,
        work: Callable[[], Awaitable[None]],
        now_s: Callable[[], float] = time.time,
    ) -> None:
        self._shelf = shelf
        self._key = f"lease.{name}"
        self._name = name
        self._every_s = every_s
        self._work = work
        self._now_s = now_s
        self._me = secrets.token_hex(8)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to look whether it is due."""
        self._task = asyncio.create_task(self._run(), name=self._name)

    async def stop(self) -> None:
        """Break off what is being done, and look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while True:
            wait_s = min(self._every_s, MAX_LOOK_S)
            try:
                wait_s = await self.look()
            except (ServiceError, ConflictError) as error:
                log.warning("a turn was not taken", work=self._name, error=str(error))
            except Exception:
                log.exception("a defect ended a turn", work=self._name)
            await asyncio.sleep(wait_s)

    async def look(self) -> float:
        """Do the work if it is due and nobody else does it. Returns the time until it is worth looking again.

        The first replica that ever looks finds it due after `every_s`, and not at once.

        Raises:
            ServiceError: STORE_UNAVAILABLE, or what the work raises.
            ConflictError: another replica took the turn.
        """
        item = await self._shelf.get(self._key)
        now_s = self._now_s()
        lease = _Lease(*orjson.loads(item.data)) if item else _Lease("", 0.0, now_s + self._every_s)
        place = item.place if item else await self._put(lease, 0)
        busy_s = lease.until_s - now_s if lease.holder else 0.0
        if (wait_s := max(lease.due_s - now_s, busy_s)) > 0:
            return min(wait_s, self._every_s, MAX_LOOK_S)
        place = await self._put(_Lease(self._me, now_s + HELD_S, lease.due_s), place)
        await self._do(place)
        return min(self._every_s, MAX_LOOK_S)

    async def _do(self, place: int) -> None:
        working = asyncio.ensure_future(self._work())
        keeping = asyncio.create_task(self._keep(place))
        try:
            await asyncio.wait([working, keeping], return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                log.warning("a lease was lost; its work is broken off", work=self._name)
        finally:
            for task in (working, keeping):
                task.cancel()
            await asyncio.wait([working, keeping])
        if not working.cancelled():
            working.result()

    async def _keep(self, place: int) -> None:
        """Extend the lease until it is lost; when the work is over, say when it is due again."""
        try:
            while True:
                await asyncio.sleep(HELD_S / 3)
                place = await self._put(_Lease(self._me, self._now_s() + HELD_S, 0.0), place)
        except asyncio.CancelledError:
            with suppress(ServiceError, ConflictError):
                await self._put(_Lease("", 0.0, self._now_s() + self._every_s), place)
            raise
        except (ServiceError, ConflictError) as error:
            log.warning("a lease was not extended", work=self._name, error=str(error))

    async def _put(self, lease: _Lease, after: int) -> int:
        return await self._shelf.put(self._key, orjson.dumps(tuple(lease)), after)
