"""Limits on calls a minute that all replicas share: each call takes the next free moment of its stage and waits for it.

The only thing shared is one number a stage, the time at which the next moment is free. After a pause a tenth of the
limit may go at once; the rest is spread so that no minute has more than the limit.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Protocol

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


def moments(free_s: float, now_s: float, count: int, per_minute: int) -> tuple[list[float], float]:
    """The next `count` moments, not all in the future, and when the one after them is free. Unix time in seconds."""
    burst = per_minute // BURST_SHARE
    interval_s = MINUTE_S / (per_minute - burst)
    first_s = max(free_s, now_s - burst * interval_s)
    return [first_s + number * interval_s for number in range(count)], first_s + count * interval_s


class Rates:
    """Waits for the moment of each call. `per_minute` is by stage; a stage without a limit, or with 0, never waits."""

    def __init__(
        self, clockwork: Clockwork, per_minute: Mapping[str, int], now_s: Callable[[], float] = time.time
    ) -> None:
        self._clockwork = clockwork
        self._per_minute = {stage: limit for stage, limit in per_minute.items() if limit > 0}
        self._now_s = now_s
        self._asking: dict[str, list[asyncio.Future[float]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def wait(self, stage: str) -> None:
        """Wait until one more call may be made.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if stage not in self._per_minute:
            return
        moment: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        if stage in self._asking:
            self._asking[stage].append(moment)
        else:
            self._asking[stage] = [moment]
            # Whoever comes while the shared number is being changed is served by the change after it.
            task = asyncio.create_task(self._serve(stage), name=f"rate of {stage}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        delay_s = await moment - self._now_s()
        if delay_s > 0:
            await asyncio.sleep(delay_s)

    async def _serve(self, stage: str) -> None:
        """Get moments for all who ask, until nobody does."""
        while asking := [future for future in self._asking[stage] if not future.done()]:
            self._asking[stage] = []
            await self._grant(stage, asking)
        del self._asking[stage]

    async def _grant(self, stage: str, asking: list[asyncio.Future[float]]) -> None:
        granted: list[float] = []

        def step(free_s: float) -> float:
            nonlocal granted
            granted, free_s = moments(free_s, self._now_s(), len(asking), self._per_minute[stage])
            return free_s

        try:
            await self._clockwork.change(stage, step)
        except Exception as error:
            for future in asking:
                if not future.done():
                    future.set_exception(error)
            return
        for future, moment in zip(asking, granted, strict=True):
            if not future.done():
                future.set_result(moment)
