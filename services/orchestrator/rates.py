"""Limits on calls a minute that all replicas share: each call takes the next free moment of its stage and waits for it.

Who makes several calls takes as many moments and waits for the first; what it made more is settled afterwards, by those
who come after it.

The only thing shared is one number a stage, the time at which the next moment is free. After a pause a tenth of the
limit may go at once; the rest is spread so that no minute has more than the limit.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

BURST_SHARE = 10
MINUTE_S = 60.0


class Clockwork(Protocol):
    """Shared numbers, by name; one that nobody has set is 0."""

    async def change(self, name: str, step: Callable[[float], float]) -> None:
        """Replace a number by what `step` makes of it; `step` may be called more than once, and the last call counts.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        ...


class MemoryClockwork:
    """Numbers of one process."""

    def __init__(self) -> None:
        self._numbers: dict[str, float] = defaultdict(float)

    async def change(self, name: str, step: Callable[[float], float]) -> None:
        """See `Clockwork.change`."""
        self._numbers[name] = step(self._numbers[name])


def moments(
    free_s: float, now_s: float, counts: Sequence[int], per_minute: int, owed: int = 0
) -> tuple[list[float], float]:
    """The first moment of each asker, not all in the future, and when the one after them is free. Unix time in seconds.

    `counts` says how many moments each of them takes; `owed` calls were made already, or not made where it is negative.
    """
    burst = per_minute // BURST_SHARE
    interval_s = MINUTE_S / (per_minute - burst)
    next_s = max(free_s + owed * interval_s, now_s - burst * interval_s + max(0, owed) * interval_s)
    granted = []
    for count in counts:
        granted.append(next_s)
        next_s += count * interval_s
    return granted, next_s


class _Ask(NamedTuple):
    """Somebody who wants to make so many calls, and is told the moment of the first."""

    calls: int
    moment: asyncio.Future[float]


class Rates:
    """Waits for the moment of each call. `per_minute` is by stage; a stage without a limit, or with 0, never waits."""

    def __init__(
        self, clockwork: Clockwork, per_minute: Mapping[str, int], now_s: Callable[[], float] = time.time
    ) -> None:
        self._clockwork = clockwork
        self._per_minute = {stage: limit for stage, limit in per_minute.items() if limit > 0}
        self._now_s = now_s
        self._asking: dict[str, list[_Ask]] = defaultdict(list)
        self._owed: dict[str, int] = defaultdict(int)
        self._serving: dict[str, asyncio.Task[None]] = {}

    def limits(self, stage: str) -> bool:
        """Whether a stage has a limit."""
        return stage in self._per_minute

    async def wait(self, stage: str, count: int = 1) -> None:
        """Wait until `count` more calls may be begun.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if stage not in self._per_minute:
            return
        moment: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._asking[stage].append(_Ask(count, moment))
        self._begin(stage)
        delay_s = await moment - self._now_s()
        if delay_s > 0:
            await asyncio.sleep(delay_s)

    def settle(self, stage: str, count: int) -> None:
        """So many calls more than were waited for have been made, or fewer where it is negative."""
        if stage in self._per_minute and count:
            self._owed[stage] += count
            self._begin(stage)

    def _begin(self, stage: str) -> None:
        # Whoever comes while the shared number is being changed is served by the change after it.
        if stage not in self._serving:
            self._serving[stage] = asyncio.create_task(self._serve(stage), name=f"rate of {stage}")

    async def _serve(self, stage: str) -> None:
        """Get moments for all who ask, until nobody does; what is owed while the store is away is kept for the next."""
        try:
            while self._asking[stage] or self._owed[stage]:
                asking = [ask for ask in self._asking.pop(stage) if not ask.moment.done()]
                owed = self._owed.pop(stage, 0)
                try:
                    granted = await self._grant(stage, asking, owed)
                except Exception as error:
                    self._owed[stage] += owed
                    _fail(asking, error)
                    if not self._asking[stage]:
                        return
                else:
                    for ask, moment in zip(asking, granted, strict=True):
                        if not ask.moment.done():
                            ask.moment.set_result(moment)
        finally:
            # In the same breath as the last look at who asks, so that nobody is left without somebody who serves.
            del self._serving[stage]

    async def _grant(self, stage: str, asking: Sequence[_Ask], owed: int) -> list[float]:
        granted: list[float] = []

        def step(free_s: float) -> float:
            nonlocal granted
            counts = [ask.calls for ask in asking]
            granted, free_s = moments(free_s, self._now_s(), counts, self._per_minute[stage], owed)
            return free_s

        await self._clockwork.change(stage, step)
        return granted


def _fail(asking: Sequence[_Ask], error: Exception) -> None:
    for ask in asking:
        if not ask.moment.done():
            ask.moment.set_exception(error)
