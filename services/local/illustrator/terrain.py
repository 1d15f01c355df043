"""Land: ridges, peaks, dunes, fields, tree lines and what grows close by."""

from __future__ import annotations

import numpy as np

from services.local.illustrator.colour import Ink, mix
from services.local.illustrator.noise import curve
from services.local.illustrator.pen import Pen, Point, smooth_path
from services.local.illustrator.scene import Scene


def ridge(
    scene: Scene, base: float, rise: float, colour: str, distance: float, *, bumps: float = 3, octaves: int = 4
) -> list[Point]:
    """A hill line from edge to edge whose crest moves `rise` units about `base`; gives back the crest."""
    pen, ink = scene.pen(), scene.at(distance)
    count = max(int(scene.w / 12), 40)
    heights = curve(scene.rng, count, bumps=bumps * max(scene.w / 1400, 0.7), octaves=octaves)
    crest = [
        (float(x), base - rise * float(height))
        for x, height in zip(np.linspace(-5, scene.w + 5, count), heights, strict=True)
    ]
    fill = pen.vertical((0, ink.lit(colour, 0.18), 1), (0.35, ink(colour), 1), (1, ink.shade(colour, 0.12), 1))
    low = min(base + max(rise, 60) * 3.2, scene.h + 5)
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in crest)
    pen.path(f"{d}L{scene.w + 5} {low:.1f}L-5 {low:.1f}Z", fill)
    if low < scene.h:
        pen.rect(-5, low - 1, scene.w + 10, scene.h - low + 6, ink.shade(colour, 0.12))
    return crest


def peaks(scene: Scene, base: float, rise: float, distance: float, *, count: int, snowy: bool = True) -> None:
    """A range of mountains with a lit and a shaded side, snow on their heads."""
    pen, ink, rng = scene.pen(), scene.at(distance), scene.rng
    rock = mix(scene.palette.rock, scene.palette.rock_far, distance)
    count = max(round(count * scene.w / 1400), 2)
    order = sorted(range(count), key=lambda _: float(rng.random()))
    for i in order:
        x = (i + 0.5 + float(rng.uniform(-0.3, 0.3))) / count * scene.w * 1.1 - scene.w * 0.05
        height = rise * float(rng.uniform(0.55, 1.0))
        spread = height * float(rng.uniform(0.85, 1.25))
        _peak(pen, ink, rng, (x, base - height), base, spread, rock, sun_left=scene.sun_x < x, snowy=snowy)


def _jag(rng: np.random.Generator, start: Point, end: Point, steps: int, size: float) -> list[Point]:
    points = []
    for t in np.linspace(0, 1, steps + 1):
        bend = size * float(rng.uniform(-1, 1)) * float(np.sin(np.pi * t))
        points.append(
            (start[0] + (end[0] - start[0]) * float(t) + bend, start[1] + (end[1] - start[1]) * float(t) + bend * 0.3)
        )
    return points


def _peak(
    pen: Pen,
    ink: Ink,
    rng: np.random.Generator,
    top: Point,
    base: float,
    spread: float,
    rock: str,
    *,
    sun_left: bool,
    snowy: bool,
) -> None:
    height = base - top[1]
    left = _jag(rng, (top[0] - spread, base), top, 9, height * 0.05)
    right = _jag(rng, top, (top[0] + spread, base), 9, height * 0.05)
    lit = pen.vertical((0, ink.lit(rock, 0.4), 1), (1, ink(mix(rock, ink.haze, 0.25)), 1))
    dark = pen.vertical((0, ink.shade(rock, 0.42), 1), (1, ink.shade(mix(rock, ink.haze, 0.25), 0.15), 1))
    pen.poly([*left, *right, (top[0] + spread, base + 4), (top[0] - spread, base + 4)], lit)
    fold = _jag(rng, top, (top[0] + spread * float(rng.uniform(-0.15, 0.15)), base + 4), 7, height * 0.11)
    far_side = right if sun_left else left[::-1]
    pen.poly([*fold, *far_side[::-1]], dark)
    if not snowy:
        return
    line = top[1] + height * float(rng.uniform(0.3, 0.44))
    cap = [p for p in left if p[1] < line] + [p for p in right if p[1] < line]
    if len(cap) < 3:
        return
    teeth = 7
    hem = [
        (
            cap[-1][0] + (cap[0][0] - cap[-1][0]) * i / teeth,
            line + (height * 0.1 if i % 2 else -height * 0.06) * float(rng.uniform(0.4, 1)),
        )
        for i in range(1, teeth)
    ]
    snow = "#f7fafc"
    outline = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*cap, *hem]) + "Z"
    pen.path(outline, ink.lit(snow, 0.3))
    with pen.clip(outline):
        pen.poly([*fold, *far_side[::-1]], ink.shade(mix(snow, "#9db4d6", 0.5), 0.12))


def ground(scene: Scene, top: float, colour: str, *, far: float = 0.55, near: str = "") -> None:
    """Flat land from `top` to the foot of the picture, hazy at the far end."""
    pen = scene.pen()
    close = near or colour
    fill = pen.vertical(
        (0, scene.at(far)(colour), 1), (0.35, scene.at(far * 0.3)(colour), 1), (1, scene.ink.shade(close, 0.24), 1)
    )
    pen.rect(-5, top, scene.w + 10, scene.h - top + 5, fill)


def furrows(scene: Scene, top: float, colours: tuple[str, ...], *, rows: int = 15) -> None:
    """Rows of a field running to a vanishing point on the horizon."""
    pen, ink = scene.pen(), scene.at(0.12)
    vanish = scene.w * float(scene.rng.uniform(0.35, 0.65))
    reach = scene.w * 1.5 + (scene.h - top)
    edges = np.linspace(vanish - reach, vanish + reach, rows * 2 + 1)
    for i in range(rows * 2):
        colour = colours[i % len(colours)]
        fill = pen.vertical((0, scene.at(0.6)(colour), 1), (0.4, ink(colour), 1), (1, scene.ink.shade(colour, 0.22), 1))
        at_top = [vanish + (e - vanish) * 0.05 for e in edges[i : i + 2]]
        pen.poly([(at_top[0], top), (at_top[1], top), (edges[i + 1], scene.h + 5), (edges[i], scene.h + 5)], fill)


def dunes(scene: Scene, top: float, colour: str) -> None:
    """Ranks of sand dunes, each with a sharp crest between its sunny and its shaded flank."""
    rng = scene.rng
    span = scene.h - top
    for i, share in enumerate((0.0, 0.14, 0.34, 0.62)):
        pen, ink = scene.pen(), scene.at(0.6 * (1 - share * 1.5) if share < 0.6 else 0.0)
        y, rise = top + span * share, span * (0.16 + 0.16 * share)
        wave = curve(rng, 9, bumps=2.2, octaves=1)
        crest = [(scene.w * (t / 8 * 1.2 - 0.1), y - rise * float(wave[t])) for t in range(9)]
        lit = pen.vertical((0, ink.lit(colour, 0.4), 1), (1, ink(mix(colour, "#c98a52", 0.18)), 1))
        pen.path(smooth_path([*crest]) + f"L{scene.w * 1.2} {scene.h + 9}L{-scene.w * 0.2} {scene.h + 9}Z", lit)
        dark = pen.vertical((0, ink.shade(mix(colour, "#b06a3c", 0.35), 0.3), 1), (1, ink.shade(colour, 0.1), 0))
        side = -1 if scene.sun_x > scene.w / 2 else 1
        peak = min(range(1, 8), key=lambda t: crest[t][1])
        foot = [
            (crest[peak][0] + side * scene.w * 0.07 * j, crest[peak][1] + rise * (0.5 * j + 0.1 * (i % 2)))
            for j in (1.1, 1.6, 2.2, 3.0)
        ]
        flank = crest[peak:] if side > 0 else crest[: peak + 1][::-1]
        pen.path(
            smooth_path([*flank])
            + "L"
            + f"{flank[-1][0]:.0f} {foot[-1][1]:.0f}"
            + smooth_path(foot[::-1]).replace("M", "L", 1)
            + "Z",
            dark,
        )


def conifer(pen: Pen, ink: Ink, x: float, y: float, height: float, colour: str, *, snow: bool = False) -> None:
    """A spruce of three or four skirts, lit from one side."""
    width = height * 0.2
    pen.rect(x - height * 0.018, y - height * 0.14, height * 0.036, height * 0.14, ink.shade("#6b4a35"))
    for level in range(4):
        top = y - height + level * height * 0.2
        foot = top + height * 0.34
        half = width * (0.38 + 0.24 * level)
        pen.path(
            (
                f"M{x:.1f} {top:.1f}L{x + half:.1f} {foot:.1f}Q{x:.1f} {foot + height * 0.03:.1f} "
                f"{x - half:.1f} {foot:.1f}Z"
            ),
            ink(colour),
        )
        pen.path(
            (
                f"M{x:.1f} {top:.1f}L{x + half:.1f} {foot:.1f}Q{x + half * 0.5:.1f} "
                f"{foot + height * 0.02:.1f} {x + half * 0.1:.1f} {foot:.1f}Z"
            ),
            ink.shade(colour, 0.35),
        )
        if snow:
            pen.path(
                (
                    f"M{x:.1f} {top:.1f}L{x - half * 0.82:.1f} {foot - height * 0.04:.1f}"
                    f"Q{x - half * 0.3:.1f} {foot - height * 0.06:.1f} {x + half * 0.25:.1f} "
                    f"{foot - height * 0.2:.1f}Z"
                ),
                ink("#f4f8fb"),
                opacity=0.9,
            )


def leafy(pen: Pen, ink: Ink, x: float, y: float, height: float, colour: str) -> None:
    """A broad-leaved tree seen from afar: trunk and a crown of three tones."""
    r = height * 0.3
    pen.path(
        (
            f"M{x - height * 0.025:.1f} {y:.1f}L{x - height * 0.012:.1f} {y - height * 0.5:.1f}"
            f"H{x + height * 0.012:.1f}L{x + height * 0.025:.1f} {y:.1f}Z"
        ),
        ink.shade("#6b4a35"),
    )
    for dx, dy, size, tone in (
        (0.45, -0.52, 0.72, 0),
        (-0.5, -0.55, 0.74, 0),
        (0, -0.66, 1.0, 1),
        (-0.25, -0.78, 0.6, 2),
    ):
        fill = ink.shade(colour, 0.3) if tone == 0 else ink(colour) if tone == 1 else ink.lit(colour, 0.3)
        pen.ellipse(x + dx * r, y + dy * height, r * size, r * size * 0.95, fill)


def bare_tree(pen: Pen, ink: Ink, x: float, y: float, height: float) -> None:
    """A leafless tree of forking strokes."""
    colour = ink.shade("#5b4a44")

    def branch(px: float, py: float, angle: float, length: float, width: float, depth: int) -> None:
        qx, qy = px + length * np.sin(angle), py - length * np.cos(angle)
        pen.line([(px, py), (float(qx), float(qy))], colour, width)
        if depth:
            for turn in (-0.5, 0.12, 0.55):
                branch(float(qx), float(qy), angle + turn, length * 0.66, width * 0.6, depth - 1)

    branch(x, y, 0.03, height * 0.36, height * 0.045, 3)


def tree_line(
    scene: Scene, base: float, height: float, distance: float, *, kind: str = "mixed", density: float = 1.0
) -> None:
    """A wood's edge from side to side standing on `base`."""
    pen, ink, rng = scene.pen(), scene.at(distance), scene.rng
    count = max(int(scene.w / (height * 0.3) * density), 3)
    palette = scene.palette
    places = (
        np.sort(rng.uniform(-0.03, 1.03, count))
        if density < 0.8
        else (np.arange(count) + rng.uniform(-0.4, 0.4, count)) / count
    )
    for place in places:
        x, tall = float(place) * scene.w, height * float(rng.uniform(0.65, 1.1))
        y = base + float(rng.uniform(-0.02, 0.05)) * height
        shade = mix(palette.leaf, palette.leaf_dark, float(rng.uniform(0.2, 1)))
        if kind == "conifer" or (kind == "mixed" and rng.random() < 0.45):
            conifer(pen, ink, x, y, tall, mix("#2f6350", palette.leaf_dark, 0.35), snow=palette.snow and distance < 0.7)
        elif palette.snow:
            bare_tree(pen, ink, x, y, tall)
        else:
            leafy(pen, ink, x, y, tall * 0.8, shade)


def tufts(scene: Scene, top: float, bottom: float, colour: str, *, count: int = 60, flowers: str = "") -> None:
    """Tufts of grass, bigger towards the viewer, with flowers where a colour is given."""
    pen, ink, rng = scene.pen(), scene.ink, scene.rng
    number = int(count * max(scene.w / 1300, 0.6))
    for share in np.sort(rng.uniform(0, 1, number)):
        y = top + (bottom - top) * float(share)
        size, x = 8 + 34 * float(share), float(rng.uniform(0, scene.w))
        tone = ink.lit(colour, 0.2) if rng.random() < 0.5 else ink.shade(colour, 0.3)
        for lean in (-0.45, -0.1, 0.3):
            pen.stroke(
                f"M{x:.0f} {y:.0f}q{lean * size * 0.3:.1f} {-size * 0.6:.1f} {lean * size:.1f} {-size:.1f}",
                tone,
                1.2 + size * 0.05,
            )
        if flowers and rng.random() < 0.55:
            shade = flowers if rng.random() < 0.7 else mix(flowers, "#ffffff", 0.5)
            pen.circle(x - 0.1 * size, y - size * 1.05, 2 + size * 0.13, ink.lit(shade, 0.1))
            pen.circle(x - 0.1 * size, y - size * 1.05, 0.7 + size * 0.05, ink("#f7d867"))


def boulders(scene: Scene, top: float, bottom: float, *, count: int = 9, colour: str = "") -> None:
    """Rounded stones lying about."""
    pen, ink, rng = scene.pen(), scene.ink, scene.rng
    rock = colour or scene.palette.rock
    for share in np.sort(rng.uniform(0, 1, count)):
        y, x = top + (bottom - top) * float(share), float(rng.uniform(0, scene.w))
        r = (10 + 42 * float(share)) * float(rng.uniform(0.6, 1.2))
        body = [
            (x - r, y),
            (x - r * 0.8, y - r * 0.5),
            (x - r * 0.1, y - r * 0.78),
            (x + r * 0.7, y - r * 0.5),
            (x + r, y),
        ]
        pen.ellipse(x + r * 0.1, y, r * 1.25, r * 0.16, ink.shade(rock, 0.8), opacity=0.3)
        pen.blob(body, ink.shade(rock, 0.25))
        pen.blob(
            [
                (x - r * 0.85, y - r * 0.15),
                (x - r * 0.75, y - r * 0.5),
                (x - r * 0.1, y - r * 0.74),
                (x + r * 0.3, y - r * 0.5),
                (x - r * 0.2, y - r * 0.3),
            ],
            ink.lit(rock, 0.25),
        )
