"""Which size to ask a model for, and which part of its answer fills the size that was wanted. Pure arithmetic.

A model either makes one fixed size or takes a width and a height between limits, in steps. What is wanted need not be
something it can make. Then it is asked for the smallest size it can make that covers the wanted one in the same
ratio; where nothing it makes is large enough, for the largest of that ratio; where it cannot make the ratio, for the
nearest ratio. The answer is cut and scaled, so that the caller gets exactly the size wanted; `saliency.py` says which
part is kept.
"""

from __future__ import annotations

from typing import NamedTuple

from services.workers_ai.models import Sizes

# What a model makes that takes no size, and how much of a picture is as good as all of it.
FIXED_SIZE = (1024, 1024)
NEXT_TO_ALL = 0.98


class Size(NamedTuple):
    """Width and height. Unit: pixels."""

    width: int
    height: int


class Box(NamedTuple):
    """A part of a picture: left, top, right, bottom edge. Unit: pixels, not always whole ones."""

    left: float
    top: float
    right: float
    bottom: float


def size_to_ask(sizes: Sizes | None, wanted: Size | None) -> Size | None:
    """The size to ask a model for; None where it takes none (`sizes` None) or nobody wants a certain one."""
    if sizes is None or wanted is None:
        return None
    scale = _scale(sizes, wanted)
    return Size(_side(sizes, wanted.width * scale), _side(sizes, wanted.height * scale))


def can_make(sizes: Sizes | None, wanted: Size | None) -> bool:
    """Whether a model makes the ratio that is wanted, so that next to nothing has to be cut off its answer."""
    if wanted is None:
        return True
    made = size_to_ask(sizes, wanted) or Size(*FIXED_SIZE)
    box = box_to_keep(made, wanted)
    return (box.right - box.left) * (box.bottom - box.top) >= NEXT_TO_ALL * made.width * made.height


def shortest_side(sizes: Sizes) -> int:
    """The shortest side that a model takes and that is a multiple of its step."""
    return max(1, -(-sizes.at_least // sizes.multiple)) * sizes.multiple


def longest_side(sizes: Sizes) -> int:
    """The longest side that a model takes and that is a multiple of its step."""
    return sizes.at_most // sizes.multiple * sizes.multiple


def box_to_keep(made: Size, wanted: Size, at: float = 0.5) -> Box:
    """The largest part of a picture of size `made` that has the ratio of `wanted`.

    `at` says where it lies: 0 at the left or upper edge, 0.5 in the middle, 1 at the right or lower edge.
    """
    if made.width * wanted.height >= made.height * wanted.width:
        width = made.height * wanted.width / wanted.height
        left = (made.width - width) * at
        return Box(left, 0.0, min(left + width, float(made.width)), float(made.height))
    height = made.width * wanted.height / wanted.width
    top = (made.height - height) * at
    return Box(0.0, top, float(made.width), min(top + height, float(made.height)))


def _scale(sizes: Sizes, wanted: Size) -> float:
    """The factor nearest to 1 that brings both sides within the limits; the longer side decides if none does."""
    enlarge = shortest_side(sizes) / min(wanted)
    shrink = longest_side(sizes) / max(wanted)
    return min(max(1.0, enlarge), shrink)


def _side(sizes: Sizes, length: float) -> int:
    """The shortest side allowed that is not shorter than `length`, a hair of rounding error forgiven."""
    steps = -int(-(length - 1e-6) // sizes.multiple)
    return min(max(steps * sizes.multiple, shortest_side(sizes)), longest_side(sizes))
