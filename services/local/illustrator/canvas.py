"""The canvas: a picture in floating point onto which vector layers and light are laid."""

from __future__ import annotations

import io
import math
from typing import TypeAlias

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from services.local.illustrator.colour import parse
from services.local.illustrator.pen import Pen

Pixels = NDArray[np.float32]
Box: TypeAlias = tuple[int, int, int, int]

# How many times smaller a layer is drawn to see where it is, and how many of those pixels are added around.
_GLANCE, _MARGIN = 8, 2


def shifted(values: Pixels, down: int, right: int, *, stretch: bool = True) -> Pixels:
    """A plane of values moved by whole pixels; the gap shows its edges stretched, or else nothing."""
    padded = np.pad(
        values, ((max(down, 0), max(-down, 0)), (max(right, 0), max(-right, 0))), mode="edge" if stretch else "constant"
    )
    top, left = max(-down, 0), max(-right, 0)
    return padded[top : top + values.shape[0], left : left + values.shape[1]]


class Canvas:
    """`width` x `height` pixels, addressed in units of a thousandth of the shorter side.

    `pixels` has shape (height, width, 3), sRGB, 0 to 1. `lift` casts a shadow under every layer, as cut paper does.
    """

    def __init__(self, width: int, height: int, *, lift: bool = False) -> None:
        self.width = width
        self.height = height
        self.lift = lift
        self.scale = min(width, height) / 1000
        self.w = width / self.scale
        self.h = height / self.scale
        self.pixels: Pixels = np.zeros((height, width, 3), np.float32)

    def ys(self) -> Pixels:
        """Heights of the pixel rows in units, shape (height, 1)."""
        return ((np.arange(self.height, dtype=np.float32) + 0.5) / np.float32(self.scale))[:, None]

    def xs(self) -> Pixels:
        """Places of the pixel columns in units, shape (1, width)."""
        return ((np.arange(self.width, dtype=np.float32) + 0.5) / np.float32(self.scale))[None, :]

    def render(self, pen: Pen) -> Pixels:
        """A layer as premultiplied-free RGBA, shape (height, width, 4), 0 to 1."""
        whole = Image.new("RGBA", (self.width, self.height))
        if (box := self._extent(pen)) is not None:
            whole.paste(self._image(pen, box, (box[2] - box[0], box[3] - box[1])), box[:2])
        return np.asarray(whole, np.float32) / np.float32(255)

    def lay(self, pen: Pen, *, opacity: float = 1.0) -> None:
        """Draws a vector layer over the picture; works on the part that the layer covers."""
        box = self._extent(pen)
        if box is None:
            return
        left, top, right, low = box
        image = self._image(pen, box, (right - left, low - top))
        if self.lift:
            self._cast(image.getchannel("A"), box)
        layer = np.asarray(image, np.float32) / np.float32(255)
        layer[..., 3] *= np.float32(opacity)
        self._over(layer, self.pixels[top:low, left:right])

    def _extent(self, pen: Pen) -> Box | None:
        """The pixels that a layer may reach, by a small drawing of it; None where it shows nothing.

        What a layer costs goes with the area that is drawn, mostly for the file that it comes back in.
        """
        if pen.empty:
            return None
        across, down = (max(1, size // _GLANCE) for size in (self.width, self.height))
        small = self._image(pen, (0, 0, self.width, self.height), (across, down))
        found = small.getchannel("A").getbbox()
        if found is None:
            return None
        (left, top), (right, low) = (at - _MARGIN for at in found[:2]), (at + _MARGIN for at in found[2:])
        return (
            max(0, left * self.width // across),
            max(0, top * self.height // down),
            min(self.width, -(-right * self.width // across)),
            min(self.height, -(-low * self.height // down)),
        )

    def _image(self, pen: Pen, box: Box, size: tuple[int, int]) -> Image.Image:
        """The part of a layer within a box of pixels, drawn at a size of its own."""
        left, top, right, low = (at / self.scale for at in box)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
            f'viewBox="{left:.6f} {top:.6f} {right - left:.6f} {low - top:.6f}" '
            f'preserveAspectRatio="none">{pen.body}</svg>'
        )
        png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
        with Image.open(io.BytesIO(png)) as image:
            return image.convert("RGBA")

    def over(self, layer: Pixels) -> None:
        """Lays RGBA pixels over the picture."""
        if self.lift:
            mask = Image.fromarray((layer[..., 3] * 255).astype(np.uint8))
            self._cast(mask, (0, 0, self.width, self.height))
        self._over(layer, self.pixels)

    @staticmethod
    def _over(layer: Pixels, below: Pixels) -> None:
        below += layer[..., 3:] * (layer[..., :3] - below)

    def soften(self, radius: float) -> None:
        """Blurs what has been painted so far by `radius` units, as a lens does far from its focus."""
        image = Image.fromarray((np.clip(self.pixels, 0, 1) * 255).astype(np.uint8))
        image = image.filter(ImageFilter.GaussianBlur(max(radius * self.scale, 1.0)))
        self.pixels = np.asarray(image, np.float32) / np.float32(255)

    def tint(self, colour: str, amount: Pixels) -> None:
        """Mixes a colour in; `amount` (0 to 1) must broadcast to (height, width)."""
        self.pixels += amount[..., None] * (np.array(parse(colour), np.float32) - self.pixels)

    def add(self, colour: str, amount: Pixels) -> None:
        """Adds light of a colour by screening, so that it never burns out."""
        light = amount[..., None] * np.array(parse(colour), np.float32)
        self.pixels += light * (1 - self.pixels)

    def _cast(self, drawn: Image.Image, box: Box) -> None:
        """The shadow of what is drawn in a box of pixels."""
        blur, shift = 11 * self.scale, max(round(15 * self.scale), 1)
        reach = shift + math.ceil(4 * blur)
        left, top = max(0, box[0] - reach), max(0, box[1] - reach)
        right, low = min(self.width, box[2] + reach), min(self.height, box[3] + reach)
        mask = Image.new("L", (right - left, low - top))
        mask.paste(drawn, (box[0] - left, box[1] - top))
        # The shadow is soft, so a quarter of the resolution is enough for it.
        small = mask.reduce(4).filter(ImageFilter.GaussianBlur(max(blur / 4, 0.5)))
        soft = small.resize(mask.size, Image.Resampling.BILINEAR)
        shadow = shifted(np.asarray(soft, np.float32), shift, shift // 2, stretch=False)
        bare = 255 - np.asarray(mask, np.float32)
        self.pixels[top:low, left:right] *= (1 - np.float32(0.6 / 255**2) * shadow * bare)[..., None]
