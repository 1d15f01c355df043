"""What brand styles and references to them must be; each check names the field and its limit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from atelier.style.v1.style_pb2 import Style
from atelier.type.v1.recipe_pb2 import BrandGuide, SafeArea

from services.kit.errors import Reason, ServiceError, invalid_field
from services.kit.limits import check_text

MAX_DISPLAY_NAME = 100
MAX_COLOURS = 8
MAX_WORDS, MAX_WORD = 20, 50
MAX_LOOK = 500
MAX_VERSION = 2**31 - 1

NAME_LIMIT = '"styles/" and 1 to 40 lower-case letters, digits and hyphens that begin with a letter'
_NAME = re.compile(r"styles/[a-z][a-z0-9-]{0,39}", re.ASCII)
_REFERENCE = re.compile(r"(styles/[a-z][a-z0-9-]{0,39})(?:@([1-9][0-9]{0,9}))?", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)


class StyleReference(NamedTuple):
    """What a recipe means by a brand style; `version` 0 is the newest."""

    name: str
    version: int


def check_name(field: str, name: str) -> str:
    """The name, if a style can have it.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    if not _NAME.fullmatch(name):
        problem = f"is {name[:100]!r}" if name else "is empty"
        raise invalid_field(field, f"{problem}; it takes {NAME_LIMIT}", NAME_LIMIT)
    return name


def read_reference(field: str, text: str) -> StyleReference:
    """The style that a recipe names, "styles/acme" or "styles/acme@3".

    Raises:
        ServiceError: FIELD_INVALID.
    """
    match = _REFERENCE.fullmatch(text)
    if match is None or int(match[2] or 0) > MAX_VERSION:
        limit = '"styles/{style}" or "styles/{style}@{version}"'
        raise invalid_field(field, f"is {text[:100]!r}; it takes {limit}", limit)
    return StyleReference(match[1], int(match[2] or 0))


def write_reference(style: Style) -> str:
    """What a recipe calls exactly this version."""
    return f"{style.name}@{style.version}"


def checked(style: Style) -> Style:
    """A copy of what a caller decides about a style, in the form in which it is kept: colours in lower case.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    check_name("style.name", style.name)
    _check_line("style.display_name", style.display_name, MAX_DISPLAY_NAME)
    kept = Style(name=style.name, display_name=style.display_name, guide=style.guide)
    if kept.guide == BrandGuide():
        raise invalid_field("style.guide", "says nothing; it takes at least one wish", "at least one wish")
    _check_palette(kept.guide.palette)
    kept.guide.palette[:] = [colour.lower() for colour in kept.guide.palette]
    _check_words("style.guide.words_to_use", kept.guide.words_to_use)
    _check_words("style.guide.words_to_avoid", kept.guide.words_to_avoid)
    avoided = {word.casefold() for word in kept.guide.words_to_avoid}
    for index, word in enumerate(kept.guide.words_to_use):
        if word.casefold() in avoided:
            limit = "words that are not to be avoided"
            raise invalid_field(f"style.guide.words_to_use[{index}]", f"is {word!r}; it takes {limit}", limit)
    check_text("style.guide.look", kept.guide.look, max_length=MAX_LOOK, reason=Reason.FIELD_INVALID, required=False)
    if kept.guide.safe_area not in SafeArea.values():
        limit = "values of SafeArea"
        raise invalid_field("style.guide.safe_area", f"is {kept.guide.safe_area}; it takes {limit}", limit)
    return kept


def style_unknown(reference: str) -> ServiceError:
    """STYLE_UNKNOWN for a name, with or without a version."""
    return ServiceError(Reason.STYLE_UNKNOWN, f"there is no brand style {reference[:100]!r}", field="name")


def _check_palette(palette: Sequence[str]) -> None:
    field = "style.guide.palette"
    _check_count(field, palette, MAX_COLOURS)
    for index, colour in enumerate(palette):
        if not _COLOUR.fullmatch(colour):
            limit = '"#" and six hexadecimal digits'
            raise invalid_field(f"{field}[{index}]", f"is {colour[:20]!r}; it takes {limit}", limit)
    _check_different(field, palette)


def _check_words(field: str, words: Sequence[str]) -> None:
    _check_count(field, words, MAX_WORDS)
    for index, word in enumerate(words):
        _check_line(f"{field}[{index}]", word, MAX_WORD, required=True)
    _check_different(field, words)


def _check_count(field: str, values: Sequence[str], most: int) -> None:
    if len(values) > most:
        raise invalid_field(field, f"has {len(values)} values; it takes at most {most}", f"at most {most}")


def _check_different(field: str, values: Sequence[str]) -> None:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value.casefold() in seen:
            raise invalid_field(f"{field}[{index}]", f"repeats {value!r}; each is named once", "different values")
        seen.add(value.casefold())


def _check_line(field: str, text: str, most: int, *, required: bool = False) -> None:
    """Raise FIELD_INVALID unless the text is one line of at most `most` code points, without space around it."""
    check_text(field, text, max_length=most, reason=Reason.FIELD_INVALID, required=required)
    if text != text.strip() or any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text):
        limit = "one line without control characters or space around it"
        raise invalid_field(field, f"is {text!r}; it takes {limit}", limit)
