"""Draws placed subjects: shadow or mirror image first, then the thing, then the rim of light."""

from __future__ import annotations

import numpy as np

from services.local.illustrator.canvas import shifted
from services.local.illustrator.colour import mix
from services.local.illustrator.compose import Placed
from services.local.illustrator.palette import NAMED
from services.local.illustrator.pen import Pen
from services.local.illustrator.scene import Scene
from services.local.illustrator.subjects import Brush


def draw_all(scene: Scene, placed: list[Placed], seed: tuple[int, ...]) -> None:
    """Draws the subjects far to near in one layer and lights its edge towards the sun."""
    if not placed:
        return
    on_table = [p for p in placed if p.subject.habitat == "table" and not p.floating and not p.stand]
    behind = [p for p in placed if p not in on_table]
    _layer(scene, behind, seed)
    if on_table:
        if not scene.bare:
            lay_table(scene)
        _layer(scene, on_table, seed)


def _layer(scene: Scene, placed: list[Placed], seed: tuple[int, ...]) -> None:
    if not placed:
        return
    shadows, pen = Pen(), Pen()
    for order, item in enumerate(placed):
        if item.stand:
            _side_table(pen, scene, item)
        if not item.floating:
            _ground(shadows, scene, item, seed, order)
        _draw(pen, scene, item, seed, order)
    lifted, scene.canvas.lift = scene.canvas.lift, False
    scene.canvas.lay(shadows)
    scene.canvas.lift = lifted
    scene.canvas.over(_rim(scene, scene.canvas.render(pen)))


def _side_table(pen: Pen, scene: Scene, item: Placed) -> None:
    """A small table under a thing that would otherwise lie on the ground."""
    ink, half = scene.ink.at(item.depth), item.subject.wide * item.scale * 0.62
    for x in (item.x - half * 0.86, item.x + half * 0.86 - 9):
        pen.rect(x, item.y, 9, item.stand, ink.shade("#a9754a", 0.4))
    pen.rect(item.x - half, item.y, half * 2, 11, ink.lit("#a9754a", 0.2), r=3)
    pen.rect(item.x - half + 6, item.y + 11, half * 2 - 12, 10, ink.shade("#a9754a", 0.3))


def _draw(pen: Pen, scene: Scene, item: Placed, seed: tuple[int, ...], order: int) -> None:
    rng = np.random.default_rng((*seed, 7, order))
    accents = scene.palette.accents
    given = item.mention.colour in NAMED
    main = NAMED[item.mention.colour] if given else accents[(order + int(rng.integers(2))) % 4]
    main = main if given or main != scene.palette.pale else accents[0]
    brush = Brush(
        pen=pen,
        ink=scene.ink.at(item.depth),
        rng=rng,
        palette=scene.palette,
        main=main,
        second=accents[(accents.index(main) + 1) % 4 if main in accents else 1],
        given=given,
        role=item.mention.role,
        holds=item.mention.holds,
        laden=item.mention.laden,
        lamps=scene.light.lamps and not scene.indoor,
        variant=order,
    )
    with pen.at(item.x, item.y, item.scale, mirror=item.mirror):
        item.subject.draw(brush)


def _ground(pen: Pen, scene: Scene, item: Placed, seed: tuple[int, ...], order: int) -> None:
    width = item.subject.wide * item.scale
    if item.subject.habitat == "water" and scene.water:
        reflect(pen, scene, item, seed, order)
        return
    lean = float(np.clip((item.x - scene.sun_x) / scene.w, -0.5, 0.5)) * width * 0.4
    dark = mix(scene.light.shadow, "#10131f", 0.4)
    fill = pen.radial((0, dark, 0.42), (0.6, dark, 0.26), (1, dark, 0))
    pen.ellipse(item.x + lean, item.y + item.stand + 2, width * 0.6, max(width * 0.075, 7), fill)


def reflect(pen: Pen, scene: Scene, item: Placed, seed: tuple[int, ...], order: int) -> None:
    """What floats, mirrored in the water and not in the bank on this side of it."""
    mirrored = Placed(item.mention, item.subject, item.x, 0, item.scale, item.mirror, item.depth)
    low = scene.h if scene.bank is None else max(scene.bank, item.y)
    with pen.clip(f"M-9 -9H{scene.w + 9:.0f}V{low:.0f}H-9Z"), pen.faded(0.24), pen.at(0, item.y, 1, flip=-0.7):
        _draw(pen, scene, mirrored, seed, order)
    half = item.subject.wide * item.scale / 2
    for k, (dx, w) in enumerate(((0, 1.1), (-0.2, 0.8), (0.3, 0.6), (0.0, 0.9))):
        y = item.y + 3 + k * item.scale * 7
        pen.ellipse(
            item.x + dx * half, y, half * w * (1 - 0.12 * k), 2.2, mix(scene.light.low, "#ffffff", 0.3), opacity=0.35
        )


def lay_table(scene: Scene) -> None:
    """A table top across the foot of the picture, for what stands on a table."""
    top = scene.table or scene.h * 0.8
    scene.table = top
    pen, ink = Pen(), scene.ink
    wood = mix("#a8714a", scene.palette.named[0], 0.15) if scene.palette.named else "#a8714a"
    pen.rect(-5, top - 26, scene.w + 10, 30, pen.vertical((0, scene.light.shadow, 0), (1, scene.light.shadow, 0.3)))
    pen.rect(
        -5,
        top,
        scene.w + 10,
        scene.h - top + 5,
        pen.vertical((0, ink.lit(wood, 0.35), 1), (0.55, ink(wood), 1), (1, ink.shade(wood, 0.35), 1)),
    )
    rng = np.random.default_rng(int(top))
    for k in range(1, 5):
        y = top + (scene.h - top) * (k / 5) ** 1.3
        pen.line([(-5, y), (scene.w + 5, y)], ink.shade(wood, 0.3), 2, opacity=0.45)
    for _ in range(int(scene.w / 60)):
        x, y, length = (
            float(rng.uniform(0, scene.w)),
            float(rng.uniform(top + 14, scene.h)),
            float(rng.uniform(60, 220)),
        )
        pen.line([(x, y), (x + length, y)], ink.shade(wood, 0.25), 1.4, opacity=0.35)
    pen.rect(-5, top, scene.w + 10, 5, ink.lit(wood, 0.6))
    scene.canvas.lay(pen)


def _rim(
    scene: Scene, layer: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The layer with its edge towards the light brightened."""
    strength = 0.5 if scene.light.elevation < 0.3 and scene.light.disc else 0.22
    shift = max(round(2.6 * scene.canvas.scale), 1)
    across = shift if scene.sun_x < scene.w / 2 else -shift
    alpha = layer[..., 3]
    inner = shifted(alpha, shift, across)
    edge = np.clip(alpha - inner, 0, 1)[..., None] * np.float32(strength)
    sun = np.array([int(scene.light.sun[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)
    layer[..., :3] += edge * (sun - layer[..., :3])
    return layer
