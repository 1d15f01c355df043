"""Every drawing, drawn."""

from __future__ import annotations

import numpy as np
import pytest

from services.local.illustrator.canvas import Canvas
from services.local.illustrator.light import light_for
from services.local.illustrator.palette import palette_for
from services.local.illustrator.pen import Pen
from services.local.illustrator.settings import SETTINGS
from services.local.illustrator.subjects import SUBJECTS, Brush
from services.local.illustrator.subjects.people import ROLES


def _coverage(name: str, role: str = "") -> tuple[float, float]:
    """Share of the drawing's own box that is painted, and of the whole canvas outside a wider box."""
    subject, canvas, pen = SUBJECTS[name], Canvas(256, 256), Pen()
    rng = np.random.default_rng(3)
    palette = palette_for((), "summer", rng)
    scale = min(6.0, 700 / subject.wide)
    with pen.at(500, 860, scale):
        subject.draw(
            Brush(pen, light_for("day", "", "").ink, rng, palette, palette.accents[0], palette.accents[1], role=role)
        )
    alpha = canvas.render(pen)[..., 3]
    half = subject.wide * scale / 2
    x, y = np.meshgrid((np.arange(256) + 0.5) / 0.256, (np.arange(256) + 0.5) / 0.256)
    inside = (abs(x - 500) <= half) & (y <= 860) & (y >= 860 - 100 * scale)
    beyond = (abs(x - 500) > half * 1.35 + 20) | (y > 860 + 14 * scale) | (y < 860 - 120 * scale)
    return float(alpha[inside].mean()), float((alpha * beyond).sum() / alpha.sum())


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_a_drawing_fills_its_box_and_keeps_to_it(name: str) -> None:
    filled, spilled = _coverage(name)
    assert filled > 0.08
    assert spilled < 0.06


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_dresses_a_figure(role: str) -> None:
    filled, _ = _coverage("person", role)
    assert filled > 0.15


def test_at_least_400_things_are_drawn_and_every_home_exists() -> None:
    assert len(SUBJECTS) >= 400
    assert {subject.home for subject in SUBJECTS.values()} - {""} <= set(SETTINGS)
