"""A still life's stage: a plain wall and a surface of the material that the prompt names."""

from __future__ import annotations

from services.local.illustrator.colour import mix
from services.local.illustrator.scene import Scene

SURFACES = {
    "wood": "#a8714a",
    "linen": "#e6dccb",
    "stone": "#9aa0a4",
    "slate": "#454d58",
    "plaster": "#d9d0c2",
    "paper": "#efe9dc",
    "marble": "#e8e6e2",
}


def table_top(scene: Scene) -> None:
    """A wall lit from one side above a table; `scene.surface` names its material."""
    pen, ink, surface = scene.pen(), scene.ink, SURFACES.get(scene.surface, SURFACES["wood"])
    tint = scene.palette.named[0] if scene.palette.named else scene.palette.accents[2]
    wall = mix("#d8cfc4" if scene.surface != "linen" else "#a9b0a8", tint, 0.22)
    lit, dark = ink.lit(wall, 0.25), ink.shade(wall, 0.35)
    across = ((0, lit, 1), (1, dark, 1)) if scene.sun_x < scene.w / 2 else ((0, dark, 1), (1, lit, 1))
    pen.rect(-5, -5, scene.w + 10, scene.h + 10, pen.horizontal(*across))
    top = scene.h * 0.62
    pen.rect(-5, top - 40, scene.w + 10, 44, pen.vertical((0, "#20242c", 0), (1, "#20242c", 0.28)))
    pen.rect(-5, top, scene.w + 10, scene.h - top + 5,
             pen.vertical((0, ink.lit(surface, 0.25), 1), (1, ink.shade(surface, 0.25), 1)))  # fmt: skip
    _grain(scene, top, surface)
    scene.ground = None
    scene.table = top + (scene.h - top) * 0.2
    scene.indoor = True
    scene.bare = True


def _grain(scene: Scene, top: float, surface: str) -> None:
    pen, ink, rng, kind = scene.pen(), scene.ink, scene.rng, scene.surface
    tone = ink.shade(surface, 0.35)
    for _ in range(int(scene.w / 16)):
        x, y = float(rng.uniform(-40, scene.w)), float(rng.uniform(top + 8, scene.h))
        if kind in ("", "wood"):
            pen.line([(x, y), (x + float(rng.uniform(90, 320)), y)], tone, 1.6, opacity=0.35)
        elif kind in ("stone", "plaster", "slate"):
            pen.ellipse(x, y, float(rng.uniform(2, 12)), float(rng.uniform(1, 4)), tone, opacity=0.25)
        elif kind == "marble":
            pen.line([(x, y), (x + 60, y + 14), (x + 130, y + 8)], tone, 1.4, opacity=0.22, smooth=True)
    if kind in ("", "wood"):
        for k in range(1, 5):
            y = top + (scene.h - top) * (k / 5) ** 1.3
            pen.line([(-5, y), (scene.w + 5, y)], tone, 3, opacity=0.5)
    if kind == "linen":
        for k in range(5):
            x = scene.w * (0.08 + 0.22 * k)
            pen.stroke(
                f"M{x} {scene.h + 5}Q{x + 60} {top + (scene.h - top) * 0.5} {x + 30} {top + 6}", tone, 9, opacity=0.18
            )
