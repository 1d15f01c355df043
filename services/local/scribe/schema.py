"""Documents that meet a JSON schema, filled from a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from referencing.exceptions import Unresolvable

from services.local.json_schema import jsonschema
from services.local.scribe.keywords import Schema, bound, count, items, kind_by_keywords, mapping, merge, number
from services.local.scribe.pattern import matching
from services.local.scribe.text import shorten

MAX_DEPTH = 12
_BROKEN = (
    jsonschema.SchemaError,
    jsonschema.exceptions.UnknownType,
    Unresolvable,
    re.error,
    RecursionError,
    TypeError,
    ValueError,
    AttributeError,
)
MAX_CHOICES = 8
MAX_ITEMS = 200
MAX_STRING = 4000

_FORMATS = {
    "date": "2026-01-01",
    "time": "12:00:00Z",
    "date-time": "2026-01-01T12:00:00Z",
    "duration": "PT1H",
    "email": "someone@example.org",
    "idn-email": "someone@example.org",
    "hostname": "example.org",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.org/",
    "uri-reference": "/",
    "url": "https://example.org/",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "json-pointer": "/a",
    "regex": "a",
}


def document(schema: Schema, texts: Sequence[str]) -> object:
    """A document that meets the schema, its texts taken from `texts`; the first that validates, else the closest.

    Understands types, enum, const, bounds, lengths, simple patterns, formats, references within the schema, anyOf,
    oneOf, allOf and if/then/else. A schema that cannot be met gets the best attempt.
    """
    filler = _Filler(schema, tuple(text for text in texts if text.strip()))
    first: list[object] = []
    for attempt in islice(filler.values(schema), MAX_CHOICES * 4):
        if _meets(schema, attempt):
            return attempt
        first = first or [attempt]
    return first[0] if first else {}


def _meets(schema: Schema, value: object) -> bool:
    try:
        return bool(jsonschema.Draft202012Validator(schema).is_valid(value))
    except _BROKEN:
        # A schema that cannot be read cannot be broken either.
        return True


@dataclass
class _Filler:
    """Walks a schema; `used` is how many texts are already placed, so that fields differ."""

    root: Schema
    texts: tuple[str, ...]
    used: int = field(default=0)

    def values(self, schema: object, depth: int = 0, name: str = "") -> Iterator[object]:
        """Values that should meet the schema, the most likely first; at least one."""
        if not isinstance(schema, Mapping) or depth > MAX_DEPTH:
            yield self._text(0, 200) if schema is not False and depth <= MAX_DEPTH else None
            return
        plain = self._resolve(schema, depth)
        if "const" in plain:
            yield plain["const"]
        elif isinstance(plain.get("enum"), Sequence) and plain["enum"]:
            yield from self._by_likeness(plain["enum"])
        else:
            yield from self._alternatives(plain, depth, name)

    def first(self, schema: object, depth: int, name: str = "") -> object:
        """The first value that meets a part of the schema on its own."""
        attempts = islice(self.values(schema, depth, name), MAX_CHOICES)
        likeliest = next(attempts)
        if not isinstance(schema, Mapping):
            return likeliest
        scoped = {**{key: self.root[key] for key in ("$defs", "definitions") if key in self.root}, **schema}
        if _meets(scoped, likeliest):
            return likeliest
        return next((attempt for attempt in attempts if _meets(scoped, attempt)), likeliest)

    def _resolve(self, schema: Schema, depth: int) -> Schema:
        """The schema with its reference followed and its allOf merged."""
        for _ in range(MAX_DEPTH):
            target = self._target(schema.get("$ref"))
            if target is None:
                break
            schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
        merged: dict[str, object] = {key: value for key, value in schema.items() if key != "allOf"}
        parts = schema.get("allOf")
        for part in parts if isinstance(parts, Sequence) and depth < MAX_DEPTH else ():
            if isinstance(part, Mapping):
                merge(merged, self._resolve(part, depth + 1))
        return merged

    def _target(self, reference: object) -> Schema | None:
        if not isinstance(reference, str) or not reference.startswith("#"):
            return None
        node: object = self.root
        for step in reference.lstrip("#").strip("/").split("/"):
            key = step.replace("~1", "/").replace("~0", "~")
            if key and isinstance(node, Mapping):
                node = node.get(key)
        return node if isinstance(node, Mapping) else None

    def _alternatives(self, schema: Schema, depth: int, name: str) -> Iterator[object]:
        options = schema.get("anyOf") or schema.get("oneOf")
        if not isinstance(options, Sequence) or not options:
            kinds = schema.get("type") or kind_by_keywords(schema)
            for kind in (
                [kinds] if isinstance(kinds, str) else list(kinds) if isinstance(kinds, Sequence) else ["string"]
            ):
                yield from self._of_type(str(kind), schema, depth, name)
            return
        base = {key: value for key, value in schema.items() if key not in ("anyOf", "oneOf")}
        simple_last = sorted(options, key=lambda option: isinstance(option, Mapping) and option.get("type") == "null")
        # Deep down, the plainest option ends a recursion.
        for option in simple_last if depth < MAX_DEPTH // 2 else reversed(simple_last):
            joined: dict[str, object] = dict(base)
            merge(joined, self._resolve(option, depth) if isinstance(option, Mapping) else {})
            yield from islice(self.values(joined, depth + 1, name), MAX_CHOICES)

    def _of_type(self, kind: str, schema: Schema, depth: int, name: str) -> Iterator[object]:
        if kind == "object":
            yield from self._objects(schema, depth)
        elif kind == "array":
            yield self._array(schema, depth, name)
        elif kind in ("integer", "number"):
            value = number(schema, whole=kind == "integer")
            step = bound(schema.get("multipleOf")) or 1
            yield from (value, value + step, value + 2 * step, value - step)
        elif kind == "boolean":
            yield from (True, False)
        elif kind == "null":
            yield None
        else:
            yield from self._strings(schema, name)

    def _objects(self, schema: Schema, depth: int) -> Iterator[object]:
        properties = mapping(schema.get("properties"))
        required = [str(key) for key in items(schema.get("required"))]
        names = list(dict.fromkeys([*properties, *required])) if depth < MAX_DEPTH // 2 else required
        extra = schema.get("additionalProperties", True)
        full = {key: self.first(properties.get(key, extra), depth + 1, key) for key in names}
        for extra_number in range(min(count(schema.get("minProperties")) - len(full), MAX_ITEMS)):
            full[f"item{extra_number + 1}"] = self.first(extra, depth + 1)
        most = count(schema.get("maxProperties"), default=len(full))
        yield {key: value for key, value in full.items() if key in required or len(full) <= most}
        yield {key: value for key, value in full.items() if key in required}
        for condition in ("then", "else"):
            if isinstance(schema.get(condition), Mapping):
                joined = {key: value for key, value in schema.items() if key not in ("if", "then", "else")}
                merge(joined, mapping(schema[condition]))
                yield from islice(self._objects(joined, depth + 1), 1)

    def _array(self, schema: Schema, depth: int, name: str) -> list[object]:
        prefix = items(schema.get("prefixItems"))
        least, most = count(schema.get("minItems")), count(schema.get("maxItems"), default=MAX_ITEMS)
        wanted = max(least, len(prefix), 1 if depth < MAX_DEPTH // 2 and schema.get("items") is not False else 0)
        values: list[object] = []
        for position in range(min(wanted, most, MAX_ITEMS)):
            part = prefix[position] if position < len(prefix) else schema.get("items", {})
            value = self.first(part, depth + 1, name)
            values.append(self._fresh(part, value, depth, values) if schema.get("uniqueItems") else value)
        return values

    def _fresh(self, schema: object, value: object, depth: int, taken: Sequence[object]) -> object:
        """A value of the schema that is not taken yet, for arrays of unique items."""
        options = list(islice(self.values(schema, depth + 1), MAX_ITEMS))
        if isinstance(value, int | float) and not isinstance(value, bool):
            step = mapping(schema).get("multipleOf", 1)
            options += [value + number * step for number in range(1, len(taken) + 2) if isinstance(step, int | float)]
        if isinstance(value, str):
            limit = count(mapping(schema).get("maxLength"), default=MAX_STRING)
            options += [f"{value[: max(0, limit - 4)]}{number}" for number in range(len(taken) + 2)]
        return next((option for option in (value, *options) if option not in taken), value)

    def _strings(self, schema: Schema, name: str) -> Iterator[str]:
        least = min(count(schema.get("minLength")), MAX_STRING * 10)
        most = count(schema.get("maxLength"), default=max(300, least))
        pattern = schema.get("pattern")
        if schema.get("format") in _FORMATS:
            yield _FORMATS[str(schema["format"])]
        text = self._text(least, most)
        if isinstance(pattern, str):
            yield from (value for value in matching(pattern, text) if least <= len(value) <= most)
        yield text

    def _text(self, least: int, most: int) -> str:
        """The next text, cut or repeated to the bounds; never empty where the schema allows it."""
        source = self.texts[self.used % len(self.texts)] if self.texts else "No content."
        self.used += 1
        while len(source) < least:
            source = f"{source} {source}"
        return shorten(source, most) if len(shorten(source, most)) >= least else source[:most]

    def _by_likeness(self, options: object) -> Iterator[object]:
        """Choices of an enumeration, those first whose words the content uses."""
        content = " ".join(self.texts[:200]).lower()
        values = list(options) if isinstance(options, Sequence) else []
        yield from sorted(values, key=lambda value: not (isinstance(value, str) and value.lower() in content))
