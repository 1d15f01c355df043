"""The shapes of picture that a recipe can name, and their sizes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Recipe

MIN_PIXELS, MAX_PIXELS = 256, 2048

_CUSTOM = re.compile(r"([1-9][0-9]{2,3})x([1-9][0-9]{2,3})", re.ASCII)


class Size(NamedTuple):
    """Width and height in pixels; 0 and 0 mean the model's own."""

    width: int
    height: int


NAMED: Mapping[str, Size] = {
    "square": Size(1024, 1024),
    "landscape": Size(1344, 768),
    "portrait": Size(768, 1344),
    "classic": Size(1152, 864),
    "banner": Size(1536, 512),
    "open-graph": Size(1200, 630),
    "slide": Size(1920, 1080),
}


def size_of(name: str) -> Size | None:
    """The size of a format, or None for one that there is not."""
    if name in NAMED:
        return NAMED[name]
    custom = _CUSTOM.fullmatch(name)
    if custom is None:
        return None
    size = Size(int(custom[1]), int(custom[2]))
    return size if min(size) >= MIN_PIXELS and max(size) <= MAX_PIXELS else None


def size_in(recipe: Recipe, rendition: int) -> Size:
    """The size of a recipe's picture number `rendition`."""
    if not recipe.formats:
        return Size(recipe.width, recipe.height)
    size = size_of(recipe.formats[rendition])
    assert size is not None, "a recipe is checked before it is accepted"
    return size
