"""Tools and instruments that show a calling, held or beside the figure."""

# ruff: noqa: E501 - a drawing's paths stay on one line

from __future__ import annotations

from collections.abc import Callable

from services.local.illustrator.pen import Point
from services.local.illustrator.subjects.brush import Brush
from services.local.illustrator.subjects.culture import violin
from services.local.illustrator.subjects.figure import Joints
from services.local.illustrator.subjects.household import ENTRIES as HOUSEHOLD
from services.local.illustrator.subjects.science import telescope
from services.local.illustrator.subjects.wares import ENTRIES as WARES


def _telescope(brush: Brush, joints: Joints, middle: Point) -> None:
    # One telescope is enough for several astronomers.
    if brush.variant == 0:
        with brush.pen.at(34, 0, 0.62):
            telescope(brush)


def _binoculars(brush: Brush, joints: Joints, middle: Point) -> None:
    pen, (x, y) = brush.pen, joints.head
    for dy in (-2.6, 1.4):
        pen.rect(x + 4, y + dy, 9, 3.6, brush.c("#23262e"), r=1.4)
        pen.rect(x + 11, y + dy - 0.6, 3.4, 4.8, brush.shade("#3a404c", 0.1), r=1)


def _parcel(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = middle
    brush.pen.rect(x - 2, y - 11, 20, 14, brush.tone("#c49a66"), r=1)
    brush.pen.rect(x + 6, y - 11, 4, 14, brush.lit("#c49a66", 0.4))


def _card(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.hands[1]
    brush.pen.rect(x - 3, y - 10, 7, 10, brush.c("#f3c93a"), r=1)


def _keeper(brush: Brush, joints: Joints, middle: Point) -> None:
    for x, y in joints.hands:
        brush.pen.circle(x, y, 4.6, brush.c("#f4f2ec"))
    _football_at(brush, middle[0] + 7, middle[1] - 2, 7)


def _football_at(brush: Brush, x: float, y: float, r: float) -> None:
    pen = brush.pen
    pen.circle(x, y, r, brush.c("#f7f4ec"))
    pen.poly(
        [
            (x, y - r * 0.4),
            (x + r * 0.38, y - r * 0.12),
            (x + r * 0.24, y + r * 0.34),
            (x - r * 0.24, y + r * 0.34),
            (x - r * 0.38, y - r * 0.12),
        ],
        brush.c("#23262e"),
    )
    for dx, dy in ((0, -0.86), (0.82, -0.28), (-0.82, -0.28), (0.5, 0.72), (-0.5, 0.72)):
        pen.circle(x + dx * r, y + dy * r, r * 0.2, brush.c("#23262e"))


def _football(brush: Brush, joints: Joints, middle: Point) -> None:
    # One ball for all players.
    if brush.variant == 0:
        _football_at(brush, joints.feet[1][0] + 14, -6.6, 6.6)


def _basketball(brush: Brush, joints: Joints, middle: Point) -> None:
    if brush.variant == 0:
        x, y = joints.hands[1]
        brush.pen.circle(x + 1, y - 8, 7, brush.tone("#d9782f"))
        brush.pen.line([(x - 6, y - 8), (x + 8, y - 8)], brush.c("#4a2a18"), 0.8)
        brush.pen.line([(x + 1, y - 15), (x + 1, y - 1)], brush.c("#4a2a18"), 0.8)


def _racket(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.hands[1]
    pen = brush.pen
    pen.line([(x, y), (x + 9, y - 9)], brush.c("#7a4a2a"), 2)
    pen.ellipse(x + 15, y - 16, 8, 9.4, brush.c("#f4f2ec"), opacity=0.6)
    pen.path(f"M{x + 7} {y - 16}A8 9.4 0 1 1 {x + 7} {y - 15.9}", "none", stroke=brush.c(brush.second), width=1.8)


def _boxing(brush: Brush, joints: Joints, middle: Point) -> None:
    for x, y in joints.hands:
        brush.pen.circle(x + 1, y, 5.4, brush.tone("#c8302a"))


def _violin(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.neck
    with brush.pen.at(x + 2, y + 1, 0.34, turn=76):
        violin(brush)
    hand = joints.hands[1]
    brush.pen.line([(hand[0], hand[1]), (hand[0] + 6, hand[1] - 30)], brush.c("#5a3424"), 1.1)


def _trumpet(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.head
    pen, brass = brush.pen, brush.c("#e0ae3a")
    pen.line([(x + 5, y + 2), (x + 28, y + 1)], brass, 2)
    pen.path(f"M{x + 24} {y}Q{x + 31} {y - 1} {x + 34} {y - 6}V{y + 8}Q{x + 31} {y + 3} {x + 24} {y + 2}Z", brass)
    pen.path(f"M{x + 11} {y + 1}V{y + 7}H{x + 21}V{y + 1}", "none", stroke=brass, width=1.8)


def _drum(brush: Brush, joints: Joints, middle: Point) -> None:
    pen = brush.pen
    pen.path("M14 -40H48V-14Q31 -8 14 -14Z", brush.tone(brush.second))
    pen.ellipse(31, -40, 17, 4.4, brush.c("#f4efe2"))
    for x in (18, 44):
        pen.line([(x, -14), (x + (x - 31) * 0.2, 0)], brush.c("#6f7a85"), 1.6)
    for hand in joints.hands:
        pen.line([hand, (hand[0] + 12, -42)], brush.c("#8a6440"), 1.4)


def _baton(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.hands[1]
    brush.pen.line([(x, y), (x + 12, y - 10)], brush.c("#f4efe2"), 1.1)


def _pot(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = middle
    brush.pen.path(
        f"M{x + 2} {y - 12}H{x + 14}Q{x + 13} {y - 9} {x + 16} {y - 6}Q{x + 20} {y + 4} {x + 12} {y + 7}H{x + 4}Q{x - 4} {y + 4} {x} {y - 6}Q{x + 3} {y - 9} {x + 2} {y - 12}Z",
        brush.tone("#b8683f"),
    )


def _saw(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.hands[1]
    brush.pen.poly([(x + 2, y - 2), (x + 26, y + 6), (x + 26, y + 9), (x + 2, y + 7)], brush.c("#aab4bd"))
    brush.pen.rect(x - 5, y - 4, 9, 11, brush.c("#8a5230"), r=3)


def _cloth(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = middle
    brush.pen.path(
        f"M{x - 4} {y}Q{x + 6} {y - 4} {x + 14} {y - 1}Q{x + 16} {y + 16} {x + 12} {y + 30}Q{x + 4} {y + 26} {x - 2} {y + 31}Q{x - 6} {y + 14} {x - 4} {y}Z",
        brush.tone(brush.second),
    )


def _tray(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.hands[1]
    brush.pen.ellipse(x + 2, y - 3, 13, 2.2, brush.c("#aab4bd"))
    brush.pen.rect(x - 3, y - 11, 6, 8, brush.c("#f7f4ec"), r=1)
    brush.pen.rect(x + 6, y - 9, 5, 6, brush.c(brush.second), r=1)


def _broom(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.hands[1]
    brush.pen.line([(x - 5, y - 26), (x + 16, -8)], brush.c("#8a6440"), 1.8)
    brush.pen.poly([(x + 12, -10), (x + 19, -9), (x + 26, 1), (x + 8, 1)], brush.c("#d9a94f"))


def _board(brush: Brush, joints: Joints, middle: Point) -> None:
    with brush.pen.at(30, 0, 0.9):
        WARES["surfboard"].subject.draw(brush)


def _books(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = middle
    for k, colour in enumerate((brush.main, brush.second, "#c8a870")):
        brush.pen.rect(x - 2 + k, y - 1 - k * 5, 17 - k * 2, 4.6, brush.c(colour), r=0.8)


def _puppet(brush: Brush, joints: Joints, middle: Point) -> None:
    x, _ = joints.hands[1]
    with brush.pen.at(x + 3, -22, 0.42):
        HOUSEHOLD["puppet"].subject.draw(brush)


def _stick(brush: Brush, joints: Joints, middle: Point) -> None:
    x, y = joints.hands[1]
    brush.pen.line([(x - 4, y - 10), (x + 17, 0)], brush.c("#c9a35a"), 2.2)
    brush.pen.line([(x + 17, 0), (x + 29, 1)], brush.c("#23262e"), 3)
    if brush.variant == 0:
        brush.pen.ellipse(x + 34, 1, 4, 1.6, brush.c("#1b1d23"))


PROPS: dict[str, Callable[[Brush, Joints, Point], None]] = {
    "telescope": _telescope, "binoculars": _binoculars, "parcel": _parcel, "card": _card,
    "keeper": _keeper, "football": _football, "basketball": _basketball, "racket": _racket, "boxing": _boxing,
    "violin": _violin, "trumpet": _trumpet, "drum": _drum, "baton": _baton, "pot": _pot, "saw": _saw,
    "cloth": _cloth, "tray": _tray, "broom": _broom, "board": _board, "books": _books, "puppet": _puppet,
    "hockey": _stick,
}  # fmt: skip
