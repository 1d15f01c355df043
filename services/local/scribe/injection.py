"""Finds sentences that order a model about; they are no part of what content is about."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from services.local.scribe.lexicon import load_table


@dataclass(frozen=True, slots=True)
class _Patterns:
    order: re.Pattern[str]
    continuation: re.Pattern[str]
    trigger: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    table = load_table("orders")["orders"]
    orders = table["patterns"]
    assert isinstance(orders, list)
    return _Patterns(
        order=re.compile("|".join(f"(?:{pattern})" for pattern in orders), re.I),
        continuation=re.compile(str(table["continuation"]), re.I),
        trigger=re.compile(str(table["trigger"]), re.I),
    )


def is_order(sentence: str) -> bool:
    """Whether a sentence gives orders to the model that reads it."""
    patterns = _patterns()
    return bool(patterns.trigger.search(sentence) and patterns.order.search(sentence))


def without_orders(sentences: list[str]) -> list[str]:
    """The sentences that are content; orders, and the two imperatives that may carry one on, are left out."""
    kept: list[str] = []
    suspicion = 0
    for sentence in sentences:
        if is_order(sentence):
            suspicion = 2
        elif suspicion and _patterns().continuation.match(sentence):
            suspicion -= 1
        else:
            suspicion = 0
            kept.append(sentence)
    return kept
