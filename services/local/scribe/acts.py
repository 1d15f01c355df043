"""Acts that a picture can show, in the words of the content: "nurses carrying cool boxes by bicycle"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.local.scribe.candidates import Phrase, chunks, indefinite, to_phrase
from services.local.scribe.lexicon import Lexicon, gerund
from services.local.scribe.tagging import Token, leads_on

MAX_WORDS = 14
_SKIPPED = ("preposition", "determiner", "adjective", "noun", "name")
_SAYS_WHERE = (
    *("on", "in", "at", "under", "beneath", "beside", "across", "along", "through", "between", "near", "behind"),
    "above",
)
_OBJECT_GAP = ("determiner", "number")


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what: `head` is the noun of who, `objects` the nouns of what, `placed` whether it says where.

    `seen` are who and what as phrases.
    """

    text: str
    head: str
    category: str
    objects: tuple[str, ...]
    placed: bool
    seen: tuple[Phrase, ...] = ()


def acts(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Act]:
    """Acts of one sentence: someone who can be seen, a visible verb, what it is done to, and where or with what."""
    ranges = list(chunks(tokens))
    for number, (start, end) in enumerate(ranges):
        who = _who(tokens[start:end], lexicon)
        verb = _verb_after(tokens, end, lexicon) if who else None
        if who is None or verb is None:
            continue
        lemma = lexicon.verbs[tokens[verb].lower].lemma
        kinds = lexicon.visible_verbs.get(lemma, "")
        later = [(first, last) for first, last in ranges[number + 1 :] if first > verb]
        act = _act(tokens, verb, who, lemma, later, lexicon)
        if kinds and act and (act.objects or "i" in kinds) and len(act.text.split()) <= MAX_WORDS:
            yield act


def _who(tokens: Sequence[Token], lexicon: Lexicon) -> Phrase | None:
    if tokens[-1].tag == "name" and len(tokens) > 1 and all(token.tag == "name" for token in tokens):
        # A picture cannot show a name; the hands at work are what is seen of whoever bears it.
        return Phrase(("hands",), "hand", True, "hands")
    phrase = to_phrase(tokens, lexicon)
    return phrase if phrase and phrase.category in ("person", "animal") else None


def _act(
    tokens: Sequence[Token],
    verb: int,
    who: Phrase,
    lemma: str,
    later: Sequence[tuple[int, int]],
    lexicon: Lexicon,
) -> Act | None:
    particle, what, position = _object(tokens, verb + 1, later, lexicon)
    following = tokens[position] if position < len(tokens) else Token("", "", "mark")
    if f"{lemma}{particle}" in lexicon.figurative or following.lower in lexicon.context["hedges"]:
        return None
    if not what and following.tag in ("determiner", "noun", "adjective", "number", "pronoun"):
        return None  # Done to something that cannot be seen.
    if who.category == "hands" and not (what and lemma in lexicon.context["handwork"]):
        return None
    tail, where = _tail(tokens, position, [(a, b) for a, b in later if a >= position], lexicon)
    shown = f" {indefinite(what, lexicon)}" if what else ""
    return Act(
        text=f"{indefinite(who, lexicon)} {gerund(lemma)}{particle}{shown}{tail}",
        head=who.head,
        category=who.category,
        objects=((what.head,) if what else ()) + ((where.head,) if where else ()),
        placed=where is not None and _says_where(tail.split()[0], where),
        seen=tuple(phrase for phrase in (who, what, where) if phrase),
    )


def _says_where(preposition: str, where: Phrase) -> bool:
    if where.category == "vehicle":
        return True  # By bicycle, from a helicopter: no room in a house any more.
    return preposition in _SAYS_WHERE and where.category in ("place", "building", "nature")


def _verb_after(tokens: Sequence[Token], end: int, lexicon: Lexicon) -> int | None:
    """Position of the verb of a subject that ends at `end`; a place in between, "in the harbour", is skipped."""
    if end < len(tokens) and tokens[end].tag == "preposition":
        while end < len(tokens) and tokens[end].tag in _SKIPPED:
            end += 1
    for index in range(end, min(end + 4, len(tokens))):
        token = tokens[index]
        if token.lower in lexicon.context["hedges"] or token.tag in ("mark", "conjunction", "determiner"):
            return None
        if token.tag == "verb" and token.lower in lexicon.verbs:
            if leads_on(tokens, index, lexicon):
                return index + 2 if tokens[index + 2].lower in lexicon.verbs else None
            form = lexicon.verbs[token.lower].form
            if tokens[index - 1].lower == "to":
                return None
            passive = form in ("past", "participle") and tokens[index - 1].lower in lexicon.context["copulas"]
            return None if passive else index
    return None


def _object(
    tokens: Sequence[Token], start: int, ranges: Sequence[tuple[int, int]], lexicon: Lexicon
) -> tuple[str, Phrase | None, int]:
    """Particle and visible object after a verb, and the position after both."""
    particle = ""
    word = tokens[start].lower if start < len(tokens) else ""
    hauled = word == "in" and lexicon.verbs[tokens[start - 1].lower].lemma in lexicon.context["haul"]
    if word in lexicon.context["particles"] or hauled:
        following = tokens[start + 1].tag if start + 1 < len(tokens) else "mark"
        if following in ("determiner", "mark", "noun", "adjective", "preposition"):
            particle, start = f" {word}", start + 1
    for first, last in ranges[:1]:
        between = tokens[start:first]
        if len(between) > 2 or any(token.tag not in _OBJECT_GAP for token in between):
            break
        phrase = to_phrase(tokens[first:last], lexicon)
        if phrase is not None and phrase.category:
            return particle, phrase, last
    return particle, None, start


def _tail(
    tokens: Sequence[Token], position: int, ranges: Sequence[tuple[int, int]], lexicon: Lexicon
) -> tuple[str, Phrase | None]:
    """Where or with what: a preposition and something that can be seen."""
    if position >= len(tokens) or tokens[position].lower not in lexicon.context["tails"]:
        return "", None
    for first, last in ranges[:1]:
        between = tokens[position + 1 : first]
        if len(between) > 1 or any(token.tag not in _OBJECT_GAP for token in between):
            break
        phrase = to_phrase(tokens[first:last], lexicon)
        if phrase is None or not phrase.category:
            break
        definite = bool(between) and between[0].lower == "the"
        bare = tokens[position].lower == "by" and not between
        shown = phrase.text if bare else f"the {phrase.text}" if definite else indefinite(phrase, lexicon)
        return f" {tokens[position].lower} {shown}", phrase
    return "", None
