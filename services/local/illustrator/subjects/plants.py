"""Trees and flowers."""

from __future__ import annotations

import math

from services.local.illustrator import terrain
from services.local.illustrator.colour import mix
from services.local.illustrator.subjects.brush import Brush, Subject


def tree(brush: Brush) -> None:
    """A broad-leaved tree with a crown of many tones."""
    pen, leaf = brush.pen, brush.own(brush.palette.leaf)
    if brush.palette.snow and not brush.given:
        terrain.bare_tree(pen, brush.ink, 0, 0, 96)
        return
    bark = "#6f4d36"
    pen.path(
        "M-6 1Q-3 -14 -3.4 -36L-13 -52L-10.5 -54L-2 -42L-1 -60H1.6L2.4 -42L12 -56L14 -54L4 -36Q3.4 -14 8 1Z",
        brush.tone(bark),
    )
    for x, y, r, tone in (
        (-21, -54, 15, 0), (20, -55, 16, 0), (0, -50, 15, 0), (-25, -66, 13, 0), (26, -67, 12, 0),
        (-13, -66, 18, 1), (14, -67, 18, 1), (0, -80, 19, 1),
        (-20, -72, 10, 2), (-6, -86, 12, 2), (10, -78, 9, 2), (-12, -60, 7, 2),
    ):  # fmt: skip
        fill = brush.shade(leaf, 0.32) if tone == 0 else brush.c(leaf) if tone == 1 else brush.lit(leaf, 0.3)
        pen.circle(x, y, r, fill)


def blossom_tree(brush: Brush) -> None:
    """A tree in blossom."""
    brush.main, brush.given = brush.own("#f2b3c8"), True
    tree(brush)
    for _ in range(14):
        x, y = float(brush.rng.uniform(-34, 34)), float(brush.rng.uniform(-46, 2))
        brush.pen.ellipse(x, y, 1.5, 0.9, brush.c("#f7cfdb"))


def spruce(brush: Brush) -> None:
    """A conifer."""
    terrain.conifer(brush.pen, brush.ink, 0, 0, 100, brush.own("#2f6350"), snow=brush.palette.snow)


def palm(brush: Brush) -> None:
    """A palm tree leaning in the wind."""
    pen = brush.pen
    pen.path("M-4 1Q2 -40 10 -74L14 -73Q10 -38 5 1Z", brush.tone("#8a6444"))
    for k in range(7):
        y = -10 * k - 6
        pen.line([(-2.5 + k * 1.9, y), (4.5 + k * 1.5, y + 1)], brush.shade("#8a6444", 0.4), 0.8)
    for angle, length in ((-165, 34), (-140, 36), (-110, 30), (-60, 32), (-30, 36), (-5, 34), (18, 28), (-190, 28)):
        a = math.radians(angle)
        ex, ey = 12 + length * math.cos(a), -75 + length * math.sin(a) + 14
        cx, cy = 12 + length * 0.55 * math.cos(a), -75 + length * 0.75 * math.sin(a) - 6
        tone = brush.lit("#4f9150", 0.2) if angle < -90 else brush.shade("#4f9150", 0.15)
        pen.path(f"M12 -76Q{cx:.1f} {cy - 5:.1f} {ex:.1f} {ey:.1f}Q{cx:.1f} {cy + 5:.1f} 12 -72Z", tone)
    for x, y in ((9, -72), (14, -71), (12, -69)):
        pen.circle(x, y, 2.8, brush.shade("#7a5232", 0.1))


def cactus(brush: Brush) -> None:
    """A saguaro cactus."""
    pen, green = brush.pen, brush.own("#4f8f5f")
    pen.stroke("M-20 -64V-46Q-20 -36 -8 -36M20 -74V-54Q20 -44 8 -44", brush.shade(green, 0.1), 11)
    pen.stroke("M0 -2V-90", brush.c(green), 17)
    pen.stroke("M-4 -4V-90", brush.lit(green, 0.35), 3)
    pen.stroke("M4 -4V-90", brush.shade(green, 0.3), 4)
    pen.circle(0, -100, 4, brush.c("#e6678a"))


def flower(brush: Brush) -> None:
    """Three tall flowers on their stems."""
    pen, green = brush.pen, "#4d8f4f"
    for x, top, lean, r in ((-19, -66, -5, 10.5), (20, -72, 6, 11), (0, -86, 0, 13)):
        pen.stroke(f"M{x * 0.25} 0Q{x * 0.4} {top * 0.5} {x} {top}", brush.c(green), 2.6)
        pen.path(
            f"M{x * 0.3} -18Q{x * 0.9 - 14} -34 {x * 0.8 - 20} -44Q{x * 0.5 - 3} -38 {x * 0.3} -18Z",
            brush.shade(green, 0.2),
        )
        pen.path(
            f"M{x * 0.3} -12Q{x * 0.9 + 14} -26 {x * 0.8 + 19} -38Q{x * 0.5 + 4} -32 {x * 0.3} -12Z",
            brush.lit(green, 0.15),
        )
        petal = brush.own(brush.palette.accents[0]) if x else brush.own(brush.palette.accents[1])
        for k in range(8):
            with pen.at(x, top, 1, turn=k * 45 + lean):
                pen.ellipse(0, -r * 0.72, r * 0.36, r * 0.62, brush.lit(petal, 0.25) if k % 2 else brush.c(petal))
        pen.circle(x, top, r * 0.38, brush.c("#f2c84b"))
        pen.circle(x + 0.8, top + 0.8, r * 0.22, brush.shade("#d99a2e", 0.1))


def sunflower(brush: Brush) -> None:
    """Sunflowers."""
    pen = brush.pen
    for x, top, r in ((-24, -60, 15), (26, -66, 15), (0, -82, 19)):
        pen.stroke(f"M{x * 0.7} 0Q{x} {top * 0.5} {x} {top}", brush.c("#5a8f45"), 3)
        pen.path(
            f"M{x * 0.8} -22Q{x * 0.8 + 16} -40 {x * 0.8 + 21} -28Q{x * 0.8 + 12} -18 {x * 0.8} -22Z",
            brush.shade("#5a8f45", 0.15),
        )
        for k in range(14):
            with pen.at(x, top, 1, turn=k * 360 / 14):
                pen.path(
                    f"M-2.6 {-r * 0.5}Q0 {-r * 1.15} 0 {-r}Q3.6 {-r * 0.8} 2.6 {-r * 0.5}Z",
                    brush.c("#f4b92f") if k % 2 else brush.lit("#f4b92f", 0.3),
                )
        pen.circle(x, top, r * 0.55, brush.shade("#6a4226", 0.1))
        pen.circle(x - 1, top - 1, r * 0.38, brush.c("#7f5230"))


def seedling(brush: Brush) -> None:
    """A seedling that breaks the soil."""
    pen, green = brush.pen, brush.own("#5aa552")
    pen.path("M-44 2Q-36 -14 -12 -16Q0 -20 14 -15Q38 -14 46 2Z", brush.fall("#6b4a35"))
    pen.stroke("M0 -14Q-3 -40 1 -62", brush.c(green), 4)
    pen.path("M1 -56Q-6 -84 -38 -84Q-36 -56 1 -56Z", brush.lit(green, 0.2))
    pen.path("M1 -56Q-18 -66 -38 -84Q-36 -56 1 -56Z", brush.shade(green, 0.15))
    pen.path("M1 -60Q6 -98 44 -98Q42 -64 1 -60Z", brush.c(green))
    pen.path("M1 -60Q20 -74 44 -98Q42 -64 1 -60Z", brush.shade(green, 0.25))
    for x, y in ((-24, -6), (18, -8), (30, -3), (-8, -8)):
        pen.circle(x, y, 1.8, brush.shade("#6b4a35", 0.4))


def mushroom(brush: Brush) -> None:
    """Toadstools."""
    pen = brush.pen
    for x, k in ((24, 0.6), (0, 1.0)):
        with pen.at(x, 0, k):
            pen.path("M-11 2Q-7 -30 -9 -50H9Q7 -30 13 2Z", brush.tone("#f2e6d2"))
            pen.path("M-44 -46Q-40 -98 0 -98Q40 -98 44 -46Q0 -34 -44 -46Z", brush.fall(brush.own("#cf3b32")))
            for px, py, r in ((-20, -66, 6), (4, -80, 7), (22, -60, 5), (-4, -56, 4)):
                pen.circle(px, py, r, brush.c(mix("#ffffff", "#f2e6d2", 0.3)))


SUBJECTS = {
    "tree": Subject(tree, "ground", 9, 76, home="field", share=0.56),
    "blossom tree": Subject(blossom_tree, "ground", 7, 76, home="garden", share=0.56),
    "spruce": Subject(spruce, "ground", 12, 46, home="forest", share=0.56),
    "palm": Subject(palm, "ground", 10, 78, home="coast", share=0.6),
    "cactus": Subject(cactus, "ground", 4, 56, home="desert", share=0.42),
    "flower": Subject(flower, "ground", 0.6, 68, home="garden", share=0.46),
    "sunflower": Subject(sunflower, "ground", 1.6, 92, home="field", share=0.5),
    "seedling": Subject(seedling, "ground", 0.3, 92, home="field", share=0.42),
    "mushroom": Subject(mushroom, "ground", 0.2, 100, home="forest", share=0.32),
}
