"""Estimates of tokens: about four characters each, as the engines count them."""

from __future__ import annotations

import math
import re

_CHARACTERS = 4
_PER_MESSAGE = 4
_PIECE = re.compile(r"\s*\S{1,6}|\s+")


def count(text: str) -> int:
    """Tokens of a text."""
    return math.ceil(len(text) / _CHARACTERS)


def count_messages(contents: list[str]) -> int:
    """Tokens of a conversation, with the few that frame each message."""
    return sum(count(content) + _PER_MESSAGE for content in contents)


def pieces(text: str) -> list[str]:
    """The text cut into pieces of token size, which joined give the text again."""
    return _PIECE.findall(text)


def usage(prompt_tokens: int, completion_tokens: int) -> dict[str, object]:
    """The usage object of an answer."""
    return {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": completion_tokens,
        "total_tokens": prompt_tokens + completion_tokens,
    }
