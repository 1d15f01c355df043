"""Things that travel on land, on water and in the air."""

from __future__ import annotations

import math
from functools import partial

from services.local.illustrator.colour import mix
from services.local.illustrator.subjects.brush import Brush, Subject


def _wheel(brush: Brush, x: float, y: float, r: float) -> None:
    brush.pen.circle(x, y, r, brush.c("#23262e"))
    brush.pen.circle(x, y, r * 0.55, brush.c("#b9c1c9"))
    brush.pen.circle(x, y, r * 0.2, brush.c("#4b525c"))


def bicycle(brush: Brush) -> None:
    """A bicycle seen from the side."""
    pen, frame = brush.pen, brush.c(brush.main)
    for x in (-48, 48):
        pen.ring(x, -32, 29.5, brush.c("#2a2d36"), 4.4)
        for k in range(6):
            dx, dy = 28 * math.cos(k * math.pi / 6), 28 * math.sin(k * math.pi / 6)
            pen.line([(x - dx, -32 - dy), (x + dx, -32 + dy)], brush.c("#aab2ba"), 0.8, opacity=0.8)
        pen.circle(x, -32, 4, brush.c("#5a626c"))
    pen.stroke("M-48 -32L-22 -76L30 -78L-4 -30L-48 -32M-22 -76L-4 -30M48 -32L28 -90", frame, 5)
    pen.stroke("M28 -90L22 -98M28 -92Q40 -98 42 -88", brush.c("#2f343d"), 4)
    pen.stroke("M-36 -86Q-22 -90 -12 -85", brush.c("#4a3326"), 6)
    pen.stroke("M-24 -76V-86", brush.c("#5a626c"), 3)
    pen.ring(-4, -30, 8, brush.c("#5a626c"), 3)
    pen.line([(-4, -30), (4, -16)], brush.c("#5a626c"), 3)


def car(brush: Brush) -> None:
    """A small car, facing right."""
    pen, body = brush.pen, brush.main
    pen.path(
        (
            "M-112 -22Q-118 -50 -96 -56L-70 -60Q-48 -98 -20 -99H26Q52 -98 74 -62Q108 -58 114 -42Q118 "
            "-22 110 -18H-106Q-112 -18 -112 -22Z"
        ),
        brush.fall(body),
    )
    pen.path("M-58 -62Q-44 -90 -20 -91H-4V-62ZM6 -91H24Q46 -90 62 -62H6Z", brush.window())
    pen.path("M-40 -62L-22 -91H-12L-30 -62ZM20 -62L38 -86L44 -82L30 -62Z", brush.c("#ffffff"), opacity=0.25)
    pen.path("M-112 -34H114Q116 -22 110 -18H-106Q-113 -18 -112 -34Z", brush.shade(body, 0.4))
    pen.line([(1, -60), (1, -26)], brush.shade(body, 0.4), 1.6)
    pen.line([(10, -52), (22, -52)], brush.shade(body, 0.6), 2.6)
    for x in (-64, 66):
        pen.circle(x, -20, 25, brush.shade(body, 0.75))
        _wheel(brush, x, -19, 20)
    pen.ellipse(108, -45, 6, 5, brush.ink.glow("#fff2c2"))
    pen.rect(-115, -48, 7, 10, brush.ink.glow("#e2493c"), r=3)


def bus(brush: Brush) -> None:
    """A city bus."""
    pen, body = brush.pen, brush.main
    pen.rect(-120, -98, 240, 84, brush.fall(body), r=12)
    pen.rect(-120, -38, 240, 24, brush.shade(body, 0.35), r=6)
    pen.rect(-120, -46, 240, 5, brush.c("#f6efe0"))
    for k in range(5):
        pen.rect(-108 + k * 38, -86, 32, 34, brush.window(), r=4)
    pen.rect(86, -88, 30, 62, brush.window(), r=5)
    pen.line([(101, -88), (101, -26)], brush.shade(body, 0.5), 2)
    for x in (-72, 58):
        _wheel(brush, x, -15, 17)
    pen.circle(116, -26, 4, brush.ink.glow("#fff2c2"))


def lorry(brush: Brush) -> None:
    """A lorry with a closed body."""
    pen = brush.pen
    pen.rect(-120, -100, 160, 82, brush.fall("#f1ece0"), r=4)
    pen.rect(-120, -64, 160, 16, brush.c(brush.main))
    pen.path("M46 -78H84Q92 -78 98 -66L112 -44Q116 -40 116 -32V-18H46Z", brush.fall(brush.main))
    pen.path("M58 -70H82Q87 -70 92 -60L98 -46H58Z", brush.window())
    pen.rect(-122, -20, 238, 7, brush.c("#343a44"))
    for x in (-86, -48, 78):
        _wheel(brush, x, -15, 16)
    pen.circle(112, -28, 4, brush.ink.glow("#fff2c2"))


def train(brush: Brush) -> None:
    """A streamlined train on its track."""
    pen, body = brush.pen, brush.main
    pen.rect(-250, -6, 520, 4, brush.c("#5b5a5e"))
    for k in range(26):
        pen.rect(-246 + k * 20, -3, 10, 4, brush.c("#6e5a48"))
    pen.path("M-250 -92H150Q205 -90 240 -40Q248 -24 236 -14H-250Z", brush.fall("#f2f1ec"))
    pen.path("M-250 -40H238Q246 -26 236 -14H-250Z", brush.shade(body, 0.05))
    pen.path("M-250 -46H234L238 -40H-250Z", brush.lit(body, 0.4))
    for k in range(9):
        pen.rect(-240 + k * 40, -78, 28, 22, brush.window(), r=5)
    pen.path("M150 -80Q188 -78 212 -50H160Q150 -50 150 -60Z", brush.c("#2b3b52"))
    for x in (-120, 40):
        pen.line([(x, -92), (x, -14)], brush.shade("#f2f1ec", 0.4), 2)
    for x in (-210, -170, -80, 0, 80, 130, 190):
        pen.circle(x, -10, 7, brush.c("#2a2d36"))
    pen.circle(232, -32, 4, brush.ink.glow("#fff2c2"))


def boat(brush: Brush) -> None:
    """A small fishing boat with a wheelhouse and a mast."""
    pen, hull = brush.pen, brush.main
    pen.line([(14, -42), (14, -100)], brush.c("#6b4a35"), 3)
    pen.line([(14, -92), (-52, -40)], brush.c("#4d4a4c"), 1)
    pen.line([(14, -92), (76, -36)], brush.c("#4d4a4c"), 1)
    pen.line([(14, -60), (60, -84)], brush.c("#6b4a35"), 2.4)
    pen.poly([(14, -98), (34, -92), (14, -86)], brush.c(brush.second))
    pen.rect(-42, -66, 44, 34, brush.fall("#f3ece0"), r=3)
    pen.rect(-48, -71, 56, 6, brush.c(brush.second), r=2)
    for x in (-36, -16):
        pen.rect(x, -60, 14, 12, brush.window(), r=2)
    pen.path("M-82 -38Q-40 -28 30 -30Q66 -32 94 -46Q86 -14 66 2H-58Q-78 -12 -82 -38Z", brush.fall(hull))
    pen.path(
        "M-80 -28Q-40 -18 30 -20Q64 -22 90 -35Q92 -40 94 -46Q66 -32 30 -30Q-40 -28 -82 -38Q-82 -33 -80 -28Z",
        brush.lit("#f6efe2", 0.1),
    )
    pen.path("M-70 -12Q0 -4 78 -14Q74 -6 66 2H-58Q-66 -4 -70 -12Z", brush.shade(hull, 0.45))


def sailboat(brush: Brush) -> None:
    """A yacht with two sails."""
    pen, sail = brush.pen, brush.own("#f8f4ea")
    pen.line([(0, -14), (0, -100)], brush.c("#6b4a35"), 2)
    pen.path("M3 -97Q40 -62 46 -20Q22 -17 3 -19Z", brush.c(sail))
    pen.path("M3 -97Q14 -50 8 -19L3 -19Z", brush.shade(sail, 0.16))
    pen.path("M-3 -90Q-30 -52 -38 -21Q-18 -18 -3 -20Z", brush.shade(brush.second if not brush.given else sail, 0.1))
    pen.path("M-44 -15H54Q46 2 32 3H-30Q-40 -2 -44 -15Z", brush.fall("#f4f1ea"))
    pen.path("M-42 -9H51Q45 2 32 3H-30Q-39 -1 -42 -9Z", brush.shade(brush.main if not brush.given else "#31405c", 0.1))


def tall_ship(brush: Brush) -> None:
    """A sailing ship with three masts."""
    pen, sail = brush.pen, brush.own("#f4ead2")
    for x, height in ((-34, 78), (0, 98), (34, 84)):
        pen.line([(x, -18), (x, -height)], brush.c("#5c412d"), 2)
        for k in range(3):
            y = -height + 6 + k * height * 0.24
            half = 9 + 5 * k
            pen.path(
                (
                    f"M{x - half} {y}H{x + half}Q{x + half + 7} {y + 10} {x + half + 1} {y + height * 0.2}"
                    f"H{x - half + 1}Q{x - half + 6} {y + 10} {x - half} {y}Z"
                ),
                brush.c(sail),
            )
            pen.path(
                (
                    f"M{x + half * 0.3} {y}H{x + half}Q{x + half + 7} {y + 10} {x + half + 1} "
                    f"{y + height * 0.2}H{x + half * 0.4}Z"
                ),
                brush.shade(sail, 0.16),
            )
    pen.path("M36 -70L72 -26L40 -30Z", brush.c(sail))
    pen.line([(50, -22), (80, -32)], brush.c("#5c412d"), 2)
    pen.path("M-62 -30L-48 -20H46L64 -26Q58 0 40 3H-40Q-58 0 -62 -30Z", brush.fall("#7a4f31"))
    pen.path("M-56 -14H58L56 -10H-54Z", brush.c("#e2b96a"))


def cargo_ship(brush: Brush) -> None:
    """A container ship."""
    pen, rng = brush.pen, brush.rng
    colours = [*brush.palette.accents[:4], "#c9543c", "#4a7fa5"]
    for column in range(9):
        for row in range(2 + int(rng.integers(3))):
            colour = colours[int(rng.integers(len(colours)))]
            pen.rect(-96 + column * 24, -46 - row * 13, 23, 12, brush.c(colour), r=1)
            pen.rect(-96 + column * 24, -37 - row * 13, 23, 3, brush.shade(colour), opacity=0.7)
    pen.rect(-138, -92, 34, 60, brush.fall("#f3f0e8"), r=2)
    for row in range(3):
        pen.rect(-134, -86 + row * 13, 26, 6, brush.window())
    pen.rect(-128, -100, 12, 10, brush.c(brush.main))
    pen.path("M-150 -34H120L150 -48Q144 -8 128 2H-138Q-150 -12 -150 -34Z", brush.fall(brush.own("#2f4a68")))
    pen.path("M-148 -10Q0 -6 138 -12L128 2H-138Q-146 -4 -148 -10Z", brush.c("#a33a32"))


def rowing_boat(brush: Brush) -> None:
    """A rowing boat with its oars, or a canoe."""
    pen = brush.pen
    pen.path(
        "M-130 -62Q-70 -30 0 -30Q70 -30 130 -62Q110 -4 70 2H-70Q-110 -4 -130 -62Z", brush.fall(brush.own("#a5633a"))
    )
    pen.path("M-130 -62Q-70 -30 0 -30Q70 -30 130 -62Q70 -42 0 -42Q-70 -42 -130 -62Z", brush.shade("#6a3f26"))
    pen.line([(-20, -46), (64, 6)], brush.c("#d2a870"), 4)
    pen.line([(20, -46), (-64, 6)], brush.c("#c39a62"), 4)


def aeroplane(brush: Brush, *, windows: bool = True) -> None:
    """An airliner in flight, nose to the right; without `windows` a freighter with its loading door."""
    pen, accent = brush.pen, brush.main
    pen.path("M-30 -52L-62 -88H-50L6 -54Z", brush.shade("#dfe5ea", 0.3))
    pen.path("M-104 -62L-122 -100H-104L-76 -60Z", brush.c(accent))
    pen.path("M-118 -58Q-60 -66 60 -64Q112 -62 122 -46Q112 -34 60 -33Q-50 -32 -118 -54Z", brush.fall("#f6f7f8"))
    pen.path("M-116 -53Q-50 -34 60 -34Q108 -35 120 -44Q112 -34 60 -33Q-50 -32 -118 -54Z", brush.c(accent))
    if windows:
        for k in range(13):
            pen.circle(-62 + k * 12, -52, 2.6, brush.c("#4a6a8c"))
    else:
        pen.rect(30, -61, 30, 20, brush.shade("#f6f7f8", 0.16), r=3)
        pen.rect(32, -59, 26, 16, brush.c("#f6f7f8"), r=2)
    pen.path("M96 -58Q110 -56 114 -50L100 -49Z", brush.c("#34506e"))
    pen.path("M10 -44L-60 0H-40L44 -40Z", brush.fall("#d9e0e6"))
    pen.rect(-12, -26, 26, 11, brush.tone("#b4bec8"), r=5)
    pen.path("M-100 -54L-122 -42H-110L-84 -51Z", brush.shade("#dfe5ea", 0.2))


def helicopter(brush: Brush) -> None:
    """A helicopter in flight."""
    pen = brush.pen
    pen.line([(-70, -96), (90, -90)], brush.c("#3c434d"), 3.4)
    pen.line([(12, -94), (12, -78)], brush.c("#3c434d"), 5)
    pen.path("M-30 -62L-110 -66L-114 -86H-104L-98 -72L-20 -76Z", brush.c(brush.main))
    pen.path("M-40 -50Q-36 -80 14 -80Q62 -80 66 -44Q64 -22 20 -22H-10Q-38 -26 -40 -50Z", brush.fall(brush.main))
    pen.path("M24 -72Q56 -70 60 -44L24 -44Z", brush.c("#bfe0ee"))
    pen.stroke("M-30 -6H56Q64 -6 66 -14M-10 -22L-14 -6M34 -22L38 -6", brush.c("#3c434d"), 3.4)


def balloon(brush: Brush) -> None:
    """A hot-air balloon."""
    pen = brush.pen
    pen.path("M-9 -18L-22 -34M9 -18L22 -34", "none", stroke=brush.c("#5a4030"), width=1)
    outline = "M-34 -66C-34 -110 34 -110 34 -66C34 -50 16 -40 10 -28H-10C-16 -40 -34 -50 -34 -66Z"
    pen.path(outline, brush.c(brush.main))
    with pen.clip(outline):
        pen.path(
            "M-22 -105Q-34 -66 -12 -26H-4Q-18 -66 -8 -105ZM8 -105Q18 -66 4 -26H12Q34 -66 22 -105Z",
            brush.c(brush.palette.pale),
        )
        pen.path("M-40 -60H40V-54H-40Z", brush.c(brush.second), opacity=0.85)
        pen.path("M10 -110Q40 -66 8 -20H50V-110Z", brush.shade(brush.main, 0.6), opacity=0.35)
    pen.rect(-9, -18, 18, 15, brush.tone("#a8733f"), r=3)
    pen.rect(-10, -19, 20, 4, brush.c("#7c5230"), r=2)


def tractor(brush: Brush) -> None:
    """A farm tractor."""
    pen, body = brush.pen, brush.main
    pen.rect(-46, -98, 56, 6, brush.shade(body), r=2)
    pen.path("M-42 -93H4L10 -58H-42Z", brush.window())
    pen.stroke("M-42 -93V-50M4 -93L12 -52", brush.shade(body), 4)
    pen.path("M-52 -58H10L70 -52Q76 -50 76 -42V-22H-40Z", brush.fall(body))
    pen.rect(58, -82, 5, 32, brush.c("#3a3f48"))
    _wheel(brush, -34, -33, 33)
    _wheel(brush, 58, -20, 20)


def rocket(brush: Brush) -> None:
    """A rocket rising on its flame."""
    pen, body = brush.pen, "#f3f2ee"
    pen.path("M-9 -22Q-14 -6 0 12Q14 -6 9 -22Z", brush.ink.glow("#ff9d3c"))
    pen.path("M-5 -22Q-7 -10 0 0Q7 -10 5 -22Z", brush.ink.glow("#fff1a8"))
    pen.path("M-14 -50L-27 -26V-16L-11 -26ZM14 -50L27 -26V-16L11 -26Z", brush.c(brush.main))
    pen.path("M0 -104Q19 -82 16 -46Q14 -30 10 -22H-10Q-14 -30 -16 -46Q-19 -82 0 -104Z", brush.tone(body))
    pen.path("M0 -104Q10 -93 14 -77H-14Q-10 -93 0 -104Z", brush.tone(brush.main))
    pen.circle(0, -62, 7.6, brush.shade(mix(brush.second, "#38445a", 0.5)))
    pen.circle(0, -62, 5.6, brush.window())
    pen.path("M-3 -42H3V-18H-3Z", brush.shade(brush.main, 0.2))


SUBJECTS = {
    "bicycle": Subject(bicycle, "ground", 1.1, 156, home="street", share=0.34),
    "car": Subject(car, "ground", 1.6, 230, home="street", share=0.24),
    "bus": Subject(bus, "ground", 3.2, 244, home="street", share=0.3),
    "lorry": Subject(lorry, "ground", 3.4, 240, home="street", share=0.3),
    "train": Subject(train, "ground", 4.0, 520, home="field", share=0.2),
    "boat": Subject(boat, "water", 4.5, 180, home="sea", share=0.34),
    "sailboat": Subject(sailboat, "water", 9.0, 100, home="sea", share=0.42),
    "tall ship": Subject(tall_ship, "water", 30, 146, home="sea", share=0.5),
    "cargo ship": Subject(cargo_ship, "water", 34, 304, home="sea", share=0.28),
    "rowing boat": Subject(rowing_boat, "water", 1.3, 264, home="lake", share=0.14),
    "aeroplane": Subject(aeroplane, "air", 11, 246, home="sky", share=0.22),
    "cargo plane": Subject(partial(aeroplane, windows=False), "air", 11, 246, home="sky", share=0.22),
    "helicopter": Subject(helicopter, "air", 4, 200, home="sky", share=0.2),
    "balloon": Subject(balloon, "air", 22, 70, home="sky", share=0.42),
    "tractor": Subject(tractor, "ground", 2.8, 146, home="field", share=0.32),
    "rocket": Subject(rocket, "air", 40, 56, home="space", share=0.5, mirror=False),
}
