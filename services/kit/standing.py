"""What one server tells its callers about itself: its capacity with each call that held a slot, fitness as health."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from services.kit import metrics, telemetry
from services.kit.errors import ServiceError
from services.kit.fitness import Fitness, own_failure
from services.kit.load import REPORT_KEY, Load
from services.kit.slots import Work

log = telemetry.get_logger(__name__)

# A call that succeeds while a replica rests, from a caller that has not heard of it, ends the rest.
LOOK_EVERY_S = 0.25


class Standing:
    """Hears how calls end; `tell` is called with whether the server is fit, whenever that changes."""

    def __init__(self, tell: Callable[[bool], Awaitable[None]]) -> None:
        self._tell = tell
        self._load = Load()
        self._fitness = Fitness()
        self._fit = True
        self._telling: asyncio.Task[None] | None = None

    def ended(self, work: Work, error: ServiceError | None) -> tuple[tuple[str, bytes], ...]:
        """A call has ended; returns trailing metadata for it."""
        if not work.limit:
            return ()
        if error is None:
            self._load.note(work.limit, work.seconds, good=True)
            self._fitness.succeeded()
        elif error.fault in ("atelier", "provider"):
            self._load.note(work.limit, work.seconds, good=False)
            if own_failure(error):
                self._fitness.failed(time.monotonic())
        else:
            return ()
        if (self._fitness.rest_s(time.monotonic()) == 0) != self._fit and self._telling is None:
            self._telling = asyncio.create_task(self._keep_telling(), name="fitness")
        metrics.CAPACITY.set(self._load.capacity)
        return ((REPORT_KEY, self._load.report()),)

    async def stop(self) -> None:
        """Tell nothing more."""
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.wait([self._telling])

    async def _keep_telling(self) -> None:
        """Tell what changed, until the server is fit again and callers know it."""
        try:
            while (rest_s := self._fitness.rest_s(time.monotonic())) > 0 or not self._fit:
                await self._say(rest_s == 0)
                if rest_s > 0:
                    await asyncio.sleep(min(rest_s, LOOK_EVERY_S))
        finally:
            self._telling = None

    async def _say(self, fit: bool) -> None:
        if fit is self._fit:
            return
        self._fit = fit
        metrics.FIT.set(fit)
        if fit:
            log.info("fit to work")
        else:
            log.warning("not fit to work: too many failures in a row; callers are to pass this replica over")
        await self._tell(fit)
