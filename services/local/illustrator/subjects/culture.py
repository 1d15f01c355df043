"""Music, stage, art, sport and play."""

from __future__ import annotations

from services.local.illustrator.subjects.brush import Brush, Subject


def guitar(brush: Brush) -> None:
    """An acoustic guitar standing upright."""
    pen, wood = brush.pen, brush.own("#c9833f")
    pen.path(
        "M-15 -36C-20 -44 -14 -52 -9 -54Q0 -57 9 -54C14 -52 20 -44 15 -36C11 -31 14 -27 18 -21C24 -8 14 0 0 0C-14 0 -24 -8 -18 -21C-14 -27 -11 -31 -15 -36Z",
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


SUBJECTS: dict[str, Subject] = {
    "guitar": Subject(guitar, "ground", 1.0, 46, home="stage", share=0.46),
}
