"""The trained judge: from a text's features to the chance of each hazard category.

Two opinions are heard: a softmax regression over meaning and wording, and the nearest labelled neighbours by meaning.
A logistic regression over both says how likely the text is harmful at all; that number is the score of the worst
category, and the others are scaled by how likely they are beside it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.local.sentinel.policy import CLASSES
from services.local.sentinel.regression import Floats, Linear, softmax

MEANING_SCALE: Final = np.float32(6.0)
"""Sentence vectors have length 1, which the penalty would hold too small."""

WORDING_SCALE: Final = np.float32(6.0)

LIKENESS_SCALE: Final = np.float32(10.0)
"""Brings likenesses, 0 to 1, to about the size of log odds."""

_NEIGHBOURS: Final = 24
_NEAREST: Final = 3
_SHARPNESS: Final = np.float32(10.0)
_FAR: Final = np.float32(0.30)
_QUANTUM: Final = np.float32(1 / 512)


def features(meaning: Floats, wording: Floats) -> Floats:
    """The columns the regressions see."""
    return np.hstack([meaning * MEANING_SCALE, wording * WORDING_SCALE])


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Labelled sentence vectors, in steps of 1/512, to vote on a new one."""

    vectors: Floats
    labels: NDArray[np.uint8]

    @classmethod
    def of(cls, meaning: Floats, labels: NDArray[np.uint8]) -> Neighbours:
        """Neighbours out of unit vectors; the rare entry over 0.248 is cut to that."""
        return cls.unpack(np.clip(np.round(meaning / _QUANTUM), -127, 127).astype(np.int8), labels)

    @classmethod
    def unpack(cls, packed: NDArray[np.int8], labels: NDArray[np.uint8]) -> Neighbours:
        """Neighbours out of the form in which they are stored."""
        return cls(packed.astype(np.float32) * _QUANTUM, labels)

    def pack(self) -> NDArray[np.int8]:
        """The vectors as they are stored: whole steps of 1/512."""
        return np.round(self.vectors / _QUANTUM).astype(np.int8)

    def alike(self, meaning: Floats, *, without: NDArray[np.bool_] | None = None) -> Floats:
        """Likeness (cosine) of each row to each seed; -1 to those `without` names."""
        # This way round the product with a single row is a plain matrix-vector product, many times faster.
        alike: Floats = (self.vectors @ meaning.T).T
        return alike if without is None else np.where(without, np.float32(-1.0), alike)

    def vote(self, alike: Floats) -> Floats:
        """Class shares by row of `alike`. One more vote, "safe" at a likeness of 0.3, stands for text unlike all."""
        count = min(_NEIGHBOURS, alike.shape[1])
        nearest = np.argpartition(-alike, count - 1, axis=1)[:, :count]
        weights = np.exp(_SHARPNESS * np.take_along_axis(alike, nearest, axis=1))
        shares = np.zeros((len(alike), len(CLASSES)), dtype=np.float32)
        shares[:, 0] = np.exp(_SHARPNESS * _FAR)
        for column in range(count):
            np.add.at(shares, (np.arange(len(alike)), self.labels[nearest[:, column]]), weights[:, column])
        voted: Floats = shares / shares.sum(axis=1, keepdims=True)
        return voted

    def likeness(self, alike: Floats) -> Floats:
        """Mean likeness (0 to 1) by row of `alike` to its three nearest harmful and safe seeds (n x 2).

        Text that is like no harmful seed is safe, however it is worded: this is what saves prose on unforeseen topics.
        """
        sides = [alike[:, self.labels > 0], alike[:, self.labels == 0]]
        nearest = [np.partition(side, side.shape[1] - _NEAREST, axis=1)[:, -_NEAREST:] for side in sides]
        return np.stack([rows.mean(axis=1) for rows in nearest], axis=1)


def harm_log_odds(shares: Floats) -> Floats:
    """Log odds of any harm, out of class shares; kept within +-6."""
    safe = np.clip(shares[:, 0], 0.0025, 0.9975)
    odds: Floats = np.log((1.0 - safe) / safe)
    return odds


def opinions(judged: Floats, likeness: Floats) -> Floats:
    """What the final verdict weighs (n x 3): log odds of the regression, likeness to harmful and to safe seeds."""
    return np.column_stack([harm_log_odds(judged), likeness * LIKENESS_SCALE])


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learnt. `blend` holds the weights of the three `opinions` and a bias."""

    regression: Linear
    neighbours: Neighbours
    blend: Floats
    tone: Linear
    known: frozenset[str]

    def harm(self, meaning: Floats, wording: Floats) -> tuple[Floats, Floats]:
        """Log odds of any harm (n), and how the harm is shared among the categories (n x 14)."""
        judged = self.regression(features(meaning, wording))
        alike = self.neighbours.alike(meaning)
        voted = self.neighbours.vote(alike)
        odds: Floats = opinions(judged, self.neighbours.likeness(alike)) @ self.blend[:-1] + self.blend[-1]
        shares: Floats = (_normalised(judged[:, 1:]) + _normalised(voted[:, 1:])) * np.float32(0.5)
        return odds, shares

    def suspicion(self, wording: Floats) -> Floats:
        """How suspect the wording alone is (n); only good for ranking the windows of one text."""
        weights = self.regression.weights[-wording.shape[1] :]
        scores: Floats = wording @ weights * WORDING_SCALE + self.regression.bias
        return harm_log_odds(softmax(scores))

    def to_bytes(self) -> bytes:
        """The model as an .npz file."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            regression_weights=self.regression.weights.astype(np.float16),
            regression_bias=self.regression.bias,
            neighbour_vectors=self.neighbours.pack(),
            neighbour_labels=self.neighbours.labels,
            blend=self.blend,
            tone_weights=self.tone.weights.astype(np.float16),
            tone_bias=self.tone.bias,
            known=np.frombuffer("\n".join(sorted(self.known)).encode(), dtype=np.uint8),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Model:
        """The model that `to_bytes` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return cls(
                Linear(file["regression_weights"].astype(np.float32), file["regression_bias"]),
                Neighbours.unpack(file["neighbour_vectors"], file["neighbour_labels"]),
                file["blend"],
                Linear(file["tone_weights"].astype(np.float32), file["tone_bias"]),
                frozenset(file["known"].tobytes().decode().split("\n")),
            )


def _normalised(rows: Floats) -> Floats:
    shares: Floats = rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-9)
    return shares
