"""The isometric look: a slab of tiles on a plain ground, with blocks, trees or walls that say which place it is."""

from __future__ import annotations

from services.local.illustrator.colour import mix
from services.local.illustrator.pen import Pen, Point
from services.local.illustrator.scene import Scene

_TILES = 7
# Height of walls and houses over the slab, in halves of a tile's width.
_ABOVE = 2.4
_TOWN = {"city", "street", "village", "square", "market", "construction", "road", "stadium", "walls"}
_WET = {"sea", "coast", "cliff", "harbour", "lake", "river", "underwater"}
_WHITE = {"snow", "polar"}
_GREEN = {
    "field",
    "garden",
    "forest",
    "mountains",
    "vineyard",
    "savanna",
    "temple",
    "energy",
    "wind farm",
    "solar farm",
    "railway",
}
_BARE = {"desert": "#e3bd80", "space": "#4a4f66", "lunar": "#a9adb5", "sky": "#dbeaf4"}


def paint(scene: Scene, place: str) -> None:
    """The slab of the place; its middle stays free for the subject."""
    pen, ink = scene.pen(), scene.ink
    tone = scene.palette.named[0] if scene.palette.named else scene.palette.accents[2]
    back = mix(mix(tone, scene.palette.pale, 0.72), scene.light.middle, 0.2)
    pen.rect(-5, -5, scene.w + 10, scene.h + 10, ink.lit(back, 0.2))
    half = min(scene.w * 0.9 / (2 * _TILES), scene.h * 0.92 / (_TILES + _ABOVE + 0.6))
    middle = (scene.w / 2, (scene.h - half * (_TILES + 0.6 + _ABOVE)) / 2 + half * _ABOVE)
    floor = _floor(scene, place)
    _slab(pen, scene, middle, half, floor)
    if place in _TOWN | _GREEN | _WET | _WHITE | set(_BARE):
        _furnish(pen, scene, middle, half, place)
    else:
        _walls(pen, scene, middle, half)
        _fittings(pen, scene, middle, half)
    low = middle[1] + half * _TILES / 2
    scene.ground = (low + half * 0.4, low + half * 1.4)
    scene.water = None
    scene.bare = True
    scene.indoor = True


def _floor(scene: Scene, place: str) -> str:
    if place in _WET:
        return scene.palette.water
    if place in _WHITE or (place in _GREEN and scene.palette.snow):
        return "#eef4f8"
    if place in _GREEN:
        return scene.palette.grass
    return "#c3c0b8" if place in _TOWN else _BARE.get(place, "#d9b88f")


def _at(middle: Point, half: float, i: float, j: float) -> Point:
    return (middle[0] + (i - j) * half, middle[1] + (i + j) * half / 2)


def _slab(pen: Pen, scene: Scene, middle: Point, half: float, floor: str) -> None:
    ink, n, deep = scene.ink, _TILES, half * 0.5
    left, low, right = (_at(middle, half, i, j) for i, j in ((0, n), (n, n), (n, 0)))
    pen.ellipse(middle[0], low[1] - half * n * 0.28, half * n * 0.9, half * n * 0.4, "#20242c", opacity=0.16)
    for a, b, amount in ((left, low, 0.25), (low, right, 0.45)):
        pen.poly([a, b, (b[0], b[1] + deep), (a[0], a[1] + deep)], ink.shade(mix(floor, "#7c5a42", 0.4), amount))
    for i in range(n):
        for j in range(n):
            box = [_at(middle, half, i + a, j + b) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
            pen.poly(box, ink.lit(floor, 0.1 + 0.1 * ((i + j) % 2)))


def _fittings(pen: Pen, scene: Scene, middle: Point, half: float) -> None:
    """Low cupboards along one wall and plants in the corners."""
    wood = mix(scene.palette.accents[0], "#caa27a", 0.6)
    _tree(pen, scene, _at(middle, half, 0, 0), half, scene.palette.leaf)
    for i in range(2, _TILES - 1):
        _block(pen, scene, _at(middle, half, i, 0), half, half * (0.5 + 0.25 * (i % 2)), wood, panes=False)
    for j in (3, 4):
        _block(pen, scene, _at(middle, half, 0, j), half, half * 0.5, scene.palette.accents[2], panes=False)


def _block(pen: Pen, scene: Scene, spot: Point, half: float, tall: float, colour: str, panes: bool = True) -> None:
    """A cuboid on the tile whose top corner is at `spot`, with rows of windows."""
    ink, (x, y), w = scene.ink, spot, half * 0.82
    y += half * 0.09
    left, low, right = (x - w, y + w / 2), (x, y + w), (x + w, y + w / 2)
    pen.poly([(left[0], left[1] - tall), (low[0], low[1] - tall), low, left], ink(colour))
    pen.poly([(low[0], low[1] - tall), (right[0], right[1] - tall), right, low], ink.shade(colour, 0.32))
    pen.poly([(x, y - tall), (right[0], right[1] - tall), (low[0], low[1] - tall), (left[0], left[1] - tall)],
             ink.lit(colour, 0.4))  # fmt: skip
    pane = ink.glow("#ffd98a") if scene.light.lamps else ink.lit("#cfe6ef", 0.1)
    for row in range(int(tall / (half * 0.42)) if panes else 0):
        up = tall - half * (0.3 + 0.42 * row)
        for k in (0.2, 0.6):
            a, b = k * w, (k + 0.22) * w
            for way in (-1, 1):
                pen.poly([(x + way * a, low[1] - a / 2 - up), (x + way * b, low[1] - b / 2 - up),
                          (x + way * b, low[1] - b / 2 - up + half * 0.2), (x + way * a, low[1] - a / 2 - up + half * 0.2)],  # noqa: E501
                         pane, opacity=0.9)  # fmt: skip


def _tree(pen: Pen, scene: Scene, spot: Point, half: float, leaf: str) -> None:
    x, y = spot[0], spot[1] + half * 0.5
    pen.ellipse(x + half * 0.15, y + half * 0.05, half * 0.4, half * 0.18, "#20242c", opacity=0.2)
    pen.rect(x - half * 0.07, y - half * 0.4, half * 0.14, half * 0.42, scene.ink("#7c5236"))
    for up, r in ((0.6, 0.42), (0.95, 0.32)):
        pen.ellipse(x, y - half * up, half * r, half * r, scene.ink.shade(leaf, 0.12))
        pen.ellipse(
            x - half * 0.1, y - half * up - half * 0.08, half * r * 0.7, half * r * 0.66, scene.ink.lit(leaf, 0.2)
        )


def _furnish(pen: Pen, scene: Scene, middle: Point, half: float, place: str) -> None:
    rng, accents = scene.rng, scene.palette.accents
    leaf = "#e6edf2" if scene.palette.snow else scene.palette.leaf
    for i in range(_TILES):
        for j in range(_TILES):
            edge = min(i, j) == 0 or (min(i, j) == 1 and max(i, j) < 4)
            spot, dice = _at(middle, half, i, j), float(rng.random())
            if place in _WET:
                x, y = spot
                pen.stroke(f"M{x - half * 0.3} {y + half * 0.5}q{half * 0.15} {-half * 0.1} {half * 0.3} 0t{half * 0.3} 0",  # noqa: E501
                           "#ffffff", 2.5, opacity=0.5)  # fmt: skip
                if i == 0 and dice < 0.7:
                    _block(pen, scene, spot, half, half * 0.4, "#d9c49a")
            elif place in _TOWN and edge and dice < 0.8:
                _block(
                    pen,
                    scene,
                    spot,
                    half,
                    half * (0.8 + 1.8 * dice * (place == "city") + dice),
                    accents[int(dice * 40) % 4],
                )
            elif edge and dice < (0.9 if place == "forest" else 0.5) and place not in _BARE:
                _tree(pen, scene, spot, half, leaf)


def _walls(pen: Pen, scene: Scene, middle: Point, half: float) -> None:
    """Two back walls with a window and a picture."""
    ink, n, tall = scene.ink, _TILES, half * _ABOVE
    wall = mix(scene.palette.accents[1], "#f4ead8", 0.7)
    top, left, right = _at(middle, half, 0, 0), _at(middle, half, 0, n), _at(middle, half, n, 0)
    for far, amount in ((left, 0.0), (right, 0.16)):
        pen.poly([(top[0], top[1] - tall), (far[0], far[1] - tall), far, top], ink.shade(wall, amount))
        for s, e in ((0.2, 0.42), (0.56, 0.8)):
            a, b = ((top[0] + (far[0] - top[0]) * t, top[1] + (far[1] - top[1]) * t) for t in (s, e))
            pen.poly([(a[0], a[1] - tall * 0.8), (b[0], b[1] - tall * 0.8), (b[0], b[1] - tall * 0.36), (a[0], a[1] - tall * 0.36)],  # noqa: E501
                     ink.lit("#fbf8f0", 0.1))  # fmt: skip
            pen.poly([(a[0] * 0.94 + b[0] * 0.06, a[1] - tall * 0.76), (b[0] * 0.94 + a[0] * 0.06, b[1] - tall * 0.76),
                      (b[0] * 0.94 + a[0] * 0.06, b[1] - tall * 0.4), (a[0] * 0.94 + b[0] * 0.06, a[1] - tall * 0.4)],
                     ink("#9fc9de" if far is left else scene.palette.accents[2]))  # fmt: skip
