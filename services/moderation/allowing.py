"""Phrases that a policy allows: where they stand in a text, and the text without them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Scripts that write without blanks between words: there every place is a border.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# What stands in for a phrase, so that its neighbours do not become one.
_GAP = " … "


def without_phrases(text: str, phrases: Sequence[str]) -> str:
    """The text with a gap for each allowed phrase; the text itself where it holds none.

    A phrase counts as a whole, between the borders of words, whatever its case, width and white space.
    """
    if not phrases:
        return text
    folded = unicodedata.normalize("NFKC", text)
    rest = _pattern(phrases).sub(_GAP, folded)
    return rest if rest != folded else text


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """One pattern for all, the longest first."""
    folded = sorted((unicodedata.normalize("NFKC", phrase) for phrase in phrases), key=len, reverse=True)
    return re.compile("|".join(_bordered(phrase) for phrase in folded), re.IGNORECASE)


def _bordered(phrase: str) -> str:
    before = "" if _UNSPACED.match(phrase[0]) else r"(?<!\w)"
    after = "" if _UNSPACED.match(phrase[-1]) else r"(?!\w)"
    return before + r"\s+".join(re.escape(word) for word in phrase.split()) + after
