"""What a negative prompt bans: drawings, colours, places, weather, hours, seasons and looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.local.illustrator import nouns
from services.local.illustrator.language import find, lemma, tokens
from services.local.illustrator.mentions import PEOPLE
from services.local.illustrator.palette import NAMED
from services.local.illustrator.subjects import ANIMALS

_KINDS = ("setting", "season", "weather", "hour", "look", "framing", "subject")
# "Deformed hands" asks for better hands, not for none.
_DEFECTS = {
    "deformed", "extra", "recognisable", "recognizable", "unnatural", "tilted", "warped", "oversaturated", "bad",
    "ugly", "blurry", "blurred", "poor", "poorly", "mutated", "missing", "fused", "distorted", "plastic", "cropped",
    "low", "high", "disfigured", "malformed", "wrong", "unappetising", "unappetizing", "artificial-looking", "dull",
    "noisy", "grainy", "harsh", "over", "under", "cluttered", "messy",
}  # fmt: skip
# Writing and marks laid over a picture, which the illustrator never adds.
_OVERLAYS = {
    "text", "letter", "letters", "logo", "watermark", "signature", "caption", "writing", "word", "title", "frame",
    "border",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Banned:
    """Names of each table that may not be used, and colours."""

    names: Mapping[str, frozenset[str]]
    colours: frozenset[str]

    def of(self, kind: str) -> frozenset[str]:
        """The banned names of the table `kind`."""
        return self.names.get(kind, frozenset())


def read_banned(negative_prompt: str) -> Banned:
    """What a negative prompt names, item by item; "people" bans every drawing with people."""
    names: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    colours: set[str] = set()
    for item in re.split(r"[,;.\n]| and | or ", negative_prompt.lower()):
        raw = tokens(item)
        if not raw or _DEFECTS.intersection(raw) or _OVERLAYS.issuperset(raw):
            continue
        colours |= {word for word in raw if word in NAMED}
        _ban(raw, names)
    return Banned({kind: frozenset(group) for kind, group in names.items()}, frozenset(colours))


def _ban(raw: list[str], names: dict[str, set[str]]) -> None:
    lemmas = [lemma(word) for word in raw]
    masked = {i for hit in find(lemmas, "idle", set()) for i in range(hit.start, hit.end)}
    for kind, group in names.items():
        group |= {hit.name for hit in find(lemmas, kind, masked)}
    subjects = names["subject"]
    if subjects & {"person", "group"} and not any(hit.role for hit in find(lemmas, "subject", set())):
        subjects |= PEOPLE
    for word, members in nouns.KINDS.items():
        if word in lemmas:
            subjects |= set(members)
    if "animal" in lemmas:
        subjects |= ANIMALS
