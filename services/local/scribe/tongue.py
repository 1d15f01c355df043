"""Languages that alternative texts and captions can be written in, with the little grammar that takes.

Sentences are built so that every noun stands in the nominative with an indefinite article, or without one: what a noun
would have to agree with is avoided.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from services.local.scribe.candidates import Phrase

ENGLISH = "en"
_NAMES = {
    "en": ("english", "englisch", "anglais", "inglés", "inglês", "inglese"),
    "de": ("german", "deutsch"),
    "fr": ("french", "français", "francais"),
    "es": ("spanish", "español", "espanol", "castellano"),
    "pt": ("portuguese", "português", "portugues"),
    "it": ("italian", "italiano"),
}
_ARTICLES = {
    "de": {"m": "ein", "f": "eine", "n": "ein"},
    "fr": {"m": "un", "f": "une"},
    "es": {"m": "un", "f": "una"},
    "pt": {"m": "um", "f": "uma"},
    "it": {"m": "un", "f": "una"},
}
_VOWELS = "aeiouàâäéèêëîïíóôöòúùûüœáãõ"
UNCOUNTED = "-"


@dataclass(frozen=True, slots=True)
class Noun:
    """`plural` is "-" where the noun is not counted."""

    gender: str
    singular: str
    plural: str


@dataclass(frozen=True)
class Tongue:
    """One language; the tables are those of `data/tongues`, and all but `words` are empty for English."""

    code: str
    words: Mapping[str, str]
    templates: Mapping[str, str]
    times: Mapping[str, str]
    kinds: Mapping[str, tuple[str, str]]
    shapes: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, tuple[str, str]]
    topics: Mapping[str, tuple[str, str, str]]
    places: Mapping[str, str]
    nouns: Mapping[str, Noun]

    def thing(self, phrase: Phrase) -> str:
        """The noun of a phrase with its article, a wider word of its kind, or "" where neither is known."""
        noun = self.nouns.get(phrase.head)
        if noun is not None:
            return self._counted(noun, phrase.plural)
        kind = self.kinds.get(phrase.category)
        return kind[phrase.plural] if kind else ""

    def knows(self, phrase: Phrase) -> bool:
        """Whether the noun itself is in the table."""
        return phrase.head in self.nouns

    def listed(self, things: Sequence[str]) -> str:
        """The things as in "a, b and c"."""
        return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} {self.words['and']} {things[-1]}"

    def at(self, place: str) -> str:
        """A place as it follows a scene; "" for one whose article is not known."""
        bare = place.removeprefix("the ")
        known = self.places.get(bare, "")
        return known or ("" if bare != place or not bare else f"{self.words['in']} {bare}")

    def _counted(self, noun: Noun, plural: bool) -> str:
        if noun.plural == UNCOUNTED:
            return _partitive(noun) if self.code == "fr" else noun.singular
        if plural:
            return f"des {noun.plural}" if self.code == "fr" else noun.plural
        return _with_article(self.code, noun)


def tongue(wish: str, content: str) -> Tongue:
    """The language wished for by tag or name, or that of the content; English for one that is not known."""
    return tongues()[code_of(wish) if wish else content if content in _NAMES else ENGLISH]


def code_of(wish: str) -> str:
    """Code of the language with that tag or name, "en" for any other."""
    words = wish.lower().replace("(", " ").replace(")", " ").replace(",", " ").split()
    for word in words:
        for code, names in _NAMES.items():
            if word in names or word.replace("_", "-").partition("-")[0] == code:
                return code
    return ENGLISH


@functools.cache
def tongues() -> Mapping[str, Tongue]:
    """All languages by their code, read once from the package's data."""
    return {code: _read(code) for code in _NAMES}


def _read(code: str) -> Tongue:
    text = (files(__package__) / "data" / "tongues" / f"{code}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Tongue(
        code=code,
        words=table["words"],
        templates=table.get("templates", {}),
        times=table.get("times", {}),
        kinds={key: tuple(value.split("|")) for key, value in table.get("kinds", {}).items()},
        shapes={key: tuple(value) for key, value in table.get("shapes", {}).items()},
        settings={key: tuple(value) for key, value in table.get("settings", {}).items()},
        topics={key: tuple(value) for key, value in table.get("topics", {}).items()},
        places=table.get("places", {}),
        nouns={key: _noun(code, value) for key, value in table.get("nouns", {}).items()},
    )


def _noun(code: str, entry: str) -> Noun:
    gender, _, rest = entry.partition(" ")
    singular, _, plural = rest.partition(", ")
    return Noun(gender, singular, plural or _plural(code, gender, singular))


def _plural(code: str, gender: str, word: str) -> str:
    """The regular plural; irregular ones stand in the table."""
    if code == "it":
        ending = {"o": "i", "e": "i", "a": "e" if gender == "f" else "i"}.get(word[-1])
        # A "c" or "g" that is soft before "i" loses that "i" in the feminine plural.
        if word.endswith(("cia", "gia")) and gender == "f":
            return f"{word[:-2]}e"
        return f"{word[:-1].removesuffix('i') if ending == 'i' else word[:-1]}{ending}" if ending else word
    if code == "es" and word[-1] not in "aeiouéá":
        return f"{word[:-1]}ces" if word.endswith("z") else f"{word}es"
    if code == "pt":
        if word.endswith("l"):
            return f"{word[:-1]}is"
        return f"{word[:-1]}ns" if word.endswith("m") else f"{word}es" if word[-1] in "rz" else f"{word}s"
    return word if code == "fr" and word[-1] in "sxz" else f"{word}s"


def _with_article(code: str, noun: Noun) -> str:
    article = _ARTICLES[code][noun.gender]
    word = noun.singular
    if code == "it":
        if noun.gender == "f" and word[0] in _VOWELS:
            return f"un'{word}"
        impure = (word[0] == "s" and word[1] not in _VOWELS) or word.startswith(("z", "gn", "ps", "x", "y"))
        article = "uno" if noun.gender == "m" and impure else article
    if code == "es" and noun.gender == "f" and word in ("aula", "agua"):
        article = "un"  # Before a stressed "a".
    return f"{article} {word}"


def _partitive(noun: Noun) -> str:
    """French: some bread, some flour, some water."""
    if noun.singular[0] in f"{_VOWELS}h":
        return f"de l'{noun.singular}"
    return f"{'du' if noun.gender == 'm' else 'de la'} {noun.singular}"
