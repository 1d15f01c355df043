"""Patterns that are tried only where one of their words is: most texts are searched with none of them.

A search for a fixed word costs a hundredth of one for a pattern of many branches, and a pattern cannot match where
none of the words is that every match of it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# What `re.IGNORECASE` takes for an i, beside what folding makes one.
_DOTLESS_I, _DOT_ABOVE = "\u0131", "\u0307"


@dataclass(frozen=True, slots=True)
class Row:
    """A pattern, and words as `folded` leaves them; each match of the pattern holds at least one of them."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Sieve:
    """Patterns with their words."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> Sieve:
        """Rows of words, with blanks between them, and a pattern; case is ignored and ^ is the start of a line."""
        flags = re.IGNORECASE | re.MULTILINE
        return cls(tuple(Row(tuple(folded(words).split()), re.compile(pattern, flags)) for words, pattern in rows))

    def likely(self, folded_text: str) -> list[re.Pattern[str]]:
        """The patterns that may match somewhere in a text, which is given folded; those left out match nowhere."""
        return [row.pattern for row in self.rows if _holds_any(folded_text, row.words)]


def _holds_any(text: str, words: tuple[str, ...]) -> bool:
    # A loop and not `any`, whose generator takes longer than the search.
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


def folded(text: str) -> str:
    """The text so that two characters which `re.IGNORECASE` takes for the same are the same."""
    low = text.casefold()
    return low if low.isascii() else low.replace(_DOTLESS_I, "i").replace(_DOT_ABOVE, "")
