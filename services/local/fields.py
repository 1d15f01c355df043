"""Typed reading of a request body that has already passed its schema."""

from __future__ import annotations

from collections.abc import Mapping


def text_of(body: Mapping[str, object], name: str, default: str = "") -> str:
    """A string member; the default where it is missing or null."""
    value = body.get(name)
    return value if isinstance(value, str) else default


def integer_of(body: Mapping[str, object], name: str, default: int) -> int:
    """A whole number member, also where JSON has it as 4.0; the default where it is missing or null."""
    value = body.get(name)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else default


def number_of(body: Mapping[str, object], name: str, default: float) -> float:
    """A number member; the default where it is missing or null."""
    value = body.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default


def object_of(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    """An object member; an empty one where it is missing or something else."""
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def list_of(body: Mapping[str, object], name: str) -> list[object]:
    """An array member; an empty one where it is missing or something else."""
    value = body.get(name)
    return value if isinstance(value, list) else []
