"""Keywords of JSON schemas: reading, merging, and the numbers they allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Schema = Mapping[str, object]


def merge(into: dict[str, object], part: Schema) -> None:
    """Adds the keywords of a part; properties and requirements are united, the tighter bound wins."""
    for key, value in part.items():
        known = into.get(key)
        if key == "properties" and isinstance(known, Mapping):
            into[key] = {**known, **mapping(value)}
        elif key == "required" and isinstance(known, Sequence):
            into[key] = [*known, *items(value)]
        elif (
            key.startswith(("min", "exclusiveMin"))
            and isinstance(known, int | float)
            and isinstance(value, int | float)
        ):
            into[key] = max(known, value)
        elif (
            key.startswith(("max", "exclusiveMax"))
            and isinstance(known, int | float)
            and isinstance(value, int | float)
        ):
            into[key] = min(known, value)
        else:
            into[key] = value


def kind_by_keywords(schema: Schema) -> str:
    """The type that the keywords of a schema without a type imply."""
    if schema.keys() & {"properties", "required", "additionalProperties", "minProperties", "patternProperties"}:
        return "object"
    if schema.keys() & {"items", "prefixItems", "minItems", "maxItems", "uniqueItems"}:
        return "array"
    if schema.keys() & {"minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"}:
        return "number"
    return "string" if schema else "object"


def number(schema: Schema, *, whole: bool) -> int | float:
    """A number within the bounds of a schema."""
    low, high = bound(schema.get("minimum")), bound(schema.get("maximum"))
    above, below = bound(schema.get("exclusiveMinimum")), bound(schema.get("exclusiveMaximum"))
    step = bound(schema.get("multipleOf")) or (1 if whole else 0)
    bottom = max((bound for bound in (low, above) if bound is not None), default=None)
    top = min((bound for bound in (high, below) if bound is not None), default=None)
    if step:
        start = bottom if bottom is not None else min(top, 1) if top is not None else 1
        value = step * (-(-start // step) if bottom is not None else start // step)
        value += step if above is not None and value <= above else 0
        value -= step if bottom is None and below is not None and value >= below else 0
        return int(value) if whole else value
    if bottom is not None and top is not None:
        return (bottom + top) / 2
    return bottom + 1 if bottom is not None else top - 1 if top is not None else 1


def bound(value: object) -> int | float | None:
    """The value as a number, None where it is none."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def count(value: object, default: int = 0) -> int:
    """The value as a whole number, the default where it is none."""
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else default


def mapping(value: object) -> Schema:
    """The value as a mapping, an empty one where it is none."""
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> Sequence[object]:
    """The value as a sequence, an empty one where it is none."""
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
