"""Budgets, held before a model is called: what an asset, an owner in a day, and everybody in a day may spend.

    asset   Recipe.max_cost_usd, else the server's default    checked against the asset's own log
    owner   CreateAssetRequest.owner_budget_usd, for a day    reserved in an amount that all replicas share
    day     the server's setting                              reserved in an amount that all replicas share

A step reserves what it is estimated to cost and corrects that once it is known what it cost. Where nobody knows, the
reservation stands. Days are those of UTC; a step is paid from the day on which it is begun. What counts is what the
provider bills, or with `listed` its price also where an embedded engine did the work.
"""

from __future__ import annotations

import datetime
import hashlib
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, Budget

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.orchestrator import counting
from services.orchestrator.cost import Spent
from services.orchestrator.meter import Amount, Meter
from services.orchestrator.usage import DAY_NS, day_of, write_day

log = telemetry.get_logger(__name__)

BILLED, LISTED = "billed", "listed"
UNDER = "budget"
NANO = 1_000_000_000
KEPT_DAYS = 7
MAX_USD = 1_000_000_000.0


class Limits(NamedTuple):
    """The server's own budgets, 0 for none (unit: US dollars), and what counts: BILLED or LISTED."""

    asset_usd: float = 0.0
    day_usd: float = 0.0
    counts: str = BILLED


class Scope(NamedTuple):
    """One shared budget: "owner" or "day", whose it is, its limit. Unit: 1e-9 US dollars."""

    scope: str
    owner: str
    limit: int

    def key(self, day: int) -> str:
        """Where its amount of a day is kept."""
        owner = hashlib.blake2b(self.owner.encode(), digest_size=12).hexdigest()
        return f"{UNDER}.{day}.day" if self.scope == "day" else f"{UNDER}.{day}.owner.{owner}"


class Reservation(NamedTuple):
    """What a step may spend: the estimate, and how much of each shared amount (by key) is held for it."""

    estimate: Spent
    held: int = 0
    keys: tuple[str, ...] = ()


class Budgets:
    """All budgets of an orchestrator. `now_ns` is Unix time in nanoseconds."""

    def __init__(self, meter: Meter, limits: Limits, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._meter = meter
        self._limits = limits
        self._now_ns = now_ns

    def fill_in(self, accepted: Accepted) -> None:
        """Write the server's own limit into a request that names none."""
        accepted.recipe.max_cost_usd = accepted.recipe.max_cost_usd or self._limits.asset_usd

    def bind(self, accepted: Accepted) -> bool:
        """Whether any budget bounds an asset, so that its steps need an estimate."""
        return bool(accepted.recipe.max_cost_usd or accepted.owner_budget_usd or self._limits.day_usd)

    async def check(self, accepted: Accepted, least: Callable[[], Awaitable[Spent]]) -> None:
        """Refuse an asset where not even its first picture can be paid today; `least` says what that would cost.

        It is asked only where a shared budget binds the asset and has something left. The asset's own budget does not
        count here: it may be meant to stop an asset on its way.

        Raises:
            ServiceError: BUDGET_EXCEEDED, STORE_UNAVAILABLE.
        """
        day, scopes = day_of(self._now_ns()), self._scopes(accepted)
        left = [scope.limit - (await self._meter.read(scope.key(day))).used for scope in scopes]
        for scope, free in zip(scopes, left, strict=True):
            if free <= 0:
                raise self._exceeded(scope.scope, scope.limit, 0, 0, day)
        needed = self._counted(await least()) if scopes else 0
        for scope, free in zip(scopes, left, strict=True):
            if needed > free:
                raise self._exceeded(scope.scope, scope.limit, free, needed, day, "a picture")

    def within_asset(self, accepted: Accepted, spent: Spent, estimate: Spent) -> None:
        """Refuse a step that would lead an asset over its own budget; `spent` includes what is under way.

        Raises:
            ServiceError: BUDGET_EXCEEDED.
        """
        limit, used, needed = nano(accepted.recipe.max_cost_usd), self._counted(spent), self._counted(estimate)
        if limit and used + needed > limit:
            raise self._exceeded("asset", limit, max(0, limit - used), needed, 0)

    async def reserve(self, accepted: Accepted, estimate: Spent) -> Reservation:
        """Hold what a step is estimated to cost.

        Raises:
            ServiceError: BUDGET_EXCEEDED, STORE_UNAVAILABLE.
        """
        day, needed = day_of(self._now_ns()), self._counted(estimate)
        held: list[str] = []
        scopes = self._scopes(accepted)
        if not needed:
            return Reservation(estimate, 0, tuple(scope.key(day) for scope in scopes))
        for scope in scopes:
            try:
                left = await self._meter.reserve(scope.key(day), needed, scope.limit, scope.owner)
            except BaseException:
                await self._give_back(held, needed)
                raise
            if left is not None:
                await self._give_back(held, needed)
                raise self._exceeded(scope.scope, scope.limit, left, needed, day)
            held.append(scope.key(day))
        return Reservation(estimate, needed, tuple(held))

    async def settle(self, reservation: Reservation, spent: Spent) -> None:
        """Put what a step cost in the place of what was held for it.

        Where the store is away the reservation stands: too much is counted, never too little.
        """
        for key in reservation.keys:
            try:
                await self._meter.correct(key, self._counted(spent) - reservation.held)
            except ServiceError as error:
                log.warning("a reservation was not corrected", amount=key, error=str(error))

    async def today(self, owner: str = "") -> Sequence[Budget]:
        """The shared budgets as they are today: the day's, then those of owners that spent, or of one of them.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        day = day_of(self._now_ns())
        found: list[Budget] = []
        if self._limits.day_usd:
            scope = Scope("day", "", nano(self._limits.day_usd))
            amount = await self._meter.read(scope.key(day))
            found.append(_budget("day", amount._replace(limit=scope.limit, label=""), day))
        amounts = await self._meter.under(f"{UNDER}.{day}.owner")
        found += [
            _budget("owner", amount, day)
            for amount in sorted(amounts, key=lambda amount: amount.label)
            if amount.limit and (not owner or amount.label == owner)
        ]
        return found

    async def forget_old(self) -> None:
        """Forget the amounts of days that are over; of the last ones something may still be settled.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        oldest = day_of(self._now_ns()) - KEPT_DAYS
        await self._meter.forget(UNDER, lambda key: int(key.split(".")[1]) < oldest)

    def _scopes(self, accepted: Accepted) -> list[Scope]:
        scopes = [
            Scope("owner", accepted.owner, nano(accepted.owner_budget_usd)),
            Scope("day", "", nano(self._limits.day_usd)),
        ]
        return [scope for scope in scopes if scope.limit]

    def _counted(self, spent: Spent) -> int:
        return nano(spent.billed_usd if self._limits.counts == BILLED else spent.usd)

    async def _give_back(self, keys: Sequence[str], amount: int) -> None:
        await self.settle(Reservation(Spent(), amount, tuple(keys)), Spent())

    def _exceeded(
        self, scope: str, limit: int, left: int, needed: int, day: int, what: str = "the next step"
    ) -> ServiceError:
        counting.BUDGET_REFUSALS.labels(scope).inc()
        whose = {"asset": "the budget of the asset", "owner": "the owner's budget of the day"}
        message = f"{whose.get(scope, 'the budget of the day')}, ${_usd(limit)}, has ${_usd(left)} left"
        message += f", and {what} may cost ${_usd(needed)}" if needed else ""
        metadata = {"budget": scope, "limit_usd": _usd(limit), "left_usd": _usd(left), "needed_usd": _usd(needed)}
        if scope == "asset":
            return ServiceError(Reason.BUDGET_EXCEEDED, message, metadata=metadata)
        reset = f"{write_day(day + 1)}T00:00:00Z"
        return ServiceError(
            Reason.BUDGET_EXCEEDED,
            f"{message}; it starts anew at {reset}",
            retry_after_s=max(0.0, ((day + 1) * DAY_NS - self._now_ns()) / NANO),
            metadata=metadata | {"reset_time": reset},
        )


def nano(usd: float) -> int:
    """US dollars in 1e-9 dollars, rounded up, so that nothing that costs something counts as nothing."""
    return math.ceil(round(min(usd, MAX_USD) * NANO, 3))


def _usd(amount: int) -> str:
    text = f"{amount / NANO:.9f}".rstrip("0")
    return text + "0" * max(0, 2 - len(text.partition(".")[2]))


def _budget(scope: str, amount: Amount, day: int) -> Budget:
    budget = Budget(scope=scope, owner=amount.label, limit_usd=amount.limit / NANO, used_usd=amount.used / NANO)
    reset = datetime.datetime.fromisoformat(f"{write_day(day + 1)}T00:00:00+00:00")
    budget.reset_time.FromDatetime(reset)
    return budget
