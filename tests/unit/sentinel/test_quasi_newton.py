"""The quick fit over dot products finds what plain gradient descent over the features finds."""

from __future__ import annotations

import numpy as np

from services.local.sentinel.quasi_newton import fit_gram
from services.local.sentinel.regression import Floats, fit, softmax

PENALTY = 1e-3


def _task() -> tuple[Floats, Floats, Floats]:
    rng = np.random.default_rng(7)
    rows = rng.normal(size=(60, 12)).astype(np.float32)
    labels = (rows[:, 0] + rows[:, 1] ** 2 > 0.6).astype(int) + (rows[:, 2] > 1)
    return rows, np.eye(3, dtype=np.float32)[labels], np.linspace(1, 2, 60, dtype=np.float32)


def test_the_fit_predicts_as_the_plain_one_does() -> None:
    rows, targets, importance = _task()
    plain = fit(rows, targets, importance, penalty=PENALTY, steps=5000)
    shares, bias = fit_gram(rows @ rows.T, targets, importance, penalty=PENALTY, steps=100)
    assert np.allclose(softmax(rows @ (rows.T @ shares) + bias), plain(rows), atol=0.01)
    assert np.allclose(rows.T @ shares, plain.weights, atol=0.02)


def test_the_same_rows_give_the_same_bytes() -> None:
    rows, targets, importance = _task()
    first, second = (fit_gram(rows @ rows.T, targets, importance, penalty=PENALTY, steps=20) for _ in range(2))
    assert [part.tobytes() for part in first] == [part.tobytes() for part in second]


def test_no_step_leaves_even_odds() -> None:
    rows, targets, importance = _task()
    shares, bias = fit_gram(rows @ rows.T, targets, importance, penalty=PENALTY, steps=0)
    assert not shares.any()
    assert not bias.any()
