"""Trees by the shape of their crown, and flowers by the shape of their head."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

from services.local.illustrator.subjects.brush import Brush, Subject
from services.local.illustrator.subjects.sketch import Entry, read_sheet


@dataclass(frozen=True, slots=True)
class Flower:
    """A flower: `petals` around a heart, or a form of its own in `shape`."""

    words: str
    colour: str
    heart: str = "#f3c93a"
    petals: int = 8
    long: float = 16
    thick: float = 7
    shape: str = ""
    home: str = "garden"


def _head(brush: Brush, f: Flower, x: float, y: float, size: float) -> None:
    pen, colour = brush.pen, brush.own(f.colour)
    with pen.at(x, y, size):
        if f.shape == "cup":
            pen.path("M-18 -14Q-24 20 0 20Q24 20 18 -14L8 2L0 -20L-8 2Z", brush.fall(colour))
            pen.path("M0 -20L-8 2Q-4 18 0 20Q4 18 8 2Z", brush.lit(colour, 0.25))
        elif f.shape == "spike":
            for k in range(11):
                pen.ellipse((-1) ** k * 5, 44 - k * 6.4, 6.5 - k * 0.3, 4.6, brush.lit(colour, 0.05 * (k % 4)))
        elif f.shape == "rose":
            pen.circle(0, 0, 23, brush.shade(colour, 0.12))
            pen.path("M-22 -4Q-16 -26 6 -22Q26 -16 22 6Q10 24 -8 20Q-24 12 -22 -4Z", brush.c(colour))
            pen.stroke(
                "M-12 4Q-10 -14 6 -12Q16 -6 10 6Q0 14 -6 4Q-4 -6 4 -2M-18 6Q-8 20 12 14", brush.shade(colour, 0.4), 2.4
            )
        elif f.shape == "puff":
            for k in range(18):
                a = k * math.tau / 18
                pen.line([(0, 0), (21 * math.cos(a), 21 * math.sin(a))], brush.lit("#e8e6e0", 0.2), 1.1)
                pen.circle(21 * math.cos(a), 21 * math.sin(a), 2.6, brush.lit("#ffffff", 0.1), opacity=0.9)
            pen.circle(0, 0, 5, brush.c("#a98a5e"))
        elif f.shape == "lotus":
            for turn in (-70, 70, -42, 42, -18, 18, 0):
                with pen.at(0, 14, 1, turn=turn):
                    pen.path(
                        "M0 0Q-13 -20 0 -42Q13 -20 0 0Z",
                        brush.lit(colour, 0.2) if abs(turn) < 30 else brush.shade(colour, 0.12),
                    )
        else:
            for k in range(f.petals):
                with pen.at(0, 0, 1, turn=k * 360 / f.petals):
                    pen.ellipse(0, -f.long, f.thick, f.long * 0.8, brush.lit(colour, 0.2) if k % 2 else brush.c(colour))
            pen.circle(0, 0, 8.5, brush.c(f.heart))


def flower(brush: Brush, f: Flower) -> None:
    """Three stems of one kind of flower."""
    pen = brush.pen
    if f.shape == "lotus":
        pen.ellipse(-20, -6, 46, 9, brush.shade("#4c8a55", 0.1))
        pen.ellipse(24, -3, 44, 8, brush.c("#5f9c4e"))
        _head(brush, f, 0, -34, 1.1)
        return
    for x, y, size in ((-28, -58, 0.72), (28, -66, 0.78), (0, -82, 0.9)):
        low = 40 * size if f.shape == "spike" else 0
        pen.stroke(f"M{x * 0.3} 0Q{x * 0.4} {y * 0.5} {x} {y + low}", brush.c("#4f8a48"), 3.4)
        pen.path(
            f"M{x * 0.4} {y * 0.35}q{14 if x >= 0 else -14} -16 {24 if x >= 0 else -24} -10q-6 14 {-24 if x >= 0 else 24} 10Z",
            brush.shade("#5f9c4e", 0.1),
        )
        _head(brush, f, x, y, size)


FLOWERS = {
    "rose": Flower("rose, roses, red rose", "#d1324a", shape="rose"),
    "tulip": Flower("tulip, tulips, tulip bulb", "#e0483f", shape="cup"),
    "daisy": Flower("daisy, daisies, chamomile, marguerite, wildflower, wildflowers", "#fbfaf4", petals=12, long=16, thick=4.6),
    "poppy": Flower("poppy, poppies, remembrance", "#d8382f", "#2b2f38", petals=5, long=13, thick=12),
    "lavender": Flower("lavender, sprig of lavender, lavender field", "#8a6fc4", shape="spike", home="field"),
    "lily": Flower("lily, lilies", "#f4e2ee", "#f0b83a", petals=6, long=19, thick=7),
    "lotus": Flower("lotus, water lily, water lilies, lotus flower, zen, meditation, mindfulness, serenity", "#f0a0b8", shape="lotus", home="lake"),
    "dandelion": Flower("dandelion, dandelions, seed head", "#ffffff", shape="puff", home="field"),
    "violet flower": Flower("violet flower, violets", "#5a5fc4", petals=5, long=12, thick=9),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Crown:
    """A tree: the crown's ellipses (x, y, rx, ry) and the trunk's width."""

    words: str
    leaf: str
    crown: tuple[tuple[float, float, float, float], ...]
    trunk: str = "#6d4e38"
    width: float = 8
    home: str = "field"
    tall: float = 9


def tree(brush: Brush, t: Crown) -> None:
    """One tree of the crown `t`."""
    pen, w = brush.pen, t.width / 2
    leaf = brush.own(t.leaf)
    if brush.palette.snow:
        leaf = "#e6edf2"
    pen.path(f"M{-w * 1.4} 0L{-w * 0.7} -60H{w * 0.7}L{w * 1.4} 0Z", brush.tone(t.trunk))
    pen.stroke("M0 -30L-14 -56M0 -36L14 -60", brush.c(t.trunk), w * 0.9)
    if t.trunk == "#eee9df":
        for k in range(5):
            pen.rect(-w, -8 - k * 10, w * 1.2, 2.4, brush.c("#3a3634"))
    for x, y, rx, ry in t.crown:
        pen.ellipse(x, -y, rx, ry, brush.shade(leaf, 0.18))
    for x, y, rx, ry in t.crown:
        pen.ellipse(x - rx * 0.12, -y - ry * 0.12, rx * 0.82, ry * 0.8, brush.c(leaf))
        pen.ellipse(x - rx * 0.25, -y - ry * 0.35, rx * 0.42, ry * 0.34, brush.lit(leaf, 0.25), opacity=0.7)


TREES = {
    "oak": Crown("oak, oak tree, old oak, ancient tree, chestnut tree, walnut tree", "#5c8f45", ((-26, 62, 22, 18), (26, 62, 22, 18), (0, 80, 26, 20), (-12, 64, 20, 18), (14, 66, 20, 18)), width=13),
    "birch": Crown("birch, birch tree, aspen", "#8fb85a", ((0, 60, 16, 16), (-6, 76, 15, 16), (8, 88, 12, 14)), "#eee9df", 7, "forest"),
    "cypress": Crown("cypress, cypress tree, cypresses, poplar, poplars", "#3a6a48", ((0, 54, 12, 44),), width=6),
    "acacia": Crown("acacia, acacia tree, umbrella tree, flat-crowned acacia", "#7a8f45", ((-24, 80, 24, 8), (24, 82, 24, 8), (0, 88, 30, 10)), width=7, home="savanna"),
    "maple": Crown("maple, maple tree, autumn tree, red maple", "#d2602e", ((-20, 58, 20, 18), (20, 58, 20, 18), (0, 78, 24, 22)), width=8, home="garden"),
    "olive tree": Crown("olive tree, olive trees, olive grove", "#8f9f78", ((-22, 58, 20, 14), (20, 62, 22, 15), (-2, 74, 22, 14)), "#7a6a58", 14, tall=5),
    "fruit tree": Crown("apple tree, orchard tree, orange tree, lemon tree, pear tree, fruit tree, fruit trees, cherry orchard", "#5f9c4e", ((-18, 60, 19, 18), (18, 60, 19, 18), (0, 76, 22, 18)), width=8, tall=4),
}  # fmt: skip


def _fruit_tree(brush: Brush, t: Crown) -> None:
    tree(brush, t)
    for k in range(9):
        x, y = -28 + (k * 41 % 57), 50 + (k * 29 % 36)
        brush.pen.circle(x, -y, 3.6, brush.c("#d8382f"))


_SHEET = read_sheet("""
@bamboo ground 6 60 forest .56 : bamboo, bamboo forest, bamboo grove
*4,13,0 #8fae4a!~ r -24 -102 8 102 2
*4,13,0 #5f7f3a= l1.6 M-24 -80H-16M-24 -52H-16M-24 -24H-16
G= M-16 -80Q-40 -84 -46 -70Q-30 -72 -16 -80ZM12 -86Q34 -96 44 -82Q28 -78 12 -86ZM8 -50Q30 -58 40 -44Q24 -42 8 -50ZM-10 -52Q-34 -54 -40 -40Q-24 -42 -10 -52Z
@bush ground 1 140 garden .32 : bush, shrub, hedge bush, boxwood, bushes, dry shrub
g!- o -40 -30 30 32
g!- o 40 -30 30 32
g!^ o 0 -46 42 46
g!+%60 o -14 -66 18 13
g!+%60 o -46 -42 12 9
@fern ground .6 150 forest .32 : fern, ferns, bracken, fern tips
G= l3 M0 0Q-10 -64 -48 -88M0 0Q10 -64 48 -88
G!^ M-2 -13Q10 -15 13 -28Q-0 -25 -2 -13ZM-2 -13Q-15 -9 -23 -20Q-9 -23 -2 -13ZM-5 -25Q6 -27 8 -39Q-4 -36 -5 -25ZM-5 -25Q-17 -21 -24 -30Q-12 -34 -5 -25ZM-9 -36Q1 -39 2 -50Q-9 -46 -9 -36ZM-9 -36Q-19 -32 -27 -39Q-16 -43 -9 -36ZM-13 -46Q-4 -50 -4 -60Q-14 -55 -13 -46ZM-13 -46Q-22 -42 -29 -48Q-20 -52 -13 -46ZM-18 -56Q-10 -60 -11 -68Q-19 -64 -18 -56ZM-18 -56Q-25 -51 -32 -56Q-24 -61 -18 -56ZM-23 -64Q-17 -68 -18 -76Q-25 -71 -23 -64ZM-23 -64Q-29 -60 -36 -63Q-29 -68 -23 -64ZM-29 -72Q-24 -76 -26 -82Q-31 -78 -29 -72ZM-29 -72Q-34 -68 -40 -70Q-35 -75 -29 -72ZM-36 -79Q-32 -82 -34 -87Q-38 -83 -36 -79ZM-36 -79Q-39 -75 -45 -76Q-41 -81 -36 -79ZM-43 -85Q-41 -88 -43 -92Q-45 -88 -43 -85ZM-43 -85Q-46 -81 -50 -82Q-47 -86 -43 -85ZM2 -13Q15 -9 23 -20Q9 -23 2 -13ZM2 -13Q-10 -15 -13 -28Q0 -25 2 -13ZM5 -25Q17 -21 24 -30Q12 -34 5 -25ZM5 -25Q-6 -27 -8 -39Q4 -36 5 -25ZM9 -36Q19 -32 27 -39Q16 -43 9 -36ZM9 -36Q-1 -39 -2 -50Q9 -46 9 -36ZM13 -46Q22 -42 29 -48Q20 -52 13 -46ZM13 -46Q4 -50 4 -60Q14 -55 13 -46ZM18 -56Q25 -51 32 -56Q24 -61 18 -56ZM18 -56Q10 -60 11 -68Q19 -64 18 -56ZM23 -64Q29 -60 36 -63Q29 -68 23 -64ZM23 -64Q17 -68 18 -76Q25 -71 23 -64ZM29 -72Q34 -68 40 -70Q35 -75 29 -72ZM29 -72Q24 -76 26 -82Q31 -78 29 -72ZM36 -79Q39 -75 45 -76Q41 -81 36 -79ZM36 -79Q32 -82 34 -87Q38 -83 36 -79ZM43 -85Q46 -81 50 -82Q47 -86 43 -85ZM43 -85Q41 -88 43 -92Q45 -88 43 -85Z
G= l3 M0 0Q-34 -66 -72 -44M0 0Q34 -66 72 -44M0 0Q-4 -50 2 -98
g!^ M-7 -13Q4 -18 2 -31Q-9 -24 -7 -13ZM-7 -13Q-17 -6 -28 -13Q-16 -20 -7 -13ZM-14 -24Q-5 -30 -7 -41Q-17 -34 -14 -24ZM-14 -24Q-23 -16 -33 -22Q-23 -29 -14 -24ZM-22 -33Q-14 -39 -17 -49Q-25 -42 -22 -33ZM-22 -33Q-29 -25 -38 -29Q-30 -37 -22 -33ZM-29 -40Q-23 -46 -27 -55Q-33 -47 -29 -40ZM-29 -40Q-34 -32 -43 -35Q-37 -42 -29 -40ZM-37 -45Q-32 -52 -37 -58Q-41 -51 -37 -45ZM-37 -45Q-40 -38 -48 -38Q-44 -46 -37 -45ZM-44 -48Q-42 -55 -47 -60Q-49 -52 -44 -48ZM-44 -48Q-46 -41 -53 -40Q-51 -47 -44 -48ZM-52 -49Q-51 -55 -56 -58Q-57 -52 -52 -49ZM-52 -49Q-52 -43 -57 -41Q-57 -48 -52 -49ZM-59 -49Q-60 -54 -65 -55Q-64 -50 -59 -49ZM-59 -49Q-58 -44 -62 -41Q-63 -46 -59 -49ZM-67 -46Q-69 -50 -73 -50Q-71 -46 -67 -46ZM-67 -46Q-65 -43 -68 -40Q-70 -44 -67 -46ZM7 -13Q17 -6 28 -13Q16 -20 7 -13ZM7 -13Q-4 -18 -2 -31Q9 -24 7 -13ZM14 -24Q23 -16 33 -22Q23 -29 14 -24ZM14 -24Q5 -30 7 -41Q17 -34 14 -24ZM22 -33Q29 -25 38 -29Q30 -37 22 -33ZM22 -33Q14 -39 17 -49Q25 -42 22 -33ZM29 -40Q34 -32 43 -35Q37 -42 29 -40ZM29 -40Q23 -46 27 -55Q33 -47 29 -40ZM37 -45Q40 -38 48 -38Q44 -46 37 -45ZM37 -45Q32 -52 37 -58Q41 -51 37 -45ZM44 -48Q46 -41 53 -40Q51 -47 44 -48ZM44 -48Q42 -55 47 -60Q49 -52 44 -48ZM52 -49Q52 -43 57 -41Q57 -48 52 -49ZM52 -49Q51 -55 56 -58Q57 -52 52 -49ZM59 -49Q58 -44 62 -41Q63 -46 59 -49ZM59 -49Q60 -54 65 -55Q64 -50 59 -49ZM67 -46Q65 -43 68 -40Q70 -44 67 -46ZM67 -46Q69 -50 73 -50Q71 -46 67 -46ZM-1 -10Q12 -10 17 -23Q3 -22 -1 -10ZM-1 -10Q-14 -9 -20 -20Q-6 -21 -1 -10ZM-1 -21Q11 -20 15 -32Q3 -31 -1 -21ZM-1 -21Q-13 -19 -18 -30Q-6 -31 -1 -21ZM-2 -31Q9 -30 14 -41Q2 -40 -2 -31ZM-2 -31Q-12 -30 -17 -40Q-6 -40 -2 -31ZM-2 -41Q8 -41 12 -50Q2 -50 -2 -41ZM-2 -41Q-11 -41 -15 -50Q-5 -50 -2 -41ZM-1 -52Q7 -51 11 -59Q2 -59 -1 -52ZM-1 -52Q-10 -51 -13 -59Q-4 -59 -1 -52ZM-1 -62Q6 -61 10 -68Q2 -68 -1 -62ZM-1 -62Q-9 -62 -11 -69Q-3 -68 -1 -62ZM-1 -72Q6 -71 9 -77Q2 -77 -1 -72ZM-1 -72Q-7 -72 -9 -78Q-2 -77 -1 -72ZM0 -82Q5 -81 8 -86Q3 -86 0 -82ZM0 -82Q-5 -82 -7 -87Q-1 -87 0 -82ZM1 -92Q5 -91 8 -95Q3 -95 1 -92ZM1 -92Q-3 -92 -4 -96Q0 -96 1 -92Z
@vine ground 1.6 130 vineyard .4 : vine, vines, grapevine, old vine, vineyard row, ivy, climbing vines, climbing plant, trellis
n= r -54 -90 5 90
n= r 49 -90 5 90
s= l1.6 M-54 -84H54M-54 -56H54
e= l6 M0 0Q-10 -30 0 -56Q10 -70 -4 -84
g!^ M-50 -92Q-30 -106 -14 -92Q4 -106 20 -92Q38 -104 52 -90Q56 -60 40 -60Q20 -70 0 -58Q-24 -70 -44 -58Q-58 -70 -50 -92Z
#6a3d7e= M-30 -58Q-20 -64 -14 -56Q-14 -40 -22 -34Q-34 -44 -30 -58ZM16 -58Q26 -64 34 -56Q34 -40 26 -34Q14 -44 16 -58Z
@houseplant table .6 90 home .44 : houseplant, potted plant, pot plant, indoor plant, pot of young leaves, potted plants
G^ M-2 -36Q-44 -44 -46 -82Q-10 -80 -2 -36ZM2 -36Q44 -44 46 -82Q10 -80 2 -36Z
g!^ M0 -36Q-20 -70 0 -104Q20 -70 0 -36Z
#c8744a~ M-24 -38H24L18 0H-18Z
#c8744a- r -28 -44 56 10 3
@seaweed ground 1 90 underwater .44 : seaweed, kelp, algae, sea grass, seagrass
G!= l9 M-24 0Q-44 -30 -24 -54Q-8 -76 -28 -98
g!= l9 M0 0Q20 -30 0 -56Q-16 -76 6 -102
G!= l9 M24 0Q8 -26 28 -48Q42 -68 24 -90
@coral ground .6 120 underwater .36 : coral, corals, coral reef, branching coral, coral branch, sea fan
#f07a6a!= l11 M0 0V-40Q-2 -60 -30 -76M0 -40Q10 -62 34 -80M0 -26Q-30 -30 -44 -52M2 -22Q34 -26 46 -48M-18 -66V-92M20 -68L16 -96
#f07a6a!+ c -18 -94 7
#f07a6a!+ c 16 -98 7
#f07a6a!+ c -32 -78 7
#f07a6a!+ c 36 -82 7
#f07a6a!+ c -46 -54 7
#f07a6a!+ c 48 -50 7
@haystack ground 1.6 140 field .32 : hay, haystack, hay bale, straw, hay bales, straw bale, bale
y!~ c 0 -46 46
#b8923a= l2.4 M0 -86A40 40 0 1 1 -0.1 -86M0 -74A28 28 0 1 1 -0.1 -74M0 -60A14 14 0 1 1 -0.1 -60
y= l2 M-60 0L-40 -8M60 0L38 -6M-52 2L-30 -2M50 2L30 -2
@feather table .3 110 studio .34 : feather, feathers, quill feather, plume
M!^ M-50 -6Q-44 -60 10 -92Q40 -106 52 -100Q50 -50 10 -26Q-20 -10 -40 -4Z
w= l3 M-60 4Q-20 -40 44 -94
w=%60 l1.6 M-20 -30L-30 -44M0 -48L-10 -64M20 -68L10 -82M-6 -42L14 -38M12 -60L32 -58
""")

ENTRIES: dict[str, Entry] = {
    **{
        name: Entry(
            Subject(partial(flower, f=kind), "water" if kind.shape == "lotus" else "ground", 0.5,
                    130 if kind.shape == "lotus" else 100, home=kind.home, share=0.42),
            kind.words, (),
        )
        for name, kind in FLOWERS.items()
    },
    **{
        name: Entry(
            Subject(partial(_fruit_tree if name == "fruit tree" else tree, t=kind), "ground", kind.tall, 100,
                    home=kind.home, share=0.56),
            kind.words, (),
        )
        for name, kind in TREES.items()
    },
    **_SHEET,
}  # fmt: skip
