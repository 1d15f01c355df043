"""Rooms: wall, window with a view, floor, and the furniture that says which room it is."""

from __future__ import annotations

import numpy as np

from services.local.illustrator import furniture, sky
from services.local.illustrator.colour import Ink, mix, parse
from services.local.illustrator.noise import curve
from services.local.illustrator.pen import Pen
from services.local.illustrator.scene import Scene

_WALLS = {
    "office": "#dfe5e6",
    "home": "#ecd9c3",
    "kitchen": "#f1e3cf",
    "classroom": "#e6e0cc",
    "library": "#dccbb0",
    "laboratory": "#dde9ee",
    "workshop": "#d8c8b0",
    "warehouse": "#c9c4bb",
    "hospital": "#e3eeee",
    "museum": "#ece7de",
    "shop": "#eadfca",
    "cafe": "#d9b894",
    "gym": "#dfe6e4",
    "factory": "#c3cad0",
    "datacentre": "#26364d",
    "airport": "#e3e8ea",
    "bakery": "#ecd8b8",
    "hall": "#d8ccb4",
    "observatory": "#3a4357",
    "corridor": "#e8e6df",
}
_WINDOWLESS = {"museum", "shop", "gym", "factory", "datacentre", "cafe", "bakery", "hall", "observatory", "corridor"}


def room(scene: Scene, kind: str, outlook: str = "") -> None:
    """An interior of the given kind, seen straight on; the window shows the hour and the `outlook`."""
    floor = scene.h * (0.74 if scene.h <= scene.w * 1.3 else 0.7)
    wall = _WALLS.get(kind, "#e6dfd3")
    wall = mix(
        wall,
        scene.palette.named[0] if scene.palette.named else scene.palette.accents[0],
        0.3 if scene.palette.named else 0.1,
    )
    ink = _room_ink(scene)
    pen = scene.pen()
    pen.rect(
        -5,
        -5,
        scene.w + 10,
        floor + 5,
        pen.vertical((0, ink.shade(wall, 0.22), 1), (0.6, ink(wall), 1), (1, ink.lit(wall, 0.15), 1)),
    )
    boards = {
        "office": "#b8aa98",
        "kitchen": "#b98a5e",
        "laboratory": "#c3ccd2",
        "warehouse": "#98948e",
        "hospital": "#cfd8d6",
        "museum": "#cfc8bc",
        "factory": "#9aa0a4",
        "datacentre": "#3a4a60",
        "airport": "#c9ced2",
        "hall": "#cfc4ae",
        "observatory": "#4a4f5e",
        "corridor": "#c6cbc8",
    }.get(kind, "#a97c56")
    pen.rect(
        -5,
        floor,
        scene.w + 10,
        scene.h - floor + 5,
        pen.vertical((0, ink.shade(boards, 0.3), 1), (0.3, ink(boards), 1), (1, ink.shade(boards, 0.25), 1)),
    )
    _boards(pen, scene, floor, ink.shade(boards, 0.4))
    pen.rect(-5, floor - 12, scene.w + 10, 13, ink.lit(wall, 0.5))
    pen.rect(-5, floor, scene.w + 10, 4, ink.shade(boards, 0.5))
    frame = _window_box(scene, floor, kind)
    scene.flush()
    if kind not in _WINDOWLESS:
        _view(scene, frame, outlook)
        _window_frame(scene.pen(), ink, frame)
    furniture.furnish(scene, kind, floor, frame, ink)
    scene.flush()
    _daylight(scene, frame, floor)
    scene.indoor = True
    scene.ground = (floor + (scene.h - floor) * 0.3, scene.h - (scene.h - floor) * 0.18)
    scene.water = None
    scene.air = (0.1, 0.4)
    if kind in ("kitchen", "laboratory", "office", "classroom", "library"):
        scene.table = scene.h * (0.8 if scene.h < scene.w * 1.3 else 0.78)


def _room_ink(scene: Scene) -> Ink:
    base = scene.light.ink
    if not scene.light.lamps:
        return base
    warm = tuple(max(a, 0.84) * b for a, b in zip(base.ambient, (1.02, 0.92, 0.78), strict=True))
    return Ink((warm[0], warm[1], warm[2]), base.haze, "#ffd79a", base.shadow)


def _boards(pen: Pen, scene: Scene, floor: float, colour: str) -> None:
    middle = scene.w / 2
    for k in np.linspace(-1.6, 1.6, 19):
        x = middle + float(k) * scene.w * 0.5
        pen.line([(x, floor), (middle + (x - middle) * 1.7, scene.h + 5)], colour, 2, opacity=0.3)


def _window_box(scene: Scene, floor: float, kind: str) -> tuple[float, float, float, float]:
    if kind == "airport":
        return (scene.w * 0.05, floor * 0.1, scene.w * 0.9, floor * 0.66)
    if kind == "hospital":
        return (scene.w * 0.1, floor * 0.14, scene.w * 0.26, floor * 0.42)
    width = min(scene.w * (0.56 if kind in ("office", "laboratory") else 0.36), 900)
    height = min(floor * 0.6, 620)
    left = (
        scene.w * 0.5 - width / 2
        if kind in ("office", "library")
        else scene.w * (0.1 if scene.sun_x < scene.w / 2 else 0.9) - (0 if scene.sun_x < scene.w / 2 else width)
    )
    return (left, floor * 0.13, width, height)


def _view(scene: Scene, frame: tuple[float, float, float, float], outlook: str) -> None:
    canvas, light = scene.canvas, scene.light
    x, y, w, h = frame
    rows = slice(max(int(y * canvas.scale), 0), int((y + h) * canvas.scale))
    columns = slice(max(int(x * canvas.scale), 0), int((x + w) * canvas.scale))
    share = np.linspace(0, 1, rows.stop - rows.start, dtype=np.float32)
    stops = np.array([parse(light.top), parse(light.middle), parse(light.low)], np.float32)
    ramp = np.stack([np.interp(share, (0, 0.5, 0.8), stops[:, k]) for k in range(3)], axis=1).astype(np.float32)
    canvas.pixels[rows, columns] = ramp[:, None, :]
    pen = scene.pen()
    with pen.clip(f"M{x} {y}h{w}v{h}h{-w}z"):
        if light.disc:
            pen.circle(
                x + w * 0.7,
                y + h * (0.62 - 0.4 * light.elevation),
                h * 0.07,
                mix(light.sun, "#ffffff", 0.3),
                opacity=0.9,
            )
        _outlook(pen, scene, frame, outlook)


def _outlook(pen: Pen, scene: Scene, frame: tuple[float, float, float, float], outlook: str) -> None:
    x, y, w, h = frame
    far, near = scene.at(0.8), scene.at(0.5)
    if outlook in ("city", "street", "office", "") and scene.rng.random() < (0.6 if outlook == "" else 1.1):
        for ink, tall, low in ((far, 0.52, 0.0), (near, 0.34, 0.03)):
            at = x - 10
            while at < x + w:
                width = w * float(scene.rng.uniform(0.06, 0.12))
                top = y + h * (1 - tall * float(scene.rng.uniform(0.5, 1)) + low)
                pen.rect(at, top, width, y + h - top, ink("#7f8ca3"))
                if scene.light.lamps:
                    for k in range(6):
                        pen.rect(
                            at + width * 0.2 + (k % 2) * width * 0.36,
                            top + 12 + (k // 2) * 26,
                            width * 0.18,
                            10,
                            ink.glow("#ffd27d"),
                        )
                at += width * 1.02
        return
    tones = {"sea": "#5d9dbd", "coast": "#5d9dbd", "harbour": "#5d9dbd", "snow": "#e8f0f5"}
    first, second = scene.palette.leaf_dark, scene.palette.grass
    for k, (ink, low) in enumerate(((far, 0.62), (near, 0.74))):
        line = curve(scene.rng, 14, bumps=2.5, octaves=2) * h * 0.08
        if outlook in tones and k == 1:
            pen.rect(x, y + h * 0.72, w, h * 0.3, ink(tones[outlook]))
            return
        points = [(x + w * t / 13, y + h * low - float(line[t])) for t in range(14)]
        pen.poly([*points, (x + w, y + h), (x, y + h)], ink(mix(first, second, k)))


def _window_frame(pen: Pen, ink: Ink, frame: tuple[float, float, float, float]) -> None:
    x, y, w, h = frame
    white, dark = ink.lit("#f4efe6", 0.1), ink.shade("#cfc6b8", 0.2)
    pen.path(f"M{x - 16} {y - 16}h{w + 32}v{h + 32}h{-w - 32}zM{x} {y}v{h}h{w}v{-h}z", white)
    panes = max(round(w / 260), 2)
    for k in range(1, panes):
        pen.rect(x + w * k / panes - 5, y, 10, h, white)
        pen.rect(x + w * k / panes + 3, y, 2, h, dark)
    pen.rect(x, y + h * 0.36, w, 8, white)
    pen.rect(x - 30, y + h + 12, w + 60, 18, white)
    pen.rect(x - 30, y + h + 28, w + 60, 6, dark)
    for k in range(panes):
        px, pw = x + w * k / panes, w / panes
        pen.poly(
            [(px + pw * 0.1, y + h), (px + pw * 0.6, y), (px + pw * 0.85, y), (px + pw * 0.35, y + h)],
            "#ffffff",
            opacity=0.08,
        )


def _daylight(scene: Scene, frame: tuple[float, float, float, float], floor: float) -> None:
    """A slanting patch of light on the floor by day; lamp glow in the dark."""
    x, y, w, h = frame
    if scene.light.lamps:
        sky.glow(scene, scene.w * 0.5, floor * 0.3, min(scene.w, 1400) * 0.6, "#ffcf87", 0.22)
        return
    pen = Pen()
    lean = (scene.w / 2 - (x + w / 2)) * 0.35 + 60
    strength = 0.34 if scene.light.elevation < 0.3 else 0.2
    fall = pen.vertical((0, scene.light.sun, strength), (1, scene.light.sun, 0.02))
    pen.poly(
        [
            (x + lean, floor + 8),
            (x + w + lean, floor + 8),
            (x + w * 1.2 + lean * 2.4, scene.h),
            (x - w * 0.1 + lean * 2.4, scene.h),
        ],
        fall,
    )
    lifted, scene.canvas.lift = scene.canvas.lift, False
    scene.canvas.lay(pen)
    scene.canvas.lift = lifted
    sky.glow(scene, x + w / 2, y + h / 2, max(w, h) * 0.9, scene.light.sun, 0.3)
