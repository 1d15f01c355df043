"""A prompt on its way from the model's answer to the caller."""

from __future__ import annotations

from dataclasses import dataclass

# Longest prompt that every text-to-image model of the catalogue takes. Unicode code points.
MAX_PROMPT_LENGTH = 2048
# What the model may name, and that with a brand's words to avoid; a recipe's own words still fit beside it.
MAX_NEGATIVE_LENGTH = 512
MAX_WITH_AVOIDED_LENGTH = 1500
# Screen readers read an alt text in one go; about 125 is what style guides ask for.
USUAL_ALT_LENGTH = 125
MAX_ALT_LENGTH = 250
MAX_CAPTION_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """One text-to-image prompt, what must not appear, and the words that go with the picture.

    `language` is the BCP 47 tag of alt text and caption, "" where it is not known.
    """

    text: str
    negative_text: str = ""
    alt_text: str = ""
    caption: str = ""
    language: str = ""
