"""Words: how a text is cut into them, their dictionary forms, and the phrases of a table found among them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.local.illustrator import nouns, words
from services.local.illustrator.subjects import WORDS
from services.local.scribe.lexicon import lexicon

_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "fishermen": "fisherman",
    "children": "child",
    "people": "people",
    "leaves": "leaf",
    "wolves": "wolf",
    "geese": "goose",
    "mice": "mouse",
    "businessmen": "businessman",
    "craftsmen": "craftsman",
    "loaves": "loaf",
    "teeth": "tooth",
    "feet": "foot",
    "firemen": "fireman",
    "glass": "glass",
    "bus": "bus",
    "buses": "bus",
    "canvas": "canvas",
    "tennis": "tennis",
    "chess": "chess",
    "business": "business",
    "this": "this",
    "us": "us",
    "is": "is",
    "was": "was",
    "lens": "lens",
    "less": "less",
    "across": "across",
    "grass": "grass",
    "always": "always",
    "iris": "iris",
    "gas": "gas",
    "moss": "moss",
    "cosmos": "cosmos",
    "columns": "column",
    "species": "species",
    "series": "series",
    "oasis": "oasis",
    "cactus": "cactus",
    "octopus": "octopus",
    "campus": "campus",
    "atlas": "atlas",
    "compass": "compass",
    "christmas": "christmas",
    "process": "process",
    "progress": "progress",
    "success": "success",
    "shelves": "shelf",
    "knives": "knife",
}
NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "single": 1,
    "lone": 1,
    "solitary": 1,
    "two": 2,
    "pair": 2,
    "couple": 2,
    "both": 2,
    "three": 3,
    "trio": 3,
    "four": 4,
    "five": 5,
    "several": 4,
    "many": 5,
    "row": 4,
    "flock": 6,
    "fleet": 4,
    "herd": 4,
    "school": 6,
    "dozens": 6,
    "colony": 6,
    "few": 3,
    "shoal": 6,
    "rows": 5,
}


# Endings of callings that no list holds in full.
_SCHOLARS = ("ologist", "ographer", "onomist", "tician", "atrist", "therapist")
# People of the lexicon that one plain figure does not show.
_NOT_ONE_PERSON = {
    "orchestra", "choir", "band", "collector", "pilot", "dean", "union", "masons", "staff", "police", "army",
    "company", "king", "queen", "prince", "princess", "knight", "monk", "priest", "nun", "soldier", "baby", "diver",
    "skier", "surfer", "swimmer", "jockey", "skater", "boxer", "cowboy", "policeman", "officer", "guard",
    "violinist", "pianist", "drummer", "conductor", "referee", "gymnast", "spectator", "cellist", "driver", "fan",
    "audience", "party", "kid",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a table found in a text: what it stands for, its first word and the one after its last, its role."""

    name: str
    start: int
    end: int
    role: str = ""


def lemma(word: str) -> str:
    """The dictionary form of an English noun, roughly: plural endings and possessives off."""
    word = re.sub(r"['’]s$", "", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def tokens(text: str) -> list[str]:
    """The lower-case words of a text."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(lemma(word) for word in tokens(text))


@functools.cache
def _table(kind: str) -> dict[tuple[str, ...], tuple[str, str]]:
    sources: dict[str, Mapping[str, str]] = {
        "setting": words.SETTINGS,
        "season": words.SEASONS,
        "weather": words.WEATHER,
        "hour": words.HOURS,
        "mood": words.MOODS,
        "look": words.LOOKS,
        "framing": words.FRAMINGS,
        "subject": {**WORDS, **nouns.SUBJECTS},
        "idle": {"idle": words.IDLE},
    }
    table: dict[tuple[str, ...], tuple[str, str]] = {}
    for name, listed in sources[kind].items():
        for entry in listed.split(","):
            word, _, role = entry.strip().partition(":")
            table.setdefault(_phrase(word), (name, role))
    if kind == "subject":
        for word, category in lexicon().nouns.items():
            if category == "person" and word not in _NOT_ONE_PERSON:
                table.setdefault((lemma(word),), ("person", ""))
    return table


def find(lemmas: list[str], kind: str, masked: set[int]) -> list[Found]:
    """The longest phrases of the table `kind` in the text, left to right, none that touches a `masked` place."""
    table = _table(kind)
    found, at = [], 0
    while at < len(lemmas):
        for length in (5, 4, 3, 2, 1):
            span = range(at, at + length)
            hit = table.get(tuple(lemmas[at : at + length])) if at + length <= len(lemmas) else None
            if hit is None and kind == "subject" and length == 1 and lemmas[at].endswith(_SCHOLARS):
                hit = ("person", "")
            if hit and not masked.intersection(span):
                found.append(Found(hit[0], at, at + length, hit[1]))
                at += length - 1
                break
        at += 1
    return found
