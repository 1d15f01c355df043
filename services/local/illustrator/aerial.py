"""Places seen from high above: patchworks, roofs, water's edge, crowns, floes and table tops as plans."""

from __future__ import annotations

import math

from services.local.illustrator.colour import mix
from services.local.illustrator.pen import Pen, smooth_path
from services.local.illustrator.scene import Scene


def _base(scene: Scene, colour: str) -> Pen:
    pen = scene.pen()
    pen.rect(-5, -5, scene.w + 10, scene.h + 10, scene.ink(colour))
    scene.ground = (scene.h * 0.5, scene.h * 0.82)
    scene.water = None
    scene.bare = True
    return pen


def _crown(pen: Pen, scene: Scene, x: float, y: float, r: float, leaf: str) -> None:
    pen.ellipse(x + r * 0.35, y + r * 0.4, r, r * 0.9, "#1a2418", opacity=0.22)
    pen.circle(x, y, r, scene.ink.shade(leaf, 0.12))
    pen.circle(x - r * 0.2, y - r * 0.22, r * 0.66, scene.ink(leaf))
    pen.circle(x - r * 0.32, y - r * 0.36, r * 0.3, scene.ink.lit(leaf, 0.25))


def _winding(scene: Scene, width: float, colour: str, pen: Pen) -> None:
    x = scene.w * float(scene.rng.uniform(0.3, 0.6))
    points = [
        (x + scene.w * 0.14 * math.sin(k * 1.3) + k * scene.w * 0.03, scene.h * (k / 5 * 1.2 - 0.1)) for k in range(6)
    ]
    pen.stroke(smooth_path(points), scene.ink(colour), width)


def land(scene: Scene) -> None:
    """A quilt of fields with hedges, a winding road and a stream."""
    palette, rng = scene.palette, scene.rng
    pen = _base(scene, palette.leaf_dark)
    tones = [palette.grass, palette.grass_dry, mix(palette.grass, palette.leaf, 0.5), mix(palette.grass_dry, "#c8a05a", 0.5),  # noqa: E501
             mix(palette.leaf, palette.leaf_dark, 0.3)]  # fmt: skip
    across, down = max(int(scene.w / 210), 3), max(int(scene.h / 190), 3)
    lean = 0.24
    with pen.at(scene.w / 2, scene.h / 2, 1.5, turn=-14):
        for i in range(-across, across):
            for j in range(-down, down):
                w, h = scene.w / across, scene.h / down
                x, y = i * w * 0.9 + j * w * lean, j * h * 0.9
                tone = tones[int(rng.integers(5))]
                box = [
                    (x + 4, y + 4),
                    (x + w * 0.88, y + 4),
                    (x + w * (0.88 + lean), y + h * 0.88),
                    (x + w * lean, y + h * 0.88),
                ]
                pen.poly(box, scene.ink(tone))
                for k in range(1, 7):
                    s = k / 7
                    pen.line(
                        [(x + 4 + w * 0.86 * s, y + 6), (x + w * lean + w * 0.86 * s, y + h * 0.86)],
                        scene.ink.shade(tone, 0.2),
                        2,
                        opacity=0.6,
                    )
    _winding(scene, 26, "#e8dcc0", pen)
    for _ in range(int(scene.w / 46)):
        _crown(
            pen,
            scene,
            float(rng.uniform(0, scene.w)),
            float(rng.uniform(0, scene.h)),
            float(rng.uniform(9, 20)),
            palette.leaf,
        )


def town(scene: Scene) -> None:
    """Blocks of roofs around courts, avenues, green squares, tiny traffic."""
    rng, ink = scene.rng, scene.ink
    pen = _base(scene, "#c9c4ba")
    roofs = ["#b5523f", "#c8744a", "#9a8f86", "#8f9aa6", "#d0a478", *scene.palette.accents[:2]]
    step = 190.0
    with pen.at(scene.w / 2, scene.h / 2, 1.0, turn=18):
        reach = int(max(scene.w, scene.h) / step) + 1
        for i in range(-reach, reach + 1):
            for j in range(-reach, reach + 1):
                x, y = i * step, j * step
                if (i * 7 + j * 5) % 9 == 0:
                    pen.rect(x, y, step - 40, step - 40, ink(scene.palette.grass), r=6)
                    for _ in range(7):
                        _crown(
                            pen,
                            scene,
                            x + float(rng.uniform(16, step - 56)),
                            y + float(rng.uniform(16, step - 56)),
                            15,
                            scene.palette.leaf,
                        )
                    continue
                for a, b in ((0, 0), (1, 0), (0, 1), (1, 1)):
                    w = (step - 46) / 2
                    px, py, roof = x + a * (w + 6), y + b * (w + 6), roofs[int(rng.integers(len(roofs)))]
                    roof = "#eef3f6" if scene.palette.snow else roof
                    pen.rect(px + 7, py + 9, w, w, "#20242c", opacity=0.25)
                    pen.rect(px, py, w, w, ink(roof))
                    pen.poly([(px, py), (px + w / 2, py + w / 2), (px + w, py)], ink.lit(roof, 0.22))
                    pen.poly([(px, py + w), (px + w / 2, py + w / 2), (px + w, py + w)], ink.shade(roof, 0.22))
                    if scene.light.lamps:
                        pen.rect(px + w * 0.4, py + w * 0.7, 9, 9, ink.glow("#ffd98a"))
        for k in range(-reach * 3, reach * 3):
            pen.rect(k * 63 + 11, -26, 22, 11, ink(scene.palette.accents[k % 4]), r=4)


def water(scene: Scene) -> None:
    """A coast from above: deep and shallow water, foam and sand."""
    palette, rng = scene.palette, scene.rng
    pen = _base(scene, palette.water_deep)
    edge = [
        (scene.w * (0.62 + 0.1 * math.sin(k * 1.1) + 0.03 * float(rng.uniform(-1, 1))), scene.h * (k / 6 * 1.2 - 0.1))
        for k in range(7)
    ]
    for shift, tone in ((-0.34, mix(palette.water_deep, palette.water, 0.4)), (-0.22, palette.water), (-0.1, mix(palette.water, "#8fd8d0", 0.6)),  # noqa: E501
                        (-0.02, "#f7f7f4"), (0.0, palette.sand), (0.1, palette.grass)):  # fmt: skip
        line = [(x + shift * scene.w, y) for x, y in edge]
        pen.path(
            smooth_path(line) + f"L{scene.w + 400} {scene.h * 1.1}L{scene.w + 400} {-scene.h * 0.1}Z", scene.ink(tone)
        )
    for _ in range(22):
        x, y = float(rng.uniform(0, scene.w * 0.5)), float(rng.uniform(0, scene.h))
        pen.stroke(f"M{x} {y}q20 -9 40 0t40 0", "#ffffff", 3, opacity=0.3)
    for _ in range(18):
        _crown(
            pen, scene, float(rng.uniform(scene.w * 0.84, scene.w)), float(rng.uniform(0, scene.h)), 20, palette.leaf
        )
    scene.water = (scene.h * 0.45, scene.h * 0.7)
    scene.ground = None


def woods(scene: Scene) -> None:
    """Tree crowns close together, a path or river between them."""
    pen, rng, palette = _base(scene, scene.palette.leaf_dark), scene.rng, scene.palette
    spots = sorted(
        (float(rng.uniform(-20, scene.h + 20)), float(rng.uniform(-20, scene.w + 20)))
        for _ in range(int(scene.w * scene.h / 2600))
    )
    for y, x in spots:
        _crown(pen, scene, x, y, float(rng.uniform(26, 48)), mix(palette.leaf, palette.leaf_dark, float(rng.random())))
    _winding(scene, 70, "#e8dcc0" if rng.random() < 0.4 else palette.water, pen)


def ice(scene: Scene) -> None:
    """White floes on black water."""
    pen, rng = _base(scene, "#1d4a68"), scene.rng
    for _ in range(int(scene.w * scene.h / 22000)):
        x, y, r = float(rng.uniform(0, scene.w)), float(rng.uniform(0, scene.h)), float(rng.uniform(30, 110))
        shape = [
            (
                x + r * (0.7 + 0.3 * float(rng.random())) * math.cos(k * 0.9),
                y + r * 0.8 * (0.7 + 0.3 * float(rng.random())) * math.sin(k * 0.9),
            )
            for k in range(7)
        ]
        pen.poly([(a + 6, b + 9) for a, b in shape], "#0f2a40", opacity=0.5)
        pen.poly(shape, scene.ink("#f2f7fa"))


def sand(scene: Scene) -> None:
    """Dunes as curved lines of light and shadow."""
    pen = _base(scene, mix(scene.palette.sand, "#e0a468", 0.4))
    for k in range(14):
        y = scene.h * (k / 12 - 0.05)
        bend = 60 * math.sin(k * 1.7)
        d = f"M-10 {y}Q{scene.w * 0.3} {y - 70 + bend} {scene.w * 0.6} {y + 20}T{scene.w + 10} {y - 10}"
        pen.path(
            d + f"L{scene.w + 10} {y + 40}Q{scene.w * 0.5} {y + 60} -10 {y + 36}Z",
            scene.ink.shade("#d9a066", 0.2),
            opacity=0.55,
        )
        pen.stroke(d, scene.ink.lit("#f3dcae", 0.3), 4, opacity=0.7)


def top(scene: Scene) -> None:
    """A table seen from straight above, with plates, cups, papers and leaves in order."""
    rng, ink, accents = scene.rng, scene.ink, scene.palette.accents
    pen = _base(scene, "#c0935f")
    for k in range(9):
        pen.line([(-5, scene.h * k / 8), (scene.w + 5, scene.h * k / 8)], ink.shade("#a8714a", 0.2), 3, opacity=0.6)
    across, down = max(int(scene.w / 230), 2), max(int(scene.h / 230), 2)
    for i in range(across):
        for j in range(down):
            x, y = scene.w * (i + 0.5) / across, scene.h * (j + 0.5) / down
            kind, tone = int(rng.integers(4)), accents[int(rng.integers(4))]
            pen.circle(x + 8, y + 12, 78, "#20160e", opacity=0.2) if kind in (0, 1) else pen.rect(
                x - 62, y - 66, 140, 150, "#20160e", opacity=0.18
            )
            if kind == 0:
                pen.circle(x, y, 80, ink("#f7f4ec"))
                pen.circle(x, y, 58, ink("#ebe6da"))
                for k in range(5):
                    pen.circle(x + 28 * math.cos(k * 1.3), y + 28 * math.sin(k * 1.3), 17, ink(accents[k % 4]))
            elif kind == 1:
                pen.circle(x, y, 58, ink(tone))
                pen.circle(x, y, 46, ink("#5a3a26"))
                pen.circle(x - 8, y - 8, 18, ink("#8a5f40"))
                pen.rect(x + 54, y - 11, 34, 22, ink(tone), r=10)
            elif kind == 2:
                pen.rect(x - 70, y - 76, 140, 150, ink("#fbf8f0"), r=5)
                for k in range(6):
                    pen.rect(x - 54, y - 56 + k * 20, 108 - 20 * (k % 3), 7, ink("#c9c4ba"), r=3)
            else:
                pen.rect(x - 70, y - 76, 140, 150, ink(tone), r=10)
                pen.rect(x - 54, y - 60, 108, 118, ink.lit(tone, 0.3), r=4)
    scene.ground = None
