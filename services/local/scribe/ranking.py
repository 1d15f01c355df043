"""Likeness in meaning, and choosing the best that differ from each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.local.engine import Embedder

Vector = NDArray[np.float32]


def spread(count: int, limit: int, lead: int) -> list[int]:
    """At most `limit` of `count` positions in order: the first `lead`, then evenly over the rest."""
    if count <= limit:
        return list(range(count))
    rest = np.linspace(lead, count - 1, limit - lead)
    return sorted({*range(lead), *(int(position) for position in rest)})


def centre(rows: Vector, weights: Sequence[float]) -> Vector:
    """Weighted mean of unit rows, as a unit row."""
    mean = np.asarray(weights, dtype=np.float32) @ rows
    length = float(np.linalg.norm(mean))
    unit: Vector = (mean / length if length else mean).astype(np.float32)
    return unit


def mmr(rows: Vector, scores: Sequence[float], count: int, diversity: float = 0.5) -> list[int]:
    """Positions of `count` rows by maximal marginal relevance (Carbonell and Goldstein, 1998), best first."""
    chosen: list[int] = []
    closest = np.zeros(len(scores), dtype=np.float32)
    value = np.asarray(scores, dtype=np.float32)
    while len(chosen) < min(count, len(scores)):
        margin = value - diversity * closest
        margin[chosen] = -np.inf
        best = int(np.argmax(margin))
        chosen.append(best)
        closest = np.maximum(closest, rows @ rows[best])
    return chosen


class Concreteness:
    """How well a noun can be shown: ridge regression from its embedding, learnt from the lexicon's own nouns."""

    def __init__(self, embedder: Embedder, concrete: Sequence[str], abstract: Sequence[str]) -> None:
        rows = embedder.encode([*concrete, *abstract])
        target = np.concatenate([np.ones(len(concrete)), -np.ones(len(abstract))]).astype(np.float32)
        self._mean = rows.mean(axis=0)
        x = rows - self._mean
        self._weights = np.linalg.solve(x.T @ x + 3.0 * np.eye(x.shape[1], dtype=np.float32), x.T @ target)

    def of(self, rows: Vector) -> Vector:
        """About 1 for what can be drawn, about -1 for what cannot, one number a row."""
        scores: Vector = ((rows - self._mean) @ self._weights).astype(np.float32)
        return scores
