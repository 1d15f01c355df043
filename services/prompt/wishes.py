"""How wishes are put to the text model: a rule for each purpose, and one line for each wish, always in the same words.

The lines stand before the content. Their beginnings are fixed, so that programs can read them as well as models.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.prompt.brief import Brand, Brief, Purpose
from services.prompt.languages import name_of
from services.prompt.reduce import one_line

RULES: Mapping[Purpose, str] = {
    Purpose.GENERAL: "",
    Purpose.MARKETING: (
        "The pictures advertise: one clear subject that is wanted at first sight, an inviting light and mood, and a "
        "calm part beside the subject where words can be set later. The caption invites in one sentence; it promises "
        "nothing and names no price."
    ),
    Purpose.PUBLISHING: (
        "The pictures stand beside an article or in a book: each tells what the text is about, true to its place, time "
        "and tone, and shows nothing that would mislead about it. The caption says what is seen and what it has to do "
        "with the text."
    ),
    Purpose.PRESENTATION: (
        "The pictures stand on slides: a calm, plain background, few and large things, strong contrast, and wide empty "
        "space on one side. The caption is one short line that could stand under the slide."
    ),
    Purpose.SOCIAL: (
        "The pictures are for social media: one bold subject seen close, strong colours and shapes, legible when "
        "small, nothing that matters near the edges. The caption is one lively sentence without hashtags and emoji."
    ),
}

# Said where a brand has wishes at all.
BRAND_RULE = (
    "The lines that begin with Brand are the wishes of the brand that the pictures belong to; they win over the style. "
    "Name the colours of its palette in words and let them rule the picture. Use its words where they fit what is "
    "shown. Its words to avoid, and what they name, appear in no prompt, alt_text or caption; they go into "
    "negative_prompt."
)


def lines_of(brief: Brief) -> list[str]:
    """The wishes of a brief, a line each."""
    language = name_of(brief.language) if brief.language else "that of the content"
    lines = [] if brief.purpose is Purpose.GENERAL else [f"Purpose: {brief.purpose}"]
    return [*lines, f"Language of alt_text and caption: {language}", *_brand_lines(brief.brand)]


def rules_of(brief: Brief) -> list[str]:
    """What the purpose and the brand of a brief ask of every prompt."""
    return [rule for rule in (RULES[brief.purpose], BRAND_RULE if _brand_lines(brief.brand) else "") if rule]


def _brand_lines(brand: Brand) -> list[str]:
    wishes = {
        "Brand palette": ", ".join(brand.palette),
        "Brand words to use": ", ".join(brand.words_to_use),
        "Brand words to avoid": ", ".join(brand.words_to_avoid),
        "Brand look": brand.look,
        "Brand logo space": f"the {brand.corner} corner is calm, plain and free of things" if brand.corner else "",
    }
    return [f"{name}: {folded}" for name, wish in wishes.items() if (folded := one_line(wish))]
