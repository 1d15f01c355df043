"""Water: seas, lakes and rivers, what they mirror, their waves and the glitter of the sun."""

from __future__ import annotations

import numpy as np

from services.local.illustrator.colour import mix, multiply, parse
from services.local.illustrator.noise import curve
from services.local.illustrator.pen import Pen, smooth_path
from services.local.illustrator.scene import Scene


def paint_water(scene: Scene, top: float, bottom: float, *, calm: float = 0.5) -> None:
    """Water between two heights across the whole width: mirror, colour, wavelets and glitter.

    `calm` is 1 for a mirror and 0 for an open sea.
    """
    scene.flush()
    canvas = scene.canvas
    first, last = max(int(top * canvas.scale), 1), min(int(np.ceil(bottom * canvas.scale)) + 1, canvas.height)
    if last <= first:
        return
    _mirror(scene, first, last, calm)
    if scene.light.disc or scene.light.lamps:
        _glitter(scene, top, bottom)
    _wavelets(scene, top, bottom, calm)


def water_colours(scene: Scene) -> tuple[str, str]:
    """The water's colour far away and close by."""
    light = scene.light
    far = mix(multiply(scene.palette.water, light.ambient), light.low, 0.45)
    near = mix(multiply(scene.palette.water_deep, light.ambient), light.top, 0.25)
    return far, near


def _mirror(scene: Scene, first: int, last: int, calm: float) -> None:
    canvas = scene.canvas
    rows = np.arange(last - first)
    depth = rows / max(len(rows) - 1, 1)
    source = np.clip(first - 1 - (rows * 0.9).astype(int), 0, first - 1)
    wobble = (curve(scene.rng, len(rows), bumps=len(rows) / 14, octaves=2) * (2 + 16 * depth) * canvas.scale).astype(
        int
    )
    columns = np.clip(np.arange(canvas.width)[None, :] + wobble[:, None], 0, canvas.width - 1)
    mirrored = canvas.pixels[source[:, None], columns]
    far, near = water_colours(scene)
    one, two = np.array(parse(far), np.float32), np.array(parse(near), np.float32)
    own = one + (depth**0.7)[:, None].astype(np.float32) * (two - one)
    share = np.float32(0.28 + 0.4 * calm) * (1 - 0.55 * depth.astype(np.float32))[:, None, None]
    canvas.pixels[first:last] = own[:, None, :] * (1 - share) + mirrored * share


def _glitter(scene: Scene, top: float, bottom: float) -> None:
    pen, rng, light = Pen(), scene.rng, scene.light
    span = bottom - top
    count = int(150 * min(span / 400, 1.6))
    for t in rng.uniform(0, 1, count) ** 1.3:
        y = top + span * float(t)
        spread = 26 + 130 * float(t)
        x = scene.sun_x + float(rng.normal(0, 1)) * spread * 0.55
        length = (8 + 52 * float(t)) * float(rng.uniform(0.4, 1))
        pen.ellipse(x, y, length, 1.1 + 3.2 * float(t), light.sun, opacity=0.6 * (1 - 0.6 * float(t)))
    lifted, scene.canvas.lift = scene.canvas.lift, False
    scene.canvas.lay(pen, opacity=0.8 if light.disc else 0.35)
    scene.canvas.lift = lifted


def _wavelets(scene: Scene, top: float, bottom: float, calm: float) -> None:
    pen, rng = scene.pen(), scene.rng
    near = water_colours(scene)[1]
    span = bottom - top
    count = int((26 + 60 * (1 - calm)) * max(scene.w / 1200, 0.7))
    for t in np.sort(rng.uniform(0.02, 1, count)):
        y, x = top + span * float(t), float(rng.uniform(-0.1, 1.0)) * scene.w
        length = (40 + 240 * float(t)) * float(rng.uniform(0.5, 1.2))
        thick = 1.2 + 6.5 * float(t) * (1.2 - calm)
        light = rng.random() < 0.6
        colour = mix(near, scene.light.low if light else scene.light.shadow, 0.45)
        d = (
            f"M{x:.0f} {y:.0f}q{length * 0.25:.0f} {-thick * 1.6:.1f} {length * 0.5:.0f} 0"
            f"t{length * 0.5:.0f} 0q{-length * 0.25:.0f} {thick * 1.9:.1f} {-length * 0.5:.0f} "
            f"{thick:.1f}t{-length * 0.5:.0f} {-thick:.1f}Z"
        )
        pen.path(d, colour, opacity=0.25 + 0.25 * float(rng.random()))


def breakers(scene: Scene, shore: float) -> None:
    """White lines of surf along a beach whose wet edge lies at `shore`."""
    rng = scene.rng
    for k, (offset, alpha) in enumerate(((-74, 0.45), (-38, 0.65), (-6, 0.9))):
        pen, ink = scene.pen(), scene.at(0.1)
        wave = curve(rng, 14, bumps=4, octaves=1) * (10 + 5 * k)
        line = [(scene.w * (t / 13 * 1.1 - 0.05), shore + offset + float(wave[t])) for t in range(14)]
        under = [(x, y + (7 + 7 * k) * (0.5 + 0.5 * abs(float(wave[i])) / 12)) for i, (x, y) in enumerate(line)]
        pen.path(smooth_path(line) + smooth_path(under[::-1]).replace("M", "L", 1) + "Z", ink("#fbfdfd"), opacity=alpha)


def wave_crests(scene: Scene, top: float, bottom: float) -> None:
    """Rolling swells of an open sea, nearer ones taller, each with a pale rim."""
    rng = scene.rng
    far, near = water_colours(scene)
    for share in (0.12, 0.3, 0.52, 0.8):
        pen = scene.pen()
        y = top + (bottom - top) * share
        size = 8 + 30 * share
        wave = curve(rng, 18, bumps=6.5, octaves=1) * size
        line = [(scene.w * (t / 17 * 1.16 - 0.08), y - float(wave[t])) for t in range(18)]
        colour = mix(far, near, 0.25 + 0.75 * share)
        fill = pen.vertical((0, mix(colour, scene.light.low, 0.25), 0.95), (0.4, colour, 0.8), (1, colour, 0))
        low = min(y + (bottom - top) * 0.3, scene.h + 10)
        pen.path(smooth_path(line) + f"L{scene.w * 1.1} {low:.0f}L{-scene.w * 0.1} {low:.0f}Z", fill)
        pen.stroke(smooth_path(line), mix(colour, "#ffffff", 0.55), 1.2 + 2.6 * share, opacity=0.6)
