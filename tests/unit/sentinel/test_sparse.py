"""The shortcuts of training give what the plain sums would give."""

from __future__ import annotations

import numpy as np
import pytest

from services.local.sentinel import sparse
from services.local.sentinel.dataset import read_seeds
from services.local.sentinel.features import COLUMNS, wording
from services.local.sentinel.sparse import Sparse

TEXTS = [seed.text for seed in read_seeds()[::40]] + ["", "!?"]


@pytest.mark.parametrize("common", [0, 50, sparse._COMMON])
def test_dot_products_are_those_of_the_full_rows(monkeypatch: pytest.MonkeyPatch, common: int) -> None:
    monkeypatch.setattr(sparse, "_COMMON", common)
    rows = wording(TEXTS)
    assert np.allclose(Sparse.of(TEXTS).gram(), rows @ rows.T, atol=1e-5)


def test_sums_over_rows_are_those_of_the_full_rows() -> None:
    shares = np.linspace(-1, 1, 3 * len(TEXTS), dtype=np.float32).reshape(len(TEXTS), 3)
    sums = Sparse.of(TEXTS).transposed_times(shares)
    assert sums.shape == (COLUMNS, 3)
    assert np.allclose(sums, wording(TEXTS).T @ shares, atol=1e-4)
