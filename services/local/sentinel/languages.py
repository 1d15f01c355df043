"""Reads text in German, French, Spanish, Portuguese and Italian, or mixed with English, word by word in English.

The judge knows English. A gloss loses grammar but keeps who, what and whom, which is what the judge goes by.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from services.local.sentinel.dataset import data_folder

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_APOSTROPHE = re.compile(r"\b([^\W\d_]{1,7})['’](?=[^\W\d_])")
_FEWEST: Final = 2
_SHARE: Final = 0.3
_SHORTEST_PART: Final = 4
_SHORTEST_COMPOUND: Final = 8


@dataclass(frozen=True, slots=True)
class Gloss:
    """A text in English words; `unknown` is the share of its words, 0 to 1, that were left out."""

    text: str
    unknown: float


@dataclass(frozen=True)
class _Words:
    """The words of one language; a stem stands for every word that begins with it."""

    whole: Mapping[str, str]
    stems: Mapping[str, str]
    compounds: bool

    def find(self, word: str) -> str:
        """The English word, "" for an unknown one; accents may be missing."""
        return self._look(word) or self._look(_folded(word)) or (self._compound(word) if self.compounds else "")

    def _look(self, word: str) -> str:
        if word in self.whole:
            return self.whole[word]
        return next((self.stems[word[:end]] for end in range(len(word), 2, -1) if word[:end] in self.stems), "")

    def _compound(self, word: str) -> str:
        """A compound by its last part, with the first where that is known too."""
        if len(word) < _SHORTEST_COMPOUND:
            return ""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            last = next((self.whole[part] for part in (word[cut:], word[cut:-1]) if part in self.whole), "")
            if last:
                return f"{self._look(word[:cut].rstrip('s'))} {last}".strip()
        return ""


def gloss(text: str, english: Set[str]) -> Gloss | None:
    """The text in English words; None where it is English already or in no language known here.

    `english` holds English words in lower case. Words of the other language come first: "die" is an article there.
    """
    words = _WORD.findall(_APOSTROPHE.sub(r"\1 ", unicodedata.normalize("NFKC", text)).lower())
    foreign = [word for word in words if word not in english]
    if len(foreign) < _FEWEST:
        return None
    table = max(_languages(), key=lambda language: sum(bool(language.find(word)) for word in foreign))
    hits = sum(bool(table.find(word)) for word in foreign)
    if hits < _FEWEST or hits < _SHARE * len(words):
        return None
    read = [table.find(word) or (word if word in english else "") for word in words]
    return Gloss(" ".join(word for word in read if word), read.count("") / len(read))


@functools.cache
def _languages() -> tuple[_Words, ...]:
    """The languages of the lexicon, read once."""
    text = (data_folder() / "languages" / "lexicon.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines())
    return tuple(_words(code, column, rows) for column, code in enumerate(header) if column)


def _words(code: str, column: int, rows: list[list[str]]) -> _Words:
    whole: dict[str, str] = {}
    stems: dict[str, str] = {}
    plain: list[tuple[dict[str, str], str, str]] = []
    for row in rows:
        for form in row[column].split():
            table, key = (stems, form[:-1]) if form.endswith("*") else (whole, form)
            table.setdefault(key, row[0])
            plain.append((table, _folded(key), row[0]))
    # Without accents only what is not another word with its accents.
    for table, key, english in plain:
        table.setdefault(key, english)
    return _Words(whole, stems, code == "de")


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.replace("ß", "ss"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
