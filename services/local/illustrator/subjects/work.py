"""Work and thought: screens, papers and what else lies on a desk."""

from __future__ import annotations

from services.local.illustrator.colour import mix
from services.local.illustrator.subjects.brush import Brush, Subject


def _chart(brush: Brush, x: float, y: float, w: float, h: float) -> None:
    """Rising bars with a line above, inside a screen."""
    pen, tones = brush.pen, brush.palette.accents
    for k, share in enumerate((0.3, 0.42, 0.38, 0.58, 0.78)):
        pen.rect(x + w * (0.06 + 0.19 * k), y + h * (1 - share), w * 0.12, h * share, tones[k % 2], r=w * 0.01)
    points = [(x + w * (0.12 + 0.19 * k), y + h * (0.92 - s)) for k, s in enumerate((0.4, 0.5, 0.48, 0.68, 0.86))]
    pen.line(points, tones[2], w * 0.025)


def laptop(brush: Brush) -> None:
    """An open laptop with a chart on its screen."""
    pen, shell = brush.pen, brush.own("#c9d0d7")
    pen.rect(-66, -96, 132, 88, brush.tone("#3a4452"), r=6)
    pen.rect(-60, -90, 120, 76, brush.ink.glow("#f4f7f8"), r=2)
    pen.rect(-60, -90, 120, 12, brush.ink.glow(mix(brush.main, "#ffffff", 0.15)))
    _chart(brush, -34, -74, 88, 56)
    for k in range(4):
        pen.rect(-54, -70 + k * 12, 14, 5, brush.ink.glow("#cfd8de"), r=2)
    pen.path("M-84 -8H84L90 -2Q90 2 84 2H-84Q-90 2 -90 -2Z", brush.fall(shell))
    pen.rect(-16, -8, 32, 3, brush.shade(shell, 0.4), r=1.5)


def monitor(brush: Brush) -> None:
    """A desktop screen with keyboard."""
    pen = brush.pen
    pen.path("M-12 -22H12L16 -2H-16Z", brush.shade("#a8b1ba", 0.1))
    pen.rect(-34, -4, 68, 5, brush.shade("#8b959f"), r=2)
    pen.rect(-78, -100, 156, 80, brush.tone("#2f3844"), r=5)
    pen.rect(-72, -94, 144, 68, brush.ink.glow("#1f3350"), r=2)
    for k, (indent, length) in enumerate(((0, 40), (10, 56), (10, 34), (20, 48), (10, 30), (0, 20))):
        pen.rect(-64 + indent, -86 + k * 9.6, length, 4.4, brush.palette.accents[k % 4], r=2)
    _chart(brush, 10, -84, 56, 48)


def phone(brush: Brush) -> None:
    """A mobile phone held upright."""
    pen = brush.pen
    pen.rect(-28, -100, 56, 100, brush.tone("#2a313c"), r=9)
    pen.rect(-24, -94, 48, 88, brush.ink.glow("#f4f7f8"), r=4)
    pen.rect(-24, -94, 48, 26, brush.ink.glow(brush.main), r=4)
    pen.circle(-10, -81, 7, "#ffffff", opacity=0.85)
    pen.rect(0, -86, 18, 4, "#ffffff", r=2, opacity=0.85)
    pen.rect(0, -79, 12, 4, "#ffffff", r=2, opacity=0.6)
    for k in range(3):
        pen.rect(-19, -62 + k * 17, 12, 12, brush.palette.accents[k + 1], r=3)
        pen.rect(-3, -60 + k * 17, 22, 3.6, "#b9c4cc", r=1.8)
        pen.rect(-3, -54 + k * 17, 15, 3.6, "#d5dde2", r=1.8)


def book(brush: Brush) -> None:
    """An open book."""
    pen, cover = brush.pen, brush.main
    pen.path("M-92 -14Q-92 -76 -84 -84H84Q92 -76 92 -14L0 0Z", brush.shade(cover, 0.1))
    for flip in (False, True):
        with pen.at(0, 0, 1, mirror=flip):
            pen.path("M0 -8Q40 -26 84 -18V-90Q40 -98 0 -78Z", brush.lit("#fbf6ea", 0.1) if flip else brush.c("#f4ecda"))
            pen.path("M0 -8Q10 -13 16 -15V-84Q8 -82 0 -78Z", brush.shade("#e6dac0", 0.2), opacity=0.6)
            for k in range(5):
                y = -76 + k * 11
                pen.stroke(f"M20 {y - 3}Q44 {y - 9} 72 {y - 6}", brush.shade("#b9ab90", 0.1), 2.4, opacity=0.8)
    pen.path("M58 -92V-62L64 -68L70 -62V-93Z", brush.c(brush.second))


def books(brush: Brush) -> None:
    """A pile of books."""
    pen = brush.pen
    for k, (x, w) in enumerate(((0, 132), (8, 116), (-8, 122), (4, 104))):
        colour, y = brush.palette.accents[k % 4], -24 * k
        pen.rect(x - w / 2, y - 24, w, 24, brush.fall(colour), r=4)
        pen.rect(x - w / 2 + 10, y - 20, w - 6, 16, brush.lit("#f6eedb", 0.1), r=2)
        pen.rect(x - w / 2 + 18, y - 24, 6, 24, brush.lit(colour, 0.5))


def chart(brush: Brush) -> None:
    """Bars that grow and an arrow rising over them."""
    pen = brush.pen
    for k, tall in enumerate((26, 38, 34, 54, 70)):
        colour = brush.palette.accents[k % 4] if not brush.given else mix(brush.main, "#ffffff", 0.4 - 0.1 * k)
        x = -70 + k * 30
        pen.rect(x, -tall, 21, tall, brush.tone(colour), r=2)
    pen.line([(-62, -42), (-30, -56), (-2, -52), (30, -74), (62, -92)], brush.shade(brush.palette.dark, 0.1), 5)
    pen.poly([(52, -100), (78, -102), (69, -78)], brush.shade(brush.palette.dark, 0.1))
    pen.rect(-84, -2, 174, 4, brush.shade(brush.palette.dark, 0.1), r=2)


def report(brush: Brush) -> None:
    """Papers with writing and a diagram."""
    pen = brush.pen
    for x, turn in ((16, 7), (0, -4)):
        with pen.at(x, 0, 1, turn=turn):
            pen.rect(-38, -98, 76, 98, brush.lit("#f8f5ec", 0.1) if turn < 0 else brush.shade("#ece5d4", 0.1), r=3)
    with pen.at(0, 0, 1, turn=-4):
        pen.rect(-28, -86, 34, 7, brush.c(brush.main), r=2)
        for k in range(5):
            pen.rect(-28, -70 + k * 8, 56 - (k % 3) * 10, 3.2, brush.c("#b7b3aa"), r=1.6)
        pen.circle(-12, -17, 13, brush.c(brush.second))
        pen.path("M-12 -17V-30A13 13 0 0 1 0.6 -14Z", brush.c(brush.main))
        pen.rect(8, -26, 20, 3.2, brush.c("#b7b3aa"), r=1.6)
        pen.rect(8, -18, 14, 3.2, brush.c("#b7b3aa"), r=1.6)
    pen.path("M30 -6L28 0L34 -3Z", brush.c("#e8d9b0"))


def server(brush: Brush) -> None:
    """Server cabinets with lights."""
    pen = brush.pen
    for x in (-46, 0, 46):
        pen.rect(x - 21, -100, 42, 100, brush.tone("#2d3644"), r=3)
        for k in range(8):
            y = -94 + k * 11.6
            pen.rect(x - 17, y, 34, 9, brush.lit("#465366", 0.1), r=1.5)
            pen.circle(x + 11, y + 4.5, 1.8, brush.ink.glow("#6ff0a8" if (k + int(x)) % 3 else "#ffb84a"))
            pen.rect(x - 13, y + 3.4, 16, 2.2, brush.shade("#1d2430"), r=1)


def envelope(brush: Brush) -> None:
    """A letter in its envelope."""
    pen = brush.pen
    pen.rect(-70, -92, 140, 90, brush.fall("#f6efe0"), r=6)
    pen.path("M-68 -6L-10 -50H10L68 -6Z", brush.shade("#e6dac2", 0.1))
    pen.path("M-68 -90L0 -36L68 -90Z", brush.lit("#fffaf0", 0.1))
    pen.stroke("M-68 -90L0 -36L68 -90", brush.shade("#d9cbb0", 0.2), 2.4)
    pen.circle(0, -40, 11, brush.c(brush.main))


def calendar(brush: Brush) -> None:
    """A calendar leaf."""
    pen = brush.pen
    pen.rect(-52, -92, 104, 92, brush.fall("#fbf8f0"), r=7)
    pen.path("M-52 -70V-85Q-52 -92 -45 -92H45Q52 -92 52 -85V-70Z", brush.c(brush.main))
    for x in (-28, 28):
        pen.rect(x - 3, -100, 6, 16, brush.shade("#4a5360"), r=3)
    for row in range(4):
        for column in range(6):
            marked = row * 6 + column in (8, 15)
            pen.rect(
                -44 + column * 15, -62 + row * 14.6, 10.4, 9.6, brush.c(brush.second if marked else "#dcd9d0"), r=2
            )


SUBJECTS = {
    "laptop": Subject(laptop, "table", 0.3, 182, home="office", share=0.36, mirror=False),
    "computer": Subject(monitor, "table", 0.5, 160, home="office", share=0.42, mirror=False),
    "phone": Subject(phone, "emblem", 0.2, 58, home="studio", share=0.54, mirror=False),
    "book": Subject(book, "table", 0.3, 186, home="classroom", share=0.3),
    "books": Subject(books, "table", 0.3, 136, home="classroom", share=0.3),
    "chart": Subject(chart, "emblem", 2, 176, home="studio", share=0.46, mirror=False),
    "report": Subject(report, "emblem", 0.4, 122, home="studio", share=0.46, mirror=False),
    "server": Subject(server, "ground", 2.1, 138, home="office", share=0.46, mirror=False),
    "envelope": Subject(envelope, "emblem", 0.3, 142, home="studio", share=0.34),
    "calendar": Subject(calendar, "emblem", 0.4, 106, home="studio", share=0.42, mirror=False),
}
