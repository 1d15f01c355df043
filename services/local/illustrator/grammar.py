"""The shape of a prompt's sentences: which words are only compared, refused, owned by or in front of another word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from services.local.illustrator import cues
from services.local.illustrator.language import Found, lemma, tokens
from services.local.scribe.lexicon import Lexicon, lexicon

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLAUSE = re.compile(r"[,.;:!?\n()–—]")
# Sentences after the first that only say in which mood, colours and technique to paint.
_MANNER = re.compile(
    r"\b(?:colou?rs of|photograph\w*|illustration|painting|portrait|lens|focus|print|study|abstraction|grain|render)\b|"
    r"^\s*(?:an? )?(?:sense of|air of|mood of|\w+ (?:and \w+ )?mood|tense stillness|peaceful stillness)"
)
_LONGEST_REFUSAL = 7


@dataclass(frozen=True, slots=True)
class Reading:
    """A prompt as words with what its sentences say about them.

    `breaks` holds the places before which a clause ends. The sets hold places of words: `manner` of sentences on mood
    and technique, `refused` behind a "without", `compared` inside a simile, `likened` its first noun phrase alone.
    """

    raw: list[str]
    lemmas: list[str]
    breaks: frozenset[int]
    manner: frozenset[int]
    refused: frozenset[int]
    compared: frozenset[int]
    likened: frozenset[int]

    def after(self, place: int) -> str:
        """The word at a place if it continues the clause of the word before it, else ""."""
        return self.raw[place] if place < len(self.raw) and place not in self.breaks else ""

    def clause(self, hit: Found, least: int = 7) -> str:
        """The clause around a phrase, widened to its neighbours while it has fewer than `least` words."""
        edges = sorted({0, len(self.raw), *self.breaks})
        left = max(edge for edge in edges if edge <= hit.start)
        right = min(edge for edge in edges if edge >= hit.end)
        while right - left < least and (left > 0 or right < len(self.raw)):
            left = max((edge for edge in edges if edge < left), default=0)
            if right - left < least:
                right = min((edge for edge in edges if edge > right), default=len(self.raw))
        return " ".join(self.raw[left:right])

    def is_worn(self, hit: Found) -> bool:
        """Whether somebody wears the thing, as coats are worn in "two women in long red coats"."""
        for place in range(hit.start - 1, max(hit.start - 5, -1), -1):
            if self.raw[place] in cues.WEARING:
                return True
            if place in self.breaks or self.raw[place] in cues.PREPOSITIONS:
                return False
        return False


def read(prompt: str) -> Reading:
    """The reading of a prompt."""
    raw = tokens(prompt)
    breaks = frozenset(_edges(prompt, _CLAUSE))
    compared, likened = _compared(raw, breaks)
    return Reading(
        raw, [lemma(word) for word in raw], breaks, _manner(prompt), _refused(raw, breaks), compared, likened
    )


def names_a_thing(reading: Reading, hit: Found) -> bool:
    """Whether the phrase is the noun that its place in the sentence makes visible, not a part of another one."""
    if reading.compared.intersection(range(hit.start, hit.end)) or reading.raw[hit.end - 1].endswith("'s"):
        return False
    if hit.end - hit.start > 1:
        return True
    return _is_head(reading, hit) and not _is_measure(reading, hit) and not _is_verb(reading, hit)


def _is_head(reading: Reading, hit: Found) -> bool:
    following = reading.after(hit.end)
    if hit.name in ("person", "child", "group") and (following.endswith("ing") or following in cues.BEHIND_PEOPLE):
        return True
    if not following or not _continues_noun(following, reading.raw[hit.end - 1], lexicon()):
        return True
    if reading.raw[hit.end - 1] in cues.MATERIALS:
        return False
    if following in cues.UNCHANGING and reading.after(hit.end + 1) in cues.PREPOSITIONS:
        return True
    return lemma(following) in cues.KEEPS_THE_THING


def _continues_noun(word: str, before: str, known: Lexicon) -> bool:
    """Whether `word` behind the noun `before` makes a longer noun of the two."""
    plural = lemma(before) != before
    if (
        word in known.closed
        or word in cues.PREPOSITIONS
        or word in known.numbers
        or word in cues.AFTERTHOUGHTS
        or word.endswith("ly")
    ):
        return False
    if word in cues.FLIGHT and known.category(before) == "animal":
        return False
    verb = known.verbs.get(word)
    noun = bool(known.category(word)) or known.is_abstract(word)
    if verb is not None and verb.form in ("past", "participle", "ing"):
        return False
    if verb is not None and not noun:
        return False
    if verb is not None and verb.form == "base" and plural:
        return False
    if word in known.visible_adjectives or word in known.invisible_adjectives:
        return False
    return noun or not word.endswith(("ing", "ed"))


def _is_measure(reading: Reading, hit: Found) -> bool:
    """Whether the noun only measures, forms or belongs to what its "of" brings: a sea of lights, the legs of a bird."""
    if reading.after(hit.end) != "of" or reading.lemmas[hit.start] in cues.HOLDERS or hit.role:
        return False
    if reading.lemmas[hit.start] in cues.COVERS:
        return True
    behind = [reading.after(place) for place in range(hit.end + 1, hit.end + 4)]
    return behind[0] not in cues.KINDS and not cues.MATERIALS.intersection(behind)


def is_expanse(reading: Reading, hit: Found) -> bool:
    """Whether a word of landscape only says how many: a sea of lights, a forest of cranes."""
    return (
        hit.end - hit.start == 1
        and reading.after(hit.end) == "of"
        and reading.lemmas[hit.start] in cues.EXPANSES
        and reading.after(hit.end + 1) not in {"the", "his", "her", "their"}
    )


def _is_verb(reading: Reading, hit: Found) -> bool:
    """Whether a word that can be a verb is one here, by the word before it."""
    known, word = lexicon(), reading.raw[hit.start]
    before = reading.raw[hit.start - 1] if hit.start and hit.start not in reading.breaks else ""
    verb = known.verbs.get(word)
    if before in ("that", "which", "who") and word.endswith("s") and reading.after(hit.end) in cues.PREPOSITIONS:
        return True
    if word == reading.lemmas[hit.start] and (before == "to" or before in cues.LIKERS or before.endswith("n't")):
        return before not in {"and", "people", "also"}
    if verb is None or not before:
        return False
    # "Where cliffs drop into the sea": behind a plural the base form is what they do.
    if verb.form == "base" and lemma(before) != before and reading.after(hit.end) in cues.BEHIND_VERBS:
        return True
    return known.closed.get(before) in ("pronoun", "auxiliary", "adverb") and before not in {"with", "is", "are", "one"}


def _edges(text: str, pattern: re.Pattern[str]) -> set[int]:
    edges, at = set(), 0
    for piece in pattern.split(text.lower().replace("’", "'")):
        at += len(tokens(piece))
        edges.add(at)
    return edges


def _manner(text: str) -> frozenset[int]:
    places: set[int] = set()
    at = 0
    for number, sentence in enumerate(_SENTENCE.split(text.lower().replace("’", "'"))):
        length = len(tokens(sentence))
        if number and _MANNER.search(sentence):
            places.update(range(at, at + length))
        at += length
    return frozenset(places)


def _refused(raw: list[str], breaks: frozenset[int]) -> frozenset[int]:
    """Places of the words behind a "no" or "without", up to the end of the clause or of a list that "or" closes."""
    refused: set[int] = set()
    pairs = {i + 1 for i, pair in enumerate(pairwise(raw)) if pair in cues.REFUSALS_OF_TWO}
    for i, word in enumerate(raw):
        if word not in cues.REFUSALS and i not in pairs:
            continue
        for j in range(i + 1, min(i + 1 + _LONGEST_REFUSAL, len(raw))):
            if raw[j] in cues.REFUSED_UP_TO or (j in breaks and not _goes_on(raw, j)):
                break
            refused.add(j)
    return frozenset(refused)


def _goes_on(raw: list[str], place: int) -> bool:
    """Whether a list goes on over a comma: an "or" follows before anything that could start a new thought."""
    for word in raw[place : place + 5]:
        if word in ("or", "nor"):
            return True
        if word in cues.PREPOSITIONS or word in {"and", "a", "an", "the"}:
            return False
    return False


def _compared(raw: list[str], breaks: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    compared: set[int] = set()
    likened: set[int] = set()
    for i, word in enumerate(raw):
        start = _start_of_comparison(raw, i, word, breaks)
        if start is None:
            continue
        in_phrase = True
        for j in range(start, len(raw)):
            if j in breaks and j > start:
                break
            in_phrase = in_phrase and (j == start or raw[j] not in cues.PREPOSITIONS)
            compared.add(j)
            if in_phrase:
                likened.add(j)
    return frozenset(compared), frozenset(likened)


def _start_of_comparison(raw: list[str], i: int, word: str, breaks: frozenset[int]) -> int | None:
    before = raw[i - 1] if i else ""
    if word == "like" and before not in cues.LIKERS and i + 1 not in breaks:
        return i + 1
    if word in cues.COMPARED_BY:
        return i + 1
    pair = (word, raw[i + 1]) if i + 1 < len(raw) else ("", "")
    if pair in cues.COMPARED_BY_TWO:
        return i + 2
    # "as tall as a house", and "an open book as a boat": of two likened things only the first is sure to be meant.
    if word == "as" and ((i >= 2 and raw[i - 2] == "as") or raw[i + 1 : i + 2] in (["a"], ["an"], ["the"])):
        return i + 1
    return None
