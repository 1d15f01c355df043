"""Softmax regression out of dot products by limited-memory BFGS: few steps, each one product with the matrix.

Everything is a sum over the rows. A `_Sum` carries its coefficients together with its value at every row, so that inner
products and steps along a line need no further product.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from services.local.sentinel.regression import Floats, softmax

_MEMORY: Final = 10
_SUFFICIENT: Final = 1e-4
_HALVINGS: Final = 20
_LEAST_CURVATURE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class _Sum:
    """A linear map to class scores: coefficient of each row, the scores it gives each row, and a bias."""

    rows: Floats
    scores: Floats
    bias: Floats

    def dot(self, other: _Sum) -> float:
        """Inner product of the two maps' weights and biases."""
        weights = np.sum(self.rows * other.scores, dtype=np.float64)
        return float(weights + np.sum(self.bias * other.bias, dtype=np.float64))

    def plus(self, other: _Sum, times: float = 1.0) -> _Sum:
        """This map and `times` the other one."""
        share = np.float32(times)
        return _Sum(self.rows + share * other.rows, self.scores + share * other.scores, self.bias + share * other.bias)


def fit_gram(gram: Floats, targets: Floats, importance: Floats, *, penalty: float, steps: int) -> tuple[Floats, Floats]:
    """What `regression.fit` finds, from the rows' dot products: what each row adds to the weights, and the bias.

    `targets` holds one row of class shares a row, `importance` one weight a row.
    """
    task = _Task(gram, targets, (importance / importance.sum()).astype(np.float32)[:, None], penalty)
    nothing = np.zeros_like(targets, dtype=np.float32)
    point = _Sum(nothing, nothing, np.zeros(targets.shape[1], dtype=np.float32))
    loss, slope = task.loss(point), task.slope(point)
    past: deque[tuple[_Sum, _Sum]] = deque(maxlen=_MEMORY)
    for _ in range(steps):
        way = _direction(slope, past)
        descent = slope.dot(way)
        length = 1.0 if past else min(1.0, 1.0 / max(-descent, _LEAST_CURVATURE) ** 0.5)
        for _ in range(_HALVINGS):
            ahead = point.plus(way, length)
            loss_ahead = task.loss(ahead)
            if loss_ahead <= loss + _SUFFICIENT * length * descent:
                break
            length *= 0.5
        else:
            break
        slope_ahead = task.slope(ahead)
        step, bend = ahead.plus(point, -1.0), slope_ahead.plus(slope, -1.0)
        if step.dot(bend) > _LEAST_CURVATURE:
            past.append((step, bend))
        point, loss, slope = ahead, loss_ahead, slope_ahead
    return point.rows, point.bias


@dataclass(frozen=True, slots=True)
class _Task:
    """The cross-entropy plus half the penalty times the weights' squares."""

    gram: Floats
    targets: Floats
    share: Floats
    penalty: float

    def loss(self, at: _Sum) -> float:
        right = np.sum(softmax(at.scores + at.bias) * self.targets, axis=1, dtype=np.float64)
        cross = -float(np.sum(self.share[:, 0] * np.log(np.maximum(right, 1e-30))))
        return cross + 0.5 * self.penalty * float(np.sum(at.rows * at.scores, dtype=np.float64))

    def slope(self, at: _Sum) -> _Sum:
        error: Floats = (softmax(at.scores + at.bias) - self.targets) * self.share
        decay = np.float32(self.penalty)
        return _Sum(error + decay * at.rows, self.gram @ error + decay * at.scores, error.sum(axis=0))


def _direction(slope: _Sum, past: deque[tuple[_Sum, _Sum]]) -> _Sum:
    """The quasi-Newton step: the two-loop recursion over the last steps and what they did to the slope."""
    way = slope.plus(slope, -2.0)
    taken: list[float] = []
    for step, bend in reversed(past):
        share = step.dot(way) / step.dot(bend)
        taken.append(share)
        way = way.plus(bend, -share)
    if past:
        step, bend = past[-1]
        scale = step.dot(bend) / bend.dot(bend)
        way = _Sum(way.rows * np.float32(scale), way.scores * np.float32(scale), way.bias * np.float32(scale))
    for (step, bend), share in zip(past, reversed(taken), strict=True):
        way = way.plus(step, share - bend.dot(way) / step.dot(bend))
    return way
