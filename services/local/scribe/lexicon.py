"""Word lists of the tagger and the small morphology of English that goes with them."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_VOWELS = frozenset("aeiou")


def load_table(name: str) -> dict[str, dict[str, object]]:
    """A TOML table of this package's `data` folder."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What a word can be as a verb: `form` is "base", "s", "past", "participle" or "ing"."""

    lemma: str
    form: str


@dataclass(frozen=True)
class Lexicon:
    """All word lists, ready for look-up; every word is in lower case."""

    closed: Mapping[str, str]
    numbers: frozenset[str]
    times: frozenset[str]
    visible_adjectives: frozenset[str]
    invisible_adjectives: frozenset[str]
    verbs: Mapping[str, VerbForm]
    visible_verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    abstract: frozenset[str]
    mass: frozenset[str]
    plural_only: frozenset[str]
    context: Mapping[str, frozenset[str]]
    figurative: frozenset[str]
    other_sense: frozenset[str]
    singulars: Mapping[str, str]

    def singular(self, word: str) -> str:
        """The singular of a noun in lower case; the word itself where it is none that is known to be a plural."""
        if word in self.singulars:
            return self.singulars[word]
        for ending, replacement in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x")):
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + replacement
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            return word[:-1]
        return word

    def is_plural(self, word: str) -> bool:
        """Whether a noun in lower case takes no indefinite article because it is a plural."""
        return word in self.plural_only or self.singular(word) != word

    def category(self, word: str) -> str:
        """Category of a noun that can be shown ("person", "animal", "thing", ...), "" where it is not in the list."""
        return self.nouns.get(word) or self.nouns.get(self.singular(word), "")

    def is_abstract(self, word: str) -> bool:
        """Whether a noun is in the list of those nobody can draw."""
        return word in self.abstract or self.singular(word) in self.abstract

    def knows(self, word: str) -> bool:
        """Whether any list has the word, in any form."""
        return bool(
            word in self.closed
            or word in self.verbs
            or word in self.visible_adjectives
            or word in self.invisible_adjectives
            or self.category(word)
            or self.is_abstract(word)
        )


def gerund(lemma: str) -> str:
    """The -ing form of a verb."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ing"


def _doubles(lemma: str) -> bool:
    # One vowel before one final consonant in a word of one syllable: stop -> stopping.
    return (
        len(lemma) >= 3
        and lemma[-1] not in _VOWELS | set("wxy")
        and lemma[-2] in _VOWELS
        and lemma[-3] not in _VOWELS
        and sum(letter in _VOWELS for letter in lemma) == 1
    )


def _verb_forms(lemma: str) -> dict[str, VerbForm]:
    stem = lemma + lemma[-1] if _doubles(lemma) else lemma
    consonant_y = lemma.endswith("y") and lemma[-2] not in _VOWELS
    past = lemma[:-1] + "ied" if consonant_y else lemma + "d" if lemma.endswith("e") else stem + "ed"
    sibilant = lemma.endswith(("s", "sh", "ch", "x", "z", "o"))
    third = lemma[:-1] + "ies" if consonant_y else lemma + ("es" if sibilant else "s")
    return {
        lemma: VerbForm(lemma, "base"),
        third: VerbForm(lemma, "s"),
        past: VerbForm(lemma, "past"),
        gerund(lemma): VerbForm(lemma, "ing"),
    }


def _all_verbs(lemmas: list[str], irregular: str) -> dict[str, VerbForm]:
    forms: dict[str, VerbForm] = {}
    for lemma in lemmas:
        forms.update({form: kind for form, kind in _verb_forms(lemma).items() if form not in forms})
    for row in irregular.split("|"):
        lemma, past, participle = row.split()
        forms.setdefault(participle, VerbForm(lemma, "participle"))
        forms[past] = VerbForm(lemma, "past") if past != lemma else VerbForm(lemma, "base")
    return forms


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, read once from the package's data."""
    table = {name: {key: str(words) for key, words in rows.items()} for name, rows in load_table("lexicon").items()}
    nouns = table["nouns"]
    visible = dict(entry.split(":") for entry in table["verbs"]["visible"].split())
    pairs = [pair.split() for pair in nouns["irregular_plural"].split("|")]
    special = {"mass", "plural_only", "irregular_plural", "abstract"}
    return Lexicon(
        closed={word: tag for tag, words in table["closed"].items() for word in words.split()},
        numbers=frozenset(table["numbers"]["words"].split()),
        times=frozenset(table["numbers"]["times"].split()),
        visible_adjectives=frozenset(table["adjectives"]["visible"].split()),
        invisible_adjectives=frozenset(table["adjectives"]["invisible"].split()),
        verbs=_all_verbs([*visible, *table["verbs"]["other"].split()], table["verbs"]["irregular"]),
        visible_verbs=visible,
        nouns={
            word: category
            for category in reversed([name for name in nouns if name not in special])
            for word in nouns[category].split()
        },
        abstract=frozenset(nouns["abstract"].split()),
        mass=frozenset(nouns["mass"].split()) | {singular for singular, plural in pairs if singular == plural},
        plural_only=frozenset(nouns["plural_only"].split()),
        figurative=frozenset(pair.replace("-", " ") for pair in table["context"]["figurative"].split()),
        other_sense=frozenset(pair.replace("-", " ") for pair in table["context"]["other_sense"].split()),
        context={key: frozenset(words.split()) for key, words in table["context"].items()},
        singulars={plural: singular for singular, plural in pairs} | {word: word for word in nouns["mass"].split()},
    )
