"""Furniture and fittings along the back wall of a room, chosen by what the room is for."""

from __future__ import annotations

from collections.abc import Callable

from services.local.illustrator import roomware, venues
from services.local.illustrator.colour import Ink, mix
from services.local.illustrator.pen import Pen
from services.local.illustrator.scene import Scene

Frame = tuple[float, float, float, float]


def furnish(scene: Scene, kind: str, floor: float, frame: Frame, ink: Ink) -> None:
    """Puts the furniture of a kind of room along the wall, away from the window."""
    makers: dict[str, Callable[[Pen, Scene, Ink, float, float, float], None]] = {
        "office": _office, "home": _home, "kitchen": _kitchen,
        "classroom": _classroom,
        "library": _library, "laboratory": _laboratory, "workshop": _workshop, "warehouse": _warehouse,
    }  # fmt: skip
    whole = roomware.MAKERS.get(kind) or venues.ROOMS.get(kind)
    if whole is not None:
        whole(scene.pen(), scene, ink, floor)
        return
    free_left, free_right = frame[0] - 50, scene.w - (frame[0] + frame[2]) - 50
    start, span = (frame[0] + frame[2] + 50, free_right) if free_right >= free_left else (40.0, free_left - 40)
    if kind in makers:
        makers[kind](scene.pen(), scene, ink, start, max(span - 40, 60), floor)
    _pendants(scene.pen(), scene, ink, kind)


def shelf(pen: Pen, scene: Scene, ink: Ink, x: float, y: float, width: float) -> None:
    """A board on the wall with books and a small plant."""
    rng = scene.rng
    at = x + 8
    colours = [*scene.palette.accents[:4], "#e8dcc6", "#7a8894"]
    while at < x + width - 60:
        thick, tall = float(rng.uniform(10, 22)), float(rng.uniform(52, 84))
        colour = mix(colours[int(rng.integers(len(colours)))], "#d9cbb4", 0.2)
        pen.rect(
            at,
            y - tall,
            thick,
            tall,
            pen.horizontal((0, ink.lit(colour, 0.2), 1), (1, ink.shade(colour, 0.25), 1)),
            r=1.5,
        )
        pen.rect(at, y - tall * 0.8, thick, 4, ink.lit("#f5e6c4", 0.2), opacity=0.7)
        at += thick + 1.5
        if rng.random() < 0.1:
            at += 26
    plant(pen, scene, ink, x + width - 28, y, 64)
    pen.rect(x, y, width, 10, ink("#a9754a"))
    pen.rect(x, y + 8, width, 5, ink.shade("#a9754a", 0.45))


def plant(pen: Pen, scene: Scene, ink: Ink, x: float, y: float, tall: float) -> None:
    """A plant in a pot, standing at (x, y)."""
    green, pot = mix("#4c8a55", scene.palette.leaf_dark, 0.3), "#c9784f"
    for lean in (-0.75, 0.75, -0.4, 0.42, 0.02):
        tip_x, tip_y = x + lean * tall * 0.62, y - tall * (1.0 - abs(lean) * 0.35)
        tone = ink.shade(green, 0.22) if lean > 0.2 else ink.lit(green, 0.14)
        pen.path(
            (
                f"M{x:.1f} {y - tall * 0.28:.1f}Q{x + lean * tall * 0.1 - tall * 0.14:.1f} "
                f"{y - tall * 0.75:.1f} {tip_x:.1f} {tip_y:.1f}Q{x + lean * tall * 0.5 + tall * 0.1:.1f} "
                f"{y - tall * 0.5:.1f} {x:.1f} {y - tall * 0.28:.1f}Z"
            ),
            tone,
        )
    pen.path(
        (
            f"M{x - tall * 0.2:.1f} {y - tall * 0.32:.1f}H{x + tall * 0.2:.1f}L{x + tall * 0.14:.1f} "
            f"{y:.1f}H{x - tall * 0.14:.1f}Z"
        ),
        pen.horizontal((0, ink.lit(pot, 0.2), 1), (1, ink.shade(pot, 0.3), 1)),
    )


def _picture(pen: Pen, scene: Scene, ink: Ink, x: float, y: float, w: float, h: float) -> None:
    pen.rect(x, y, w, h, ink.shade("#7a5a40", 0.1), r=2)
    pen.rect(x + 7, y + 7, w - 14, h - 14, ink("#f4ead8"))
    a = scene.palette.accents
    pen.circle(x + w * 0.62, y + h * 0.4, min(w, h) * 0.15, ink(a[1]))
    pen.path(
        (
            f"M{x + 12} {y + h - 12}L{x + w * 0.35} {y + h * 0.5}L{x + w * 0.6} {y + h * 0.74}"
            f"L{x + w * 0.75} {y + h * 0.6}L{x + w - 12} {y + h - 12}Z"
        ),
        ink(a[2]),
    )


def _pendants(pen: Pen, scene: Scene, ink: Ink, kind: str) -> None:
    if kind not in ("kitchen", "office", "workshop", "warehouse"):
        return
    shade = scene.palette.dark
    for share in (0.3, 0.5, 0.7) if kind != "kitchen" else (0.62, 0.82):
        x, drop = scene.w * share, scene.h * 0.1
        pen.line([(x, -5), (x, drop)], ink.shade("#3b3f48", 0.2), 3)
        pen.path(
            f"M{x - 40} {drop + 36}Q{x - 34} {drop} {x} {drop - 4}Q{x + 34} {drop} {x + 40} {drop + 36}Z", ink(shade)
        )
        pen.ellipse(x, drop + 36, 40, 6, ink.glow("#ffedbd"))


def _office(pen: Pen, scene: Scene, ink: Ink, x: float, span: float, floor: float) -> None:
    for left in (max(scene.w * 0.045, 88), min(scene.w * 0.955, scene.w - 88)):
        plant(pen, scene, ink, left, floor + 14, 250)
    if span > 150:
        shelf(pen, scene, ink, x + span * 0.1, floor * 0.34, min(span * 0.8, 330))
        shelf(pen, scene, ink, x + span * 0.1, floor * 0.55, min(span * 0.8, 330))


def _home(pen: Pen, scene: Scene, ink: Ink, x: float, span: float, floor: float) -> None:
    width = min(max(span * 0.9, 260), 520)
    left, base = x + (span - width) / 2, floor + 26
    cloth = scene.palette.accents[2]
    _picture(pen, scene, ink, left + width * 0.16, floor * 0.2, width * 0.3, width * 0.36)
    _picture(pen, scene, ink, left + width * 0.56, floor * 0.24, width * 0.22, width * 0.28)
    pen.rect(
        left, base - 170, width, 120, pen.vertical((0, ink.lit(cloth, 0.2), 1), (1, ink.shade(cloth, 0.2), 1)), r=28
    )
    pen.rect(left - 16, base - 118, 60, 106, ink.shade(cloth, 0.12), r=22)
    pen.rect(left + width - 44, base - 118, 60, 106, ink.shade(cloth, 0.25), r=22)
    pen.rect(left + 36, base - 86, width - 72, 62, ink.lit(cloth, 0.12), r=14)
    pen.line([(left + width / 2, base - 84), (left + width / 2, base - 28)], ink.shade(cloth, 0.35), 3)
    for k, colour in ((0.2, scene.palette.accents[1]), (0.74, scene.palette.accents[0])):
        with pen.at(left + width * k, base - 104, 1, turn=12 if k > 0.5 else -12):
            pen.rect(-32, -30, 64, 56, ink(colour), r=12)
    for dx in (24, width - 36):
        pen.rect(left + dx, base - 14, 12, 18, ink.shade("#5e4230", 0.2))
    lamp = left - 80 if left > scene.w * 0.45 else left + width + 80
    pen.line([(lamp, base), (lamp, base - 330)], ink.shade("#4b4036", 0.1), 6)
    pen.path(
        f"M{lamp - 58} {base - 320}L{lamp - 34} {base - 400}H{lamp + 34}L{lamp + 58} {base - 320}Z",
        ink.glow("#ffe2a4") if scene.light.lamps else ink("#f4e6cc"),
    )
    pen.ellipse(lamp, base, 36, 7, ink.shade("#4b4036", 0.1))


def _kitchen(pen: Pen, scene: Scene, ink: Ink, x: float, span: float, floor: float) -> None:
    width = max(span, 200)
    shelf(pen, scene, ink, x + width * 0.08, floor * 0.3, width * 0.84)
    shelf_y = floor * 0.52
    pen.rect(x + width * 0.08, shelf_y, width * 0.84, 10, ink("#a9754a"))
    for k in range(max(int(width / 70), 2)):
        px, colour = x + width * 0.13 + k * 66, scene.palette.accents[k % 4]
        if px > x + width * 0.86:
            break
        pen.rect(
            px,
            shelf_y - 52,
            40,
            52,
            pen.horizontal(
                (0, ink.lit(mix(colour, "#f3e7d3", 0.5), 0.2), 1), (1, ink.shade(mix(colour, "#f3e7d3", 0.5), 0.2), 1)
            ),
            r=7,
        )
        pen.rect(px + 3, shelf_y - 62, 34, 12, ink.shade("#8a6440", 0.1), r=4)


def _classroom(pen: Pen, scene: Scene, ink: Ink, x: float, span: float, floor: float) -> None:
    width, height = min(max(span, 240), 760), min(floor * 0.42, 380)
    left, top = x + (max(span, width) - width) / 2, floor * 0.16
    left = min(left, scene.w - width - 30)
    pen.rect(left - 12, top - 12, width + 24, height + 24, ink("#a9754a"), r=4)
    pen.rect(left, top, width, height, pen.vertical((0, ink("#2f5d50"), 1), (1, ink.shade("#2f5d50", 0.2), 1)))
    chalk = ink("#eef2ea")
    pen.stroke(
        (
            f"M{left + width * 0.1} {top + height * 0.72}L{left + width * 0.1} {top + height * 0.2}"
            f"M{left + width * 0.1} {top + height * 0.72}H{left + width * 0.45}"
        ),
        chalk,
        4,
        opacity=0.8,
    )
    pen.stroke(
        (
            f"M{left + width * 0.12} {top + height * 0.66}Q{left + width * 0.3} {top + height * 0.62} "
            f"{left + width * 0.42} {top + height * 0.26}"
        ),
        chalk,
        4,
        opacity=0.8,
    )
    pen.ring(left + width * 0.7, top + height * 0.44, height * 0.2, chalk, 4, opacity=0.8)
    pen.stroke(
        (
            f"M{left + width * 0.7} {top + height * 0.44}l{height * 0.2} 0M{left + width * 0.7} "
            f"{top + height * 0.44}l{-height * 0.14} {-height * 0.14}"
        ),
        chalk,
        4,
        opacity=0.8,
    )
    for k in range(3):
        pen.stroke(
            f"M{left + width * 0.56} {top + height * (0.75 + 0.07 * k)}h{width * (0.3 - 0.06 * k)}",
            chalk,
            3,
            opacity=0.6,
        )
    pen.rect(left, top + height + 10, width, 9, ink.shade("#a9754a", 0.3))
    _small_desks(pen, scene, ink, floor)


def _small_desks(pen: Pen, scene: Scene, ink: Ink, floor: float) -> None:
    """A row of pupils' desks before the wall."""
    wide = min(scene.w * 0.13, 170)
    for k in range(max(int(scene.w / (wide * 1.6)), 2)):
        x = wide * 0.35 + k * wide * 1.6
        for leg in (x + 6, x + wide - 14):
            pen.rect(leg, floor - 66, 9, 108, ink.shade("#6f7780", 0.2))
        pen.rect(x, floor - 78, wide, 13, ink.lit("#c79a64", 0.15), r=3)
        pen.rect(x + 6, floor - 65, wide - 12, 22, ink.shade("#c79a64", 0.25))


def _laboratory(pen: Pen, scene: Scene, ink: Ink, x: float, span: float, floor: float) -> None:
    width = max(span, 200)
    for level in (0.3, 0.5):
        y = floor * level
        pen.rect(x, y, width, 9, ink("#b9c6cd"))
        for k in range(int(width / 56)):
            px, kind = x + 16 + k * 56, int(scene.rng.integers(4))
            colour = scene.palette.accents[kind % 4]
            if kind == 0:
                pen.path(
                    f"M{px + 8} {y - 60}h10v22l16 30q2 8 -6 8h-30q-8 0 -6 -8l16 -30z", ink("#eaf4f8"), opacity=0.85
                )
                pen.path(f"M{px + 1} {y - 24}h24l9 16q2 8 -6 8h-30q-8 0 -6 -8z", ink(colour), opacity=0.8)
            elif kind == 1:
                pen.rect(px, y - 46, 30, 46, ink.lit(mix(colour, "#ffffff", 0.4), 0.1), r=4)
                pen.rect(px + 6, y - 56, 18, 12, ink.shade("#56626e", 0.1), r=2)
            elif kind == 2:
                for j in range(3):
                    pen.rect(px + j * 13, y - 50, 9, 50, ink("#eaf4f8"), r=4, opacity=0.85)
                    pen.rect(px + j * 13, y - 26, 9, 26, ink(scene.palette.accents[(j + k) % 4]), r=4, opacity=0.85)


def _workshop(pen: Pen, scene: Scene, ink: Ink, x: float, span: float, floor: float) -> None:
    """A board with hanging tools over a heavy bench with a vice."""
    wood, steel = "#9a6b42", ink.shade("#8d98a3", 0.1)
    width, top = max(span, 260), floor - 330
    pen.rect(x, top, width, 150, ink.shade("#c39a6a", 0.1), r=4)
    for k in range(int((width - 24) / 52)):
        at, grip = x + 34 + k * 52, ink.shade(scene.palette.accents[k % 4], 0.15)
        pen.rect(at - 3, top + 16, 6, 8, ink.shade("#4b4138", 0.2))
        match k % 4:
            case 0:
                pen.rect(at - 4, top + 44, 8, 82, ink(wood), r=3)
                pen.rect(at - 20, top + 24, 40, 22, steel, r=3)
            case 1:
                pen.path(f"M{at - 15} {top + 58}H{at + 15}L{at + 4} {top + 134}H{at - 4}Z", steel)
                pen.rect(at - 15, top + 24, 30, 34, grip, r=7)
            case 2:
                pen.rect(at - 5, top + 40, 10, 74, steel, r=4)
                pen.stroke(
                    f"M{at - 11} {top + 24}V{top + 36}Q{at} {top + 48} {at + 11} {top + 36}V{top + 24}", steel, 8
                )
            case _:
                pen.rect(at - 7, top + 24, 14, 46, grip, r=6)
                pen.rect(at - 3, top + 70, 6, 58, steel)
    bench = floor - 118
    pen.rect(x - 12, bench, width + 24, 22, pen.vertical((0, ink.lit(wood, 0.2), 1), (1, ink.shade(wood, 0.2), 1)), r=3)
    pen.rect(x, bench + 22, width, 30, ink.shade(wood, 0.35))
    for left in (x + 6, x + width - 34):
        pen.rect(left, bench + 22, 28, 100, ink.shade(wood, 0.2))
    pen.rect(x + width - 96, bench - 26, 54, 26, ink.shade("#5d6670", 0.1), r=4)
    pen.rect(x + width - 84, bench - 38, 10, 14, steel)
    pen.rect(x + width - 62, bench - 38, 10, 14, steel)


def _warehouse(pen: Pen, scene: Scene, ink: Ink, x: float, span: float, floor: float) -> None:
    steel = ink.shade("#6f7780", 0.2)
    for k in range(int(scene.w / 330) + 1):
        left = k * 330.0
        pen.stroke(
            f"M{left} 60L{left + 165} 10L{left + 330} 60M{left} 60H{left + 330}M{left + 82} 36V60M{left + 248} 36V60",
            steel,
            8,
        )
    width = max(span, 220)
    pen.rect(x, floor - 210, width, 12, ink("#8d949c"))
    pen.rect(x, floor - 110, width, 12, ink("#8d949c"))
    for px in (x, x + width - 10):
        pen.rect(px, floor - 260, 10, 264, ink.shade("#8d949c", 0.3))
    for k in range(int(width / 92)):
        for level, top in ((110, 70), (210, 60), (0, 80)):
            box = mix("#c49a66", scene.palette.accents[k % 4], 0.12)
            pen.rect(
                x + 18 + k * 90,
                floor - level - top,
                74,
                top,
                pen.vertical((0, ink.lit(box, 0.15), 1), (1, ink.shade(box, 0.2), 1)),
            )
            pen.rect(x + 48 + k * 90, floor - level - top, 14, top, ink.lit(box, 0.3))


def _library(pen: Pen, scene: Scene, ink: Ink, x: float, span: float, floor: float) -> None:
    """Bookcases from floor to ceiling on both sides of the window."""
    rng, wood = scene.rng, "#8a5a38"
    colours = [*scene.palette.accents[:4], "#7a3f36", "#3f5a4c", "#c8a870", "#56657a"]
    for left in (-10.0, scene.w - scene.w * 0.3):
        width, top = scene.w * 0.3 + 10, floor * 0.07
        pen.rect(left, top, width, floor - top + 6, ink.shade(wood, 0.5))
        rows = 5
        step = (floor - top) / rows
        for row in range(rows):
            at, foot = left + 14, top + (row + 1) * step - 8
            while at < left + width - 26:
                thick, tall = float(rng.uniform(9, 21)), step * float(rng.uniform(0.55, 0.82))
                colour = mix(colours[int(rng.integers(len(colours)))], "#b89a74", 0.25)
                pen.rect(
                    at, foot - tall, thick, tall, ink.shade(colour, 0.12) if rng.random() < 0.5 else ink(colour), r=1.5
                )
                pen.rect(at, foot - tall * 0.82, thick, 3, ink.lit("#ead7a6", 0.2), opacity=0.7)
                at += thick + 1.2 + (18 if rng.random() < 0.06 else 0)
            pen.rect(left, foot, width, 9, ink.lit(wood, 0.1))
        for side in (left, left + width - 10):
            pen.rect(side, top, 10, floor - top + 6, ink(wood))
        pen.rect(left - 8, top - 12, width + 16, 16, ink.lit(wood, 0.15))
