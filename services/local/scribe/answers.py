"""Puts prompts into the shape that the request's schema asks for, whichever fields that has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.local.scribe.keywords import mapping
from services.local.scribe.schema import document
from services.local.scribe.text import shorten


@dataclass(frozen=True, slots=True)
class Draft:
    """One finished prompt with its texts for readers; `language` is the tag of both."""

    prompt: str
    negative_prompt: str
    alt_text: str
    caption: str
    language: str


def shaped(schema: Mapping[str, object], drafts: Sequence[Draft], texts: Sequence[str]) -> dict[str, object]:
    """The answer; `texts` are sentences of the content, for fields that are none of a prompt's own."""
    properties = mapping(schema.get("properties"))
    item = mapping(mapping(properties.get("prompts")).get("items"))
    answer: dict[str, object] = {"prompts": [_row(item, draft, texts) for draft in drafts]}
    for name, part in properties.items():
        if name == "language" and drafts:
            answer[name] = drafts[0].language
        elif name != "prompts":
            answer[name] = document(mapping(part), texts)
    return answer


def _row(item: Mapping[str, object], draft: Draft, texts: Sequence[str]) -> dict[str, object]:
    return {name: _value(name, mapping(part), draft, texts) for name, part in mapping(item.get("properties")).items()}


def _value(name: str, part: Mapping[str, object], draft: Draft, texts: Sequence[str]) -> object:
    own = {
        "prompt": draft.prompt,
        "negative_prompt": draft.negative_prompt,
        "alt_text": draft.alt_text,
        "caption": draft.caption,
        "language": draft.language,
    }
    if name not in own or "const" in part:
        return document(part, texts)
    options = part.get("enum")
    if isinstance(options, list) and own[name] not in options:
        return next((option for option in options if str(option).partition("-")[0] == own[name]), options[0])
    longest = part.get("maxLength")
    return shorten(own[name], longest) if isinstance(longest, int) else own[name]
