"""How far a drawing really reaches from its foot to both sides, measured by drawing it once."""

from __future__ import annotations

from functools import cache

import numpy as np

from services.local.illustrator.canvas import Canvas
from services.local.illustrator.light import light_for
from services.local.illustrator.palette import palette_for
from services.local.illustrator.pen import Pen
from services.local.illustrator.subjects import SUBJECTS, Brush

_PIXELS = 96
# The measuring canvas is 1000 units wide, and drawings are at most about 300 of their own.
_SCALE = 2.4


@cache
def half_width(name: str, role: str = "") -> float:
    """The larger reach to a side in the drawing's own units, in which it is 100 tall; the same for its mirror image."""
    canvas, pen, rng = Canvas(_PIXELS, _PIXELS), Pen(), np.random.default_rng(0)
    palette = palette_for((), "summer", rng)
    ink = light_for("day", "", "").ink
    with pen.at(500, 860, _SCALE):
        SUBJECTS[name].draw(Brush(pen, ink, rng, palette, palette.accents[0], palette.accents[1], role=role))
    columns = np.flatnonzero(canvas.render(pen)[..., 3].max(axis=0) > 0.3)
    edges = (np.array([columns[0], columns[-1] + 1]) * (1000 / _PIXELS) - 500) / _SCALE
    return float(max(np.abs(edges).max(), SUBJECTS[name].wide / 2))
