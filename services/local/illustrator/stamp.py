"""Stamps drawings into a setting as scenery, where they stand at a distance and nobody asked for them."""

from __future__ import annotations

from services.local.illustrator.colour import Ink
from services.local.illustrator.pen import Pen
from services.local.illustrator.scene import Scene
from services.local.illustrator.subjects import SUBJECTS, Brush


def stamp(
    pen: Pen, scene: Scene, name: str, x: float, foot: float, tall: float, *, ink: Ink | None = None, main: str = ""
) -> None:
    """Draws the subject `name` with its foot at (x, foot), `tall` units high; `main` recolours it."""
    accents = scene.palette.accents
    brush = Brush(
        pen=pen,
        ink=ink or scene.ink,
        rng=scene.rng,
        palette=scene.palette,
        main=main or accents[int(scene.rng.integers(3))],
        second=accents[1],
        given=bool(main),
        lamps=scene.light.lamps,
    )
    with pen.at(x, foot, tall / 100):
        SUBJECTS[name].draw(brush)
