"""Places that a few callings need: a bakery, a public hall, an observatory's dome, a ship's deck, a race course."""

from __future__ import annotations

from services.local.illustrator import coasts, landscapes
from services.local.illustrator.colour import Ink, mix
from services.local.illustrator.pen import Pen
from services.local.illustrator.scene import Scene
from services.local.illustrator.stamp import stamp


def bakery(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Shelves of loaves on one side, a glowing oven of brick on the other."""
    size = floor * 0.1
    for row in range(4):
        y = floor * (0.26 + 0.2 * row)
        for k in range(5):
            loaf = ("bread", "bun", "croissant")[(k + row) % 3]
            x = scene.w * (0.07 + 0.083 * k)
            stamp(pen, scene, loaf, x, y, min(size, scene.w * 0.05), ink=ink)
        pen.rect(scene.w * 0.03, y, scene.w * 0.42, 12, ink("#a9754a"))
        pen.rect(scene.w * 0.03, y + 11, scene.w * 0.42, 5, ink.shade("#a9754a", 0.4))
    left, width = scene.w * 0.6, scene.w * 0.34
    top = floor * 0.3
    pen.path(
        f"M{left} {floor + 10}V{top + 90}Q{left + width / 2} {top - 90} {left + width} {top + 90}V{floor + 10}Z",
        ink("#b5795a"),
    )
    for row in range(int((floor - top - 60) / 46)):
        y = floor - 26 - row * 46
        pen.line([(left, y), (left + width, y)], ink.shade("#b5795a", 0.3), 3, opacity=0.5)
    pen.rect(left + width * 0.42, -5, width * 0.16, top + 40, ink.shade("#b5795a", 0.15))
    mouth = floor * 0.66
    pen.path(
        f"M{left + width * 0.24} {mouth + 110}V{mouth + 30}Q{left + width / 2} {mouth - 70} "
        f"{left + width * 0.76} {mouth + 30}V{mouth + 110}Z",
        ink.shade("#4a2a1c", 0.2),
    )
    pen.path(
        f"M{left + width * 0.3} {mouth + 106}V{mouth + 44}Q{left + width / 2} {mouth - 36} "
        f"{left + width * 0.7} {mouth + 44}V{mouth + 106}Z",
        ink.glow("#f2a03c"),
    )
    pen.rect(left + width * 0.18, mouth + 104, width * 0.64, 16, ink.lit("#8a5a42", 0.2), r=3)


def hall(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Tall columns, a broad flight of steps and rows of seats on both sides."""
    for k in range(6):
        x, wide = scene.w * (0.07 + 0.172 * k), min(scene.w * 0.05, 74)
        marble = "#efe9dc"
        pen.rect(x - wide / 2, floor * 0.1, wide, floor * 0.84, pen.horizontal(
            (0, ink.lit(marble, 0.2), 1), (1, ink.shade(marble, 0.3), 1)))  # fmt: skip
        for y in (floor * 0.06, floor * 0.92):
            pen.rect(x - wide * 0.72, y, wide * 1.44, floor * 0.05, ink.lit(marble, 0.1))
    pen.rect(-5, -5, scene.w + 10, floor * 0.07, ink.shade("#d9d0bd", 0.1))
    for k in range(5):
        half = scene.w * (0.2 + 0.025 * k)
        y = floor - 70 + k * 20
        pen.rect(scene.w / 2 - half, y, half * 2, 21, ink.shade("#d9d0bd", 0.06 * k))
        pen.rect(scene.w / 2 - half, y, half * 2, 4, ink.lit("#f4efe2", 0.2))
    for side in (-1, 1):
        for row in range(3):
            x = scene.w / 2 + side * scene.w * (0.385 - 0.01 * row)
            y = floor - 66 + row * 34
            pen.rect(x - scene.w * 0.11, y, scene.w * 0.22, 30, ink("#8a4a3a"), r=8)
            pen.rect(x - scene.w * 0.11, y + 18, scene.w * 0.22, 14, ink.shade("#6b4630", 0.2), r=3)


def dome(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """The inside of an observatory: ribs of a dome, open on a starry sky."""
    pen.rect(-5, -5, scene.w + 10, floor + 8, ink.shade("#3a4357", 0.2))
    middle = scene.w * 0.5
    for k in range(-5, 6):
        x = middle + k * scene.w * 0.13
        bend = middle + k * scene.w * 0.05
        pen.stroke(f"M{x:.0f} {floor}Q{x:.0f} {floor * 0.3:.0f} {bend:.0f} -5", ink("#58637c"), 7)
    for y in (0.3, 0.62):
        pen.stroke(
            f"M-5 {floor * (y + 0.1):.0f}Q{middle:.0f} {floor * (y - 0.06):.0f} {scene.w + 5:.0f} "
            f"{floor * (y + 0.1):.0f}",
            ink("#4b556d"),
            5,
        )
    slit = (
        f"M{middle - scene.w * 0.15} {floor * 0.66}L{middle - scene.w * 0.06} -5H{middle + scene.w * 0.14}"
        f"L{middle + scene.w * 0.16} {floor * 0.66}Z"
    )
    pen.path(slit, pen.vertical((0, "#0d1430", 1), (1, "#2b3c6b", 1)))
    with pen.clip(slit):
        for _ in range(60):
            x, y = float(scene.rng.uniform(0.3, 0.7)) * scene.w, float(scene.rng.uniform(0, 0.66)) * floor
            pen.circle(x, y, float(scene.rng.uniform(1.2, 3.4)), "#f7f4e6", opacity=float(scene.rng.uniform(0.5, 1)))
    pen.path(slit, "none", stroke=ink.lit("#6f7c98", 0.2), width=8)


def deck(scene: Scene) -> None:
    """The open sea from the deck of a ship: planks and a rail in front."""
    coasts.sea(scene)
    # Of cut paper only the deck is raised: a shadow under every wave would cost more than it shows.
    lifted, scene.canvas.lift = scene.canvas.lift, False
    scene.flush()
    scene.canvas.lift = lifted
    pen, ink = scene.pen(), scene.ink
    top = scene.horizon + (scene.h - scene.horizon) * 0.52
    wood = "#b98a5e"
    pen.rect(-5, top, scene.w + 10, scene.h - top + 5,
             pen.vertical((0, ink.lit(wood, 0.25), 1), (1, ink.shade(wood, 0.25), 1)))  # fmt: skip
    for k in range(-14, 15):
        x = scene.w / 2 + k * 90
        pen.line([(x, top), (scene.w / 2 + (x - scene.w / 2) * 1.9, scene.h + 5)], ink.shade(wood, 0.4), 3, opacity=0.5)
    rail = top - min(scene.h * 0.13, 120)
    white = ink("#f1eee6")
    for k in range(int(scene.w / 150) + 2):
        pen.rect(k * 150 - 20, rail, 9, top - rail + 8, white)
    for share in (0.0, 0.5):
        pen.rect(
            -5,
            rail + (top - rail) * share,
            scene.w + 10,
            9 if not share else 5,
            ink.lit("#a9754a", 0.2) if not share else white,
        )
    pen.rect(-5, top - 4, scene.w + 10, 12, ink.shade(wood, 0.3))
    scene.ground, scene.bank = (top + (scene.h - top) * 0.3, scene.h - (scene.h - top) * 0.14), top
    scene.water = (scene.horizon + 10, scene.horizon + (rail - scene.horizon) * 0.7)


def course(scene: Scene) -> None:
    """A course for runners: a broad track between trees, people along the barriers."""
    landscapes.field(scene)
    pen, ink = scene.pen(), scene.ink
    depth = scene.h - scene.horizon
    for k in range(int(scene.w / 130) + 2):
        stamp(pen, scene, "tree", k * 130 - 20, scene.horizon + depth * 0.1, scene.h * 0.17, ink=scene.at(0.35))
    edge = scene.horizon + depth * 0.24
    tones = [*scene.palette.accents[:4], "#f1e3c4"]
    for k in range(int(scene.w / 26) + 1):
        x, tall = k * 26 + float(scene.rng.uniform(-4, 4)), float(scene.rng.uniform(44, 56))
        cloth = scene.at(0.2)(tones[int(scene.rng.integers(5))])
        pen.rect(x - 10, edge - tall + 18, 20, tall, cloth, r=8)
        pen.circle(x, edge - tall + 8, 9, scene.at(0.2)(("#e5b08c", "#b97a50", "#5f3a28")[int(scene.rng.integers(3))]))
    pen.rect(-5, edge - 14, scene.w + 10, 26, ink("#f1eee6"))
    pen.rect(-5, edge + 10, scene.w + 10, 6, ink.shade("#8d949c", 0.2))
    track = mix("#b8583f", scene.palette.named[0], 0.15) if scene.palette.named else "#b8583f"
    pen.rect(
        -5, edge + 16, scene.w + 10, scene.h - edge, pen.vertical((0, ink(track), 1), (1, ink.shade(track, 0.2), 1))
    )
    for share in (0.12, 0.32, 0.6, 0.96):
        y = edge + 16 + (scene.h - edge - 16) * share
        pen.rect(-5, y, scene.w + 10, 3 + 4 * share, ink("#f7f4ec"), opacity=0.85)
    scene.ground = (edge + (scene.h - edge) * 0.34, scene.h - (scene.h - edge) * 0.14)
    scene.water = None


ROOMS = {"bakery": bakery, "hall": hall, "observatory": dome}
