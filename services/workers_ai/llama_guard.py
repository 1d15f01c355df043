"""Llama Guard: its request, and the three shapes of its verdict; anything else is no verdict.

"safe"    "\n\nunsafe\nS1,S9"    {"safe": false, "categories": ["S1", "S9"]}
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.workers_ai.errors import WorkersAIError, unreadable
from services.workers_ai.hazards import is_code
from services.workers_ai.text_answers import response_of
from services.workers_ai.wire import Request, json_request

_LONGEST_VERDICT_TOKENS = 100
_VERDICT = re.compile(r"\s*(?:(safe)|unsafe(?:[ \t]*\n\s*(S\d+(?:[ \t]*,[ \t]*S\d+)*))?)\s*", re.ASCII)


def guard_request(text: str) -> Request:
    """The request to judge one text, as if a user had said it; the model takes the roles user and assistant only."""
    messages = [{"role": "user", "content": text}]
    return json_request({"messages": messages, "max_tokens": _LONGEST_VERDICT_TOKENS, "temperature": 0})


def read_verdict(result: object) -> tuple[bool, tuple[str, ...]]:
    """Whether the text is safe, and the codes of its hazards.

    Raises:
        WorkersAIError: MODEL_OUTPUT for anything but the three shapes; it is never taken for safe.
    """
    value = response_of(result)
    if isinstance(value, str):
        return _from_words(value)
    if isinstance(value, dict):
        return _from_object(value)
    raise _no_verdict()


def _from_words(text: str) -> tuple[bool, tuple[str, ...]]:
    match = _VERDICT.fullmatch(text)
    if match is None:
        raise _no_verdict()
    if match.group(1):
        return True, ()
    return False, _codes([code.strip() for code in (match.group(2) or "").split(",") if code])


def _from_object(value: dict[str, object]) -> tuple[bool, tuple[str, ...]]:
    safe, categories = value.get("safe"), value.get("categories", [])
    if not isinstance(safe, bool) or not isinstance(categories, list | None):
        raise _no_verdict()
    codes = _codes(categories or [])
    if safe and codes:
        raise unreadable("the verdict says safe and names hazards")
    return safe, codes


def _codes(values: Sequence[object]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(value for value in values if isinstance(value, str) and is_code(value)))
    if not all(value in codes for value in values):
        raise _no_verdict()
    return codes


def _no_verdict() -> WorkersAIError:
    return unreadable("the answer is not a verdict of Llama Guard")
