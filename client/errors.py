"""What can go wrong between a caller and Atelier, over either transport.

AtelierError
├── Refused        the server said no; `reason`, `field` and `limit` say why
│   ├── Invalid    a field is missing, unknown or out of range
│   ├── NotFound   there is no such asset, image, brand style or policy
│   ├── Conflict   the request id was used otherwise, or the asset or style is not in a state for this
│   ├── OverBudget a budget leaves no room for what would be spent
│   ├── KeyRefused the API key is missing, unknown, revoked, or may not do this
│   └── Limited    too much at once, and waiting did not help; `retry_after_s` says when to come back
└── Unreachable    the server, or a service behind it, stayed out of reach through every retry
"""

from __future__ import annotations

from collections.abc import Mapping


class AtelierError(Exception):
    """Base of everything that this package raises on purpose."""


class Refused(AtelierError):  # noqa: N818 - reads as a sentence where it is caught
    """The server said no."""

    def __init__(
        self, reason: str, message: str, *, field: str = "", limit: str = "", retry_after_s: float | None = None
    ) -> None:
        super().__init__(f"{reason}: {message}")
        self.reason = reason
        self.message = message
        self.field = field
        self.limit = limit
        self.retry_after_s = retry_after_s


class Invalid(Refused):
    """A field is missing, unknown or out of range."""


class NotFound(Refused):
    """There is no such asset, image, brand style or policy."""


class Conflict(Refused):
    """The request id was used otherwise, or the asset or style is not in a state for this."""


class OverBudget(Refused):
    """A budget leaves no room for what would be spent."""


class KeyRefused(Refused):
    """The API key is missing, unknown, revoked, or may not do this."""


class Limited(Refused):
    """Too much at once, and waiting did not help."""


class Unreachable(AtelierError):  # noqa: N818
    """The server, or a service behind it, stayed out of reach through every retry.

    `silent_s` is how long nothing was heard in the last try. Unit: seconds.
    """

    def __init__(self, message: str, silent_s: float = 0.0) -> None:
        super().__init__(message)
        self.silent_s = silent_s


KINDS: Mapping[str, type[Refused]] = {
    "CONTENT_LENGTH": Invalid,
    "FIELD_INVALID": Invalid,
    "ASSET_UNKNOWN": NotFound,
    "IMAGE_UNKNOWN": NotFound,
    "STYLE_UNKNOWN": NotFound,
    "POLICY_UNKNOWN": NotFound,
    "STYLE_EXISTS": Conflict,
    "NOT_REVIEWABLE": Conflict,
    "CHANGED_MEANWHILE": Conflict,
    "BUDGET_EXCEEDED": OverBudget,
    "REQUEST_ID_REUSED": Conflict,
    "ASSET_RUNNING": Conflict,
    "KEY_MISSING": KeyRefused,
    "KEY_REFUSED": KeyRefused,
    "SCOPE_MISSING": KeyRefused,
    "RATE_LIMITED": Limited,
    "JOBS_LIMITED": Limited,
    "SERVER_BUSY": Limited,
    "CONNECTIONS_LIMITED": Limited,
}
# Another try may find what was away, so these are worth one.
AWAY = ("SERVICE_UNREACHABLE", "STORE_UNAVAILABLE", "DEADLINE_EXCEEDED")


def error_for(reason: str, message: str, details: Mapping[str, object]) -> AtelierError:
    """The error for a reason of the server; `details` may hold field, limit and retry_after_s."""
    if reason in AWAY:
        return Unreachable(message)
    after = details.get("retry_after_s")
    return KINDS.get(reason, Refused)(
        reason,
        message,
        field=str(details.get("field", "")),
        limit=str(details.get("limit", "")),
        retry_after_s=float(after) if isinstance(after, int | float) else None,
    )
