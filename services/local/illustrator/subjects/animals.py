"""Animals, each in its own bearing: two or three tones, a confident outline."""

from __future__ import annotations

from services.local.illustrator.subjects.brush import Brush, Subject


def cat(brush: Brush) -> None:
    """A cat sitting upright, its tail curled round."""
    pen, fur = brush.pen, brush.own("#d98a45")
    pen.stroke("M22 -6Q46 -4 44 -24Q42 -36 36 -34", brush.shade(fur, 0.15), 8)
    pen.path("M-20 0Q-22 -30 -14 -52Q-8 -62 4 -60Q22 -52 28 -22Q30 -6 26 0Z", brush.tone(fur))
    pen.path(
        "M-18 -99L-14 -82Q-22 -72 -18 -62Q-10 -50 4 -54Q16 -58 15 -72Q15 -78 12 -83L14 -99L0 -88Q-4 -89 -8 -88Z",
        brush.c(fur),
    )
    pen.path("M-15.5 -93L-12.6 -84L-9 -88ZM11.5 -93L2 -87L10 -84Z", brush.c("#e8a9a0"))
    pen.path("M-12 -56Q-4 -50 4 -54Q8 -40 2 -26Q-6 -22 -10 -30Q-15 -44 -12 -56Z", brush.lit("#f6ead6", 0.1))
    pen.stroke("M-8 -2V-28M6 -2V-26", brush.shade(fur, 0.28), 2)
    pen.ellipse(-10, -2, 8, 4, brush.lit(fur, 0.3))
    pen.ellipse(6, -2, 8, 4, brush.lit(fur, 0.3))
    pen.ellipse(-9, -72, 2.2, 3, brush.c("#22252c"))
    pen.ellipse(4, -72, 2.2, 3, brush.c("#22252c"))
    pen.path("M-4.6 -66H0L-2.3 -63.4Z", brush.c("#b5544e"))
    pen.stroke("M8 -44Q16 -40 20 -34M12 -32Q20 -28 24 -22", brush.shade(fur, 0.3), 2.6)


def dog(brush: Brush) -> None:
    """A dog standing alert."""
    pen, fur = brush.pen, brush.own("#b67a45")
    pen.stroke("M-44 -52Q-62 -62 -60 -80", brush.c(fur), 7)
    for x in (-34, 26):
        pen.path(f"M{x - 6} -40L{x - 4} 0H{x + 7}L{x + 6} -2L{x + 4} -34Z", brush.shade(fur, 0.35))
    pen.path(
        "M-48 -58Q-40 -66 0 -62Q24 -66 32 -80L44 -70Q44 -46 36 -34Q10 -26 -30 -32Q-50 -34 -48 -58Z", brush.fall(fur)
    )
    for x in (-44, 18):
        pen.path(
            f"M{x - 6} -46Q{x - 8} -20 {x - 3} 0H{x + 9}L{x + 7} -3H{x + 4}Q{x + 6} -24 {x + 12} -40Z", brush.c(fur)
        )
    pen.path("M24 -72Q24 -98 44 -97Q54 -96 56 -86L70 -82Q73 -74 66 -71L52 -68Q44 -58 34 -62Z", brush.c(fur))
    pen.path("M30 -92Q20 -86 24 -66Q32 -62 36 -72Q40 -86 38 -95Z", brush.shade(fur, 0.4))
    pen.circle(70, -80.6, 3.2, brush.c("#23252c"))
    pen.circle(50, -85, 2, brush.c("#23252c"))
    pen.path("M26 -62Q34 -56 44 -62L42 -56Q34 -50 27 -56Z", brush.c(brush.second))


def horse(brush: Brush) -> None:
    """A horse at the walk."""
    pen, coat = brush.pen, brush.own("#8f5a38")
    pen.path("M-44 -58Q-62 -52 -58 -16Q-52 -22 -50 -34Q-46 -46 -40 -52Z", brush.shade("#3a2a22", 0.1))
    for d in ("M-38 -38L-48 -20L-42 0H-35L-40 -20L-26 -36Z", "M16 -38L30 -22L26 0H33L37 -23L28 -40Z"):
        pen.path(d, brush.shade(coat, 0.4))
    pen.path(
        "M-46 -58Q-40 -66 -22 -64Q2 -60 18 -66L34 -90L46 -78L36 -56Q34 -38 22 -34Q-4 -30 -28 -36Q-48 -38 -46 -58Z",
        brush.fall(coat),
    )
    for d in ("M-40 -44Q-40 -28 -30 -20L-33 0H-25L-22 -22L-22 -36Z", "M8 -38L12 -20L8 0H16L21 -21L24 -40Z"):
        pen.path(d, brush.c(coat))
    pen.path("M28 -86Q34 -98 44 -99L46 -94Q58 -88 66 -76Q66 -68 58 -69L46 -77Q40 -72 38 -62Z", brush.c(coat))
    pen.path("M42 -102L46 -94L39 -95Z", brush.c(coat))
    pen.path("M40 -99Q26 -94 20 -72Q16 -64 10 -63Q22 -62 27 -68Q32 -84 42 -94Z", brush.shade("#3a2a22", 0.1))
    pen.circle(48, -87, 1.6, brush.c("#1d1d22"))
    for x in (-38.5, -29, 12, 29.5):
        pen.rect(x - 4, -5, 8.4, 5, brush.shade("#2b221e"))


def cow(brush: Brush) -> None:
    """A spotted cow."""
    pen, coat = brush.pen, brush.own("#f4efe6")
    pen.stroke("M-66 -72Q-74 -60 -70 -34", brush.shade(coat, 0.3), 3)
    for x in (-50, 34):
        pen.rect(x, -36, 11, 36, brush.shade(coat, 0.35))
    body = "M-68 -76Q-60 -86 -30 -84H36Q52 -86 56 -70Q60 -40 40 -32H-52Q-70 -34 -68 -76Z"
    pen.path(body, brush.fall(coat))
    with pen.clip(body):
        for x, y, rx, ry in ((-44, -70, 20, 18), (6, -46, 24, 16), (34, -80, 14, 14)):
            pen.ellipse(x, y, rx, ry, brush.c("#4a3a34"))
    for x in (-60, 22):
        pen.rect(x, -38, 12, 38, brush.c(coat))
        pen.rect(x, -6, 12, 6, brush.shade("#4a3a34"))
    pen.path("M46 -84Q50 -100 64 -98Q76 -98 84 -80Q88 -66 78 -64Q60 -60 52 -68Z", brush.c(coat))
    pen.path("M52 -96Q40 -100 40 -90Q46 -86 54 -90Z", brush.shade("#4a3a34"))
    pen.path("M72 -78Q86 -84 86 -70Q84 -62 76 -64Z", brush.c("#e3a79b"))
    pen.stroke("M58 -98Q58 -106 64 -106", brush.c("#d9cba8"), 3)
    pen.circle(66, -86, 2, brush.c("#22242a"))
    pen.path("M-22 -32H2Q0 -22 -10 -22Q-20 -22 -22 -32Z", brush.c("#e3a79b"))


def sheep(brush: Brush) -> None:
    """A sheep in full fleece."""
    pen, wool = brush.pen, brush.own("#f3eee2")
    for x in (-34, -18, 18, 34):
        pen.rect(x - 3, -28, 7, 28, brush.shade("#3c3a3d"))
    for x, y, r in ((-40, -46, 18), (-20, -34, 18), (6, -32, 19), (30, -38, 18), (40, -54, 15)):
        pen.circle(x, y, r, brush.shade(wool, 0.25))
    for x, y, r in (
        (-40, -58, 17),
        (-22, -70, 18),
        (0, -74, 19),
        (22, -68, 18),
        (-6, -50, 26),
        (18, -50, 22),
        (-28, -50, 18),
    ):
        pen.circle(x, y, r, brush.c(wool))
    for x, y, r in ((-26, -76, 9), (-2, -82, 10), (18, -74, 8)):
        pen.circle(x, y, r, brush.lit(wool, 0.4))
    pen.path("M42 -82Q46 -96 60 -92Q72 -86 72 -68Q70 -58 60 -60Q46 -62 42 -82Z", brush.c("#4a4648"))
    pen.ellipse(42, -82, 8, 4, brush.shade("#4a4648"))
    pen.circle(52, -92, 10, brush.c(wool))
    pen.circle(60, -79, 1.9, brush.c("#f6f2e8"))


def bird(brush: Brush) -> None:
    """A small bird perched or hopping."""
    pen, plume = brush.pen, brush.own(brush.palette.accents[0])
    pen.path("M-30 -34L-74 -22L-66 -10L-24 -20Z", brush.shade(plume, 0.35))
    pen.stroke("M-4 -14V0M10 -14V0M-4 0H6M10 0H20", brush.c("#7a5a3c"), 3)
    pen.path("M-36 -34Q-34 -60 -8 -70Q-2 -98 26 -98Q50 -96 50 -74Q50 -30 18 -16Q-24 -8 -36 -34Z", brush.tone(plume))
    pen.path("M20 -66Q44 -62 44 -50Q36 -22 10 -18Q-6 -18 -8 -26Q20 -34 20 -66Z", brush.lit("#f7ead2", 0.1))
    pen.path("M-40 -32Q-30 -58 2 -58Q14 -50 8 -36Q-8 -22 -40 -32Z", brush.shade(plume, 0.25))
    pen.path("M48 -82L66 -76L49 -71Z", brush.c("#e8a23a"))
    pen.circle(34, -80, 4, brush.c("#1e2128"))
    pen.circle(35.4, -81.4, 1.3, brush.c("#ffffff"))


def flying_bird(brush: Brush) -> None:
    """A bird on the wing, far enough to be a simple figure."""
    pen, plume = brush.pen, brush.own("#f4f4f0")
    pen.path("M-8 -48Q-44 -96 -96 -88Q-62 -74 -40 -40Z", brush.shade(plume, 0.2))
    pen.path("M-50 -38L-78 -26L-74 -38Z", brush.shade(plume, 0.3))
    pen.path("M-56 -36Q-20 -56 24 -50Q44 -58 56 -44Q34 -24 -14 -26Q-40 -28 -56 -36Z", brush.fall(plume))
    pen.path("M18 -46Q40 -104 92 -98Q66 -78 46 -34Q20 -28 2 -36Z", brush.lit(plume, 0.2))
    pen.path(
        "M92 -98Q80 -96 68 -88L64 -76Q78 -88 92 -98ZM-96 -88Q-84 -88 -72 -82L-66 -73Q-80 -84 -96 -88Z",
        brush.c("#4a525e"),
    )
    pen.path("M54 -46L68 -40L53 -38Z", brush.c("#e8a23a"))
    pen.circle(46, -45, 2, brush.c("#1e2128"))


def seabird(brush: Brush) -> None:
    """A gull standing."""
    pen = brush.pen
    pen.stroke("M-4 -22V0M10 -22V0M-4 0H6M10 0H20", brush.c("#e39a3b"), 3.4)
    pen.path("M-30 -34L-74 -28L-60 -20L-24 -20Z", brush.c("#2f343d"))
    pen.path("M-44 -32Q-20 -58 8 -62Q10 -98 36 -97Q54 -94 52 -76Q52 -30 14 -20Q-26 -16 -44 -32Z", brush.tone("#fafaf6"))
    pen.path("M-58 -28Q-24 -60 12 -54Q20 -40 -6 -28Q-30 -22 -58 -28Z", brush.c("#a4b0bd"))
    pen.path("M-58 -28Q-36 -32 -6 -28Q-30 -22 -58 -28Z", brush.shade("#a4b0bd", 0.4))
    pen.path("M51 -82L72 -77Q74 -72 68 -71L51 -72Z", brush.c("#eeb23c"))
    pen.circle(40, -82, 3, brush.c("#22252c"))


def puffin(brush: Brush) -> None:
    """A puffin: black back, white breast, a bright striped bill."""
    pen = brush.pen
    pen.path("M-10 -6L-16 0H-2L0 -6ZM8 -6L6 0H20L16 -6Z", brush.c("#e8722c"))
    pen.path("M-24 -12L-40 -2L-22 -6Z", brush.c("#1f232b"))
    pen.path("M-26 -10Q-34 -40 -20 -64Q-16 -99 12 -99Q32 -97 30 -70Q34 -24 20 -8Q-4 0 -26 -10Z", brush.c("#23272f"))
    pen.path("M4 -62Q28 -60 28 -42Q30 -20 18 -8Q4 -4 -4 -8Q-8 -36 4 -62Z", brush.lit("#fbfaf4", 0.05))
    pen.path("M28 -42Q30 -20 18 -8Q12 -6 8 -6Q24 -26 20 -58Q27 -54 28 -42Z", brush.shade("#fbfaf4", 0.16))
    pen.path("M-28 -18Q-30 -50 -12 -58Q-4 -36 -14 -14Q-22 -10 -28 -18Z", brush.lit("#23272f", 0.16))
    pen.path("M-6 -80Q-2 -94 14 -93Q28 -90 27 -78Q24 -64 10 -63Q-6 -64 -6 -80Z", brush.lit("#f2f1ec", 0.05))
    pen.path("M26 -90Q44 -88 52 -74Q42 -64 26 -66Q22 -78 26 -90Z", brush.c("#ec6a2c"))
    pen.path("M26 -90Q31 -89.6 34 -88Q30 -78 34 -66Q30 -65.6 26 -66Q22 -78 26 -90Z", brush.c("#3b4a63"))
    pen.path("M34 -88L37 -86.6Q34 -78 37 -66.6L34 -66Q30 -78 34 -88Z", brush.c("#f5d568"))
    pen.circle(13, -80, 3, brush.c("#20242c"))
    pen.path("M6 -80L13 -86L20 -80L13 -76Z", "none", stroke=brush.c("#d8562a"), width=1.6)


def flying_puffin(brush: Brush) -> None:
    """A puffin on the wing: stout, short wings, white below, feet trailing."""
    pen, dark = brush.pen, "#23272f"
    pen.path("M-4 -48Q-22 -84 -62 -90Q-48 -66 -28 -40Z", brush.shade(dark, 0.1))
    pen.path("M-46 -40L-66 -26L-59 -34L-68 -37L-48 -46Z", brush.c("#e8722c"))
    pen.path("M-44 -50L-64 -48L-46 -36Z", brush.c(dark))
    pen.path("M-52 -42Q-30 -64 14 -63Q44 -62 48 -48Q42 -24 2 -21Q-38 -24 -52 -42Z", brush.c(dark))
    pen.path("M-46 -36Q-18 -40 34 -42Q28 -24 2 -21Q-34 -23 -46 -36Z", brush.lit("#fbfaf4", 0.05))
    pen.path("M30 -58Q34 -74 50 -73Q64 -71 63 -57Q61 -44 46 -43Q32 -45 30 -58Z", brush.c(dark))
    pen.path("M37 -58Q40 -68 51 -67Q62 -64 61 -55Q58 -45 47 -45Q37 -47 37 -58Z", brush.lit("#f2f1ec", 0.05))
    pen.path("M60 -66Q76 -64 83 -53Q74 -45 60 -47Q56 -57 60 -66Z", brush.c("#ec6a2c"))
    pen.path("M60 -66Q64 -65.6 67 -64.4Q63 -56 66 -46.6L60 -47Q56 -57 60 -66Z", brush.c("#3b4a63"))
    pen.circle(52, -58, 2.6, brush.c("#20242c"))
    pen.path("M14 -52Q20 -92 62 -102Q54 -72 34 -46Q20 -38 0 -44Z", brush.lit(dark, 0.16))


def penguin(brush: Brush) -> None:
    """A penguin standing tall."""
    pen, dark = brush.pen, "#262b36"
    pen.path("M-14 -4L-22 0H-2L0 -5ZM4 -5L2 0H22L14 -4Z", brush.c("#e8982e"))
    pen.path("M-24 -60Q-44 -40 -36 -18Q-28 -24 -22 -40Z", brush.shade(dark, 0.1))
    pen.path("M-26 -8Q-34 -44 -18 -72Q-18 -100 4 -100Q24 -99 24 -74Q36 -44 26 -8Q0 2 -26 -8Z", brush.c(dark))
    pen.path("M4 -74Q24 -70 24 -44Q26 -20 20 -6Q2 0 -12 -6Q-20 -42 4 -74Z", brush.lit("#fbfaf4", 0.05))
    pen.path("M24 -44Q26 -20 20 -6Q14 -4 8 -3.4Q20 -24 16 -64Q24 -58 24 -44Z", brush.shade("#fbfaf4", 0.16))
    pen.path("M-4 -84Q2 -88 8 -82Q10 -72 2 -70Q-6 -74 -4 -84Z", brush.c("#f2b43a"))
    pen.path("M20 -90L42 -83L21 -80Z", brush.c("#e8982e"))
    pen.circle(12, -88, 2.4, brush.lit("#f4f4f0", 0.1))
    pen.path("M-4 -62Q-18 -40 -8 -16Q4 -30 4 -52Z", brush.lit(dark, 0.18))


def fish(brush: Brush) -> None:
    """A fish swimming to the right."""
    pen, scale = brush.pen, brush.own(brush.palette.accents[0])
    pen.path("M-56 -52L-96 -84Q-86 -54 -98 -24Z", brush.shade(scale, 0.25))
    pen.path("M-20 -78Q6 -110 36 -84L20 -72ZM-10 -26Q6 -4 28 -20L16 -34Z", brush.shade(scale, 0.3))
    body = "M-66 -52Q-26 -96 32 -86Q76 -78 88 -52Q74 -26 32 -18Q-26 -10 -66 -52Z"
    pen.path(body, brush.fall(scale))
    with pen.clip(body):
        pen.path("M-66 -46Q10 -30 90 -46V0H-66Z", brush.lit("#fff4e0", 0.1), opacity=0.5)
    pen.path("M8 -48Q-12 -34 -18 -44Q-10 -56 8 -48Z", brush.shade(scale, 0.35))
    pen.stroke("M42 -80Q54 -54 42 -26", brush.shade(scale, 0.3), 2.4)
    pen.circle(62, -60, 7, brush.c("#ffffff"))
    pen.circle(64, -60, 4, brush.c("#1c2028"))


def whale(brush: Brush) -> None:
    """A whale with its flukes raised."""
    pen, skin = brush.pen, brush.own("#4a6c8c")
    pen.path("M-96 -56Q-120 -66 -134 -94Q-110 -96 -100 -78Q-92 -98 -68 -100Q-76 -70 -84 -54Z", brush.c(skin))
    pen.path(
        "M-92 -62Q-84 -20 -30 -14Q-10 -74 60 -74Q122 -72 130 -36Q132 -8 100 0H-20Q-90 -2 -102 -58Z", brush.fall(skin)
    )
    pen.path("M130 -32Q132 -8 100 0H0Q20 -8 60 -18Q100 -22 130 -32Z", brush.lit("#dbe7ee", 0.05))
    for k in range(5):
        pen.stroke(
            f"M{34 + k * 13} {-3}Q{64 + k * 10} {-14} {128 - k * 3} {-27 + k * 5}", brush.shade("#b5c7d3", 0.2), 1.4
        )
    pen.path("M30 -26Q26 4 2 12Q2 -12 12 -28Z", brush.shade(skin, 0.3))
    pen.circle(92, -36, 3.4, brush.c("#16202c"))
    pen.stroke("M84 -80Q82 -98 66 -98M86 -80Q88 -98 104 -98M85 -80V-96", brush.c("#e6f4fa"), 3.4, opacity=0.85)


def butterfly(brush: Brush) -> None:
    """A butterfly with open wings."""
    pen, wing = brush.pen, brush.own(brush.palette.accents[0])
    for flip in (False, True):
        with pen.at(0, 0, 1, mirror=flip):
            pen.path("M2 -52Q14 -104 52 -98Q66 -70 40 -52Q18 -44 2 -48Z", brush.shade("#2b2a33", 0.1))
            pen.path("M6 -54Q18 -94 46 -92Q56 -72 36 -57Q18 -50 6 -54Z", brush.lit(wing, 0.15))
            pen.path("M2 -46Q34 -50 44 -32Q44 -6 24 -2Q8 -14 2 -40Z", brush.shade("#2b2a33", 0.1))
            pen.path("M6 -44Q30 -44 37 -30Q36 -12 24 -9Q12 -20 6 -44Z", brush.c(brush.second))
            pen.circle(44, -84, 4, brush.c("#fbf3e0"))
            pen.circle(27, -20, 3.6, brush.c("#fbf3e0"))
            pen.stroke("M1 -68Q6 -84 14 -88", brush.c("#2b2a33"), 1.6)
    pen.path("M0 -72Q5 -66 3.4 -50Q3 -26 0 -18Q-3 -26 -3.4 -50Q-5 -66 0 -72Z", brush.c("#2b2a33"))


def bee(brush: Brush) -> None:
    """A bee in flight."""
    pen = brush.pen
    pen.path(
        "M-4 -62Q-34 -104 -10 -102Q14 -98 8 -64ZM10 -62Q14 -104 38 -98Q48 -84 18 -60Z", brush.c("#e6f2f8"), opacity=0.85
    )
    body = "M-52 -42Q-44 -68 -4 -66Q40 -66 44 -40Q40 -14 -4 -14Q-44 -14 -52 -42Z"
    pen.path(body, brush.fall("#f2b632"))
    with pen.clip(body):
        for x in (-34, -10, 14):
            pen.rect(x, -70, 13, 60, brush.c("#2d2a2c"))
    pen.circle(44, -46, 17, brush.c("#2d2a2c"))
    pen.circle(50, -50, 4, brush.c("#ffffff"))
    pen.stroke("M50 -60Q58 -74 68 -74M42 -62Q46 -78 54 -82", brush.c("#2d2a2c"), 2.4)


SUBJECTS = {
    "cat": Subject(cat, "ground", 0.4, 70, home="home", share=0.36),
    "dog": Subject(dog, "ground", 0.7, 140, home="garden", share=0.36),
    "horse": Subject(horse, "ground", 1.9, 130, home="field", share=0.42),
    "cow": Subject(cow, "ground", 1.5, 164, home="field", share=0.36),
    "sheep": Subject(sheep, "ground", 1.0, 130, home="field", share=0.3),
    "bird": Subject(bird, "ground", 0.2, 144, home="garden", share=0.3),
    "flying bird": Subject(flying_bird, "air", 0.6, 196, home="sky", share=0.17),
    "seabird": Subject(seabird, "ground", 0.5, 150, home="coast", share=0.3),
    "penguin": Subject(penguin, "ground", 0.8, 84, home="snow", share=0.42),
    "puffin": Subject(puffin, "ground", 0.4, 96, home="coast", share=0.4),
    "flying puffin": Subject(flying_puffin, "air", 0.4, 166, home="coast", share=0.2),
    "fish": Subject(fish, "water", 0.5, 196, home="underwater", share=0.24),
    "whale": Subject(whale, "water", 12, 270, home="sea", share=0.3),
    "butterfly": Subject(butterfly, "air", 0.15, 124, home="garden", share=0.24),
    "bee": Subject(bee, "air", 0.1, 124, home="garden", share=0.2),
}
