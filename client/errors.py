"""What can go wrong between a caller and Atelier, over either transport.

AtelierError
├── Refused        the server said no; `reason`, `field` and `limit` say why, `retry_after_s` when to come back
│   └── NotFound   there is no such asset or image
└── Unreachable    the server stayed out of reach through every retry
"""

from __future__ import annotations

from collections.abc import Mapping

NOT_FOUND = ("ASSET_UNKNOWN", "IMAGE_UNKNOWN")


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


class NotFound(Refused):
    """There is no such asset or image."""


class Unreachable(AtelierError):  # noqa: N818
    """The server stayed out of reach through every retry."""


def refusal(reason: str, message: str, details: Mapping[str, object]) -> Refused:
    """The error for a reason; `details` may hold field, limit and retry_after_s."""
    kind = NotFound if reason in NOT_FOUND else Refused
    after = details.get("retry_after_s")
    return kind(
        reason,
        message,
        field=str(details.get("field", "")),
        limit=str(details.get("limit", "")),
        retry_after_s=float(after) if isinstance(after, int | float) else None,
    )
