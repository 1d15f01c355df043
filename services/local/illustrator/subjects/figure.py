"""A human figure posed by joint angles: dignified, simplified, without a face."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from services.local.illustrator.colour import mix
from services.local.illustrator.pen import Point
from services.local.illustrator.subjects.brush import Brush
from services.local.illustrator.subjects.hats import draw_hat

SKIN = ("#f0c7a4", "#d9a277", "#b97a50", "#8a5637", "#5f3a28", "#e6b48c")
HAIR = ("#2b2220", "#4a3226", "#7a4f2e", "#b98a4a", "#3a3b42", "#9c9b9a", "#8c3f22")


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees: of the trunk from upright, of the limbs from straight down; positive is forwards.

    `arms` and `legs` are (upper, lower) for the far and the near side; `hip` is the height of the hips.
    """

    trunk: float = 0.0
    arms: tuple[tuple[float, float], tuple[float, float]] = ((-6, 4), (8, 16))
    legs: tuple[tuple[float, float], tuple[float, float]] = ((3, 1), (-4, -3))
    hip: float = 48.0


POSES = {
    "stand": Pose(),
    "walk": Pose(3, ((28, 40), (-26, -8)), ((-22, -38), (24, 10)), 47),
    "run": Pose(14, ((58, 130), (-52, 20)), ((-38, -88), (58, 0)), 46),
    "point": Pose(0, ((-8, 2), (96, 100)), ((5, 3), (-5, -4))),
    "present": Pose(0, ((-10, 6), (64, 118)), ((5, 3), (-5, -4))),
    "cheer": Pose(0, ((-150, -165), (152, 168)), ((7, 5), (-8, -6))),
    "work": Pose(24, ((46, 70), (34, 78)), ((12, 2), (-10, -10)), 47),
    "hold": Pose(2, ((40, 104), (30, 96)), ((4, 2), (-4, -3))),
    "read": Pose(3, ((34, 122), (26, 116)), ((4, 2), (-4, -3))),
    "sit": Pose(4, ((30, 78), (24, 84)), ((84, 4), (80, -4)), 25),
    "kneel": Pose(16, ((44, 62), (30, 70)), ((74, -6), (8, -84)), 27),
    "climb": Pose(12, ((150, 160), (118, 150)), ((62, 6), (6, -14)), 46),
    "dance": Pose(-6, ((-110, -140), (130, 160)), ((-18, -50), (20, 4)), 47),
    "wave": Pose(0, ((-8, 4), (148, 172)), ((4, 2), (-5, -4))),
    "ride": Pose(28, ((50, 58), (50, 58)), ((70, -6), (30, -22)), 52),
    "shake": Pose(3, ((-6, 2), (58, 84)), ((6, 3), (-8, -6))),
    "play": Pose(2, ((26, 92), (16, 80)), ((7, 4), (-7, -5))),
    "look": Pose(2, ((52, 168), (44, 172)), ((5, 3), (-6, -4))),
    "fiddle": Pose(-2, ((64, 112), (52, 128)), ((6, 3), (-7, -5))),
    "kick": Pose(-8, ((52, 70), (-48, -16)), ((-16, -30), (58, 40)), 46),
    "swing": Pose(8, ((-30, -6), (104, 128)), ((-20, -30), (26, 6)), 46),
    "guard": Pose(6, ((52, 138), (40, 150)), ((18, 4), (-16, -12)), 46),
    "catch": Pose(4, ((112, 132), (100, 146)), ((28, 8), (-26, -18)), 44),
    "tree": Pose(0, ((-168, 176), (168, -176)), ((0, 0), (58, -64))),
    "conduct": Pose(0, ((118, 150), (96, 142)), ((6, 3), (-7, -5))),
    "glide": Pose(20, ((-70, -40), (80, 96)), ((-52, -66), (10, -4)), 46),
    "armchair": Pose(-6, ((30, 112), (24, 108)), ((84, 6), (80, -2)), 27),
    "seat": Pose(6, ((40, 66), (34, 70)), ((78, 60), (70, 52)), 18),
}


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a figure wears and carries; empty strings leave the choice to the palette."""

    top: str = ""
    legs: str = ""
    coat: float = 0.0
    hat: str = ""
    hat_colour: str = ""
    prop: str = ""
    pose: str = "stand"
    skirt: bool = False
    extra: str = ""
    hair: str = ""


@dataclass(slots=True)
class Joints:
    """Where the parts of a posed figure are; `hands` and `feet` are (far, near)."""

    hip: Point
    neck: Point
    head: Point
    elbows: list[Point]
    hands: list[Point]
    knees: list[Point]
    feet: list[Point]


def _step(start: Point, angle: float, length: float) -> Point:
    return (start[0] + length * math.sin(math.radians(angle)), start[1] + length * math.cos(math.radians(angle)))


def pose_joints(pose: Pose) -> Joints:
    """The joints of a figure 100 units tall standing at the origin."""
    hip = (0.0, -pose.hip)
    neck = _step(hip, 180 - pose.trunk, 34)
    head = _step(neck, 180 - pose.trunk * 0.6, 9.6)
    shoulder = _step(hip, 180 - pose.trunk, 31)
    elbows = [_step(shoulder, upper, 15.5) for upper, _ in pose.arms]
    hands = [_step(elbow, lower, 15) for elbow, (_, lower) in zip(elbows, pose.arms, strict=True)]
    knees = [_step(hip, upper, 23.5) for upper, _ in pose.legs]
    feet = [_step(knee, lower, 23) for knee, (_, lower) in zip(knees, pose.legs, strict=True)]
    return Joints(hip, neck, head, elbows, hands, knees, feet)


def _limb(brush: Brush, points: list[Point], colour: str, widths: tuple[float, float, float]) -> None:
    """A limb of two bones, tapering from its root over the joint to its end."""
    for (start, end), (first, last) in zip(itertools.pairwise(points), itertools.pairwise(widths), strict=True):
        length = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
        across = ((start[1] - end[1]) / length, (end[0] - start[0]) / length)
        corners = [(start, first), (end, last), (end, -last), (start, -first)]
        brush.pen.poly([(p[0] + across[0] * w / 2, p[1] + across[1] * w / 2) for p, w in corners], colour)
    for point, width in zip(points, widths, strict=True):
        brush.pen.circle(*point, width / 2, colour)


def _leg(brush: Brush, joints: Joints, side: int, cloth: str, shoe: str) -> None:
    hip = (joints.hip[0] + (-1.8 if side == 0 else 1.8), joints.hip[1] + 1)
    _limb(brush, [hip, joints.knees[side], joints.feet[side]], cloth, (9.8, 7.6, 6.0))
    x, y = joints.feet[side]
    angle = math.degrees(math.atan2(x - joints.knees[side][0], y - joints.knees[side][1]))
    with brush.pen.at(x, y, 1.0, turn=-angle if abs(angle) > 25 else 0):
        brush.pen.path("M-4 -1.5L-3.9 3.6H7.6Q7.4 .6 3.9 -.8L3.6 -2.5Z", shoe)


def _arm(brush: Brush, joints: Joints, side: int, cloth: str, skin: str) -> None:
    shoulder = (joints.neck[0] + (-5.2 if side == 0 else 4.6), joints.neck[1] + 4.2)
    shift = (shoulder[0] - joints.neck[0], 0.8)
    elbow = (joints.elbows[side][0] + shift[0], joints.elbows[side][1] + shift[1])
    hand = (joints.hands[side][0] + shift[0], joints.hands[side][1] + shift[1])
    joints.hands[side] = hand
    brush.pen.circle(*hand, 3.1, skin)
    _limb(
        brush,
        [shoulder, elbow, (elbow[0] + (hand[0] - elbow[0]) * 0.82, elbow[1] + (hand[1] - elbow[1]) * 0.82)],
        cloth,
        (7.0, 6.2, 5.0),
    )


def _trunk(brush: Brush, joints: Joints, top: str, coat: float, trunk: float) -> None:
    pen = brush.pen
    with pen.at(*joints.hip, turn=trunk):
        low = 3 + coat * 22
        flare = 8.2 + coat * 4.5
        body = (
            f"M-8 -33.5Q-9.6 -32 -9.6 -28Q-8.2 -12 -{flare} {low}Q0 {low + 2.5} {flare} {low}Q8.2 -12 "
            "9.6 -28Q9.6 -32 8 -33.5Q0 -36.5 -8 -33.5Z"
        )
        pen.path(body, brush.c(top))
        pen.path(
            f"M2 -35Q4 -12 1.5 {low + 1.5}Q{flare * 0.6} {low + 1.5} {flare} {low}Q8.2 -12 9.6 -28Q9.6 -32 8 -33.5Z",
            brush.shade(top, 0.22),
        )
        pen.path(
            (
                f"M-8 -33.5Q-9.6 -32 -9.6 -28Q-8.2 -12 -{flare} {low}L-{flare - 2} {low + 0.8}Q-6 -12 "
                "-7.4 -28Q-7.4 -31.5 -6 -34.2Z"
            ),
            brush.lit(top, 0.45),
        )


def _head(brush: Brush, joints: Joints, skin: str, hair: str, style: int) -> None:
    pen, (x, y) = brush.pen, joints.head
    pen.line([(joints.neck[0], joints.neck[1] + 1), (x, y + 3)], brush.shade(skin, 0.25), 5.0)
    if style == 2:
        pen.path(
            (
                f"M{x - 3} {y - 6}Q{x - 8.6} {y + 2} {x - 7.4} {y + 13}Q{x - 4} {y + 15.5} {x - 0.5} "
                f"{y + 13}L{x + 0.5} {y}Z"
            ),
            brush.shade(hair, 0.12),
        )
    pen.ellipse(x + 0.3, y, 5.5, 6.5, brush.c(skin))
    pen.path(
        f"M{x + 1} {y - 6.4}A5.5 6.5 0 0 1 {x + 1.6} {y + 6.2}Q{x + 3.2} {y} {x + 1} {y - 6.4}Z",
        brush.shade(skin, 0.16),
    )
    pen.path(
        (
            f"M{x + 5.6} {y - 1.5}Q{x + 6.4} {y - 6.9} {x} {y - 7.3}Q{x - 7} {y - 7.2} {x - 6.2} "
            f"{y + 1.5}Q{x - 5.8} {y + 3} {x - 4.6} {y + 3.2}Q{x - 4.8} {y - 1.6} {x - 1} {y - 2.8}"
            f"Q{x + 3.2} {y - 2.6} {x + 5.6} {y - 1.5}Z"
        ),
        brush.c(hair),
    )
    if style == 1:
        pen.circle(x - 5.5, y - 6.2, 3.1, brush.c(hair))


def draw_figure(brush: Brush, outfit: Outfit, *, head: float = 1.0) -> Joints:
    """Draws one person and gives back the joints; `head` enlarges the head, for a child."""
    rng = brush.rng
    pose = POSES.get(outfit.pose, POSES["stand"])
    joints = pose_joints(pose)
    skin = SKIN[int(rng.integers(len(SKIN)))]
    hair = HAIR[int(rng.integers(len(HAIR)))]
    hair = outfit.hair or hair
    style = int(rng.integers(3))
    top = outfit.top or brush.main
    legs = outfit.legs or mix(brush.palette.dark, "#26304a", 0.45)
    shoe = brush.shade(mix(legs, "#1a1a22", 0.65), 0.1)
    far_skin, near_skin = brush.shade(skin, 0.2), brush.c(skin)
    _arm(brush, joints, 0, brush.shade(top, 0.4), far_skin)
    if outfit.extra == "backpack":
        with brush.pen.at(*joints.hip, turn=pose.trunk):
            brush.pen.path("M-6 -33Q-17 -33 -17 -22V-9Q-17 -4 -11 -4H-6Z", brush.c(brush.second))
            brush.pen.path("M-17 -15H-9V-7Q-14 -5 -17 -9Z", brush.shade(brush.second))
    if outfit.extra == "tank":
        with brush.pen.at(*joints.hip, turn=pose.trunk):
            brush.pen.rect(-16, -33, 8, 28, brush.tone("#d9b23a"), r=4)
            brush.pen.rect(-14, -36, 4, 4, brush.c("#6f7a85"), r=1)
    bare = outfit.skirt
    _leg(brush, joints, 0, brush.shade(skin if bare else legs, 0.35), shoe)
    _leg(brush, joints, 1, brush.c(skin if bare else legs), shoe)
    if outfit.skirt:
        with brush.pen.at(*joints.hip, turn=pose.trunk * 0.5):
            brush.pen.path("M-7.6 -6Q-9 8 -13 20Q0 24 13 20Q9 8 7.6 -6Z", brush.c(legs))
            brush.pen.path("M1 -6Q3 10 2 22Q8 22 13 20Q9 8 7.6 -6Z", brush.shade(legs, 0.25))
    _trunk(brush, joints, top, outfit.coat, pose.trunk)
    with brush.pen.at(joints.neck[0] * (1 - head), joints.neck[1] * (1 - head), head):
        _head(brush, joints, skin, hair, style)
        if outfit.hat:
            draw_hat(brush, joints.head, outfit.hat, outfit.hat_colour or brush.second)
    _details(brush, joints, outfit, pose.trunk)
    _arm(brush, joints, 1, brush.lit(top, 0.14), near_skin)
    return joints


def _details(brush: Brush, joints: Joints, outfit: Outfit, trunk: float) -> None:
    pen = brush.pen
    with pen.at(*joints.hip, turn=trunk):
        if outfit.extra == "vest":
            pen.path(
                "M-9 -29L-8.6 -14Q0 -12.5 8.6 -14L9 -29Q9 -32 7 -33.4L3 -34.8 0 -30 -3 -34.8 -7 -33.4Q-9 -32 -9 -29Z",
                brush.c("#f08c2e"),
            )
            pen.rect(-8.7, -20, 17.4, 2.6, brush.c("#f7f0c4"))
        elif outfit.extra == "apron":
            pen.path("M-5 -26H5L6.6 -12Q9 2 8 14H-8Q-9 2 -6.6 -12Z", brush.c("#f4efe4"))
            pen.path(
                "M-5 -26Q-4 -33 -3.6 -35M5 -26Q4 -33 3.6 -35", brush.c("#f4efe4"), stroke=brush.c("#f4efe4"), width=1.1
            )
        elif outfit.extra == "stethoscope":
            pen.stroke("M-4.4 -34.6Q-5.6 -24 -.6 -23Q4.6 -23.6 4.2 -34.6M-.6 -23Q-1 -18 2 -17", brush.c("#2d3a4f"), 1.3)
            pen.circle(2.6, -16.6, 1.8, brush.c("#aeb9c4"))
        elif outfit.extra == "tie":
            pen.path("M-2.6 -35.4L0 -30 2.6 -35.4Z", brush.c("#f7f4ee"))
            pen.path("M-.9 -32H.9L1.5 -19 0 -16.6 -1.5 -19Z", brush.c(brush.second))
        elif outfit.extra == "belt":
            pen.path("M-9 -3Q0 -0.4 9 -3V0.6Q0 3.2 -9 0.6Z", brush.c("#1d2027"))
            pen.rect(-2.4, -2.4, 4.8, 3.6, brush.c("#d9b44a"), r=0.8)
        elif outfit.extra == "collar":
            pen.path("M-4.6 -35.6Q0 -31 4.6 -35.6L3 -30.6Q0 -29 -3 -30.6Z", brush.c("#f7f4ee"))
        elif outfit.extra == "overalls":
            pen.path("M-6.6 -24H6.6L8.6 3Q0 5 -8.6 3Z", brush.c("#3f6190"))
            pen.stroke("M-5 -24L-5.4 -34M5 -24L5.4 -34", brush.c("#3f6190"), 2.2)
