"""Clef, the decision models: typed questions about a text or pictures, answered with probabilities."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import orjson
import pybase64

from services.kit.errors import invalid_field
from services.workers_ai.errors import WorkersAIError, unreadable
from services.workers_ai.hazards import HAZARDS
from services.workers_ai.media import media_type_of
from services.workers_ai.models import GuardModel
from services.workers_ai.values import (
    Answer,
    Choice,
    ChoiceAnswer,
    Noul,
    NoulAnswer,
    Question,
    Score,
    ScoreAnswer,
)
from services.workers_ai.wire import Request, json_request

_ID = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_IMAGE_TYPES = ("image/png", "image/jpeg", "image/webp")
_IMAGE_BYTES = 4 << 20
_ALL_IMAGES_BYTES = 8 << 20

HAZARD_QUESTIONS: Mapping[str, Noul] = {
    code: Noul(f"Does the text hold {hazard.holds}?", yes=f"It falls under {hazard.title}.", no="It does not.")
    for code, hazard in HAZARDS.items()
}
PICTURE_QUESTIONS: Mapping[str, Noul] = {
    code: Noul(f"Does the picture show {hazard.shows}?", yes=f"It falls under {hazard.title}.", no="It does not.")
    for code, hazard in HAZARDS.items()
}
# Clef wants a state beside pictures; this one says nothing about them.
PICTURE_STATE = "A picture."


def decide_request(
    model: GuardModel, state: object, questions: Mapping[str, Question], images: Sequence[bytes] = ()
) -> Request:
    """The request for one decision. `state` is text or a JSON value; pictures are PNG, JPEG or WebP.

    Raises:
        ServiceError: FIELD_INVALID for questions or pictures outside of the published limits.
    """
    if not 1 <= len(questions) <= 64:
        raise invalid_field("questions", f"has {len(questions)} entries; it takes 1 to 64", "1 to 64")
    body: dict[str, object] = {
        "model": model.short_name,
        "state": state,
        "questions": {name: _written(name, question) for name, question in questions.items()},
    }
    if images:
        body["images"] = _images(images)
    return json_request(body)


def _written(name: str, question: Question) -> object:
    return _written_noul(name, question) if isinstance(question, Noul) else _question(name, question)


# The same questions about hazards are asked about everything.
@lru_cache(maxsize=1024)
def _written_noul(name: str, question: Noul) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(_question(name, question)))


def _question(name: str, question: Question) -> dict[str, object]:
    if not _ID.fullmatch(name):
        raise invalid_field("questions", f"has the id {name[:100]!r}; ids take letters, digits, '_', '.', '-'")
    if not question.instructions.strip():
        raise invalid_field(f"questions.{name}.instructions", "is empty")
    if isinstance(question, Noul):
        return _noul(question)
    if isinstance(question, Choice):
        _count(f"questions.{name}.options", len(question.options), 255)
        return {"type": "choice", "instructions": question.instructions, "criteria": dict(question.options)}
    _count(f"questions.{name}.levels", len(question.levels), 10)
    return {"type": "score", "instructions": question.instructions, "criteria": list(question.levels)}


def _noul(question: Noul) -> dict[str, object]:
    criteria = {key: text for key, text in (("true", question.yes), ("false", question.no)) if text}
    wire: dict[str, object] = {"type": "noul", "instructions": question.instructions}
    return {**wire, "criteria": criteria} if criteria else wire


def _count(field: str, count: int, at_most: int) -> None:
    if not 2 <= count <= at_most:
        raise invalid_field(field, f"has {count} entries; it takes 2 to {at_most}", f"2 to {at_most}")


def _images(images: Sequence[bytes]) -> list[str]:
    if len(images) > 4 or sum(map(len, images)) > _ALL_IMAGES_BYTES:
        raise invalid_field("images", "takes at most 4 pictures of 8 MiB together", "4 pictures, 8 MiB")
    return [_data_url(index, data) for index, data in enumerate(images)]


def _data_url(index: int, data: bytes) -> str:
    kind = media_type_of(data)
    if kind not in _IMAGE_TYPES or len(data) > _IMAGE_BYTES:
        raise invalid_field(f"images[{index}]", "takes a PNG, JPEG or WebP picture of at most 4 MiB", "4 MiB")
    return f"data:{kind};base64,{pybase64.b64encode(data).decode()}"


def read_decisions(result: object, questions: Mapping[str, Question]) -> dict[str, Answer]:
    """The answer to each question.

    Raises:
        WorkersAIError: MODEL_OUTPUT unless every question is answered, in its own type, with proper probabilities.
    """
    answers = result.get("answers") if isinstance(result, dict) else None
    if not isinstance(answers, dict):
        raise unreadable("the answer has no `answers`")
    return {name: _answer(name, question, answers.get(name)) for name, question in questions.items()}


def _answer(name: str, question: Question, value: object) -> Answer:
    if not isinstance(value, dict):
        raise _bad(name)
    if isinstance(question, Noul):
        _type(name, value, "noul")
        return NoulAnswer(_probability(name, value.get("noul")))
    if isinstance(question, Choice):
        _type(name, value, "choice")
        odds = _odds(name, value, tuple(question.options))
        choice = value.get("choice")
        if not isinstance(choice, str) or choice not in odds:
            raise _bad(name)
        return ChoiceAnswer(choice, odds, _probability(name, value.get("confidence")))
    _type(name, value, "score")
    return _score(name, question, value)


def _score(name: str, question: Score, value: Mapping[str, object]) -> ScoreAnswer:
    odds = _odds(name, value, tuple(str(level) for level in range(len(question.levels))))
    score = _number(value.get("score"))
    if score is None or not 0 <= score <= len(question.levels) - 1:
        raise _bad(name)
    return ScoreAnswer(score, tuple(odds.values()), _probability(name, value.get("confidence")))


def _odds(name: str, value: Mapping[str, object], keys: Sequence[str]) -> dict[str, float]:
    found = value.get("probabilities")
    if not isinstance(found, dict):
        raise _bad(name)
    return {key: _probability(name, found.get(key)) for key in keys}


def _type(name: str, value: Mapping[str, object], expected: str) -> None:
    if value.get("type") != expected:
        raise _bad(name)


def _probability(name: str, value: object) -> float:
    number = _number(value)
    if number is None or not 0 <= number <= 1:
        raise _bad(name)
    return number


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _bad(name: str) -> WorkersAIError:
    return unreadable(f"the answer to question {name!r} is missing or not of its type")


def hazard_scores(answers: Mapping[str, Answer]) -> tuple[tuple[str, float], ...]:
    """The probability of every hazard, worst first."""
    scores = [(code, answer.probability) for code, answer in answers.items() if isinstance(answer, NoulAnswer)]
    return tuple(sorted(scores, key=lambda item: -item[1]))
