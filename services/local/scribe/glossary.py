"""Makes content in other languages readable: known words become English nouns, names stay, the rest is left out."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from services.local.scribe.lexicon import Lexicon, load_table

MAX_SAMPLE = 200
MAX_SENTENCES = 2000

_SEPARATORS = re.compile(r"[\s.,;:!?…\"'’«»„“”()\[\]、。！？，；：「」『』（）।|؟،؛/·・–—-]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_PREFIX = re.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل|[وفبكل])")
_ROMANCE_AND_GERMAN = ("de", "fr", "es", "pt", "it")


@dataclass(frozen=True)
class Glossary:
    """Words of nine languages with their English nouns; places are the entries with a capital."""

    words: Mapping[str, Mapping[str, str]]
    function_words: Mapping[str, frozenset[str]]
    place_words: Mapping[str, frozenset[str]]
    by_length: Mapping[str, Sequence[str]]


@functools.cache
def glossary() -> Glossary:
    """The glossary, read once from the package's data."""
    text = (files(__package__) / "data" / "glossary.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines())
    words: dict[str, dict[str, str]] = {language: {} for language in header[1:]}
    for english, *columns in rows:
        for language, cell in zip(header[1:], columns, strict=True):
            for word in filter(None, cell.split("|")):
                words[language].setdefault(_fold(word), english)
    table = load_table("languages")
    return Glossary(
        words=words,
        function_words={key: frozenset(str(value).split()) for key, value in table["function_words"].items()},
        place_words={key: frozenset(str(value).split()) for key, value in table["place_words"].items()},
        by_length={language: sorted(words[language], key=lambda word: (-len(word), word)) for language in ("zh", "ja")},
    )


def language_of(sentences: Sequence[str]) -> str:
    """Code of the language: "en", one of the glossary's nine, or "" for any other."""
    sample = " ".join(sentences[:MAX_SAMPLE])[:20_000]
    letters = sum(char.isalpha() for char in sample) or 1
    for script, share, code in ((_KANA, 0.1, "ja"), (_HAN, 0.3, "zh"), (_DEVANAGARI, 0.3, "hi"), (_ARABIC, 0.4, "ar")):
        if len(script.findall(sample)) / letters > share:
            return code
    if sum(char.isalpha() and char < "\u0250" for char in sample) / letters < 0.6:
        return ""
    return _latin_language(_SEPARATORS.split(sample.lower()))


def _latin_language(words: Sequence[str]) -> str:
    counts = Counter(words)
    scores = {code: sum(counts[word] for word in known) for code, known in glossary().function_words.items()}
    best = max(scores, key=lambda code: scores[code])
    if scores[best] < 2 or scores[best] <= scores["en"] * 1.2:
        return "en" if scores["en"] or len(words) < 12 else _by_nouns(counts)
    return best if best in glossary().words else ""


def _by_nouns(counts: Counter[str]) -> str:
    """Language of a list without any function word, by its nouns."""
    scores = {
        code: sum(counts[w] for w in counts if _fold(w) in glossary().words[code]) for code in _ROMANCE_AND_GERMAN
    }
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= 2 else "en"


def in_english(sentences: Sequence[str], lexicon: Lexicon) -> list[str]:
    """English sentences unchanged; others as lists of the nouns and names that are understood, which may be ""."""
    language = language_of(sentences)
    if language == "en":
        return list(sentences)
    return [_gloss(sentence, language, lexicon) for sentence in sentences[:MAX_SENTENCES]]


def _gloss(sentence: str, language: str, lexicon: Lexicon) -> str:
    if language in ("zh", "ja"):
        found = list(_substrings(sentence, language))
    elif language in ("hi", "ar"):
        found = list(_spaced(sentence, language))
    elif language:
        found = list(_latin(sentence, language))
    else:
        found = [word for word in _SEPARATORS.split(sentence) if word.islower() and lexicon.category(word)]
        found += [name for name in _names(sentence, "other") if name.isascii()]
    nouns = [word for word in dict.fromkeys(found) if not word[:1].isupper()]
    places = [word for word in dict.fromkeys(found) if word[:1].isupper()]
    return " ".join((", ".join(nouns), *(f"in {place}" for place in places[:1]))).strip()


def _substrings(sentence: str, language: str) -> Iterator[str]:
    """Longest known words of a text without spaces, from left to right."""
    table = glossary().words[language]
    longest = len(glossary().by_length[language][0])
    position = 0
    while position < len(sentence):
        for length in range(min(longest, len(sentence) - position), 0, -1):
            piece = sentence[position : position + length]
            if piece in table:
                yield table[piece]
                break
        else:
            length = 1
        position += length


def _spaced(sentence: str, language: str) -> Iterator[str]:
    table = glossary().words[language]
    for word in _SEPARATORS.split(sentence):
        folded = _fold(word)
        stems = [folded]
        if language == "ar":
            bare = _ARABIC_PREFIX.sub("", folded)
            stems += [bare, *(bare[: -len(end)] for end in ("ات", "ين", "ون") if bare.endswith(end))]
            stems += [stem + "ه" for stem in stems[1:]]
        else:
            stems += [folded[:-cut] for cut in (1, 2, 3) if len(folded) - cut >= 3]
        known = next((table[stem] for stem in stems if stem in table), "")
        if known:
            yield known


def _names(sentence: str, language: str) -> Iterator[str]:
    """Names that follow a word such as "in"; several capitals in a row are one name."""
    words = [word for word in _SEPARATORS.split(sentence) if word]
    for position in range(1, len(words)):
        before, word = words[position - 1].lower(), words[position]
        if word[:1].isupper() and before in glossary().place_words[language]:
            end = position + 1
            while end < len(words) and words[end][:1].isupper() and language != "de":
                end += 1
            yield " ".join(words[position : min(end, position + 3)])


def _latin(sentence: str, language: str) -> Iterator[str]:
    nouns = (_noun(_fold(word), language) for word in _SEPARATORS.split(sentence) if word)
    yield from filter(None, nouns)
    yield from (name for name in _names(sentence, language) if not _noun(_fold(name), language))


def _noun(word: str, language: str) -> str:
    table = glossary().words[language]
    stems = [word, *(word[:-cut] for cut in (1, 2) if len(word) - cut >= 4)]
    if language == "it" and len(word) >= 4:
        stems += [word[:-1] + ending for ending in "oae"]
    for stem in stems:
        if stem in table:
            return table[stem]
    return _compound(word, table) if language == "de" and len(word) >= 7 else ""


def _compound(word: str, table: Mapping[str, str]) -> str:
    """A German compound by its last part, with its first part where that is known too."""
    if word.endswith(("burg", "burger", "berg", "berger")):
        return ""  # Mostly the names of towns.
    for cut in range(3, len(word) - 3):
        last = next((part for part in (word[cut:], word[cut:-1], word[cut:-2]) if len(part) >= 4 and part in table), "")
        if last:
            first = table.get(word[:cut]) or table.get(word[:cut].rstrip("sn")) or ""
            return f"{first} {table[last]}" if first and first.islower() and first != table[last] else table[last]
    return ""


def _fold(word: str) -> str:
    """Lower case without accents; vowel signs of Indian scripts stay, because they are letters."""
    if _DEVANAGARI.search(word):
        return unicodedata.normalize("NFC", word)
    decomposed = unicodedata.normalize("NFKD", word.lower().replace("ß", "ss")) if not _KANA.search(word) else word
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("ة", "ه").replace("œ", "oe")
