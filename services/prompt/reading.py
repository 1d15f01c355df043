"""The model's answer becomes prompts that are complete, clean, within their limits and clearly different."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.prompt.draft import (
    MAX_ALT_LENGTH,
    MAX_CAPTION_LENGTH,
    MAX_NEGATIVE_LENGTH,
    MAX_PROMPT_LENGTH,
    MAX_WITH_AVOIDED_LENGTH,
    Draft,
)
from services.prompt.languages import believed
from services.prompt.reduce import one_line
from services.prompt.words import overlap, sentences, shortened, words

# Two prompts with this share of words in common would give much the same picture.
ALIKE = 0.7

_LABEL = re.compile(
    r"^[\s*_#>-]*(?:(?:image|picture|negative|text-to-image)?[ _-]?prompt(?:\s*\d{1,2})?|alt(?:ernative)?[ _-]?text"
    r"|caption)[*_\s]*[:：][*_\s]*(?=\S)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\d{1,2}[.)]\s+")
_QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("'", "'"), ("「", "」"), ("`", "`"))
_NEGATION = re.compile(r"^(?:no|not|without|avoid|exclude|never|don't\s+(?:show|include))\b[\s:]+", re.IGNORECASE)
_TERM_BORDER = re.compile(r"[,;\n、，；]|\.\s")


def read_drafts(data: object) -> list[Draft]:
    """The prompts in a model's answer, fitted, in its order; what cannot be read as one is left out."""
    items = data.get("prompts") if isinstance(data, dict) else data
    if isinstance(items, dict):
        items = [items]
    if items is None and isinstance(data, dict) and "prompt" in data:
        items = [data]
    return [draft for item in items if (draft := _draft(item)).text] if isinstance(items, list) else []


def read_summary(data: object) -> str:
    """The summary in a model's answer, "" where there is none."""
    summary = data.get("summary") if isinstance(data, dict) else None
    return summary.strip() if isinstance(summary, str) else ""


def fitted(draft: Draft) -> Draft:
    """The draft with each text cleaned and within its limit.

    A missing alt text comes from the caption, or else from the prompt, which is English. A caption that says no more
    than the alt text is left out. The language is believed where the texts can be in it.
    """
    text = shortened(_unwrapped(draft.text), MAX_PROMPT_LENGTH)
    caption = _first_sentences(_unwrapped(draft.caption), 2, MAX_CAPTION_LENGTH)
    own = _unwrapped(draft.alt_text) or caption
    alt = _first_sentences(own or text, 1, MAX_ALT_LENGTH)
    caption = "" if words(caption) <= words(alt) else caption
    language = believed(draft.language if own else "en", f"{alt} {caption}")
    return Draft(text, _clean_negative(draft.negative_text), alt, caption, language)


def different(drafts: Iterable[Draft], written: Sequence[Draft], style: str = "") -> list[Draft]:
    """Those drafts that are clearly different from what is written and from each other, words of the style apart."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(alike(draft.text, other.text, style) for other in (*written, *kept)):
            kept.append(draft)
    return kept


def finished(draft: Draft, language: str, avoided: Sequence[str]) -> Draft:
    """The draft as it goes out: with the words to avoid in its negative prompt, in the language that was asked for.

    A model that says nothing about the language is taken to have done as it was told; one that names another is
    believed.
    """
    primary = language.partition("-")[0]
    said = draft.language.partition("-")[0] or (primary and believed(language, draft.alt_text).partition("-")[0])
    terms = {term.casefold(): term for term in (*draft.negative_text.split(", "), *avoided) if term}
    ordered = sorted(terms.values(), key=lambda term: term not in avoided)
    as_asked = bool(primary) and said == primary
    negative = _joined(ordered, MAX_WITH_AVOIDED_LENGTH)
    return replace(draft, negative_text=negative, language=language if as_asked else draft.language)


def alike(one: str, other: str, style: str = "") -> bool:
    """Whether two prompts would give much the same picture."""
    common = words(style)
    first, second = words(one), words(other)
    return overlap(first - common or first, second - common or second) >= ALIKE


def _draft(item: object) -> Draft:
    if isinstance(item, str):
        return fitted(Draft(item))
    if not isinstance(item, dict):
        return Draft("")
    texts = (item.get(name) for name in ("prompt", "negative_prompt", "alt_text", "caption", "language"))
    return fitted(Draft(*(text if isinstance(text, str) else "" for text in texts)))


def _unwrapped(text: str) -> str:
    """The text on one line, without a label before it or quotes around it."""
    line = one_line(text)
    line = _NUMBERED.sub("", line)
    line = _LABEL.sub("", line).strip()
    for opening, closing in _QUOTES:
        inner = line[1:-1]
        if len(line) > 2 and line[0] == opening and line[-1] == closing and opening not in inner:
            return inner.strip()
    return line


def _first_sentences(text: str, count: int, max_length: int) -> str:
    kept = sentences(text)[:count]
    return shortened("".join(_spaced(sentence) for sentence in kept).rstrip(), max_length)


def _spaced(sentence: str) -> str:
    """A sentence with the blank that follows it, where its script has blanks."""
    return sentence if sentence[-1] in "。！？｡」』" else f"{sentence} "


def _clean_negative(text: str) -> str:
    """Comma-separated things, each once: "no text, without people" names "text, people"."""
    terms: dict[str, str] = {}
    for part in _TERM_BORDER.split(text):
        term = _NEGATION.sub("", _unwrapped(part).strip(" .-*\"'")).strip()
        if term and term.casefold() not in ("none", "n/a", "nothing", "null"):
            terms.setdefault(term.casefold(), term)
    return _joined(terms.values(), MAX_NEGATIVE_LENGTH)


def _joined(terms: Iterable[str], max_length: int) -> str:
    """As many terms as fit, whole."""
    kept: list[str] = []
    for term in terms:
        if len(", ".join((*kept, term))) <= max_length:
            kept.append(term)
    return ", ".join(kept)
