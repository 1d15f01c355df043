"""Checks a request body against a model's JSON schema and says what is wrong in Cloudflare's words.

It knows the keywords that the catalogue's schemas use, and follows the wording seen in real answers of code 5006.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

Schema = Mapping[str, object]

_Check = Callable[[Schema, object, str], Iterator[str]]


def problems(schema: Schema, value: object) -> list[str]:
    """Everything in `value` that breaks `schema`, as Cloudflare words it; empty where all is well."""
    return list(_problems(schema, value, ""))


def _problems(schema: Schema, value: object, path: str) -> Iterator[str]:
    expected = schema.get("type")
    if expected is not None and not _is_a(value, expected):
        shown = ",".join(expected) if isinstance(expected, list) else str(expected)
        yield f"Type mismatch of '{path or '/'}', '{shown}' not in '{type_name(value)}'"
        return
    for check in _CHECKS.get(type(value), _NUMBER_CHECKS):
        yield from check(schema, value, path)


def type_name(value: object) -> str:
    """The JSON type of a value."""
    if isinstance(value, str):
        return "string"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if float(value).is_integer() else "number"
    return "array" if isinstance(value, list) else "object"


def _is_a(value: object, expected: object) -> bool:
    names = expected if isinstance(expected, list) else [expected]
    actual = type_name(value)
    return actual in names or (actual == "integer" and "number" in names)


def _strings(schema: Schema, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        return
    shortest, longest, pattern = schema.get("minLength"), schema.get("maxLength"), schema.get("pattern")
    if isinstance(shortest, int) and len(value) < shortest:
        yield f"Length of '{path}' must be >= {shortest}"
    if isinstance(longest, int) and len(value) > longest:
        yield f"Length of '{path}' must be <= {longest}"
    if isinstance(pattern, str) and not re.search(pattern, value):
        yield f"'{path}' must match pattern '{pattern}'"


def _numbers(schema: Schema, value: object, path: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    least, most = schema.get("minimum"), schema.get("maximum")
    if isinstance(least, int | float) and value < least:
        yield f"'{path}' must be >= {least}"
    if isinstance(most, int | float) and value > most:
        yield f"'{path}' must be <= {most}"


def _choices(schema: Schema, value: object, path: str) -> Iterator[str]:
    allowed = schema.get("enum")
    if isinstance(allowed, list) and value not in allowed:
        yield f"enum {','.join(str(item) for item in allowed)} not in {value} at '{path}'"


def _lists(schema: Schema, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        return
    fewest, most, items = schema.get("minItems"), schema.get("maxItems"), schema.get("items")
    if isinstance(fewest, int) and len(value) < fewest:
        yield f"Number of items of '{path}' must be >= {fewest}"
    if isinstance(most, int) and len(value) > most:
        yield f"Number of items of '{path}' must be <= {most}"
    if isinstance(items, Mapping):
        for index, item in enumerate(value):
            yield from _problems(items, item, f"{path}/{index}")


def _objects(schema: Schema, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    properties = schema.get("properties")
    known = properties if isinstance(properties, Mapping) else {}
    yield from _required(schema, value, path)
    yield from _counts(schema, value, path)
    for name, part in known.items():
        if name in value:
            yield from _problems(part, value[name], f"{path}/{name}")
    strangers = [name for name in value if name not in known]
    yield from _strangers(schema.get("additionalProperties"), value, strangers, path)


def _required(schema: Schema, value: Mapping[str, object], path: str) -> Iterator[str]:
    required = schema.get("required")
    if isinstance(required, Sequence) and any(name not in value for name in required):
        yield f"required properties at '{path or '/'}' are '{','.join(required)}'"


def _counts(schema: Schema, value: Mapping[str, object], path: str) -> Iterator[str]:
    fewest, most = schema.get("minProperties"), schema.get("maxProperties")
    if isinstance(fewest, int) and len(value) < fewest:
        yield f"Number of properties of '{path}' must be >= {fewest}"
    if isinstance(most, int) and len(value) > most:
        yield f"Number of properties of '{path}' must be <= {most}"


def _strangers(rule: object, value: Mapping[str, object], names: list[str], path: str) -> Iterator[str]:
    if rule is False and names:
        listed = ", ".join(f"{path}/{name}" for name in names)
        yield f"Additional or unevaluated properties '{listed}' at '{path or '/'}' not allowed"
    if isinstance(rule, Mapping):
        for name in names:
            yield from _problems(rule, value[name], f"{path}/{name}")


def _alternatives(schema: Schema, value: object, path: str) -> Iterator[str]:
    for keyword in ("oneOf", "anyOf"):
        parts = schema.get(keyword)
        if not isinstance(parts, list):
            continue
        found = [list(_problems(part, value, path)) for part in parts]
        matches = sum(not each for each in found)
        if matches == 0:
            reasons = ", ".join(problem for each in found for problem in each)
            yield f"{keyword} at '{path or '/'}' not met, 0 matches: {reasons}"
        elif matches > 1 and keyword == "oneOf":
            yield f"oneOf at '{path or '/'}' not met, {matches} matches"


_NUMBER_CHECKS: tuple[_Check, ...] = (_numbers, _choices, _alternatives)
_CHECKS: Mapping[type, tuple[_Check, ...]] = {
    str: (_strings, _choices, _alternatives),
    list: (_lists, _choices, _alternatives),
    dict: (_objects, _choices, _alternatives),
}
