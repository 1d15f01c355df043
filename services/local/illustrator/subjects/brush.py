"""What a subject is drawn with: a pen, the light on it and the colours it may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from services.local.illustrator.colour import Ink
from services.local.illustrator.palette import Palette
from services.local.illustrator.pen import Pen


@dataclass(slots=True)
class Brush:
    """The means of one drawing.

    Subjects are drawn about 100 units tall, standing on (0, 0) with y growing downwards, and face right.
    `main` is the colour the prompt gives the thing, or the scene's accent for it; `given` says that the prompt gave it.
    `role` is the word that named the thing, where the drawing depends on it; a person `holds` the role's tool or not
    and is `laden` with the role's pack or not.
    `lamps` is true when lights are lit.
    """

    pen: Pen
    ink: Ink
    rng: np.random.Generator
    palette: Palette
    main: str
    second: str
    given: bool = False
    role: str = ""
    holds: bool = True
    laden: bool = True
    lamps: bool = False
    variant: int = 0

    def c(self, colour: str) -> str:
        """A colour as seen in the scene's light."""
        return self.ink(colour)

    def lit(self, colour: str, amount: float = 0.28) -> str:
        """Its side towards the light."""
        return self.ink.lit(colour, amount)

    def shade(self, colour: str, amount: float = 0.3) -> str:
        """Its side away from the light."""
        return self.ink.shade(colour, amount)

    def own(self, usual: str) -> str:
        """The colour that the prompt gave the thing, or else its usual one."""
        return self.main if self.given else usual

    def tone(self, colour: str) -> str:
        """A fill from the lit left to the shaded right side of a round thing."""
        return self.pen.horizontal(
            (0, self.lit(colour, 0.3), 1), (0.45, self.c(colour), 1), (1, self.shade(colour, 0.32), 1)
        )

    def fall(self, colour: str) -> str:
        """A fill from a lit top to a shaded foot."""
        return self.pen.vertical(
            (0, self.lit(colour, 0.25), 1), (0.5, self.c(colour), 1), (1, self.shade(colour, 0.28), 1)
        )

    def window(self) -> str:
        """The colour of a window pane: lamplight in the dark, sky by day."""
        return self.ink.glow("#ffd98a") if self.lamps else self.c("#bfe0ee")


Draw = Callable[[Brush], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that can be drawn.

    `habitat` is "ground", "water", "air", "table", "space" or "emblem". `tall` is its height in nature in metres, as
    far as it matters beside other things; `wide` the width of the drawing in its own units, where its height is 100.
    `home` is the setting it brings with it; `share` its part of the picture's height as the main subject; `mirror`
    says whether it may face left.
    """

    draw: Draw
    habitat: str
    tall: float
    wide: float
    home: str = ""
    share: float = 0.42
    mirror: bool = True
