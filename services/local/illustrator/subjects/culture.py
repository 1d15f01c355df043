"""Music, stage, art, sport and play."""

from __future__ import annotations

from services.local.illustrator.colour import mix
from services.local.illustrator.subjects.brush import Brush, Subject


def guitar(brush: Brush) -> None:
    """An acoustic guitar standing upright."""
    pen, wood = brush.pen, brush.own("#c9833f")
    pen.path(
        (
            "M-15 -36C-20 -44 -14 -52 -9 -54Q0 -57 9 -54C14 -52 20 -44 15 -36C11 -31 14 -27 18 -21"
            "C24 -8 14 0 0 0C-14 0 -24 -8 -18 -21C-14 -27 -11 -31 -15 -36Z"
        ),
        brush.tone(wood),
    )
    pen.circle(0, -34, 6, brush.shade("#4a2c1c", 0.2))
    pen.rect(-9, -14, 18, 3, brush.shade("#5a3a26"), r=1)
    pen.rect(-2.4, -92, 4.8, 60, brush.shade("#5a3a26", 0.1))
    pen.path("M-4 -102H4L3 -90H-3Z", brush.shade("#3f281b", 0.1))
    for dx in (-1.4, 0, 1.4):
        pen.line([(dx, -96), (dx, -13)], brush.c("#efe6d2"), 0.35)
    for y in (-98, -94):
        pen.circle(-5, y, 1.2, brush.c("#d9d4c6"))
        pen.circle(5, y, 1.2, brush.c("#d9d4c6"))


def piano(brush: Brush) -> None:
    """A grand piano with its lid up."""
    pen, body = brush.pen, brush.own("#23252d")
    for x in (-70, 58):
        pen.path(f"M{x} -36H{x + 10}L{x + 7} 0H{x + 3}Z", brush.shade(body, 0.2))
    pen.path("M-58 -56Q-20 -104 78 -100Q86 -78 78 -56Z", brush.lit(body, 0.16))
    pen.line([(40, -56), (52, -88)], brush.c("#b08a4a"), 2.4)
    pen.path("M-86 -56H84V-38Q84 -34 78 -34H-80Q-86 -34 -86 -40Z", brush.fall(body))
    pen.rect(-98, -44, 40, 7, brush.c("#f7f4ec"))
    for k in range(8):
        pen.rect(-96 + k * 5, -44, 2.4, 4, brush.c("#1a1b20"))
    pen.rect(-100, -37, 44, 5, brush.shade(body, 0.1))


def violin(brush: Brush) -> None:
    """A violin and its bow."""
    pen, wood = brush.pen, brush.own("#a9552b")
    pen.path(
        (
            "M-13 -34C-19 -40 -17 -50 -10 -53Q0 -56 10 -53C17 -50 19 -40 13 -34C9 -30 9 -26 14 -21"
            "C22 -13 17 -1 0 0C-17 -1 -22 -13 -14 -21C-9 -26 -9 -30 -13 -34Z"
        ),
        brush.tone(wood),
    )
    pen.path("M-2 -98Q-7 -102 -1 -104Q4 -102 2 -98L2.6 -22H-2.6Z", brush.shade("#2f2320", 0.1))
    pen.path("M-3 -18H3L4.4 -2H-4.4Z", brush.shade("#2f2320", 0.1))
    pen.stroke("M-7 -34Q-9 -28 -7 -22M7 -34Q9 -28 7 -22", brush.shade("#2f2320"), 1.4)
    pen.rect(-6, -24, 12, 2, brush.c("#e8d2a8"))
    pen.line([(22, 0), (34, -96)], brush.shade("#5a3424"), 2.2)
    pen.line([(25, -2), (37, -95)], brush.c("#f1ead8"), 1.2)


def mask(brush: Brush) -> None:
    """The two masks of the theatre."""
    pen = brush.pen
    for x, turn, colour, glad in ((26, 10, brush.second, False), (-24, -8, brush.main, True)):
        with pen.at(x, -50, 1, turn=turn):
            pen.path("M-34 -40Q0 -50 34 -40Q40 14 0 46Q-40 14 -34 -40Z", brush.tone(colour))
            pen.path(
                "M-25 -16Q-15 -26 -6 -16Q-15 -9 -25 -16ZM25 -16Q15 -26 6 -16Q15 -9 25 -16Z", brush.shade("#241d2b", 0.1)
            )
            pen.path(
                "M-20 8Q0 16 20 8Q14 32 0 32Q-14 32 -20 8Z" if glad else "M-18 28Q-12 8 0 8Q12 8 18 28Q0 17 -18 28Z",
                brush.shade("#241d2b", 0.1),
            )
            pen.stroke(
                "M-26 -28Q-16 -36 -6 -29M26 -28Q16 -36 6 -29"
                if glad
                else "M-26 -26Q-16 -28 -8 -34M26 -26Q16 -28 8 -34",
                brush.shade(colour, 0.5),
                3,
            )


def easel(brush: Brush) -> None:
    """An easel with a painting on it."""
    pen, wood = brush.pen, brush.shade("#a9754a", 0.1)
    pen.stroke("M0 -100L-34 0M0 -100L34 0M0 -100V0", wood, 4)
    pen.rect(-40, -34, 80, 5, brush.lit("#a9754a", 0.1))
    pen.rect(-42, -90, 84, 58, brush.lit("#fbf7ec", 0.1))
    with pen.clip("M-39 -87H39V-35H-39Z"):
        tones = brush.palette.accents
        pen.rect(-39, -87, 78, 52, brush.lit(mix(tones[1], "#fff3dc", 0.4), 0.1))
        pen.circle(14, -68, 9, brush.c(tones[1]))
        pen.path("M-40 -50Q-20 -66 0 -52T42 -56V-30H-40Z", brush.c(tones[2]))
        pen.path("M-40 -42Q-10 -52 14 -42T42 -44V-30H-40Z", brush.c(tones[3]))


def palette_board(brush: Brush) -> None:
    """A painter's palette with colours and brushes."""
    pen = brush.pen
    for lean, colour in ((-16, brush.main), (4, brush.second), (22, brush.palette.accents[2])):
        with pen.at(20, -40, 1, turn=lean):
            pen.rect(-2.4, -60, 4.8, 60, brush.tone("#c79a62"))
            pen.rect(-3.4, -46, 6.8, 9, brush.c("#c3ccd4"))
            pen.path("M-3.6 -58Q-5 -66 0 -76Q5 -66 3.6 -58Z", brush.c(colour))
    pen.path(
        "M-66 -32Q-62 -66 -6 -66Q60 -66 66 -34Q66 -12 40 -16Q24 -18 22 -6Q18 4 -10 2Q-66 -2 -66 -32Z",
        brush.fall("#c9935a"),
    )
    pen.ellipse(-30, -14, 10, 6, brush.shade("#6a4a2e"))
    for k, (x, y) in enumerate(((-44, -36), (-24, -52), (4, -56), (30, -48), (46, -32))):
        pen.ellipse(x, y, 10, 7, brush.c([*brush.palette.accents[:4], "#f4f1e6"][k]))


def ball(brush: Brush) -> None:
    """A football."""
    pen = brush.pen
    pen.circle(
        0,
        -50,
        50,
        pen.radial(
            (0, brush.lit("#ffffff", 0.1), 1), (0.7, brush.c("#f3f3f0"), 1), (1, brush.shade("#c9ccd0", 0.2), 1)
        ),
    )
    with pen.clip("M-50 -50A50 50 0 0 1 50 -50A50 50 0 0 1 -50 -50Z"):
        dark = brush.c("#262b35")
        pen.poly([(0, -68), (17, -55), (11, -36), (-11, -36), (-17, -55)], dark)
        for k in range(5):
            with pen.at(0, -50, 1, turn=72 * k):
                pen.line([(0, -18), (0, -34)], dark, 2)
                pen.poly([(-13, -38), (13, -38), (18, -52), (-18, -52)], dark)


def music(brush: Brush) -> None:
    """Notes on a flowing stave."""
    pen = brush.pen
    for k in range(5):
        pen.stroke(
            f"M-100 {-30 - k * 9}Q-50 {-70 - k * 9} 0 {-34 - k * 9}T100 {-44 - k * 9}",
            brush.c(brush.palette.dark),
            1.6,
            opacity=0.7,
        )
    for x, y, colour in (
        (-60, -62, brush.main),
        (-14, -50, brush.second),
        (30, -34, brush.main),
        (66, -50, brush.palette.accents[2]),
    ):
        pen.ellipse(x, y, 9, 6.4, brush.c(colour))
        pen.line([(x + 8, y), (x + 8, y - 36)], brush.c(colour), 3)
        pen.path(f"M{x + 8} {y - 36}q14 4 12 20q-2 -9 -12 -10z", brush.c(colour))


def headphones(brush: Brush) -> None:
    """A pair of headphones."""
    pen = brush.pen
    pen.stroke("M-42 -36V-50A42 44 0 0 1 42 -50V-36", brush.shade("#343b46"), 8)
    for x in (-50, 30):
        pen.rect(x, -44, 20, 44, brush.tone(brush.main), r=9)
        pen.rect(x + (14 if x < 0 else -2), -40, 8, 36, brush.shade("#343b46"), r=4)


def camera(brush: Brush) -> None:
    """A camera."""
    pen = brush.pen
    pen.path("M-28 -72L-20 -92H20L28 -72Z", brush.fall("#4a5260"))
    pen.rect(-66, -76, 132, 76, brush.tone(brush.own("#343b46")), r=9)
    pen.rect(-66, -58, 132, 38, brush.shade(brush.main if not brush.given else "#20252d", 0.35))
    pen.circle(0, -40, 33, brush.tone("#c3cbd2"))
    pen.circle(0, -40, 27, brush.c("#1d222b"))
    pen.circle(0, -40, 18, pen.radial((0, brush.c("#6fa6c9"), 1), (1, brush.c("#1d3350"), 1)))
    pen.circle(-7, -47, 5, "#ffffff", opacity=0.7)
    pen.rect(-56, -84, 20, 9, brush.c("#c3cbd2"), r=3)
    pen.rect(42, -69, 15, 8, brush.ink.glow("#f5d88a"), r=2)


def microphone(brush: Brush) -> None:
    """A microphone on its stand."""
    pen = brush.pen
    pen.ellipse(0, -2, 26, 5, brush.shade("#3a424e"))
    pen.line([(0, -2), (0, -66)], brush.c("#8a94a0"), 4)
    pen.line([(0, -64), (12, -72)], brush.shade("#3a424e"), 5)
    with pen.at(16, -76, 1, turn=36):
        pen.rect(-5, 0, 10, 26, brush.tone("#3a424e"), r=3)
        pen.path("M-10 2Q-13 -22 0 -22Q13 -22 10 2Z", brush.tone("#aeb8c2"))
        pen.rect(-10.6, -1, 21.2, 4, brush.c(brush.main))


def umbrella(brush: Brush) -> None:
    """An open umbrella."""
    pen, cloth = brush.pen, brush.main
    pen.stroke("M0 -92V-10Q0 0 9 0Q17 0 17 -9", brush.shade("#6b4a35"), 4)
    pen.path(
        (
            "M-56 -48Q-50 -98 0 -98Q50 -98 56 -48Q46 -58 37 -48Q28 -58 19 -48Q9 -58 0 -48Q-9 -58 -19 "
            "-48Q-28 -58 -37 -48Q-46 -58 -56 -48Z"
        ),
        brush.c(cloth),
    )
    pen.path(
        "M0 -98Q24 -92 37 -48Q28 -58 19 -48Q12 -84 0 -98ZM0 -98Q50 -98 56 -48Q46 -58 37 -48Q28 -86 0 -98Z",
        brush.shade(cloth, 0.25),
    )
    pen.path("M0 -98Q-12 -84 -19 -48Q-28 -58 -37 -48Q-28 -88 0 -98Z", brush.lit(cloth, 0.25))
    pen.line([(0, -98), (0, -105)], brush.shade("#6b4a35"), 3)


def shopping_bag(brush: Brush) -> None:
    """Two shopping bags."""
    pen = brush.pen
    for x, k, colour in ((34, 0.82, brush.second), (-18, 1.0, brush.main)):
        with pen.at(x, 0, k):
            pen.stroke("M-14 -70V-82A14 14 0 0 1 14 -82V-70", brush.shade(colour, 0.4), 4)
            pen.path("M-32 -74H32L37 0H-37Z", brush.c(colour))
            pen.path("M10 -74H32L37 0H14Z", brush.shade(colour, 0.22))
            pen.circle(-6, -36, 9, brush.lit("#fff6e4", 0.1), opacity=0.9)


def suitcase(brush: Brush) -> None:
    """A travelling case."""
    pen, tone = brush.pen, brush.main
    pen.stroke("M-12 -84V-99H12V-84", brush.shade("#58626e"), 4)
    pen.rect(-36, -86, 72, 80, brush.tone(tone), r=9)
    for x in (-22, 0, 22):
        pen.rect(x - 2, -80, 4, 68, brush.shade(tone, 0.3), r=2)
    for x in (-26, 26):
        pen.circle(x, -4, 5, brush.c("#2a2f38"))
    pen.rect(-12, -58, 24, 16, brush.lit("#f6ead2", 0.1), r=2)


def gift(brush: Brush) -> None:
    """A present with a ribbon."""
    pen = brush.pen
    pen.rect(-46, -62, 92, 62, brush.tone(brush.main), r=3)
    pen.rect(-52, -78, 104, 20, brush.lit(brush.main, 0.2), r=3)
    pen.rect(-9, -78, 18, 78, brush.c(brush.second))
    pen.path("M0 -78Q-40 -78 -34 -96Q-20 -106 0 -78Q20 -106 34 -96Q40 -78 0 -78Z", brush.shade(brush.second, 0.1))


def flag(brush: Brush) -> None:
    """A flag on its pole."""
    pen = brush.pen
    pen.line([(-4, 0), (-4, -100)], brush.shade("#6b4a35"), 3.4)
    pen.path("M-2 -98Q18 -106 34 -96T66 -96V-60Q50 -54 34 -62T-2 -60Z", brush.c(brush.main))
    pen.path("M34 -96T66 -96V-60Q50 -54 34 -62Z", brush.shade(brush.main, 0.2))


SUBJECTS: dict[str, Subject] = {
    "guitar": Subject(guitar, "ground", 1.0, 46, home="stage", share=0.46),
    "piano": Subject(piano, "ground", 1.6, 204, home="stage", share=0.36),
    "violin": Subject(violin, "table", 0.6, 76, home="stage", share=0.46),
    "mask": Subject(mask, "emblem", 0.5, 130, home="stage", share=0.42),
    "easel": Subject(easel, "ground", 1.7, 90, home="home", share=0.5),
    "palette": Subject(palette_board, "table", 0.3, 136, home="studio", share=0.36),
    "ball": Subject(ball, "ground", 0.3, 102, home="garden", share=0.26),
    "music": Subject(music, "emblem", 1, 204, home="studio", share=0.44),
    "headphones": Subject(headphones, "table", 0.3, 104, home="studio", share=0.4),
    "camera": Subject(camera, "table", 0.2, 134, home="studio", share=0.36),
    "microphone": Subject(microphone, "ground", 1.5, 60, home="stage", share=0.46),
    "umbrella": Subject(umbrella, "ground", 1.0, 114, home="street", share=0.4),
    "shopping bag": Subject(shopping_bag, "ground", 0.5, 110, home="street", share=0.34),
    "suitcase": Subject(suitcase, "ground", 0.7, 74, home="street", share=0.32),
    "gift": Subject(gift, "table", 0.4, 106, home="home", share=0.34),
    "flag": Subject(flag, "ground", 2.4, 136, home="mountains", share=0.36),
}
