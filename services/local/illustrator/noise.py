"""Smooth random curves and textures, all drawn from one generator so that a request repeats exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float32]


def curve(rng: np.random.Generator, count: int, *, bumps: float, octaves: int = 4, roughness: float = 0.5) -> Field:
    """A line of `count` heights in about -1..1 with `bumps` hills across, rougher with more octaves."""
    total = np.zeros(count, np.float32)
    amplitude, norm = 1.0, 0.0
    for octave in range(octaves):
        knots = max(int(bumps * 2**octave) + 3, 4)
        values = rng.uniform(-1, 1, knots)
        at = np.linspace(0, knots - 1.001, count)
        low = at.astype(int)
        share = at - low
        share = share * share * (3 - 2 * share)
        total += (amplitude * (values[low] * (1 - share) + values[np.minimum(low + 1, knots - 1)] * share)).astype(
            np.float32
        )
        norm += amplitude
        amplitude *= roughness
    return total / np.float32(norm)


def cloud(
    rng: np.random.Generator, width: int, height: int, *, cells: float, octaves: int = 4, stretch: float = 1.0
) -> Field:
    """A texture of shape (height, width), 0 to 1, with `cells` lumps across its shorter side.

    `stretch` above 1 draws the lumps out sideways.
    """
    short = min(width, height)
    total = np.zeros((height, width), np.float32)
    amplitude, norm = 1.0, 0.0
    for octave in range(octaves):
        scale = cells * 2**octave / short
        columns = max(int(width * scale / stretch) + 2, 2)
        rows = max(int(height * scale) + 2, 2)
        grid = rng.random((min(rows, height), min(columns, width)), np.float32)
        total += amplitude * np.asarray(Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC))
        norm += amplitude
        amplitude *= 0.5
    return np.asarray(np.clip(total / np.float32(norm), 0, 1), np.float32)
