"""Cuts a text into pieces small enough for one judgement each."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

_SENTENCE_END = re.compile(r"(?<=[.!?;])[\"'”’)]*\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[,:])\s+|\s+(?=- |– |— )")
_CLAUSE = re.compile(r"[,;:]\s+(?:and\s+)?|\s+(?:where|while|whereas|in which)\s+")
_WORDS_PER_UNIT: Final = 28
_LONG_SENTENCE: Final = 12
_SHORTEST_CLAUSE: Final = 5
_SHORTEST_UNIT: Final = 5
_ONE_WINDOW_UNITS: Final = 2
_PAIRED_UNITS: Final = 8


def split(text: str) -> tuple[str, ...]:
    """A text of up to two units whole, a longer one by units.

    A unit is a sentence, or a part of up to about 28 words of a longer one; very short sentences join the one before.
    """
    units = _units(text)
    if len(units) <= _ONE_WINDOW_UNITS:
        return (" ".join(units),) if units else ()
    return tuple(units)


def pairs(windows: Sequence[str]) -> tuple[str, ...]:
    """Each window with the next one, of a text that has up to eight: they catch what is said over two sentences.

    In long texts they would only dilute a single bad one.
    """
    if len(windows) > _PAIRED_UNITS:
        return ()
    return tuple(f"{first} {second}" for first, second in itertools.pairwise(windows))


def split_all(text: str) -> tuple[str, ...]:
    """The windows of a text and their pairs."""
    windows = split(text)
    return (*windows, *pairs(windows))


def clauses(text: str) -> tuple[str, ...]:
    """The clauses of long sentences, for what is hidden at the end of a harmless description."""
    found: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if len(sentence.split()) >= _LONG_SENTENCE:
            pieces = [piece.strip() for piece in _CLAUSE.split(sentence)]
            found += [piece for piece in pieces if len(piece.split()) >= _SHORTEST_CLAUSE]
    return tuple(found)


def _units(text: str) -> list[str]:
    units: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        words = len(sentence.split())
        if not words:
            continue
        pieces = [sentence.strip()] if words <= _WORDS_PER_UNIT else _pieces(sentence)
        for piece in pieces:
            if units and len(piece.split()) < _SHORTEST_UNIT and len(units[-1].split()) < _WORDS_PER_UNIT:
                units[-1] = f"{units[-1]} {piece}"
            else:
                units.append(piece)
    return units


def _pieces(sentence: str) -> list[str]:
    """A long sentence cut at its commas, or where it has none at every 28th word."""
    pieces: list[list[str]] = [[]]
    for clause in _CLAUSE_END.split(sentence):
        words = clause.split()
        while words:
            room = _WORDS_PER_UNIT - len(pieces[-1])
            if len(words) > room and pieces[-1]:
                pieces.append([])
                continue
            pieces[-1] += words[:room]
            words = words[room:]
    return [" ".join(piece) for piece in pieces if piece]
