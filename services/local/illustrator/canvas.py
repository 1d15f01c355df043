"""The canvas: a picture in floating point onto which vector layers and light are laid."""

from __future__ import annotations

import io

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from services.local.illustrator.colour import parse
from services.local.illustrator.pen import Pen

Pixels = NDArray[np.float32]


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
        return np.asarray(self._image(pen), np.float32) / np.float32(255)

    def _image(self, pen: Pen) -> Image.Image:
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.w:.3f} {self.h:.3f}" preserveAspectRatio="none">{pen.body}</svg>'
        )
        png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
        with Image.open(io.BytesIO(png)) as image:
            return image.convert("RGBA")

    def lay(self, pen: Pen, *, opacity: float = 1.0) -> None:
        """Draws a vector layer over the picture; works on the part that the layer covers."""
        image = None if pen.empty else self._image(pen)
        box = image.getchannel("A").getbbox() if image is not None else None
        if image is None or box is None:
            return
        if self.lift:
            self._cast(image.getchannel("A"))
        left, top, right, low = box
        layer = np.asarray(image.crop(box), np.float32) / np.float32(255)
        layer[..., 3] *= np.float32(opacity)
        self._over(layer, self.pixels[top:low, left:right])

    def over(self, layer: Pixels) -> None:
        """Lays RGBA pixels over the picture."""
        if self.lift:
            self._cast(Image.fromarray((layer[..., 3] * 255).astype(np.uint8)))
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

    def _cast(self, mask: Image.Image) -> None:
        # The shadow is soft, so a quarter of the resolution is enough for it.
        small = mask.reduce(4).filter(ImageFilter.GaussianBlur(max(11 * self.scale / 4, 0.5)))
        soft = small.resize(mask.size, Image.Resampling.BILINEAR)
        shift = max(round(15 * self.scale), 1)
        shadow = shifted(np.asarray(soft, np.float32), shift, shift // 2, stretch=False)
        bare = 255 - np.asarray(mask, np.float32)
        self.pixels *= (1 - np.float32(0.6 / 255**2) * shadow * bare)[..., None]
