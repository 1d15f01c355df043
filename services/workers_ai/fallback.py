"""Fallbacks: the next model where one cannot answer, never where the request itself is at fault."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from functools import reduce
from typing import Any, ClassVar, Protocol, TypeVar, runtime_checkable

from services.kit import call, telemetry
from services.kit.errors import Reason, ServiceError
from services.workers_ai import counting
from services.workers_ai.breaker import Breaker
from services.workers_ai.cost import NOTHING, Cost, cost_from
from services.workers_ai.record import CallRecord

R = TypeVar("R")

NEXT_MODEL = frozenset({Reason.MODEL_UNREACHABLE, Reason.MODEL_UNSUPPORTED, Reason.MODEL_QUOTA})

# Errors with which a model shows that it is there.
_ANSWERED = frozenset({Reason.MODEL_OUTPUT, Reason.MODEL_REFUSED, Reason.CONTENT_LENGTH, Reason.FIELD_INVALID})

log = telemetry.get_logger(__name__)


@runtime_checkable
class _Called(Protocol):
    """An answer that knows its call: a dataclass of `values`, or one like them."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def call(self) -> CallRecord: ...


async def first_that_answers(
    models: Sequence[str], ask: Callable[[str], Awaitable[R]], breaker: Breaker | None = None
) -> R:
    """What the first model answers that can.

    A model that is out of reach, unsupported or out of quota makes room for the next; any other error is final. Where
    none answers, the first error that may pass later is raised, or else the first of all. A model that keeps failing
    is asked behind the others for a while, as `breaker` says; without one each call begins anew. What the models before
    the one that answered may have cost is added to the `call` of the answer, if it has one.

    Raises:
        ServiceError: as above; MODEL_UNSUPPORTED where there is no model at all.
    """
    errors: list[ServiceError] = []
    for model in breaker.order(models) if breaker else models:
        if errors and call.remaining_s(1.0) <= 0:
            break
        try:
            answer = await _ask(model, ask, breaker)
            return _with_cost_of(errors, answer) if errors else answer
        except ServiceError as error:
            if error.reason not in NEXT_MODEL:
                raise
            errors.append(error)
            log.warning("model cannot answer", model=model, reason=error.reason, error=error.message)
    if not errors:
        raise ServiceError(Reason.MODEL_UNSUPPORTED, "no model is configured")
    raise next((error for error in errors if error.retryable), errors[0])


async def _ask(model: str, ask: Callable[[str], Awaitable[R]], breaker: Breaker | None) -> R:
    """The answer of one model, or its error; the breaker hears of it."""
    if breaker is None:
        return await ask(model)
    breaker.begins(model)
    try:
        answer = await ask(model)
    except ServiceError as error:
        _tell(breaker, model, error)
        raise
    except BaseException:
        breaker.left(model)
        raise
    if breaker.answered(model):
        _back(model)
    return answer


def _tell(breaker: Breaker, model: str, error: ServiceError) -> None:
    if call.remaining_s(1.0) <= 0:
        # Whoever gives a model no time learns nothing about it.
        breaker.left(model)
    elif error.reason in NEXT_MODEL:
        if pause_s := breaker.failed(model, error.retry_after_s):
            counting.passed_over(model)
            log.warning("model keeps failing and is passed over", model=model, pause_s=round(pause_s, 1))
    elif error.reason in _ANSWERED:
        if breaker.answered(model):
            _back(model)
    else:
        breaker.left(model)


def _back(model: str) -> None:
    counting.back(model)
    log.info("model answers again", model=model)


def _with_cost_of(errors: Sequence[ServiceError], answer: R) -> R:
    lost = reduce(Cost.plus, (cost_from(error.metadata) for error in errors), NOTHING)
    if lost == NOTHING or not isinstance(answer, _Called):
        return answer
    call = dataclasses.replace(answer.call, cost=answer.call.cost.plus(lost))
    return dataclasses.replace(answer, call=call)
