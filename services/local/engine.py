"""The ports between the stand-in's HTTP server and the engines that answer in place of hosted models.

An engine is synchronous, does no I/O after construction, may be called from several threads at once, and gives the
same answer for the same request. The server runs it outside the event loop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn of a conversation; `role` is "system", "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class TextRequest:
    """What a text-generation model is asked.

    `json_schema` is None for free text; a JSON schema (possibly empty: any object) where the answer must be a JSON
    document that meets it. `max_tokens` bounds the answer; one token is about four characters.
    """

    messages: tuple[ChatMessage, ...]
    max_tokens: int = 256
    temperature: float = 0.6
    seed: int | None = None
    json_schema: Mapping[str, object] | None = None


class TextEngine(Protocol):
    """Stands in for a text-generation model."""

    @property
    def name(self) -> str:
        """Name of the engine, for example "local/scribe"."""
        ...

    def complete(self, request: TextRequest) -> str:
        """The whole answer; a JSON document where `json_schema` is given."""
        ...


@runtime_checkable
class NamesItsAnswers(Protocol):
    """A text engine that lets another one answer now and then, and says which of them did."""

    def complete_by(self, request: TextRequest) -> tuple[str, str]:
        """The whole answer and the name of the engine that gave it."""
        ...


def complete_by(engine: TextEngine, request: TextRequest) -> tuple[str, str]:
    """The whole answer of any text engine and the name of the one that gave it."""
    if isinstance(engine, NamesItsAnswers):
        return engine.complete_by(request)
    return engine.complete(request), engine.name


@dataclass(frozen=True, slots=True)
class Hazards:
    """How likely a text is to break each category of the Llama Guard 3 taxonomy.

    `scores` maps "S1" to "S14" to a calibrated probability, 0 to 1. `flagged` names the categories over the engine's
    threshold, worst first; empty means safe.
    """

    scores: Mapping[str, float]
    flagged: tuple[str, ...] = ()


class JudgeEngine(Protocol):
    """Stands in for a moderation model."""

    @property
    def name(self) -> str:
        """Name of the engine, for example "local/sentinel"."""
        ...

    def judge(self, text: str) -> Hazards:
        """Hazards of a text of any length; a long one is judged piece by piece and the worst piece counts."""
        ...

    def sentiment(self, text: str) -> float:
        """Probability, 0 to 1, that the text is positive in tone."""
        ...


@dataclass(frozen=True, slots=True)
class PaintRequest:
    """What a text-to-image model is asked. Sizes in pixels; `seed` 0 means that the prompt alone decides."""

    prompt: str
    negative_prompt: str = ""
    width: int = 1024
    height: int = 1024
    seed: int = 0
    steps: int = 4


class PaintEngine(Protocol):
    """Stands in for a text-to-image model."""

    @property
    def name(self) -> str:
        """Name of the engine, for example "local/illustrator"."""
        ...

    def paint(self, request: PaintRequest) -> NDArray[np.uint8]:
        """The picture: shape (height, width, 3), RGB, 8 bits a channel; the same request gives the same bytes."""
        ...


class SightEngine(Protocol):
    """Stands in for a model that looks at pictures and says what hazards they show."""

    @property
    def name(self) -> str:
        """Name of the engine, for example "local/sentinel-eye"."""
        ...

    def look(self, picture: NDArray[np.uint8]) -> Hazards:
        """Hazards of a picture of shape (height, width, 3), RGB; `scores` lacks the categories it has no eye for."""
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness in meaning."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Array of shape (len(texts), 384); each row has length 1."""
        ...


@dataclass(frozen=True, slots=True)
class Engines:
    """The set of engines that one stand-in answers with.

    `embed` is None where no embedding model is served, `sight` where nothing can look at pictures.
    """

    text: TextEngine
    judge: JudgeEngine
    paint: PaintEngine
    embed: Embedder | None = None
    sight: SightEngine | None = None
