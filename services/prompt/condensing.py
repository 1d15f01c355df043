"""Content too long for the model is summarised piece by piece until it fits; nothing is cut off."""

from __future__ import annotations

import asyncio

from services.kit.errors import Reason, ServiceError
from services.prompt.instructions import Question, ask_for_summary, room_for_content
from services.prompt.model import TextModel
from services.prompt.pieces import split, tokens
from services.prompt.reading import read_summary
from services.prompt.screening import without_orders
from services.workers_ai.calls import all_of
from services.workers_ai.record import CallRecord

_LEVELS = 4
_FEWEST_WORDS, _MOST_WORDS = 30, 500
# Estimated tokens of a word; estimates are high, so summaries fill about half of the room they are given.
_TOKENS_PER_WORD = 4
_TRIES = 2


class Condenser:
    """Makes content fit; `parallel` bounds how many pieces are summarised at once."""

    def __init__(self, model: TextModel, *, parallel: int) -> None:
        self._model = model
        self._parallel = parallel

    async def fit(self, content: str, room: int) -> tuple[str, list[CallRecord]]:
        """The content in at most `room` estimated tokens, and the calls that took.

        Raises:
            ServiceError: MODEL_OUTPUT where the summaries do not get shorter, or as the model raises.
        """
        calls: list[CallRecord] = []
        for _ in range(_LEVELS):
            if tokens(content) <= room:
                return content, calls
            content = await self._shorter(content, room, calls)
        if tokens(content) <= room:
            return content, calls
        raise ServiceError(Reason.MODEL_OUTPUT, "the model's summaries of the content stay too long for its context")

    def expect(self, content: str, room: int) -> list[tuple[Question, int]]:
        """The questions that the first summaries of content would take, each with the tokens of its answer.

        Summaries that are still too long are summarised again; what that takes is little beside the first.
        """
        if tokens(content) <= room:
            return []
        pieces, words = self._pieces(content, room)
        asked = (ask_for_summary(piece, words, number, len(pieces)) for number, piece in enumerate(pieces, 1))
        return [(question, words * _TOKENS_PER_WORD // 2) for question in asked]

    def _pieces(self, content: str, room: int) -> tuple[list[str], int]:
        """The pieces to summarise, and in how many words each."""
        longest = ask_for_summary("", _MOST_WORDS, 99, 99)
        pieces = split(content, room_for_content(longest, "", self._model.context_tokens()))
        return pieces, max(_FEWEST_WORDS, min(_MOST_WORDS, room // _TOKENS_PER_WORD // len(pieces)))

    async def _shorter(self, content: str, room: int, calls: list[CallRecord]) -> str:
        """One level of summaries."""
        pieces, words = await asyncio.to_thread(self._pieces, content, room)
        gate = asyncio.Semaphore(self._parallel)

        async def summary_of(piece: str, number: int) -> str:
            async with gate:
                return await self._summarise(piece, words, number, len(pieces), calls)

        return "\n\n".join(await all_of([summary_of(piece, number) for number, piece in enumerate(pieces, 1)]))

    async def _summarise(self, piece: str, words: int, number: int, total: int, calls: list[CallRecord]) -> str:
        """A summary of one piece; one that runs on after it was asked for twice is kept up to a border only."""
        limit = words * _TOKENS_PER_WORD * 2
        runaway = ""
        for attempt in range(_TRIES):
            question = ask_for_summary(piece, words, number, total)
            answer = await self._model.ask(question, round_number=attempt)
            calls.append(answer.call)
            summary = read_summary(answer.data)
            if question.boundary in summary or not summary:
                continue
            if tokens(summary) <= limit:
                return await asyncio.to_thread(without_orders, summary)
            runaway = summary
        if not runaway:
            raise ServiceError(Reason.MODEL_OUTPUT, f"the model wrote no summary of part {number} of {total}")
        return split(runaway, limit)[0]
