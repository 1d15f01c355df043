"""Softmax regression by full-batch gradient descent: small, plain and the same on every run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear map to class scores: `weights` (features x classes) and `bias` (classes)."""

    weights: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Probability of each class for each row."""
        return softmax(rows @ self.weights + self.bias)


def softmax(scores: Floats) -> Floats:
    """Rows of scores as rows of probabilities."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = grown / grown.sum(axis=1, keepdims=True)
    return shares


def fit(rows: Floats, targets: Floats, importance: Floats, *, penalty: float, steps: int = 300) -> Linear:
    """Weights that minimise the cross-entropy plus `penalty` times their squares (the bias is free).

    `targets` holds one row of class shares a row, `importance` one weight a row.
    """
    weights, bias = _descend(rows, lambda error: rows.T @ error, targets, importance, penalty, steps)
    return Linear(weights, bias)


def _descend(
    forward: Floats,
    backward: Callable[[Floats], Floats],
    targets: Floats,
    importance: Floats,
    penalty: float,
    steps: int,
) -> tuple[Floats, Floats]:
    """Nesterov's accelerated gradient with the step 1 / Lipschitz constant, so that no step size has to be tuned."""
    share: Floats = (importance / importance.sum()).astype(np.float32)[:, None]
    step = np.float32(1.0 / (_curvature(forward, backward, share) + penalty))
    decay = np.float32(penalty)
    weights: Floats = np.zeros((forward.shape[1], targets.shape[1]), dtype=np.float32)
    bias: Floats = np.zeros(targets.shape[1], dtype=np.float32)
    ahead_weights, ahead_bias = weights, bias
    for number in range(steps):
        error: Floats = (softmax(forward @ ahead_weights + ahead_bias) - targets) * share
        next_weights = (ahead_weights - step * (backward(error) + decay * ahead_weights)).astype(np.float32)
        next_bias = (ahead_bias - step * error.sum(axis=0)).astype(np.float32)
        momentum = np.float32(number / (number + 3))
        ahead_weights = next_weights + momentum * (next_weights - weights)
        ahead_bias = next_bias + momentum * (next_bias - bias)
        weights, bias = next_weights, next_bias
    return weights, bias


def _curvature(forward: Floats, backward: Callable[[Floats], Floats], importance: Floats) -> float:
    """Upper bound of the loss's second derivative: half the largest eigenvalue of the weighted scatter and bias."""
    vector = np.ones((forward.shape[1], 1), dtype=np.float32)
    largest = 0.0
    for _ in range(20):
        vector = backward(importance * (forward @ vector))
        largest = float(np.linalg.norm(vector))
        vector = vector / np.float32(max(largest, 1e-12))
    return 0.5 * (1.1 * largest + 1.0)
