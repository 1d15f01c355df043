"""What a caller wants: content, how many prompts, what they are for, in which language, in which brand's look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from services.prompt.reduce import one_line


class Purpose(StrEnum):
    """What pictures are for."""

    GENERAL = "general"
    MARKETING = "marketing"
    PUBLISHING = "publishing"
    PRESENTATION = "presentation"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand's wishes: colours as "#rrggbb", words, a look, and the corner ("top left") that stays free for a logo."""

    palette: tuple[str, ...] = ()
    words_to_use: tuple[str, ...] = ()
    words_to_avoid: tuple[str, ...] = ()
    look: str = ""
    corner: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What prompts are about: reduced content, how many are wanted, free words about the look, and the rest.

    `language` is the canonical tag of the language of alt texts and captions; "" is that of the content.
    """

    content: str
    count: int = 1
    style: str = ""
    purpose: Purpose = Purpose.GENERAL
    language: str = ""
    brand: Brand = field(default_factory=Brand)

    @property
    def common_words(self) -> str:
        """What all prompts are told to share, and what therefore does not make two of them alike."""
        return " ".join((self.style, self.brand.look, *self.brand.words_to_use))


def word_in(text: str, words: tuple[str, ...]) -> str:
    """The first of some words that a text holds, "" where it holds none."""
    found = _pattern(words).search(text) if words else None
    return found.group() if found else ""


def without(text: str, words: tuple[str, ...]) -> str:
    """The text without some words, and without the gaps that they leave."""
    if not words:
        return text
    rest = one_line(_pattern(words).sub(" ", text))
    return _GAPS.sub(r"\1", rest).strip(" ,;:")


_GAPS = re.compile(r"(?:\s*[,;:])*\s*([,;:.!?])(?=\s|$)")


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, as a whole, whatever its case; the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    spaced = (r"\s+".join(re.escape(part) for part in word.split()) for word in ordered)
    return re.compile("|".join(rf"(?<!\w){word}(?!\w)" for word in spaced), re.IGNORECASE)
