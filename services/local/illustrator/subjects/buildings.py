"""Buildings and works: houses, towers, bridges, what makes and moves energy, tents and stalls."""

from __future__ import annotations

import math

from services.local.illustrator.colour import mix
from services.local.illustrator.subjects.brush import Brush, Subject


def house(brush: Brush) -> None:
    """A family house with a gable, a door and a chimney."""
    pen, wall = brush.pen, brush.own("#f1e4cf")
    roof = brush.second if not brush.palette.snow else "#eef3f6"
    pen.rect(26, -92, 12, 26, brush.tone("#a5604a"))
    pen.rect(-50, -54, 100, 54, brush.c(wall))
    pen.rect(8, -54, 42, 54, brush.shade(wall, 0.16))
    pen.poly([(-58, -52), (-21, -96), (50, -96), (60, -52)], brush.c(roof))
    pen.poly([(-58, -52), (-21, -96), (12, -52)], brush.c(wall))
    pen.path("M-60 -50L-21 -99L14 -50L8 -50L-21 -90L-54 -50Z", brush.shade(roof, 0.3))
    pen.poly([(12, -52), (-21, -96), (50, -96), (60, -52)], brush.shade(roof, 0.1))
    pen.rect(-30, -34, 18, 34, brush.shade(brush.main if not brush.given else "#7a4f36", 0.1), r=1)
    pen.circle(-15.5, -17, 1.4, brush.c("#f0d98a"))
    for x, y in ((-27, -74), (-6, -34), (18, -40), (34, -40)):
        pen.rect(x - 1.6, y - 1.6, 15.2, 19.2, brush.lit("#ffffff", 0.1))
        pen.rect(x, y, 12, 16, brush.window())
        pen.stroke(f"M{x + 6} {y}v16M{x} {y + 8}h12", brush.lit("#ffffff", 0.1), 1.4)
    pen.rect(-36, -2, 30, 3, brush.c("#b9b2a8"))


def skyscraper(brush: Brush) -> None:
    """A slender glass tower."""
    pen, glass = brush.pen, brush.own("#5f8fb0")
    pen.line([(0, -90), (0, -104)], brush.shade("#5a6570"), 1.2)
    pen.path("M-15 0V-84L0 -93V0Z", brush.lit(glass, 0.3))
    pen.path("M15 0V-84L0 -93V0Z", brush.shade(glass, 0.25))
    for row in range(14):
        y = -80 + row * 5.5
        for side, columns in ((-1, (-13, -9.4, -5.8, -2.6)), (1, (1.4, 4.8, 8.2, 11.6))):
            for x in columns:
                bright = brush.lamps and brush.rng.random() < 0.5
                tone = (
                    brush.ink.glow("#ffd98a")
                    if bright
                    else brush.lit("#cfe6f2", 0.1)
                    if side < 0
                    else brush.shade(glass, 0.45)
                )
                pen.rect(x, y, 2.2, 3.6, tone, opacity=0.9 if bright else 0.6)
    pen.rect(-18, -4, 36, 5, brush.shade("#6c747d"))


def lighthouse(brush: Brush) -> None:
    """A striped lighthouse on its rock, the lamp burning."""
    pen, stripe = brush.pen, brush.own("#cf3f34")
    pen.path("M-46 2Q-40 -12 -20 -12Q0 -18 20 -11Q40 -12 48 2Z", brush.fall("#6d7688"))
    tower = "M-13 -10L-8.5 -74H8.5L13 -10Z"
    pen.path(tower, brush.tone("#f7f4ec"))
    with pen.clip(tower):
        for y in (-74, -46, -18):
            pen.rect(-20, y, 40, 14, brush.tone(stripe))
    if brush.lamps:
        glow = pen.horizontal((0, "#fff2b8", 0.6), (1, "#fff2b8", 0))
        pen.poly([(4, -82), (150, -104), (150, -62)], glow)
    pen.rect(-12, -77, 24, 4, brush.shade("#3a4250"))
    pen.rect(-6, -88, 12, 11, brush.ink.glow("#ffe9a0"))
    pen.stroke("M-2 -88V-77M2 -88V-77", brush.shade("#3a4250"), 1)
    pen.path("M-8.5 -88Q0 -100 8.5 -88Z", brush.shade(stripe, 0.15))
    pen.line([(0, -94), (0, -100)], brush.shade("#3a4250"), 1.2)
    pen.path("M-3.6 -10V-19Q0 -23 3.6 -19V-10Z", brush.shade("#3a4250"))
    pen.rect(-1.8, -58, 3.6, 5.5, brush.shade("#3a4250"), r=1.5)


def bridge(brush: Brush) -> None:
    """A suspension bridge between two towers."""
    pen, steel = brush.pen, brush.own("#c9523c")
    for x in (-70, 70):
        pen.rect(x - 7, -100, 5, 102, brush.c(steel))
        pen.rect(x + 3, -100, 5, 102, brush.shade(steel, 0.25))
        for y in (-94.0, -72.0, -50.0):
            pen.rect(x - 6, y, 12, 5, brush.shade(steel, 0.15))
        pen.rect(x - 12, -8, 24, 12, brush.shade("#8c8a88", 0.1))
    pen.stroke("M-160 -34Q-110 -50 -70 -98Q0 -14 70 -98Q110 -50 160 -34", brush.c(steel), 2.6)
    for k in range(-15, 16):
        across = k * 10.0
        beyond = (abs(across) - 70) / 90
        hanger = -98 + (43 * (1 - (across / 70) ** 2) if beyond <= 0 else 64 * (1 - (1 - beyond) ** 1.7))
        if hanger < -36:
            pen.line([(across, hanger), (across, -32)], brush.shade(steel, 0.1), 0.9)
    pen.rect(-160, -34, 320, 5, brush.lit(steel, 0.2))
    pen.rect(-160, -29, 320, 4, brush.shade(steel, 0.4))


def factory(brush: Brush) -> None:
    """A factory with a saw-tooth roof and chimneys."""
    pen, wall = brush.pen, brush.own("#b0705a")
    for x, top in ((34.0, -98.0), (54.0, -88.0)):
        pen.path(f"M{x} -40L{x + 2} {top}H{x + 11}L{x + 13} -40Z", brush.tone("#a08d84"))
        pen.rect(x + 1.4, top + 6, 10.2, 5, brush.c("#cf4f42"))
        for k in range(3):
            pen.circle(x + 8 + k * 9, top - 8 - k * 6, 7 + k * 3, brush.c("#f0eeea"), opacity=0.5 - 0.12 * k)
    for k in range(3):
        x = -76 + k * 38
        pen.poly([(x, -36), (x, -64), (x + 38, -44), (x + 38, -36)], brush.shade(wall, 0.1))
        pen.poly([(x, -36), (x, -64), (x + 9, -59.5), (x + 9, -36)], brush.window())
    pen.rect(-76, -42, 156, 42, brush.fall(wall))
    for k in range(6):
        pen.rect(-68 + k * 24, -32, 15, 12, brush.window())
    pen.rect(44, -24, 24, 24, brush.shade("#5a5f68"))
    for y in (-20, -15, -10, -5):
        pen.line([(44, y), (68, y)], brush.c("#8b929b"), 1)


def wind_turbine(brush: Brush) -> None:
    """A wind turbine with three blades."""
    pen, white = brush.pen, "#f4f6f7"
    pen.path("M-2.6 1L-1.2 -66H1.2L2.6 1Z", brush.tone(white))
    start = float(brush.rng.uniform(0, 120))
    for k in range(3):
        with pen.at(0, -67, 1, turn=start + 120 * k):
            pen.path("M-1.2 0Q-3.4 -8 -1 -33L0.6 -33.5Q2 -10 1.4 0Z", brush.c(white))
            pen.path("M0.1 0Q1 -14 0.6 -33.5Q2 -10 1.4 0Z", brush.shade(white, 0.25))
    pen.circle(0, -67, 2.6, brush.lit(white, 0.2))
    pen.circle(0, -67, 1.2, brush.shade(white, 0.4))


def solar_panel(brush: Brush) -> None:
    """A row of solar panels tilted to the sun."""
    pen = brush.pen
    for x in (-64, 0, 64):
        pen.stroke(f"M{x} 0V-40M{x - 16} 0L{x} -26", brush.shade("#8b959f"), 4)
        panel = [(x - 34, -30), (x - 18, -88), (x + 40, -88), (x + 26, -30)]
        pen.poly([(px, py + 4) for px, py in panel], brush.shade("#39424e"))
        pen.poly(panel, brush.fall("#2c5a9c"))
        for k in range(1, 4):
            t = k / 4
            pen.line([(x - 34 + 60 * t, -30), (x - 18 + 58 * t, -88)], brush.lit("#8fb6de", 0.2), 1)
            pen.line([(x - 34 + 16 * t, -30 - 58 * t), (x + 26 + 14 * t, -30 - 58 * t)], brush.lit("#8fb6de", 0.2), 1)
        pen.poly([(x - 30, -44), (x - 18, -88), (x + 2, -88), (x - 12, -44)], "#ffffff", opacity=0.16)
        pen.path(f"M{x - 34} -30L{x - 18} -88H{x + 40}L{x + 26} -30Z", "none", stroke=brush.c("#dfe6ec"), width=1.8)


def power_line(brush: Brush) -> None:
    """An electricity pylon."""
    pen, steel = brush.pen, brush.shade("#6f7a86", 0.1)
    pen.stroke(
        (
            "M-18 0L-5 -66V-98L0 -104L5 -98V-66L18 0M-14.5 -18L9 -50M14.5 -18L-9 -50M-5 -66L5 -82M5 "
            "-66L-5 -82M-18 0L14.5 -18M18 0L-14.5 -18"
        ),
        steel,
        1.8,
    )
    for y, half in ((-66, 30), (-84, 24)):
        pen.stroke(f"M{-half} {y}H{half}M{-half} {y}L0 {y - 9}L{half} {y}", steel, 1.8)
        for x in (-half, half):
            pen.line([(x, y), (x, y + 6)], brush.c("#c9a24a"), 2)


def tent(brush: Brush) -> None:
    """A ridge tent with its flap open, lit from within at night."""
    pen, cloth = brush.pen, brush.own(brush.palette.accents[0])
    pen.poly([(-70, 0), (-14, -92), (40, -92), (86, 0)], brush.shade(cloth, 0.25))
    pen.poly([(-70, 0), (-14, -92), (42, 0)], brush.lit(cloth, 0.15))
    pen.path(
        "M-34 0Q-18 -30 -14 -70Q-8 -30 10 0Z", brush.ink.glow("#ffd27a") if brush.lamps else brush.shade(cloth, 0.7)
    )
    pen.path("M-14 -70Q-8 -30 10 0L22 0Q2 -30 -14 -70Z", brush.c(mix(cloth, "#ffffff", 0.4)))
    pen.line([(-14, -92), (-14, -98)], brush.c("#6b4a35"), 3)
    pen.line([(40, -92), (98, 2)], brush.c("#efe8d8"), 1)
    pen.line([(-14, -92), (-86, 2)], brush.c("#efe8d8"), 1)


def market_stall(brush: Brush) -> None:
    """A market stall under a striped awning, crates of fruit in front."""
    pen, stripe = brush.pen, brush.own(brush.palette.accents[0])
    for x in (-54, 50):
        pen.rect(x, -74, 4, 74, brush.shade("#8a6440", 0.1))
    pen.rect(-50, -74, 100, 40, brush.shade("#6b5240", 0.45))
    for k in range(8):
        x = -64 + k * 16
        tone = brush.c(stripe) if k % 2 == 0 else brush.c("#f8f1e2")
        pen.path(f"M{x * 0.9} -99H{(x + 16) * 0.9}L{x + 16} -72Q{x + 8} -62 {x} -72Z", tone)
    pen.path("M-64 -72H64V-70Q0 -62 -64 -70Z", brush.shade(stripe, 0.4), opacity=0.35)
    pen.rect(-58, -36, 116, 36, brush.fall("#a9754a"))
    for k, colour in enumerate(("#d8452f", "#f0a23a", "#7fae3f", "#8a4a86")):
        left = -54 + k * 28
        for row in range(2):
            for column in range(4 - row):
                pen.circle(left + 4 + column * 6 + row * 3, -39 - row * 5, 3.8, brush.lit(colour, 0.12 * row))
        pen.rect(left - 2, -38, 26, 10, brush.shade("#c2925e", 0.05))
        pen.line([(left - 2, -33), (left + 24, -33)], brush.shade("#c2925e", 0.35), 1)


def bench(brush: Brush) -> None:
    """A park bench."""
    pen, wood = brush.pen, brush.own("#a06a40")
    for x in (-70, 62):
        pen.stroke(
            f"M{x + 4} 0V-52M{x + 4} -48L{x + 2} -96M{x - 6} 0H{x + 14}M{x - 4} -62H{x + 14}", brush.shade("#343a44"), 6
        )
    for y in (-94, -80, -66):
        pen.rect(-80, y, 160, 9, brush.lit(wood, 0.1), r=2)
    pen.rect(-84, -52, 168, 10, brush.c(wood), r=2)
    pen.rect(-84, -44, 168, 5, brush.shade(wood, 0.35), r=2)


def castle(brush: Brush) -> None:
    """A castle or fortress with towers."""
    pen, stone = brush.pen, brush.own("#b5a78f")
    pen.rect(-50, -46, 100, 46, brush.fall(stone))
    for x, top, w in ((-64, -72, 24), (40, -72, 24), (-16, -84, 32)):
        pen.rect(x, top, w, -top, brush.tone(stone))
        for k in range(4):
            pen.rect(x - 2 + k * (w + 4) / 4, top - 7, (w + 4) / 8 + 1, 8, brush.c(stone))
        pen.rect(x + w / 2 - 2.4, top + 14, 5, 12, brush.shade("#3a3a44"), r=2.4)
    for k in range(6):
        pen.rect(-38 + k * 13, -52, 7, 7, brush.c(stone))
    pen.path("M-11 0V-22Q0 -36 11 -22V0Z", brush.shade("#5a3f2c", 0.2))
    pen.line([(0, -90), (0, -104)], brush.shade("#4a4a50"), 1.4)
    pen.poly([(0, -104), (18, -99), (0, -94)], brush.c(brush.main))


def courthouse(brush: Brush) -> None:
    """A public building with a pediment and columns: court, bank, museum, parliament."""
    pen, stone = brush.pen, brush.own("#e6dcc8")
    pen.rect(-70, -8, 140, 8, brush.shade(stone, 0.2))
    pen.rect(-64, -15, 128, 7, brush.c(stone))
    pen.rect(-56, -66, 112, 52, brush.shade(stone, 0.42))
    for k in range(6):
        x = -55 + k * 20.4
        pen.rect(x, -66, 8.4, 51, brush.tone(stone))
        pen.rect(x - 2, -68, 12.4, 4, brush.lit(stone, 0.3))
        pen.rect(x - 2, -18, 12.4, 4, brush.c(stone))
    pen.rect(-62, -75, 124, 8, brush.c(stone))
    pen.poly([(-66, -75), (0, -101), (66, -75)], brush.lit(stone, 0.25))
    pen.poly([(-50, -77), (0, -96), (50, -77)], brush.shade(stone, 0.25))


def _ferris_cabin(brush: Brush, x: float, y: float, colour: str) -> None:
    brush.pen.rect(x - 4, y - 1, 8, 7, brush.c(colour), r=2)


def ferris_wheel(brush: Brush) -> None:
    """A fairground wheel."""
    pen = brush.pen
    pen.stroke("M0 -54L-24 0M0 -54L24 0", brush.shade("#5d6a78"), 4)
    pen.ring(0, -54, 42, brush.c("#d9dfe4"), 2.6)
    pen.ring(0, -54, 34, brush.c("#d9dfe4"), 1.2)
    for k in range(12):
        a = 2 * math.pi * k / 12
        x, y = 42 * math.cos(a), -54 + 42 * math.sin(a)
        pen.line([(0, -54), (x, y)], brush.c("#c7ced5"), 1)
        _ferris_cabin(brush, x, y, brush.palette.accents[k % 4])
    pen.circle(0, -54, 4, brush.c(brush.main))


SUBJECTS = {
    "house": Subject(house, "ground", 7, 120, home="field", share=0.42),
    "skyscraper": Subject(skyscraper, "ground", 60, 40, home="city", share=0.72),
    "lighthouse": Subject(lighthouse, "ground", 22, 96, home="coast", share=0.64),
    "bridge": Subject(bridge, "water", 40, 320, home="harbour", share=0.3, mirror=False),
    "factory": Subject(factory, "ground", 14, 164, home="field", share=0.38),
    "wind turbine": Subject(wind_turbine, "ground", 60, 66, home="field", share=0.68),
    "solar panel": Subject(solar_panel, "ground", 2, 210, home="field", share=0.24),
    "pylon": Subject(power_line, "ground", 34, 64, home="field", share=0.56),
    "tent": Subject(tent, "ground", 1.6, 184, home="mountains", share=0.28),
    "market stall": Subject(market_stall, "ground", 2.6, 132, home="street", share=0.42),
    "bench": Subject(bench, "ground", 0.9, 172, home="garden", share=0.2),
    "castle": Subject(castle, "ground", 22, 132, home="mountains", share=0.46),
    "courthouse": Subject(courthouse, "ground", 14, 142, home="street", share=0.46),
    "ferris wheel": Subject(ferris_wheel, "ground", 40, 96, home="city", share=0.58),
}
