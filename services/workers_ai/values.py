"""What the client takes and gives, apart from any wire form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.workers_ai.record import CallRecord


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation; `role` is "system", "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class TextResult:
    """What a text model wrote; `data` is the JSON value read from it where a schema was given, else None."""

    text: str
    data: object | None
    call: CallRecord


@dataclass(frozen=True, slots=True)
class Judgement:
    """A moderation model's opinion of a text.

    `categories` holds the hazards it found as (code "S1" to "S14", probability or 0.0 where the model gives none),
    worst first, and is empty for a safe text. `scores` holds the probability of every hazard, worst first, where the
    model gives them (Clef), else nothing.
    """

    safe: bool
    categories: tuple[tuple[str, float], ...]
    call: CallRecord
    scores: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Sentiment:
    """How a text sounds: probabilities, 0 to 1, that it is positive and negative in tone. It is no moderation."""

    positive: float
    negative: float
    call: CallRecord

    @property
    def label(self) -> str:
        """The likelier of "POSITIVE" and "NEGATIVE"."""
        return "POSITIVE" if self.positive >= self.negative else "NEGATIVE"


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One picture to make.

    Sizes in pixels, 0 for the model's own default; `seed`, `steps` and `guidance` 0 leave them to the model. What the
    model does not take is not sent.
    """

    prompt: str
    negative_prompt: str = ""
    width: int = 0
    height: int = 0
    seed: int = 0
    steps: int = 0
    guidance: float = 0.0


@dataclass(frozen=True, slots=True)
class ImageResult:
    """A picture as the model answered it.

    `media_type` comes from the bytes themselves, "" where they are no known format. `seed_used` is whether the
    request's seed was sent, so that the same request may repeat the picture.
    """

    data: bytes
    media_type: str
    call: CallRecord
    seed_used: bool


@dataclass(frozen=True, slots=True)
class Noul:
    """A yes-or-no question; `yes` and `no` say what each means, or are empty."""

    instructions: str
    yes: str = ""
    no: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with 2 to 255 options: option id to its description, or None where the id says it all."""

    instructions: str
    options: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Score:
    """A rating on 2 to 10 described levels, lowest first."""

    instructions: str
    levels: Sequence[str]


Question = Noul | Choice | Score


@dataclass(frozen=True, slots=True)
class NoulAnswer:
    """Probability, 0 to 1, that the answer is yes."""

    probability: float


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """The likeliest option, the probability of each, and how sure the model is, 0 to 1."""

    choice: str
    probabilities: Mapping[str, float]
    confidence: float


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """The probability-weighted level, counted from 0, the probability of each level, and how sure the model is."""

    score: float
    probabilities: tuple[float, ...]
    confidence: float


Answer = NoulAnswer | ChoiceAnswer | ScoreAnswer


@dataclass(frozen=True, slots=True)
class Decisions:
    """Answers to a decision model's questions, under the ids of the questions."""

    answers: Mapping[str, Answer]
    call: CallRecord
