"""The text engine: finds out what is asked and hands it to the part that can answer it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import orjson

from services.local.engine import Embedder, TextRequest
from services.local.schema_in_words import with_schema_from_words
from services.local.scribe.answers import shaped
from services.local.scribe.art import load_art
from services.local.scribe.brief import Reader
from services.local.scribe.chat import answer
from services.local.scribe.condense import condense
from services.local.scribe.direction import Direction, direct
from services.local.scribe.glossary import in_english, language_of
from services.local.scribe.injection import without_orders
from services.local.scribe.lexicon import lexicon
from services.local.scribe.narrator import Narrator
from services.local.scribe.protocol import CondenseTask, PromptsTask, content_of, recognise
from services.local.scribe.rewrite import Softener
from services.local.scribe.schema import document
from services.local.scribe.text import plain, sentences
from services.local.scribe.tongue import tongue
from services.local.scribe.writer import Prompt, Writer


class Scribe:
    """A small, honest, deterministic text engine; reads its tables in the constructor (about two seconds)."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        art = load_art(embedder)
        self._reader = Reader(embedder, lexicon(), art)
        self._writer = Writer(art, lexicon())
        self._softener = Softener(embedder, self._reader, self._writer)

    @property
    def name(self) -> str:
        """Name of the engine."""
        return "local/scribe"

    def complete(self, request: TextRequest) -> str:
        """The whole answer; a JSON document that meets the schema given as `json_schema` or in the system message."""
        request = with_schema_from_words(request)
        if request.json_schema is None:
            return answer(request, self._embedder)
        task = recognise(request)
        if isinstance(task, PromptsTask):
            return json.dumps(self._prompts(task, request.json_schema, request.seed or 0), ensure_ascii=False)
        if isinstance(task, CondenseTask):
            return orjson.dumps({"summary": self._summary(task.content, task.max_words)}).decode()
        texts = without_orders(sentences(plain(content_of(request.messages))))
        # A constant of the schema may be an integer beyond 64 bits, which orjson refuses.
        return json.dumps(document(request.json_schema, texts), ensure_ascii=False)

    def _prompts(self, task: PromptsTask, schema: Mapping[str, object], seed: int) -> dict[str, object]:
        texts = without_orders(sentences(plain(task.content)))
        language = language_of(texts)
        english = [text for text in in_english(texts, lexicon()) if text]
        direction = direct(task.wishes)
        prompts = self._written(task, english, direction, seed)
        voice = tongue(task.wishes.language, language)
        narrator = Narrator(voice, direction, texts if voice.code == language else [], english)
        return shaped(schema, [narrator.draft(prompt) for prompt in prompts], texts)

    def _written(self, task: PromptsTask, english: list[str], direction: Direction, seed: int) -> list[Prompt]:
        if task.refused or task.reasons:
            first = seed + task.written
            return [self._softener.safer(task, english, direction, first + number) for number in range(task.count)]
        brief = self._reader.read(english, allowed=lambda phrase: not direction.avoided(phrase))
        return self._writer.write(brief, task.written + task.count, direction, seed)[task.written :]

    def _summary(self, content: str, max_words: int) -> str:
        texts = without_orders(sentences(plain(content)))
        return condense(texts, max_words, self._embedder) or "No content."
