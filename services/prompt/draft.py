"""A prompt on its way from the model's answer to the caller."""

from __future__ import annotations

from dataclasses import dataclass

# Longest prompt that every text-to-image model of the catalogue takes. Unicode code points.
MAX_PROMPT_LENGTH = 2048
MAX_NEGATIVE_LENGTH = 512
MAX_ALT_LENGTH = 420


@dataclass(frozen=True, slots=True)
class Draft:
    """One text-to-image prompt, what must not appear, and one sentence that describes the picture."""

    text: str
    negative_text: str = ""
    alt_text: str = ""
