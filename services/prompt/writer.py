"""The loop that asks a text model until there are enough prompts that are clean and clearly different."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.prompt.condensing import Condenser
from services.prompt.draft import Draft
from services.prompt.instructions import (
    TOKENS_PER_PROMPT,
    Brief,
    Question,
    ask_for_prompts,
    ask_for_rewrite,
    room_for_content,
)
from services.prompt.model import TextModel
from services.prompt.reading import different, read_drafts
from services.prompt.screening import fault_of, watch_for, without_orders
from services.workers_ai.record import CallRecord

Ask = Callable[[Brief, Sequence[Draft]], Question]

log = telemetry.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """Prompts, and all the calls they took as one."""

    drafts: tuple[Draft, ...]
    call: CallRecord


class Writer:
    """Writes prompts for briefs.

    `rounds` bounds how often the model is asked for prompts that are missing; `parallel` how many pieces of long
    content are summarised at once.
    """

    def __init__(self, model: TextModel, *, rounds: int, parallel: int) -> None:
        self._model = model
        self._rounds = rounds
        self._condenser = Condenser(model, parallel=parallel)

    async def write(self, brief: Brief) -> Written:
        """Exactly as many prompts as the brief wants.

        Raises:
            ServiceError: MODEL_OUTPUT where the model does not write enough of use, or as the model raises.
        """
        return await self._write(brief, ask_for_prompts, ())

    async def rewrite(self, brief: Brief, refused: str, findings: Sequence[str]) -> Written:
        """One prompt that is clearly another than the refused one; errors as in `write`."""

        def ask(now: Brief, written: Sequence[Draft]) -> Question:
            return ask_for_rewrite(now, refused, findings)

        return await self._write(replace(brief, count=1), ask, (Draft(refused),))

    async def _write(self, brief: Brief, ask: Ask, avoided: Sequence[Draft]) -> Written:
        # Room is kept for the prompts that a later round shows as already written.
        room = room_for_content(ask(brief, ()), brief.content, self._model.context_tokens())
        content, calls = await self._condenser.fit(brief.content, room - (brief.count - 1) * TOKENS_PER_PROMPT)
        brief = replace(brief, content=content)
        kept: list[Draft] = []
        for round_number in range(self._rounds):
            question = ask(replace(brief, count=brief.count - len(kept)), kept)
            answer = await self._model.ask(question, round_number=round_number)
            calls.append(answer.call)
            usable, faults = await asyncio.to_thread(_screened, answer.data, content, question.boundary)
            kept += different(usable, (*avoided, *kept), brief.style)
            if len(kept) >= brief.count:
                return Written(tuple(kept[: brief.count]), reduce(CallRecord.plus, calls))
            log.warning("prompts are missing", wanted=brief.count, kept=len(kept), faults=faults, round=round_number)
            if faults:
                brief = replace(brief, content=await asyncio.to_thread(without_orders, brief.content))
        raise ServiceError(
            Reason.MODEL_OUTPUT,
            f"the model wrote {len(kept)} of {brief.count} usable prompts in {self._rounds} rounds",
        )


def _screened(data: object, content: str, boundary: str) -> tuple[list[Draft], list[str]]:
    """The drafts of an answer that can be used, and what is wrong with the others."""
    watch = watch_for(content, boundary)
    drafts = [(draft, fault_of(draft, watch)) for draft in read_drafts(data)]
    return [draft for draft, fault in drafts if not fault], [fault for _, fault in drafts if fault]
