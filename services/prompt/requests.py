"""Checks of what callers ask for, and the brief that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from atelier.prompt.v1 import prompt_pb2
from atelier.type.v1 import recipe_pb2, verdict_pb2

from services.kit.errors import Reason, invalid_field
from services.kit.limits import check_text
from services.prompt.brief import Brand, Brief, Purpose
from services.prompt.languages import canonical
from services.prompt.reduce import CONTENT_TYPES, media_type

MAX_CONTENT_LENGTH = 100_000
MAX_STYLE_LENGTH = MAX_LOOK_LENGTH = 500
MAX_COLOURS = 8
MAX_WORDS = 20
MAX_WORD_LENGTH = 50

Request = prompt_pb2.GeneratePromptsRequest | prompt_pb2.RewritePromptRequest

_PURPOSES = {
    recipe_pb2.PURPOSE_UNSPECIFIED: Purpose.GENERAL,
    recipe_pb2.PURPOSE_GENERAL: Purpose.GENERAL,
    recipe_pb2.PURPOSE_MARKETING: Purpose.MARKETING,
    recipe_pb2.PURPOSE_PUBLISHING: Purpose.PUBLISHING,
    recipe_pb2.PURPOSE_PRESENTATION: Purpose.PRESENTATION,
    recipe_pb2.PURPOSE_SOCIAL: Purpose.SOCIAL,
}
_CORNERS = {
    recipe_pb2.SAFE_AREA_UNSPECIFIED: "",
    recipe_pb2.SAFE_AREA_TOP_LEFT: "top left",
    recipe_pb2.SAFE_AREA_TOP_RIGHT: "top right",
    recipe_pb2.SAFE_AREA_BOTTOM_LEFT: "bottom left",
    recipe_pb2.SAFE_AREA_BOTTOM_RIGHT: "bottom right",
}
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def brief_of(request: Request, content: str, count: int) -> Brief:
    """The brief of a request whose content was reduced to plain text already.

    Raises:
        ServiceError: FIELD_INVALID with the field and its limit.
    """
    purpose = _PURPOSES.get(request.purpose)
    if purpose is None:
        raise invalid_field("purpose", f"is {request.purpose}; it takes a value of Purpose", "0 to 5")
    return Brief(content, count, request.style, purpose, _language(request.language), _brand(request.brand))


def check(request: Request) -> None:
    """Check everything that is read of a request, its own fields apart.

    Raises:
        ServiceError: CONTENT_LENGTH, or FIELD_INVALID with the field and its limit.
    """
    check_text("content", request.content, max_length=MAX_CONTENT_LENGTH)
    check_text("style", request.style, max_length=MAX_STYLE_LENGTH, reason=Reason.FIELD_INVALID, required=False)
    if media_type(request.content_type) not in ("", *CONTENT_TYPES):
        known = ", ".join(CONTENT_TYPES)
        raise invalid_field("content_type", f"is {request.content_type[:80]!r}; it takes {known}, or empty", known)
    brief_of(request, "", 1)


def reasons_of(findings: Iterable[verdict_pb2.Finding]) -> dict[str, str]:
    """Why a prompt was refused: titles by category, "" where there is none.

    What the policy let pass is no reason, unless nothing else was found.
    """
    found = list(findings)
    acted = [one for one in found if one.action in (verdict_pb2.ACTION_REVIEW, verdict_pb2.ACTION_BLOCK)]
    return {one.category: one.title for one in acted or found}


def _language(tag: str) -> str:
    if tag and not canonical(tag):
        limit = "a BCP 47 tag such as en or pt-BR, or empty for the language of the content"
        raise invalid_field("language", f"is {tag[:80]!r}; it takes {limit}", limit)
    return canonical(tag)


def _brand(guide: recipe_pb2.BrandGuide) -> Brand:
    check_text("brand.look", guide.look, max_length=MAX_LOOK_LENGTH, reason=Reason.FIELD_INVALID, required=False)
    corner = _CORNERS.get(guide.safe_area)
    if corner is None:
        raise invalid_field("brand.safe_area", f"is {guide.safe_area}; it takes a value of SafeArea", "0 to 4")
    return Brand(
        palette=_palette(guide.palette),
        words_to_use=_words("brand.words_to_use", guide.words_to_use),
        words_to_avoid=_words("brand.words_to_avoid", guide.words_to_avoid),
        look=guide.look,
        corner=corner,
    )


def _palette(colours: Sequence[str]) -> tuple[str, ...]:
    limit = f"at most {MAX_COLOURS} colours, each like #1a2b3c"
    if len(colours) > MAX_COLOURS:
        raise invalid_field("brand.palette", f"has {len(colours)} colours; it takes {limit}", limit)
    for index, colour in enumerate(colours):
        if not _COLOUR.fullmatch(colour):
            raise invalid_field(f"brand.palette[{index}]", f"is {colour[:80]!r}; it takes {limit}", limit)
    return tuple(colour.lower() for colour in colours)


def _words(field: str, words: Sequence[str]) -> tuple[str, ...]:
    if len(words) > MAX_WORDS:
        limit = f"at most {MAX_WORDS} words"
        raise invalid_field(field, f"has {len(words)} words; it takes {limit}", limit)
    for index, word in enumerate(words):
        check_text(f"{field}[{index}]", word, max_length=MAX_WORD_LENGTH, reason=Reason.FIELD_INVALID)
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words))
