"""A small part-of-speech tagger: word lists first, then suffixes, capitals and the word before."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.local.scribe.lexicon import Lexicon
from services.local.scribe.text import words

_ADJECTIVE_ENDINGS = (
    "ous",
    "ful",
    "less",
    "able",
    "ible",
    "ic",
    "ical",
    "ish",
    "ive",
    "ary",
    "ian",
    "ean",
    "ese",
    "ular",
)
_NOUN_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ship", "ance", "ence", "ism", "hood", "dom")
# Words in other scripts do not belong in an English prompt.
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_AFTER_VERB = ("determiner", "pronoun", "preposition", "adverb")
_SHORT_FORMS = ("'s", "'")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its tag: determiner, pronoun, preposition, conjunction, auxiliary, adverb, number, adjective, noun,
    name, verb or mark."""

    text: str
    lower: str
    tag: str
    possessive: bool = False


def tag_all(sentences: Sequence[str], lexicon: Lexicon) -> list[list[Token]]:
    """The sentences as tagged words; capitals are judged over all of them."""
    split = [words(sentence) for sentence in sentences]
    names = _names(split, lexicon)
    return [_tag(sentence, names, lexicon) for sentence in split]


def _names(split: Sequence[Sequence[str]], lexicon: Lexicon) -> frozenset[str]:
    """Words that are written with a capital in the middle of sentences, more often than without."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for sentence in split:
        if _is_title(sentence):
            continue
        for previous, word in itertools.pairwise(sentence):
            if word[:1].isupper() and (previous[:1].isalnum() or previous == ","):
                capital[_bare(word).lower()] += 1
            elif word[:1].islower():
                small[_bare(word).lower()] += 1
    return frozenset(
        word for word, count in capital.items() if count > small[word] and word not in lexicon.closed and len(word) > 1
    )


def _is_title(sentence: Sequence[str]) -> bool:
    letters = [word for word in sentence if word[:1].isalpha() and len(word) > 3]
    return len(letters) > 2 and sum(word[0].isupper() for word in letters) > 0.7 * len(letters)


def _bare(word: str) -> str:
    return word[:-2] if word.lower().endswith("'s") else word.rstrip("'")


def _tag(sentence: Sequence[str], names: frozenset[str], lexicon: Lexicon) -> list[Token]:
    tokens: list[Token] = []
    title = _is_title(sentence)
    for index, written in enumerate(sentence):
        word = _bare(written) or written
        lower = word.lower()
        if lower in lexicon.closed:
            word = written
            lower = written.lower()
        previous = _before(tokens, lexicon)
        following = sentence[index + 1].lower() if index + 1 < len(sentence) else ""
        starts = title or not tokens or (tokens[-1].tag == "mark" and tokens[-1].text in ".:!?\"'(")
        tag = _tag_of(word, lower, previous, following, starts, names, lexicon)
        if tag == "noun" and [token.lower for token in tokens[-2:]] == ["how", "to"]:
            tag = "verb"  # Whatever the lists take it for: "how to sharpen knives", "how to house hedgehogs".
        tokens.append(Token(word, lower, tag, written.lower().endswith(_SHORT_FORMS) and len(written) > 2))
    return tokens


def leads_on(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a verb only leads on to the next one, as in "race to finish"."""
    token, following = tokens[index], tokens[index + 1 : index + 3]
    form = lexicon.verbs.get(token.lower)
    return (
        token.tag == "verb"
        and form is not None
        and form.lemma in lexicon.context["leading"]
        and len(following) > 1
        and following[0].lower == "to"
        and following[1].tag == "verb"
    )


def _before(tokens: Sequence[Token], lexicon: Lexicon) -> str:
    """Tag of the last word, with two finer ones: "to", and "plural" for nouns that seldom stand before another."""
    if not tokens:
        return ""
    last = tokens[-1]
    if last.tag == "noun" and lexicon.is_plural(last.lower):
        return "plural"
    return "to" if last.lower == "to" else last.tag


def _tag_of(
    word: str, lower: str, previous: str, following: str, starts: bool, names: frozenset[str], lexicon: Lexicon
) -> str:
    if not _LATIN.match(word):
        return "number" if word[0].isdigit() else "mark"
    if lower in lexicon.closed or lower.replace("'", "") in lexicon.closed:
        return lexicon.closed.get(lower, "auxiliary")
    if lower in lexicon.numbers or lower in lexicon.times:
        return "number"
    if word[0].isupper() and _is_name(word, lower, starts, names, lexicon):
        return "name"
    return _tag_of_open_word(lower, previous, following, lexicon)


def _is_name(word: str, lower: str, starts: bool, names: frozenset[str], lexicon: Lexicon) -> bool:
    if lower in lexicon.visible_adjectives:
        return False
    if lower in names:
        return True
    if starts and "-" in word and word[word.rindex("-") + 1 :].islower():
        return False  # "Hand-thrown plates"
    if word.isupper() and len(word) > 1:
        return not lexicon.knows(lower)
    return not lexicon.knows(lower) and (starts is False or not lower.endswith(("ing", "ed", "ly", *_NOUN_ENDINGS)))


def _tag_of_open_word(lower: str, previous: str, following: str, lexicon: Lexicon) -> str:
    if lower in lexicon.visible_adjectives or lower in lexicon.invisible_adjectives:
        return "verb" if _is_done_by(lower, previous, following, lexicon) else "adjective"
    is_noun = bool(lexicon.category(lower)) or lexicon.is_abstract(lower)
    if lower in lexicon.verbs:
        return _verb_or_noun(lower, previous, following, is_noun, lexicon)
    if is_noun:
        return "noun"
    if lower.endswith("ly"):
        return "adverb"
    if lower.endswith("ing") and len(lower) > 5:
        return "noun" if previous in ("determiner", "adjective") else "verb"
    if lower.endswith("ed") and len(lower) > 4:
        return "adjective" if previous in ("determiner", "adjective", "preposition", "to") else "verb"
    if lower.endswith(_ADJECTIVE_ENDINGS) and len(lower) > 5:
        return "adjective"
    return "noun"


def _is_done_by(lower: str, previous: str, following: str, lexicon: Lexicon) -> bool:
    """Whether an adjective is a verb here, as in "volunteers clear mud"."""
    form = lexicon.verbs.get(lower)
    done = following[:1].isalpha() and following not in lexicon.closed
    return previous == "plural" and form is not None and form.form == "base" and done


def _is_many(following: str, lexicon: Lexicon) -> bool:
    known = bool(lexicon.category(following)) or following in lexicon.numbers
    return known and lexicon.is_plural(following)


def _verb_or_noun(lower: str, previous: str, following: str, is_noun: bool, lexicon: Lexicon) -> str:
    form = lexicon.verbs[lower].form
    if previous == "plural":
        if form == "base":
            return "verb"
        previous = "noun"
    if form in ("past", "participle", "ing") and not is_noun:
        before_noun = previous in ("determiner", "adjective") and following not in lexicon.closed
        return "adjective" if before_noun else "verb"
    if previous in ("pronoun", "auxiliary", "adverb"):
        return "verb"
    if previous == "to":
        return "verb" if form == "base" else "noun"
    if previous == "number" and form == "s" and not is_noun:
        return "verb"
    if previous == "adjective" and form == "s" and not is_noun and _is_many(following, lexicon):
        return "verb"  # "The Arctic grows tomatoes"
    if previous in ("determiner", "adjective", "number"):
        return "noun"
    if previous == "preposition":
        return "noun" if is_noun else "verb"
    if form == "base" and previous in ("", "mark") and following in lexicon.closed:
        return "verb"
    if form == "past" and previous in ("noun", "name") and (following[:1].isdigit() or following in lexicon.numbers):
        return "verb"
    if form == "s" and previous == "name" and following in lexicon.visible_adjectives:
        return "verb"
    if form == "base" and not previous and lexicon.visible_verbs.get(lower) and _is_many(following, lexicon):
        return "verb"
    if previous in ("noun", "name"):
        # "Rail strike leaves commuters": one thing strikes, and a plural seldom stands before another noun.
        if form == "base" and following in lexicon.verbs and lexicon.verbs[following].form == "s":
            return "noun"
        if form == "s" and is_noun and _is_many(following, lexicon):
            return "verb"
    if previous in ("noun", "name") and lexicon.closed.get(following) in _AFTER_VERB:
        agrees = form in ("s", "past") or (form == "base" and not is_noun)
        return "verb" if agrees and not (is_noun and following == "of") else "noun"
    return "noun" if is_noun else "verb"
