"""Looks: how the finished scene is printed - paper, line, wash, poster inks, blueprint - and the last touches."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from services.local.illustrator.canvas import Canvas
from services.local.illustrator.colour import luminance, mix, parse
from services.local.illustrator.noise import cloud
from services.local.illustrator.palette import Palette

Pixels = NDArray[np.float32]


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
        pixels = _poster(pixels, canvas, palette)
    elif look == "blueprint":
        pixels = _blueprint(pixels, canvas)
    if look in ("", "flat", "papercut"):
        pixels = pixels * _vignette(canvas)[..., None]
    grain = rng.normal(0, 0.011 if look != "papercut" else 0.02, pixels.shape[:2]).astype(np.float32)
    pixels = pixels + grain[..., None]
    return np.asarray(np.clip(pixels * 255 + 0.5, 0, 255), np.uint8)


def _vignette(canvas: Canvas) -> Pixels:
    dx, dy = canvas.xs() / canvas.w * 2 - 1, canvas.ys() / canvas.h * 2 - 1
    return np.asarray(1 - 0.08 * np.clip(dx * dx + dy * dy - 0.7, 0, 2), np.float32)


def _luma(pixels: Pixels) -> Pixels:
    return np.asarray(pixels @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)


def _harmonise(pixels: Pixels, palette: Palette) -> Pixels:
    """Draws the picture's colours towards a ramp of the named ones, by brightness."""
    named = sorted(palette.named, key=luminance)
    ramp = [mix(named[0], "#0a0d1c", 0.55), *named, mix(named[-1], "#fffaf0", 0.75)]
    light = _luma(pixels)
    at = np.linspace(0, 1, len(ramp))
    table = np.array([parse(colour) for colour in ramp], np.float32)
    toned = np.stack([np.interp(light, at, table[:, part]) for part in range(3)], axis=-1).astype(np.float32)
    return np.asarray(pixels + np.float32(0.34) * (toned - pixels), np.float32)


def _edges(pixels: Pixels, width: int) -> Pixels:
    """Strength of the edges, 0 to 1, about `width` pixels wide."""
    total = np.zeros(pixels.shape[:2], np.float32)
    for part in range(3):
        plane = pixels[..., part]
        down = np.abs(plane - np.roll(plane, width, 0))
        across = np.abs(plane - np.roll(plane, width, 1))
        down[:width], across[:, :width] = 0, 0
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
    rows, columns = np.mgrid[0:height, 0:width]
    dy = (cloud(rng, width, height, cells=26, octaves=2) - 0.5) * reach * canvas.scale
    dx = (cloud(rng, width, height, cells=26, octaves=2) - 0.5) * reach * canvas.scale
    moved = pixels[
        np.clip(rows + dy, 0, height - 1).astype(np.intp), np.clip(columns + dx, 0, width - 1).astype(np.intp)
    ]
    return np.asarray(moved, np.float32)


def _blur(pixels: Pixels, radius: float) -> Pixels:
    image = Image.fromarray((np.clip(pixels, 0, 1) * 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(max(radius, 0.5))
    )
    return np.asarray(image, np.float32) / np.float32(255)


def _watercolour(pixels: Pixels, canvas: Canvas, rng: np.random.Generator) -> Pixels:
    height, width = pixels.shape[:2]
    wet = _displace(_blur(pixels, 1.6 * canvas.scale), canvas, rng, 13)
    pooled = np.clip(_blur(wet, 9 * canvas.scale) - wet, -0.2, 0.2)
    edge = _edges(wet, max(round(2 * canvas.scale), 1))
    wash = cloud(rng, width, height, cells=4, octaves=4)[..., None]
    paper = cloud(rng, width, height, cells=180, octaves=2)[..., None]
    pale = 1 - (1 - wet) * (0.62 + 0.5 * wash) - pooled * 0.35
    pale -= edge[..., None] * 0.1
    pale += (paper - 0.5) * 0.07
    x, y = canvas.xs(), canvas.ys()
    ragged = (cloud(rng, width, height, cells=14, octaves=4) - 0.5) * 70
    inset = np.minimum(np.minimum(x, canvas.w - x), np.minimum(y, canvas.h - y)) + ragged - 26
    mask = np.clip(inset / 10, 0, 1)[..., None]
    sheet = np.array(parse("#fbf8f0"), np.float32) + (paper - 0.5) * 0.05
    return np.asarray(sheet + mask * (np.clip(pale, 0, 1) * sheet - sheet), np.float32)


def _poster(pixels: Pixels, canvas: Canvas, palette: Palette) -> Pixels:
    """A few inks and their overprints, halftone dots between them."""
    pure = [mix(palette.dark, "#161a2e", 0.3), *palette.accents[:4], mix(palette.pale, "#fff6e2", 0.6)]
    pure += [palette.leaf, "#f2c9a0", "#9fc4d8"]
    pure = sorted(dict.fromkeys(pure), key=luminance)
    inks = [*pure, *(mix(one, two, 0.5) for one, two in itertools.pairwise(pure))]
    table = np.array([parse(ink) for ink in inks], np.float32)
    dot = 10.0
    x, y = canvas.xs(), canvas.ys()
    screen = (np.sin((x + y) * np.pi / dot) * np.sin((x - y) * np.pi / dot)).astype(np.float32)
    clear = np.clip((pixels - pixels.mean()) * np.float32(1.18) + pixels.mean() + np.float32(0.04), 0, 1)
    rough = np.clip(clear + 0.025 * screen[..., None], 0, 1)
    weights = np.array([0.9, 1.25, 0.8], np.float32)
    printed, total = np.zeros_like(pixels), np.full(pixels.shape[:2], 1e-9, np.float32)
    distances = [(((rough - ink) * weights) ** 2).sum(axis=-1) for ink in table]
    nearest = np.minimum.reduce(distances)
    for ink, distance in zip(table, distances, strict=True):
        # A steep weight instead of the nearest ink alone keeps edges smooth.
        share = np.exp((nearest - distance) * 260).astype(np.float32)
        printed += share[..., None] * ink
        total += share
    return np.asarray(printed / total[..., None], np.float32)


def _blueprint(pixels: Pixels, canvas: Canvas) -> Pixels:
    line = _edges(pixels, max(round(1.5 * canvas.scale), 1))[..., None]
    base = np.array(parse("#16407c"), np.float32) * (0.86 + 0.22 * _luma(pixels)[..., None])
    x, y = canvas.xs() + 0 * canvas.ys(), canvas.ys() + 0 * canvas.xs()
    fine = ((x % 25 < 1.2) | (y % 25 < 1.2)).astype(np.float32) * 0.07
    broad = ((x % 125 < 1.8) | (y % 125 < 1.8)).astype(np.float32) * 0.12
    base = base + (fine + broad)[..., None]
    white = np.array(parse("#eaf3ff"), np.float32)
    return np.asarray(base + line * 0.92 * (white - base), np.float32)
