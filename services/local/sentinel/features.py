"""Turns a text into numbers: its wording as hashed words and pairs of words."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

BUCKETS: Final = 8192
"""Number of hash buckets for words and pairs of words."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUFFIXES: Final = ("ings", "ing", "ed", "es", "s", "ly")
_SHORTEST_STEM: Final = 4


def words(text: str) -> list[str]:
    """Lower-case words of a text, in order."""
    return _WORD.findall(text.lower().replace("’", "'"))


def stem(word: str) -> str:
    """A word without its commonest English endings: crude, but the same for "kill", "kills" and "killing"."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    return word.rstrip("e") if len(word) > _SHORTEST_STEM else word


def wording(texts: Sequence[str]) -> NDArray[np.float32]:
    """Array of shape (len(texts), BUCKETS): which stems and pairs of stems occur; each row has length 1 or 0."""
    rows = np.zeros((len(texts), BUCKETS), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[sorted(set(_buckets(text)))] = 1.0
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = rows / np.maximum(lengths, 1.0)
    return unit


def _buckets(text: str) -> Iterator[int]:
    stems = [stem(word) for word in words(text)]
    for word in stems:
        yield _bucket(word)
    for pair in itertools.pairwise(stems):
        yield _bucket(" ".join(pair))


def _bucket(key: str) -> int:
    return zlib.crc32(key.encode("utf-8", "replace")) % BUCKETS
