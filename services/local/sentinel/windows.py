"""Cuts a text into overlapping pieces small enough for one judgement each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SENTENCE_END = re.compile(r"(?<=[.!?;])[\"'”’)]*\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[,:])\s+|\s+(?=- |– |— )")
_WORDS_PER_UNIT: Final = 28
_SHORTEST_UNIT: Final = 5
_WINDOW_UNITS: Final = 2


@dataclass(frozen=True, slots=True)
class Windows:
    """Pieces of one text. `units[i]` lists the windows that hold the i-th sentence group."""

    texts: tuple[str, ...]
    units: tuple[tuple[int, ...], ...]


def split(text: str) -> Windows:
    """Windows of two neighbouring units each, one unit further each time; a text of up to two units is one window.

    A unit is a sentence, or a part of up to about 28 words of a longer one.
    """
    units = _units(text)
    if len(units) <= _WINDOW_UNITS:
        return Windows((" ".join(units),), ((0,),)) if units else Windows((), ())
    texts = tuple(" ".join(units[i : i + _WINDOW_UNITS]) for i in range(len(units) - 1))
    last = len(texts) - 1
    holders = tuple(tuple(sorted({max(0, i - 1), min(i, last)})) for i in range(len(units)))
    return Windows(texts, holders)


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
