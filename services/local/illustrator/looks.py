"""Looks: how the finished scene is printed - paper, line, wash, poster inks, blueprint - and the last touches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from services.local.illustrator.canvas import Canvas, shifted
from services.local.illustrator.colour import luminance, mix, parse
from services.local.illustrator.noise import cloud
from services.local.illustrator.palette import Palette

Pixels = NDArray[np.float32]
# Rows worked on at once where a look needs many planes: whole ones of a large picture would not fit the memory meant.
_BAND = 128


def finish(canvas: Canvas, look: str, palette: Palette, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The picture in its look, with colour harmony, vignette and grain, as 8-bit RGB."""
    pixels = np.clip(canvas.pixels, 0, 1)
    if palette.named:
        pixels = _harmonise(pixels, palette)
    if look == "line":
        pixels = _line(pixels, canvas, rng)
    elif look == "watercolour":
        pixels = _watercolour(pixels, canvas, rng)
    elif look == "poster":
        pixels = _poster(pixels, canvas)
    elif look == "blueprint":
        pixels = _blueprint(pixels, canvas)
    elif look == "flat":
        return _eight_bits(_flat(pixels, canvas))
    elif look == "papercut":
        pixels = _papercut(pixels, canvas, rng)
    if not look:
        pixels = pixels * _vignette(canvas)[..., None]
    return _eight_bits(pixels + _grain(rng, pixels.shape[0], pixels.shape[1])[..., None])


def _bands(height: int) -> Iterator[slice]:
    return (slice(top, min(top + _BAND, height)) for top in range(0, height, _BAND))


def _eight_bits(pixels: Pixels) -> NDArray[np.uint8]:
    return np.asarray(np.clip(pixels * 255 + 0.5, 0, 255), np.uint8)


def _grain(rng: np.random.Generator, height: int, width: int) -> Pixels:
    return rng.standard_normal((height, width), np.float32) * np.float32(0.011)


def _vignette(canvas: Canvas) -> Pixels:
    dx, dy = canvas.xs() / canvas.w * 2 - 1, canvas.ys() / canvas.h * 2 - 1
    return np.asarray(1 - 0.08 * np.clip(dx * dx + dy * dy - 0.7, 0, 2), np.float32)


def _luma(pixels: Pixels) -> Pixels:
    return np.asarray(pixels @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)


def _harmonise(pixels: Pixels, palette: Palette) -> Pixels:
    """Draws the picture's colours, in place, towards a ramp of the named ones, by brightness."""
    named = sorted(palette.named, key=luminance)
    ramp = [mix(named[0], "#0a0d1c", 0.55), *named, mix(named[-1], "#fffaf0", 0.75)]
    at = np.linspace(0, 1, len(ramp))
    table = np.array([parse(colour) for colour in ramp], np.float32)
    for rows in _bands(pixels.shape[0]):
        band = pixels[rows]
        light = _luma(band)
        toned = np.stack([np.interp(light, at, table[:, part]) for part in range(3)], axis=-1).astype(np.float32)
        band += np.float32(0.34) * (toned - band)
    return pixels


def _edges(pixels: Pixels, width: int) -> Pixels:
    """Strength of the edges, 0 to 1, about `width` pixels wide."""
    total = np.zeros(pixels.shape[:2], np.float32)
    for part in range(3):
        plane = pixels[..., part]
        down, across = np.abs(plane - shifted(plane, width, 0)), np.abs(plane - shifted(plane, 0, width))
        total = np.maximum(total, np.maximum(down, across))
    return np.asarray(np.clip((total - 0.035) * 7, 0, 1), np.float32)


def _line(pixels: Pixels, canvas: Canvas, rng: np.random.Generator) -> Pixels:
    width = max(round(1.6 * canvas.scale), 1)
    line = _edges(pixels, width)[..., None]
    light = _luma(pixels)[..., None]
    paper = np.array(parse("#faf5ea"), np.float32)
    pale = paper * (0.9 + 0.1 * light) * 0.72 + 0.28 * (0.45 + 0.55 * pixels)
    hatch_lines = (((canvas.xs() + canvas.ys()) % 11) < 2.2).astype(np.float32)[..., None]
    hatch = np.clip((0.42 - light) * 2.6, 0, 0.55) * hatch_lines
    ink = np.array(parse("#23283a"), np.float32)
    amount = np.clip(line + hatch, 0, 1)
    return np.asarray(pale + amount * (ink - pale), np.float32)


def _displace(pixels: Pixels, canvas: Canvas, rng: np.random.Generator, reach: float) -> Pixels:
    height, width = pixels.shape[:2]
    columns = np.arange(width)
    dy = (cloud(rng, width, height, cells=26, octaves=2) - 0.5) * reach * canvas.scale
    dx = (cloud(rng, width, height, cells=26, octaves=2) - 0.5) * reach * canvas.scale
    moved = np.empty_like(pixels)
    for rows in _bands(height):
        y = np.clip(np.arange(rows.start, rows.stop)[:, None] + dy[rows], 0, height - 1).astype(np.intp)
        x = np.clip(columns + dx[rows], 0, width - 1).astype(np.intp)
        moved[rows] = pixels[y, x]
    return moved


def _blur(pixels: Pixels, radius: float) -> Pixels:
    image = Image.fromarray(_eight_bits(pixels)).filter(ImageFilter.GaussianBlur(max(radius, 0.5)))
    return np.asarray(image, np.float32) / np.float32(255)


def _averaged(plane: Pixels, reach: int) -> Pixels:
    """A plane of values, each the mean of the square that reaches as many pixels around it."""
    for axis in (0, 1):
        size = plane.shape[axis]
        before = [(reach + 1, reach) if axis == k else (0, 0) for k in (0, 1)]
        sums = np.cumsum(np.pad(plane, before, mode="edge"), axis=axis, dtype=np.float64)
        far, near = (np.take(sums, np.arange(size) + step, axis=axis) for step in (2 * reach + 1, 0))
        plane = np.asarray((far - near) / (2 * reach + 1), np.float32)
    return plane


def _watercolour(pixels: Pixels, canvas: Canvas, rng: np.random.Generator) -> Pixels:
    height, width = pixels.shape[:2]
    wet = _displace(_blur(pixels, 1.6 * canvas.scale), canvas, rng, 13)
    blurred = _blur(wet, 9 * canvas.scale)
    edge = _edges(wet, max(round(2 * canvas.scale), 1))
    wash = cloud(rng, width, height, cells=4, octaves=4)
    paper = cloud(rng, width, height, cells=180, octaves=2)
    ragged = cloud(rng, width, height, cells=14, octaves=4)
    white, x = np.array(parse("#fbf8f0"), np.float32), canvas.xs()
    for rows in _bands(height):
        band, grain = wet[rows], paper[rows, :, None] - 0.5
        pooled = np.clip(blurred[rows] - band, -0.2, 0.2)
        pale = 1 - (1 - band) * (0.62 + 0.5 * wash[rows, :, None]) - pooled * 0.35
        pale += grain * 0.07 - edge[rows, :, None] * 0.1
        y = canvas.ys()[rows]
        near = np.minimum(np.minimum(x, canvas.w - x), np.minimum(y, canvas.h - y))
        mask = np.clip((near + (ragged[rows] - 0.5) * 70 - 26) / 10, 0, 1)[..., None]
        sheet = white + grain * 0.05
        wet[rows] = sheet + mask * (np.clip(pale, 0, 1) * sheet - sheet)
    return wet


def _own_colours(pixels: Pixels) -> Pixels:
    """Colours that the picture is mostly made of and some that stand out in it, darkest first, shape (up to 12, 3)."""
    small = Image.fromarray(_eight_bits(pixels)).resize((160, 160), Image.Resampling.BOX)
    found: list[tuple[int, ...]] = []
    for count, method in ((6, Image.Quantize.MEDIANCUT), (8, Image.Quantize.MAXCOVERAGE)):
        listed = small.quantize(count, method, dither=Image.Dither.NONE).getpalette() or []
        for colour in zip(*(iter(listed[: count * 3]),) * 3, strict=False):
            if all(sum(abs(a - b) for a, b in zip(colour, other, strict=True)) > 40 for other in found):
                found.append(colour)
    colours = np.array(found, np.float32) / np.float32(255)
    return np.asarray(colours[np.argsort(_luma(colours), kind="stable")], np.float32)


def _vivid(colours: Pixels, saturation: float, contrast: float) -> Pixels:
    light = _luma(colours)[..., None]
    vivid = light + (colours - light) * np.float32(saturation)
    return np.asarray(np.clip((vivid - 0.5) * np.float32(contrast) + 0.52, 0, 1), np.float32)


def _flat(pixels: Pixels, canvas: Canvas) -> Pixels:
    """Clear, even colours: every gradient falls into a few steps."""
    clear = _vivid(pixels, 1.22, 1.06)
    light = _luma(clear)
    # Smoothed where nothing but a gradient is, so that the steps run in calm curves.
    calm = _averaged(light, max(round(10 * canvas.scale), 1))
    even = np.where(np.abs(light - calm) < np.float32(0.012), calm, light)
    scaled = even * np.float32(9)
    # A narrow ramp between the steps keeps the edges smooth.
    whole = np.floor(scaled)
    level = (whole + np.clip((scaled - whole - 0.5) * 14 + 0.5, 0, 1)) / np.float32(9)
    return np.asarray(np.clip(clear + (level - light)[..., None], 0, 1), np.float32)


def _papercut(pixels: Pixels, canvas: Canvas, rng: np.random.Generator) -> Pixels:
    """Sheets of dyed paper: gradients become sheets with lit edges, and fibres show."""
    height, width = pixels.shape[:2]
    sheets = _flat(pixels, canvas)
    depth = max(round(3 * canvas.scale), 1)
    light = _luma(sheets)
    relief = np.clip(light - shifted(light, depth, depth), -0.16, 0.16)
    fibres = cloud(rng, width, height, cells=330, octaves=1) - 0.5
    paper = sheets + (relief * 0.5 + fibres * 0.05)[..., None]
    return np.asarray(paper * _vignette(canvas)[..., None], np.float32)


def _poster(pixels: Pixels, canvas: Canvas) -> Pixels:
    """A dozen inks taken from the picture itself, halftone dots between them, on cream paper."""
    table = _vivid(_own_colours(pixels), 1.45, 1.2)
    table[0] += (np.array(parse("#15192c"), np.float32) - table[0]) * np.float32(0.55)
    table[-1] += (np.array(parse("#fff3dc"), np.float32) - table[-1]) * np.float32(0.6)
    dot = 9.0
    x, y = canvas.xs(), canvas.ys()
    screen = (np.sin((x + y) * np.pi / dot) * np.sin((x - y) * np.pi / dot)).astype(np.float32)
    rough = np.clip(_vivid(pixels, 1.45, 1.2) + 0.035 * screen[..., None], 0, 1)
    red, green, blue = (rough * np.float32(63) + np.float32(0.5)).astype(np.intp).transpose(2, 0, 1)
    return np.asarray(_printed(table)[red, green, blue], np.float32)


def _printed(inks: Pixels) -> Pixels:
    """How every colour, in 64 steps a channel, is printed with the inks; shape (64, 64, 64, 3)."""
    steps = np.linspace(0, 1, 64, dtype=np.float32)
    colours = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
    weights = np.array([0.9, 1.25, 0.8], np.float32)
    distances = (((colours[..., None, :] - inks) * weights) ** 2).sum(axis=-1)
    # A steep weight instead of the nearest ink alone keeps edges smooth.
    shares = np.exp((distances.min(axis=-1, keepdims=True) - distances) * np.float32(260))
    return np.asarray(shares @ inks / shares.sum(axis=-1, keepdims=True), np.float32)


def _blueprint(pixels: Pixels, canvas: Canvas) -> Pixels:
    line = _edges(pixels, max(round(1.5 * canvas.scale), 1))[..., None]
    base = np.array(parse("#16407c"), np.float32) * (0.86 + 0.22 * _luma(pixels)[..., None])
    x, y = canvas.xs() + 0 * canvas.ys(), canvas.ys() + 0 * canvas.xs()
    fine = ((x % 25 < 1.2) | (y % 25 < 1.2)).astype(np.float32) * 0.07
    broad = ((x % 125 < 1.8) | (y % 125 < 1.8)).astype(np.float32) * 0.12
    base = base + (fine + broad)[..., None]
    white = np.array(parse("#eaf3ff"), np.float32)
    return np.asarray(base + line * 0.92 * (white - base), np.float32)
