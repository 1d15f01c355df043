"""When a failed delivery is tried again: growing pauses with jitter, for one day. No clock, no randomness."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

FIRST_DELAY_S = 1.0
MAX_DELAY_S = 3600.0
WINDOW_S = 24 * 3600.0
# A receiver may ask for a longer pause than ours, but not for so long a one that the day is over unused.
MAX_RETRY_AFTER_S = 3600.0


def delay_s(attempts: int, jitter: float) -> float:
    """The pause after this many failed attempts, 1 or more; `jitter` from 0 to 1 moves it over its upper half."""
    longest = min(MAX_DELAY_S, FIRST_DELAY_S * 2.0 ** min(attempts - 1, 62))
    return longest * (0.5 + jitter / 2)


def retry_after_s(header: str, now_s: float) -> float:
    """Seconds that a `Retry-After` header asks for, 0 to MAX_RETRY_AFTER_S; 0 for what cannot be read."""
    text = header.strip()
    if re.fullmatch(r"[0-9]{1,12}", text):
        wanted = float(text)
    else:
        try:
            wanted = parsedate_to_datetime(text).timestamp() - now_s
        except (ValueError, TypeError, OverflowError):
            wanted = 0.0
    return min(max(wanted, 0.0), MAX_RETRY_AFTER_S)


def next_attempt_s(*, first_s: float, now_s: float, attempts: int, asked_s: float, jitter: float) -> float | None:
    """The time of the next attempt; None once the day since the first attempt is over.

    The last attempt is made at the very end of that day.
    """
    end_s = first_s + WINDOW_S
    if now_s >= end_s:
        return None
    return min(end_s, now_s + max(asked_s, delay_s(attempts, jitter)))
