"""One call to a model: requests until one is answered or the time, the attempts or the hope is spent."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

from services.kit import call, telemetry
from services.kit.errors import Reason
from services.workers_ai.cost import NOTHING, Cost, cost_of_answer, cost_of_failure
from services.workers_ai.counting import Counted
from services.workers_ai.errors import WorkersAIError, named, out_of_time
from services.workers_ai.prices import Use
from services.workers_ai.record import CallRecord
from services.workers_ai.retry import pause_s
from services.workers_ai.settings import WorkersAISettings
from services.workers_ai.transport import Transport
from services.workers_ai.wire import Answer, Request, Usage, result_in, result_of, usage_of

T = TypeVar("T")

# Reading a larger answer takes more than a few milliseconds and leaves the event loop.
_OFF_LOOP_BYTES = 4 << 20
_NO_USE = Use()
# Timers count in milliseconds, and may be one early.
_TIMER_S = 0.002

log = telemetry.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a call gave, how many requests it took, how long they took together, and what the failed ones cost."""

    value: T
    attempts: int
    duration_s: float
    lost: Cost


class Caller:
    """Asks models and keeps the record; `attempts` bounds the requests of a call whose caller sets no bound."""

    def __init__(self, settings: WorkersAISettings, transport: Transport, attempts: int) -> None:
        self._settings = settings
        self._transport = transport
        self._attempts = attempts

    async def ask(
        self, model: str, request: Request, timeout_s: float, read: Callable[[object], T], use: Use
    ) -> tuple[T, CallRecord]:
        """What `read` makes of the JSON result, and what the call took; `use` is what it is thought to use."""

        def read_answer(answer: Answer) -> tuple[T, object]:
            result = result_of(model, answer, now_s=time.time())
            return read(result), result

        return await self.ask_raw(model, request, timeout_s, read_answer, use)

    async def ask_raw(
        self, model: str, request: Request, timeout_s: float, read: Callable[[Answer], tuple[T, object]], use: Use
    ) -> tuple[T, CallRecord]:
        """What `read` makes of the whole answer; the second thing it gives is the JSON result, for the usage in it."""

        async def once(remaining_s: float) -> tuple[tuple[T, object], Answer]:
            answer = await self._transport.run(model, request, timeout_s=remaining_s)
            try:
                if len(answer.body) > _OFF_LOOP_BYTES:
                    return await asyncio.to_thread(read, answer), answer
                return read(answer), answer
            except WorkersAIError as error:
                if error.sent:
                    usage = usage_of(result_in(answer), answer.headers)
                    cost = cost_of_answer(model, usage, use, _engine(answer))
                    error.metadata = {**error.metadata, **cost.to_metadata()}
                raise

        with Counted(model) as call:
            done = await self.keep_trying(model, once, timeout_s=timeout_s, use=use)
            (value, result), answer = done.value
            call.record = _record(model, done, usage_of(result, answer.headers), use, _engine(answer))
        return value, call.record

    async def keep_trying(
        self, model: str, once: Callable[[float], Awaitable[T]], *, timeout_s: float, use: Use = _NO_USE
    ) -> Done[T]:
        """Run `once`, which is given the seconds that are left, until it succeeds.

        All requests and pauses together stay within `timeout_s` and the caller's deadline. `use` is what one request is
        thought to use.

        Raises:
            ServiceError: MODEL_CREDENTIALS before any request where account or token are missing; DEADLINE_EXCEEDED
                where the caller's time is over before there is an answer; the last request's error, with the number of
                requests and their cost in its metadata.
        """
        self._settings.require_credentials()
        allowed_s = call.remaining_s(timeout_s)
        deadline, hurried = time.monotonic() + allowed_s, allowed_s < timeout_s
        attempts = call.model_attempts(self._attempts)
        duration_s, lost = 0.0, NOTHING
        for attempt in count(1):
            began = time.monotonic()
            if began >= deadline:
                break
            try:
                value = await once(deadline - began)
                return Done(value, attempt, duration_s + time.monotonic() - began, lost)
            except WorkersAIError as error:
                failed = named(error, model, token=self._settings.api_token)
                lost = lost.plus(cost_of_failure(model, error, use, billed=self._settings.billed))
            now = time.monotonic()
            unanswered = failed.reason is Reason.MODEL_UNREACHABLE and not failed.http_status
            if hurried and unanswered and now >= deadline - _TIMER_S:
                failed = out_of_time(failed, model)
            duration_s += now - began
            pause = pause_s(failed, attempt, attempts=attempts, remaining_s=deadline - now, chance=random.random())
            if pause is None:
                failed.metadata = {**failed.metadata, "attempts": str(attempt), **lost.to_metadata()}
                raise failed
            log.warning("model call failed, trying again", **_fields(model, attempt, pause, failed))
            await asyncio.sleep(pause)
        raise WorkersAIError(Reason.DEADLINE_EXCEEDED, f"{model}: no time is left to ask", model=model)


def _record(model: str, done: Done[T], usage: Usage, use: Use, engine: str) -> CallRecord:
    return CallRecord(
        model,
        duration_s=done.duration_s,
        attempts=done.attempts,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        # An embedded engine reports what the hosted model would have cost; it is not billed.
        neurons=0.0 if engine else usage.neurons,
        engine=engine,
        cost=done.lost.plus(cost_of_answer(model, usage, use, engine)),
    )


def _engine(answer: Answer) -> str:
    name = answer.headers.get("atelier-engine", "")
    return name if name.isascii() and name.isprintable() and len(name) <= 100 else ""


def _fields(model: str, attempt: int, pause: float, error: WorkersAIError) -> dict[str, object]:
    return {
        "model": model,
        "attempt": attempt,
        "pause_s": round(pause, 3),
        "reason": error.reason,
        "provider_code": error.provider_code,
        "http_status": error.http_status,
    }


async def all_of(works: Sequence[Coroutine[object, object, T]]) -> list[T]:
    """The results of all, run at once; the first failure cancels the others and is raised."""
    if len(works) == 1:
        return [await works[0]]
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
