"""Undoes the tricks by which a written word is kept readable for people and hidden from a program.

Pure text in, pure text out. Ordinary prose comes through unchanged, apart from runs of blanks. `known` is the set of
lower-case words that a doubtful spelling may be resolved to; without it the most likely letter is taken.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Set
from typing import Final

from services.local.sentinel.confusables import CONFUSABLES, LEET

_MAX_PASSES: Final = 16
_MAX_READINGS: Final = 64
_LONGEST_WORD: Final = 20
_SHORTEST_GUESS: Final = 4

_WORD = re.compile(r"[^\W\d_]+")
_BLANKS = re.compile(r"[^\S\n]+")
_MANY_NEWLINES = re.compile(r"\s*\n\s*\n\s*")
_SIGNS = "".join(re.escape(sign) for sign in LEET)
_TOKEN = re.compile(rf"(?<![\w{_SIGNS}])[A-Za-z{_SIGNS}]*[A-Za-z][A-Za-z{_SIGNS}]*(?![\w@])")
_ADDRESS = re.compile(r"\S+://\S+|\S+@\w+\.\S+")
_INNER_SIGN = re.compile(rf"(?<=[A-Za-z])[{_SIGNS}]{{1,3}}(?=[A-Za-z])")
_EDGE_SIGN = re.compile(r"^[013457@$](?=[A-Za-z]{4})|(?<=[A-Za-z]{3})[3$@]$")
_ROMAN = re.compile(r"[IVXLCDM]+")
_WORD_GAP = re.compile(r" {2,}")
_UNIT = re.compile(r"^\d+(st|nd|rd|th|s|d|k|mm|cm|km|kg|px|x|am|pm)$", re.IGNORECASE)
_LETTER = f"[A-Za-z{_SIGNS}]"
_SPACED = re.compile(
    rf"(?<![\w'’{_SIGNS}]){_LETTER}"
    rf"(?:(?: {{1,3}}{_LETTER}){{3,}}|(?:[.·]{_LETTER}){{3,}}|(?:[-_~+/]{_LETTER}){{2,}})"
    r"(?![\w'’])"
)
_REPEATED = re.compile(r"\b(?=[A-Za-z]*([A-Za-z])\1\1)[A-Za-z]+\b")
_RUN = re.compile(r"([A-Za-z])\1{2,}", re.IGNORECASE)


def normalise(text: str, known: Set[str] = frozenset()) -> str:
    """The text as a reader takes it; idempotent, never raises."""
    for _ in range(_MAX_PASSES):
        plain = _one_pass(text, known)
        if plain == text:
            break
        text = plain
    return text


def _one_pass(text: str, known: Set[str]) -> str:
    text = _strip_invisible(unicodedata.normalize("NFKC", text))
    text = _WORD.sub(lambda match: _latin(match[0], known), text)
    text = _SPACED.sub(lambda match: _joined(match[0], known), text)
    text = _plain_tokens(text, known)
    text = _REPEATED.sub(lambda match: _shortened(match[0], known), text)
    text = _MANY_NEWLINES.sub("\n\n", text)
    return _BLANKS.sub(" ", text).strip()


def _strip_invisible(text: str) -> str:
    """Drops zero-width, bidirectional and other control characters, and accents on Latin letters."""
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        kind = unicodedata.category(char)
        if kind in ("Cf", "Cs", "Co", "Cn") or (kind == "Cc" and char not in "\n\t\r") or "\ufe00" <= char <= "\ufe0f":
            continue
        if kind in ("Mn", "Me") and (not kept or kept[-1].isascii()):
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).replace("\r", "\n")


def _latin(word: str, known: Set[str]) -> str:
    """Reads a word that mixes alphabets, or whose look-alikes spell a known word, as Latin; a foreign word stays."""
    if word.isascii():
        return word
    reading = "".join(CONFUSABLES.get(char, char) for char in word)
    mixed = any(char.isascii() for char in word)
    return reading if mixed or reading.lower() in known else word


def _joined(run: str, known: Set[str]) -> str:
    """Letters spaced out or dotted, put together again and cut into known words; two blanks part words."""
    return " ".join(_joined_word(part, known) for part in _WORD_GAP.split(run))


def _joined_word(run: str, known: Set[str]) -> str:
    letters = run[::2]
    if sum(char.isalpha() for char in letters) * 2 < len(letters):
        return run
    if not letters.isalpha():
        letters = _best_reading(letters, known)
    return " ".join(_segments(letters, known))


def _segments(letters: str, known: Set[str]) -> list[str]:
    """Fewest known words that make up the letters, or the letters as one word."""
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before = best[start]
            word = letters[start:end]
            if before is None or (word.lower() not in known) or (len(word) == 1 and word.lower() not in "ai"):
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = [*before, word]
    return best[-1] or [letters]


def _plain_tokens(text: str, known: Set[str]) -> str:
    """Replaces signs that stand for letters, outside web and mail addresses."""
    pieces: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(text):
        pieces += [_TOKEN.sub(lambda match: _unleet(match[0], known), text[end : address.start()]), address[0]]
        end = address.end()
    pieces.append(_TOKEN.sub(lambda match: _unleet(match[0], known), text[end:]))
    return "".join(pieces)


def _unleet(token: str, known: Set[str]) -> str:
    if token.isalpha() or _UNIT.match(token):
        return token
    core = token.rstrip("!*|")
    if core.isalpha():
        return token
    reading = _best_reading(core, known)
    plain = reading.lower() in known and len(core) >= _SHORTEST_GUESS
    if not (plain or _INNER_SIGN.search(core) or _EDGE_SIGN.search(core)):
        return token
    return reading + token[len(core) :]


def _best_reading(token: str, known: Set[str]) -> str:
    """The first reading that is a known word; otherwise the most likely letters, stars left alone."""
    choices = [LEET.get(char, char) for char in token]
    for reading in itertools.islice(itertools.product(*choices), _MAX_READINGS):
        word = "".join(reading)
        if word.lower() in known:
            return word
    return "".join(char if char == "*" else LEET.get(char, char)[0] for char in token)


def _shortened(word: str, known: Set[str]) -> str:
    """A word with letters drawn out, at its ordinary length; `www` and `XIII` stay."""
    if len(set(word.lower())) == 1 or _ROMAN.fullmatch(word):
        return word
    runs = _RUN.findall(word)
    for counts in itertools.islice(itertools.product((1, 2), repeat=len(runs)), _MAX_READINGS):
        candidate = _with_runs(word, counts)
        if candidate.lower() in known:
            return candidate
    return _with_runs(word, (1,) * len(runs))


def _with_runs(word: str, counts: Iterable[int]) -> str:
    lengths = iter(counts)
    return _RUN.sub(lambda match: match[0][: next(lengths)], word)
