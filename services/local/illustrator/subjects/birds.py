"""Birds on the ground or the water: one parametrised body with its own neck, beak, legs, tail and plumage."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from services.local.illustrator.subjects.brush import Brush, Subject
from services.local.illustrator.subjects.sketch import Entry


@dataclass(frozen=True, slots=True)
class Build:
    """How a bird is built; `y` is the height of the body's middle, the head's middle stands at (hx, hy)."""

    words: str
    plume: str
    wing: str
    breast: str = ""
    home: str = "garden"
    tall: float = 0.3
    share: float = 0.32
    y: float = 42
    rx: float = 36
    ry: float = 24
    hx: float = 30
    hy: float = 78
    head: float = 14
    neck: float = 15
    beak: str = "short"
    bill: str = "#e8a23a"
    tail: str = "plain"
    crest: str = ""
    legs: str = "#c98a3a"
    habitat: str = "ground"
    face: str = ""


def _beak(brush: Brush, b: Build) -> None:
    pen, x, y, r = brush.pen, b.hx + b.head * 0.8, -b.hy, b.head
    bill = brush.c(b.bill)
    paths = {
        "short": f"M{x} {y - 4}L{x + 13} {y + 1}L{x} {y + 5}Z",
        "long": f"M{x - 2} {y - 4}L{x + 34} {y + 3}L{x - 2} {y + 4}Z",
        "hook": f"M{x - 2} {y - 6}Q{x + 16} {y - 6} {x + 13} {y + 9}Q{x + 8} {y + 2} {x - 3} {y + 5}Z",
        "flat": f"M{x - 2} {y - 4}Q{x + 8} {y + 2} {x + 20} {y + 1}Q{x + 24} {y + 7} {x + 12} {y + 8}L{x - 3} {y + 6}Z",
        "big": f"M{x - 3} {y - r * 0.6}Q{x + 34} {y - 16} {x + 38} {y + 8}Q{x + 20} {y + 4} {x - 3} {y + r * 0.6}Z",
        "pouch": f"M{x - 3} {y - 4}L{x + 42} {y + 6}Q{x + 20} {y + 24} {x - 4} {y + 8}Z",
        "bent": f"M{x - 3} {y - 5}Q{x + 14} {y - 4} {x + 12} {y + 16}Q{x + 4} {y + 8} {x - 4} {y + 5}Z",
    }
    pen.path(paths[b.beak], bill)
    if b.beak in ("bent", "big"):
        pen.circle(x + (12 if b.beak == "bent" else 36), y + (12 if b.beak == "bent" else 5), 3.6, brush.c("#2b2f38"))


def _tail(brush: Brush, b: Build) -> None:
    pen, x, y = brush.pen, -b.rx, -b.y
    if b.tail == "fan":
        for k in range(11):
            with pen.at(x * 0.3, y, 1, turn=-78 + k * 15):
                pen.ellipse(0, -b.ry * 1.5, 6, b.ry * 0.95, brush.c(("#1f7a6a", "#2f8f9a")[k % 2]))
                pen.circle(0, -b.ry * 2.2, 4.4, brush.c("#e8b84a"))
                pen.circle(0, -b.ry * 2.2, 2.4, brush.c("#23407a"))
    elif b.tail == "plume":
        for k, colour in enumerate(("#1f5f5a", "#2b2f38", "#a8492c")):
            pen.path(
                f"M{x + 8} {y}Q{x - 22} {y - 36 + k * 9} {x - 30 + k * 4} {y - 6 + k * 10}Q{x - 16} {y - 18 + k * 10} {x + 10} {y + 10}Z",
                brush.c(colour),
            )
    elif b.tail == "short":
        pen.path(f"M{x + 6} {y - 8}L{x - 14} {y - 14}L{x + 6} {y + 10}Z", brush.shade(b.wing, 0.2))
    else:
        pen.path(f"M{x + 12} {y - 8}L{x - 26} {y + 14}L{x - 20} {y + 22}L{x + 14} {y + 12}Z", brush.shade(b.wing, 0.25))


def draw(brush: Brush, b: Build) -> None:
    """One bird of the build `b`."""
    pen, plume = brush.pen, brush.own(b.plume)
    _tail(brush, b)
    if b.habitat == "ground":
        foot = brush.c(b.legs)
        pen.stroke(f"M-4 {-b.y + b.ry * 0.8}V0M10 {-b.y + b.ry * 0.8}V0M-4 0H6M10 0H20", foot, 3)
    pen.stroke(
        f"M{b.rx * 0.55} {-b.y}Q{b.rx * 1.05} {(-b.y - b.hy) / 2} {b.hx} {-b.hy}" if b.beak != "long" and b.neck > 9
        else f"M{b.rx * 0.6} {-b.y}C{b.rx * 1.5} {-b.y - 12} {b.rx * 0.1} {-b.hy + 10} {b.hx} {-b.hy}",
        brush.c(plume), b.neck,
    )  # fmt: skip
    pen.ellipse(0, -b.y, b.rx, b.ry, brush.fall(plume))
    if b.breast:
        pen.ellipse(b.rx * 0.4, -b.y + b.ry * 0.2, b.rx * 0.52, b.ry * 0.7, brush.c(b.breast))
    pen.path(
        f"M{-b.rx * 1.15} {-b.y + b.ry * 0.2}Q{-b.rx * 0.5} {-b.y - b.ry} {b.rx * 0.35} {-b.y - b.ry * 0.3}"
        f"Q{b.rx * 0.3} {-b.y + b.ry * 0.6} {-b.rx * 1.15} {-b.y + b.ry * 0.2}Z",
        brush.shade(b.wing, 0.12),
    )
    pen.circle(b.hx, -b.hy, b.head, brush.c(plume))
    if b.face:
        pen.ellipse(b.hx + b.head * 0.2, -b.hy + b.head * 0.15, b.head * 0.66, b.head * 0.6, brush.c(b.face))
    if b.crest == "comb":
        for dx in (-6, 0, 6):
            pen.circle(b.hx + dx, -b.hy - b.head, 5, brush.c("#d1332c"))
        pen.ellipse(b.hx + b.head * 0.8, -b.hy + b.head * 0.9, 4, 7, brush.c("#d1332c"))
    elif b.crest:
        for dx in (-8, -3, 2):
            pen.stroke(f"M{b.hx} {-b.hy - b.head * 0.7}q{dx} -6 {dx * 1.3} -13", brush.c(b.crest), 2.4)
    _beak(brush, b)
    pen.circle(b.hx + b.head * 0.4, -b.hy - b.head * 0.15, max(b.head * 0.19, 2), brush.c("#1e2128"))


BUILDS = {
    "duck": Build("duck, ducks, duckling, mallard, ducklings", "#8a7058", "#6d5a48", "#c9a37a", "lake", tall=0.4, y=22, rx=46, ry=24, hx=40, hy=62, head=17, neck=18, beak="flat", tail="short", habitat="water"),
    "swan": Build("swan, swans, cygnet", "#fbfaf5", "#e6e4de", "", "lake", tall=0.9, share=0.36, y=22, rx=52, ry=24, hx=48, hy=88, head=11, neck=12, beak="flat", bill="#e8762c", tail="short", habitat="water"),
    "goose": Build("goose, geese, gosling, canada goose", "#c9c2b4", "#9a9184", "#ece6da", "field", tall=0.8, y=40, rx=42, ry=24, hx=40, hy=88, head=11, neck=11, beak="flat", tail="short", legs="#e8762c"),
    "hen": Build("hen, chicken, chickens, hens, poultry, free-range chickens", "#b5652f", "#8f4a22", "#d98a4a", "field", tall=0.4, y=42, rx=40, ry=28, hx=34, hy=80, head=14, neck=19, tail="plain", crest="comb"),
    "rooster": Build("rooster, cockerel, cock", "#c4562a", "#2f5a55", "#e0a040", "field", tall=0.6, y=42, rx=38, ry=26, hx=34, hy=82, head=14, neck=20, tail="plume", crest="comb"),
    "turkey": Build("turkey bird, turkey hen, wild turkey", "#6d4a34", "#54382a", "#8a5c3c", "field", tall=0.8, y=42, rx=42, ry=30, hx=38, hy=82, head=11, neck=13, tail="plume", crest=""),
    "peacock": Build("peacock, peafowl", "#1f5fa0", "#2f8f7a", "", "garden", tall=1.2, share=0.44, y=34, rx=30, ry=20, hx=30, hy=72, head=10, neck=13, tail="fan", crest="#2f8f9a"),
    "owl": Build("owl, owls, barn owl, tawny owl", "#8f6b4a", "#6d4e34", "#d9bd94", "forest", tall=0.4, share=0.36, y=42, rx=30, ry=36, hx=6, hy=80, head=24, neck=30, beak="hook", bill="#d9a43a", face="#e6d2b0", tail="short"),
    "eagle": Build("eagle, hawk, falcon, buzzard, bird of prey, golden eagle, bald eagle", "#5a4030", "#4a3426", "", "mountains", tall=0.9, share=0.4, y=46, rx=32, ry=30, hx=22, hy=88, head=14, neck=22, beak="hook", bill="#f0b83a", face="#f4efe4", legs="#f0b83a"),
    "stork": Build("stork, storks, white stork", "#f4f2ec", "#2b2d33", "", "field", tall=1.1, share=0.46, y=52, rx=28, ry=15, hx=26, hy=94, head=7, neck=7, beak="long", bill="#d8432f", tail="short", legs="#d8432f"),
    "heron": Build("heron, herons", "#b8c2cc", "#6d7a88", "#e8ecef", "lake", tall=1.1, share=0.46, y=52, rx=28, ry=15, hx=26, hy=94, head=7, neck=7, beak="long", tail="short", crest="#3a424e", legs="#6a5f50"),
    "flamingo": Build("flamingo, flamingos", "#f2a0a8", "#e87f8c", "", "lake", tall=1.3, share=0.48, y=52, rx=24, ry=15, hx=26, hy=94, head=7, neck=7, beak="bent", bill="#f4e6e0", tail="short", legs="#e87f8c"),
    "ostrich": Build("ostrich, ostriches", "#3a3634", "#25221f", "", "savanna", tall=2.2, share=0.5, y=54, rx=30, ry=20, hx=30, hy=98, head=7, neck=8, beak="short", tail="plain", legs="#c9a088"),
    "parrot": Build("parrot, macaw, parrots", "#d8382f", "#2f6fc4", "#f0b83a", "forest", tall=0.6, share=0.38, y=42, rx=26, ry=32, hx=14, hy=84, head=17, neck=28, beak="hook", bill="#2b2f38", face="#f7f4ec", tail="plain"),
    "toucan": Build("toucan", "#23262e", "#171a20", "#f6efe0", "forest", tall=0.5, share=0.38, y=42, rx=26, ry=30, hx=14, hy=84, head=15, neck=26, beak="big", bill="#f0962e", face="#f6efe0"),
    "crow": Build("crow, raven, ravens, crows, jackdaw, rook", "#23262e", "#15171c", "", "field", tall=0.4, y=40, rx=38, ry=22, hx=32, hy=74, head=15, neck=20, beak="long", bill="#15171c", legs="#2b2f38"),
    "robin": Build("robin, redbreast, robins", "#8a6f55", "#6d5642", "#e0602a", "garden", tall=0.15, y=38, rx=34, ry=26, hx=24, hy=68, head=20, neck=30, beak="short", bill="#4a4038"),
    "pigeon": Build("pigeon, pigeons, woodpigeon", "#8a95a4", "#6d7888", "#7a8a9a", "square", tall=0.3, y=38, rx=40, ry=23, hx=32, hy=74, head=13, neck=18, bill="#4a4038", legs="#d8706a"),
    "kingfisher": Build("kingfisher, kingfishers", "#2f86c4", "#1f5f9a", "#ee8b34", "lake", tall=0.2, y=38, rx=32, ry=22, hx=26, hy=70, head=17, neck=24, beak="long", bill="#2b2f38", tail="short"),
    "woodpecker": Build("woodpecker", "#2b2f38", "#f4efe6", "#f4efe6", "forest", tall=0.3, y=42, rx=26, ry=30, hx=14, hy=82, head=15, neck=24, beak="long", bill="#4a4038", crest="#d1332c"),
    "pelican": Build("pelican, pelicans", "#f4efe4", "#d9d4c8", "", "coast", tall=1.2, share=0.4, y=40, rx=38, ry=26, hx=24, hy=88, head=11, neck=13, beak="pouch", tail="short", legs="#e89a3a"),
}  # fmt: skip

ENTRIES = {
    name: Entry(
        Subject(partial(draw, b=build), build.habitat, build.tall, 2 * max(build.rx + 26, build.hx + build.head + 34),
                home=build.home, share=build.share),
        build.words,
        (),
    )
    for name, build in BUILDS.items()
}  # fmt: skip
