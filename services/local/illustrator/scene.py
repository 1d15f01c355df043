"""The scene that painters work on: canvas, light, palette and the places where things may stand."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from services.local.illustrator.canvas import Canvas
from services.local.illustrator.colour import Ink
from services.local.illustrator.light import Light
from services.local.illustrator.palette import Palette
from services.local.illustrator.pen import Pen


@dataclass(slots=True)
class Scene:
    """One picture in the making. Places are in units of the canvas; y grows downwards.

    `horizon` is the eye's height; `ground` and `water` are the heights between which things stand or float, None
    where the scene has none; `bank` is where the water ends towards the eye, if it does; `table` is the top of a
    surface close by; `air` is the band for what flies.
    """

    canvas: Canvas
    light: Light
    palette: Palette
    rng: np.random.Generator
    season: str
    weather: str
    horizon: float
    sun_x: float
    ground: tuple[float, float] | None = None
    water: tuple[float, float] | None = None
    bank: float | None = None
    table: float | None = None
    air: tuple[float, float] = (0.1, 0.4)
    indoor: bool = False
    busy: bool = False
    bare: bool = False
    surface: str = ""
    layers: list[Pen] = field(default_factory=list)

    @property
    def w(self) -> float:
        """Width in units."""
        return self.canvas.w

    @property
    def h(self) -> float:
        """Height in units."""
        return self.canvas.h

    @property
    def ink(self) -> Ink:
        """The light on the foreground."""
        return self.light.ink

    def at(self, distance: float) -> Ink:
        """The light on something at a distance, 0 near to 1 at the horizon, through the air between."""
        return self.light.ink.at(distance * self.light.haze_depth)

    def pen(self) -> Pen:
        """A new layer above the ones there are."""
        layer = Pen()
        self.layers.append(layer)
        return layer

    def flush(self) -> None:
        """Lays the waiting layers on the canvas: together, or one by one where each casts a shadow."""
        layers = [layer for layer in self.layers if not layer.empty]
        self.layers.clear()
        if self.canvas.lift:
            for layer in layers:
                self.canvas.lay(layer)
        elif layers:
            self.canvas.lay(Pen.joined(layers))
