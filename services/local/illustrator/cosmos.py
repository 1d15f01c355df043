"""Settings without a horizon: space, the deep sea, the sky above the clouds, and the theatre stage."""

from __future__ import annotations

import numpy as np

from services.local.illustrator import sky
from services.local.illustrator.colour import mix, parse
from services.local.illustrator.noise import cloud, curve
from services.local.illustrator.pen import Pen, smooth_path
from services.local.illustrator.scene import Scene


def _fill(scene: Scene, stops: tuple[str, str, str]) -> None:
    share = np.linspace(0, 1, scene.canvas.height, dtype=np.float32)
    table = np.array([parse(stop) for stop in stops], np.float32)
    rows = np.stack([np.interp(share, (0, 0.55, 1), table[:, k]) for k in range(3)], axis=1).astype(np.float32)
    scene.canvas.pixels[:] = rows[:, None, :]


def space(scene: Scene) -> None:
    """Stars, a nebula in the palette's colours, and the limb of a planet."""
    canvas, rng = scene.canvas, scene.rng
    _fill(scene, ("#060818", "#0d1233", "#1a1b4b"))
    for colour, strength in ((scene.palette.accents[0], 0.5), (scene.palette.accents[2], 0.6), ("#6a4bd0", 0.5)):
        veil = cloud(rng, canvas.width, canvas.height, cells=2, octaves=5)
        canvas.add(colour, np.clip((veil - 0.5) * 2.2, 0, 1) ** 1.4 * np.float32(strength))
    pen = scene.pen()
    for _ in range(int(240 * scene.w * scene.h / 1e6)):
        x, y, size = (
            float(rng.uniform(0, scene.w)),
            float(rng.uniform(0, scene.h)),
            float(rng.choice([1.0, 1.5, 2.3, 3.4], p=[0.5, 0.3, 0.15, 0.05])),
        )
        pen.circle(x, y, size, "#fdf8e8", opacity=float(rng.uniform(0.3, 1)))
        if size > 3:
            pen.stroke(f"M{x - 12:.0f} {y:.0f}h24M{x:.0f} {y - 12:.0f}v24", "#fdf8e8", 1, opacity=0.6)
    right = scene.sun_x < scene.w / 2
    radius = min(scene.w, scene.h) * 0.62
    x, y = (scene.w * 0.86 if right else scene.w * 0.14), scene.h + radius * 0.42
    tone = mix("#3f7fb8", scene.palette.accents[2], 0.4)
    pen.circle(x, y, radius * 1.05, "#9cd2ff", opacity=0.16)
    pen.circle(x, y, radius * 1.02, "#b8e0ff", opacity=0.22)
    pen.circle(x, y, radius, pen.vertical((0, mix(tone, "#ffffff", 0.35), 1), (0.3, tone, 1), (1, "#0b1030", 1)))
    with pen.clip(
        f"M{x - radius} {y}A{radius} {radius} 0 0 1 {x + radius} {y}A{radius} {radius} 0 0 1 {x - radius} {y}Z"
    ):
        for k in range(5):
            yy = y - radius * (0.92 - 0.17 * k)
            wave = curve(rng, 8, bumps=2, octaves=1) * 16
            line = [(x - radius + radius * 2 * t / 7, yy + float(wave[t]) + abs(t - 3.5) * 9) for t in range(8)]
            pen.path(
                smooth_path(line)
                + smooth_path([(px, py + 22 + 8 * k) for px, py in line[::-1]]).replace("M", "L", 1)
                + "Z",
                mix(tone, "#ffffff", 0.5),
                opacity=0.22,
            )
    scene.ground = scene.water = None
    scene.air = (0.2, 0.62)


def lunar(scene: Scene) -> None:
    """Grey regolith with craters under a black sky, the earth above the horizon."""
    rng = scene.rng
    _fill(scene, ("#04050f", "#0a0e24", "#161c3a"))
    pen = scene.pen()
    for _ in range(int(170 * scene.w * scene.h / 1e6)):
        pen.circle(
            float(rng.uniform(0, scene.w)),
            float(rng.uniform(0, scene.horizon)),
            float(rng.choice([1.0, 1.5, 2.4])),
            "#fdf8e8",
            opacity=float(rng.uniform(0.3, 1)),
        )
    x, y, r = scene.sun_x, scene.horizon * 0.4, min(scene.w, scene.horizon) * 0.13
    pen.circle(x, y, r * 1.3, "#8fc6ff", opacity=0.16)
    pen.circle(x, y, r, pen.radial((0, "#8cc8f0", 1), (0.7, "#3d86bf", 1), (1, "#1b4473", 1)))
    with pen.clip(f"M{x - r} {y}A{r} {r} 0 0 1 {x + r} {y}A{r} {r} 0 0 1 {x - r} {y}Z"):
        for dx, dy, rx, ry in ((-0.4, -0.3, 0.4, 0.25), (0.3, 0.2, 0.35, 0.3), (-0.2, 0.6, 0.3, 0.15)):
            pen.ellipse(x + dx * r, y + dy * r, rx * r, ry * r, "#6aae5e")
        pen.ellipse(x, y - r * 0.05, r * 0.9, r * 0.1, "#ffffff", opacity=0.5)
        pen.circle(x + r * 0.6, y + r * 0.3, r * 1.1, "#050814", opacity=0.3)
    depth = scene.h - scene.horizon
    for share, tone in ((0.0, "#6d7280"), (0.16, "#868b98"), (0.4, "#9da1ab")):
        pen = scene.pen()
        wave = curve(rng, 12, bumps=3, octaves=2) * 24
        line = [(scene.w * (t / 11 * 1.1 - 0.05), scene.horizon + depth * share + float(wave[t])) for t in range(12)]
        pen.path(
            smooth_path(line) + f"L{scene.w * 1.1} {scene.h + 5}L{-scene.w * 0.1} {scene.h + 5}Z",
            pen.vertical((0, mix(tone, "#ffffff", 0.2), 1), (1, mix(tone, "#20232e", 0.45), 1)),
        )
    pen = scene.pen()
    for share in np.sort(rng.uniform(0.3, 0.98, 9)):
        px, py, size = float(rng.uniform(0, scene.w)), scene.horizon + depth * float(share), 24 + 70 * float(share)
        pen.ellipse(px, py, size, size * 0.24, "#c3c6cd")
        pen.ellipse(px, py + size * 0.03, size * 0.9, size * 0.19, "#5b5f6b")
        pen.ellipse(px, py + size * 0.08, size * 0.7, size * 0.11, "#7a7e89")
    scene.ground = (scene.horizon + depth * 0.42, scene.h - depth * 0.16)
    scene.water = None


def underwater(scene: Scene) -> None:
    """Blue depth with shafts of light, reef and weeds below, bubbles."""
    rng = scene.rng
    base = mix("#1f8fb3", scene.palette.named[0], 0.35) if scene.palette.named else "#1f8fb3"
    _fill(scene, (mix(base, "#c9f4ef", 0.55), base, mix(base, "#04203f", 0.72)))
    scene.sun_x, keep = scene.w * float(rng.uniform(0.35, 0.65)), scene.horizon
    scene.horizon = 10
    sky.shafts(scene, 0.6)
    scene.horizon = keep
    for share, alpha in ((0.72, 0.4), (0.8, 0.7), (0.88, 1.0)):
        pen = scene.pen()
        wave = curve(rng, 16, bumps=4, octaves=2) * scene.h * 0.06
        line = [(scene.w * (t / 15 * 1.1 - 0.05), scene.h * share + float(wave[t])) for t in range(16)]
        pen.path(
            smooth_path(line) + f"L{scene.w * 1.1} {scene.h + 5}L{-scene.w * 0.1} {scene.h + 5}Z",
            mix(mix(base, "#04203f", 0.65), "#0b2b45" if alpha < 1 else "#cdbb8a", 0.35 if alpha == 1 else 0.2),
            opacity=0.5 + 0.5 * alpha,
        )
        for _ in range(int(scene.w / 110)):
            _weed(pen, scene, float(rng.uniform(0, scene.w)), scene.h * (share + 0.05), alpha, base)
    pen = scene.pen()
    for _ in range(int(scene.w / 26)):
        x, y, r = float(rng.uniform(0, scene.w)), float(rng.uniform(0.1, 0.9)) * scene.h, float(rng.uniform(2, 9))
        pen.ring(x, y, r, "#e6fbff", 1.3, opacity=0.5)
        pen.circle(x - r * 0.3, y - r * 0.3, r * 0.25, "#ffffff", opacity=0.7)
    scene.ground = (scene.h * 0.88, scene.h * 0.93)
    scene.water = (scene.h * 0.3, scene.h * 0.62)
    scene.air = (0.25, 0.6)


def _weed(pen: Pen, scene: Scene, x: float, y: float, alpha: float, base: str) -> None:
    rng = scene.rng
    colour = mix(
        [*scene.palette.accents[:2], "#e46a76", "#4fa36b", "#2f7f6a"][int(rng.integers(5))],
        mix(base, "#04203f", 0.5),
        0.75 - 0.6 * alpha,
    )
    if rng.random() < 0.5:
        tall = float(rng.uniform(60, 170))
        for lean in (-18, 0, 20):
            pen.stroke(
                (
                    f"M{x + lean * 0.4:.0f} {y:.0f}q{lean - 16:.0f} {-tall * 0.3:.0f} {lean * 0.6:.0f} "
                    f"{-tall * 0.55:.0f}t{lean:.0f} {-tall * 0.45:.0f}"
                ),
                colour,
                8,
                opacity=0.9,
            )
    else:
        for lean in (-34, -12, 12, 34):
            pen.line([(x, y), (x + lean * 0.7, y - 40), (x + lean * 1.2, y - 70)], colour, 13)
            pen.line([(x + lean * 0.7, y - 40), (x + lean * 0.4, y - 74)], colour, 10)


def above_clouds(scene: Scene) -> None:
    """The open sky with heaps of cloud below."""
    for share, size, tone in ((0.62, 0.8, 0.5), (0.74, 1.1, 0.3), (0.88, 1.5, 0.1)):
        pen = scene.pen()
        white = mix(mix("#ffffff", scene.light.sun, 0.2), scene.light.middle, tone if not scene.light.night else 0.75)
        under = mix(white, scene.light.middle, 0.5)
        fill = pen.vertical((0, white, 1), (0.5, mix(white, under, 0.6), 1), (1, under, 1))
        step = 120 * size
        d = f"M{-step} {scene.h + 10}V{scene.h * share}"
        x = -step
        while x < scene.w + step:
            width = step * float(scene.rng.uniform(0.6, 1.2))
            d += (
                f"a{width / 2:.0f} {width * float(scene.rng.uniform(0.4, 0.52)):.0f} 0 0 1 {width:.0f} "
                f"{float(scene.rng.uniform(-14, 14)):.0f}"
            )
            x += width
        pen.path(d + f"V{scene.h + 10}Z", fill)
    scene.ground = scene.water = None
    scene.air = (0.24, 0.6)


def stage(scene: Scene) -> None:
    """A theatre stage: curtains, boards and beams of light."""
    floor = scene.h * 0.76
    base = scene.palette.named[0] if scene.palette.named else "#8f2436"
    _fill(scene, ("#0e0b18", "#241a33", "#31243d"))
    pen = scene.pen()
    pen.rect(-5, floor, scene.w + 10, scene.h - floor + 5, pen.vertical((0, "#8a5d3c", 1), (1, "#3a2418", 1)))
    for k in range(-12, 13):
        x = scene.w / 2 + k * scene.w * 0.055
        pen.line([(x, floor), (scene.w / 2 + (x - scene.w / 2) * 1.6, scene.h + 5)], "#2b1a12", 2.4, opacity=0.5)
    scene.flush()
    for share, target in ((0.22, 0.4), (0.5, 0.5), (0.78, 0.6)):
        _beam(scene, scene.w * share, scene.w * target, floor)
    pen = scene.pen()
    for side in (0, 1):
        _curtain(pen, scene, base, side == 1)
    for k in range(9):
        left, right = scene.w * k / 9, scene.w * (k + 1) / 9
        pen.path(
            (
                f"M{left:.0f} -5H{right:.0f}V{scene.h * 0.07:.0f}Q{(left + right) / 2:.0f} "
                f"{scene.h * 0.15:.0f} {left:.0f} {scene.h * 0.07:.0f}Z"
            ),
            pen.vertical((0, mix(base, "#000000", 0.45), 1), (1, mix(base, "#ff9d7a", 0.1), 1)),
        )
    scene.ground = (floor + (scene.h - floor) * 0.35, scene.h - (scene.h - floor) * 0.3)
    scene.indoor = True
    scene.air = (0.22, 0.5)


def _beam(scene: Scene, source: float, target: float, floor: float) -> None:
    pen = Pen()
    half = min(scene.w * 0.13, 190)
    low = floor + (scene.h - floor) * 0.5
    pen.poly(
        [(source - 14, -10), (source + 14, -10), (target + half, low), (target - half, low)],
        pen.vertical((0, "#fff1c9", 0.5), (1, "#fff1c9", 0.08)),
    )
    pen.ellipse(target, low, half * 1.08, (scene.h - floor) * 0.26, "#fff1c9", opacity=0.3)
    lifted, scene.canvas.lift = scene.canvas.lift, False
    scene.canvas.lay(pen)
    scene.canvas.lift = lifted


def _curtain(pen: Pen, scene: Scene, base: str, right: bool) -> None:
    width = min(scene.w * 0.17, 300)
    folds = 6
    for k in range(folds):
        a, b = width * k / folds, width * (k + 1) / folds
        xa, xb = (scene.w - a, scene.w - b) if right else (a, b)
        tone = pen.horizontal(
            (0, mix(base, "#000000", 0.55), 1), (0.45, mix(base, "#ffb08a", 0.12), 1), (1, mix(base, "#000000", 0.5), 1)
        )
        sway = (8 if k % 2 else -6) * (-1 if right else 1)
        pen.path(
            (
                f"M{xa:.0f} -5H{xb:.0f}Q{xb + sway:.0f} {scene.h * 0.5:.0f} {xb:.0f} {scene.h * 0.86:.0f}"
                f"H{xa:.0f}Q{xa + sway:.0f} {scene.h * 0.5:.0f} {xa:.0f} -5Z"
            ),
            tone,
        )
