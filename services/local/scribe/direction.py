"""What the wishes come to for a picture: the words that state purpose, style and brand in a prompt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.local.scribe.lexicon import Lexicon
from services.local.scribe.purpose import Purpose, purposes, read_look
from services.local.scribe.wishes import Brand, Wishes

_SHOWN_COLOURS = 4
_SHOWN_WORDS = 5


@dataclass(frozen=True)
class Direction:
    """`purpose` is None without one, `name` is its name; `composition` is a layout that the line on style wants."""

    style: str
    purpose: Purpose | None
    composition: str
    brand: Brand
    avoided: Callable[[str], bool]
    name: str = ""

    @property
    def is_terse(self) -> bool:
        """Whether a caption says nothing beside what the content says: on a slide, in an advert, in a feed."""
        return self.name in ("presentation", "marketing", "social")

    def layout(self, turn: int) -> str:
        """One sentence about the layout, without a full stop; "" where nothing is wished."""
        if self.purpose is None:
            return self.composition
        return self.purpose.compositions[turn % len(self.purpose.compositions)]

    def framing(self, kind: str, turn: int) -> str:
        """Words that follow a subject shown for this purpose."""
        if self.purpose is None or not self.purpose.framings or kind not in ("hero", "people", "still"):
            return ""
        return self.purpose.framings[turn % len(self.purpose.framings)]

    def colours(self) -> str:
        """The sentence about the brand's colours, "" without them."""
        return f"Colours limited to {listed(self.brand.palette[:_SHOWN_COLOURS])}" if self.brand.palette else ""

    def corner(self) -> str:
        """The sentence about the corner that stays free; it names no logo, because a model would paint one."""
        return f"The {self.brand.corner} corner stays plain and quiet" if self.brand.corner else ""

    def character(self, prompt: str, lexicon: Lexicon) -> str:
        """The sentence with the brand's words that the prompt does not use already, "" where none is left."""
        missing = [word for word in self.brand.use if word.lower() not in prompt.lower() and not self.avoided(word)]
        missing = missing[:_SHOWN_WORDS]
        things = [word for word in missing if _is_thing(word, lexicon)]
        qualities = [word for word in missing if word not in things]
        if qualities and things:
            return f"The whole feels {listed(qualities)}, with a touch of {listed(things)}"
        if qualities:
            return f"The whole feels {listed(qualities)}"
        return f"With a touch of {listed(things)}" if things else ""


def direct(wishes: Wishes) -> Direction:
    """The direction that the wishes give: a brand's look before the style, a stated purpose before one in the style."""
    look = read_look(wishes.style)
    known = purposes()
    return Direction(
        style=wishes.brand.look or look.style,
        purpose=known.get(wishes.purpose or look.purpose),
        composition=look.composition,
        brand=wishes.brand,
        avoided=_finder(wishes.brand.avoid),
        name=wishes.purpose or look.purpose,
    )


def listed(words: Sequence[str]) -> str:
    """The words as in "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _finder(avoid: Sequence[str]) -> Callable[[str], bool]:
    """Tells whether a text holds one of the words, also in the plural."""
    if not avoid:
        return lambda _: False
    parts = "|".join(re.escape(_bare(word)) for word in avoid)
    pattern = re.compile(rf"(?<!\w)(?:{parts})(?:s|es)?(?!\w)", re.I)
    return lambda text: pattern.search(text) is not None


def _bare(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _is_thing(word: str, lexicon: Lexicon) -> bool:
    last = word.lower().split()[-1]
    return bool(lexicon.category(last)) and last not in lexicon.visible_adjectives
