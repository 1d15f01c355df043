"""What a picture is for, as told in the line about its style: "watercolour, for a presentation"."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_SPACES = (
    (r"present|slide|deck|keynote|powerpoint", "simple background, with clear empty space on one side for a headline"),
    (r"market|advert|ads?$|campaign|promo|flyer|brochure", "one strong focal point, clear space above for a headline"),
    (r"poster|cover|title|magazine", "a bold central subject with calm clear space above it"),
    (r"banner|header|hero|website|landing|homepage", "subject towards one side, the other side calm and clear"),
    (r"social|media|instagram|linkedin|stor|post|thumb", "a bold, simple shape that reads well when small"),
    (r"educat|teach|lesson|worksheet|child|kid|textbook", "friendly, clear shapes on a simple background"),
    (r"icon|logo", "one simple shape, centred on a plain background"),
    (r"", "an uncluttered composition with a simple background"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """The style as asked for, without the purpose; and the composition that the purpose wants, "" without one."""

    style: str
    composition: str


def read_look(line: str) -> Look:
    """Style and purpose of a line about both."""
    found = _FOR.search(line)
    if not found:
        return Look(line, "")
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    rest = re.sub(r"\s+([,;.])", r"\1", " ".join(rest.split())).strip(" ,;.")
    return Look(rest, next(words for key, words in _SPACES if re.search(key, found[1], re.I)))
