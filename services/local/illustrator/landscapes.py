"""Settings on dry land: mountains, forest, field, desert, garden and snow."""

from __future__ import annotations

import numpy as np

from services.local.illustrator import sky, terrain
from services.local.illustrator.colour import mix
from services.local.illustrator.scene import Scene


def mountains(scene: Scene) -> None:
    """Ranges behind ranges, conifers and a meadow ledge in front."""
    depth = scene.h - scene.horizon
    rise = min(scene.horizon * 0.62, 520)
    terrain.peaks(scene, scene.horizon + 10, rise, 0.88, count=4)
    terrain.peaks(scene, scene.horizon + 40, rise * 0.62, 0.55, count=5)
    scene.flush()
    sky.mist(scene, scene.horizon + 20, 60, 0.55)
    terrain.ridge(scene, scene.horizon + depth * 0.12, 46, mix(scene.palette.leaf_dark, scene.palette.rock, 0.4), 0.36)
    terrain.tree_line(scene, scene.horizon + depth * 0.24, 96, 0.22, kind="conifer")
    top = scene.horizon + depth * 0.36
    terrain.ridge(scene, top, 30, scene.palette.grass, 0.05, bumps=1.6, octaves=2)
    terrain.boulders(scene, top + depth * 0.1, scene.h - 10, count=7)
    terrain.tufts(
        scene,
        top + depth * 0.1,
        scene.h + 10,
        scene.palette.grass,
        count=44,
        flowers="" if scene.palette.snow else scene.palette.blossom,
    )
    scene.ground = (top + depth * 0.14, scene.h - depth * 0.08)
    scene.water = None


def forest(scene: Scene) -> None:
    """Ranks of trees fading into light, a clearing with a path, dark trunks framing it."""
    depth = scene.h - scene.horizon
    for distance, tall, base in ((0.95, 0.52, 0.0), (0.72, 0.66, 0.03), (0.46, 0.82, 0.08)):
        terrain.tree_line(
            scene, scene.horizon + depth * base + 10, min(scene.horizon * tall, 560), distance, density=0.9
        )
    scene.flush()
    sky.mist(scene, scene.horizon - 40, 150, 0.5)
    if scene.light.disc and not scene.light.night:
        sky.shafts(scene, 0.55)
    terrain.ground(scene, scene.horizon + depth * 0.06, mix(scene.palette.grass, scene.palette.leaf_dark, 0.3), far=0.5)
    _path(scene, scene.horizon + depth * 0.06)
    terrain.tree_line(scene, scene.horizon + depth * 0.16, min(scene.horizon * 0.75, 560), 0.14, density=0.16)
    terrain.tufts(
        scene,
        scene.horizon + depth * 0.2,
        scene.h + 10,
        mix(scene.palette.grass, scene.palette.leaf_dark, 0.4),
        count=80,
        flowers=scene.palette.blossom if scene.season == "spring" else "",
    )
    _trunks(scene)
    scene.ground = (scene.horizon + depth * 0.32, scene.h - depth * 0.1)


def _path(scene: Scene, top: float) -> None:
    pen, span = scene.pen(), scene.h - top
    x = scene.w * float(scene.rng.uniform(0.4, 0.6))
    earth = "#e7eef3" if scene.palette.snow else mix(scene.palette.sand, "#a88a62", 0.45)
    fill = pen.vertical((0, scene.at(0.5)(earth), 1), (1, scene.ink.shade(earth, 0.12), 1))
    sway = scene.w * 0.1
    pen.path(
        (
            f"M{x - 8} {top}C{x + sway} {top + span * 0.3} {x - sway * 1.6} {top + span * 0.5} "
            f"{x - scene.w * 0.16} {scene.h + 5}"
            f"H{x + scene.w * 0.17}C{x - sway * 0.2} {top + span * 0.55} {x + sway * 1.7} "
            f"{top + span * 0.3} {x + 10} {top}Z"
        ),
        fill,
    )


def _trunks(scene: Scene) -> None:
    pen, ink, rng = scene.pen(), scene.ink, scene.rng
    bark = "#5a4438"
    for side in (0.03, 0.965):
        x, half = scene.w * side, 30 + 16 * float(rng.random())
        d = (
            f"M{x - half * 1.7} {scene.h + 5}Q{x - half} {scene.h * 0.82} {x - half * 0.75} {-5}"
            f"H{x + half * 0.75}Q{x + half} {scene.h * 0.82} {x + half * 1.9} {scene.h + 5}Z"
        )
        pen.path(
            d,
            pen.horizontal((0, ink.shade(bark, 0.6), 1), (0.5, ink.shade(bark, 0.35), 1), (1, ink.shade(bark, 0.6), 1)),
        )
        for k in range(4):
            y = scene.h * (0.12 + 0.2 * k) + float(rng.uniform(-30, 30))
            pen.stroke(f"M{x - half * 0.3:.0f} {y:.0f}q6 40 -2 90", ink.shade(bark, 0.75), 3, opacity=0.5)
    if scene.palette.snow:
        return
    leaf = mix(scene.palette.leaf_dark, scene.palette.leaf, 0.25)
    for _ in range(max(int(scene.w / 26), 24)):
        x, y = float(rng.uniform(0, scene.w)), float(rng.uniform(-0.03, 0.09)) * scene.h
        edge = abs(x / scene.w - 0.5) * 2
        tone = ink.shade(leaf, float(rng.uniform(0.25, 0.6)))
        pen.ellipse(x, y + 70 * edge**2 - 20, float(rng.uniform(30, 66)), float(rng.uniform(20, 40)), tone)


def field(scene: Scene) -> None:
    """Rolling farmland: far hills, hedges, furrows or a meadow in flower."""
    depth = scene.h - scene.horizon
    terrain.ridge(scene, scene.horizon - 26, 44, scene.palette.rock_far, 0.8, bumps=2.4)
    terrain.ridge(scene, scene.horizon - 4, 30, mix(scene.palette.leaf, scene.palette.rock_far, 0.4), 0.6, bumps=2)
    terrain.tree_line(scene, scene.horizon + 8, 54, 0.45, kind="leafy", density=0.55)
    palette = scene.palette
    if scene.rng.random() < 0.5 and not palette.snow:
        terrain.ground(scene, scene.horizon + 6, palette.grass_dry)
        terrain.furrows(
            scene,
            scene.horizon + 6,
            (
                mix(palette.grass, palette.grass_dry, 0.3),
                palette.grass_dry,
                mix(palette.leaf, palette.grass_dry, 0.35),
                palette.grass_dry,
            ),
        )
        terrain.ridge(scene, scene.horizon + depth * 0.46, 22, palette.grass, 0.0, bumps=1.2, octaves=1)
    else:
        terrain.ridge(
            scene,
            scene.horizon + depth * 0.1,
            26,
            mix(palette.grass, palette.grass_dry, 0.6),
            0.36,
            bumps=1.6,
            octaves=2,
        )
        terrain.ridge(
            scene,
            scene.horizon + depth * 0.26,
            30,
            mix(palette.grass, palette.grass_dry, 0.2),
            0.18,
            bumps=1.3,
            octaves=2,
        )
        terrain.ridge(scene, scene.horizon + depth * 0.46, 24, palette.grass, 0.0, bumps=1.2, octaves=2)
    terrain.tufts(
        scene,
        scene.horizon + depth * 0.55,
        scene.h + 12,
        palette.grass,
        count=70,
        flowers="" if palette.snow else palette.blossom,
    )
    scene.ground = (scene.horizon + depth * 0.5, scene.h - depth * 0.1)


def desert(scene: Scene) -> None:
    """Dunes under a wide sky, a few rocks."""
    depth = scene.h - scene.horizon
    terrain.ridge(scene, scene.horizon - 10, 60, mix("#b9745a", scene.palette.rock_far, 0.35), 0.75, bumps=3, octaves=3)
    terrain.dunes(scene, scene.horizon + 10, mix(scene.palette.sand, "#e0a468", 0.45))
    scene.ground = (scene.horizon + depth * 0.5, scene.h - depth * 0.1)


def garden(scene: Scene) -> None:
    """A park: trees, hedge, lawn, a winding path, flower beds."""
    depth = scene.h - scene.horizon
    terrain.tree_line(scene, scene.horizon + 6, min(scene.horizon * 0.5, 260), 0.62, kind="leafy")
    terrain.tree_line(scene, scene.horizon + 22, min(scene.horizon * 0.42, 210), 0.36, kind="leafy", density=0.8)
    terrain.ground(scene, scene.horizon + 18, scene.palette.grass, far=0.3)
    pen = scene.pen()
    hedge = scene.at(0.15)
    green = mix(scene.palette.leaf_dark, scene.palette.leaf, 0.3)
    count = max(int(scene.w / 34), 6)
    for k in range(count + 1):
        x = scene.w * k / count
        pen.ellipse(x, scene.horizon + 30, 30, 26 + 6 * float(scene.rng.random()), hedge.shade(green, 0.25))
    for k in range(count + 1):
        pen.ellipse(scene.w * (k + 0.5) / count, scene.horizon + 38, 28, 22, hedge(green))
    _path(scene, scene.horizon + 40)
    bloom = scene.palette.accents[0] if scene.palette.named else scene.palette.blossom
    if not scene.palette.snow:
        for x, low, wide in ((0.14, 0.2, 0.13), (0.84, 0.24, 0.15), (0.07, 0.48, 0.15), (0.95, 0.56, 0.17)):
            _flower_bed(scene, scene.w * x, scene.horizon + 18 + depth * low, scene.w * wide, bloom)
    terrain.tufts(
        scene,
        scene.horizon + depth * 0.3,
        scene.h + 12,
        scene.palette.grass,
        count=90,
        flowers="" if scene.palette.snow else bloom,
    )
    scene.ground = (scene.horizon + depth * 0.34, scene.h - depth * 0.1)


def _flower_bed(scene: Scene, x: float, y: float, half: float, bloom: str) -> None:
    pen, rng = scene.pen(), scene.rng
    ink = scene.at(max(0.0, 0.3 - (y - scene.horizon) / (scene.h - scene.horizon) * 0.4))
    tall = half * 0.26
    pen.ellipse(x, y, half, tall, ink.shade("#7a5c42", 0.15))
    tones = (bloom, scene.palette.accents[1], mix(bloom, "#ffffff", 0.45), scene.palette.accents[3])
    for at in np.sort(rng.uniform(-0.8, 0.8, 34)):
        reach = float(rng.uniform(-0.94, 0.94)) * (1 - float(at) ** 2) ** 0.5
        px, py, size = x + reach * half, y + float(at) * tall, max(half * 0.045, 4)
        pen.stroke(f"M{px:.0f} {py:.0f}v{-size * 2.2:.0f}", ink(scene.palette.leaf), size * 0.5)
        pen.ellipse(px, py - size * 0.6, size * 1.5, size, ink(mix(scene.palette.leaf, scene.palette.leaf_dark, 0.4)))
        pen.circle(px, py - size * 2.6, size, ink.lit(tones[int(rng.integers(len(tones)))], 0.15))


def snow(scene: Scene) -> None:
    """Snowfields before icy peaks, drifts in front, spruces under snow."""
    depth = scene.h - scene.horizon
    terrain.peaks(scene, scene.horizon + 8, min(scene.horizon * 0.5, 400), 0.8, count=5)
    terrain.ridge(scene, scene.horizon, 34, "#dbe7f0", 0.5, bumps=2, octaves=2)
    terrain.tree_line(scene, scene.horizon + 26, 90, 0.3, kind="conifer", density=0.5)
    for share, tone in ((0.1, "#e3edf5"), (0.3, "#ecf3f8"), (0.58, "#f5f9fc")):
        terrain.ridge(scene, scene.horizon + depth * share, 34, tone, 0.25 * (1 - share), bumps=1.6, octaves=2)
    scene.ground = (scene.horizon + depth * 0.36, scene.h - depth * 0.1)
