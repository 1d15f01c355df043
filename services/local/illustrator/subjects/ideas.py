"""Signs that stand for ideas: light bulb, gears, lock, shield, clock, scales and their like."""

from __future__ import annotations

import math

from services.local.illustrator.subjects.brush import Brush, Subject


def light_bulb(brush: Brush) -> None:
    """A light bulb that shines."""
    pen = brush.pen
    pen.circle(0, -62, 62, pen.radial((0, "#ffe9a0", 0.6), (1, "#ffe9a0", 0)))
    for k in range(9):
        a = math.pi * (k / 8) + math.pi
        pen.line(
            [(46 * math.cos(a), -62 + 46 * math.sin(a)), (57 * math.cos(a), -62 + 57 * math.sin(a))],
            brush.ink.glow("#f5b93b"),
            3.6,
        )
    pen.path("M-14 -24Q-16 -34 -24 -42A34 34 0 1 1 24 -42Q16 -34 14 -24Z", brush.ink.glow("#ffd75e"))
    pen.path("M8 -24Q10 -36 17 -42A30 30 0 0 0 14 -88A34 34 0 0 1 24 -42Q16 -34 14 -24Z", brush.ink.glow("#eeb43a"))
    pen.stroke("M-8 -25L-10 -52Q-5 -44 0 -52Q5 -44 10 -52L8 -25", "#b7791f", 2.4)
    for k in range(3):
        pen.rect(-13 + k * 0.8, -23 + k * 6.4, 26 - k * 1.6, 5.2, brush.tone("#8b97a4"), r=2)
    pen.path("M-7 -4H7L3 1H-3Z", brush.shade("#4a5360"))


def _gear(brush: Brush, x: float, y: float, r: float, teeth: int, colour: str) -> None:
    points = []
    for k in range(teeth * 4):
        a = 2 * math.pi * (k - 0.5) / (teeth * 4)
        reach = r if k % 4 in (0, 1) else r * 0.8
        points.append((x + reach * math.cos(a), y + reach * math.sin(a)))
    brush.pen.poly(points, brush.tone(colour))
    brush.pen.circle(x, y, r * 0.56, brush.shade(colour, 0.2))
    brush.pen.circle(x, y, r * 0.26, brush.lit("#f6f2e8", 0.1))


def gears(brush: Brush) -> None:
    """Three gears that mesh."""
    _gear(brush, -20, -60, 38, 11, brush.main)
    _gear(brush, 38, -34, 28, 9, brush.second)
    _gear(brush, -32, -14, 14, 7, brush.palette.accents[2])


def padlock(brush: Brush) -> None:
    """A closed padlock."""
    pen, body = brush.pen, brush.own("#e5ac3a")
    pen.stroke("M-22 -52V-70A22 24 0 0 1 22 -70V-52", brush.tone("#98a3af"), 10, cap="butt")
    pen.rect(-38, -58, 76, 58, brush.tone(body), r=9)
    pen.rect(-38, -58, 76, 9, brush.lit(body, 0.45), r=5)
    pen.path("M0 -42A9 9 0 0 1 5 -26L8 -12H-8L-5 -26A9 9 0 0 1 0 -42Z", brush.shade("#4a3a26", 0.2))


def shield(brush: Brush) -> None:
    """A shield with a tick: protection."""
    pen, tone = brush.pen, brush.main
    pen.path("M0 -100Q24 -88 44 -86Q48 -26 0 0Q-48 -26 -44 -86Q-24 -88 0 -100Z", brush.lit("#f4f1e8", 0.1))
    pen.path("M0 -92Q20 -82 37 -80Q40 -30 0 -8Q-40 -30 -37 -80Q-20 -82 0 -92Z", brush.c(tone))
    pen.path("M0 -92Q20 -82 37 -80Q40 -30 0 -8Z", brush.shade(tone, 0.25))
    pen.stroke("M-18 -50L-4 -36L20 -64", "#ffffff", 8)


def key(brush: Brush) -> None:
    """A key standing upright."""
    pen, brass = brush.pen, brush.own("#dba93a")
    pen.ring(0, -80, 15, brush.c(brass), 9)
    pen.rect(-4, -64, 8, 64, brush.tone(brass), r=2)
    pen.path("M4 -22H18V-14H12V-8H18V0H4Z", brush.shade(brass, 0.15))


def network(brush: Brush) -> None:
    """Nodes joined by lines around a cloud."""
    pen = brush.pen
    nodes = [(-70, -84), (-84, -34), (-42, -6), (34, -4), (82, -32), (72, -86), (0, -102)]
    for x, y in nodes:
        pen.line([(0, -50), (x, y)], brush.shade(brush.palette.dark, 0.1), 2.4, opacity=0.7)
    for k, (x, y) in enumerate(nodes):
        px, py = nodes[(k + 1) % len(nodes)]
        pen.line([(x, y), (px, py)], brush.shade(brush.palette.dark, 0.1), 1.4, opacity=0.35)
        pen.circle(x, y, 10, brush.tone(brush.palette.accents[k % 4]))
        pen.circle(x, y, 4.5, "#ffffff", opacity=0.85)
    pen.path(
        "M-34 -30A18 18 0 0 1 -32 -60A24 24 0 0 1 10 -70A20 20 0 0 1 36 -52A13 13 0 0 1 32 -30Z", brush.fall("#f6f9fb")
    )
    pen.path(
        "M-34 -30H32A13 13 0 0 0 42 -44Q34 -38 20 -38H-30Q-44 -38 -49 -46Q-48 -32 -34 -30Z",
        brush.shade(brush.main, 0.1),
        opacity=0.45,
    )


def clock(brush: Brush) -> None:
    """A clock face."""
    pen = brush.pen
    pen.circle(0, -50, 50, brush.tone(brush.main))
    pen.circle(0, -50, 41, brush.lit("#fbf7ec", 0.1))
    for k in range(12):
        a = math.pi * k / 6
        inner = 31 if k % 3 == 0 else 35
        pen.line(
            [(inner * math.sin(a), -50 - inner * math.cos(a)), (38 * math.sin(a), -50 - 38 * math.cos(a))],
            brush.c("#2f3847"),
            3 if k % 3 == 0 else 1.6,
        )
    pen.line([(0, -50), (-15, -66)], brush.c("#2f3847"), 5)
    pen.line([(0, -50), (20, -74)], brush.c("#2f3847"), 3.4)
    pen.circle(0, -50, 4, brush.c(brush.second))


def hourglass(brush: Brush) -> None:
    """An hourglass, half run."""
    pen, sand = brush.pen, brush.own("#e8b34a")
    pen.path(
        "M-26 -92H26Q28 -66 5 -50Q28 -34 26 -8H-26Q-28 -34 -5 -50Q-28 -66 -26 -92Z", brush.c("#e6f1f5"), opacity=0.8
    )
    pen.path("M-20 -72H20Q16 -60 3 -52H-3Q-16 -60 -20 -72Z", brush.c(sand))
    pen.path("M-24 -9Q-14 -30 0 -32Q14 -30 24 -9Z", brush.fall(sand))
    pen.line([(0, -52), (0, -30)], brush.c(sand), 2)
    for y in (-100, -9):
        pen.rect(-36, y, 72, 9, brush.tone("#8a5a38"), r=3)
    for x in (-30, 30):
        pen.line([(x, -92), (x, -8)], brush.shade("#8a5a38", 0.1), 4)


def trophy(brush: Brush) -> None:
    """A winner's cup."""
    pen, gold = brush.pen, brush.own("#e9b43a")
    pen.stroke(
        "M-26 -88Q-52 -88 -48 -66Q-44 -50 -20 -50M26 -88Q52 -88 48 -66Q44 -50 20 -50", brush.shade(gold, 0.15), 6
    )
    pen.path("M-30 -98H30Q32 -54 6 -42V-24H-6V-42Q-32 -54 -30 -98Z", brush.tone(gold))
    pen.rect(-18, -26, 36, 8, brush.shade(gold, 0.25), r=2)
    pen.rect(-28, -19, 56, 19, brush.tone("#5a4232"), r=3)
    pen.poly(
        [(0, -90), (4, -79), (15, -79), (6, -72), (9, -61), (0, -68), (-9, -61), (-6, -72), (-15, -79), (-4, -79)],
        brush.lit("#fff3c4", 0.1),
    )


def money(brush: Brush) -> None:
    """Piles of coins that rise."""
    pen, gold = brush.pen, brush.own("#e9b43a")
    for x, count in ((-56, 3), (-10, 6), (38, 10)):
        for k in range(count):
            y = -k * 8.6
            pen.path(f"M{x - 22} {y - 4}A22 5 0 0 0 {x + 22} {y - 4}V{y - 10}H{x - 22}Z", brush.tone(gold))
            pen.ellipse(x, y - 10, 22, 5, brush.lit(gold, 0.35))
        pen.ellipse(x, -(count - 1) * 8.6 - 10, 14, 3, brush.shade(gold, 0.2))


def scales(brush: Brush) -> None:
    """Scales of justice in balance."""
    pen, brass = brush.pen, brush.own("#c9973a")
    pen.path("M-26 0Q-24 -9 -6 -10V-84H6V-10Q24 -9 26 0Z", brush.tone(brass))
    pen.circle(0, -92, 6.5, brush.lit(brass, 0.3))
    pen.stroke("M-56 -80Q0 -92 56 -80", brush.c(brass), 5)
    for x in (-56, 56):
        pen.stroke(f"M{x} -80L{x - 22} -42M{x} -80L{x + 22} -42", brush.shade(brass, 0.2), 1.6)
        pen.path(f"M{x - 27} -43H{x + 27}Q{x + 18} -28 {x} -28Q{x - 18} -28 {x - 27} -43Z", brush.tone(brass))


def megaphone(brush: Brush) -> None:
    """A megaphone."""
    pen, tone = brush.pen, brush.main
    with pen.at(0, -50, 1, turn=-14):
        pen.rect(-26, 14, 14, 32, brush.shade(tone, 0.35), r=5)
        pen.path("M-50 -16Q-56 0 -50 16H-28L40 42V-42L-28 -16Z", brush.fall(tone))
        pen.path("M-50 -16Q-56 0 -50 16H-28V-16Z", brush.lit("#f4efe4", 0.1))
        pen.ellipse(41, 0, 9, 43, brush.shade(tone, 0.35))
        for k, r in enumerate((16, 30)):
            pen.stroke(f"M{60 + k * 14} {-r}Q{70 + k * 17} 0 {60 + k * 14} {r}", brush.c(brush.second), 5)


def globe(brush: Brush) -> None:
    """The earth as a globe."""
    pen = brush.pen
    pen.circle(
        0,
        -50,
        50,
        pen.radial(
            (0, brush.lit("#4f9bd0", 0.35), 1), (0.7, brush.c("#3d86bf"), 1), (1, brush.shade("#2a659c", 0.25), 1)
        ),
    )
    with pen.clip("M-50 -50A50 50 0 0 1 50 -50A50 50 0 0 1 -50 -50Z"):
        green = brush.c("#6aae5e")
        pen.path("M-46 -80Q-30 -98 -8 -94Q0 -84 -10 -76Q-22 -72 -20 -60Q-28 -52 -36 -58Q-44 -66 -46 -80Z", green)
        pen.path("M-20 -46Q-4 -48 2 -36Q0 -20 -10 -8Q-18 -14 -18 -26Q-26 -36 -20 -46Z", green)
        pen.path("M10 -88Q34 -94 50 -70Q54 -50 40 -44Q34 -52 26 -50Q18 -58 14 -66Q6 -76 10 -88Z", green)
        pen.path("M16 -44Q32 -46 34 -34Q28 -14 20 -16Q12 -30 16 -44Z", green)
        for d in ("M-50 -66Q-20 -74 10 -64T50 -66", "M-50 -30Q-10 -24 20 -32T50 -26"):
            pen.stroke(d, "#ffffff", 3.4, opacity=0.35)
        pen.path("M14 -104Q66 -50 6 4H60V-104Z", "#0a1530", opacity=0.2)


def puzzle(brush: Brush) -> None:
    """Puzzle pieces, one about to be set in."""
    pen, tones = brush.pen, brush.palette.accents
    piece = "M-22 -22H-7A8 8 0 1 1 7 -22H22V-7A8 8 0 1 1 22 7V22H-22V7A8 8 0 1 0 -22 -7Z"
    for x, y, turn, colour in ((-22, -22, 0, tones[0]), (22, -22, 90, tones[1]), (-22, -66, 270, tones[2])):
        with pen.at(x, y, 1, turn=turn):
            pen.path(piece, brush.c(colour))
            pen.path(piece, "#ffffff", opacity=0.06, stroke=brush.lit(colour, 0.4), width=1.6)
    with pen.at(34, -80, 1, turn=16):
        pen.path(piece, brush.tone(tones[3]))


def target(brush: Brush) -> None:
    """A target with an arrow in its middle."""
    pen = brush.pen
    for r, tone in ((50, brush.main), (38, "#f7f2e6"), (26, brush.main), (14, "#f7f2e6"), (6, brush.main)):
        pen.circle(0, -50, r, brush.c(tone))
    pen.path("M0 -100A50 50 0 0 1 0 0A60 60 0 0 0 0 -100Z", brush.shade(brush.main, 0.5), opacity=0.25)
    pen.line([(0, -50), (56, -94)], brush.shade(brush.palette.dark, 0.1), 4)
    pen.path("M48 -92L60 -106L64 -98L74 -96L58 -86Z", brush.c(brush.second))


def compass(brush: Brush) -> None:
    """A compass that shows the way."""
    pen = brush.pen
    pen.circle(0, -50, 49, brush.tone("#c9973a"))
    pen.circle(0, -50, 41, brush.lit("#fbf5e6", 0.1))
    for k in range(16):
        a = math.pi * k / 8
        pen.line(
            [
                ((33 if k % 4 else 29) * math.sin(a), -50 - (33 if k % 4 else 29) * math.cos(a)),
                (37 * math.sin(a), -50 - 37 * math.cos(a)),
            ],
            brush.c("#46505e"),
            2,
        )
    with pen.at(0, -50, 1, turn=38):
        pen.poly([(0, -32), (7, 0), (-7, 0)], brush.c(brush.own("#d8402f")))
        pen.poly([(0, 32), (7, 0), (-7, 0)], brush.c("#3d4a5c"))
    pen.circle(0, -50, 4, brush.c("#c9973a"))


SUBJECTS = {
    "light bulb": Subject(light_bulb, "emblem", 1, 124, home="studio", share=0.5, mirror=False),
    "gears": Subject(gears, "emblem", 1, 134, home="studio", share=0.46),
    "padlock": Subject(padlock, "emblem", 1, 80, home="studio", share=0.44),
    "shield": Subject(shield, "emblem", 1, 96, home="studio", share=0.5),
    "key": Subject(key, "emblem", 1, 40, home="studio", share=0.44),
    "network": Subject(network, "emblem", 2, 190, home="studio", share=0.48),
    "clock": Subject(clock, "emblem", 1, 102, home="studio", share=0.46, mirror=False),
    "hourglass": Subject(hourglass, "table", 0.4, 76, home="studio", share=0.48),
    "trophy": Subject(trophy, "emblem", 1, 104, home="studio", share=0.46),
    "money": Subject(money, "emblem", 0.4, 140, home="studio", share=0.42),
    "scales": Subject(scales, "table", 0.7, 168, home="studio", share=0.48),
    "megaphone": Subject(megaphone, "emblem", 1, 160, home="studio", share=0.42),
    "globe": Subject(globe, "emblem", 1, 102, home="studio", share=0.5, mirror=False),
    "puzzle": Subject(puzzle, "emblem", 1, 124, home="studio", share=0.46),
    "target": Subject(target, "emblem", 1, 130, home="studio", share=0.46),
    "compass": Subject(compass, "emblem", 0.3, 100, home="studio", share=0.46),
}
