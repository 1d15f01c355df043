"""What content may be about: noun phrases and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.local.scribe.lexicon import Lexicon
from services.local.scribe.tagging import Token

MAX_WORDS = 4
# Names of places in the first sentences say where it all happens; later ones may be passed through.
LEAD = 2
_HINTING = ("animal", "food", "plant", "thing", "vehicle")
_NATIONAL = ("an", "ean", "ish", "ese", "ic", "ch")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase without its article, for example "red wooden boats"; `head` is its last noun in the singular."""

    words: tuple[str, ...]
    head: str
    plural: bool
    category: str

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.words)


@dataclass(slots=True)
class Candidates:
    """Everything found, with how often and from which sentence on."""

    phrases: Counter[str] = field(default_factory=Counter)
    by_text: dict[str, Phrase] = field(default_factory=dict)
    heads: Counter[str] = field(default_factory=Counter)
    first_seen: dict[str, int] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    sentences: dict[str, set[int]] = field(default_factory=dict)
    hints: dict[str, Phrase] = field(default_factory=dict)
    """Things named before what cannot be shown, such as mushrooms in "mushroom season"."""


def find(tagged: Sequence[Sequence[Token]], lexicon: Lexicon) -> Candidates:
    """Candidates of the tagged sentences."""
    found = Candidates()
    for index, tokens in enumerate(tagged):
        for start, end in chunks(tokens):
            phrase = to_phrase(tokens[start:end], lexicon)
            if phrase is not None:
                _count(found, phrase, index)
            elif (hint := _hint(tokens[start:end], lexicon)) is not None:
                found.hints.setdefault(hint.text, hint)
        _find_names(found, tokens, lexicon, index < LEAD)
    return found


def _count(found: Candidates, phrase: Phrase, sentence: int) -> None:
    key = phrase.text
    found.phrases[key] += 1
    found.by_text.setdefault(key, phrase)
    found.heads[phrase.head] += 1
    found.first_seen.setdefault(key, sentence)
    found.sentences.setdefault(phrase.head, set()).add(sentence)


def chunks(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Ranges of words that form noun phrases: adjectives, names and nouns that end in a noun or a name."""
    start = None
    for index, token in enumerate((*tokens, Token("", "", "mark"))):
        inside = token.tag in ("adjective", "noun", "name")
        if inside and start is None:
            start = index
        elif start is not None and (not inside or tokens[index - 1].possessive):
            end = index
            while end > start and tokens[end - 1].tag == "adjective":
                end -= 1
            if end > start:
                yield start, end
            start = index if inside else None


def to_phrase(tokens: Sequence[Token], lexicon: Lexicon) -> Phrase | None:
    """The part of a noun phrase that can be shown; None where its head cannot be a subject."""
    if len(tokens) > 1 and _looks_like_a_verb(tokens[-1], lexicon) and _is_one_thing(tokens[-2], lexicon):
        tokens = tokens[:-1]
    head = tokens[-1]
    if head.tag != "noun" or lexicon.is_abstract(head.lower) or len(head.lower) < 3:
        return None
    broken = [place for place, token in enumerate(tokens[:-1]) if _is_many_ideas(token, lexicon)]
    tokens = tokens[broken[-1] + 1 :] if broken else tokens
    dropped = lexicon.invisible_adjectives | lexicon.context["seasons"]
    kept = [token for token in tokens if token.lower not in dropped or token is head]
    kept = [token for token in kept[-MAX_WORDS:] if token is head or not _is_noise(token, lexicon)]
    doubtful = [place for place, token in enumerate(kept[:-1]) if _looks_like_a_verb(token, lexicon)]
    kept = kept[doubtful[-1] + 1 :] if doubtful else kept
    names = [token for token in kept if token.tag == "name"]
    if len(names) > 2:
        kept = [token for token in kept if token.tag != "name"]
    singular = lexicon.singular(head.lower)
    return Phrase(
        words=tuple(token.text if _keeps_capital(token, lexicon) else token.lower for token in kept[-3:]),
        head=singular,
        plural=lexicon.is_plural(head.lower),
        category=_category(kept, lexicon),
    )


def _hint(tokens: Sequence[Token], lexicon: Lexicon) -> Phrase | None:
    """The thing before a head that cannot be shown."""
    *before, head = tokens
    if not before or before[-1].tag != "noun":
        return None
    pair = f"{before[-1].lower} {lexicon.singular(head.lower)}"
    if pair in lexicon.figurative | lexicon.other_sense or lexicon.category(before[-1].lower) not in _HINTING:
        return None
    return to_phrase(before[-1:], lexicon)


def _category(tokens: Sequence[Token], lexicon: Lexicon) -> str:
    """Category of the head; a grilled fish is food."""
    cooked = any(token.lower in lexicon.context["cooked"] for token in tokens)
    category = lexicon.category(tokens[-1].lower)
    return "food" if cooked and category in ("animal", "plant") else category


def _is_noise(token: Token, lexicon: Lexicon) -> bool:
    if token.lower in lexicon.context["compound"]:
        return False
    if token.lower.endswith("est") and not lexicon.category(token.lower):
        return True
    if token.tag == "adjective":
        return token.lower not in lexicon.visible_adjectives and not token.lower.endswith(("ed", "ing"))
    return token.tag == "noun" and lexicon.is_abstract(token.lower)


def _looks_like_a_verb(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word before a noun may be a verb no list has, as in "Lucia churns cream"."""
    return token.tag == "noun" and token.lower.endswith("s") and not lexicon.knows(token.lower)


def _is_many_ideas(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word ends what came before: a verb, as in "airport bans liquids", or whom something is given to."""
    if token.tag != "noun" or not lexicon.is_plural(token.lower):
        return False
    return lexicon.is_abstract(token.lower) or lexicon.category(token.lower) == "person"


def _is_one_thing(token: Token, lexicon: Lexicon) -> bool:
    return bool(lexicon.category(token.lower)) and not lexicon.is_plural(token.lower)


def _keeps_capital(token: Token, lexicon: Lexicon) -> bool:
    if token.tag == "name":
        return True
    return token.text[:1].isupper() and token.lower.endswith(_NATIONAL) and token.tag == "adjective"


def _find_names(found: Candidates, tokens: Sequence[Token], lexicon: Lexicon, early: bool) -> None:
    index = 0
    while index < len(tokens):
        end = index
        while end < len(tokens) and tokens[end].tag == "name":
            end += 1
        if end > index:
            _count_name(found, tokens, index, end, lexicon, early)
        index = max(end, index + 1)


def _count_name(
    found: Candidates, tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon, early: bool
) -> None:
    name = " ".join(token.text for token in tokens[start : min(end, start + 4)])
    found.names[name] += 1
    article = start > 0 and tokens[start - 1].lower == "the"
    before = start - 1 - article
    word = tokens[before].lower if before >= 0 else ""
    after = tokens[end] if end < len(tokens) else Token("", "", "mark")
    if _is_person(word, after.lower, tokens[start:end], lexicon):
        found.people.add(name)
    elif after.tag in ("noun", "adjective") or name.lower() in lexicon.context["seasons"] | lexicon.times:
        return
    elif word in lexicon.context["place_prepositions"]:
        found.places[f"the {name}" if article else name] += 3 if early and word in ("in", "near") else 1
    elif word == "of" and before > 0 and lexicon.category(tokens[before - 1].lower) in ("place", "building"):
        found.places[f"the {name}" if article else name] += 3 if early else 1


def _is_person(before: str, after: str, name: Sequence[Token], lexicon: Lexicon) -> bool:
    speaks = before in lexicon.context["speech"] or after in lexicon.context["speech"]
    return before in lexicon.context["titles"] or speaks or (len(name) > 1 and name[-1].possessive)


def indefinite(phrase: Phrase, lexicon: Lexicon) -> str:
    """The phrase with the article it takes when it is first shown."""
    if phrase.plural or phrase.head in lexicon.mass:
        return phrase.text
    if any(word[:1].isupper() and not word.endswith(_NATIONAL) for word in phrase.words):
        return f"the {phrase.text}"
    first = phrase.words[0].lower()
    vowel = first[0] in "aeiou" and not first.startswith(("eu", "uni", "use", "one", "ut"))
    vowel = vowel or first in ("hour", "honest", "heir")
    return f"{'an' if vowel else 'a'} {phrase.text}"
