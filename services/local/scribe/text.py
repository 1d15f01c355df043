"""Plain text out of content: markup removed, split into sentences and words, orders to a model left out."""

from __future__ import annotations

import html
import re
import unicodedata

MAX_SENTENCE = 600

# Every repeat is bounded or runs to the end, so that no text takes more than linear time.
_TAGS = re.compile(
    r"<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]{0,2000}>", re.S | re.I
)
_MARKDOWN = [
    (re.compile(r"```.*?(?:```|\Z)", re.S), " "),
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,1000}\)"), r"\1"),
    (re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"), " "),
    (re.compile(r"^[ \t]*(?:#{1,6}|[-*+•>|]+|\d{1,3}[.)])[ \t]+", re.M), "\n\n"),
    (re.compile(r"[*_`~|]+"), " "),
    (re.compile(r"(?<!\w)#(?=\w)"), ""),
]
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]|[\ud800-\udfff]")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*[A-Z][^\n]{0,60}$)", re.M)
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|approx|No|Jr|Sr|Inc|Ltd|e\.g|i\.e|[A-Z])\.$")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|(?<=[。！？｡।؟])")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:]\d+)*%?|[^\w\s]")
_PUNCTUATION = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": ",", "—": ",", "\u00a0": " "})

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def plain(content: str) -> str:
    """The content without HTML, Markdown, addresses, control and invisible characters; paragraphs stay apart."""
    text = _CONTROLS.sub(" ", _INVISIBLE.sub("", content.replace("\r\n", "\n").replace("\r", "\n")))
    if "<" in text:
        text = _TAGS.sub("\n\n" if "<p" in text.lower() else " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text) if "&" in text else text)
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return _CONTROLS.sub(" ", text).translate(_PUNCTUATION)


def sentences(text: str) -> list[str]:
    """Sentences of a plain text in order, headings and list items as sentences of their own; none is empty."""
    found: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        flat = " ".join(paragraph.split())
        if flat:
            found.extend(_split(flat))
    return found


def _split(paragraph: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        before = paragraph[start : end.start()]
        if _ABBREVIATION.search(before[-8:]):
            continue
        parts.append(before.strip())
        start = end.end()
    parts.append(paragraph[start:].strip())
    return [piece for part in parts if part for piece in _pieces(part)]


def _pieces(sentence: str) -> list[str]:
    # Text without punctuation would be one endless sentence; it is cut where words end.
    pieces = []
    while len(sentence) > MAX_SENTENCE:
        cut = sentence.rfind(" ", MAX_SENTENCE // 2, MAX_SENTENCE)
        cut = cut if cut > 0 else MAX_SENTENCE
        pieces.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    return [piece for piece in (*pieces, sentence) if piece]


def words(sentence: str) -> list[str]:
    """Words, numbers and punctuation marks of a sentence, in order."""
    return _WORD.findall(sentence)


def shorten(text: str, limit: int) -> str:
    """The text within `limit` characters, cut after a whole word and without a dangling comma."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > limit // 2 else limit].rstrip(" ,;:-")
