"""When a failed request is sent again: the only retry policy for Workers AI, a decision without a clock."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime

from services.kit.errors import ServiceError
from services.workers_ai.errors import Retry, WorkersAIError

BASE_S = 0.5
CAP_S = 8.0
# A retry that begins with less time than this left cannot end well.
LEAST_S = 0.2


def pause_s(error: ServiceError, attempt: int, *, attempts: int, remaining_s: float, chance: float) -> float | None:
    """Seconds to wait before the next request, or None where the error is final.

    `attempt` counts the requests made so far, from 1, and `attempts` bounds them. The wait is a random part, `chance`
    in 0 to 1, of an exponentially growing bound ("full jitter"), and never less than the provider's Retry-After. A wait
    that leaves no time to answer before `remaining_s` is over is not begun.
    """
    if not isinstance(error, WorkersAIError) or attempt >= attempts or not _again(error, attempt):
        return None
    pause = chance * min(CAP_S, BASE_S * 2 ** min(attempt - 1, 30))
    if error.retry_after_s is not None:
        pause = max(pause, error.retry_after_s)
    return pause if pause + LEAST_S <= remaining_s else None


def _again(error: WorkersAIError, attempt: int) -> bool:
    return error.retry is Retry.BACKOFF or (error.retry is Retry.ONCE and attempt == 1)


def retry_after_s(value: str, *, now_s: float) -> float | None:
    """Seconds that a Retry-After header asks to wait, from a number or an HTTP date; None where it says nothing."""
    text = value.strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return min(float(text), 86_400.0)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    seconds = moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - now_s
    return min(max(0.0, seconds), 86_400.0)
