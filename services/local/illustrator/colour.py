"""Colours: hexadecimal sRGB strings, and how light and distance change them."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

RGB = tuple[float, float, float]


def parse(colour: str) -> RGB:
    """Red, green and blue of "#rrggbb", each 0 to 1."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def to_hex(rgb: RGB) -> str:
    """The "#rrggbb" of a colour whose parts are clipped to 0..1."""
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in rgb)


def mix(first: str, second: str, share: float) -> str:
    """`first` with `share` (0 to 1) of `second` in it."""
    one, two = parse(first), parse(second)
    return to_hex(tuple(a + (b - a) * share for a, b in zip(one, two, strict=True)))  # type: ignore[arg-type]


def multiply(colour: str, by: RGB) -> str:
    """The colour under light of the colour `by`."""
    red, green, blue = parse(colour)
    return to_hex((red * by[0], green * by[1], blue * by[2]))


def adjust(colour: str, *, hue: float = 0.0, saturation: float = 1.0, lightness: float = 1.0) -> str:
    """The colour with its hue turned (0 to 1 is once round) and its saturation and lightness multiplied."""
    h, li, s = colorsys.rgb_to_hls(*parse(colour))
    return to_hex(colorsys.hls_to_rgb((h + hue) % 1.0, min(li * lightness, 1.0), min(s * saturation, 1.0)))


def luminance(colour: str) -> float:
    """Perceived brightness, 0 to 1 (Rec. 709 weights on the encoded values)."""
    red, green, blue = parse(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True, slots=True)
class Ink:
    """Turns a thing's own colour into the colour seen at one place in the scene.

    `ambient` is the colour of the light on the thing; `haze` is the air's colour, and `distance` (0 near, 1 far) says
    how much of it lies between; `sun` and `shadow` tint the lit and the shaded side.
    """

    ambient: RGB
    haze: str
    sun: str
    shadow: str
    distance: float = 0.0

    def __call__(self, colour: str) -> str:
        """The colour as seen."""
        return mix(multiply(colour, self.ambient), self.haze, self.distance)

    def lit(self, colour: str, amount: float = 0.28) -> str:
        """The colour's side towards the light."""
        return mix(multiply(mix(colour, self.sun, amount), self.ambient), self.haze, self.distance)

    def shade(self, colour: str, amount: float = 0.3) -> str:
        """The colour's side away from the light."""
        return mix(multiply(mix(colour, self.shadow, amount), self.ambient), self.haze, self.distance)

    def glow(self, colour: str) -> str:
        """A colour that shines by itself, dimmed by the air alone."""
        return mix(colour, self.haze, self.distance * 0.6)

    def at(self, distance: float) -> Ink:
        """The same light further away or nearer."""
        return Ink(self.ambient, self.haze, self.sun, self.shadow, distance)
