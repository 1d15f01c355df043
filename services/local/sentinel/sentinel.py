"""The engine itself: normalise, cut into windows, score each, let the worst one count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from services.local.engine import Embedder, Hazards
from services.local.sentinel.dataset import data_folder
from services.local.sentinel.features import wording
from services.local.sentinel.languages import Gloss, gloss
from services.local.sentinel.model import Model, features
from services.local.sentinel.normalise import normalise
from services.local.sentinel.policy import (
    CATEGORIES,
    CLAUSE_ALLOWANCE,
    CLAUSE_WINDOWS,
    MAX_CLAUSES,
    SUSPECT,
    SUSPICION,
    THRESHOLDS,
    UNKNOWN_ALLOWANCE,
    long_text_allowance,
)
from services.local.sentinel.regression import Floats
from services.local.sentinel.windows import clauses, pairs, split, split_all

MAX_WINDOWS: Final = 128
"""Windows of one text that are judged by meaning: those whose wording is most suspect."""

MAX_GLOSSES: Final = 64
"""Windows of one text in another language that are read."""

_SECOND_CATEGORY: Final = 0.6
_TONE_WINDOWS: Final = 24

WEIGHTS_FILE: Final = "weights.npz"


def load_model() -> Model:
    """The committed weights. Raises FileNotFoundError before the first training."""
    return Model.from_bytes((data_folder() / WEIGHTS_FILE).read_bytes())


class Sentinel:
    """Judges texts by a trained model; `embedder` gives the sentence vectors. Thread-safe, no I/O once built.

    `thresholds` are the scores from which each category is flagged.
    """

    def __init__(
        self, embedder: Embedder, *, model: Model | None = None, thresholds: Mapping[str, float] = THRESHOLDS
    ) -> None:
        self._embedder = embedder
        self._thresholds = thresholds
        self._model = model or load_model()

    @property
    def name(self) -> str:
        """Name of the engine."""
        return "local/sentinel"

    def judge(self, text: str) -> Hazards:
        """Hazards of a text of any length: those of its worst window."""
        plain = normalise(text, self._model.known)
        windows = split(plain)
        if not windows:
            return Hazards(dict.fromkeys(CATEGORIES, 0.0))
        odds, shares = self._judge_windows(windows)
        doubles = pairs(windows)
        count, suspect = len(windows) + len(doubles), int((odds > SUSPECT).sum())
        further = [(double, 0.0) for at, double in enumerate(doubles) if odds[at : at + 2].max() > SUSPICION]
        further += [(found.text, found.unknown * UNKNOWN_ALLOWANCE) for found in self._glosses(text)]
        if count <= CLAUSE_WINDOWS and odds.max() > SUSPICION:
            further += [(clause, CLAUSE_ALLOWANCE) for clause in self._suspect_clauses(plain)]
        if further:
            more, more_shares = self._judge_windows([window for window, _ in further])
            less = np.array([allowance for _, allowance in further], dtype=np.float32)
            odds, shares = np.concatenate([odds, more - less]), np.concatenate([shares, more_shares])
        worst = int(np.argmax(odds))
        scores = _scores(float(odds[worst]) - long_text_allowance(suspect, count - suspect), shares[worst])
        by_category = {code: round(float(score), 4) for code, score in zip(CATEGORIES, scores, strict=True)}
        return Hazards(by_category, self._flagged(by_category))

    def _flagged(self, scores: Mapping[str, float]) -> tuple[str, ...]:
        """Categories over their threshold, worst first; a second one only where it is nearly as likely as the worst."""
        ranked = sorted(scores, key=lambda code: -scores[code])
        least = _SECOND_CATEGORY * scores[ranked[0]]
        return tuple(code for code in ranked if scores[code] >= max(self._thresholds[code], least))

    def sentiment(self, text: str) -> float:
        """Probability, 0 to 1, that the text is positive in tone; 0.5 for an empty one."""
        texts = split_all(normalise(text, self._model.known))[:_TONE_WINDOWS]
        if not texts:
            return 0.5
        tones = self._model.tone(features(self._embedder.encode(texts), wording(texts)))
        return round(float(tones[:, 1].mean()), 4)

    def _suspect_clauses(self, text: str) -> list[str]:
        """The clauses worth a judgement of their own: each costs as much as the whole sentence."""
        found = clauses(text)
        if not found:
            return []
        suspicion = self._model.suspicion(wording(found))
        ranked = sorted(range(len(found)), key=lambda index: -float(suspicion[index]))[:MAX_CLAUSES]
        return [found[index] for index in ranked]

    def _glosses(self, text: str) -> list[Gloss]:
        """The windows of a text in another language, in English words; of a long text the first."""
        # With its accents, which tell words apart and which normalising takes off.
        found = (gloss(window, self._model.known) for window in split_all(text)[:MAX_GLOSSES])
        return [one for one in found if one is not None and one.text]

    def _judge_windows(self, windows: Sequence[str]) -> tuple[Floats, Floats]:
        texts = self._suspects(windows)
        return self._model.harm(self._embedder.encode(texts), wording(texts))

    def _suspects(self, texts: Sequence[str]) -> list[str]:
        """The windows to judge by meaning, in order."""
        if len(texts) <= MAX_WINDOWS:
            return list(texts)
        suspicion = np.concatenate([self._model.suspicion(wording([text])) for text in texts])
        chosen = np.argsort(-suspicion, kind="stable")[:MAX_WINDOWS]
        return [texts[index] for index in sorted(chosen)]


def _scores(odds: float, shares: Floats) -> Floats:
    harm = 1.0 / (1.0 + np.exp(-odds))
    scores: Floats = (harm * shares / max(float(shares.max()), 1e-9)).astype(np.float32)
    return scores
