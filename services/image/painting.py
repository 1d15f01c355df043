"""From an order to a finished picture: asks the model, looks at its answer, asks once more where that is no picture."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from services.image.facts import Facts
from services.image.fitting import Cut, Finished, finish
from services.image.marking import Marked, Marker
from services.image.orders import Order
from services.image.sizing import FIXED_SIZE, Size, box_to_keep, can_make, size_to_ask
from services.kit import call, telemetry
from services.kit.errors import Reason, ServiceError
from services.workers_ai.catalogue import IMAGE_MODELS, image_model
from services.workers_ai.client import WorkersAI
from services.workers_ai.estimates import image_cost
from services.workers_ai.fallback import first_that_answers
from services.workers_ai.record import CallRecord
from services.workers_ai.values import ImageRequest, ImageResult

log = telemetry.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Painting:
    """A finished picture, the call, or calls, that made it, and what can be said about its making.

    `source_digest` is that of the model's own bytes; `reproducible` is whether the model takes a seed.
    """

    picture: Finished
    marked: Marked
    call: CallRecord
    source_digest: str
    reproducible: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How a picture would be brought to a size; `cut` is None where next to nothing has to be cut off."""

    size: Size
    cut: Cut | None = None


class Painter:
    """Makes pictures with the first of `models` that answers, those first that can make the ratio wanted.

    `attempts` bounds the requests to each model for one picture, unless the caller sets another bound; `timeout_s` is
    the most that one call of a model may take; `billed` is whether an account pays for it. Pictures are looked at and
    marked in `workers`, away from the event loop.
    """

    def __init__(
        self,
        client: WorkersAI,
        models: Sequence[str],
        marker: Marker,
        *,
        attempts: int,
        timeout_s: float,
        workers: Executor,
        billed: bool = True,
    ) -> None:
        self._client = client
        self._models = tuple(models)
        self._marker = marker
        self._attempts = attempts
        self._timeout_s = timeout_s
        self._workers = workers
        self._billed = billed

    async def paint(self, order: Order) -> Painting:
        """Make one picture of exactly the size and type ordered.

        Raises:
            ServiceError: MODEL_OUTPUT where no answer was a picture that shows something, SIGNING_FAILED where it
                could not be signed and has to be, and what the client raises.
        """
        models, breaker = self._models_for(order), self._client.breaker
        return await first_that_answers(models, lambda model: self._paint_with(model, order), breaker)

    def estimate(self, order: Order) -> CallRecord:
        """What one picture would cost, made by the model that would be asked first.

        Raises:
            ServiceError: MODEL_UNSUPPORTED where no model is known.
        """
        models = self._models_for(order)
        model = next((name for name in models if name in IMAGE_MODELS), models[0])
        cost = image_cost(model, _request(model, order), billed=self._billed)
        return CallRecord(model, attempts=0, cost=cost)

    def plan(self, order: Order) -> Plan | None:
        """How the model that would be asked first would make the size ordered; None where no size is."""
        wanted = order.wish.size
        if wanted is None:
            return None
        row = next((IMAGE_MODELS[name] for name in self._models_for(order) if name in IMAGE_MODELS), None)
        sizes = row.sizes if row is not None else None
        if can_make(sizes, wanted):
            return Plan(wanted)
        made = size_to_ask(sizes, wanted) or Size(*FIXED_SIZE)
        return Plan(wanted, Cut(made, box_to_keep(made, wanted)))

    def _models_for(self, order: Order) -> list[str]:
        def cuts(model: str) -> bool:
            row = IMAGE_MODELS.get(model)
            return row is not None and not can_make(row.sizes, order.wish.size)

        return sorted(self._models, key=cuts)

    async def _paint_with(self, model: str, order: Order) -> Painting:
        request = _request(model, order)
        first = await self._ask(model, request)
        try:
            return await self._painting(first, order, first.call)
        except ServiceError as error:
            left = call.model_attempts(self._attempts) - first.call.attempts
            if error.reason is not Reason.MODEL_OUTPUT or left < 1:
                raise
            log.warning("asking again for a picture", model=model, problem=error.message)
        with call.scope(call.remaining_s(float("inf")) if call.has_deadline() else None, left):
            second = await self._ask(model, request)
        return await self._painting(second, order, first.call.plus(second.call))

    async def _ask(self, model: str, request: ImageRequest) -> ImageResult:
        return await self._client.generate_image(model, request, timeout_s=self._timeout_s)

    async def _painting(self, result: ImageResult, order: Order, record: CallRecord) -> Painting:
        loop = asyncio.get_running_loop()
        try:
            picture, marked, digest = await loop.run_in_executor(self._workers, self._finished, result, order)
        except ServiceError as error:
            model = result.call.model
            metadata = {**error.metadata, "model": model, **record.cost.to_metadata()}
            raise ServiceError(error.reason, f"{model}: {error.message}", metadata=metadata) from error
        return Painting(picture, marked, record, digest, image_model(record.model).seed is not None)

    def _finished(self, result: ImageResult, order: Order) -> tuple[Finished, Marked, str]:
        """All that is done with the bytes of an answer, in one go. Blocking."""
        source_digest = f"sha256:{hashlib.sha256(result.data).hexdigest()}"
        facts = Facts(
            label=order.label,
            model=result.call.model,
            engine=result.call.engine,
            prompt_digest=f"sha256:{hashlib.sha256(order.prompt.encode()).hexdigest()}",
            source_digest=source_digest,
        )
        facts = self._marker.dated(facts)
        picture = finish(result.data, order.wish, self._marker.xmp(facts), preview_side=order.preview_side)
        marked = self._marker.mark(picture.data, picture.media_type, facts)
        return replace(picture, data=b""), marked, source_digest


def _request(model: str, order: Order) -> ImageRequest:
    """What the model is asked for; a size that it does not take is left out."""
    asked = size_to_ask(image_model(model).sizes, order.wish.size)
    width, height = asked or (0, 0)
    return ImageRequest(order.prompt, order.negative_prompt, width, height, order.seed)
