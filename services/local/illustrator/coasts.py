"""Settings by the water: open sea, beach, clifftop, harbour, lake and river."""

from __future__ import annotations

from services.local.illustrator import terrain, water
from services.local.illustrator.city import house_row
from services.local.illustrator.colour import mix
from services.local.illustrator.noise import curve
from services.local.illustrator.pen import smooth_path
from services.local.illustrator.scene import Scene


def sea(scene: Scene) -> None:
    """Open water with a far coast and rolling swell."""
    if scene.rng.random() < 0.6:
        terrain.ridge(scene, scene.horizon + 6, 26, scene.palette.rock_far, 0.85, bumps=2.5)
    water.paint_water(scene, scene.horizon, scene.h, calm=0.25)
    water.wave_crests(scene, scene.horizon, scene.h)
    scene.water = (scene.horizon + 0.28 * (scene.h - scene.horizon), scene.horizon + 0.62 * (scene.h - scene.horizon))
    scene.ground = None


def coast(scene: Scene) -> None:
    """A bay: headland, surf and a beach in front."""
    depth = scene.h - scene.horizon
    terrain.ridge(scene, scene.horizon, 60, scene.palette.rock_far, 0.75, bumps=2)
    water.paint_water(scene, scene.horizon, scene.horizon + depth * 0.62, calm=0.45)
    _headland(scene, left=scene.sun_x > scene.w / 2)
    shore = scene.horizon + depth * 0.52
    sand = scene.palette.sand if not scene.palette.snow else "#e9edf0"
    pen, ink = scene.pen(), scene.at(0.05)
    line = [
        (scene.w * (t / 9 * 1.2 - 0.1), shore + float(v) * 26)
        for t, v in enumerate(curve(scene.rng, 10, bumps=2, octaves=1))
    ]
    fill = pen.vertical((0, ink.shade(sand, 0.25), 1), (0.2, ink(sand), 1), (1, scene.ink.shade(sand, 0.12), 1))
    pen.path(smooth_path(line) + f"L{scene.w * 1.1} {scene.h + 5}L{-scene.w * 0.1} {scene.h + 5}Z", fill)
    water.breakers(scene, shore)
    terrain.boulders(scene, shore + depth * 0.1, scene.h - 10, count=5)
    terrain.tufts(scene, scene.h - depth * 0.12, scene.h + 10, mix(scene.palette.grass_dry, "#8fa060", 0.4), count=16)
    scene.ground, scene.bank = (shore + depth * 0.12, scene.h - depth * 0.1), shore
    scene.water = (scene.horizon + depth * 0.12, scene.horizon + depth * 0.36)


def _headland(scene: Scene, *, left: bool) -> None:
    pen, ink = scene.pen(), scene.at(0.38)
    rise, reach = min(scene.horizon * 0.42, 300.0), scene.w * 0.4
    foot = scene.horizon + (scene.h - scene.horizon) * 0.2
    heights = curve(scene.rng, 12, bumps=3, octaves=2)
    points = [
        (reach * t / 11, foot - rise * (1 - (t / 11) ** 2.2) * (0.82 + 0.2 * float(heights[t]))) for t in range(12)
    ]

    def place(x: float) -> float:
        return x if left else scene.w - x

    top = [(place(x), y) for x, y in points]
    rock = mix(scene.palette.rock, "#a08468", 0.35)
    fill = pen.vertical((0, ink(rock), 1), (1, ink.shade(rock, 0.35), 1))
    edge = place(-10)
    pen.path("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in top) + f"L{edge} {foot}Z", fill)
    grass = [(x, y + 18 + 16 * float(h)) for (x, y), h in zip(top, heights, strict=True)]
    pen.path(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in [*top[:-2], *grass[:-2][::-1]]) + "Z", ink(scene.palette.grass)
    )
    for k in range(5):
        x = reach * (0.08 + 0.15 * k)
        crack = [
            (place(x), foot - rise * 0.55 * (1 - k / 6)),
            (place(x + 12), foot - rise * 0.3 * (1 - k / 6)),
            (place(x + 4), foot),
        ]
        pen.line(crack, ink.shade(rock, 0.5), 3, opacity=0.5)


def cliff(scene: Scene) -> None:
    """A grassy clifftop high above the sea, stacks of rock offshore."""
    depth = scene.h - scene.horizon
    terrain.ridge(scene, scene.horizon, 46, scene.palette.rock_far, 0.8, bumps=2)
    water.paint_water(scene, scene.horizon, scene.horizon + depth * 0.75, calm=0.4)
    left = scene.sun_x > scene.w / 2
    _headland(scene, left=left)
    pen, ink = scene.pen(), scene.at(0.3)
    for share, tall in ((0.62, 150.0), (0.74, 84.0)):
        x, foot = scene.w * (share if left else 1 - share), scene.horizon + depth * 0.16
        rock = mix(scene.palette.rock, "#a08468", 0.3)
        pen.path(
            (
                f"M{x - tall * 0.3:.0f} {foot:.0f}L{x - tall * 0.2:.0f} {foot - tall * 0.7:.0f}"
                f"L{x - 4:.0f} {foot - tall:.0f}L{x + tall * 0.16:.0f} {foot - tall * 0.8:.0f}"
                f"L{x + tall * 0.3:.0f} {foot:.0f}Z"
            ),
            ink(rock),
        )
        pen.path(
            (
                f"M{x - 4:.0f} {foot - tall:.0f}L{x + tall * 0.16:.0f} {foot - tall * 0.8:.0f}"
                f"L{x + tall * 0.3:.0f} {foot:.0f}H{x + 2:.0f}L{x + tall * 0.06:.0f} "
                f"{foot - tall * 0.5:.0f}Z"
            ),
            ink.shade(rock, 0.4),
        )
        pen.ellipse(x, foot + 2, tall * 0.42, 4, ink("#f4fafc"), opacity=0.7)
    edge = scene.horizon + depth * 0.44
    crest = terrain.ridge(scene, edge, 34, scene.palette.grass, 0.06, bumps=1.2, octaves=2)
    rim = scene.pen()
    rim.line(crest, scene.ink.lit(scene.palette.grass, 0.5), 5, opacity=0.7)
    terrain.boulders(scene, edge + depth * 0.14, scene.h - 10, count=6)
    terrain.tufts(
        scene,
        edge + depth * 0.1,
        scene.h + 12,
        scene.palette.grass,
        count=80,
        flowers="" if scene.palette.snow else scene.palette.blossom,
    )
    scene.ground = (edge + depth * 0.16, scene.h - depth * 0.1)
    scene.water = (scene.horizon + depth * 0.12, scene.horizon + depth * 0.3)


def harbour(scene: Scene) -> None:
    """Houses along a waterfront, boats' masts, water, and a quay of stone in front."""
    depth = scene.h - scene.horizon
    terrain.ridge(scene, scene.horizon - 20, 70, scene.palette.rock_far, 0.75, bumps=2.2)
    house_row(scene, scene.horizon + 8, min(150.0, scene.horizon * 0.3), 0.42)
    water.paint_water(scene, scene.horizon + 8, scene.h, calm=0.7)
    _masts(scene, scene.horizon + depth * 0.1)
    quay = scene.horizon + depth * 0.46
    _quay(scene, quay)
    scene.ground, scene.bank = (quay + depth * 0.1, scene.h - depth * 0.08), quay
    scene.water = (scene.horizon + depth * 0.14, scene.horizon + depth * 0.36)


def _masts(scene: Scene, y: float) -> None:
    pen, ink, rng = scene.pen(), scene.at(0.3), scene.rng
    for _ in range(max(int(scene.w / 190), 3)):
        x, tall = float(rng.uniform(0, scene.w)), float(rng.uniform(70, 130))
        hull = scene.palette.accents[int(rng.integers(4))]
        pen.path(
            (
                f"M{x - 44} {y - 14:.0f}Q{x} {y - 6:.0f} {x + 48} {y - 16:.0f}Q{x + 42} {y + 2:.0f} "
                f"{x + 30} {y + 3:.0f}H{x - 34}Q{x - 43} {y} {x - 44} {y - 14:.0f}Z"
            ),
            ink(hull),
        )
        pen.rect(x - 20, y - 26, 26, 16, ink("#efe7d8"), r=3)
        pen.line([(x + 8, y - 12), (x + 8, y - tall)], ink("#5f4a3c"), 3)
        pen.line([(x + 8, y - tall), (x - 36, y - 12)], ink("#5f4a3c"), 1)
        pen.line([(x + 8, y - tall), (x + 44, y - 14)], ink("#5f4a3c"), 1)


def _quay(scene: Scene, top: float) -> None:
    pen, ink = scene.pen(), scene.ink
    stone = mix("#a39a8c", scene.palette.rock, 0.3)
    fill = pen.vertical((0, ink.lit(stone, 0.3), 1), (1, ink.shade(stone, 0.3), 1))
    pen.rect(-5, top, scene.w + 10, scene.h - top + 5, fill)
    pen.rect(-5, top, scene.w + 10, 9, ink.lit(stone, 0.55))
    pen.rect(-5, top + 9, scene.w + 10, 7, ink.shade(stone, 0.45))
    y, gap, odd = top + 34.0, 30.0, 0
    while y < scene.h:
        pen.line([(-5, y), (scene.w + 5, y)], ink.shade(stone, 0.35), 2, opacity=0.5)
        step = gap * 4.2
        for k in range(int(scene.w / step) + 2):
            x = (k + 0.5 * (odd % 2)) * step
            pen.line(
                [(x, y), (x + (x - scene.w / 2) * gap * 1.3 / 600, y + gap * 1.3)],
                ink.shade(stone, 0.35),
                2,
                opacity=0.4,
            )
        y += gap * 1.3
        gap *= 1.3
        odd += 1
    for share in (0.13, 0.87):
        x = scene.w * share
        pen.path(
            f"M{x - 13} {top + 12}V{top - 20}H{x - 18}V{top - 32}H{x + 18}V{top - 20}H{x + 13}V{top + 12}Z",
            ink.shade("#3c434d", 0.1),
        )
        pen.rect(x - 16, top - 30, 12, 8, ink.lit("#59626d"), r=2)


def lake(scene: Scene) -> None:
    """Still water between wooded hills, reeds on the near bank."""
    depth = scene.h - scene.horizon
    terrain.peaks(scene, scene.horizon + 5, min(scene.horizon * 0.42, 300), 0.8, count=5)
    terrain.ridge(scene, scene.horizon - 18, 50, mix(scene.palette.leaf_dark, scene.palette.rock_far, 0.5), 0.5)
    terrain.tree_line(scene, scene.horizon + 14, 74, 0.32)
    water.paint_water(scene, scene.horizon + 12, scene.h, calm=0.95)
    bank = scene.horizon + depth * 0.74
    pen = scene.pen()
    crest = [
        (scene.w * t / 8, bank + 30 * float(v) + (t / 8 - 0.4) * 60)
        for t, v in enumerate(curve(scene.rng, 9, bumps=2, octaves=1))
    ]
    fill = pen.vertical(
        (0, scene.ink.lit(scene.palette.grass, 0.1), 1), (1, scene.ink.shade(scene.palette.grass, 0.4), 1)
    )
    pen.path(
        f"M-5 {crest[0][1]:.0f}"
        + smooth_path(crest).replace("M", "L", 1)
        + f"L{scene.w + 5} {crest[-1][1]:.0f}L{scene.w + 5} {scene.h + 5}L-5 {scene.h + 5}Z",
        fill,
    )
    terrain.tufts(
        scene,
        bank + 12,
        scene.h + 14,
        scene.palette.grass,
        count=46,
        flowers="" if scene.palette.snow else scene.palette.blossom,
    )
    scene.ground = (bank + depth * 0.1, scene.h - depth * 0.06)
    scene.water = (scene.horizon + depth * 0.2, scene.horizon + depth * 0.56)


def river(scene: Scene) -> None:
    """A river that winds towards the viewer between meadows, and a near bank."""
    depth, palette = scene.h - scene.horizon, scene.palette
    terrain.ridge(scene, scene.horizon - 22, 44, palette.rock_far, 0.75, bumps=2.4)
    terrain.ridge(scene, scene.horizon - 4, 26, mix(palette.leaf, palette.rock_far, 0.4), 0.55, bumps=2)
    terrain.tree_line(scene, scene.horizon + 10, 60, 0.45, kind="leafy", density=0.5)
    water.paint_water(scene, scene.horizon + 8, scene.h, calm=0.9)
    side = 1 if scene.rng.random() < 0.5 else -1
    for far, top, low, tip in ((0.5, 0.01, 0.15, 0.72), (0.3, 0.1, 0.34, 0.62), (0.15, 0.22, 0.46, 0.2)):
        _spit(scene, far, (scene.horizon + depth * top, scene.horizon + depth * low), tip, side)
        side = -side
    bank = scene.horizon + depth * 0.76
    terrain.ridge(scene, bank, 18, palette.grass, 0.05, bumps=1.4, octaves=2)
    flowers = "" if palette.snow else palette.blossom
    terrain.tufts(scene, bank + 10, scene.h + 14, palette.grass, count=46, flowers=flowers)
    scene.ground = (bank + depth * 0.08, scene.h - depth * 0.06)
    scene.water, scene.bank = (scene.horizon + depth * 0.46, scene.horizon + depth * 0.64), bank


def _spit(scene: Scene, far: float, edge: tuple[float, float], reach: float, side: int) -> None:
    """Meadow that comes in from one side and ends in a point, around which the river winds; trees stand on it."""
    top, low = edge
    pen, ink, palette = scene.pen(), scene.at(far), scene.palette
    start = -5.0 if side > 0 else scene.w + 5
    tip, span = start + side * scene.w * reach, side * scene.w * reach
    middle = top + (low - top) * 0.62
    shore = (
        f"M{start} {top}C{start + span * 0.4:.0f} {top:.0f} {tip - span * 0.2:.0f} {middle - 6:.0f} "
        f"{tip:.0f} {middle:.0f}"
        f"C{tip - span * 0.1:.0f} {low:.0f} {start + span * 0.5:.0f} {low:.0f} {start} {low:.0f}Z"
    )
    pen.path(shore, ink.shade(mix(palette.sand, palette.grass, 0.5), 0.25))
    fill = pen.vertical((0, scene.at(far + 0.2)(palette.grass), 1), (1, ink.lit(palette.grass, 0.1), 1))
    pen.path(shore.replace(f"{low:.0f}", f"{low - 4:.0f}"), fill)
    for _ in range(3):
        x = start + span * float(scene.rng.uniform(0.05, 0.5))
        height = (low - top) * float(scene.rng.uniform(0.7, 1.1))
        foot = top + (low - top) * float(scene.rng.uniform(0.25, 0.5))
        if palette.snow:
            terrain.conifer(pen, ink, x, foot, height, palette.leaf_dark, snow=True)
        else:
            terrain.leafy(pen, ink, x, foot, height, mix(palette.leaf, palette.leaf_dark, 0.4))
