"""Long text becomes pieces that fit a model's context, split where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Weights are in twelfths of a token. They err on the side of too many: Llama's tokeniser makes about one token of four
# English letters, of one CJK character, and of one or two bytes of anything it rarely saw.
TWELFTHS = 12
_LETTER, _OTHER_ASCII, _TWO_BYTES, _CJK, _THREE_BYTES, _FOUR_BYTES = 4, 12, 12, 18, 24, 48

_LETTERS = b" \nabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ASCII = bytes(range(0x80))
_LEAD_OF_TWO = bytes(range(0xC2, 0xE0))
# Lead bytes of U+3000 to U+DFFF: CJK ideographs, kana and Hangul.
_LEAD_OF_CJK = bytes(range(0xE3, 0xEE))
_LEAD_OF_OTHER_THREE = b"\xe0\xe1\xe2\xee\xef"
_LEAD_OF_FOUR = bytes(range(0xF0, 0xF5))

# Ends of what may stay together, the strongest first: paragraph, line, sentence, clause, word.
_BORDERS = (
    re.compile(r"\n\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*\s|[。！？｡]+[」』”’）]*"),
    re.compile(r"[,;:،؛]\s|[、，；：]"),
    re.compile(r"\s"),
)


def tokens(text: str) -> int:
    """Estimated number of tokens, rounded up; rather too many than too few."""
    return -(-weight(text) // TWELFTHS)


def weight(text: str) -> int:
    """Estimated length in twelfths of a token; the weight of two texts together is the sum of their weights."""
    data = text.encode("utf-8", "replace")
    letters, plain = _count(data, _LETTERS), _count(data, _ASCII)
    return (
        letters * _LETTER
        + (plain - letters) * _OTHER_ASCII
        + _count(data, _LEAD_OF_TWO) * _TWO_BYTES
        + _count(data, _LEAD_OF_CJK) * _CJK
        + _count(data, _LEAD_OF_OTHER_THREE) * _THREE_BYTES
        + _count(data, _LEAD_OF_FOUR) * _FOUR_BYTES
    )


def split(text: str, max_tokens: int) -> list[str]:
    """The text in pieces of at most `max_tokens` estimated tokens each; nothing but white space between them is lost.

    Raises:
        ValueError: `max_tokens` is below 4, less than one character may need.
    """
    if max_tokens < _FOUR_BYTES // TWELFTHS:
        raise ValueError(f"max_tokens is {max_tokens}; it takes 4 or more")
    limit = max_tokens * TWELFTHS
    pieces: list[str] = []
    room = 0
    for part in _parts(text, limit, 0):
        size = weight(part)
        if pieces and size <= room:
            pieces[-1] += part
            room -= size
        else:
            pieces.append(part)
            room = limit - size
    return [stripped for piece in pieces if (stripped := piece.strip())]


def _parts(text: str, limit: int, level: int) -> Iterator[str]:
    """The text in parts within the limit, each as large a unit as fits: paragraphs, else sentences, else words."""
    if weight(text) <= limit:
        yield text
    elif level == len(_BORDERS):
        yield from _by_characters(text, limit)
    else:
        start = 0
        for border in _BORDERS[level].finditer(text):
            yield from _parts(text[start : border.end()], limit, level + 1)
            start = border.end()
        yield from _parts(text[start:], limit, level + 1)


def _by_characters(text: str, limit: int) -> Iterator[str]:
    """A text without any border, cut where it is full."""
    start = size = 0
    for index, char in enumerate(text):
        size += weight(char)
        if size > limit:
            yield text[start:index]
            start, size = index, weight(char)
    yield text[start:]


def _count(data: bytes, chosen: bytes) -> int:
    return len(data) - len(data.translate(None, chosen))
