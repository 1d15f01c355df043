"""Science, space and health: instruments, models of nature, machines that think."""

from __future__ import annotations

import math

from services.local.illustrator.colour import mix
from services.local.illustrator.subjects.brush import Brush, Subject


def microscope(brush: Brush) -> None:
    """A microscope."""
    pen, steel = brush.pen, brush.own("#dfe5ea")
    pen.path("M-40 0V-10Q-40 -14 -36 -14H36Q42 -14 42 -8V0Z", brush.fall("#3d4a5c"))
    pen.path("M10 -14Q40 -26 36 -58Q32 -80 6 -86L10 -76Q24 -70 26 -54Q26 -34 6 -26H-2V-14Z", brush.tone(steel))
    pen.rect(-30, -36, 42, 5, brush.shade("#3d4a5c"), r=2)
    pen.rect(-22, -40, 22, 4, brush.c("#a9d6e6"))
    pen.circle(30, -34, 8, brush.shade("#3d4a5c"))
    pen.circle(30, -34, 4, brush.lit("#8894a3", 0.3))
    with pen.at(-2, -62, 1, turn=-16):
        pen.rect(-9, -20, 18, 34, brush.tone(steel), r=3)
        pen.rect(-6, 12, 12, 10, brush.shade("#3d4a5c"), r=1)
        pen.rect(-6.5, -38, 13, 20, brush.tone("#3d4a5c"), r=2)
        pen.rect(-9, 0, 18, 4, brush.c(brush.main))


def flask(brush: Brush) -> None:
    """A conical flask, a round one and a test tube with coloured liquids."""
    pen, glass = brush.pen, brush.c("#eaf4f8")
    pen.path("M-14 -96H14V-60L42 -8Q46 0 36 0H-36Q-46 0 -42 -8L-14 -60Z", glass, opacity=0.72)
    pen.path("M-26 -36H26L42 -8Q46 0 36 0H-36Q-46 0 -42 -8Z", brush.fall(brush.main))
    pen.ellipse(0, -36, 26, 4, brush.lit(brush.main, 0.4))
    for x, y, r in ((-12, -18, 4), (8, -24, 3), (16, -12, 4.5), (0, -50, 3), (4, -62, 2)):
        pen.circle(x, y, r, "#ffffff", opacity=0.45)
    pen.rect(-18, -100, 36, 6, brush.shade("#c9dbe4", 0.1), r=3)
    pen.path("M-10 -92V-58L-34 -10", "none", stroke="#ffffff", width=2.4, opacity=0.7)
    for x, colour in ((62, brush.second), (82, brush.palette.accents[2])):
        pen.path(f"M{x - 7} -74H{x + 7}V-8Q{x} 4 {x - 7} -8Z", glass, opacity=0.72)
        pen.path(f"M{x - 7} -42H{x + 7}V-8Q{x} 4 {x - 7} -8Z", brush.c(colour))
        pen.rect(x - 9, -76, 18, 4, brush.shade("#c9dbe4", 0.1), r=2)


def dna(brush: Brush) -> None:
    """A double helix."""
    pen = brush.pen
    steps = 34
    for k in range(steps):
        t = k / (steps - 1)
        a = t * math.pi * 3.2
        y, dx = -100 * t, 22 * math.sin(a)
        if k % 2 == 0:
            pen.line([(-dx, y), (0, y)], brush.c(brush.palette.accents[k // 2 % 4]), 2.6)
            pen.line([(0, y), (dx, y)], brush.c(brush.palette.accents[(k // 2 + 2) % 4]), 2.6)
    for sign, colour in ((1, brush.main), (-1, mix(brush.second, "#2d4059", 0.3))):
        points = [(sign * 22 * math.sin(t / 40 * math.pi * 3.2), -100 * t / 40) for t in range(41)]
        pen.line(points, brush.shade(colour, 0.2), 5.4, smooth=True)
        pen.line([(x - 0.8, y) for x, y in points], brush.lit(colour, 0.2), 3, smooth=True)


def telescope(brush: Brush) -> None:
    """A telescope on a tripod, pointed at the sky."""
    pen, tube = brush.pen, brush.own(mix("#f0ede6", brush.main, 0.15))
    pen.stroke("M0 -50L-26 0M0 -50L26 0M0 -50V2", brush.shade("#6b4a35", 0.1), 5)
    pen.circle(0, -52, 6, brush.shade("#3d4a5c"))
    with pen.at(0, -58, 1, turn=-34):
        pen.rect(-46, -9, 30, 14, brush.fall("#3d4a5c"), r=2)
        pen.rect(-22, -13, 66, 22, brush.fall(tube), r=3)
        pen.rect(40, -17, 20, 30, brush.fall(tube), r=3)
        pen.rect(38, -17, 5, 30, brush.c(brush.main))
        pen.rect(-16, -20, 26, 6, brush.shade("#3d4a5c"), r=2)
        pen.rect(-56, -6, 12, 8, brush.shade("#2b3340"), r=1)


def satellite(brush: Brush) -> None:
    """A satellite with two panels and a dish."""
    pen = brush.pen
    for flip in (False, True):
        with pen.at(0, -50, 1, mirror=flip, turn=-16):
            pen.rect(16, -3, 16, 6, brush.shade("#aab3bc"))
            pen.rect(30, -20, 66, 40, brush.fall("#2c5a9c"), r=2)
            for k in range(1, 4):
                pen.line([(30 + 16.5 * k, -20), (30 + 16.5 * k, 20)], brush.lit("#8fb6de", 0.3), 1.2)
            pen.line([(30, 0), (96, 0)], brush.lit("#8fb6de", 0.3), 1.2)
    with pen.at(0, -50, 1, turn=-16):
        pen.rect(-18, -24, 36, 46, brush.tone(brush.own("#d9b04a")), r=4)
        pen.rect(-18, -6, 36, 5, brush.shade("#8a6a2a"))
        pen.path("M-22 40Q0 18 22 40Q0 50 -22 40Z", brush.tone("#eef1f3"))
        pen.line([(0, 36), (0, 50)], brush.c("#5b6570"), 2)


def planet(brush: Brush) -> None:
    """A planet with a ring."""
    pen, tone = brush.pen, brush.main
    pen.path("M-78 -36Q-70 -60 -40 -66L-40 -60Q-62 -52 -62 -42Z", brush.shade(brush.second, 0.3))
    pen.circle(
        0, -50, 44, pen.radial((0, brush.lit(tone, 0.4), 1), (0.7, brush.c(tone), 1), (1, brush.shade(tone, 0.45), 1))
    )
    with pen.clip("M-44 -50A44 44 0 0 1 44 -50A44 44 0 0 1 -44 -50Z"):
        for y, h in ((-82, 7), (-66, 10), (-44, 6), (-28, 9)):
            pen.path(
                f"M-50 {y}Q0 {y + 16} 50 {y}V{y + h}Q0 {y + 16 + h} -50 {y + h}Z",
                brush.lit(mix(tone, brush.second, 0.6), 0.3),
                opacity=0.6,
            )
        pen.path("M10 -100Q60 -50 4 0H50V-100Z", "#0a0d20", opacity=0.28)
    with pen.at(0, -50, 1, turn=-14):
        pen.path(
            "M-44 0Q-84 6 -80 14Q-70 28 0 22Q76 14 80 -2Q80 -10 44 -8Q64 -4 62 0Q50 10 0 13Q-58 16 -62 10Q-62 6 -44 0Z",
            brush.lit(brush.second, 0.3),
        )


def robot(brush: Brush) -> None:
    """A friendly robot."""
    pen, shell = brush.pen, brush.own("#e4e9ed")
    for x in (-14, 4):
        pen.rect(x, -20, 10, 16, brush.shade("#7a8794"))
        pen.rect(x - 3, -7, 16, 7, brush.shade(shell, 0.3), r=3)
    pen.stroke("M-26 -48Q-40 -40 -36 -26M26 -48Q44 -56 42 -76", brush.shade("#7a8794", 0.1), 6)
    pen.circle(-36, -24, 5, brush.c(brush.main))
    pen.circle(42, -78, 5, brush.c(brush.main))
    pen.rect(-26, -56, 52, 40, brush.tone(shell), r=11)
    pen.circle(0, -36, 9, brush.shade("#36465c"))
    pen.circle(0, -36, 5.5, brush.ink.glow("#6fe0e8"))
    pen.rect(-4, -62, 8, 8, brush.shade("#7a8794"))
    pen.rect(-27, -92, 54, 32, brush.tone(shell), r=13)
    pen.rect(-21, -86, 42, 20, brush.shade("#26344a"), r=9)
    for x in (-9, 9):
        pen.circle(x, -76, 4, brush.ink.glow("#7ff0ea"))
    pen.line([(0, -92), (0, -99)], brush.shade("#7a8794"), 2)
    pen.circle(0, -100, 3, brush.c(brush.main))


def robot_arm(brush: Brush) -> None:
    """An industrial robot arm."""
    pen, shell = brush.pen, brush.own("#f0902f")
    pen.path("M-30 0L-22 -16H22L30 0Z", brush.fall("#4a5463"))
    pen.line([(0, -18), (-16, -58)], brush.shade(shell, 0.15), 16)
    pen.line([(-16, -58), (30, -86)], brush.c(shell), 13)
    pen.line([(30, -86), (52, -58)], brush.shade(shell, 0.2), 8)
    for x, y, r in ((0, -18, 11), (-16, -58, 10), (30, -86, 8), (52, -58, 6)):
        pen.circle(x, y, r, brush.shade("#3a4350"))
        pen.circle(x, y, r * 0.45, brush.c("#aeb8c2"))
    pen.stroke("M52 -54L44 -44V-34M52 -54L60 -44V-34", brush.shade("#3a4350"), 4)


def atom(brush: Brush) -> None:
    """An atom with its electrons."""
    pen = brush.pen
    for turn in (0, 60, 120):
        with pen.at(0, -50, 1, turn=turn):
            pen.path("M-48 0A48 17 0 1 0 48 0A48 17 0 1 0 -48 0Z", "none", stroke=brush.c(brush.second), width=3)
            pen.circle(48 * math.cos(turn + 0.6), 17 * math.sin(turn + 0.6), 4.6, brush.c(brush.main))
    pen.circle(0, -50, 10, brush.tone(brush.main))


def heartbeat(brush: Brush) -> None:
    """A heart with a pulse line."""
    heart(brush)
    brush.pen.stroke("M-46 -50H-18L-10 -64L2 -32L12 -56L18 -50H46", "#ffffff", 4.4)


def heart(brush: Brush) -> None:
    """A heart."""
    pen, red = brush.pen, brush.own("#d8404a")
    pen.path(
        "M0 -2C-30 -26 -52 -44 -50 -70C-48 -96 -14 -102 0 -78C14 -102 48 -96 50 -70C52 -44 30 -26 0 -2Z",
        brush.tone(red),
    )
    pen.path("M-38 -70Q-36 -86 -22 -86", "none", stroke="#ffffff", width=5, opacity=0.5)


def stethoscope(brush: Brush) -> None:
    """A stethoscope."""
    pen, tube = brush.pen, brush.own("#2f5d7c")
    pen.stroke("M-28 -96Q-36 -60 -14 -50Q0 -46 14 -50Q36 -60 28 -96", brush.c(tube), 6)
    pen.stroke("M0 -48V-28Q0 -6 22 -8Q40 -10 38 -28", brush.shade(tube, 0.15), 6)
    pen.circle(38, -36, 12, brush.tone("#c3ccd4"))
    pen.circle(38, -36, 6, brush.shade("#8894a0"))
    for x in (-28, 28):
        pen.circle(x, -97, 4.4, brush.c("#3a424d"))


def medicine(brush: Brush) -> None:
    """A medicine bottle, pills and a capsule."""
    pen = brush.pen
    pen.rect(-36, -76, 50, 76, brush.tone("#d98a3a"), r=7)
    pen.rect(-38, -96, 54, 20, brush.tone("#f3f5f6"), r=4)
    pen.rect(-36, -60, 50, 38, brush.lit("#f8f6f0", 0.1))
    pen.path("M-15 -50h8v7h7v8h-7v7h-8v-7h-7v-8h7z", brush.c("#d8404a"))
    with pen.at(46, -12, 1, turn=-24):
        pen.rect(-24, -9, 48, 18, brush.c("#f5f5f2"), r=9)
        pen.path("M0 -9H15A9 9 0 0 1 15 9H0Z", brush.c(brush.main))
    for x, y in ((24, -5), (66, -4)):
        pen.ellipse(x, y, 9, 5, brush.lit("#f5f5f2", 0.1))


SUBJECTS = {
    "microscope": Subject(microscope, "table", 0.4, 90, home="laboratory", share=0.46),
    "flask": Subject(flask, "table", 0.3, 186, home="laboratory", share=0.36),
    "dna": Subject(dna, "emblem", 2, 52, home="studio", share=0.62),
    "telescope": Subject(telescope, "ground", 1.7, 116, home="mountains", share=0.4),
    "satellite": Subject(satellite, "space", 8, 200, home="space", share=0.32),
    "planet": Subject(planet, "space", 40, 164, home="space", share=0.42),
    "robot": Subject(robot, "ground", 1.5, 96, home="studio", share=0.48),
    "robot arm": Subject(robot_arm, "ground", 2.2, 132, home="workshop", share=0.5),
    "atom": Subject(atom, "emblem", 2, 104, home="studio", share=0.5),
    "heart": Subject(heart, "emblem", 1, 104, home="studio", share=0.44),
    "heartbeat": Subject(heartbeat, "emblem", 1, 104, home="studio", share=0.44),
    "stethoscope": Subject(stethoscope, "table", 0.5, 100, home="studio", share=0.42),
    "medicine": Subject(medicine, "table", 0.15, 156, home="laboratory", share=0.34),
}
