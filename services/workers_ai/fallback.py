"""Fallbacks: the next model where one cannot answer, never where the request itself is at fault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from services.kit import call, telemetry
from services.kit.errors import Reason, ServiceError

R = TypeVar("R")

NEXT_MODEL = frozenset({Reason.MODEL_UNREACHABLE, Reason.MODEL_UNSUPPORTED, Reason.MODEL_QUOTA})

log = telemetry.get_logger(__name__)


async def first_that_answers(models: Sequence[str], ask: Callable[[str], Awaitable[R]]) -> R:
    """What the first model answers that can.

    A model that is out of reach, unsupported or out of quota makes room for the next; any other error is final. Where
    none answers, the first error that may pass later is raised, or else the first of all.

    Raises:
        ServiceError: as above; MODEL_UNSUPPORTED where there is no model at all.
    """
    errors: list[ServiceError] = []
    for model in models:
        if errors and call.remaining_s(1.0) <= 0:
            break
        try:
            return await ask(model)
        except ServiceError as error:
            if error.reason not in NEXT_MODEL:
                raise
            errors.append(error)
            log.warning("model cannot answer", model=model, reason=error.reason, error=error.message)
    if not errors:
        raise ServiceError(Reason.MODEL_UNSUPPORTED, "no model is configured")
    raise next((error for error in errors if error.retryable), errors[0])
