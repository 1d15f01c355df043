"""People: one figure dressed and posed by the role that names it, groups and pairs."""

from __future__ import annotations

from dataclasses import replace

from services.local.illustrator.pen import Point
from services.local.illustrator.subjects import callings
from services.local.illustrator.subjects.brush import Brush, Subject
from services.local.illustrator.subjects.culture import guitar
from services.local.illustrator.subjects.figure import Joints, Outfit, draw_figure
from services.local.illustrator.subjects.props import PROPS
from services.local.illustrator.subjects.vehicles import bicycle

ROLES = {
    "fisherman": Outfit("#e8b63a", "#3c4a5e", 0.55, "souwester", "#e2a92c", "net", "work"),
    "farmer": Outfit("#b5523f", "#3f6190", 0.0, "straw", "#e0bd72", "fork", "stand", extra="overalls"),
    "gardener": Outfit("#5d8f5a", "#3f5570", 0.0, "straw", "#e0bd72", "plant", "kneel"),
    "doctor": Outfit("#f5f7f8", "#3d5a73", 0.75, prop="clipboard", pose="hold", extra="stethoscope"),
    "nurse": Outfit("#5fa8b8", "#4d93a5", 0.1, prop="clipboard", pose="hold", extra="stethoscope"),
    "scientist": Outfit("#f5f7f8", "#3a4a63", 0.75, prop="flask", pose="present"),
    "engineer": Outfit("#4b78a8", "#33425c", 0.0, "helmet", "#f2c230", "plan", "read", extra="vest"),
    "worker": Outfit("#4b78a8", "#33425c", 0.0, "helmet", "#f2c230", "hammer", "work", extra="vest"),
    "chef": Outfit("#f7f7f4", "#3b3f4a", 0.2, "toque", "#fbfbf8", "pan", "hold"),
    "baker": Outfit("#d9a98a", "#5a5560", 0.0, "toque", "#fbfbf8", "loaf", "hold", extra="apron"),
    "barista": Outfit("#3d4a55", "#2c3440", 0.0, prop="cup", pose="present", extra="apron"),
    "teacher": Outfit("", "", 0.1, prop="book", pose="point"),
    "presenter": Outfit("", "", 0.1, pose="point"),
    "student": Outfit("", "", 0.0, prop="book", pose="read"),
    "business": Outfit("#38506f", "#2b3a52", 0.25, prop="case", pose="walk", extra="tie"),
    "musician": Outfit("#6a3a52", "#2c2c3a", 0.1, prop="guitar", pose="play"),
    "singer": Outfit("#8a3a5c", "#2c2c3a", 0.2, prop="microphone", pose="present"),
    "dancer": Outfit("", "", 0.0, pose="dance", skirt=True),
    "painter": Outfit("#5b7ea0", "#3d4658", 0.3, "beanie", "#a63d3d", "brush", "point"),
    "runner": Outfit("", "#2f3850", 0.0, pose="run"),
    "hiker": Outfit("#c9572f", "#4a4f45", 0.1, "cap", "#35586b", "stick", "walk", extra="backpack"),
    "climber": Outfit("#d8492f", "#2f3c52", 0.05, "helmet", "#f2c230", "", "climb", extra="backpack"),
    "astronaut": Outfit("#f0f3f6", "#e4e9ee", 0.0, "visor", "", "", "wave", extra="backpack"),
    "firefighter": Outfit("#c98a2a", "#4a4238", 0.4, "helmet", "#c8302a", "", "stand"),
    "traveller": Outfit("", "", 0.2, prop="suitcase", pose="walk"),
    "photographer": Outfit("", "", 0.1, "cap", "", "camera", "read"),
    "reader": Outfit("", "", 0.0, prop="book", pose="read"),
    "elder": Outfit("#7d6a8a", "#4c4a58", 0.3, prop="stick", pose="stand", hair="#dcd9d4"),
    "winner": Outfit("", "", 0.0, prop="cup-trophy", pose="cheer"),
    "judge": Outfit("#25232d", "#25232d", 1.0, prop="book", pose="hold"),
    "skier": Outfit("#2f79b8", "#27364f", 0.1, "beanie", "#d8392f", "ski", "work"),
    "diver": Outfit("#23405a", "#23405a", 0.0, "divemask", "#e0b02f", pose="wave", extra="tank"),
    "walker": Outfit("", "", 0.15, pose="walk"),
    "waver": Outfit("", "", 0.0, pose="wave"),
    "umbrella": Outfit("", "", 0.5, prop="umbrella", pose="present"),
    "speaker": Outfit("", "", 0.25, pose="present", extra="tie"),
    **callings.ROLES,
}


# Poses that look odd with empty hands.
_ABOUT_A_TOOL = {"play", "work", "kneel", "read", "hold", "look", "fiddle", "conduct", "guard", "swing", "catch"}


def person(brush: Brush) -> None:
    """One person in the role that the prompt named."""
    role = brush.role
    if role == "musician":
        role = ("musician", "violinist", "trumpeter")[brush.variant % 3]
    outfit = ROLES.get(role)
    if outfit is None:
        outfit = Outfit(
            pose=("stand", "walk", "present", "wave")[int(brush.rng.integers(4))], skirt=brush.rng.random() < 0.3
        )
    if brush.given:
        outfit = Outfit(
            brush.main,
            outfit.legs,
            outfit.coat,
            outfit.hat,
            outfit.hat_colour,
            outfit.prop,
            outfit.pose,
            outfit.skirt,
            outfit.extra,
        )
    if brush.role == "umbrella":
        outfit = replace(ROLES["umbrella"], top=brush.second if brush.given else "")
    if not brush.holds and outfit.prop:
        outfit = replace(outfit, prop="", pose="stand" if outfit.pose in _ABOUT_A_TOOL else outfit.pose)
    if outfit.extra == "backpack" and not brush.laden and role != "astronaut":
        outfit = replace(outfit, extra="")
    joints = draw_figure(brush, outfit)
    _prop(brush, joints, outfit.prop)


def child(brush: Brush) -> None:
    """A child: the same figure with a bigger head for its body, arms up, walking or over a book."""
    pose = ("wave", "stand", "cheer", "walk")[int(brush.rng.integers(4))]
    skirt, reads = brush.rng.random() < 0.4, brush.role == "reader"
    joints = draw_figure(brush, Outfit(brush.main, "", 0.0, pose="read" if reads else pose, skirt=skirt), head=1.45)
    _prop(brush, joints, "book" if reads else "")


def group(brush: Brush) -> None:
    """Three to five people standing together, turned towards each other."""
    accents = [brush.main, brush.second, *brush.palette.accents[2:4], brush.palette.accents[0]]
    poses = ("stand", "hold", "stand", "read", "wave")
    for i, (x, scale) in enumerate(((-58, 0.94), (62, 0.96), (-21, 1.0), (24, 0.98))):
        with brush.pen.at(x, 0, scale, mirror=x > 0):
            brush.main = accents[i]
            draw_figure(
                brush, Outfit(accents[i], pose=poses[int(brush.rng.integers(3))], skirt=i == 2, coat=0.15 * (i % 2))
            )


def team(brush: Brush) -> None:
    """People around a table over papers."""
    colours = [*brush.palette.accents[:4]]
    for i, x in enumerate((-44, 44)):
        with brush.pen.at(x, -10, 0.9, mirror=x > 0):
            draw_figure(brush, Outfit(colours[i], pose="work"))
    with brush.pen.at(-4, -14, 0.92):
        draw_figure(brush, Outfit(colours[2], pose="hold", coat=0.2))
    wood = "#a9754a"
    brush.pen.rect(-62, -36, 124, 5, brush.lit(wood), r=2)
    brush.pen.rect(-62, -32.5, 124, 2.4, brush.shade(wood))
    for x in (-54, 50):
        brush.pen.rect(x, -31, 4, 31, brush.shade(wood, 0.4))
    brush.pen.rect(-16, -38, 20, 2, brush.c("#f2ecdd"))
    brush.pen.rect(18, -38, 16, 2, brush.c("#f7f4ea"))


def handshake(brush: Brush) -> None:
    """Two people who meet and shake hands."""
    for x, colour, flip in ((-25, brush.main, False), (25, brush.second, True)):
        with brush.pen.at(x, 0, 1.0, mirror=flip):
            draw_figure(brush, Outfit(colour, "", 0.25, pose="shake", extra="tie"))


def cyclist(brush: Brush) -> None:
    """A person riding a bicycle."""
    with brush.pen.at(0, 0, 0.62):
        bicycle(brush)
    with brush.pen.at(-13, -13, 0.84):
        draw_figure(brush, Outfit(brush.main, "", 0.0, "helmet", brush.second, pose="ride"))


def _prop(brush: Brush, joints: Joints, kind: str) -> None:
    if not kind:
        return
    far, near = joints.hands
    middle = ((far[0] + near[0]) / 2, (far[1] + near[1]) / 2)
    if kind in PROPS:
        PROPS[kind](brush, joints, middle)
        return
    tools = {"umbrella": _umbrella, "fork": _fork, "stick": _stick, "net": _net, "ski": _ski}
    if kind in tools:
        tools[kind](brush, near)
    elif kind in ("case", "suitcase", "camera", "cup", "flask", "microphone", "hammer", "brush"):
        _in_hand(brush, near, kind)
    else:
        _in_both(brush, middle, kind)


def _fork(brush: Brush, hand: Point) -> None:
    x = hand[0] + 1
    brush.pen.line([(x, 0), (x, -74)], brush.c("#8a6440"), 2)
    brush.pen.stroke(f"M{x - 5} -88V-78Q{x} -72 {x + 5} -78V-88M{x} -74V-88", brush.c("#6a727c"), 1.5)


def _stick(brush: Brush, hand: Point) -> None:
    brush.pen.line([(hand[0] + 7, 2), (hand[0], hand[1] - 6)], brush.c("#7a5636"), 2)


def _umbrella(brush: Brush, hand: Point) -> None:
    pen, (x, y), cloth = brush.pen, hand, brush.main if brush.given else brush.second
    pen.line([(x, y + 5), (x - 7, y - 62)], brush.shade("#5a4030"), 1.8)
    with pen.at(x - 6, y - 28, 0.72, turn=-6):
        pen.path(
            (
                "M-56 -8Q-50 -50 0 -50Q50 -50 56 -8Q46 -17 37 -8Q28 -17 19 -8Q9 -17 0 -8Q-9 -17 -19 -8"
                "Q-28 -17 -37 -8Q-46 -17 -56 -8Z"
            ),
            brush.c(cloth),
        )
        pen.path(
            ("M0 -50Q24 -44 37 -8Q28 -17 19 -8Q12 -36 0 -50ZM0 -50Q50 -50 56 -8Q46 -17 37 -8Q28 -40 0 -50Z"),
            brush.shade(cloth, 0.25),
        )
        pen.path("M0 -50Q-12 -36 -19 -8Q-28 -17 -37 -8Q-28 -42 0 -50Z", brush.lit(cloth, 0.25))


def _ski(brush: Brush, hand: Point) -> None:
    brush.pen.stroke("M-30 5H28Q36 5 38 0", brush.c("#e9c046"), 2.6)
    brush.pen.line([(hand[0], hand[1]), (hand[0] - 20, 4)], brush.c("#58626e"), 1.5)


def _net(brush: Brush, hand: Point) -> None:
    pen, colour = brush.pen, brush.c("#c9b183")
    x, y = hand
    outline = f"M{x - 3} {y}Q{x + 16} {y + 2} {x + 26} {-4}Q{x + 10} 3 {x - 16} 1Q{x - 6} {y + 18} {x - 3} {y}Z"
    pen.path(outline, colour, opacity=0.35, stroke=colour, width=1)
    with pen.clip(outline):
        for k in range(-6, 14):
            pen.line([(x - 30 + k * 5, y - 4), (x + k * 5, 6)], colour, 0.6)
            pen.line([(x + 20 - k * 5 + 20, y - 4), (x - 10 - k * 5 + 20, 6)], colour, 0.6)
    for dx, dy in ((24, -4), (8, 1.2), (-8, 1.4)):
        pen.circle(x + dx, dy - 1, 2.3, brush.c("#d9623b"))


def _in_hand(brush: Brush, hand: Point, kind: str) -> None:
    pen, (x, y) = brush.pen, hand
    if kind in ("case", "suitcase"):
        high = 14 if kind == "case" else 22
        pen.rect(x - 10, y + 3, 20, high, brush.tone("#8a5a38" if kind == "case" else brush.second), r=2)
        pen.stroke(f"M{x - 3} {y + 3}V{y}H{x + 3}V{y + 3}", brush.shade("#5a3a28"), 1.4)
    elif kind == "camera":
        pen.rect(x - 2, y - 12, 12, 8, brush.c("#2d323b"), r=1.6)
        pen.circle(x + 6, y - 8, 3, brush.c("#7f93a8"))
    elif kind == "cup":
        pen.path(f"M{x - 3} {y - 8}H{x + 6}L{x + 4.6} {y + 1}H{x - 1.6}Z", brush.c("#f4efe4"))
    elif kind == "flask":
        pen.path(
            f"M{x - 1.6} {y - 14}H{x + 3.6}V{y - 7}L{x + 8} {y + 2}H{x - 6}L{x - 1.6} {y - 7}Z",
            brush.c("#dceff2"),
            opacity=0.85,
        )
        pen.path(f"M{x - 3} {y - 4}H{x + 5}L{x + 8} {y + 2}H{x - 6}Z", brush.c(brush.main))
    elif kind == "microphone":
        pen.line([(x, y + 2), (x + 4, y - 8)], brush.c("#30343d"), 2.2)
        pen.circle(x + 4.8, y - 10, 3, brush.c("#8b95a1"))
    elif kind == "hammer":
        pen.line([(x - 2, y + 4), (x + 8, y - 10)], brush.c("#9a6b42"), 2.2)
        pen.line([(x + 4, y - 13), (x + 12, y - 8)], brush.c("#58616c"), 4.4)
    elif kind == "brush":
        pen.line([(x - 3, y + 2), (x + 10, y - 6)], brush.c("#9a6b42"), 1.6)
        pen.circle(x + 11, y - 6.6, 1.8, brush.c(brush.second))


def _in_both(brush: Brush, middle: Point, kind: str) -> None:
    pen, (x, y) = brush.pen, middle
    if kind in ("book", "plan"):
        cover = brush.second if kind == "book" else "#9cc3de"
        pen.poly([(x - 4, y - 7), (x + 7, y - 10), (x + 9, y + 3), (x - 2, y + 5)], brush.c(cover))
        pen.poly([(x - 2.6, y - 7.8), (x + 7.6, y - 10.6), (x + 9, y + 1.6), (x - 1, y + 3.6)], brush.c("#f8f4e8"))
    elif kind == "clipboard":
        pen.poly([(x - 2, y - 10), (x + 9, y - 11), (x + 10, y + 4), (x - 1, y + 5)], brush.c("#a77b50"))
        pen.poly([(x - 0.6, y - 8), (x + 8, y - 9), (x + 8.8, y + 2.6), (x + 0.2, y + 3.4)], brush.c("#f8f6f0"))
    elif kind == "guitar":
        with pen.at(x - 4, y + 2, 0.46, turn=62), pen.at(0, 30):
            guitar(brush)
    elif kind == "pan":
        pen.ellipse(x + 9, y - 2, 11, 3, brush.c("#363b44"))
        pen.ellipse(x + 9, y - 3, 9.4, 2, brush.c("#e0a24a"))
    elif kind == "loaf":
        pen.path(
            f"M{x - 4} {y + 1}Q{x - 3} {y - 10} {x + 6} {y - 9}Q{x + 16} {y - 9} {x + 16} {y + 1}Z",
            brush.fall("#c98a45"),
        )
    elif kind == "plant":
        pen.stroke(
            f"M{x + 6} 0Q{x + 6} {y * 0.5} {x + 4} {y}M{x + 6} -8q8 -2 9 -9M{x + 6} -12q-8 -2 -9 -8",
            brush.c(brush.palette.leaf),
            2.4,
        )
    elif kind == "cup-trophy":
        pen.path(
            (
                f"M{x - 7} {y - 14}H{x + 7}Q{x + 6} {y - 3} {x} {y - 2}Q{x - 6} {y - 3} {x - 7} {y - 14}Z"
                f"M{x - 1.4} {y - 3}H{x + 1.4}V{y + 2}H{x + 4}V{y + 4}H{x - 4}V{y + 2}H{x - 1.4}Z"
            ),
            brush.c("#f0c13f"),
        )


SUBJECTS = {
    "person": Subject(person, "ground", 1.75, 44, share=0.44),
    "child": Subject(child, "ground", 1.2, 44, share=0.36),
    "group": Subject(group, "ground", 1.75, 160, share=0.42),
    "team": Subject(team, "ground", 1.7, 130, home="office", share=0.46),
    "handshake": Subject(handshake, "ground", 1.75, 100, home="office", share=0.5),
    "cyclist": Subject(cyclist, "ground", 1.8, 112, home="street", share=0.42),
}
