"""People in what they do: swimming, rowing, paddling, surfing, riding, reading in a chair."""

from __future__ import annotations

import math

from services.local.illustrator.subjects.animals import horse
from services.local.illustrator.subjects.brush import Brush, Subject
from services.local.illustrator.subjects.figure import Outfit, draw_figure


def swimmer(brush: Brush) -> None:
    """A swimmer at the crawl: head and arm above the water."""
    pen, skin = brush.pen, "#d9a277"
    pen.path("M-78 -8Q-40 -40 -6 -30Q20 -26 34 -10Z", brush.tone(skin))
    pen.stroke("M-8 -30Q10 -86 50 -78L76 -44", brush.c(skin), 13)
    pen.circle(36, -24, 19, brush.c(skin))
    pen.path("M17 -26Q18 -46 38 -44Q56 -42 55 -26Q36 -34 17 -26Z", brush.c(brush.main))
    pen.rect(40, -26, 15, 6, brush.shade("#26303f", 0.1), r=2)
    foam = brush.c("#f4f9fb")
    for x, y, r in ((-96, -8, 9), (-84, -16, 7), (-108, -14, 6), (86, -30, 7), (96, -16, 9), (74, -22, 6)):
        pen.circle(x, y, r, foam, opacity=0.85)
    pen.path("M-116 2Q-80 -14 -40 -4Q0 -14 44 -4Q80 -16 112 2Q60 8 0 6Q-60 8 -116 2Z", foam, opacity=0.7)


def rower(brush: Brush) -> None:
    """One who rows: a figure in a slim boat, oars out."""
    pen = brush.pen
    pen.line([(10, -40), (-86, 2)], brush.c("#c39a62"), 4)
    with pen.at(-4, -20, 0.74, mirror=True):
        draw_figure(brush, Outfit(brush.main, "#2f3850", 0.0, pose="seat"))
    pen.path("M-136 -30Q-70 -16 0 -16Q70 -16 136 -30Q110 0 70 3H-70Q-110 0 -136 -30Z", brush.fall(brush.second))
    pen.path("M-136 -30Q-70 -16 0 -16Q70 -16 136 -30Q70 -22 0 -22Q-70 -22 -136 -30Z", brush.shade(brush.second, 0.4))
    pen.line([(-16, -40), (74, 4)], brush.c("#d2a870"), 4)
    pen.path("M66 -4L88 4L82 10L62 2Z", brush.c("#f4f2ec"))


def paddler(brush: Brush) -> None:
    """One who paddles a kayak."""
    pen = brush.pen
    with pen.at(0, -14, 0.8):
        draw_figure(brush, Outfit(brush.second, "#2f3850", 0.0, "helmet", "#e0b02f", pose="seat"))
    pen.path("M-140 -24Q-60 -14 0 -22Q60 -14 140 -24Q100 4 60 4H-60Q-100 4 -140 -24Z", brush.fall(brush.main))
    pen.line([(-52, -66), (78, -12)], brush.c("#3a3f4a"), 3.4)
    for x, y in ((-58, -68), (84, -10)):
        pen.ellipse(x, y, 14, 5, brush.c("#f3c93a"))


def surfer(brush: Brush) -> None:
    """One who rides a wave."""
    pen = brush.pen
    pen.path("M-128 2Q-120 -50 -60 -66Q-96 -40 -66 -22Q-10 -10 128 -6L124 4Z", brush.c("#5f9fb8"))
    pen.path("M-60 -66Q-96 -40 -66 -22Q-30 -30 -44 -58Z", brush.c("#f4f9fb"), opacity=0.9)
    with pen.at(14, -22, 0.74):
        draw_figure(brush, Outfit("#23405a", "#23405a", 0.0, pose="glide"))
    pen.path("M-44 -14Q10 -34 92 -24Q60 -10 10 -8Q-30 -6 -44 -14Z", brush.c(brush.main))
    for x, y, r in ((-50, -10, 8), (-66, -4, 7), (-34, -4, 6)):
        pen.circle(x, y, r, brush.c("#f4f9fb"), opacity=0.85)


def rider(brush: Brush) -> None:
    """One on horseback."""
    with brush.pen.at(0, 0, 0.8):
        given, brush.given = brush.given, False
        horse(brush)
        brush.given = given
    with brush.pen.at(-6, -38, 0.64):
        draw_figure(brush, Outfit(brush.main, "#f0e6d2", 0.0, "helmet", "#2b2f38", pose="ride"))


def wheelchair_user(brush: Brush) -> None:
    """One who moves along in a wheelchair."""
    pen, steel = brush.pen, brush.c("#6f7a85")
    pen.line([(-26, -66), (-20, -34), (22, -34), (32, -8)], steel, 4)
    pen.rect(-24, -38, 46, 8, brush.shade(brush.second, 0.2), r=3)
    with pen.at(-6, -16, 0.86):
        draw_figure(brush, Outfit(brush.main, "#2f3850", 0.0, pose="armchair"))
    pen.ring(-10, -27, 26, brush.c("#23262e"), 5)
    for k in range(6):
        angle = math.pi * k / 6
        dx, dy = 25 * math.cos(angle), 25 * math.sin(angle)
        pen.line([(-10 - dx, -27 - dy), (-10 + dx, -27 + dy)], steel, 1)
    pen.circle(32, -7, 7, brush.c("#23262e"))


def sitter(brush: Brush) -> None:
    """One who reads in an armchair."""
    pen, cloth = brush.pen, brush.second
    pen.rect(-40, -72, 34, 66, brush.shade(cloth, 0.15), r=14)
    pen.rect(-40, -34, 66, 28, brush.c(cloth), r=10)
    for x in (-34, 16):
        pen.rect(x, -8, 6, 8, brush.shade("#5e4230", 0.2))
    with pen.at(-8, -6, 0.92):
        joints = draw_figure(brush, Outfit(brush.main, "", 0.0, pose="armchair"))
        hx, hy = joints.hands[1]
        pen.poly([(hx - 4, hy - 9), (hx + 8, hy - 11), (hx + 9, hy + 1), (hx - 3, hy + 3)], brush.c("#f8f4e8"))
    pen.rect(-22, -40, 50, 13, brush.lit(cloth, 0.12), r=6)


SUBJECTS = {
    "swimmer": Subject(swimmer, "water", 0.8, 232, home="lake", share=0.22),
    "rower": Subject(rower, "water", 1.6, 276, home="lake", share=0.3),
    "paddler": Subject(paddler, "water", 1.6, 284, home="lake", share=0.28),
    "surf rider": Subject(surfer, "water", 2.0, 260, home="sea", share=0.36),
    "wheelchair user": Subject(wheelchair_user, "ground", 1.4, 84, share=0.44),
    "rider": Subject(rider, "ground", 2.4, 116, home="field", share=0.5),
    "armchair reader": Subject(sitter, "ground", 1.3, 80, home="library", share=0.46),
}
