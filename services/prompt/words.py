"""Words, sentences and lengths of text in any script."""

from __future__ import annotations

import re
import unicodedata

# Scripts that write without blanks between words; there, pairs of characters stand for words.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
# Pictographs say something as well.
_WORD = re.compile(r"[^\W_]+|[\u2600-\u27bf\U0001f000-\U0001faff]")
_SENTENCE_END = re.compile(r"(?:[.!?…؟।۔]+[\"'”’»)\]]*(?=\s|$))|(?:[。！？｡]+[」』”’）]*)")
_ABBREVIATIONS = frozenset(("mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "approx", "ca", "bzw", "inc", "no"))
_JOINERS = "\u200d\ufe0e\ufe0f"


def words(text: str) -> frozenset[str]:
    """The different words of a text, without regard to case, width and punctuation."""
    found: set[str] = set()
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        rest = _UNSPACED.sub(" ", word)
        found.update(rest.split())
        for run in _UNSPACED.findall(word):
            found.update(run[start : start + 2] for start in range(max(1, len(run) - 1)))
    return frozenset(found)


def has_words(text: str) -> bool:
    """Whether a text has any word; it is read up to the first."""
    return _WORD.search(unicodedata.normalize("NFKC", text).casefold()) is not None


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that two texts have in common, 0 to 1; 1 where neither has any."""
    both = one | other
    return len(one & other) / len(both) if both else 1.0


def sentences(text: str) -> list[str]:
    """The text in sentences, with their punctuation; a line break ends a sentence too."""
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for match in _SENTENCE_END.finditer(line):
            if _ends_sentence(line, match):
                found.append(line[start : match.end()].strip())
                start = match.end()
        found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def shortened(text: str, max_length: int) -> str:
    """At most `max_length` code points of a text, cut at the end of a sentence, else of a word, else of a character."""
    if len(text) <= max_length:
        return text
    head = text[:max_length]
    ends = [match.end() for match in _SENTENCE_END.finditer(head) if _ends_sentence(head, match)]
    if ends and ends[-1] > max_length // 2:
        return head[: ends[-1]].rstrip()
    blank = max_length if text[max_length].isspace() else head.rfind(" ")
    if blank > max_length // 2:
        return head[:blank].rstrip(" ,;:-–—")
    end = max_length
    while end > 1 and _continues(text, end):
        end -= 1
    return text[:end].rstrip()


def _ends_sentence(line: str, match: re.Match[str]) -> bool:
    """Whether a mark is the end of a sentence and not of an abbreviation, an initial or a number."""
    if match.group()[0] != ".":
        return True
    before = line[max(0, match.start() - 12) : match.start()].rpartition(" ")[2].lower()
    following = line[match.end() :].lstrip()[:1]
    return before not in _ABBREVIATIONS and not (len(before) == 1 and before.isalpha()) and not following.islower()


def _continues(text: str, index: int) -> bool:
    """Whether the code point at `index` belongs to the same character as the one before it."""
    char = text[index]
    return (
        unicodedata.category(char).startswith("M")
        or char in _JOINERS
        or text[index - 1] == "\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )
