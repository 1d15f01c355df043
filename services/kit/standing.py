"""What one server tells its callers about itself: its capacity with each call that held a slot, fitness as health."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from services.kit import metrics, overdue, telemetry
from services.kit.errors import ServiceError
from services.kit.fitness import IN_A_ROW, Fitness, own_failure
from services.kit.load import REPORT_KEY, Load
from services.kit.slots import Work

log = telemetry.get_logger(__name__)

# A call that succeeds while a replica rests, from a caller that has not heard of it, ends the rest.
LOOK_EVERY_S = 0.25
# Calls at hand are looked at so often.
WATCH_EVERY_S = 1.0


class Standing:
    """Hears how calls begin and end; `tell` is called with whether the server is fit, whenever that changes."""

    def __init__(self, tell: Callable[[bool], Awaitable[None]]) -> None:
        self._tell = tell
        self._load = Load()
        self._fitness = Fitness()
        self._at_hand = overdue.AtHand()
        self._fit = True
        self._telling: asyncio.Task[None] | None = None
        self._watching: asyncio.TimerHandle | None = None

    def begins(self, work: Work) -> None:
        """A call has come. Should it and others hang, callers are told once they are overdue."""
        self._at_hand.begins(work)
        if self._fitness.one_at_a_time:
            self._look()
        if self._watching is None:
            self._watch()

    def broken_off(self, work: Work) -> None:
        """A call was called off, or its time was up, before it ended."""
        self._at_hand.ends(work)
        now_s = time.monotonic()
        if work.limit and self._at_hand.was_overdue(work, self._load.usual_s, now_s):
            self._load.note(work.limit, work.seconds, good=False)
            self._fitness.failed(now_s, hung=True)
        self._look()

    def ended(self, work: Work, error: ServiceError | None) -> tuple[tuple[str, bytes], ...]:
        """A call has ended; returns trailing metadata for it."""
        self._at_hand.ends(work)
        if not work.limit:
            return ()
        if error is None:
            self._load.note(work.limit, work.seconds, good=True)
            self._fitness.succeeded()
            self._at_hand.succeeded(time.monotonic())
        elif error.fault in ("atelier", "provider"):
            self._load.note(work.limit, work.seconds, good=False)
            if own_failure(error):
                self._fitness.failed(time.monotonic())
        else:
            return ()
        self._look()
        metrics.CAPACITY.set(self._load.capacity)
        return ((REPORT_KEY, self._load.report()),)

    async def stop(self) -> None:
        """Tell nothing more."""
        if self._watching is not None:
            self._watching.cancel()
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.wait([self._telling])

    def _watch(self) -> None:
        """Look at the calls at hand as often as they may become overdue, as long as there are any."""
        self._watching = None
        if self._at_hand:
            self._look()
            delay_s = min(WATCH_EVERY_S, overdue.overdue_s(self._load.usual_s) / 4)
            self._watching = asyncio.get_running_loop().call_later(delay_s, self._watch)

    def _look(self) -> None:
        if (self._rest_s() == 0) != self._fit and self._telling is None:
            self._telling = asyncio.create_task(self._keep_telling(), name="fitness")

    def _rest_s(self) -> float:
        """How long the replica is unfit from now on; what hangs may end any time."""
        now_s = time.monotonic()
        hangs = self._at_hand.overdue(self._load.usual_s, now_s) >= IN_A_ROW
        tries = self._fitness.one_at_a_time and bool(self._at_hand)
        return max(self._fitness.rest_s(now_s), LOOK_EVERY_S if hangs or tries else 0.0)

    async def _keep_telling(self) -> None:
        """Tell what changed, until the server is fit again and callers know it."""
        try:
            while (rest_s := self._rest_s()) > 0 or not self._fit:
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
            log.warning("not fit to work: too many calls in a row failed or hang; callers pass this replica over")
        await self._tell(fit)
