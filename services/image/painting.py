"""From an order to a finished picture: asks the model, looks at its answer, asks once more where that is no picture."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from services.image.fitting import Finished, finish
from services.image.orders import Order
from services.image.sizing import size_to_ask
from services.kit import call, telemetry
from services.kit.errors import Reason, ServiceError
from services.workers_ai.catalogue import image_model
from services.workers_ai.client import WorkersAI
from services.workers_ai.fallback import first_that_answers
from services.workers_ai.record import CallRecord
from services.workers_ai.values import ImageRequest, ImageResult

log = telemetry.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Painting:
    """A finished picture and the call, or calls, that made it."""

    picture: Finished
    call: CallRecord


class Painter:
    """Makes pictures with the first of `models` that answers.

    `attempts` bounds the requests to each model for one picture, unless the caller sets another bound; `timeout_s` is
    the most that one call of a model may take. Pictures are looked at in `workers`, away from the event loop.
    """

    def __init__(
        self, client: WorkersAI, models: Sequence[str], *, attempts: int, timeout_s: float, workers: Executor
    ) -> None:
        self._client = client
        self._models = tuple(models)
        self._attempts = attempts
        self._timeout_s = timeout_s
        self._workers = workers

    async def paint(self, order: Order) -> Painting:
        """Make one picture of exactly the size ordered.

        Raises:
            ServiceError: MODEL_OUTPUT where no answer was a picture that shows something, and what the client raises.
        """
        return await first_that_answers(self._models, lambda model: self._paint_with(model, order))

    async def _paint_with(self, model: str, order: Order) -> Painting:
        request = _request(model, order)
        first = await self._ask(model, request)
        try:
            return Painting(await self._finished(first, order), first.call)
        except ServiceError as error:
            left = call.model_attempts(self._attempts) - first.call.attempts
            if error.reason is not Reason.MODEL_OUTPUT or left < 1:
                raise
            log.warning("asking again for a picture", model=model, problem=error.message)
        with call.scope(call.remaining_s(float("inf")) if call.has_deadline() else None, left):
            second = await self._ask(model, request)
        return Painting(await self._finished(second, order), first.call.plus(second.call))

    async def _ask(self, model: str, request: ImageRequest) -> ImageResult:
        return await self._client.generate_image(model, request, timeout_s=self._timeout_s)

    async def _finished(self, result: ImageResult, order: Order) -> Finished:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._workers, finish, result.data, order.size)
        except ServiceError as error:
            model = result.call.model
            raise ServiceError(error.reason, f"{model}: {error.message}", metadata={"model": model}) from error


def _request(model: str, order: Order) -> ImageRequest:
    """What the model is asked for; a size that it does not take is left out."""
    asked = size_to_ask(image_model(model).sizes, order.size)
    width, height = asked or (0, 0)
    return ImageRequest(order.prompt, order.negative_prompt, width, height, order.seed)
