"""The loop that asks a text model until there are enough prompts that are clean and clearly different."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.prompt.aside import beside
from services.prompt.brief import Brand, Brief, without, word_in
from services.prompt.condensing import Condenser
from services.prompt.draft import Draft
from services.prompt.instructions import (
    TOKENS_PER_PROMPT,
    USUAL_TOKENS_PER_PROMPT,
    Question,
    ask_for_prompts,
    ask_for_rewrite,
    room_for_content,
)
from services.prompt.model import TextModel
from services.prompt.reading import different, finished, fitted, read_drafts
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

    def expect(self, brief: Brief) -> CallRecord:
        """The call that writing the prompts of a brief would take, with its estimated cost; nothing is asked."""
        question = ask_for_prompts(brief)
        room = room_for_content(question, brief.content, self._model.context_tokens())
        summaries = self._condenser.expect(brief.content, room - (brief.count - 1) * TOKENS_PER_PROMPT)
        if summaries:
            question = ask_for_prompts(replace(brief, content=""))
        answer = brief.count * USUAL_TOKENS_PER_PROMPT
        costs = [self._model.expect(asked, tokens) for asked, tokens in (*summaries, (question, answer))]
        return reduce(CallRecord.plus, costs)

    async def rewrite(self, brief: Brief, refused: str, findings: Mapping[str, str]) -> Written:
        """One prompt that is clearly another than the refused one; errors as in `write`."""

        def ask(now: Brief, written: Sequence[Draft]) -> Question:
            return ask_for_rewrite(now, refused, findings)

        return await self._write(replace(brief, count=1), ask, (Draft(refused),))

    async def _write(self, brief: Brief, ask: Ask, avoided: Sequence[Draft]) -> Written:
        # Room is kept for the prompts that a later round shows as already written.
        question = ask(brief, ())
        room = room_for_content(question, brief.content, self._model.context_tokens())
        content, calls = await self._condenser.fit(brief.content, room - (brief.count - 1) * TOKENS_PER_PROMPT)
        if content != brief.content:
            brief = replace(brief, content=content)
            question = ask(brief, ())
        kept: list[Draft] = []
        spare: list[Draft] = []
        for round_number in range(self._rounds):
            if round_number:
                question = ask(replace(brief, count=brief.count - len(kept)), kept)
            answer = await self._model.ask(question, round_number=round_number)
            calls.append(answer.call)
            screened = await beside(len(content), _screened, answer.data, content, question.boundary, brief.brand)
            kept += different(screened.usable, (*avoided, *kept), brief.common_words)
            if len(kept) >= brief.count:
                break
            spare += screened.spare
            faults = screened.faults
            log.warning("prompts are missing", wanted=brief.count, kept=len(kept), faults=faults, round=round_number)
            if faults:
                brief = replace(brief, content=await beside(len(content), without_orders, brief.content))
        kept += different(spare, (*avoided, *kept), brief.common_words)
        if len(kept) >= brief.count:
            drafts = [finished(draft, brief.language, brief.brand.words_to_avoid) for draft in kept[: brief.count]]
            return Written(tuple(drafts), reduce(CallRecord.plus, calls))
        raise ServiceError(
            Reason.MODEL_OUTPUT,
            f"the model wrote {len(kept)} of {brief.count} usable prompts in {self._rounds} rounds",
        )


@dataclass(frozen=True, slots=True)
class _Screened:
    """The drafts of an answer that can be used, and what is wrong with the others.

    `spare` are those whose only fault is a word to avoid, without it: for where the model knows no better.
    """

    usable: list[Draft]
    spare: list[Draft]
    faults: list[str]


def _screened(data: object, content: str, boundary: str, brand: Brand) -> _Screened:
    watch = watch_for(content, boundary)
    found = _Screened([], [], [])
    for draft in read_drafts(data):
        if fault := fault_of(draft, watch):
            found.faults.append(fault)
        elif word := word_in(f"{draft.text}\n{draft.alt_text}\n{draft.caption}", brand.words_to_avoid):
            log.info("a prompt holds a word to avoid", word=word)
            rest = _without(draft, brand.words_to_avoid)
            found.spare.extend([] if fault_of(rest, watch) else [rest])
        else:
            found.usable.append(draft)
    return found


def _without(draft: Draft, words: tuple[str, ...]) -> Draft:
    texts = (without(text, words) for text in (draft.text, draft.alt_text, draft.caption))
    return fitted(replace(draft, **dict(zip(("text", "alt_text", "caption"), texts, strict=True))))
