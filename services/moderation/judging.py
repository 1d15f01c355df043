"""Asks moderation models about a text, piece by piece where it is long, and never lets through what it cannot read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.moderation.policy import REFUSED_VERDICT, UNREADABLE_VERDICT, Policy, Verdict
from services.workers_ai.calls import all_of
from services.workers_ai.catalogue import GUARD_MODELS, guard_model
from services.workers_ai.client import Judgement, WorkersAI
from services.workers_ai.cost import cost_from
from services.workers_ai.errors import WorkersAIError
from services.workers_ai.fallback import first_that_answers
from services.workers_ai.pieces import cut
from services.workers_ai.record import CallRecord

log = telemetry.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, and all the calls it took as one."""

    verdict: Verdict
    call: CallRecord


class Judge:
    """Judges texts with the first of some models that answers.

    `timeout_s` bounds one call of a model, all attempts together; `parallel` how many pieces of a text are judged at
    once.
    """

    def __init__(self, client: WorkersAI, models: Sequence[str], *, timeout_s: float, parallel: int) -> None:
        self._client = client
        self._models = tuple(models)
        self._timeout_s = timeout_s
        self._parallel = parallel

    async def judge(self, text: str, policy: Policy) -> Ruling:
        """The ruling on a text under a policy.

        Raises:
            ServiceError: a fault of the provider, as the Workers AI client tells it; never for an answer that came and
                is no verdict, because that blocks.
        """
        gate = asyncio.Semaphore(self._parallel)

        async def judge_piece(piece: str) -> Ruling:
            async with gate:
                return await self._judge_piece(piece, policy)

        pieces = [piece for piece in cut(text, self._piece_bytes()) if piece.strip()]
        rulings = await all_of([judge_piece(piece) for piece in pieces])
        verdict = policy.together([ruling.verdict for ruling in rulings])
        return Ruling(verdict, reduce(CallRecord.plus, (ruling.call for ruling in rulings)))

    def _piece_bytes(self) -> int:
        """What the first known model surely reads whole; the client cuts again for a fallback that reads less."""
        known = next((model for model in self._models if model in GUARD_MODELS), self._models[0])
        return guard_model(known).max_text_bytes

    async def _judge_piece(self, text: str, policy: Policy) -> Ruling:
        async def ask(model: str) -> Judgement:
            return await self._client.judge(model, text, timeout_s=self._timeout_s)

        try:
            judgement = await first_that_answers(self._models, ask)
        except WorkersAIError as error:
            verdict = _verdict_on(error)
            if verdict is None:
                raise
            log.warning("no verdict to read, blocked", reason=error.reason, error=error.message)
            return Ruling(verdict, _record_of(error))
        return Ruling(policy.verdict(judgement.safe, judgement.categories), judgement.call)


def _verdict_on(error: WorkersAIError) -> Verdict | None:
    """What a failed call says about the text; None where the fault is the provider's and says nothing about it."""
    if error.reason is Reason.MODEL_REFUSED:
        return REFUSED_VERDICT
    answered = error.reason is Reason.MODEL_OUTPUT and not error.provider_code and not error.http_status
    return UNREADABLE_VERDICT if answered else None


def _record_of(error: ServiceError) -> CallRecord:
    attempts = error.metadata.get("attempts", "1")
    return CallRecord(
        error.metadata.get("model", ""),
        attempts=int(attempts) if attempts.isdigit() else 1,
        cost=cost_from(error.metadata),
    )
