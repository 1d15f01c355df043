"""Places outdoors that a landscape or a street becomes when its own landmarks stand in it."""

from __future__ import annotations

from services.local.illustrator import city, coasts, landscapes, terrain
from services.local.illustrator.colour import mix
from services.local.illustrator.scene import Scene
from services.local.illustrator.stamp import stamp


def village(scene: Scene) -> None:
    """Roofs around a church tower among fields."""
    landscapes.field(scene)
    depth, pen = scene.h - scene.horizon, scene.pen()
    size = min(scene.h * 0.2, scene.w * 0.17)
    stamp(pen, scene, "church", scene.w * 0.46, scene.horizon + depth * 0.3, size * 1.7, ink=scene.at(0.25))
    roofs = ("#b5523f", "#c8744a", "#9a5a48", "#d9a066")
    for row, (low, near) in enumerate(((0.3, 0.8), (0.46, 1.0))):
        for k in range(6 if row == 0 else 5):
            x = scene.w * (0.06 + k * 0.175 + 0.06 * row)
            if row == 0 and abs(x / scene.w - 0.46) < 0.06:
                continue
            house = "house" if (k + row) % 3 else "barn"
            stamp(pen, scene, house, x, scene.horizon + depth * low, size * near, ink=scene.at(0.2 * (1 - row)),
                  main="" if house == "house" else roofs[k % 4])  # fmt: skip
    scene.ground = (scene.horizon + depth * 0.6, scene.h - depth * 0.08)


def savanna(scene: Scene) -> None:
    """Golden grass, flat-crowned trees, far hills."""
    depth = scene.h - scene.horizon
    gold = mix("#d9b45a", scene.palette.grass_dry, 0.3)
    terrain.ridge(scene, scene.horizon - 16, 40, mix("#b98a6a", scene.palette.rock_far, 0.5), 0.8, bumps=2)
    terrain.ground(scene, scene.horizon + 4, gold, far=0.5)
    pen = scene.pen()
    for x, low, tall, far in (
        (0.1, 0.04, 0.2, 0.6),
        (0.34, 0.02, 0.12, 0.7),
        (0.62, 0.03, 0.15, 0.66),
        (0.88, 0.1, 0.34, 0.35),
    ):
        stamp(pen, scene, "acacia", scene.w * x, scene.horizon + depth * low + 8, scene.h * tall, ink=scene.at(far))
    terrain.tufts(scene, scene.horizon + depth * 0.15, scene.h + 12, gold, count=130)
    scene.ground = (scene.horizon + depth * 0.4, scene.h - depth * 0.1)


def polar(scene: Scene) -> None:
    """Ice shelf in front, dark water with bergs, white peaks behind."""
    coasts.sea(scene)
    depth = scene.h - scene.horizon
    pen = scene.pen()
    for x, low, tall in ((0.16, 0.06, 0.2), (0.44, 0.03, 0.1), (0.8, 0.1, 0.26), (0.62, 0.24, 0.12)):
        stamp(
            pen, scene, "iceberg", scene.w * x, scene.horizon + depth * low + 6, scene.h * tall, ink=scene.at(0.5 - low)
        )
    scene.flush()
    for share, tone in ((0.46, "#d6e6f0"), (0.62, "#e8f1f7"), (0.8, "#f5f9fc")):
        terrain.ridge(scene, scene.horizon + depth * share, 22, tone, 0.2 * (1 - share), bumps=1.8, octaves=2)
    scene.water, scene.bank = (scene.horizon + depth * 0.1, scene.horizon + depth * 0.36), scene.horizon + depth * 0.46
    scene.ground = (scene.horizon + depth * 0.64, scene.h - depth * 0.08)


def vineyard(scene: Scene) -> None:
    """Rows of vines down a slope, a stone house above them."""
    landscapes.field(scene)
    depth, pen = scene.h - scene.horizon, scene.pen()
    stamp(pen, scene, "house", scene.w * 0.76, scene.horizon + depth * 0.06, scene.h * 0.13, ink=scene.at(0.4))
    stamp(pen, scene, "cypress", scene.w * 0.86, scene.horizon + depth * 0.06, scene.h * 0.16, ink=scene.at(0.4))
    for row in range(5):
        size = scene.h * (0.06 + 0.035 * row)
        low = scene.horizon + depth * (0.14 + 0.07 * row + 0.012 * row * row)
        step = size * 1.12
        for k in range(int(scene.w / step) + 2):
            stamp(pen, scene, "vine", k * step - (row % 2) * step / 2, low, size, ink=scene.at(0.4 - 0.09 * row))
    scene.ground = (scene.horizon + depth * 0.72, scene.h - depth * 0.06)


def market(scene: Scene) -> None:
    """Striped stalls along a street."""
    city.street(scene)
    low, high = scene.ground or (scene.h * 0.8, scene.h * 0.9)
    pen, size = scene.pen(), min(scene.h * 0.34, scene.w * 0.3)
    count = max(int(scene.w / (size * 1.3)), 2)
    for k in range(count + 1):
        x = scene.w * k / count
        tone = scene.palette.accents[k % 4]
        stamp(pen, scene, "market stall", x, low + 4, size, ink=scene.at(0.12), main=tone)
    scene.ground = (low + (high - low) * 0.4, high)


def square(scene: Scene) -> None:
    """An open, paved place before old facades, with street lamps."""
    city.street(scene, paved=True)
    low, high = scene.ground or (scene.h * 0.8, scene.h * 0.9)
    pen = scene.pen()
    for x in (0.12, 0.3, 0.7, 0.88):
        stamp(pen, scene, "street lamp", scene.w * x, low, min(scene.h * 0.22, scene.w * 0.2), ink=scene.at(0.12))
    scene.ground = (low + (high - low) * 0.3, high)


def temple(scene: Scene) -> None:
    """Curved roofs among old trees."""
    landscapes.garden(scene)
    depth, pen = scene.h - scene.horizon, scene.pen()
    size = min(scene.h * 0.5, scene.w * 0.5)
    stamp(pen, scene, "pagoda", scene.w * 0.34, scene.horizon + depth * 0.22, size, ink=scene.at(0.2), main="#b5483a")
    for x in (0.08, 0.58, 0.9):
        stamp(pen, scene, "blossom tree" if scene.season == "spring" else "maple", scene.w * x,
              scene.horizon + depth * 0.24, size * 0.6, ink=scene.at(0.15))  # fmt: skip
    scene.ground = (scene.horizon + depth * 0.4, scene.h - depth * 0.08)


def railway(scene: Scene) -> None:
    """Tracks across the land before a platform."""
    landscapes.field(scene)
    depth, pen, ink = scene.h - scene.horizon, scene.pen(), scene.ink
    top = scene.horizon + depth * 0.42
    pen.rect(-5, top, scene.w + 10, depth * 0.3, ink.shade("#8f867c", 0.1))
    for k in range(int(scene.w / 46) + 2):
        pen.rect(k * 46 - 10, top + depth * 0.06, 22, depth * 0.16, ink.shade("#5f4636", 0.2))
    for y in (top + depth * 0.08, top + depth * 0.18):
        pen.rect(-5, y, scene.w + 10, 9, ink.lit("#aab4bd", 0.2))
        pen.rect(-5, y + 9, scene.w + 10, 4, ink.shade("#5a636c", 0.3))
    pen.rect(-5, top + depth * 0.3, scene.w + 10, scene.h, ink("#b9b2a8"))
    pen.rect(-5, top + depth * 0.3, scene.w + 10, 10, ink.lit("#f3d35a", 0.1))
    scene.ground = (top + depth * 0.2, scene.h - depth * 0.1)


def construction(scene: Scene) -> None:
    """Cranes over the bare frame of a house."""
    city.skyline(scene)
    pen, depth = scene.pen(), scene.h - scene.horizon
    earth = "#b59a78" if not scene.palette.snow else "#e6ebef"
    terrain.ridge(scene, scene.horizon + depth * 0.3, 16, earth, 0.05, bumps=2)
    pen = scene.pen()
    base = scene.horizon + depth * 0.36
    stamp(pen, scene, "tower crane", scene.w * 0.74, base, scene.h * 0.66, ink=scene.at(0.1))
    ink = scene.at(0.08)
    left, step, floor = scene.w * 0.1, min(scene.w * 0.1, 150), min(scene.h * 0.11, 120)
    for level in range(4):
        pen.rect(left, base - (level + 1) * floor, step * 3, 12, ink("#9aa0a4"))
        for k in range(4):
            pen.rect(left + k * step - 6, base - (level + 1) * floor, 14, floor + 2, ink.shade("#9aa0a4", 0.25))
    scene.water = None
    scene.ground = (base + depth * 0.1, scene.h - depth * 0.06)


def stadium(scene: Scene) -> None:
    """Full stands and floodlights around a striped pitch."""
    pen, ink, rng = scene.pen(), scene.ink, scene.rng
    top, low = scene.h * 0.34, scene.h * 0.56
    for x in (0.1, 0.9):
        pen.rect(scene.w * x - 6, scene.h * 0.08, 12, low, scene.at(0.3)("#6f7a85"))
        pen.rect(scene.w * x - 70, scene.h * 0.05, 140, 50, scene.at(0.2)("#4a5563"), r=6)
        for k in range(4):
            pen.circle(scene.w * x - 48 + k * 32, scene.h * 0.05 + 25, 12, ink.glow("#fff6d0"))
    pen.path(f"M-5 {top + 40}Q{scene.w / 2} {top - 60} {scene.w + 5} {top + 40}V{low}H-5Z", scene.at(0.25)("#56677a"))
    tones = [*scene.palette.accents[:4], "#f1e3c4", "#e5b08c"]
    for row in range(7):
        y = top + 30 + row * (low - top - 40) / 7
        for k in range(int(scene.w / 17) + 1):
            x = k * 17 + (row % 2) * 8 + float(rng.uniform(-2, 2))
            bend = 60 * (1 - (2 * x / scene.w - 1) ** 2)
            pen.circle(x, y + 34 - bend * (1 - row / 8), 6.4, scene.at(0.3)(tones[int(rng.integers(6))]))
    pen.rect(-5, low - 18, scene.w + 10, 26, ink(scene.palette.dark))
    green = "#5aa04a"
    for k in range(9):
        x0, x1 = scene.w * k / 9, scene.w * (k + 1) / 9
        far0, far1 = scene.w / 2 + (x0 - scene.w / 2) * 0.8, scene.w / 2 + (x1 - scene.w / 2) * 0.8
        near0, near1 = scene.w / 2 + (x0 - scene.w / 2) * 1.6, scene.w / 2 + (x1 - scene.w / 2) * 1.6
        far0, far1 = (-5.0 if k == 0 else far0), (scene.w + 5 if k == 8 else far1)
        pen.poly([(far0, low + 6), (far1, low + 6), (near1, scene.h + 5), (near0, scene.h + 5)],
                 ink.lit(green, 0.12) if k % 2 else ink(green))  # fmt: skip
    pen.line([(-5, low + 40), (scene.w + 5, low + 40)], ink("#f7f7f4"), 5)
    pen.path(f"M{scene.w * 0.3} {low + 40}L{scene.w * 0.22} {low + 150}H{scene.w * 0.78}L{scene.w * 0.7} {low + 40}", "none",  # noqa: E501
             stroke=ink("#f7f7f4"), width=6)  # fmt: skip
    scene.ground = (low + (scene.h - low) * 0.4, scene.h - (scene.h - low) * 0.12)
    scene.water = None


def road(scene: Scene) -> None:
    """A road running straight towards low hills."""
    landscapes.field(scene)
    pen, ink, top = scene.pen(), scene.ink, scene.horizon + (scene.h - scene.horizon) * 0.08
    middle, half = scene.w * 0.5, min(scene.w * 0.4, 520)
    pen.poly([(middle - 16, top), (middle + 16, top), (middle + half, scene.h + 5), (middle - half, scene.h + 5)],
             pen.vertical((0, scene.at(0.5)("#8a8f96"), 1), (1, ink.shade("#5f666e", 0.1), 1)))  # fmt: skip
    for k in range(7):
        y0, y1 = ((k / 7) ** 1.8, ((k + 0.55) / 7) ** 1.8)
        a, b = top + (scene.h - top) * y0, top + (scene.h - top) * y1
        pen.poly([(middle - 1 - 9 * y0, a), (middle + 1 + 9 * y0, a), (middle + 1 + 9 * y1, b), (middle - 1 - 9 * y1, b)],  # noqa: E501
                 ink.lit("#f7f4ec", 0.1))  # fmt: skip
    scene.ground = (top + (scene.h - top) * 0.45, scene.h - (scene.h - top) * 0.1)


def energy(scene: Scene) -> None:
    """Wind turbines on a ridge above fields of solar panels."""
    landscapes.field(scene)
    _turbines(scene)
    _panels(scene)


def wind_farm(scene: Scene) -> None:
    """Wind turbines on a ridge above fields."""
    landscapes.field(scene)
    _turbines(scene)


def solar_farm(scene: Scene) -> None:
    """Rows of solar panels on fields."""
    landscapes.field(scene)
    _panels(scene)


def _turbines(scene: Scene) -> None:
    pen = scene.pen()
    for x, tall in ((0.1, 0.34), (0.36, 0.26), (0.56, 0.38), (0.84, 0.3)):
        stamp(pen, scene, "wind turbine", scene.w * x, scene.horizon + 14, scene.h * tall, ink=scene.at(0.4))


def _panels(scene: Scene) -> None:
    depth, pen = scene.h - scene.horizon, scene.pen()
    for row in range(2):
        size = scene.h * (0.07 + 0.03 * row)
        for k in range(int(scene.w / (size * 2.3)) + 2):
            stamp(pen, scene, "solar panel", (k - 0.4 * (row % 2)) * size * 2.3,
                  scene.horizon + depth * (0.26 + 0.2 * row), size, ink=scene.at(0.25 - 0.1 * row))  # fmt: skip
    scene.ground = (scene.horizon + depth * 0.6, scene.h - depth * 0.08)


def old_walls(scene: Scene) -> None:
    """A wall of old stones with an arch, worn steps before it, grass in the joints."""
    depth, rng, palette = scene.h - scene.horizon, scene.rng, scene.palette
    terrain.tree_line(scene, scene.horizon + 4, min(scene.horizon * 0.55, 300), 0.6, kind="leafy", density=0.7)
    foot, top = scene.horizon + depth * 0.22, scene.horizon - min(scene.horizon * 0.42, 330)
    stone = mix("#b9a68a", palette.rock, 0.3)
    terrain.ground(scene, foot - 2, mix("#b3a48b", palette.grass_dry, 0.25), far=0.25)
    pen, ink = scene.pen(), scene.at(0.12)
    edge = [(-5.0, top + 60)]
    for k in range(1, 12):
        edge += [(scene.w * k / 12, edge[-1][1]), (scene.w * k / 12, top + float(rng.uniform(0, 70)))]
    edge.append((scene.w + 5, edge[-1][1]))
    wall = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in edge) + f"V{foot + 4:.0f}H-5Z"
    pen.path(wall, pen.vertical((0, ink.lit(stone, 0.2), 1), (1, ink.shade(stone, 0.22), 1)))
    with pen.clip(wall):
        tall = max((foot - top) / 9, 14)
        for row in range(11):
            y = foot - tall * (row + 1)
            for k in range(int(scene.w / (tall * 2.1)) + 3):
                x = (k - 0.5 * (row % 2)) * tall * 2.1 + float(rng.uniform(-6, 6)) - tall
                tone = ink.shade(mix(stone, "#8d7f6c", float(rng.uniform(0, 0.5))), 0.06)
                pen.rect(x + 3, y + 3, tall * 2.1 - 6, tall - 6, tone, r=7, opacity=0.75)
    middle, half = scene.w * float(rng.uniform(0.62, 0.74)), (foot - top) * 0.3
    arch = (
        f"M{middle - half:.0f} {foot + 4:.0f}V{foot - half * 1.5:.0f}A{half:.0f} {half:.0f} 0 0 1 "
        f"{middle + half:.0f} {foot - half * 1.5:.0f}V{foot + 4:.0f}Z"
    )
    pen.path(arch, ink.shade("#4c4338", 0.3), stroke=ink.lit(stone, 0.35), width=half * 0.16)
    for step in range(4):
        y, wide = foot + depth * 0.045 * step, half * (1.25 + 0.32 * step)
        pen.rect(middle - wide, y, wide * 2, depth * 0.045, ink.lit(stone, 0.3 - 0.06 * step), r=3)
        pen.rect(middle - wide, y + depth * 0.036, wide * 2, depth * 0.012, ink.shade(stone, 0.4), r=3)
    terrain.tufts(scene, foot + depth * 0.06, scene.h + 12, palette.grass, count=36)
    scene.ground = (foot + depth * 0.28, scene.h - depth * 0.1)
