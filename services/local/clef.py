"""Clef, the decision model: typed questions about a state, each answered with probabilities.

The embedded engines read no minds: a question that concerns safety is answered from the judge's hazards (found by the
question's id, a category code, the category's name, or words such as "harmful"); any other by likeness of meaning
between the state and what is asked. Formula of confidence: (sum of p^2 - 1/n) / (1 - 1/n), n being the options.

Pictures are looked at by the sight engine, which knows sexual content and nothing else. A hazard that it has no eye for
gets the probability `UNSEEN`; any other question about a picture gets even odds, which say that nothing is known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import orjson

from services.local import clef_images, tokens
from services.local.clef_questions import (
    HAZARDS,
    asks_for_safety,
    harm_of_option,
    hazards_asked,
    is_about_pictures,
    is_about_safety,
)
from services.local.engine import Engines, Hazards
from services.local.errors import CloudflareError
from services.local.fields import list_of, object_of, text_of
from services.local.pricing import text_neurons
from services.local.work import Answer, Work, enveloped

UNSEEN = 0.05
"""Probability of a hazard in a picture that no engine here has an eye for: a low guess, and always this number."""

_STATE_TOKENS = 2048
# A guess, so that a display of costs has something to show: what a picture counts is not published.
_PICTURE_TOKENS = 256
_SHARPNESS = 12.0
_NEUTRAL_LIKENESS = 0.25
_FLAGGED, _UNFLAGGED = 0.6, 0.4


async def decide(work: Work) -> Answer:
    """Answer every question of the request.

    Raises:
        CloudflareError: 5012 for an image that is none.
    """
    pictures = clef_images.read(list_of(work.body, "images"))
    state = _words(work.body.get("state"))[: _STATE_TOKENS * 4]
    questions = {name: row for name, row in object_of(work.body, "questions").items() if isinstance(row, dict)}
    answers, engine = await work.host.words(lambda engines: _answers(engines, state, pictures, questions))
    count = tokens.count(state) + sum(tokens.count(_words(row)) for row in questions.values())
    count += _PICTURE_TOKENS * len(pictures)
    usage = {"input_tokens": count, "output_tokens": 0}
    result = {"model": text_of(work.body, "model").strip(), "answers": answers, "usage": usage}
    return enveloped(result, engine, text_neurons(work.model.price, count, 0))


def confidence(probabilities: list[float]) -> float:
    """How decided a distribution is: 0 for even odds, 1 for certainty."""
    even = 1 / len(probabilities)
    return min(1.0, max(0.0, (sum(p * p for p in probabilities) - even) / (1 - even)))


def _answers(
    engines: Engines, state: str, pictures: Sequence[bytes], questions: Mapping[str, Mapping[str, object]]
) -> tuple[dict[str, object], str]:
    seen = _seen(engines, pictures)
    said = engines.judge.judge(state)
    desk = _Desk(engines, said if seen is None else _together((said, seen)), state)
    # What is asked of a picture is not answered from the words beside it.
    eye = desk if seen is None else _Desk(engines, seen, None)
    answers: dict[str, object] = {
        name: (eye if is_about_pictures(_words(row.get("instructions"))) else desk).answer(name, row)
        for name, row in questions.items()
    }
    return answers, engines.sight.name if seen and engines.sight else engines.judge.name


def _seen(engines: Engines, pictures: Sequence[bytes]) -> Hazards | None:
    """The hazards of all pictures together; None without pictures."""
    if not pictures:
        return None
    if engines.sight is None:
        raise CloudflareError(3043)
    shown = [engines.sight.look(clef_images.pixels(index, file)) for index, file in enumerate(pictures)]
    unseen = dict.fromkeys(HAZARDS, UNSEEN)
    return _together([Hazards({**unseen, **hazards.scores}, hazards.flagged) for hazards in shown])


def _together(found: Sequence[Hazards]) -> Hazards:
    """The worst of several findings, category by category."""
    scores = {code: max(hazards.scores.get(code, 0.0) for hazards in found) for code in HAZARDS}
    return Hazards(scores, tuple(dict.fromkeys(code for hazards in found for code in hazards.flagged)))


class _Desk:
    """Hazards and the words to compare with a question; None where there is nothing to compare."""

    def __init__(self, engines: Engines, hazards: Hazards, state: str | None) -> None:
        self._engines = engines
        self._hazards = hazards
        self._state = state

    def answer(self, name: str, question: Mapping[str, object]) -> dict[str, object]:
        """The answer to one question, in the shape of its type."""
        kind = text_of(question, "type")
        if kind == "noul":
            return {"type": kind, "noul": self._yes(name, question)}
        if kind == "choice":
            return {"type": kind, **self._choice(name, question)}
        return {"type": kind, **self._score(name, question)}

    def _yes(self, name: str, question: Mapping[str, object]) -> float:
        asked = _words(question.get("instructions"))
        codes = hazards_asked(name, asked)
        if codes:
            return max(self._hazard(code) for code in codes)
        if is_about_safety(asked):
            worst = self._worst()
            return 1 - worst if asks_for_safety(asked) else worst
        return 1 / (1 + math.exp(-_SHARPNESS * (self._likeness([asked])[0] - _NEUTRAL_LIKENESS)))

    def _choice(self, name: str, question: Mapping[str, object]) -> dict[str, object]:
        criteria = object_of(question, "criteria")
        options = list(criteria)
        told = [f"{option} {_words(criteria[option])}" for option in options]
        harms = [harm_of_option(option, text) for option, text in zip(options, told, strict=True)]
        asked = _words(question.get("instructions"))
        codes = [hazards_asked(option, "") for option in options]
        if any(codes) or (is_about_safety(f"{name} {asked}") and any(harm is not None for harm in harms)):
            weights = [self._weight(found, harm) for found, harm in zip(codes, harms, strict=True)]
        else:
            weights = [math.exp(_SHARPNESS * value) for value in self._likeness(told)]
        odds = _normal(weights)
        best = options[odds.index(max(odds))]
        return {
            "choice": best,
            "probabilities": dict(zip(options, odds, strict=True)),
            "confidence": confidence(odds),
        }

    def _score(self, name: str, question: Mapping[str, object]) -> dict[str, object]:
        levels = list_of(question, "criteria")
        told = [_words(level) for level in levels]
        asked = f"{name} {_words(question.get('instructions'))}"
        if is_about_safety(asked):
            worst = self._worst() * (len(levels) - 1)
            weights = [math.exp(-2 * abs(worst - index)) for index in range(len(levels))]
        else:
            weights = [math.exp(_SHARPNESS * value) for value in self._likeness(told)]
        odds = _normal(weights)
        return {
            "score": sum(index * p for index, p in enumerate(odds)),
            "legend": {str(index): level for index, level in enumerate(levels)},
            "probabilities": {str(index): p for index, p in enumerate(odds)},
            "confidence": confidence(odds),
        }

    def _weight(self, codes: tuple[str, ...], harm: float | None) -> float:
        if codes:
            return max(self._hazard(code) for code in codes)
        if harm is None:
            return 1e-3
        # An option for harm level h fits best where the worst hazard is near h.
        return math.exp(-6 * abs(self._worst() - harm))

    def _hazard(self, code: str) -> float:
        # The engine's own threshold decides; half is where a reader of probabilities draws the line.
        p = min(1.0, max(0.0, self._hazards.scores.get(code, 0.0)))
        return max(p, _FLAGGED) if code in self._hazards.flagged else min(p, _UNFLAGGED)

    def _worst(self) -> float:
        return max((self._hazard(code) for code in self._hazards.scores), default=0.0)

    def _likeness(self, texts: list[str]) -> list[float]:
        if self._state is None or self._engines.embed is None:
            return [_NEUTRAL_LIKENESS] * len(texts)
        vectors = self._engines.embed.encode([self._state, *texts])
        return [float(value) for value in np.asarray(vectors[1:] @ vectors[0])]


def _normal(weights: list[float]) -> list[float]:
    total = sum(weights) or 1.0
    return [weight / total for weight in weights] if sum(weights) else [1 / len(weights)] * len(weights)


def _words(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
