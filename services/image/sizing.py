"""Which size to ask a model for, and which part of its answer fills the size that was wanted. Pure arithmetic.

A model either makes one fixed size or takes a width and a height between limits, in steps. What is wanted need not be
something it can make. Then it is asked for the smallest size it can make that covers the wanted one in the same
ratio; where nothing it makes is large enough, for the largest of that ratio; where it cannot make the ratio, for the
nearest ratio. The answer is scaled and its middle kept, so that the caller gets exactly the size wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


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


@dataclass(frozen=True, slots=True)
class SizeRules:
    """Sizes a model takes: each side a multiple of `multiple` from `minimum` to `maximum`. Unit: pixels."""

    minimum: int
    maximum: int
    multiple: int = 1

    @property
    def lowest(self) -> int:
        """The shortest side that keeps both rules."""
        return -(-self.minimum // self.multiple) * self.multiple or self.multiple

    @property
    def highest(self) -> int:
        """The longest side that keeps both rules."""
        return self.maximum // self.multiple * self.multiple


def size_to_ask(rules: SizeRules | None, wanted: Size | None) -> Size | None:
    """The size to ask a model for; None where it takes none (`rules` None) or nobody wants a certain one."""
    if rules is None or wanted is None:
        return None
    scale = _scale(rules, wanted)
    return Size(_side(rules, wanted.width * scale), _side(rules, wanted.height * scale))


def box_to_keep(made: Size, wanted: Size) -> Box:
    """The largest centred part of a picture of size `made` that has the ratio of `wanted`."""
    if made.width * wanted.height >= made.height * wanted.width:
        width = made.height * wanted.width / wanted.height
        left = (made.width - width) / 2
        return Box(left, 0.0, min(left + width, float(made.width)), float(made.height))
    height = made.width * wanted.height / wanted.width
    top = (made.height - height) / 2
    return Box(0.0, top, float(made.width), min(top + height, float(made.height)))


def _scale(rules: SizeRules, wanted: Size) -> float:
    """The factor nearest to 1 that brings both sides within the limits; the longer side decides if none does."""
    enlarge = rules.lowest / min(wanted)
    shrink = rules.highest / max(wanted)
    return min(max(1.0, enlarge), shrink)


def _side(rules: SizeRules, length: float) -> int:
    """The shortest side allowed that is not shorter than `length`, a hair of rounding error forgiven."""
    steps = -int(-(length - 1e-6) // rules.multiple)
    return min(max(steps * rules.multiple, rules.lowest), rules.highest)
