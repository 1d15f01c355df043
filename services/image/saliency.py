"""Which part of a picture matters, so that the rest can be cut off. Pure and deterministic.

Two cheap measures are taken on a thumbnail of a few thousand pixels, each scaled to the same weight: how far the colour
of a place is from the colour of the whole (Achanta et al., "Frequency-tuned salient region detection", 2009), and how
strong the edges are. Of all places where the part to keep can lie, the one with most of both wins; what would fall into
the safe area counts against a place, what touches an edge counts half, and among equals the middle wins.
"""

from __future__ import annotations

from enum import Enum

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from services.image.sizing import Box, Size, box_to_keep

Array = npt.NDArray[np.float64]

SIDE = 96
# A logo takes about a third of each side.
SAFE_SHARE = 1 / 3
# What is in the way of the logo weighs this much more than the same thing elsewhere.
SAFE_WEIGHT = 2.0
# How much of all that matters the edge of the picture has to hold more than its middle to be preferred.
MIDDLE_WEIGHT = 0.06
STEPS = 64
MARGIN = 0.1


class Corner(Enum):
    """A corner that is kept free, as (right, bottom)."""

    TOP_LEFT = (False, False)
    TOP_RIGHT = (True, False)
    BOTTOM_LEFT = (False, True)
    BOTTOM_RIGHT = (True, True)


def box_that_matters(image: Image.Image, made: Size, wanted: Size, safe: Corner | None) -> Box:
    """The part of a picture of size `made` to keep; `image` shows it, at whatever resolution."""
    middle = box_to_keep(made, wanted)
    if (middle.right - middle.left) * (middle.bottom - middle.top) > made.width * made.height - 1:
        return middle
    summed = _summed(saliency(image))
    places = [index / STEPS for index in range(STEPS + 1)]
    best = max(places, key=lambda at: (_worth(summed, made, box_to_keep(made, wanted, at), at, safe), -abs(at - 0.5)))
    return box_to_keep(made, wanted, best)


def saliency(image: Image.Image) -> Array:
    """How much each place of a thumbnail matters; the sum is 1."""
    plain = image if image.mode == "RGB" else image.convert("RGB")
    scale = SIDE / max(plain.size)
    small = plain.resize(
        (max(3, round(plain.width * scale)), max(3, round(plain.height * scale))),
        Image.Resampling.BOX,
        reducing_gap=1.0,
    )
    colours = np.asarray(small.filter(ImageFilter.GaussianBlur(1)).convert("LAB"), np.float64)
    # LAB is stored in bytes, and the two colour axes wrap around: -1 is 255.
    colours[..., 1:] = (colours[..., 1:] + 128) % 256
    # Squares let what stands out count for more than a background that changes slowly.
    distance = ((colours - colours.mean(axis=(0, 1))) ** 2).sum(axis=2)
    down, across = (np.gradient(colours[..., 0], axis=axis) for axis in (0, 1))
    edges: Array = np.square(down) + np.square(across)
    return (_share(distance) + _share(edges)) / 2


def _share(weights: Array) -> Array:
    total = weights.sum()
    return weights / total if total > 0 else np.full_like(weights, 1 / weights.size)


def _summed(weights: Array) -> Array:
    """Sums of all that lies above and left of each corner of each place."""
    return np.pad(weights.cumsum(0).cumsum(1), ((1, 0), (1, 0)))


def _worth(summed: Array, made: Size, box: Box, at: float, safe: Corner | None) -> float:
    whole, inner = _within(summed, made, box), _within(summed, made, _inner(box))
    worth = (whole + inner) / 2 - MIDDLE_WEIGHT * abs(at - 0.5)
    if safe is None:
        return worth
    return worth - SAFE_WEIGHT * _within(summed, made, _corner_of(box, safe))


def _inner(box: Box) -> Box:
    """The box without its margins: what matters is not to touch an edge."""
    width, height = (box.right - box.left) * MARGIN, (box.bottom - box.top) * MARGIN
    return Box(box.left + width, box.top + height, box.right - width, box.bottom - height)


def _corner_of(box: Box, corner: Corner) -> Box:
    right, bottom = corner.value
    width, height = (box.right - box.left) * SAFE_SHARE, (box.bottom - box.top) * SAFE_SHARE
    left = box.right - width if right else box.left
    top = box.bottom - height if bottom else box.top
    return Box(left, top, left + width, top + height)


def _within(summed: Array, made: Size, box: Box) -> float:
    """The sum over a box, whose edges may lie between places of the thumbnail."""
    rows, columns = summed.shape[0] - 1, summed.shape[1] - 1
    left, right = (edge / made.width * columns for edge in (box.left, box.right))
    top, bottom = (edge / made.height * rows for edge in (box.top, box.bottom))
    return _at(summed, bottom, right) - _at(summed, top, right) - _at(summed, bottom, left) + _at(summed, top, left)


def _at(summed: Array, row: float, column: float) -> float:
    above, before = min(int(row), summed.shape[0] - 2), min(int(column), summed.shape[1] - 2)
    down, across = row - above, column - before
    upper = summed[above, before] * (1 - across) + summed[above, before + 1] * across
    lower = summed[above + 1, before] * (1 - across) + summed[above + 1, before + 1] * across
    return float(upper * (1 - down) + lower * down)
