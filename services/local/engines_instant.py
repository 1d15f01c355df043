"""Engines without a model that answer at once, so that a benchmark measures the system and not its models."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import orjson
from numpy.typing import NDArray

from services.local import pictures
from services.local.engine import Engines, Hazards, PaintRequest, TextRequest
from services.local.schema_in_words import with_schema_from_words

_BLOCK = re.compile(r"<content boundary=\"?[^>]*>\s*(.*?)\s*</content", re.DOTALL)
_WORDS = 12
# Ways to see the same thing that share hardly a word, so that no two answers about one text look alike.
_VIEWS = (
    "seen from close by in soft morning light, every detail sharp",
    "tiny within a wide open landscape below towering evening clouds",
    "as bold paper shapes, three flat colours and long shadows",
    "at night, lit by one warm lantern while snow falls",
    "from high above, drawn like an old map with fine ink",
    "behind rain on glass, reflections everywhere, muted blues",
    "on a kitchen table among everyday things, cheerful and plain",
    "half hidden by autumn leaves, golden dust floating around",
    "as calm geometry, circles and waves, nothing else",
    "in a crowd of smiling people on a summer square",
    "carved in stone, side lit, museum stillness",
    "as a child might paint it, thick brush strokes",
)
_DIMENSIONS = 384
HAZARD_CODES = tuple(f"S{number}" for number in range(1, 15))


def load_instant() -> Engines:
    """The whole set."""
    return Engines(InstantText(), InstantJudge(), InstantPaint(), InstantEmbedder(), InstantSight())


class InstantText:
    """Answers with the first words of the last user message, in the form that the schema asks for."""

    name = "local/instant"

    def complete(self, request: TextRequest) -> str:
        """The first words; with a schema, a JSON document that has them in every string."""
        request = with_schema_from_words(request)
        said = [message.content for message in request.messages if message.role == "user"]
        block = _BLOCK.search(said[-1]) if said else None
        text = block.group(1) if block else (said[-1] if said else "")
        words = " ".join(text.split()[:_WORDS]) or "Nothing"
        if request.json_schema is None:
            return words
        refused = said[-1].partition("Refused prompt:")[2] if said else ""
        unused = [view for view in _VIEWS if view not in refused] or _VIEWS
        return orjson.dumps(fill(request.json_schema, " ".join(text.split()[:3]), unused)).decode()


def fill(schema: Mapping[str, object], words: str, views: Sequence[str] = _VIEWS) -> object:
    """The plainest value that meets a JSON schema: every string is `words` and one of `views`, another per item."""
    for keyword in ("const", "default"):
        if keyword in schema:
            return schema[keyword]
    if isinstance(options := schema.get("enum"), list) and options:
        return options[0]
    for keyword in ("anyOf", "oneOf", "allOf"):
        if isinstance(parts := schema.get(keyword), list) and parts:
            return fill(parts[0], words, views)
    kind = schema.get("type", "object")
    return _fill_type(kind[0] if isinstance(kind, list) else kind, schema, words, views)


def _fill_type(kind: object, schema: Mapping[str, object], words: str, views: Sequence[str]) -> object:
    if kind == "object":
        return _fill_object(schema, words, views)
    if kind == "array":
        return _fill_array(schema, words, views)
    if kind == "string":
        text = f"{words or 'Nothing'} {views[0]}"
        shortest, longest = schema.get("minLength"), schema.get("maxLength")
        padded = text.ljust(shortest, ".") if isinstance(shortest, int) else text
        return padded[:longest] if isinstance(longest, int) else padded
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    return None if kind == "null" else False


def _fill_object(schema: Mapping[str, object], words: str, views: Sequence[str]) -> dict[str, object]:
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        return {"answer": words}
    return {name: fill(part, words, views) for name, part in properties.items()}


def _fill_array(schema: Mapping[str, object], words: str, views: Sequence[str]) -> list[object]:
    items, fewest = schema.get("items"), schema.get("minItems")
    count = fewest if isinstance(fewest, int) else 1
    part = items if isinstance(items, Mapping) else {"type": "string"}
    turned = [[*views[number % len(views) :], *views[: number % len(views)]] for number in range(count)]
    return [fill(part, words, others) for others in turned]


class InstantJudge:
    """Finds every text safe but one that begins with the code of a hazard, such as S6, so that drills can have some."""

    name = "local/instant"

    def judge(self, text: str) -> Hazards:
        """No hazard at all, or the one that is named."""
        named = text.partition(" ")[0]
        scores = {code: float(code == named) for code in HAZARD_CODES}
        return Hazards(scores, flagged=(named,) if named in scores else ())

    def sentiment(self, text: str) -> float:
        """Neither positive nor negative."""
        return 0.5


class InstantSight:
    """Finds every picture safe."""

    name = "local/instant"

    def look(self, picture: NDArray[np.uint8]) -> Hazards:
        """No hazard at all."""
        return InstantJudge().judge("")


class InstantPaint:
    """Answers with the same small gradient for every prompt, encoded once a size."""

    name = "local/instant"

    def paint(self, request: PaintRequest) -> NDArray[np.uint8]:
        """A gradient from one corner to the other."""
        rows = np.linspace(0, 1, request.height)[:, None]
        columns = np.linspace(0, 1, request.width)[None, :]
        channels = (rows * 200 + columns * 40, rows * 60 + columns * 180, 240 - rows * 120 - columns * 60)
        return np.stack(channels, axis=-1).astype(np.uint8)

    def encoded(self, request: PaintRequest, encoding: str) -> bytes:
        """The finished file for a size and encoding."""
        return _gradient(request.width, request.height, encoding)


@lru_cache(maxsize=32)
def _gradient(width: int, height: int, encoding: str) -> bytes:
    return pictures.encode(InstantPaint().paint(PaintRequest("", width=width, height=height)), encoding)


class InstantEmbedder:
    """Turns a text into a unit vector that depends on its bytes alone, not on its meaning."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text."""
        rows = [np.random.default_rng(_seed(text)).standard_normal(_DIMENSIONS) for text in texts]
        array = np.asarray(rows, dtype=np.float32).reshape(len(texts), _DIMENSIONS)
        unit: NDArray[np.float32] = array / np.linalg.norm(array, axis=1, keepdims=True)
        return unit


def _seed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
