"""Checks of what callers send, with errors that name the field and the limit."""

from __future__ import annotations

from services.kit.errors import Reason, ServiceError, invalid_field


def check_text(
    field: str,
    text: str,
    *,
    max_length: int,
    reason: Reason = Reason.CONTENT_LENGTH,
    required: bool = True,
) -> None:
    """Raise `reason` unless the text has 1 (0 where not required) to `max_length` Unicode code points."""
    limit = f"{int(required)} to {max_length} Unicode code points"
    if required and not text.strip():
        raise ServiceError(reason, f"{field} is empty; it takes {limit}", field=field, limit=limit)
    if len(text) > max_length:
        message = f"{field} has {len(text)} Unicode code points; it takes {limit}"
        raise ServiceError(reason, message, field=field, limit=limit)


def check_range(field: str, value: int, *, at_least: int, at_most: int, zero: bool = True) -> None:
    """Raise FIELD_INVALID unless `value` is in the range, or 0 where `zero` stands for a default."""
    if zero and value == 0:
        return
    if not at_least <= value <= at_most:
        limit = f"{at_least} to {at_most}" + (", or 0 for the default" if zero and at_least > 0 else "")
        raise invalid_field(field, f"is {value}; it takes {limit}", limit)
