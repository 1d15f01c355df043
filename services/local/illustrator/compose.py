"""Composition: which things, how big and where, so that nothing is cut off or hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from services.local.illustrator.brief import Brief
from services.local.illustrator.company import at_home_in
from services.local.illustrator.extent import half_width
from services.local.illustrator.mention import Mention
from services.local.illustrator.scene import Scene
from services.local.illustrator.settings import SETTINGS
from services.local.illustrator.staging import FIXTURES, FLOOR_THINGS, LIGHTS, MARKETS, in_a_room, shows
from services.local.illustrator.subjects import ANIMALS, EDIBLE, SUBJECTS, Subject

_SMALL = 0.5
_PEOPLE = {"person", "child", "group", "team", "handshake", "armchair reader"}


@dataclass(frozen=True, slots=True)
class Placed:
    """One drawing at its place: foot at (x, y), `scale` times its own units, `depth` 0 near to 1 far.

    `stand` is the height of the small table under it, 0 for none.
    """

    mention: Mention
    subject: Subject
    x: float
    y: float
    scale: float
    mirror: bool
    depth: float
    floating: bool = False
    stand: float = 0.0


def arrange(scene: Scene, brief: Brief, setting: str, rng: np.random.Generator) -> list[Placed]:
    """The places of the brief's subjects, drawn from far to near."""
    if setting.startswith("aerial"):
        return _seen_from_above(scene, brief, rng)
    if not brief.subjects:
        return []
    offered = [at_home_in(m, setting, scene.indoor) for m in brief.subjects if not _is_shown_already(m, setting)]
    if not offered:
        return []
    chosen = [m for i, m in enumerate(offered) if (not i and m.leading) or _fits(m.name, scene, setting)]
    if not chosen:
        return []
    main = SUBJECTS[chosen[0].name]
    chosen = chosen[: 5 if setting == "still" else 4]
    slim = main.wide < 70 and _copies(chosen[0], main, 0, scene) < 3
    reference = min(scene.h, scene.w * (1.5 if slim else 1.1))
    tall = reference * main.share * {"close": 1.9, "wide": 0.68}.get(brief.framing, 1.0)
    tall *= 1.22 if setting == "studio" else 1.25 if scene.indoor and chosen[0].name in _PEOPLE else 1.0
    tall = min(tall, reference * 0.84)
    if SETTINGS[setting].sky and main.tall < _SMALL and not chosen[0].leading and brief.framing != "close":
        # Fallen leaves on a path are no giants.
        tall = min(tall, reference * 0.13)
    if chosen[0].count > 1 and main.habitat != "emblem":
        # Small enough for a second one beside it.
        tall = min(tall, scene.w * 90 / (1.8 * _wide(chosen[0])))
    if setting == "still":
        return _in_a_row(scene, chosen, main, min(tall * 1.15, reference * 0.84), reference, rng)
    placed: list[Placed] = []
    taken: list[tuple[float, float, float]] = []
    for order, mention in enumerate(chosen):
        subject = _set_up(mention.name, main, scene, setting)
        size = tall if order == 0 else _companion(subject, main, tall, reference)
        size = min(size, reference * (0.2 if subject.tall > 4 else 0.13)) if mention.far else size
        stand = tall * 0.42 if subject.habitat == "table" and main.habitat == "ground" and scene.ground else 0.0
        for copy in range(_copies(mention, subject, order, scene)):
            least = 0.92 if mention.name in ("person", "child") else 0.74
            copy_size = size * (1.0 if copy == 0 else float(rng.uniform(least, 0.98)))
            for shrunk in (1.0, 0.74, 0.52) if order and not copy else (1.0,):
                item = _place(scene, mention, subject, copy_size * shrunk, order + copy, taken, rng, setting, stand)
                if item is not None:
                    placed.append(item)
                    break
    return sorted(placed, key=lambda p: p.y + p.stand)


def _in_a_row(
    scene: Scene, chosen: list[Mention], main: Subject, tall: float, reference: float, rng: np.random.Generator
) -> list[Placed]:
    """A still life: the main thing in the middle, the others to both sides of it, as large as the picture allows."""
    items: list[tuple[Mention, float]] = []
    for order, mention in enumerate(chosen):
        size = tall if order == 0 else _companion(SUBJECTS[mention.name], main, tall, reference)
        copies = min(mention.count, 3 if order == 0 else 2)
        items[:0] = [(mention, size)] * copies if order % 2 else []
        items += [] if order % 2 else [(mention, size)] * copies
    total = sum(_wide(mention) * size / 100 for mention, size in items)
    fit = min(1.0, scene.w * 0.86 / (total * 1.06))
    x, placed = (scene.w - total * fit) / 2, []
    low, high = _band(scene, replace(main, habitat="table"))
    for mention, size in items:
        scale = size * fit / 100
        half = _wide(mention) * scale / 2
        near = 0.62 if mention is chosen[0] else float(rng.uniform(0.3, 0.9))
        y = low + (high - low) * near
        scale = min(scale, (y - scene.h * 0.05) / 104)
        subject = replace(SUBJECTS[mention.name], habitat="table")
        placed.append(Placed(mention, subject, x + half, y, scale, subject.mirror and x > scene.w / 2, 0.0))
        x += 2 * half
    return sorted(placed, key=lambda p: p.y)


def _set_up(name: str, main: Subject, scene: Scene, setting: str) -> Subject:
    """The subject as it is set up: everything stands in a still life, and what has no table stands on the ground."""
    subject = SUBJECTS[name]
    if setting == "still":
        return replace(subject, habitat="table")
    if setting == "studio" and subject.habitat == "water":
        return replace(subject, habitat="ground")
    if setting == "underwater" and subject.habitat == "table":
        return replace(subject, habitat="ground")
    loose = subject.habitat == "table" and main.habitat != "table" and scene.ground is not None
    if loose and setting == "studio" and main.habitat == "ground" and name in EDIBLE:
        return subject
    if loose and (not scene.indoor or setting == "studio" or name in FLOOR_THINGS):
        return replace(subject, habitat="ground")
    return subject


_OF_THE_SEABED = {"seaweed", "coral", "jellyfish", "seahorse"}


def _is_shown_already(mention: Mention, setting: str) -> bool:
    """Whether the place shows the thing by itself or has no room for it: windows, the sun in the sky, sea grass."""
    if SUBJECTS[mention.name].habitat == "emblem" and SETTINGS[setting].sky and not mention.leading:
        return True
    if setting == "hall" and mention.name == "courthouse":
        return True
    if mention.name in _OF_THE_SEABED and SETTINGS[setting].sky:
        return True
    if not mention.leading and (shows(setting, mention.name) or (setting == "studio" and mention.name in FIXTURES)):
        return True
    if in_a_room(setting):
        return mention.name in FIXTURES and not (mention.central or mention.leading)
    return SETTINGS[setting].sky and mention.name in LIGHTS


def _seen_from_above(scene: Scene, brief: Brief, rng: np.random.Generator) -> list[Placed]:
    """What is named as near the centre of a view from above: small, and only what a plan may show upright."""
    for mention in brief.subjects:
        subject = SUBJECTS[mention.name]
        afloat = subject.habitat == "water" and scene.water is not None
        if mention.central and (afloat or (scene.ground and subject.habitat == "ground")):
            size = min(scene.h, scene.w) * 0.16 / 100
            y = scene.h * 0.56
            return [Placed(mention, subject, scene.w * (0.3 if afloat else 0.5), y, size, False, 0.0)]
    return []


def _fits(name: str, scene: Scene, setting: str) -> bool:
    """Whether a companion belongs in the setting."""
    subject = SUBJECTS[name]
    if setting == "still":
        return subject.habitat in ("table", "emblem") or (subject.habitat == "ground" and subject.tall < 1.3)
    if setting == "studio":
        return subject.habitat != "space"
    if subject.habitat == "emblem":
        return False
    if name in EDIBLE and not scene.indoor and not scene.table and setting not in MARKETS:
        return False
    if name in ANIMALS and scene.indoor and subject.tall > 1:
        return False
    if subject.habitat == "water":
        return scene.water is not None
    if setting in ("street", "city") and name in ("house", "skyscraper"):
        return False
    if subject.habitat == "ground":
        return scene.ground is not None and not (scene.indoor and (subject.tall > 2.6 or name == "bench"))
    if subject.habitat == "air":
        return not scene.indoor or subject.tall < 1
    if subject.habitat == "space":
        return not scene.indoor
    if scene.ground is None and scene.table is None:
        return False
    return setting not in ("underwater", "sky", "space", "lunar")


def _floats(subject: Subject, scene: Scene, setting: str) -> bool:
    if setting == "still":
        return False
    if setting == "underwater" and subject.habitat == "water":
        return True
    return subject.habitat in ("air", "space") or (
        subject.habitat in ("ground", "table", "emblem") and scene.ground is None
    )


def _companion(subject: Subject, main: Subject, tall: float, reference: float) -> float:
    ratio = (subject.tall / main.tall) ** 0.55
    most = 0.66 if subject.tall > 2 * main.tall else max(subject.share, 0.2) * 0.92
    most = min(most, 0.4 * tall / reference) if subject.habitat == "table" and main.habitat == "ground" else most
    most = 0.2 if subject.habitat == "water" and main.habitat == "ground" else most
    most = min(most, tall / reference) if subject.habitat == main.habitat == "table" else most
    return float(np.clip(tall * ratio, min(reference * 0.09, reference * most), reference * most))


def _copies(mention: Mention, subject: Subject, order: int, scene: Scene) -> int:
    if subject.habitat == "emblem":
        return 1
    room = max(int(scene.w / 330), 1)
    wanted = mention.count if order == 0 or subject.habitat == "air" else min(mention.count, 2)
    return max(min(wanted, room + 1, 6), 1)


def _wide(mention: Mention) -> float:
    return 2 * half_width(mention.name, mention.role)


def _band(scene: Scene, subject: Subject) -> tuple[float, float]:
    if subject.habitat == "water" and scene.water:
        return scene.water
    if scene.table and scene.bare and subject.habitat == "table":
        return (scene.table, scene.table + (scene.h - scene.table) * 0.66)
    if subject.habitat in ("air", "space") or scene.ground is None:
        return (scene.h * scene.air[0], scene.h * scene.air[1])
    if subject.habitat == "table":
        top = scene.table or scene.h * 0.8
        return (top + 14, top + 14 + (scene.h - top) * 0.3)
    return scene.ground


def _place(
    scene: Scene,
    mention: Mention,
    subject: Subject,
    size: float,
    order: int,
    taken: list[tuple[float, float, float]],
    rng: np.random.Generator,
    setting: str,
    stand: float,
) -> Placed | None:
    first = order == 0
    near = 0.02 if mention.far else 0.62 if first else float(rng.uniform(0.12, 0.95 if subject.tall < 2.5 else 0.5))
    low, high = scene.ground if stand and scene.ground else _band(scene, subject)
    y = low + (high - low) * near - stand
    floating = _floats(subject, scene, setting)
    scale = size / 100 * (1.0 if floating else 0.72 + 0.42 * near)
    scale = min(scale, scene.w * 0.84 / _wide(mention))
    if floating:
        scale = min(scale, scene.h * 0.8 / 100)
        y = float(np.clip(y + scale * 50, scale * 104 + scene.h * 0.03, scene.h * 0.97))
    else:
        scale = min(scale, (y - scene.h * 0.05) / 104)
    x = _across(scene, mention, scale, first, taken, rng, setting)
    if x is None or scale <= 0:
        return None
    half = _wide(mention) * scale / 2
    taken.append((x - half, x + half, 0.0 if floating else 1.0))
    turned = order % 2 == 1 if floating or subject.habitat == "water" else x > scene.w * 0.55
    # What flies together flies the same way.
    turned = turned and subject.habitat != "air"
    return Placed(
        mention,
        subject,
        x,
        y,
        scale,
        subject.mirror and turned,
        0.4 if mention.far else 0.0 if first else (1 - near) * 0.16,
        floating,
        stand,
    )


def _across(
    scene: Scene,
    mention: Mention,
    scale: float,
    first: bool,
    taken: list[tuple[float, float, float]],
    rng: np.random.Generator,
    setting: str,
) -> float | None:
    subject = SUBJECTS[mention.name]
    half, level = _wide(mention) * scale / 2, 0.0 if _floats(subject, scene, setting) else 1.0
    margin = half + scene.w * 0.03
    if 2 * margin >= scene.w:
        return scene.w / 2 if first else None
    if setting == "road" and subject.tall > 2.5 and subject.home != "street":
        # Trees and houses stand beside the road.
        left = first or any(x > scene.w / 2 for x, _, _ in taken)
        return max(half * 0.9, scene.w * 0.13) if left else scene.w - max(half * 0.9, scene.w * 0.13)
    if first:
        if setting == "studio" or subject.wide * scale > scene.w * 0.5:
            return scene.w / 2
        third = scene.w * (0.36 if scene.sun_x > scene.w / 2 else 0.64)
        return float(np.clip(third, margin, scene.w - margin))
    spots = np.linspace(margin, scene.w - margin, 25) + rng.uniform(-8, 8, 25)
    costs = []
    for x in spots:
        overlap = sum(
            max(0.0, min(x + half, right) - max(x - half, left)) for left, right, row in taken if row == level
        )
        spread = min((abs(x - (left + right) / 2) for left, right, _ in taken), default=0.0)
        costs.append(overlap / (2 * half) + 0.25 * spread / scene.w)
    best = int(np.argmin(costs))
    return float(np.clip(spots[best], margin, scene.w - margin)) if costs[best] < 0.36 else None
