"""Recognises what the prompt service asks for, by the schema and the lines of the message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.local.engine import ChatMessage, TextRequest
from services.local.scribe.wishes import Wishes, read_wishes

_CONTENT = re.compile(r"<content boundary=\"([^\"\n]{1,64})\">\n?(.*?)\n?</content boundary=\"\1\">", re.S)
_COUNT = re.compile(r"^Number of prompts: *(\d{1,3})", re.M)
_REFUSED = re.compile(r"^Refused prompt: *(.*)$", re.M)
_REASONS = re.compile(r"^Refused because: *(.*)$", re.M)
_WRITTEN = re.compile(r"^(?:Already written|Too like)\b[^:\n]*:", re.M)
_WORDS = re.compile(r"^Summarise in at most (\d{1,5}) words", re.M)
MAX_PROMPTS = 64


@dataclass(frozen=True, slots=True)
class PromptsTask:
    """Write `count` picture prompts about the content; `refused` is set where a prompt was refused before.

    `item` is the schema of one prompt; so many prompts are `written` already and must not come again.
    """

    content: str
    count: int
    item: Mapping[str, object]
    wishes: Wishes
    refused: str = ""
    reasons: str = ""
    written: int = 0


@dataclass(frozen=True, slots=True)
class CondenseTask:
    """Summarise the content in at most `max_words` words."""

    content: str
    max_words: int


def recognise(request: TextRequest) -> PromptsTask | CondenseTask | None:
    """The task of a request that keeps to the protocol of the prompt service, otherwise None."""
    properties = _mapping(_mapping(request.json_schema).get("properties"))
    user = last_of(request.messages, "user")
    if "prompts" in properties:
        return _prompts_task(_mapping(properties["prompts"]), user, last_of(request.messages, "system"))
    if properties.keys() == {"summary"}:
        head, content = _split(user)
        limit = _WORDS.search(head)
        return CondenseTask(content, int(limit[1])) if limit else None
    return None


def _prompts_task(prompts: Mapping[str, object], user: str, rules: str) -> PromptsTask | None:
    item = _mapping(prompts.get("items"))
    if "prompt" not in _mapping(item.get("properties")):
        return None
    head, content = _split(user)
    stated = _COUNT.search(head)
    # The schema is the stronger promise: an answer that breaks it is no answer.
    low, high = prompts.get("minItems"), prompts.get("maxItems")
    count = int(stated[1]) if stated else low if isinstance(low, int) else 1
    count = max(count, low if isinstance(low, int) else 1)
    count = min(count, high if isinstance(high, int) else MAX_PROMPTS, MAX_PROMPTS)
    refused, reasons = (_line(pattern, head) for pattern in (_REFUSED, _REASONS))
    wishes = read_wishes(head if head != content else "", rules)
    return PromptsTask(content, count, item, wishes, refused, reasons, len(_WRITTEN.findall(head)))


def _split(user: str) -> tuple[str, str]:
    """The lines before the content block, and the content; without a block everything is both."""
    block = _CONTENT.search(user)
    return (user[: block.start()], block[2]) if block else (user, user)


def content_of(messages: Sequence[ChatMessage]) -> str:
    """The content that a conversation is about: the content block if there is one, else the last user message."""
    return _split(last_of(messages, "user"))[1]


def last_of(messages: Sequence[ChatMessage], role: str) -> str:
    """The last message of that role, "" without one."""
    return next((message.content for message in reversed(messages) if message.role == role), "")


def _line(pattern: re.Pattern[str], head: str) -> str:
    found = pattern.search(head)
    return " ".join(found[1].split()) if found else ""


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
