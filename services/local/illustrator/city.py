"""Built places: a skyline, a street of house fronts, rows of houses far off."""

from __future__ import annotations

import numpy as np

from services.local.illustrator import sky, terrain, water
from services.local.illustrator.colour import Ink, mix
from services.local.illustrator.pen import Pen
from services.local.illustrator.scene import Scene


def _lit_share(scene: Scene) -> float:
    return 0.55 if scene.light.lamps else 0.0


def _windows(
    pen: Pen, scene: Scene, ink: Ink, box: tuple[float, float, float, float], step: tuple[float, float], wall: str
) -> None:
    """A grid of panes in a wall (x, y, w, h); lit ones where lamps burn."""
    x, y, w, h = box
    across, down = step
    share = _lit_share(scene)
    columns, rows = max(int((w - across * 0.4) / across), 1), max(int((h - down * 0.5) / down), 1)
    margin = (w - columns * across) / 2
    dark = ink.shade(mix(wall, "#2c4058", 0.5), 0.2)
    day = ink(mix(wall, "#dcedf5", 0.55))
    dull: list[str] = []
    bright: list[str] = []
    for row in range(rows):
        for column in range(columns):
            px, py = x + margin + column * across + across * 0.22, y + down * 0.5 + row * down
            pane = f"M{px:.1f} {py:.1f}h{across * 0.56:.1f}v{down * 0.5:.1f}h{-across * 0.56:.1f}z"
            (bright if scene.rng.random() < (share or 0.3) else dull).append(pane)
    if dull:
        pen.path("".join(dull), dark, opacity=0.75)
    if bright:
        pen.path("".join(bright), ink.glow("#ffd27d") if share else day, opacity=0.95 if share else 0.7)


def blocks(scene: Scene, base: float, tall: float, distance: float, *, spire: float = 0.2) -> None:
    """A rank of high buildings side by side on `base`, `tall` units at most."""
    pen, ink, rng = scene.pen(), scene.at(distance), scene.rng
    x = -20.0
    tints = [mix(colour, "#8795aa", 0.62) for colour in scene.palette.accents]
    while x < scene.w + 20:
        width = tall * float(rng.uniform(0.16, 0.32))
        middle = 1 - 0.55 * abs((x + width / 2) / scene.w - 0.5) * 2
        height = tall * float(rng.uniform(0.4, 1.0)) * middle
        wall = tints[int(rng.integers(len(tints)))]
        top = base - height
        fill = pen.vertical((0, ink.lit(wall, 0.15), 1), (1, ink(mix(wall, ink.haze, 0.35)), 1))
        pen.rect(x, top, width, height + 8, fill)
        side = x + width * 0.72 if scene.sun_x < x else x
        pen.rect(side, top, width * 0.28, height + 8, ink.shade(wall, 0.28), opacity=0.8)
        kind = float(rng.random())
        if kind < spire:
            pen.poly(
                [(x + width * 0.3, top), (x + width * 0.5, top - height * 0.22), (x + width * 0.7, top)],
                ink.shade(wall, 0.1),
            )
            pen.line(
                [(x + width / 2, top - height * 0.18), (x + width / 2, top - height * 0.34)], ink.shade(wall, 0.2), 2
            )
        elif kind < 0.5:
            pen.rect(x + width * 0.2, top - height * 0.06, width * 0.6, height * 0.07, ink.shade(wall, 0.1))
        step = max(width / 6, 9)
        _windows(pen, scene, ink, (x + 2, top, width - 4, height), (step, step * 1.35), wall)
        x += width + float(rng.uniform(-4, tall * 0.03))


def skyline(scene: Scene) -> None:
    """A city across the water or beyond a park, three ranks deep."""
    depth = scene.h - scene.horizon
    tall = min(scene.horizon * 0.86, 620)
    blocks(scene, scene.horizon + 6, tall, 0.85, spire=0.35)
    scene.flush()
    sky.mist(scene, scene.horizon - 10, 110, 0.5)
    blocks(scene, scene.horizon + 10, tall * 0.72, 0.5)
    blocks(scene, scene.horizon + 14, tall * 0.42, 0.22, spire=0.05)
    riverside = scene.rng.random() < 0.55
    if riverside:
        water.paint_water(scene, scene.horizon + 14, scene.h, calm=0.85)
        bank = scene.horizon + depth * 0.58
        _promenade(scene, bank)
    else:
        terrain.tree_line(scene, scene.horizon + 34, 70, 0.18, kind="leafy")
        terrain.ground(scene, scene.horizon + 30, scene.palette.grass, far=0.25)
        bank = scene.horizon + depth * 0.42
        _promenade(scene, bank)
    scene.ground, scene.bank = (bank + depth * 0.12, scene.h - depth * 0.08), bank
    scene.water = (scene.horizon + depth * 0.2, scene.horizon + depth * 0.42) if riverside else None


def _promenade(scene: Scene, top: float) -> None:
    pen, ink = scene.pen(), scene.ink
    stone = "#b9b2a8" if not scene.palette.snow else "#e6ebef"
    pen.rect(
        -5,
        top,
        scene.w + 10,
        scene.h - top + 5,
        pen.vertical((0, ink.lit(stone, 0.2), 1), (1, ink.shade(stone, 0.35), 1)),
    )
    pen.rect(-5, top, scene.w + 10, 7, ink.lit(stone, 0.5))
    rail = ink.shade("#4b5563", 0.2)
    pen.line([(-5, top - 52), (scene.w + 5, top - 52)], rail, 5)
    pen.line([(-5, top - 28), (scene.w + 5, top - 28)], rail, 2.5)
    for k in range(int(scene.w / 90) + 2):
        pen.line([(k * 90 - 20, top), (k * 90 - 20, top - 52)], rail, 4)


def house_row(scene: Scene, base: float, tall: float, distance: float) -> None:
    """Gabled houses in bright colours side by side, seen across a distance."""
    pen, ink, rng = scene.pen(), scene.at(distance), scene.rng
    x = -30.0
    colours = [*scene.palette.accents[:4], "#e9dcc3", "#c95d4a", "#d9a54a", "#6f93a8"]
    while x < scene.w + 10:
        width, height = tall * float(rng.uniform(0.5, 0.8)), tall * float(rng.uniform(0.45, 0.75))
        wall, top = mix(colours[int(rng.integers(len(colours)))], "#e8dfd0", 0.25), base - height
        roof = mix("#7b4a3c", "#4b5565", float(rng.random())) if not scene.palette.snow else "#eef3f6"
        pen.rect(x, top, width, height + 4, pen.vertical((0, ink(wall), 1), (1, ink.shade(wall, 0.15), 1)))
        if rng.random() < 0.6:
            pen.poly(
                [(x - 5, top + 2), (x + width / 2, top - tall * 0.28), (x + width + 5, top + 2)], ink.shade(roof, 0.1)
            )
            pen.poly(
                [(x + width / 2, top - tall * 0.28), (x + width + 5, top + 2), (x + width * 0.62, top + 2)],
                ink.shade(roof, 0.35),
            )
        else:
            pen.poly(
                [
                    (x - 4, top + 2),
                    (x + width * 0.12, top - tall * 0.2),
                    (x + width * 0.88, top - tall * 0.2),
                    (x + width + 4, top + 2),
                ],
                ink.shade(roof, 0.1),
            )
        pen.rect(x + width * 0.68, top - tall * 0.27, width * 0.1, tall * 0.18, ink.shade("#8a5a48", 0.1))
        _windows(pen, scene, ink, (x, top, width, height * 0.92), (width / 3, height / 2.4), wall)
        x += width + float(rng.choice([0.0, 0.0, 6.0, tall * 0.25]))


def street(scene: Scene, *, paved: bool = False) -> None:
    """House fronts with shops along a pavement, lamps; in front a road, or slabs where it is `paved`."""
    depth = scene.h - scene.horizon
    tall = min(scene.horizon * 0.8, 560)
    blocks(scene, scene.horizon, tall * 0.95, 0.85)
    scene.flush()
    sky.mist(scene, scene.horizon - 60, 160, 0.35)
    _fronts(scene, scene.horizon + depth * 0.14, tall * 0.84)
    kerb = scene.horizon + depth * 0.52
    if paved:
        _slabs(scene, scene.horizon + depth * 0.14)
    else:
        _road(scene, scene.horizon + depth * 0.14, kerb)
    _lamps(scene, scene.horizon + depth * 0.2, tall * 0.6)
    scene.ground = (scene.horizon + depth * 0.26, scene.h - depth * 0.1)


def _fronts(scene: Scene, base: float, tall: float) -> None:
    pen, ink, rng = scene.pen(), scene.at(0.12), scene.rng
    colours = [*scene.palette.accents[:4], "#e6d3b3", "#cfa58a", "#9db0b5"]
    x, last = -float(rng.uniform(20, 120)), -1
    while x < scene.w:
        width, height = float(rng.uniform(190, 290)), tall * float(rng.uniform(0.72, 1.0))
        pick = int(rng.integers(len(colours)))
        pick = (pick + 1) % len(colours) if pick == last else pick
        last = pick
        wall = mix(colours[pick], "#efe4d2", 0.35)
        _front(pen, scene, ink, (x, base - height, width, height), wall)
        x += width


def _front(pen: Pen, scene: Scene, ink: Ink, box: tuple[float, float, float, float], wall: str) -> None:
    x, y, w, h = box
    rng = scene.rng
    shop = min(h * 0.34, 170)
    pen.rect(x, y, w, h + 4, pen.vertical((0, ink.lit(wall, 0.15), 1), (1, ink.shade(wall, 0.12), 1)))
    roof = "#eef3f6" if scene.palette.snow else "#6b4a44"
    pen.path(f"M{x - 6} {y + 4}L{x + 14} {y - 44}H{x + w - 14}L{x + w + 6} {y + 4}Z", ink.shade(roof, 0.15))
    pen.rect(x - 4, y, w + 8, 9, ink.lit(wall, 0.5))
    columns, rows = 3, max(int((h - shop) / 120), 1)
    for row in range(rows):
        for column in range(columns):
            px, py = x + w * (column + 0.5) / columns - 21, y + 34 + row * (h - shop - 20) / rows
            lamp = scene.light.lamps and rng.random() < 0.6
            pane = ink.glow("#ffd98a") if lamp else ink.shade("#6f95ad", 0.15)
            pen.rect(px - 5, py - 5, 52, 78, ink.lit("#f4ecdd", 0.1), r=2)
            pen.rect(px, py, 42, 66, pane)
            pen.path(f"M{px + 21} {py}v66M{px} {py + 26}h42", "none", stroke=ink.lit("#f4ecdd", 0.1), width=3)
            if not lamp:
                pen.poly([(px, py + 50), (px + 34, py), (px + 42, py), (px, py + 64)], ink("#ffffff"), opacity=0.18)
            pen.rect(px - 8, py + 70, 58, 7, ink.shade(wall, 0.3))
    _shop(pen, scene, ink, (x, y + h - shop, w, shop))


def _shop(pen: Pen, scene: Scene, ink: Ink, box: tuple[float, float, float, float]) -> None:
    x, y, w, h = box
    colour = scene.palette.accents[int(scene.rng.integers(4))]
    pen.rect(x, y, w, h + 4, ink.shade(colour, 0.4))
    glass = ink.glow("#ffe2a6") if scene.light.lamps else ink.lit("#8fb4c6", 0.2)
    pen.rect(x + 14, y + 36, w * 0.56, h - 56, glass)
    pen.poly([(x + 14, y + h - 30), (x + 70, y + 36), (x + 106, y + 36), (x + 26, y + h - 20)], "#ffffff", opacity=0.16)
    pen.rect(x + w * 0.7, y + 36, w * 0.22, h - 32, ink.shade(colour, 0.65))
    pen.rect(x + w * 0.73, y + 46, w * 0.16, h * 0.4, glass)
    stripes = 8
    for k in range(stripes):
        tone = ink.lit(colour, 0.15) if k % 2 else ink("#f6efe2")
        left, right = x + 6 + (w - 12) * k / stripes, x + 6 + (w - 12) * (k + 1) / stripes
        pen.path(
            f"M{left:.1f} {y + 8}H{right:.1f}V{y + 40}Q{(left + right) / 2:.1f} {y + 52} {left:.1f} {y + 40}Z", tone
        )


def _road(scene: Scene, top: float, kerb: float) -> None:
    pen, ink = scene.pen(), scene.ink
    wet = scene.weather in ("rain", "storm")
    pave = "#e6ebef" if scene.palette.snow else "#c2bab0"
    pen.rect(-5, top, scene.w + 10, kerb - top + 2, pen.vertical((0, ink.shade(pave, 0.18), 1), (1, ink(pave), 1)))
    for k in range(int(scene.w / 110) + 2):
        x = k * 110.0
        pen.line([(x, top), (x + (x - scene.w / 2) * 0.16, kerb)], ink.shade(pave, 0.3), 2, opacity=0.5)
    pen.rect(-5, kerb, scene.w + 10, 10, ink.lit(pave, 0.4))
    pen.rect(-5, kerb + 10, scene.w + 10, 9, ink.shade(pave, 0.5))
    tar = "#5c6470"
    pen.rect(
        -5,
        kerb + 19,
        scene.w + 10,
        scene.h - kerb,
        pen.vertical((0, ink.shade(tar, 0.2), 1), (1, ink.shade(tar, 0.45), 1)),
    )
    middle = kerb + (scene.h - kerb) * 0.6
    for k in range(int(scene.w / 200) + 2):
        pen.rect(k * 200.0, middle, 110, 9, ink("#ece7da"), opacity=0.8)
    if wet:
        for _ in range(26):
            x, y = float(scene.rng.uniform(0, scene.w)), float(scene.rng.uniform(kerb + 30, scene.h))
            pen.ellipse(
                x,
                y,
                float(scene.rng.uniform(40, 130)),
                4,
                scene.light.sun if not scene.light.lamps else "#ffcf86",
                opacity=0.16,
            )


def _slabs(scene: Scene, top: float) -> None:
    """Paving that runs from the fronts to the viewer, its joints towards one point."""
    pen, ink, deep = scene.pen(), scene.ink, scene.h - top
    stone = "#e6ebef" if scene.palette.snow else "#c9bfb2"
    pen.rect(-5, top, scene.w + 10, deep + 5, pen.vertical((0, ink.shade(stone, 0.2), 1), (1, ink(stone), 1)))
    joint = ink.shade(stone, 0.34)
    eye = scene.horizon - deep * 0.35
    rows = 8
    levels = [top + deep * (row / rows) ** 1.7 for row in range(1, rows + 1)]
    for y in levels:
        pen.line([(-5, y), (scene.w + 5, y)], joint, 2 + 2 * (y - top) / deep, opacity=0.45)
    step = max(scene.w / 9, 90.0)
    for k in range(-12, 13):
        far = scene.w / 2 + k * step * (top - eye) / (scene.h - eye)
        pen.line([(far, top), (scene.w / 2 + k * step, scene.h)], joint, 3, opacity=0.4)
    scene.flush()


def _lamps(scene: Scene, base: float, tall: float) -> None:
    pen, ink = scene.pen(), scene.ink
    iron = ink.shade("#3a424e", 0.15)
    places = np.arange(0.12, 1.0, 0.38 if scene.w < 1500 else 0.2)
    for share in places:
        x = scene.w * float(share)
        pen.line([(x, base), (x, base - tall)], iron, 6)
        pen.path(
            f"M{x - 11} {base - tall}L{x - 15} {base - tall - 34}H{x + 15}L{x + 11} {base - tall}Z",
            ink.glow("#ffe9b0") if scene.light.lamps else ink("#e9eef0"),
        )
        pen.path(f"M{x - 18} {base - tall - 34}Q{x} {base - tall - 58} {x + 18} {base - tall - 34}Z", iron)
        pen.rect(x - 12, base - 8, 24, 10, iron, r=2)
    scene.flush()
    if scene.light.lamps:
        for share in places:
            sky.glow(scene, scene.w * float(share), base - tall - 18, 170, "#ffd48a", 0.75)
