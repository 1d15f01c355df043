"""Cutting a long text into pieces that a model surely reads whole, and putting the judgements together again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from services.workers_ai.record import CallRecord
from services.workers_ai.values import Judgement


def cut(text: str, at_most_bytes: int) -> list[str]:
    """Pieces of at most so many bytes of UTF-8, cut at white space where there is any near.

    A piece shares a tenth of its size with the one before, so that a sentence at a cut is whole in one of them.
    """
    data = text.encode()
    parts: list[str] = []
    start = 0
    while len(data) - start > at_most_bytes:
        end = _end(data, start, start + at_most_bytes)
        parts.append(data[start:end].decode())
        start = _boundary(data, end - at_most_bytes // 10)
    return [*parts, data[start:].decode()]


def _boundary(data: bytes, at: int) -> int:
    """The beginning of the character that the byte at `at` belongs to."""
    while data[at] & 0xC0 == 0x80:
        at -= 1
    return at


def _end(data: bytes, start: int, limit: int) -> int:
    near = (limit - start) // 4
    space = max(data.rfind(b" ", limit - near, limit), data.rfind(b"\n", limit - near, limit))
    return space + 1 if space > start else _boundary(data, limit)


def worst(judgements: Sequence[Judgement]) -> Judgement:
    """The judgement on a text from those on its pieces: it is as bad as the worst of them."""
    return Judgement(
        safe=all(judgement.safe for judgement in judgements),
        categories=_highest([item for judgement in judgements for item in judgement.categories]),
        call=reduce(CallRecord.plus, (judgement.call for judgement in judgements)),
        scores=_highest([item for judgement in judgements for item in judgement.scores]),
    )


def _highest(items: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Each code once with its highest score, worst first; equal ones in the order of their first mention."""
    best: dict[str, float] = {}
    for code, score in items:
        best[code] = max(score, best.get(code, 0.0))
    return tuple(sorted(best.items(), key=lambda item: -item[1]))
