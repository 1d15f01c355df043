"""The text model behind the service: one question in, the value it answered and what that took out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from services.prompt.instructions import Question
from services.workers_ai.catalogue import TEXT_MODELS, text_model
from services.workers_ai.client import Message, TextResult, WorkersAI
from services.workers_ai.estimates import text_cost
from services.workers_ai.fallback import first_that_answers
from services.workers_ai.record import CallRecord

# Later rounds ask with a seed of their own, so that a model does not say the same again.
_FIRST_SEED = 101


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON value that meets the outline of the question's schema, and the call that gave it."""

    data: object
    call: CallRecord


class TextModel(Protocol):
    """A model that answers questions."""

    def context_tokens(self) -> int:
        """Tokens that question and answer may have together."""
        ...

    def expect(self, question: Question, output_tokens: int) -> CallRecord:
        """The call that an answer of about so many tokens would take, with its estimated cost."""
        ...

    async def ask(self, question: Question, *, round_number: int = 0) -> Answer:
        """The answer; `round_number` above 0 says that an earlier answer to much the same question was no use."""
        ...


class WorkersAITextModel:
    """The first of some Workers AI models that answers.

    `timeout_s` bounds one question, all attempts together; `billed` is whether an account pays for the answers.
    """

    def __init__(
        self, client: WorkersAI, models: Sequence[str], *, timeout_s: float, temperature: float, billed: bool = True
    ) -> None:
        self._client = client
        self._models = tuple(models)
        self._timeout_s = timeout_s
        self._temperature = temperature
        self._billed = billed

    def context_tokens(self) -> int:
        """The smallest context among the models, since any of them may have to answer.

        Raises:
            ServiceError: MODEL_UNSUPPORTED where none of them is known.
        """
        return min(text_model(model).context_tokens for model in self._known())

    def expect(self, question: Question, output_tokens: int) -> CallRecord:
        """The call by the first known model; MODEL_UNSUPPORTED where none of them is known."""
        model = self._known()[0]
        cost = text_cost(model, _messages(question), output_tokens=output_tokens, billed=self._billed)
        return CallRecord(model, attempts=0, cost=cost)

    async def ask(self, question: Question, *, round_number: int = 0) -> Answer:
        """Ask the models in turn; errors are those of the Workers AI client."""
        messages = _messages(question)
        seed = _FIRST_SEED + round_number if round_number else None

        async def ask_one(model: str) -> TextResult:
            return await self._client.generate_text(
                model,
                messages,
                max_tokens=question.max_tokens,
                temperature=self._temperature,
                seed=seed,
                json_schema=question.schema,
                timeout_s=self._timeout_s,
            )

        result = await first_that_answers(self._models, ask_one, self._client.breaker)
        return Answer(result.data, result.call)

    def _known(self) -> Sequence[str]:
        # An unknown one was named at start, and is skipped by the fallback.
        return [model for model in self._models if model in TEXT_MODELS] or self._models[:1]


def _messages(question: Question) -> tuple[Message, Message]:
    return Message("system", question.system), Message("user", question.user)
