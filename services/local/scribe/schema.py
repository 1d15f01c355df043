"""Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def document(schema: Mapping[str, object], texts: Sequence[str]) -> object:
    """A document."""
    return {}
