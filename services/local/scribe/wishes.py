"""What the one who asks for prompts wishes besides: purpose, language, and the guide of a brand.

Read from lines such as "Purpose: marketing" in the message, and from the rules in the system message where the message
has none. Wordings vary with the version of the prompt service, so the patterns are generous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.local.scribe.colours import name_of

MAX_LOOK = 200
_MAX_WORDS = 20
_MAX_COLOURS = 8


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand's wishes: names of colours, words, a look that wins over the style, a corner ("top left") left free."""

    palette: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    look: str = ""
    corner: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """`purpose` is a key of `data/purposes.toml` or "", `language` a tag or name of one; "" means the content's own."""

    style: str = ""
    purpose: str = ""
    language: str = ""
    brand: Brand = Brand()


_PURPOSES = (
    ("marketing", r"market|advert|campaign|promot"),
    ("presentation", r"present|slide|deck|keynote"),
    ("social", r"social|feed|instagram|thumbnail"),
    ("publishing", r"publish|article|book|editorial|magazine|news"),
    ("general", r"general|no use in particular|any\b"),
)
_STYLE = re.compile(r"^Style: *(.+)$", re.M)
_PURPOSE = re.compile(
    r"^(?:the )?(?:purpose|use|intended use|made for|pictures? (?:is|are) for)\b[^:\n]{0,40}: *(.+)$", re.M | re.I
)
_LANGUAGE = re.compile(r"^[^:\n]{0,60}\blanguage\b[^:\n]{0,60}: *(.+)$", re.M | re.I)
# In running words only the name of a language or a tag in quotes counts: "it" and "de" are words of their own.
_IN_LANGUAGE = re.compile(
    r"\b(?:alt[_ -]?texts?|captions?)\b[^\n]{0,200}?\bin (?:the language )?"
    r"(\"[a-z]{2}(?:-\w+)*\"|(?:English|German|French|Spanish|Portuguese|Italian|Dutch|Polish|Swedish|Turkish|Russian"
    r"|Chinese|Japanese|Korean|Hindi|Arabic)\b)"
)
_PALETTE = re.compile(r"^(?:brand(?:'s)? )?(?:palette|colou?rs)\b[^:\n]{0,60}: *(.+)$", re.M | re.I)
_USE = re.compile(r"^(?:brand(?:'s)? )?(?:words? to use|use (?:the|these) words?)\b[^:\n]{0,60}: *(.+)$", re.M | re.I)
_AVOID = re.compile(
    r"^(?:brand(?:'s)? )?(?:words? to avoid|avoid(?: (?:the|these) words?)?|never use|words? not to use)\b"
    r"[^:\n]{0,60}: *(.+)$",
    re.M | re.I,
)
_LOOK = re.compile(r"^(?:brand(?:'s)? )?look\b[^:\n]{0,60}: *(.+)$", re.M | re.I)
_SAFE = re.compile(
    r"^(?:brand|safe|logo|keep|leave)\b[^\n]{0,80}?\b(top|upper|bottom|lower)[ _-]*(left|right)\b", re.M | re.I
)
_HEX = re.compile(r"#([0-9a-f]{6})\b", re.I)
_LIST = re.compile(r"\s*[,;|]\s*")
_OWN_LANGUAGE = re.compile(r"content|same|auto|source|original", re.I)


def read_wishes(head: str, rules: str) -> Wishes:
    """The wishes in the lines before the content, with those of the rules where the lines do not say."""
    both = (head, rules)
    return Wishes(
        style=_first(_STYLE, (head,)),
        purpose=_purpose(_first(_PURPOSE, both)),
        language=_language(both),
        brand=Brand(
            palette=_palette(_first(_PALETTE, both)),
            use=_words(_first(_USE, both)),
            avoid=_words(_first(_AVOID, both)),
            look=_first(_LOOK, both)[:MAX_LOOK],
            corner=_corner(both),
        ),
    )


def _first(pattern: re.Pattern[str], places: Iterable[str]) -> str:
    found = next((match for place in places if (match := pattern.search(place))), None)
    return " ".join(found[1].split()) if found else ""


def _purpose(words: str) -> str:
    found = [(match.start(), key) for key, pattern in _PURPOSES if (match := re.search(pattern, words, re.I))]
    return min(found)[1] if found else ""


def _language(places: tuple[str, ...]) -> str:
    said = _first(_LANGUAGE, places) or _first(_IN_LANGUAGE, places)
    return "" if _OWN_LANGUAGE.search(said) else said.strip('"')


def _palette(words: str) -> tuple[str, ...]:
    colours = [name_of(code) for code in _HEX.findall(words)[:_MAX_COLOURS]]
    return tuple(dict.fromkeys(colours))


def _words(line: str) -> tuple[str, ...]:
    parts = [part.strip(" .\"'“”") for part in _LIST.split(line)]
    return tuple(dict.fromkeys(part for part in parts if part))[:_MAX_WORDS]


def _corner(places: Iterable[str]) -> str:
    found = next((match for place in places if (match := _SAFE.search(place))), None)
    if not found:
        return ""
    height = "top" if found[1].lower() in ("top", "upper") else "bottom"
    return f"{height} {found[2].lower()}"
