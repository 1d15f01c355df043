"""Rows of which few columns are not zero: what training needs of them, without ever writing them out in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.local.sentinel.features import COLUMNS, entries
from services.local.sentinel.regression import Floats

_COMMON: Final = 1536
"""Columns that many rows share are cheaper multiplied as a block, rare ones row by row."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """The entries in the order of their columns: `row` and `value` of each, `start` and `column` of each column."""

    rows: int
    row: NDArray[np.int64]
    value: Floats
    start: NDArray[np.int64]
    column: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Sparse:
        """The wording of texts."""
        found = [entries(text) for text in texts]
        columns = np.concatenate([one for one, _ in found])
        rows = np.repeat(np.arange(len(texts)), [len(one) for one, _ in found])
        order = np.argsort(columns, kind="stable")
        column, start = np.unique(columns[order], return_index=True)
        return cls(len(texts), rows[order], np.concatenate([value for _, value in found])[order], start, column)

    def gram(self) -> Floats:
        """Dot products of all rows with each other (rows x rows)."""
        ends = np.append(self.start[1:], len(self.row))
        by_size = np.argsort(self.start - ends, kind="stable")
        common = by_size[:_COMMON]
        block = np.zeros((self.rows, len(common)), dtype=np.float32)
        for number, column in enumerate(common):
            inside = slice(self.start[column], ends[column])
            block[self.row[inside], number] = self.value[inside]
        product: Floats = block @ block.T
        for column in by_size[_COMMON:]:
            inside = slice(self.start[column], ends[column])
            rows, values = self.row[inside], self.value[inside]
            product[np.ix_(rows, rows)] += np.outer(values, values)
        return product

    def transposed_times(self, shares: Floats) -> Floats:
        """The columns' sums of the rows' shares (COLUMNS x classes)."""
        sums = np.zeros((COLUMNS, shares.shape[1]), dtype=np.float32)
        sums[self.column] = np.add.reduceat(shares[self.row] * self.value[:, None], self.start, axis=0)
        return sums
