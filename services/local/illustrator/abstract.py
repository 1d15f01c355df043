"""Compositions of form and colour alone, for texts that name no place, and the calm backdrop behind an emblem."""

from __future__ import annotations

import math

import numpy as np

from services.local.illustrator import sky
from services.local.illustrator.colour import luminance, mix, parse
from services.local.illustrator.noise import curve
from services.local.illustrator.pen import smooth_path
from services.local.illustrator.scene import Scene


def _ground_colour(scene: Scene) -> tuple[str, str]:
    pale = scene.palette.pale
    if scene.light.night or scene.light.lamps:
        return mix(scene.palette.dark, "#0d1330", 0.5), mix(scene.palette.dark, scene.palette.accents[2], 0.35)
    return mix(pale, "#ffffff", 0.3), mix(pale, scene.palette.accents[1], 0.22)


def _wash(scene: Scene, first: str, second: str) -> None:
    canvas = scene.canvas
    slope = (canvas.xs() / scene.w * 0.5 + canvas.ys() / scene.h * 0.9) / 1.4
    one, two = np.array(parse(first), np.float32), np.array(parse(second), np.float32)
    canvas.pixels[:] = one + np.clip(slope, 0, 1)[..., None] * (two - one)


def forms(scene: Scene) -> None:
    """Flowing bands, as every imagined landscape has, rising arcs, or a mosaic of circles and quarters."""
    first, second = _ground_colour(scene)
    _wash(scene, first, second)
    family = int(scene.rng.integers(3))
    (_bands, _arcs, _mosaic)[0 if scene.surface == "hills" else family](scene)
    scene.flush()
    sky.glow(
        scene,
        scene.w * float(scene.rng.uniform(0.25, 0.75)),
        scene.h * 0.3,
        max(scene.w, scene.h) * 0.5,
        "#fff3d6",
        0.22,
    )
    scene.ground = (scene.h * 0.84, scene.h * 0.9)
    scene.water = None


def _bands(scene: Scene) -> None:
    rng, colours = scene.rng, sorted(scene.palette.accents[:4], key=luminance, reverse=True)
    x, y, r = scene.w * float(rng.uniform(0.3, 0.7)), scene.h * 0.34, 130 + 60 * float(rng.random())
    pen = scene.pen()
    for grow, alpha in ((1.7, 0.14), (1.35, 0.22), (1.0, 1.0)):
        pen.circle(x, y, r * grow, mix(colours[0], "#fff0cf", 0.25), opacity=alpha)
    for k in range(8):
        pen = scene.pen()
        share = 0.36 + 0.085 * k
        wave = curve(rng, 9, bumps=2.2, octaves=1) * scene.h * 0.09
        line = [(scene.w * (t / 8 * 1.2 - 0.1), scene.h * share + float(wave[t])) for t in range(9)]
        place = k / 7 * (len(colours) - 1)
        tone = mix(colours[int(place)], colours[min(int(place) + 1, len(colours) - 1)], place % 1)
        fill = pen.vertical(
            (0, mix(tone, "#ffffff", 0.16), 1), (0.5, tone, 1), (1, mix(tone, scene.palette.dark, 0.3), 1)
        )
        pen.path(smooth_path(line) + f"L{scene.w * 1.2} {scene.h + 9}L{-scene.w * 0.2} {scene.h + 9}Z", fill)


def _arcs(scene: Scene) -> None:
    rng, colours = scene.rng, scene.palette.accents
    x, y = scene.w * float(rng.choice([0.28, 0.5, 0.72])), scene.h * 1.02
    reach = math.hypot(max(x, scene.w - x), scene.h) * 0.94
    for k in range(9):
        pen = scene.pen()
        r = reach * (1 - k / 9.5)
        colour = mix(colours[k % 4], scene.palette.pale, 0.5 - 0.05 * k)
        pen.circle(
            x,
            y,
            r,
            pen.vertical(
                (0, mix(colour, "#ffffff", 0.18), 1), (0.5, colour, 1), (1, mix(colour, scene.palette.dark, 0.25), 1)
            ),
        )
    pen = scene.pen()
    for k in range(5):
        angle = math.radians(200 + k * 35 + float(rng.uniform(-8, 8)))
        px, py = x + reach * 0.62 * math.cos(angle), y + reach * 0.62 * math.sin(angle)
        pen.circle(px, py, 16 + 10 * float(rng.random()), colours[(k + 1) % 4])


def _mosaic(scene: Scene) -> None:
    rng, colours = scene.rng, scene.palette.accents
    rows = 4 if scene.h < scene.w * 1.4 else round(scene.h / 250)
    side = scene.h / rows
    columns = math.ceil(scene.w / side)
    left = (scene.w - columns * side) / 2
    pen = scene.pen()
    for row in range(rows):
        for column in range(columns):
            x, y = left + column * side, row * side
            back, front = (colours[int(i)] for i in rng.choice(5, 2, replace=False))
            pen.rect(x, y, side + 1, side + 1, mix(back, scene.palette.pale, 0.25))
            kind = int(rng.integers(6))
            s = side
            shapes = (
                f"M{x} {y}h{s}a{s} {s} 0 0 1 {-s} {s}z",
                f"M{x + s} {y + s}h{-s}a{s} {s} 0 0 1 {s} {-s}z",
                f"M{x} {y + s / 2}a{s / 2} {s / 2} 0 0 1 {s} 0z",
                f"M{x + s / 2} {y}a{s / 2} {s / 2} 0 0 1 0 {s}z",
                f"M{x} {y}l{s} {s}h{-s}z",
                (
                    f"M{x + s * 0.2} {y + s / 2}a{s * 0.3} {s * 0.3} 0 1 1 {s * 0.6} 0a{s * 0.3} {s * 0.3} 0 "
                    f"1 1 {-s * 0.6} 0z"
                ),
            )
            pen.path(shapes[kind], front)


def backdrop(scene: Scene) -> None:
    """A quiet studio: a wash of colour, one great disc, a floor line, drifting dots."""
    rng = scene.rng
    tone = scene.palette.named[0] if scene.palette.named else scene.palette.accents[2]
    if luminance(tone) > 0.72:
        # Pale things would vanish before a pale disc.
        tone = mix(tone, scene.palette.dark if luminance(scene.palette.dark) < 0.5 else "#3d5a73", 0.34)
    first, second = _ground_colour(scene)
    _wash(scene, mix(first, tone, 0.12), mix(second, tone, 0.3))
    pen = scene.pen()
    x, y, r = scene.w * 0.5, scene.h * 0.45, min(scene.w, scene.h) * 0.41
    pen.circle(x, y, r * 1.14, mix(tone, scene.palette.pale, 0.55), opacity=0.35)
    pen.circle(
        x, y, r, pen.vertical((0, mix(tone, scene.palette.pale, 0.6), 1), (1, mix(tone, scene.palette.pale, 0.25), 1))
    )
    floor = scene.h * 0.8
    hill = [(-10, floor + 20), (scene.w * 0.25, floor - 6), (scene.w * 0.6, floor + 8), (scene.w + 10, floor - 14)]
    low = mix(scene.palette.dark, tone, 0.4)
    pen.path(
        smooth_path(hill) + f"L{scene.w + 10} {scene.h + 5}L-10 {scene.h + 5}Z",
        pen.vertical((0, mix(low, scene.palette.pale, 0.28), 1), (1, low, 1)),
    )
    for k in range(9):
        angle = 2 * math.pi * k / 9 + float(rng.uniform(-0.2, 0.2))
        d = r * float(rng.uniform(1.2, 1.55))
        px, py = x + d * math.cos(angle) * max(scene.w / scene.h, 1) ** 0.5, y + d * math.sin(angle) * 0.8
        pen.circle(px, min(py, floor - 30), float(rng.uniform(5, 15)), scene.palette.accents[k % 4], opacity=0.8)
    scene.ground = (floor + (scene.h - floor) * 0.22, scene.h - (scene.h - floor) * 0.45)
    scene.water = None
    scene.air = (0.3, 0.6)
