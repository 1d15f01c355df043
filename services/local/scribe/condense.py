"""Extractive summaries: the sentences that say most, from the entire text, in their own order and words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.local.engine import Embedder
from services.local.scribe.ranking import centre, mmr, spread
from services.local.scribe.text import CJK

MAX_EMBEDDED = 48
MAX_CHARACTERS = 300
_NUMBER = re.compile(r"\d")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")


def length_in_words(text: str) -> int:
    """Number of words; two characters of a script without spaces count as one."""
    return len(CJK.sub(" ", text).split()) + (len(CJK.findall(text)) + 1) // 2


def condense(sentences: Sequence[str], max_words: int, embedder: Embedder) -> str:
    """At most `max_words` words of the sentences; "" only without any."""
    positions = spread(len(sentences), MAX_EMBEDDED, lead=3)
    picked = [sentences[position] for position in positions]
    if not picked:
        return ""
    rows = embedder.encode([sentence[:MAX_CHARACTERS] for sentence in picked])
    middle = centre(rows, [1.0] * len(picked))
    scores = [
        float(rows[index] @ middle) + _facts(sentence) + (0.1 if positions[index] < 2 else 0.0)
        for index, sentence in enumerate(picked)
    ]
    chosen: list[int] = []
    room = max(1, max_words)
    for index in mmr(rows, scores, len(picked), diversity=0.5):
        length = length_in_words(picked[index])
        if length <= room:
            chosen.append(index)
            room -= length
    return " ".join(picked[index] for index in sorted(chosen)) or _clip(picked[0], max(1, max_words))


def _facts(sentence: str) -> float:
    """A bonus for names and numbers, and a malus for fragments."""
    bonus = 0.06 if _NUMBER.search(sentence) else 0.0
    bonus += 0.06 if _NAME.search(sentence) else 0.0
    return bonus - (0.2 if len(sentence) < 25 else 0.0)


def _clip(sentence: str, max_words: int) -> str:
    if CJK.search(sentence):
        while length_in_words(sentence) > max_words and len(sentence) > 1:
            sentence = sentence[:-1]
        return sentence
    return " ".join(sentence.split()[:max_words]).rstrip(",;:")
