"""Turns a text into numbers: its wording as hashed words, pairs of words and pieces of words, and its framing."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.local.sentinel.framing import FRAMES, frames

BUCKETS: Final = 16384
"""Number of hash buckets for words, pairs and pieces of words."""

COLUMNS: Final = BUCKETS + FRAMES
"""Columns of a row of wording: the buckets, then the framing."""

_FRAME_SCALE: Final = 0.25
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUFFIXES: Final = ("ings", "ing", "ed", "es", "s", "ly")
_SHORTEST_STEM: Final = 4
_PIECES: Final = (4, 5)
_LONGEST_WORD: Final = 40


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


def entries(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The columns of a text that are not zero, in order, and their values.

    The buckets together have length 1; a frame counts a quarter of the root of how often it occurs.
    """
    buckets = sorted(set(_buckets(text)))
    counts = frames(text)
    found = [number for number, count in enumerate(counts) if count]
    columns = np.array([*buckets, *(BUCKETS + number for number in found)], dtype=np.int64)
    share = 1.0 / max(1.0, len(buckets) ** 0.5)
    values = [share] * len(buckets) + [_FRAME_SCALE * counts[number] ** 0.5 for number in found]
    return columns, np.array(values, dtype=np.float32)


def wording(texts: Sequence[str]) -> NDArray[np.float32]:
    """Array of shape (len(texts), COLUMNS)."""
    rows = np.zeros((len(texts), COLUMNS), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        columns, values = entries(text)
        row[columns] = values
    return rows


def _buckets(text: str) -> Iterator[int]:
    found = words(text)
    stems = [stem(word) for word in found]
    for word in stems:
        yield _bucket(word)
    for pair in itertools.pairwise(stems):
        yield _bucket(" ".join(pair))
    for word in found:
        edged = f"<{word[:_LONGEST_WORD]}>"
        for length in _PIECES:
            for start in range(len(edged) - length + 1):
                yield _bucket("#" + edged[start : start + length])


def _bucket(key: str) -> int:
    return zlib.crc32(key.encode("utf-8", "replace")) % BUCKETS
