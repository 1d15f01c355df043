"""What makes a room a ward, a museum, a shop, a café, a gym, a factory, a server hall, an airport or a corridor."""

from __future__ import annotations

from services.local.illustrator.colour import Ink
from services.local.illustrator.pen import Pen
from services.local.illustrator.scene import Scene
from services.local.illustrator.stamp import stamp


def _row(pen: Pen, scene: Scene, ink: Ink, name: str, places: tuple[float, ...], foot: float, tall: float) -> None:
    for x in places:
        stamp(pen, scene, name, scene.w * x, foot, tall, ink=ink)


def hospital(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Beds with drips along the wall, a pale curtain, a red cross."""
    size = min(scene.h * 0.24, scene.w * 0.17)
    for k in range(9):
        pen.rect(scene.w * 0.46 + k * 14, floor * 0.12, 13, floor * 0.84, ink("#a8d0d4" if k % 2 else "#bfe0e2"))
    _row(pen, scene, ink, "hospital bed", (0.2, 0.76), floor + 26, size)
    pen.rect(scene.w * 0.9, floor * 0.2, 66, 66, ink("#ffffff"), r=8)
    pen.path(f"M{scene.w * 0.9 + 26} {floor * 0.2 + 12}h14v14h14v14h-14v14h-14v-14h-14v-14h14z", ink("#d1483c"))


def museum(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Pictures in gilded frames, a bench."""
    size = min(scene.h * 0.3, scene.w * 0.2)
    _row(pen, scene, ink, "picture frame", (0.12, 0.375, 0.625, 0.88), floor * 0.66, size)
    stamp(pen, scene, "bench", scene.w * 0.27, floor + 30, scene.h * 0.09, ink=ink)
    for x in (0.12, 0.375, 0.625, 0.88):
        pen.poly(
            [(scene.w * x, 0), (scene.w * x - 120, floor * 0.7), (scene.w * x + 120, floor * 0.7)],
            "#fff3d0",
            opacity=0.16,
        )


def shop(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Shelves of goods and a counter."""
    goods = ("jar", "parcel", "basket", "parcel", "jar", "basket", "parcel", "jar")
    size = floor * 0.11
    for left in (0.04, 0.64):
        for row in range(3):
            y = floor * (0.3 + 0.23 * row)
            for k in range(4):
                stamp(pen, scene, goods[(k + row * 3) % 8], scene.w * (left + 0.04 + 0.077 * k), y, size, ink=ink)
            pen.rect(scene.w * left, y, scene.w * 0.32, 12, ink("#a9754a"))
            pen.rect(scene.w * left, y + 11, scene.w * 0.32, 5, ink.shade("#a9754a", 0.4))
    pen.rect(scene.w * 0.4, floor - 130, scene.w * 0.2, 150, ink("#b07d4f"), r=4)
    pen.rect(scene.w * 0.39, floor - 142, scene.w * 0.22, 18, ink.lit("#b07d4f", 0.3), r=4)
    stamp(pen, scene, "cash register", scene.w * 0.5, floor - 142, floor * 0.13, ink=ink)


def cafe(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Small tables, chairs, lamps above, a board on the wall."""
    size = min(scene.h * 0.26, scene.w * 0.18)
    _row(pen, scene, ink, "table", (0.18, 0.78), floor + 34, size)
    _row(pen, scene, ink, "chair", (0.08, 0.3, 0.67, 0.89), floor + 34, size)
    pen.rect(scene.w * 0.42, floor * 0.22, scene.w * 0.16, floor * 0.34, ink("#3a3f44"), r=5)
    for k in range(4):
        pen.line(
            [(scene.w * 0.44, floor * (0.29 + 0.06 * k)), (scene.w * (0.55 - 0.02 * k), floor * (0.29 + 0.06 * k))],
            ink("#d9d4c4"),
            4,
        )
    for x in (0.18, 0.5, 0.78):
        pen.line([(scene.w * x, 0), (scene.w * x, floor * 0.16)], ink("#3b3f48"), 3)
        pen.circle(scene.w * x, floor * 0.2, 30, ink.glow("#ffd98a"))


def gym(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """A wall of mirrors, weights and mats."""
    pen.rect(scene.w * 0.06, floor * 0.18, scene.w * 0.88, floor * 0.6, ink("#cfe0e6"))
    for k in range(6):
        pen.poly([(scene.w * (0.1 + 0.15 * k), floor * 0.78), (scene.w * (0.16 + 0.15 * k), floor * 0.18),
                  (scene.w * (0.19 + 0.15 * k), floor * 0.18), (scene.w * (0.13 + 0.15 * k), floor * 0.78)], "#ffffff", opacity=0.3)  # fmt: skip  # noqa: E501
        pen.line(
            [(scene.w * (0.06 + 0.147 * k), floor * 0.18), (scene.w * (0.06 + 0.147 * k), floor * 0.78)],
            ink("#9fb0b8"),
            4,
        )
    _row(pen, scene, ink, "dumbbell", (0.12, 0.3, 0.7, 0.88), floor + 16, scene.h * 0.085)
    _row(pen, scene, ink, "yoga mat", (0.5,), floor + 60, scene.h * 0.1)


def factory(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Machines in line with their hoods and pipes behind a belt with parts, under skylights."""
    for k in range(5):
        x = scene.w * (0.04 + 0.2 * k)
        pen.poly(
            [(x, 20), (x + scene.w * 0.14, 20), (x + scene.w * 0.12, 80), (x + scene.w * 0.02, 80)], ink.glow("#dff0f6")
        )
    wide = min(scene.w * 0.2, floor * 0.5)
    pipe = max(floor * 0.3, floor - wide * 1.7)
    pen.rect(-5, pipe - 9, scene.w + 10, 18, ink("#8d9aa6"))
    pen.rect(-5, pipe - 9, scene.w + 10, 5, ink.lit("#8d9aa6", 0.3))
    for k in range(int(scene.w / (wide * 1.3)) + 1):
        x, top = (k * 1.3 + 0.15) * wide, floor - wide * 0.86
        steel = ("#8fa0ad", "#7d97a0", "#98a3a8")[k % 3]
        pen.rect(x + wide * 0.44, pipe, wide * 0.12, top - pipe, ink.shade("#8d9aa6", 0.15))
        hood = [(x + wide * 0.2, top), (x + wide * 0.36, top - wide * 0.18), (x + wide * 0.64, top - wide * 0.18),
                (x + wide * 0.8, top)]  # fmt: skip
        pen.poly(hood, ink.shade(steel, 0.25))
        pen.rect(x, top, wide, floor - top, ink(steel), r=6)
        pen.rect(x + wide * 0.72, top, wide * 0.28, floor - top, ink.shade(steel, 0.18), r=6)
        pen.rect(x + wide * 0.1, top + wide * 0.12, wide * 0.5, wide * 0.3, ink("#33424f"), r=4)
        pen.circle(x + wide * 0.35, top + wide * 0.27, wide * 0.1, ink.lit("#5b7080", 0.2))
        for light, colour in enumerate(("#6fd08a", "#f3c93a", "#e2604a")):
            pen.circle(x + wide * 0.86, top + wide * (0.14 + 0.11 * light), wide * 0.03, ink.glow(colour))
    pen.rect(-5, floor - 26, scene.w + 10, 40, ink("#4a5563"))
    pen.rect(-5, floor - 32, scene.w + 10, 10, ink("#f3c93a"))
    for k in range(int(scene.w / 150) + 1):
        pen.rect(k * 150 + 30, floor - 76, 70, 44, ink(scene.palette.accents[k % 4]), r=4)


def datacentre(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Rows of racks with small lights, running into the depth."""
    pen.rect(-5, -5, scene.w + 10, floor + 8, ink("#26364d"))
    for side in (-1, 1):
        for k in range(5):
            near = (k + 1) / 5
            x = scene.w / 2 + side * scene.w * (0.1 + 0.42 * near)
            half, top = scene.w * 0.05 * (0.5 + near), floor * (0.42 - 0.4 * near)
            low = floor + (scene.h - floor) * 0.6 * near
            pen.rect(x - half, top, half * 2, low - top, ink.shade("#1c2738", 0.1 * (5 - k)))
            for row in range(12):
                y = top + (low - top) * (row + 0.6) / 13
                pen.rect(x - half * 0.8, y, half * 1.6, (low - top) / 22, ink("#33475f"))
                pen.circle(x + half * 0.5, y + 4, 3 + 2 * near, ink.glow("#5fd0ff" if (row + k) % 4 else "#7af0a8"))


def airport(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Rows of seats before the glass, aircraft waiting outside."""
    stamp(pen, scene, "aeroplane", scene.w * 0.42, floor * 0.74, min(scene.h * 0.2, scene.w * 0.14), ink=scene.at(0.2))
    for k in range(8):
        x = scene.w * (0.08 + 0.115 * k)
        pen.rect(x, floor - 50, 76, 64, ink("#3d5f8a"), r=10)
        pen.rect(x + 6, floor + 6, 64, 18, ink.lit("#3d5f8a", 0.2), r=6)
        pen.rect(x + 32, floor + 20, 10, 26, ink("#6f7a85"))


def corridor(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """Doors along the wall, a handrail, bright panels under the ceiling."""
    wide, tall = min(scene.w * 0.12, floor * 0.4), floor * 0.62
    rail = floor * 0.7
    pen.rect(-5, rail, scene.w + 10, 14, ink("#8fa3a8"), r=4)
    pen.rect(-5, rail + 13, scene.w + 10, 4, ink.shade("#8fa3a8", 0.4))
    for k in range(4):
        x = scene.w * (0.125 + 0.25 * k)
        left, top = x - wide / 2, floor - tall
        pen.rect(left - 12, top - 12, wide + 24, tall + 12, ink.lit("#f4f1ea", 0.2))
        pen.rect(left, top, wide, tall, ink("#9c7a58" if k % 2 else "#a8845f"))
        pen.rect(left + wide * 0.22, top + tall * 0.12, wide * 0.56, tall * 0.26, ink.glow("#dbe9ee"), r=4)
        pen.rect(left + wide * 0.78, top + tall * 0.52, wide * 0.12, 8, ink("#e9e4d8"), r=3)
        pen.rect(left + wide + 26, top + tall * 0.14, 44, 34, ink("#ffffff"), r=4)
        panel = scene.w * (0.06 + 0.25 * k)
        pen.poly(
            [(panel, 14), (panel + scene.w * 0.13, 14), (panel + scene.w * 0.115, 58), (panel + scene.w * 0.015, 58)],
            ink.glow("#f3f8f6"),
        )


MAKERS = {
    "hospital": hospital, "museum": museum, "shop": shop, "cafe": cafe, "gym": gym, "factory": factory,
    "datacentre": datacentre, "airport": airport, "corridor": corridor,
}  # fmt: skip
