"""Sentiment classification: its request and its list of labels."""

from __future__ import annotations

import math

from services.kit.limits import check_text
from services.workers_ai.errors import unreadable
from services.workers_ai.models import LONGEST_TEXT
from services.workers_ai.wire import Request, json_request


def sentiment_request(text: str) -> Request:
    """The request to classify one text."""
    check_text("text", text, max_length=LONGEST_TEXT)
    return json_request({"text": text})


def read_sentiment(result: object) -> tuple[float, float]:
    """Probabilities of a positive and of a negative tone.

    Raises:
        WorkersAIError: MODEL_OUTPUT unless both labels are there with a probability each.
    """
    found: dict[str, float] = {}
    for item in result if isinstance(result, list) else ():
        label = item.get("label") if isinstance(item, dict) else None
        if isinstance(label, str):
            found[label.upper()] = _probability(item.get("score"))
    if "POSITIVE" not in found or "NEGATIVE" not in found:
        raise unreadable("the answer does not score both POSITIVE and NEGATIVE")
    return found["POSITIVE"], found["NEGATIVE"]


def _probability(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise unreadable("a score is not a number")
    if not 0 <= value <= 1:
        raise unreadable("a score is not a probability")
    return float(value)
