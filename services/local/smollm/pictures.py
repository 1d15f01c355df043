"""Prompts by a very small language model: it says what is seen, and the text engine behind it says the rest.

Asked as a large model is, with all rules of the prompt service, SmolLM2 wrote "What is the story of the puffins?". It
does go on with examples, and soon repeats itself. So it is asked for one sentence after three examples, what it repeats
is cut off, and a sentence that shows nothing of the content, or speaks instead of showing, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import orjson

from services.local.engine import TextRequest
from services.local.scribe.direction import direct
from services.local.scribe.glossary import language_of
from services.local.scribe.injection import without_orders
from services.local.scribe.protocol import PromptsTask
from services.local.scribe.text import plain, sentences
from services.local.smollm.runtime import NoAnswerError

TRIES: Final = 4
"""How often the model is asked for one sentence."""

_RULE: Final = "You describe one picture for each text: what is seen, where, and in what light. One sentence."
_EXAMPLES: Final = (
    (
        "Nurses in Ghana get a drone that brings blood.",
        "Two nurses in white look up at a small drone above a clinic yard, red earth and green palms around them.",
    ),
    (
        "Farmers in Kenya use an app to sell their maize.",
        "A farmer in a green maize field holds a phone in the morning sun, baskets of yellow maize beside her.",
    ),
    (
        "The town library opens a reading room for night owls.",
        "A quiet library room at night with tall wooden shelves, a reader in an armchair under a small lamp.",
    ),
)
_LEAD: Final = 300
_MAX_TOKENS: Final = 70
_TEMPERATURE: Final = 0.4
_FEWEST, _MOST = 8, 45
_SAID = re.compile(
    r"[\"“”?!:;*#<>{}\[\]\d]|\b(?:i|i'm|my|we|our|you|your|story|text|picture|image|sentence|imagine)\b", re.I
)
_UNSEEN = re.compile(r"\b(?:testament|symbol|reminder|spirit|business|hope|favou?rite|capital)\b", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")
_END = re.compile(r"(?<=[.!?])\s")
# Words that two texts share whatever they are about.
_COMMON: Final = frozenset(
    {"the", "and", "for", "with", "that", "this", "from", "into", "are", "was", "has", "have", "their", "who", "how"}
    | {"what", "why", "new", "old", "one", "two", "its", "they", "which", "been", "his", "her", "out", "over"}
)


def content_lines(task: PromptsTask) -> list[str]:
    """The sentences that a task is about.

    Raises:
        NoAnswerError: the model is not fit for the task: a safer prompt is wanted, or another language.
    """
    lines = without_orders(sentences(plain(task.content)))
    if task.refused or task.reasons:
        raise NoAnswerError("is not asked for safer prompts")
    if not lines or language_of(lines) != "en" or task.wishes.language.lower() not in ("", "en", "english"):
        raise NoAnswerError("writes English only")
    return lines


def question(lines: Sequence[str], seed: int) -> dict[str, object]:
    """What the model is asked for one sentence about these."""
    messages = [{"role": "system", "content": _RULE}]
    for text, seen in _EXAMPLES:
        messages += [{"role": "user", "content": text}, {"role": "assistant", "content": seen}]
    messages.append({"role": "user", "content": " ".join(lines)[:_LEAD]})
    return {"messages": messages, "max_tokens": _MAX_TOKENS, "temperature": _TEMPERATURE, "seed": seed}


def seen(answer: str, lines: Sequence[str], task: PromptsTask) -> str:
    """The sentence of an answer that says what is seen, without its full stop; "" where there is none."""
    first = _END.split(answer.strip(), maxsplit=1)[0].rstrip(". ")
    kept = ", ".join(_without_repeats(first.split(", ")))
    count = len(kept.split())
    shared = _stems(kept) & _stems(" ".join(lines))
    if not _FEWEST <= count <= _MOST or not shared or _SAID.search(kept) or direct(task.wishes).avoided(kept):
        return ""
    return kept[0].upper() + kept[1:]


def with_seen(document: str, pictures: Sequence[str]) -> str:
    """The document of prompts with these as the first sentences of its prompts and as its alternative texts."""
    found = orjson.loads(document)
    for row, picture in zip(found["prompts"], pictures, strict=True):
        rest = _END.split(row["prompt"], maxsplit=1)[1:]
        row["prompt"] = " ".join([f"{picture}.", *rest])
        if "alt_text" in row:
            row["alt_text"] = f"{picture}."
    return orjson.dumps(found).decode()


def seeds(request: TextRequest, task: PromptsTask, number: int, largest: int) -> Iterator[int]:
    """One seed for each try at the prompt of this number."""
    first = (request.seed or 0) + (task.written + number) * TRIES
    yield from ((first + turn) % largest for turn in range(TRIES))


def _without_repeats(clauses: Sequence[str]) -> Iterator[str]:
    """The clauses up to the first one whose words were all said before; what cannot be seen is left out."""
    said: set[str] = set()
    for clause in clauses:
        if said and _UNSEEN.search(clause):
            continue
        stems = _stems(clause)
        if said and stems <= said:
            return
        said |= stems
        yield clause


def _stems(text: str) -> set[str]:
    """Words of three letters and more, cut so that singular and plural are alike; the commonest are left out."""
    found = {word.lower() for word in _WORD.findall(text)} - _COMMON
    return {word.removesuffix("es").removesuffix("s")[:6] for word in found}
