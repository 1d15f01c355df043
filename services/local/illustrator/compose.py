"""Composition: which setting, which things, how big and where, so that nothing is cut off or hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.local.illustrator.brief import Brief, Mention
from services.local.illustrator.scene import Scene
from services.local.illustrator.subjects import SUBJECTS, Subject

_WET = {"sea", "coast", "cliff", "harbour", "lake", "underwater"}
_ROOMS = {"office", "home", "kitchen", "classroom", "laboratory", "workshop", "stage"}
_DRY_TO_WET = {
    "mountains": "lake",
    "forest": "lake",
    "field": "lake",
    "garden": "lake",
    "snow": "lake",
    "desert": "sea",
    "street": "harbour",
    "city": "harbour",
}
_LAND_FOR = {"sea": "cliff", "sky": "mountains"}


@dataclass(frozen=True, slots=True)
class Placed:
    """One drawing at its place: foot at (x, y), `scale` times its own units, `depth` 0 near to 1 far."""

    mention: Mention
    subject: Subject
    x: float
    y: float
    scale: float
    mirror: bool
    depth: float
    floating: bool = False


def choose_setting(brief: Brief) -> str:
    """The setting the brief names, changed where its main subject could not be there, or the subject's home."""
    main = SUBJECTS[brief.subjects[0].name] if brief.subjects else None
    if not brief.setting:
        if main is None:
            return "abstract"
        return main.home or {"water": "sea", "air": "sky", "table": "kitchen", "emblem": "studio"}.get(
            main.habitat, "field"
        )
    if main is None:
        return brief.setting
    if main.habitat == "water" and brief.setting not in _WET | _ROOMS:
        return _DRY_TO_WET.get(brief.setting, "sea")
    if main.home == "street" and brief.setting in _ROOMS:
        return "street"
    if main.habitat == "ground" and brief.setting in _LAND_FOR:
        return _LAND_FOR[brief.setting]
    return brief.setting


def arrange(scene: Scene, brief: Brief, setting: str, rng: np.random.Generator) -> list[Placed]:
    """The places of the brief's subjects, drawn from far to near."""
    if not brief.subjects:
        return []
    chosen = [m for m in brief.subjects if _fits(SUBJECTS[m.name], scene, setting) or m is brief.subjects[0]][:4]
    placed: list[Placed] = []
    taken: list[tuple[float, float, float]] = []
    main = SUBJECTS[chosen[0].name]
    reference = min(scene.h, scene.w * 1.1)
    zoom = {"close": 1.35, "wide": 0.68}.get(brief.framing, 1.0)
    tall = reference * main.share * zoom * (1.22 if setting == "studio" else 1.0)
    for order, mention in enumerate(chosen):
        subject = SUBJECTS[mention.name]
        size = tall if order == 0 else _companion(subject, main, tall, reference)
        for copy in range(_copies(mention, subject, order, scene)):
            spot = _place(
                scene,
                subject,
                size * (1 if copy == 0 else float(rng.uniform(0.74, 0.92))),
                order + copy,
                taken,
                rng,
                setting,
            )
            if spot is None:
                continue
            x, y, scale, depth = spot
            half = subject.wide * scale / 2
            taken.append((x - half, x + half, 0.0 if subject.habitat == "air" else 1.0))
            mirror = subject.mirror and (x > scene.w * 0.55 if subject.habitat != "water" else copy % 2 == 1)
            placed.append(Placed(mention, subject, x, y, scale, mirror, depth, _floats(subject, scene)))
    return sorted(placed, key=lambda p: p.y)


def _fits(subject: Subject, scene: Scene, setting: str) -> bool:
    if subject.habitat == "water":
        return scene.water is not None
    if subject.habitat == "ground":
        return scene.ground is not None and not (scene.indoor and subject.tall > 2.6)
    if subject.habitat == "air":
        return not scene.indoor or subject.tall < 1
    if subject.habitat == "space":
        return not scene.indoor
    return setting not in ("underwater", "sky", "space", "lunar") or subject.habitat == "emblem"


def _floats(subject: Subject, scene: Scene) -> bool:
    return subject.habitat in ("air", "space") or (
        subject.habitat in ("ground", "table", "emblem") and scene.ground is None
    )


def _companion(subject: Subject, main: Subject, tall: float, reference: float) -> float:
    ratio = (subject.tall / main.tall) ** 0.55
    return float(
        np.clip(tall * ratio, reference * 0.09, reference * (0.66 if ratio > 1 else max(subject.share, 0.2) * 0.92))
    )


def _copies(mention: Mention, subject: Subject, order: int, scene: Scene) -> int:
    room = max(int(scene.w / 330), 1)
    wanted = mention.count if order == 0 or subject.habitat == "air" else min(mention.count, 2)
    return max(min(wanted, room + 1, 6), 1)


def _band(scene: Scene, subject: Subject) -> tuple[float, float]:
    if subject.habitat == "water" and scene.water:
        return scene.water
    if subject.habitat in ("air", "space") or scene.ground is None:
        return (scene.h * scene.air[0], scene.h * scene.air[1])
    if subject.habitat == "table":
        top = scene.table or scene.h * 0.8
        return (top + 14, top + 14 + (scene.h - top) * 0.3)
    return scene.ground


def _place(
    scene: Scene,
    subject: Subject,
    size: float,
    order: int,
    taken: list[tuple[float, float, float]],
    rng: np.random.Generator,
    setting: str,
) -> tuple[float, float, float, float] | None:
    first = order == 0
    near = 0.62 if first else float(rng.uniform(0.12, 0.95))
    low, high = _band(scene, subject)
    y = low + (high - low) * near
    floating = _floats(subject, scene)
    scale = size / 100 * (1.0 if floating else 0.72 + 0.42 * near)
    scale = min(scale, scene.w * 0.84 / subject.wide)
    if floating:
        y = float(np.clip(y + scale * 50, scale * 104 + scene.h * 0.03, scene.h * 0.97))
        scale = min(scale, scene.h * 0.8 / 100)
    else:
        scale = min(scale, (y - scene.h * 0.05) / 104)
    x = _across(scene, subject, scale, first, taken, rng, setting)
    if x is None:
        return None
    return x, y, scale, 0.0 if first else (1 - near) * 0.16


def _across(
    scene: Scene,
    subject: Subject,
    scale: float,
    first: bool,
    taken: list[tuple[float, float, float]],
    rng: np.random.Generator,
    setting: str,
) -> float | None:
    half, level = subject.wide * scale / 2, 0.0 if subject.habitat == "air" else 1.0
    margin = half + scene.w * 0.03
    if 2 * margin >= scene.w:
        return scene.w / 2 if first else None
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
    return float(np.clip(spots[best], margin, scene.w - margin)) if costs[best] < 0.5 else None
