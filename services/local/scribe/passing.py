"""What a text names without being about it: what it says not to look for, and the titles of works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.local.scribe.lexicon import Lexicon
from services.local.scribe.tagging import Token

PASSING = "passing"
"""Tag of a word that is named in passing: no part of a phrase, and no evidence of anything."""

_SCOPE = 7
_LONGEST_TITLE = 12
_OPENERS = {'"': '"', "«": "»", "„": '"'}
_NOT_NEGATING = ("only", "just", "longer", "one", "doubt", "matter", "less", "least", "alone")
_ENDS = ("mark", "verb", "conjunction")


def without_passing(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The sentence with nouns and adjectives in passing tagged as such."""
    passing = {*_negated(tokens, lexicon), *_titled(tokens, lexicon)}
    content = ("noun", "adjective", "name", "verb")
    return [
        replace(token, tag=PASSING) if index in passing and token.tag in content else token
        for index, token in enumerate(tokens)
    ]


def _negated(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[int]:
    """Positions after a word such as "skip" or "without", to the end of the clause."""
    for index, token in enumerate(tokens):
        start = index + 1
        following = tokens[start] if start < len(tokens) else Token("", "", "mark")
        if token.lower in ("instead", "rather") and following.lower in ("of", "than"):
            start += 1
        elif token.lower in ("not", "no"):
            wanted = ("determiner",) if token.lower == "not" else ("noun", "adjective")
            if following.lower in _NOT_NEGATING or following.tag not in wanted:
                continue
        elif token.lower not in lexicon.context["leaving"]:
            continue
        for position in range(start, min(start + _SCOPE, len(tokens))):
            if tokens[position].tag in _ENDS:
                break
            yield position


def _titled(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[int]:
    """Positions within the title of a work: in quotes with capitals or after a noun such as "novel", or "The ..."."""
    for index, token in enumerate(tokens):
        if token.text in _OPENERS:
            yield from _quoted(tokens, index, lexicon)
        elif index and token.lower in ("the", "a") and token.text[0].isupper() and tokens[index - 1].tag != "mark":
            yield from _capitals(tokens, index)


def _quoted(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> Iterator[int]:
    closing = _OPENERS[tokens[start].text]
    limit = min(start + _LONGEST_TITLE + 2, len(tokens))
    end = next((i for i in range(start + 1, limit) if tokens[i].text == closing), 0)
    inside = [token for token in tokens[start + 1 : end] if token.tag != "mark"]
    if not inside or not inside[0].text[0].isupper():
        return
    before = tokens[max(0, start - 2) : start]
    named = any(token.lower in lexicon.context["works"] for token in before)
    long = [token for token in inside if len(token.text) > 3]
    capital = sum(token.text[0].isupper() for token in long) > 0.7 * len(long)
    if named or (capital and tokens[end - 1].text not in (".", "!", "?", ",")):
        yield from range(start + 1, end)


def _capitals(tokens: Sequence[Token], start: int) -> Iterator[int]:
    end, capitals = start + 1, 0
    for position in range(start + 1, min(start + _LONGEST_TITLE, len(tokens))):
        token = tokens[position]
        if token.text[:1].isupper():
            end, capitals = position + 1, capitals + 1
        elif token.tag not in ("preposition", "determiner", "conjunction"):
            break
    if capitals > 1:
        yield from range(start, end)
