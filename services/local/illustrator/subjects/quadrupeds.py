"""Four-footed animals: one parametrised body, built for each kind with its own proportions, head, horns and coat."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from services.local.illustrator.subjects.brush import Brush, Subject
from services.local.illustrator.subjects.sketch import Entry


@dataclass(frozen=True, slots=True)
class Build:
    """How an animal is built, in units of a drawing about 100 tall that faces right; the head is set at (hx, hy)."""

    words: str
    coat: str
    home: str = "field"
    tall: float = 1.0
    share: float = 0.38
    half: float = 44
    back: float = 66
    leg: float = 34
    limb: float = 12
    hx: float = 58
    hy: float = 80
    head: float = 13
    snout: float = 14
    neck: float = 20
    ears: str = "point"
    horns: str = ""
    tail: str = "thin"
    pattern: str = ""
    mark: str = "#2b2f38"
    belly: str = ""
    hoof: bool = False
    mane: str = ""
    hump: float = 0


def _legs(brush: Brush, b: Build, colour: str, shift: float) -> None:
    for x in (-b.half + b.limb * 0.7 + shift, b.half - b.limb * 0.9 + shift):
        w = b.limb / 2
        brush.pen.path(
            f"M{x - w * 1.3} {-b.leg - 12}L{x - w * 0.7} 0H{x + w * 0.9}L{x + w * 1.3} {-b.leg - 12}Z", colour
        )
        if b.hoof:
            brush.pen.rect(x - w * 0.75, -5, w * 1.7, 5, brush.shade("#2b2620"))
        else:
            brush.pen.ellipse(x + w * 0.5, -2.5, w * 1.2, 3.4, colour)


def _tail(brush: Brush, b: Build, coat: str) -> None:
    pen, x, y = brush.pen, -b.half, -b.back + 8
    if b.tail == "bushy":
        pen.path(f"M{x + 4} {y}Q{x - 26} {y - 8} {x - 38} {y + 26}Q{x - 20} {y + 36} {x + 2} {y + 16}Z", brush.c(coat))
        pen.path(
            f"M{x - 30} {y + 12}Q{x - 38} {y + 20} {x - 38} {y + 26}Q{x - 28} {y + 31} {x - 20} {y + 28}Z",
            brush.lit(b.belly or coat, 0.2),
        )
    elif b.tail == "up":
        pen.path(
            f"M{x + 6} {y + 8}Q{x - 40} {y + 10} {x - 26} {y - 34}Q{x - 2} {y - 40} {x - 6} {y - 14}Z", brush.c(coat)
        )
    elif b.tail == "short":
        pen.ellipse(x - 2, y + 4, 7, 6, brush.lit(b.belly or coat, 0.3))
    elif b.tail == "curl":
        pen.stroke(f"M{x} {y + 4}q-10 0 -8 -8q4 -6 8 0", brush.c(coat), 3)
    elif b.tail == "flat":
        pen.ellipse(x - 20, y + 34, 24, 7, brush.shade(b.mark, 0.1))
    elif b.tail:
        pen.stroke(f"M{x + 2} {y + 2}Q{x - 16} {y + 10} {x - 12} {y + b.leg}", brush.shade(coat, 0.1), 4)
        if b.tail == "tuft":
            pen.ellipse(x - 12, y + b.leg + 3, 4.5, 7, brush.c(b.mark))


def _pattern(brush: Brush, b: Build) -> None:
    pen = brush.pen
    if b.pattern == "stripes":
        for k in range(8):
            x = -b.half + 6 + k * b.half / 4.2
            pen.stroke(f"M{x} {-b.back - 8}Q{x + 7} {-b.back + 12} {x + 1} {-b.leg + 4}", brush.c(b.mark), 3.4)
    elif b.pattern in ("spots", "patches"):
        big = b.pattern == "patches"
        size = b.half / 44
        for k in range(9 if big else 22):
            x = -b.half + 8 + (k * 37 % 100) / 100 * (2 * b.half - 12)
            y = -b.leg - 4 - (k * 53 % 100) / 100 * (b.back - b.leg - 2)
            pen.ellipse(x, y, (9 if big else 3.2) * size, (7 if big else 2.8) * size, brush.c(b.mark))
    elif b.pattern == "saddle":
        pen.rect(-b.half * 0.3, -b.back - 20, b.half * 0.9, 100, brush.c(b.mark))


def _ears(brush: Brush, b: Build, x: float, y: float, coat: str) -> None:
    pen, r = brush.pen, b.head
    if b.ears == "round":
        for dx in (-0.75, 0.2):
            pen.circle(x + dx * r, y - r * 0.85, r * 0.4, brush.shade(coat, 0.15))
    elif b.ears == "long":
        for dx, lean in ((-0.5, -9), (0.1, 0)):
            pen.ellipse(x + dx * r + lean * 0.4, y - r * 1.9, r * 0.32, r * 1.25, brush.shade(coat, 0.1))
            pen.ellipse(x + dx * r + lean * 0.4, y - r * 1.8, r * 0.15, r * 0.95, brush.c("#e8b0a4"))
    elif b.ears == "flop":
        pen.path(
            f"M{x - r * 0.5} {y - r * 0.8}Q{x - r * 1.7} {y - r * 0.4} {x - r * 1.1} {y + r * 0.6}L{x - r * 0.2} {y}Z",
            brush.shade(coat, 0.3),
        )
    elif b.ears == "big":
        pen.path(
            f"M{x - r * 0.1} {y - r * 0.9}Q{x - r * 1.9} {y - r * 1.3} {x - r * 1.6} {y + r * 0.6}Q{x - r * 0.8} {y + r * 1.5} {x} {y + r * 0.5}Z",
            brush.shade(coat, 0.22),
        )
    else:
        for dx in (-0.7, 0.05):
            pen.path(
                f"M{x + dx * r - r * 0.2} {y - r * 0.5}L{x + dx * r - r * 0.1} {y - r * 1.7}L{x + dx * r + r * 0.55} {y - r * 0.6}Z",
                brush.shade(coat, 0.12),
            )


def _horns(brush: Brush, b: Build, x: float, y: float) -> None:
    pen, r, bone = brush.pen, b.head, brush.c("#d9c7a0")
    if b.horns == "goat":
        for dx in (0.0, 0.35):
            pen.stroke(f"M{x + dx * r} {y - r * 0.8}q-4 -16 -20 -18", bone, 4)
    elif b.horns == "antlers":
        for dx, way in ((-0.2, -1), (0.2, 1)):
            s = x + dx * r
            pen.stroke(
                f"M{s} {y - r * 0.8}q{way * 4} -12 {way * 14} -22M{s + way * 5} {y - r * 0.8 - 11}q{way * 10} 0 {way * 16} -8"
                f"M{s + way * 2} {y - r * 0.8 - 7}q{way * -4} -6 {way * -2} -15",
                brush.c("#a98a5e"), 3.2,
            )  # fmt: skip
    elif b.horns == "moose":
        for way in (-1, 1):
            pen.path(
                f"M{x} {y - r * 0.7}q{way * 10} -4 {way * 14} -18l{way * 3} 8l{way * 5} -12l{way * 3} 10l{way * 6} -8q{way * 2} 20 {way * -26} 24Z",
                brush.c("#a98a5e"),
            )
    elif b.horns == "bull":
        for way in (-1, 1):
            pen.stroke(f"M{x + way * 2} {y - r * 0.7}q{way * 12} 0 {way * 14} -14", bone, 4.4)
    elif b.horns == "long":
        for dx in (-0.1, 0.25):
            pen.stroke(f"M{x + dx * r} {y - r * 0.8}q-2 -14 -8 -26", brush.c("#4a4038"), 3)
    elif b.horns == "rhino":
        pen.path(f"M{x + r * 1.5} {y - r * 0.2}q10 -8 10 -24q-12 6 -19 18Z", bone)
        pen.path(f"M{x + r * 0.8} {y - r * 0.5}q4 -6 3 -13q-8 4 -10 10Z", bone)
    elif b.horns == "knobs":
        for dx in (-0.3, 0.2):
            pen.line([(x + dx * r, y - r * 0.7), (x + dx * r - 2, y - r * 1.5)], brush.c("#6a4a30"), 3)
    elif b.horns == "tusks":
        pen.stroke(f"M{x + r * 0.9} {y + r * 0.6}q10 8 20 2", brush.c("#f5f0e0"), 4)


def _head(brush: Brush, b: Build, coat: str) -> None:
    pen, x, y, r = brush.pen, b.hx, -b.hy, b.head
    if b.mane == "lion":
        pen.ellipse(x - r * 0.2, y + r * 0.1, r * 1.9, r * 1.95, brush.shade("#8a4f24", 0.05))
        pen.ellipse(x - r * 0.1, y + r * 0.1, r * 1.5, r * 1.55, brush.c("#a8652e"))
    if b.ears == "big":
        pass
    else:
        _ears(brush, b, x, y, coat)
    pen.path(
        f"M{x - r} {y}Q{x - r} {y - r} {x} {y - r}Q{x + r * 0.7} {y - r} {x + r} {y - r * 0.3}"
        f"L{x + r * 0.8 + b.snout} {y + r * 0.25}Q{x + r + b.snout} {y + r * 0.8} {x + r * 0.6 + b.snout} {y + r * 0.9}"
        f"L{x} {y + r}Q{x - r} {y + r} {x - r} {y}Z",
        brush.c(coat),
    )
    if b.belly:
        pen.path(
            f"M{x + r * 0.5} {y + r * 0.4}L{x + r * 0.8 + b.snout} {y + r * 0.5}Q{x + r + b.snout} {y + r * 0.8} "
            f"{x + r * 0.6 + b.snout} {y + r * 0.9}L{x} {y + r}Z",
            brush.lit(b.belly, 0.1),
        )
    if b.ears == "big":
        _ears(brush, b, x, y, coat)
        w = r * 0.42
        pen.path(
            f"M{x + r * 0.6} {y - r * 0.2}Q{x + r * 2.1} {y + r} {x + r * 1.6} {-22}Q{x + r * 1.9} {-8} {x + r * 2.3} {-14}"
            f"Q{x + r * 1.9} {0} {x + r * 1.6 - w} {-14}Q{x + r * 1.2} {y + r * 1.8} {x} {y + r * 0.9}Z",
            brush.shade(coat, 0.08),
        )
    elif b.ears:
        pen.circle(x + r * 0.75 + b.snout, y + r * 0.42, max(r * 0.2, 2), brush.c("#23252c"))
    _horns(brush, b, x, y)
    if b.mane == "panda":
        pen.ellipse(x + r * 0.25, y - r * 0.1, r * 0.35, r * 0.42, brush.c("#23252c"))
        pen.circle(x + r * 0.3, y - r * 0.15, 1.6, brush.c("#ffffff"))
    else:
        pen.circle(x + r * 0.35, y - r * 0.18, max(r * 0.15, 1.7), brush.c("#1d1d22"))


def draw(brush: Brush, b: Build) -> None:
    """One animal of the build `b`, standing."""
    pen, coat = brush.pen, brush.own(b.coat)
    legs = b.mark if b.mane == "panda" else coat
    _legs(brush, b, brush.shade(legs, 0.38), 9)
    _tail(brush, b, coat)
    top, low, h = -b.back, -b.leg, b.half
    body = (
        f"M{-h} {(top + low) / 2}Q{-h - 2} {top} {-h * 0.6} {top}Q{-h * 0.1} {top - 3 - b.hump} {h * 0.35} {top}"
        f"Q{h} {top - 2} {h} {(top + low) / 2 - 4}Q{h} {low + 4} {h * 0.5} {low + 2}L{-h * 0.6} {low - 2}Q{-h} {low} {-h} {(top + low) / 2}Z"
    )
    pen.path(body, brush.fall(coat))
    n = b.neck
    neck = (
        f"M{h * 0.45} {top + 3}L{b.hx - b.head * 0.8} {-b.hy - b.head * 0.2}L{b.hx + b.head * 0.3} {-b.hy + b.head * 0.8}"
        f"L{h - 1} {top + n + 6}L{h * 0.6} {top + n + 4}Z"
    )
    pen.path(neck, brush.c(coat))
    with pen.clip(body + neck):
        _pattern(brush, b)
        if b.belly:
            pen.ellipse(0, low + 2, h * 0.8, 7, brush.lit(b.belly, 0.1), opacity=0.8)
    if b.mane == "horse":
        pen.path(
            f"M{b.hx - b.head * 0.6} {-b.hy - b.head}Q{h * 0.4} {top - 14} {h * 0.3} {top + 8}L{h * 0.62} {top + 2}L{b.hx - b.head * 0.2} {-b.hy}Z",
            brush.c(b.mark),
        )
    if b.mane == "spines":
        for k in range(15):
            x = -h + k * h * 0.13
            pen.poly([(x, top + 10), (x - 6, top - 14), (x + 8, top + 6)], brush.c(b.mark))
    _legs(brush, b, brush.c(legs), 0)
    _head(brush, b, coat)


BUILDS = {
    "goat": Build("goat, goats, billy goat, kid goat", "#e8e0d0", tall=0.9, horns="goat", tail="short", hoof=True, limb=9, belly="#ffffff"),
    "deer": Build("deer, stag, doe, roe deer, fawn, red deer", "#a9703f", "forest", 1.5, 0.5, half=36, back=64, leg=38, limb=8, hx=50, hy=86, head=10, horns="antlers", tail="short", hoof=True, belly="#f0e0c8"),
    "reindeer": Build("reindeer, caribou", "#8f7a68", "snow", 1.3, 0.48, half=38, back=64, leg=36, limb=9, hx=54, hy=80, head=11, horns="antlers", tail="short", hoof=True, belly="#f4efe6"),
    "moose": Build("moose", "#5f4636", "forest", 2.2, 0.46, half=42, back=72, leg=40, limb=10, hx=60, hy=80, head=12, snout=18, horns="moose", tail="short", hoof=True),
    "antelope": Build("antelope, gazelle, impala, springbok, antelopes, gazelles, wild animal, animal silhouette", "#c98f55", "savanna", 1.3, 0.42, half=34, back=64, leg=40, limb=7, hx=46, hy=84, head=9, horns="long", hoof=True, belly="#fbf3e4"),
    "fox": Build("fox, foxes, vixen", "#d9702e", "forest", 0.5, 0.34, half=36, back=54, leg=28, limb=8, hx=48, hy=66, head=13, snout=12, neck=16, tail="bushy", belly="#fbf3e8"),
    "wolf": Build("wolf, wolves", "#7d8590", "forest", 0.9, 0.38, half=40, back=66, leg=36, limb=10, hx=56, hy=80, head=14, snout=14, tail="bushy", belly="#e4e6e8"),
    "bear": Build("bear, brown bear, grizzly, grizzly bear, bears", "#6d4a33", "forest", 1.6, 0.42, half=50, back=78, leg=34, limb=20, hx=62, hy=74, head=18, snout=10, neck=30, ears="round", tail="short", hump=5),
    "polar bear": Build("polar bear, polar bears", "#f3f1e8", "polar", 1.6, 0.42, half=50, back=74, leg=34, limb=20, hx=64, hy=76, head=15, snout=12, neck=28, ears="round", tail="short"),
    "panda": Build("panda, giant panda", "#f5f3ee", "forest", 1.4, 0.42, half=46, back=76, leg=32, limb=21, hx=56, hy=76, head=20, snout=5, neck=30, ears="round", tail="short", mane="panda", pattern="", mark="#26282e"),
    "lion": Build("lion, lions, pride of lions, lioness", "#d9a355", "savanna", 1.1, 0.42, half=46, back=68, leg=36, limb=13, hx=56, hy=74, head=16, snout=8, neck=26, ears="round", tail="tuft", mane="lion", mark="#8a4f24"),
    "tiger": Build("tiger, tigers, tigress", "#e08a35", "forest", 1.0, 0.4, half=50, back=66, leg=34, limb=14, hx=60, hy=70, head=16, snout=7, neck=26, ears="round", pattern="stripes", belly="#fbf3e8"),
    "leopard": Build("leopard", "#dcb065", "savanna", 0.8, 0.38, half=50, back=62, leg=36, limb=10, hx=60, hy=70, head=13, snout=6, neck=20, ears="round", pattern="spots", belly="#fbf3e8"),
    "lynx": Build("lynx, lynxes", "#b9956a", "forest", 0.8, 0.38, half=40, back=62, leg=36, limb=11, hx=50, hy=70, head=14, snout=5, neck=20, ears="point", tail="short", pattern="spots", belly="#fbf3e8"),
    "hyena": Build("hyena, hyenas", "#b89a68", "savanna", 0.9, 0.36, half=42, back=64, leg=34, limb=10, hx=58, hy=76, head=13, snout=12, neck=24, ears="round", pattern="spots", tail="short"),
    "wildebeest": Build("wildebeest, wildebeests, gnu", "#5f5a56", "savanna", 1.4, 0.4, half=44, back=70, leg=36, limb=9, hx=62, hy=66, head=13, snout=16, neck=28, horns="bull", tail="tuft", hoof=True, hump=8),
    "elephant": Build("elephant, elephants", "#8f959c", "savanna", 3.2, 0.5, half=56, back=88, leg=36, limb=23, hx=66, hy=78, head=22, snout=0, neck=34, ears="big", horns="tusks", tail="tuft", mark="#4a4e55"),
    "rhinoceros": Build("rhinoceros, rhino, rhinos", "#8c8d8a", "savanna", 1.8, 0.4, half=56, back=76, leg=32, limb=20, hx=70, hy=58, head=17, snout=18, neck=30, ears="point", horns="rhino"),
    "hippopotamus": Build("hippopotamus, hippo, hippos", "#8a7a80", "savanna", 1.5, 0.36, half=56, back=74, leg=24, limb=22, hx=66, hy=58, head=19, snout=22, neck=34, ears="round", tail="short"),
    "giraffe": Build("giraffe, giraffes", "#e5b868", "savanna", 5, 0.6, half=24, back=52, leg=32, limb=7, hx=38, hy=96, head=6, snout=8, neck=14, horns="knobs", tail="tuft", pattern="patches", mark="#9a5f2c"),
    "zebra": Build("zebra, zebras", "#f3f0e8", "savanna", 1.5, 0.4, half=42, back=66, leg=34, limb=10, hx=58, hy=82, head=11, snout=14, tail="tuft", pattern="stripes", hoof=True, mane="horse"),
    "camel": Build("camel, camels, dromedary, caravan of camels", "#c9985a", "desert", 2.2, 0.46, half=40, back=66, leg=38, limb=9, hx=64, hy=88, head=10, snout=12, neck=12, ears="round", tail="tuft", mark="#7a5630", hump=34),
    "llama": Build("llama, alpaca, llamas, alpacas", "#e8d9bd", "mountains", 1.6, 0.46, half=34, back=60, leg=32, limb=10, hx=46, hy=90, head=10, snout=8, neck=12, ears="point", tail="short"),
    "donkey": Build("donkey, ass, foal of a donkey", "#8d8782", "field", 1.3, 0.4, half=42, back=62, leg=34, limb=10, hx=58, hy=74, head=12, snout=14, ears="long", tail="tuft", hoof=True, belly="#e8e2d8"),
    "pig": Build("pig, pigs, piglet, hog, sow, swine, pork farm", "#eeb0a8", "field", 0.8, 0.34, half=54, back=70, leg=22, limb=14, hx=64, hy=56, head=19, snout=12, neck=30, ears="flop", tail="curl", hoof=True),
    "boar": Build("wild boar, boar", "#5a4a40", "forest", 0.8, 0.34, half=52, back=72, leg=26, limb=12, hx=64, hy=54, head=17, snout=18, neck=32, horns="tusks", tail="curl", hoof=True),
    "bison": Build("bison, buffalo", "#5a4030", "field", 1.8, 0.42, half=50, back=76, leg=30, limb=13, hx=64, hy=62, head=17, snout=10, neck=36, horns="bull", tail="tuft", hoof=True, hump=12),
    "ox": Build("ox, oxen, bullock", "#a8592c", "field", 1.6, 0.4, half=52, back=74, leg=32, limb=13, hx=66, hy=72, head=15, snout=12, neck=30, horns="bull", tail="tuft", hoof=True),
    "rabbit": Build("rabbit, bunny, rabbits, easter bunny", "#b59a80", "field", 0.3, 0.32, half=28, back=50, leg=14, limb=12, hx=32, hy=54, head=15, snout=5, neck=20, ears="long", tail="short", belly="#f4ece0"),
    "squirrel": Build("squirrel, red squirrel, squirrels", "#b8622e", "forest", 0.25, 0.32, half=28, back=48, leg=14, limb=9, hx=36, hy=58, head=13, snout=7, neck=18, tail="up", belly="#f6ead8"),
    "mouse": Build("mouse, mice", "#9a938e", "field", 0.1, 0.26, half=36, back=44, leg=10, limb=8, hx=44, hy=34, head=14, snout=12, neck=18, ears="round", tail="thin", belly="#e8dfd4"),
    "hedgehog": Build("hedgehog, hedgehogs", "#b59673", "garden", 0.2, 0.28, half=40, back=48, leg=10, limb=9, hx=46, hy=28, head=13, snout=14, neck=18, ears="round", tail="", mane="spines", mark="#5f4a38"),
    "badger": Build("badger", "#6d7076", "forest", 0.4, 0.3, half=44, back=52, leg=18, limb=12, hx=54, hy=48, head=14, snout=14, neck=22, ears="round", tail="bushy", belly="#f2f0ea"),
    "otter": Build("otter", "#6f4e38", "lake", 0.4, 0.28, half=50, back=42, leg=14, limb=10, hx=60, hy=54, head=13, snout=8, neck=18, ears="round", tail="thin", belly="#e8d8c0"),
    "beaver": Build("beaver, beavers", "#7a5236", "lake", 0.5, 0.3, half=42, back=56, leg=14, limb=12, hx=52, hy=50, head=16, snout=8, neck=26, ears="round", tail="flat", mark="#3a2c24"),
}  # fmt: skip

ENTRIES = {
    name: Entry(
        Subject(
            partial(draw, b=build), "ground", build.tall,
            2 * max(build.half + 24, build.hx + build.head + build.snout), home=build.home, share=build.share,
        ),
        build.words,
        (),
    )
    for name, build in BUILDS.items()
}  # fmt: skip
