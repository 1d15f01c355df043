"""Tells what a prompt shows: alternative texts in other languages than English, and captions in all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.local.scribe.candidates import Phrase
from services.local.scribe.depiction import Depiction
from services.local.scribe.scene import SHAPED_AS
from services.local.scribe.text import shorten
from services.local.scribe.tongue import Tongue

MAX_ALT = 200
MAX_CAPTION = 500
MAX_LEAD = 220
MIN_LEAD = 24
_SYMBOLIC = ("metaphor", "abstract")
_GENERAL = "general"
_PLACED = ("hero", "people")


def alt_text(shows: Depiction, tongue: Tongue) -> str:
    """One sentence of at most 200 characters in a language other than English."""
    full = _sentence(shows, tongue)
    return full if len(full) <= MAX_ALT else f"{shorten(full, MAX_ALT - 1)}."


def caption(lead: str, shows: Depiction, things: str, tongue: Tongue, *, terse: bool) -> str:
    """What the content says (`lead`, in the same language, may be ""), and what the picture adds to it.

    `things` names what is to be seen in a few words. A terse caption is the lead alone.
    """
    if not lead and shows.topic:
        name = tongue.topics[shows.topic][0] if shows.topic in tongue.topics else shows.topic.replace("_", " ")
        lead = f"{tongue.words['about'].replace('{topic}', name)}."
    if terse and lead:
        return lead
    word = tongue.words["symbol" if shows.kind in _SYMBOLIC else "illustration"]
    added = f"{word}: {shorten(things, MAX_CAPTION - len(lead) - len(word) - 4)}." if things else f"{word.strip()}."
    return f"{lead} {added}".strip()


def things_seen(shows: Depiction, tongue: Tongue) -> str:
    """The things of the content that the picture shows, with the place; "" where none has a name in the language."""
    named = [text for text in (tongue.thing(phrase) for phrase in _said(shows, tongue)) if text]
    return f"{tongue.listed(list(dict.fromkeys(named)))} {tongue.at(shows.place)}".strip() if named else ""


def leads(sentences: Sequence[str]) -> list[str]:
    """Sentences of the content that can open a caption, in order: whole statements of a fit length."""
    found = []
    for sentence in sentences:
        text = " ".join(sentence.split()).strip()
        if text[-1:].isalnum():
            text = f"{text}."  # A heading.
        if MIN_LEAD <= len(text) <= MAX_LEAD and text.endswith(".") and not _broken(text):
            found.append(text)
    return found


def _broken(text: str) -> bool:
    """Whether a sentence cannot stand alone: it goes on about something, or has an unclosed bracket or quote."""
    uneven = text.count("(") != text.count(")") or text.count('"') % 2 == 1
    return uneven or not text[:1].isupper() or re.search(r"https?:|\bwww\.|[{}<>\[\]]", text) is not None


def _sentence(shows: Depiction, tongue: Tongue) -> str:
    seen = [text for text in (tongue.thing(phrase) for phrase in _said(shows, tongue)) if text]
    topic = tongue.topics.get(shows.topic or _GENERAL, ("", "", ""))
    slots = {
        "seen": tongue.listed(list(dict.fromkeys(seen))) if seen else "",
        "here": tongue.settings[shows.setting][0] if shows.setting in tongue.settings else "",
        "view": tongue.settings[shows.setting][1] if shows.setting in tongue.settings else "",
        "below": _small(tongue.settings[shows.setting][1], tongue) if shows.setting in tongue.settings else "",
        "place": tongue.at(shows.place),
        "time": tongue.times.get(shows.time, "") if seen or shows.setting or shows.place else "",
        "topic": topic[0],
    }
    return _polished(_template(shows, tongue, bool(seen), topic), slots)


def _small(text: str, tongue: Tongue) -> str:
    """The text as it goes on within a sentence; German nouns keep their capital."""
    return text if tongue.code == "de" else f"{text[:1].lower()}{text[1:]}"


def _said(shows: Depiction, tongue: Tongue) -> list[Phrase]:
    """What to name: a wider word only where no noun is known at all, and only once."""
    known = [phrase for phrase in shows.seen if tongue.knows(phrase)]
    return known or list(shows.seen[:1])


def _template(shows: Depiction, tongue: Tongue, seen: bool, topic: tuple[str, str, str]) -> str:
    templates = tongue.templates
    kind = shows.kind
    if kind in ("wide", "aerial"):
        name = "above" if kind == "aerial" else "view" if shows.far else "view_near"
        return templates[name if seen else f"{name.removesuffix('_near')}_empty"]
    if kind == "metaphor":
        if seen and shows.shape >= 0:
            category = shows.seen[0].category
            return tongue.shapes[SHAPED_AS.get(category, category)][shows.shape].replace("{it}", "{seen}")
        return topic[2]
    if kind == "hero" and shows.told:
        return f"{topic[1]} {{here}} {{place}} {{time}}"
    if kind == "people" and shows.told:
        return templates["people" if shows.setting or shows.place else "topic"]
    if kind in ("still", "detail", "abstract"):
        if seen:
            return templates[kind]
        return templates[f"{kind}_topic" if shows.topic else "empty"]
    if seen:
        return templates["scene"]
    return templates["topic" if shows.topic else "empty"]


def _polished(template: str, slots: dict[str, str]) -> str:
    text = template
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    text = re.sub(r"\s+([,.])", r"\1", " ".join(text.split())).strip(" ,")
    return f"{text[:1].upper()}{text[1:]}."
