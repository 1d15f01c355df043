"""The text engine "local/smollm2": asks the language model, and its fallback where that has no good answer in time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Protocol

import orjson

from services.kit import telemetry
from services.local.engine import TextEngine, TextRequest
from services.local.json_schema import jsonschema
from services.local.schema_in_words import with_schema_from_words
from services.local.scribe.protocol import PromptsTask, recognise
from services.local.smollm.packages import weights_file
from services.local.smollm.pictures import content_lines, question, seeds, seen, with_seen
from services.local.smollm.runtime import CONTEXT_TOKENS, Llama, NoAnswerError

log = telemetry.get_logger(__name__)

_CHARACTERS_A_TOKEN = 3
_LARGEST_SEED = 2**32 - 1


class ChatModel(Protocol):
    """What the engine needs of a runtime."""

    def chat(self, body: Mapping[str, object], deadline_s: float) -> str:
        """The whole answer, or NoAnswerError."""
        ...


class SmolLM2:
    """SmolLM2-135M behind the same port as the scribe.

    Of prompts for pictures it writes what is seen (`pictures.py`), and `fallback` mood, style and the rest. An answer
    that misses the deadline, breaks its schema or shows nothing, and a request that does not fit the model's window,
    are answered by `fallback` alone, whose name the answer then carries.
    """

    def __init__(self, fallback: TextEngine, *, deadline_s: float, model: ChatModel | None = None) -> None:
        self._fallback = fallback
        self._deadline_s = deadline_s
        self._model = model or Llama(weights_file())

    @property
    def name(self) -> str:
        """Name of the engine."""
        return "local/smollm2"

    def complete(self, request: TextRequest) -> str:
        """The whole answer."""
        return self.complete_by(request)[0]

    def complete_by(self, request: TextRequest) -> tuple[str, str]:
        """The whole answer and the name of the engine that gave it."""
        request = with_schema_from_words(request)
        try:
            return self._ask(request), self.name
        except NoAnswerError as failure:
            log.info("the language model is passed over", why=str(failure), engine=self._fallback.name)
            return self._fallback.complete(request), self._fallback.name

    def _ask(self, request: TextRequest) -> str:
        task = recognise(request)
        text = self._write(request, task) if isinstance(task, PromptsTask) else self._answer(request)
        if request.json_schema is not None and not _meets(text, request.json_schema):
            raise NoAnswerError("broke the schema")
        return text

    def _write(self, request: TextRequest, task: PromptsTask) -> str:
        lines, ends_s = content_lines(task), time.monotonic() + self._deadline_s
        pictures = [self._picture(request, task, lines, number, ends_s) for number in range(task.count)]
        return with_seen(self._fallback.complete(request), pictures)

    def _picture(
        self, request: TextRequest, task: PromptsTask, lines: Sequence[str], number: int, ends_s: float
    ) -> str:
        for seed in seeds(request, task, number, _LARGEST_SEED):
            left_s = ends_s - time.monotonic()
            if left_s <= 0:
                raise NoAnswerError("ran out of time")
            picture = seen(self._model.chat(question(lines, seed), left_s), lines, task)
            if picture:
                return picture
        raise NoAnswerError("showed nothing of the content")

    def _answer(self, request: TextRequest) -> str:
        length = sum(len(message.content) for message in request.messages) // _CHARACTERS_A_TOKEN
        if length + min(request.max_tokens, CONTEXT_TOKENS // 2) > CONTEXT_TOKENS:
            raise NoAnswerError("too long for its window")
        return self._model.chat(_body(request), self._deadline_s)


def _body(request: TextRequest) -> dict[str, object]:
    body: dict[str, object] = {
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "max_tokens": min(request.max_tokens, CONTEXT_TOKENS // 2),
        "temperature": request.temperature,
        "seed": (request.seed or 0) % _LARGEST_SEED,
    }
    if request.json_schema:
        wrapped = {"name": "answer", "schema": dict(request.json_schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": wrapped}
    elif request.json_schema is not None:
        body["response_format"] = {"type": "json_object"}
    return body


def _meets(text: str, schema: Mapping[str, object]) -> bool:
    try:
        return bool(jsonschema.Draft202012Validator(schema).is_valid(orjson.loads(text)))
    except (orjson.JSONDecodeError, jsonschema.SchemaError):
        return False
