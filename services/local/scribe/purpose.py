"""What a picture is for, as its own line says or the one about the style ("watercolour, for a presentation")."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from services.local.scribe.lexicon import load_table

_USES = (
    "presentations? slides? decks? keynotes? powerpoint marketing adverts? ads? advertising advertisements? campaigns? "
    "promotion flyers? brochures? posters? covers? titles? thumbnails? banners? headers? websites? homepages? blogs? "
    "articles? newsletters? magazines? emails? media posts? instagram linkedin stories education teaching lessons? "
    "worksheets? children kids textbooks? reports? icons? logos?"
)
_BETWEEN = "an? the my our use in on company business product social corporate school web slide blog landing hero page"
_FOR = re.compile(
    r"(?:^|[\s,;])(?:(?:made|suitable|meant|intended|use)\s+)?(?:for|as)\s+"
    rf"(?:(?:{_BETWEEN.replace(' ', '|')})\s+){{0,4}}({_USES.replace(' ', '|')})\b",
    re.I,
)
# Uses that are one of the purposes; the others are told by their layout alone.
_PURPOSES = (
    (r"present|slide|deck|keynote|powerpoint", "presentation"),
    (r"market|advert|ads?$|campaign|promo|flyer|brochure", "marketing"),
    (r"social|media|instagram|linkedin|stor|posts?$", "social"),
    (r"article|newsletter", "publishing"),
)
_SPACES = (
    (r"poster|cover|title|magazine", "a bold central subject with calm clear space above it"),
    (r"banner|header|hero|website|landing|homepage", "subject towards one side, the other side calm and clear"),
    (r"thumb", "a bold, simple shape that reads well when small"),
    (r"educat|teach|lesson|worksheet|child|kid|textbook", "friendly, clear shapes on a simple background"),
    (r"icon|logo", "one simple shape, centred on a plain background"),
    (r"", "an uncluttered composition with a simple background"),
)


@dataclass(frozen=True, slots=True)
class Purpose:
    """How pictures for a purpose are laid out; the fields are those of `data/purposes.toml`."""

    order: tuple[str, ...]
    compositions: tuple[str, ...]
    framings: tuple[str, ...]
    styles: tuple[str, ...]
    moods: tuple[str, ...]
    ground: str
    bare: bool


@dataclass(frozen=True, slots=True)
class Look:
    """The style as asked for, without the use; the purpose of the use, and a layout where it is none of these."""

    style: str
    purpose: str
    composition: str


def read_look(line: str) -> Look:
    """Style and use of a line about both."""
    found = _FOR.search(line)
    if not found:
        return Look(line, "", "")
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    rest = re.sub(r"\s+([,;.])", r"\1", " ".join(rest.split())).strip(" ,;.")
    purpose = next((key for pattern, key in _PURPOSES if re.search(pattern, found[1], re.I)), "")
    space = "" if purpose else next(words for key, words in _SPACES if re.search(key, found[1], re.I))
    return Look(rest, purpose, space)


@functools.cache
def purposes() -> dict[str, Purpose]:
    """The purposes by name; a general one has no row."""
    return {key: _purpose(row) for key, row in load_table("purposes").items()}


def _purpose(row: dict[str, object]) -> Purpose:
    return Purpose(
        order=tuple(str(row["order"]).split()),
        compositions=_texts(row["compositions"]),
        framings=_texts(row["framings"]),
        styles=_texts(row["styles"]),
        moods=_texts(row["moods"]),
        ground=str(row.get("ground", "")),
        bare=bool(row["bare"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(str(item) for item in value)
