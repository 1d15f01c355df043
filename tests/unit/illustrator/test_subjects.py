"""Every drawing, drawn."""

from __future__ import annotations

import numpy as np
import pytest

from services.local.illustrator.canvas import Canvas
from services.local.illustrator.language import find, lemma
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


def _painted(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    canvas, pen, rng = Canvas(256, 256), Pen(), np.random.default_rng(3)
    palette = palette_for((), "summer", rng)
    with pen.at(500, 860, min(6.0, 700 / SUBJECTS[name].wide)):
        SUBJECTS[name].draw(
            Brush(pen, light_for("day", "", "").ink, rng, palette, palette.accents[0], palette.accents[1])
        )
    return canvas.render(pen)


@pytest.mark.parametrize("name", ["bottle", "piano", "plate", "whisk", "barn", "toaster"])
def test_nothing_stands_apart_from_what_is_named(name: str) -> None:
    columns = np.flatnonzero(_painted(name)[..., 3].max(axis=0) > 0.2)
    assert len(columns) == columns[-1] - columns[0] + 1


@pytest.mark.parametrize(
    "name",
    [
        "soup", "steak", "roast chicken", "noodles", "pasta", "omelette", "tofu", "fish dish", "mortar",
        "chopping board", "plate", "table", "dove",
    ],
)  # fmt: skip
def test_no_herbs_and_no_pot_plants_come_with_what_is_named(name: str) -> None:
    pixels = _painted(name)
    red, green, blue, alpha = (pixels[..., k] for k in range(4))
    assert not ((green > red + 0.06) & (green > blue + 0.06) & (alpha > 0.8)).any()


@pytest.mark.parametrize(
    ("word", "drawing"),
    [
        ("vase", "bare vase"),
        ("bouquet", "vase"),
        ("fork", "fork"),
        ("spoon", "spoon"),
        ("glass of orange juice", "juice"),
        ("plate", "plate"),
        ("supper", "meal"),
        ("knitting", "knitting"),
        ("ball of wool", "yarn"),
    ],
)
def test_a_word_leads_to_the_very_thing(word: str, drawing: str) -> None:
    found = find([lemma(part) for part in word.split()], "subject", set())
    assert [hit.name for hit in found] == [drawing]


@pytest.mark.parametrize(
    "word",
    ["hose", "kale", "baobab", "handball", "lute", "snowboard", "cougar", "jackal", "yak", "mozzarella", "dessert"],
)
def test_a_word_without_a_drawing_of_its_own_leads_to_none(word: str) -> None:
    assert not find([lemma(word)], "subject", set())


def test_a_canoe_is_empty() -> None:
    assert _painted("canoe")[152, 128, 3] < 0.1
