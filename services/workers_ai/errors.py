"""What a failure at Workers AI means: whose fault it is, whether the client tries again, and when.

    WorkersAIError (a ServiceError)                                              fault      the client tries again
    ├── MODEL_CREDENTIALS  401, 403, 10000, 7000/7003 (no such account), 3023    operator   no
    ├── MODEL_UNSUPPORTED  unknown, retired or closed model; 5007 3042 5028      operator   no
    │                      5018 3041 5016 5035 3039 5005 5019
    ├── MODEL_QUOTA        daily allocation: 3036, 4006                          provider   no, at 00:00 UTC
    │                      scanner credits: 402, 2021                            provider   no
    │                      rate limit: any other 429                             provider   backoff or Retry-After
    ├── MODEL_UNREACHABLE  capacity: 3040                                        provider   backoff
    │                      timeouts: 408, 3007 3008 3046 2014; 5xx, 3043 7009    provider   backoff
    │                      no connection, a broken one, no answer in time        provider   backoff
    │                      redirects (a wrong base URL)                          provider   no
    ├── MODEL_REFUSED      3030 about content, guardrails 2016 2017              caller     no
    ├── MODEL_OUTPUT       JSON mode not met: 5024; an answer that does not      provider   once
    │                      parse, is too large or says nothing
    ├── CONTENT_LENGTH     413, 3006, 5021                                       caller     no
    ├── FIELD_INVALID      5004 5006 5012 8001 8002 3003 3010, other 3030, 4xx   caller     no
    └── DEADLINE_EXCEEDED  the caller's time is over before a request was made   caller     no
                           or answered

Five conditions share HTTP 429 and one code is used for two things, so codes come first, then the text, then the status.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from services.kit.errors import Reason, ServiceError


class Retry(Enum):
    """Whether the client itself may send the request again."""

    NEVER = "never"
    ONCE = "once"
    BACKOFF = "backoff"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row: why, whether to try again, and what to say; `until_midnight` makes the wait last until 00:00 UTC."""

    reason: Reason
    retry: Retry
    says: str
    until_midnight: bool = False


CREDENTIALS = Meaning(
    Reason.MODEL_CREDENTIALS,
    Retry.NEVER,
    "account id or token is refused; check CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN",
)
ACCOUNT = Meaning(Reason.MODEL_CREDENTIALS, Retry.NEVER, "there is no such account; check CLOUDFLARE_ACCOUNT_ID")
BLOCKED = Meaning(Reason.MODEL_CREDENTIALS, Retry.NEVER, "the account is blocked by Cloudflare")
UNKNOWN_MODEL = Meaning(
    Reason.MODEL_UNSUPPORTED, Retry.NEVER, "there is no such model; set another, or check CLOUDFLARE_BASE_URL"
)
RETIRED = Meaning(Reason.MODEL_UNSUPPORTED, Retry.NEVER, "the model is retired; set another")
CLOSED = Meaning(
    Reason.MODEL_UNSUPPORTED, Retry.NEVER, "not open to this account; set another model or change the plan"
)
DAILY = Meaning(Reason.MODEL_QUOTA, Retry.NEVER, "the daily allocation is used up until 00:00 UTC", until_midnight=True)
CREDITS = Meaning(Reason.MODEL_QUOTA, Retry.NEVER, "the gateway's scanner has no credits left")
RATE = Meaning(Reason.MODEL_QUOTA, Retry.BACKOFF, "too many requests a minute")
CAPACITY = Meaning(Reason.MODEL_UNREACHABLE, Retry.BACKOFF, "out of capacity for now")
TIMEOUT = Meaning(Reason.MODEL_UNREACHABLE, Retry.BACKOFF, "the provider gave up waiting for the model")
DOWN = Meaning(Reason.MODEL_UNREACHABLE, Retry.BACKOFF, "the provider failed")
MOVED = Meaning(Reason.MODEL_UNREACHABLE, Retry.NEVER, "answered a redirect; check CLOUDFLARE_BASE_URL")
REFUSED = Meaning(Reason.MODEL_REFUSED, Retry.NEVER, "the provider's safety filter refused the request")
UNREADABLE = Meaning(Reason.MODEL_OUTPUT, Retry.ONCE, "the answer cannot be read")
TOO_LONG = Meaning(Reason.CONTENT_LENGTH, Retry.NEVER, "the request is too long for the model")
INVALID = Meaning(Reason.FIELD_INVALID, Retry.NEVER, "the provider finds the request invalid")

CODES: Mapping[int, Meaning] = {
    **dict.fromkeys((10000,), CREDENTIALS),
    **dict.fromkeys((7000, 7003), ACCOUNT),
    **dict.fromkeys((3023,), BLOCKED),
    **dict.fromkeys((5007, 3042), UNKNOWN_MODEL),
    **dict.fromkeys((5028,), RETIRED),
    **dict.fromkeys((5018, 3041, 5016, 5035, 3039, 5005, 5019), CLOSED),
    **dict.fromkeys((3036, 4006), DAILY),
    **dict.fromkeys((2021,), CREDITS),
    **dict.fromkeys((3040,), CAPACITY),
    **dict.fromkeys((3007, 3008, 3046, 2014), TIMEOUT),
    **dict.fromkeys((3043, 7009, 7013, 8008), DOWN),
    **dict.fromkeys((2016, 2017), REFUSED),
    **dict.fromkeys((5024,), UNREADABLE),
    **dict.fromkeys((3006, 5021), TOO_LONG),
    **dict.fromkeys((5004, 5006, 5012, 8001, 8002, 3003, 3010), INVALID),
}

STATUSES: Mapping[int, Meaning] = {
    401: CREDENTIALS,
    402: CREDITS,
    403: CREDENTIALS,
    404: UNKNOWN_MODEL,
    408: TIMEOUT,
    413: TOO_LONG,
    429: RATE,
}

CONTENT_FILTER = 3030
_FILTER_WORDS = re.compile(r"nsfw|flagged|safety|content polic|moderat|inappropriate", re.IGNORECASE)
_DAILY_WORDS = re.compile(r"daily free allocation|neurons", re.IGNORECASE)
_CAPACITY_WORDS = re.compile(r"capacity|no more data centers", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:\s*AiError:\s*)+")
_REQUEST_ID = re.compile(r"\s*\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\s*$", re.IGNORECASE)
_FIELD = re.compile(r"'/([a-z_]{1,40})'")
_DAY_S = 86_400
_MESSAGE_LENGTH = 300
# A shorter token is a word like the stand-in's, and may stand in a message by chance.
_SECRET_LENGTH = 12


class WorkersAIError(ServiceError):
    """A call to Workers AI that failed.

    `provider_code` is Cloudflare's own code and `http_status` the answer's, 0 where there was none; `retry` says what
    the client does about it; `sent` is whether the model may have worked on the request although no answer of use
    came. Codes, status and model are in the metadata too, and what all attempts cost as far as it is known
    (see `cost.Cost.to_metadata`).
    """

    def __init__(
        self,
        reason: Reason,
        message: str,
        *,
        field: str = "",
        limit: str = "",
        retry_after_s: float | None = None,
        metadata: Mapping[str, str] | None = None,
        provider_code: int = 0,
        http_status: int = 0,
        model: str = "",
        retry: Retry = Retry.NEVER,
        sent: bool = False,
    ) -> None:
        shown = {"provider_code": provider_code, "http_status": http_status, "model": model}
        known = {name: str(value) for name, value in shown.items() if value}
        super().__init__(
            reason,
            message,
            field=field,
            limit=limit,
            retry_after_s=retry_after_s,
            metadata={**(metadata or {}), **known},
        )
        self.provider_code = provider_code
        self.http_status = http_status
        self.retry = retry
        self.sent = sent


def failure(
    model: str, http_status: int, code: int, message: str, *, retry_after_s: float | None, now_s: float
) -> WorkersAIError:
    """The error that an answer of Workers AI stands for.

    `code` is 0 where the answer has none; `retry_after_s` comes from its Retry-After; `now_s` is the Unix time.
    """
    meaning = meaning_of(http_status, code, message)
    text, request_id = clean(message)
    field = _FIELD.search(text) if meaning is INVALID else None
    return WorkersAIError(
        meaning.reason,
        f"{model}: {meaning.says}" + (f" ({text})" if text else ""),
        field=field.group(1) if field else "",
        retry_after_s=_DAY_S - now_s % _DAY_S if meaning.until_midnight else _wait(meaning, retry_after_s),
        metadata={"provider_request_id": request_id} if request_id else {},
        provider_code=code,
        http_status=http_status,
        model=model,
        retry=meaning.retry,
    )


def _wait(meaning: Meaning, retry_after_s: float | None) -> float | None:
    if retry_after_s is None and meaning is RATE:
        return 5.0  # limits are counted by the minute; a few seconds let some room come back
    return retry_after_s


def meaning_of(http_status: int, code: int, message: str) -> Meaning:
    """The row for a code, the words of a message, or a status, in this order."""
    if code == CONTENT_FILTER:
        return REFUSED if _FILTER_WORDS.search(message) else INVALID
    if code in CODES:
        return CODES[code]
    if http_status == 429 and _DAILY_WORDS.search(message):
        return DAILY
    if http_status == 429 and _CAPACITY_WORDS.search(message):
        return CAPACITY
    if http_status in STATUSES:
        return STATUSES[http_status]
    return _by_class(http_status)


def _by_class(http_status: int) -> Meaning:
    if http_status >= 500:
        return DOWN
    if http_status >= 400:
        return INVALID
    return MOVED if http_status >= 300 else UNREADABLE


def clean(message: str) -> tuple[str, str]:
    """A provider's message without its prefixes, bounded, and the request id at its end, "" where there is none."""
    found = _REQUEST_ID.search(message)
    text = _PREFIX.sub("", message[: found.start()] if found else message)
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text[:_MESSAGE_LENGTH], found.group(1) if found else ""


def unreachable(model: str, says: str, *, sent: bool = True) -> WorkersAIError:
    """No answer came; the request may be sent again. `sent` is whether the model may have got it.

    The metadata say so where it did not: what never left costs nothing, and callers may be patient.
    """
    return WorkersAIError(
        Reason.MODEL_UNREACHABLE,
        f"{model}: {says}",
        metadata={} if sent else {"sent": "no"},
        model=model,
        retry=Retry.BACKOFF,
        sent=sent,
    )


def out_of_time(error: WorkersAIError, model: str) -> WorkersAIError:
    """No answer came because the caller's time was over, which says nothing about the model or the way to it."""
    return WorkersAIError(
        Reason.DEADLINE_EXCEEDED,
        f"{model}: the caller's time was over before the model answered",
        metadata=error.metadata,
        model=model,
        sent=error.sent,
    )


def unreadable(says: str) -> WorkersAIError:
    """An answer came and is not what the model promises; parsers raise it, the client adds the model's name."""
    return WorkersAIError(Reason.MODEL_OUTPUT, says, retry=Retry.ONCE, sent=True)


def named(error: WorkersAIError, model: str, *, token: str = "") -> WorkersAIError:
    """The same error with the model's name, and without the token, should the provider have sent that back."""
    message = error.message if "model" in error.metadata else f"{model}: {error.message}"
    return WorkersAIError(
        error.reason,
        message.replace(token, "***") if len(token) >= _SECRET_LENGTH else message,
        field=error.field,
        limit=error.limit,
        retry_after_s=error.retry_after_s,
        metadata=error.metadata,
        provider_code=error.provider_code,
        http_status=error.http_status,
        model=model,
        retry=error.retry,
        sent=error.sent,
    )
