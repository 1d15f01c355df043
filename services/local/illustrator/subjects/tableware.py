"""Food, drink and what stands on a table."""

from __future__ import annotations

from services.local.illustrator.colour import mix
from services.local.illustrator.subjects.brush import Brush, Subject


def coffee_cup(brush: Brush) -> None:
    """A cup on its saucer, steaming."""
    pen, china = brush.pen, brush.own("#f5efe4")
    pen.ellipse(0, -4, 66, 8, brush.shade(china, 0.35))
    pen.ellipse(0, -7, 64, 7, brush.lit(china, 0.15))
    pen.path("M40 -46Q70 -52 68 -34Q64 -16 34 -20L36 -27Q56 -26 58 -37Q56 -42 40 -38Z", brush.shade(china, 0.2))
    pen.path("M-44 -58H44Q44 -22 26 -8H-26Q-44 -22 -44 -58Z", brush.tone(china))
    pen.ellipse(0, -58, 44, 8, brush.lit(china, 0.3))
    pen.ellipse(0, -57, 39, 6, brush.shade("#5a351f", 0.1))
    pen.ellipse(-8, -58, 18, 2.6, brush.c("#8a5a36"))
    pen.path("M-44 -44Q0 -34 43 -44Q42 -38 41 -34Q0 -24 -41 -34Z", brush.c(brush.second), opacity=0.9)
    for x, lean in ((-16, 6), (2, -7), (20, 6)):
        pen.stroke(f"M{x} -68Q{x + lean} -78 {x} -86T{x + lean * 0.4} -102", "#ffffff", 3.4, opacity=0.5)


def teapot(brush: Brush) -> None:
    """A teapot."""
    pen, china = brush.pen, brush.main
    pen.stroke("M-46 -66Q-82 -64 -76 -34Q-70 -16 -42 -20", brush.shade(china, 0.25), 8)
    pen.path("M40 -34Q58 -40 64 -66L78 -78L84 -72Q74 -64 70 -44Q62 -18 36 -16Z", brush.shade(china, 0.15))
    pen.path("M-54 -36Q-52 -78 0 -80Q52 -78 54 -36Q48 -2 0 0Q-48 -2 -54 -36Z", brush.tone(china))
    pen.path("M-28 -76Q-20 -90 0 -90Q20 -90 28 -76Q0 -68 -28 -76Z", brush.lit(china, 0.25))
    pen.circle(0, -95, 5.5, brush.c(brush.second))
    pen.ellipse(-22, -50, 7, 15, "#ffffff", opacity=0.25)


def bread(brush: Brush) -> None:
    """A loaf of bread, two slices cut."""
    pen, crust = brush.pen, "#c07a35"
    pen.path("M-74 -10Q-88 -60 -54 -76Q-10 -92 34 -76Q62 -64 52 -10Z", brush.fall(crust))
    for x in (-48, -20, 8):
        pen.path(f"M{x} -72Q{x + 14} -64 {x + 20} -44Q{x + 6} -52 {x} -72Z", brush.lit("#efcf97", 0.1))
    for x, lean in ((56, 8), (72, 18)):
        with pen.at(x, -10, 1, turn=lean):
            pen.path("M-12 0Q-22 -44 0 -62Q24 -44 16 0Z", brush.c(crust))
            pen.path("M-8 -3Q-17 -42 1 -56Q19 -42 12 -3Z", brush.lit("#f3dcae", 0.1))


def croissant(brush: Brush) -> None:
    """A croissant."""
    pen = brush.pen
    with pen.at(0, 13):
        pen.path(
            "M-80 -14Q-74 -56 -30 -66Q0 -74 30 -66Q74 -56 80 -14Q56 -34 30 -30Q0 -26 -30 -30Q-56 -34 -80 -14Z",
            brush.fall("#cf8f42"),
        )
        for d in (
            "M-54 -54Q-40 -44 -44 -30",
            "M-24 -66Q-12 -48 -18 -29",
            "M24 -66Q12 -48 18 -29",
            "M54 -54Q40 -44 44 -30",
        ):
            pen.stroke(d, brush.shade("#a86a2a", 0.2), 3)
        pen.stroke("M-34 -60Q0 -72 34 -60", brush.lit("#f4d08c", 0.4), 4, opacity=0.7)


def fruit_bowl(brush: Brush) -> None:
    """A bowl of apples, oranges, a pear and grapes."""
    pen = brush.pen
    for x, y, r, colour in (
        (-38, -52, 20, "#d8452f"),
        (36, -50, 20, "#f09a36"),
        (0, -58, 22, "#8db548"),
        (-14, -78, 17, "#e8b23a"),
        (20, -76, 17, "#cf3b32"),
    ):
        pen.circle(
            x,
            y,
            r,
            pen.radial((0, brush.lit(colour, 0.4), 1), (0.6, brush.c(colour), 1), (1, brush.shade(colour, 0.3), 1)),
        )
        pen.line([(x, y - r + 2), (x + 2, y - r - 5)], brush.shade("#5a3f2a"), 2)
    for k in range(7):
        pen.circle(52 + (k % 3) * 9 - (k // 3) * 4, -56 + (k // 3) * 9, 6, brush.lit("#6b4a8c", 0.12 * (k % 3)))
    pen.path("M-6 -96Q6 -104 16 -96Q6 -88 -6 -96Z", brush.c("#5f9a4a"))
    pen.path("M-74 -48H74Q68 -8 28 0H-28Q-68 -8 -74 -48Z", brush.tone(brush.main))
    pen.ellipse(0, -48, 74, 5, brush.lit(brush.main, 0.35))
    pen.path("M-70 -34Q0 -24 70 -34L67 -26Q0 -16 -67 -26Z", brush.c(brush.second), opacity=0.85)


def apple(brush: Brush) -> None:
    """An apple."""
    pen, skin = brush.pen, brush.own("#cf3b32")
    pen.path(
        "M0 -76C-18 -90 -52 -84 -50 -46C-48 -12 -22 4 0 -3C22 4 48 -12 50 -46C52 -84 18 -90 0 -76Z", brush.tone(skin)
    )
    pen.stroke("M0 -74Q0 -90 7 -99", brush.shade("#5a3f2a"), 4)
    pen.path("M5 -86Q22 -104 42 -92Q28 -76 5 -86Z", brush.c("#5f9a4a"))
    pen.ellipse(-26, -58, 7, 12, "#ffffff", opacity=0.35)


def _china(brush: Brush) -> None:
    pen = brush.pen
    pen.ellipse(0, -16, 96, 17, brush.shade("#f4efe6", 0.35))
    pen.ellipse(0, -20, 96, 17, brush.lit(brush.own("#f4efe6"), 0.1))
    pen.ellipse(0, -20, 70, 11, brush.shade("#f4efe6", 0.12))


def plate(brush: Brush) -> None:
    """A plate, which is bare: what lies on it is named by itself."""
    _china(brush)


def meal(brush: Brush) -> None:
    """A helping on a plate that passes for no dish in particular."""
    pen = brush.pen
    _china(brush)
    pen.path("M-56 -20Q-54 -44 -30 -46Q-8 -44 -4 -18Q-30 -12 -56 -20Z", brush.fall("#e9d3a0"))
    pen.path("M-14 -18Q-8 -52 18 -50Q40 -46 40 -20Q14 -10 -14 -18Z", brush.fall("#c9903f"))
    pen.path("M24 -18Q30 -42 46 -40Q62 -36 58 -20Q42 -12 24 -18Z", brush.fall("#7fa04a"))


def bottle(brush: Brush) -> None:
    """A bottle."""
    pen, glass = brush.pen, brush.own("#2f6b4a")
    pen.path(
        "M-17 0Q-19 -2 -19 -6V-52Q-18 -62 -9 -68Q-6 -72 -6 -80V-96H6V-80Q6 -72 9 -68Q18 -62 19 -52V-6Q19 -2 17 0Z",
        brush.tone(glass),
    )
    pen.rect(-7, -100, 14, 8, brush.c(brush.second), r=2)
    pen.rect(-19, -46, 38, 26, brush.lit("#f4ead2", 0.1))
    pen.rect(-19, -36, 38, 4, brush.c(brush.second))
    pen.rect(-13, -60, 4, 52, "#ffffff", r=2, opacity=0.25)


def cake(brush: Brush) -> None:
    """A cake with candles."""
    pen = brush.pen
    pen.ellipse(0, -3, 76, 8, brush.shade("#f2ece0", 0.2))
    pen.rect(-58, -52, 116, 48, brush.tone("#e9b98a"), r=6)
    pen.rect(-58, -32, 116, 7, brush.c(brush.main))
    pen.path(
        (
            "M-60 -52Q-60 -62 -50 -62H50Q60 -62 60 -52V-44Q52 -34 44 -44Q36 -54 28 -44Q20 -34 12 -44"
            "Q4 -54 -4 -44Q-12 -34 -20 -44Q-28 -54 -36 -44Q-44 -34 -52 -44Q-58 -48 -60 -52Z"
        ),
        brush.lit("#fbeee6", 0.1),
    )
    for k, x in enumerate((-34, -12, 12, 34)):
        pen.rect(x - 2.4, -84, 4.8, 22, brush.c(brush.palette.accents[k]))
        pen.path(f"M{x} -98Q{x + 6} -89 {x} -85Q{x - 6} -89 {x} -98Z", brush.ink.glow("#ffc34a"))


def vegetables(brush: Brush) -> None:
    """A crate of vegetables."""
    pen = brush.pen
    for x, lean in ((-44, -12), (-30, 0), (-16, 10)):
        with pen.at(x, -40, 1, turn=lean):
            pen.path("M-8 0L0 -34L8 0Z", brush.c("#ea8430"))
            pen.stroke("M0 -32Q-8 -46 -6 -56M0 -32V-58M0 -32Q8 -46 8 -54", brush.c("#5f9a4a"), 3)
    for x, y, r, colour in (
        (12, -52, 17, "#d8452f"),
        (40, -50, 17, "#d8452f"),
        (26, -68, 15, "#f0b23a"),
        (54, -62, 14, "#5f9a4a"),
    ):
        pen.circle(x, y, r, pen.radial((0, brush.lit(colour, 0.35), 1), (1, brush.shade(colour, 0.15), 1)))
        pen.path(f"M{x - 6} {y - r + 1}l6 -5 6 5-6 3z", brush.c("#4f8a42"))
    for y in (-40, -20):
        pen.rect(-74, y, 148, 16, brush.fall("#b98450"), r=2)
    for x in (-74, 66):
        pen.rect(x, -44, 9, 44, brush.shade("#b98450", 0.3))


def wine_glass(brush: Brush) -> None:
    """Two glasses raised or standing together."""
    pen = brush.pen
    for x, lean in ((-24, 9), (24, -9)):
        with pen.at(x, 0, 1, turn=lean):
            pen.path("M-20 -98H20Q24 -58 3 -50V-6H16V0H-16V-6H-3V-50Q-24 -58 -20 -98Z", brush.c("#eaf2f5"), opacity=0.7)
            pen.path("M-20.6 -80H20.6Q18 -56 0 -54Q-18 -56 -20.6 -80Z", brush.c(brush.own("#a3283a")))
            pen.rect(-14, -92, 3.4, 28, "#ffffff", r=1.6, opacity=0.5)


def empty_glass(brush: Brush) -> None:
    """One wine glass with nothing in it."""
    pen = brush.pen
    pen.path("M-25 -98H25Q30 -54 4 -46V-6H20V0H-20V-6H-4V-46Q-30 -54 -25 -98Z", brush.c("#dfeaf0"), opacity=0.75)
    pen.ellipse(0, -98, 25, 4, brush.lit("#f4fafc", 0.2), opacity=0.9)
    pen.rect(-16, -90, 4, 30, "#ffffff", r=2, opacity=0.6)
    pen.rect(-1.4, -46, 2.8, 40, "#ffffff", opacity=0.5)


def candle(brush: Brush) -> None:
    """A burning candle."""
    pen = brush.pen
    halo = pen.radial((0, "#ffd98a", 0.65), (1, "#ffd98a", 0))
    pen.circle(0, -80, 58, halo)
    pen.ellipse(0, -2, 34, 6, brush.shade("#b98a4a"))
    pen.rect(-15, -62, 30, 60, brush.tone(brush.own("#f4e8d2")), r=3)
    pen.path(
        "M-15 -58Q-15 -66 0 -66Q15 -66 15 -58V-44Q10 -38 8 -50Q0 -58 -8 -52Q-12 -40 -15 -46Z", brush.lit("#fff8ea", 0.1)
    )
    pen.line([(0, -66), (0, -72)], brush.c("#2c2a2a"), 1.6)
    pen.path("M0 -99Q12 -82 0 -70Q-12 -82 0 -99Z", brush.ink.glow("#ffb238"))
    pen.path("M0 -88Q6 -79 0 -72Q-6 -79 0 -88Z", brush.ink.glow("#fff4c4"))


def vase(brush: Brush) -> None:
    """Flowers in a vase."""
    pen = brush.pen
    for x, y in ((-26, -76), (0, -90), (27, -78), (-12, -66), (14, -64)):
        pen.stroke(f"M0 -36Q{x * 0.4} -54 {x} {y}", brush.c("#5a8f4a"), 2.4)
    for k, (x, y, r) in enumerate(((-26, -76, 12), (27, -78, 12), (-12, -64, 11), (14, -62, 11), (0, -88, 12))):
        tone = brush.palette.accents[k % 2] if not brush.given else brush.main
        for j in range(6):
            with pen.at(x, y, 1, turn=j * 60):
                pen.ellipse(0, -r * 0.6, r * 0.42, r * 0.55, brush.lit(tone, 0.12 * (j % 3)))
        pen.circle(x, y, r * 0.36, brush.c("#f3cf62"))
    pen.path(
        "M-14 -46H14Q12 -36 20 -24Q24 -6 14 0H-14Q-24 -6 -20 -24Q-12 -36 -14 -46Z",
        brush.tone(mix(brush.second, "#e9eef0", 0.3)),
    )


SUBJECTS = {
    "coffee cup": Subject(coffee_cup, "table", 0.14, 136, home="kitchen", share=0.34),
    "teapot": Subject(teapot, "table", 0.2, 166, home="kitchen", share=0.32),
    "bread": Subject(bread, "table", 0.2, 192, home="kitchen", share=0.3),
    "croissant": Subject(croissant, "table", 0.12, 186, home="kitchen", share=0.26),
    "fruit bowl": Subject(fruit_bowl, "table", 0.28, 152, home="kitchen", share=0.36),
    "apple": Subject(apple, "table", 0.12, 104, home="kitchen", share=0.3),
    "plate": Subject(plate, "table", 0.05, 200, home="kitchen", share=0.22),
    "meal": Subject(meal, "table", 0.1, 200, home="kitchen", share=0.26),
    "bottle": Subject(bottle, "table", 0.34, 44, home="kitchen", share=0.44),
    "cake": Subject(cake, "table", 0.26, 154, home="kitchen", share=0.36),
    "vegetables": Subject(vegetables, "table", 0.34, 152, home="kitchen", share=0.36),
    "glasses": Subject(wine_glass, "table", 0.24, 100, home="kitchen", share=0.38),
    "wine glass": Subject(empty_glass, "table", 0.2, 60, home="kitchen", share=0.44),
    "candle": Subject(candle, "table", 0.22, 80, home="home", share=0.36),
    "vase": Subject(vase, "table", 0.4, 80, home="kitchen", share=0.42),
}
