"""The sky: its gradient, sun, moon, stars, clouds, aurora, and what falls from it."""

from __future__ import annotations

import numpy as np

from services.local.illustrator.canvas import Canvas
from services.local.illustrator.colour import mix, parse
from services.local.illustrator.light import Light
from services.local.illustrator.noise import cloud, curve
from services.local.illustrator.pen import Pen, smooth_path
from services.local.illustrator.scene import Scene


def paint_sky(scene: Scene, *, aurora: bool = False) -> None:
    """Everything above the horizon, straight onto the canvas."""
    _gradient(scene.canvas, scene.light, scene.horizon)
    if scene.light.night or scene.light.lamps:
        _stars(scene, 1.0 if scene.light.night else 0.35)
    if aurora:
        _aurora(scene)
    _sun(scene)
    pen = scene.pen()
    if scene.light.disc:
        _disc(pen, scene)
    _clouds(pen, scene)
    scene.flush()


def _gradient(canvas: Canvas, light: Light, horizon: float) -> None:
    stops = np.array([parse(light.top), parse(light.middle), parse(light.low)], np.float32)
    share = np.clip(canvas.ys()[:, 0] / max(horizon, 1), 0, 1) ** np.float32(1.15)
    rows = np.stack([np.interp(share, (0, 0.58, 1), stops[:, part]) for part in range(3)], axis=1)
    canvas.pixels[:] = rows.astype(np.float32)[:, None, :]


def sun_height(scene: Scene) -> float:
    """Where the middle of the sun or moon stands, in units from the top."""
    return scene.horizon * (1 - 0.92 * scene.light.elevation) - 20


def glow(scene: Scene, x: float, y: float, radius: float, colour: str, strength: float) -> None:
    """Adds a soft round light."""
    dx, dy = (scene.canvas.xs() - x) / radius, (scene.canvas.ys() - y) / radius
    scene.canvas.add(colour, (strength * np.exp(-np.sqrt(dx * dx + dy * dy) * 2.2)).astype(np.float32))


def _sun(scene: Scene) -> None:
    if scene.light.cloud >= 1 and not scene.light.disc:
        return
    reach = min(max(scene.w, scene.h), 1500)
    low = scene.light.elevation < 0.3
    strength = 0.3 if scene.light.night else 0.85 if low else 0.6
    glow(
        scene, scene.sun_x, sun_height(scene), reach * (0.25 if scene.light.night else 0.45), scene.light.sun, strength
    )


def _disc(pen: Pen, scene: Scene) -> None:
    x, y, colour = scene.sun_x, sun_height(scene), scene.light.sun
    radius = 46.0 if scene.light.night else 62.0 if scene.light.elevation < 0.3 else 44.0
    for grow, alpha in ((2.3, 0.12), (1.6, 0.2)):
        pen.circle(x, y, radius * grow, colour, opacity=alpha)
    pen.circle(x, y, radius, mix(colour, "#ffffff", 0.35))
    if scene.light.night:
        for dx, dy, r in ((-14, -10, 11), (12, 6, 8), (-6, 18, 6), (16, -20, 5)):
            pen.circle(x + dx, y + dy, r, "#c9c9c4", opacity=0.45)


def _stars(scene: Scene, strength: float) -> None:
    canvas, rng = scene.canvas, scene.rng
    pen = Pen()
    count = int(170 * strength * canvas.w * max(scene.horizon, 200) / 1e6) + 20
    for _ in range(count):
        x, y = rng.uniform(0, canvas.w), rng.uniform(0, 1) ** 1.25 * scene.horizon
        size = rng.choice([1.1, 1.5, 2.2, 3.2], p=[0.5, 0.3, 0.15, 0.05])
        pen.circle(float(x), float(y), float(size), "#fdf8e4", opacity=float(rng.uniform(0.35, 1) * strength))
    canvas.over(canvas.render(pen))


def _aurora(scene: Scene) -> None:
    canvas, rng = scene.canvas, scene.rng
    ys = canvas.ys()
    for colour, strength in (("#5dffb0", 0.6), ("#43d9c8", 0.45), ("#a06bff", 0.35)):
        edge = scene.horizon * rng.uniform(0.45, 0.75) + 90 * curve(rng, canvas.width, bumps=2.5)[None, :]
        rays = 0.45 + 0.55 * np.abs(curve(rng, canvas.width, bumps=40, octaves=2))[None, :] * 1.6
        height = scene.horizon * rng.uniform(0.35, 0.6)
        above = (edge - ys) / height
        veil = np.where(above > 0, np.exp(-above * 2.6), np.exp(above * 28)) * rays
        canvas.add(colour, np.clip(veil * strength, 0, 1).astype(np.float32))


def _clouds(pen: Pen, scene: Scene) -> None:
    light, rng = scene.light, scene.rng
    if light.cloud <= 0:
        return
    area = scene.w / 1000
    if light.elevation < 0.3 or light.cloud >= 1:
        for _ in range(round((5 + 7 * light.cloud) * max(area, 0.8))):
            y = scene.horizon * float(rng.uniform(0.12, 0.86))
            _streak(pen, scene, float(rng.uniform(-0.1, 1.1)) * scene.w, y)
        return
    for _ in range(max(round((2 + 6 * light.cloud) * area), 2)):
        y = scene.horizon * float(rng.uniform(0.12, 0.72))
        size = float(rng.uniform(0.6, 1.25)) * (0.45 + 0.75 * (1 - y / scene.horizon)) * min(scene.horizon / 450, 1.3)
        cumulus(pen, scene, float(rng.uniform(0, 1)) * scene.w, y, size)


def cumulus(pen: Pen, scene: Scene, x: float, y: float, size: float) -> None:
    """A heaped cloud with a flat foot, about 260 units wide at size 1."""
    light, rng = scene.light, scene.rng
    white = mix(mix("#ffffff", light.sun, 0.3), light.middle, 0.1 if not light.night else 0.72)
    under = mix(light.middle, "#ffffff" if not light.night else light.top, 0.35)
    fill = pen.vertical((0, white, 0.97), (0.6, white, 0.9), (1, under, 0.55))
    lobes = [(-96, 30), (-58, 46), (-8, 64), (48, 50), (92, 32)]
    with pen.at(x, y, size):
        d = "M-140 0"
        for cx, r in lobes:
            rise = r + float(rng.uniform(-8, 8))
            d += f"A{r} {rise:.0f} 0 0 1 {cx + r * 0.85:.0f} {-abs(cx) * -0.08 - 14:.0f}"
        pen.path(d + "Q150 0 120 2 L-130 2 Z", fill)


def _streak(pen: Pen, scene: Scene, x: float, y: float) -> None:
    light, rng = scene.light, scene.rng
    low = y / scene.horizon
    lit = mix(light.low, light.sun, 0.5)
    body = mix(mix(light.top, light.middle, 0.4 + 0.6 * low), lit if light.cloud < 1 else "#ffffff", 0.34)
    if light.cloud >= 1:
        body = mix(body, light.shadow, float(rng.uniform(0, 0.18)))
    length = float(rng.uniform(160, 460)) * (1.5 if light.cloud >= 1 else 1.0)
    thick = float(rng.uniform(9, 26)) * (2.2 if light.cloud >= 1 else 1.0) * (1.3 - 0.7 * low)
    fade = pen.horizontal((0, body, 0), (0.3, body, 0.8), (0.65, body, 0.75), (1, body, 0))
    top = [
        (x + length * (t - 0.5), y - thick * float(rng.uniform(0.4, 1)) * np.sin(np.pi * t))
        for t in np.linspace(0, 1, 7)
    ]
    foot = [(x + length * (t - 0.5), y + thick * 0.3 * np.sin(np.pi * t)) for t in np.linspace(1, 0, 5)]
    pen.path(smooth_path([*top, *foot], closed=True), fade)
    if light.cloud < 1:
        edge = pen.horizontal((0, lit, 0), (0.4, lit, 0.7), (1, lit, 0))
        pen.path(smooth_path([*foot, *[(px, py + thick * 0.22) for px, py in reversed(foot)]], closed=True), edge)


def mist(scene: Scene, y: float, depth: float, strength: float) -> None:
    """A bank of haze lying around height `y`, `depth` units thick, on the canvas as it is now."""
    canvas = scene.canvas
    ragged = 0.65 + 0.7 * cloud(scene.rng, canvas.width, canvas.height, cells=3, octaves=3, stretch=5)
    lying = np.exp(-(((canvas.ys() - y) / depth) ** 2))
    canvas.tint(
        mix(scene.light.haze, scene.light.low, 0.4), np.clip(lying * ragged * strength, 0, 1).astype(np.float32)
    )


def precipitation(scene: Scene) -> None:
    """Rain or snow in front of everything, where the weather brings it."""
    rng, pen = scene.rng, Pen()
    if scene.weather in ("rain", "storm"):
        for _ in range(int(190 * scene.w * scene.h / 1e6)):
            x, y = float(rng.uniform(-0.05, 1.05) * scene.w), float(rng.uniform(-0.05, 1) * scene.h)
            length = float(rng.uniform(22, 60))
            pen.line([(x, y), (x - length * 0.22, y + length)], "#eef5fb", 1.7, opacity=float(rng.uniform(0.16, 0.45)))
    elif scene.weather == "snow":
        for _ in range(int(230 * scene.w * scene.h / 1e6)):
            x, y = float(rng.uniform(0, scene.w)), float(rng.uniform(0, scene.h))
            near = float(rng.uniform(0, 1)) ** 2.4
            pen.circle(x, y, 1.8 + 6.5 * near, "#ffffff", opacity=0.85 - 0.35 * near)
    scene.canvas.lift, lifted = False, scene.canvas.lift
    scene.canvas.lay(pen)
    scene.canvas.lift = lifted


def shafts(scene: Scene, strength: float) -> None:
    """Slanting rays from the sun, faint, across the whole picture."""
    canvas = scene.canvas
    dx, dy = canvas.xs() - scene.sun_x, canvas.ys() - sun_height(scene)
    angle = np.arctan2(dx, np.abs(dy) + 60)
    profile = curve(scene.rng, 512, bumps=16, octaves=2)
    rays = np.interp(angle, np.linspace(-1.6, 1.6, 512), profile.clip(0, 1)).astype(np.float32)
    fade = np.exp(-np.sqrt(dx * dx + dy * dy) / (0.7 * max(scene.w, scene.h)))
    canvas.add(scene.light.sun, np.clip(rays * fade * strength, 0, 1).astype(np.float32))
