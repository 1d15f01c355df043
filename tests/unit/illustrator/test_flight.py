"""Birds that fly are in the air; birds that do not are on the ground."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from services.local.embedding import MiniLM
from services.local.illustrator.brief import Brief, read_brief
from services.local.illustrator.canvas import Canvas
from services.local.illustrator.compose import Placed, arrange
from services.local.illustrator.light import light_for
from services.local.illustrator.palette import palette_for
from services.local.illustrator.scene import Scene
from services.local.illustrator.senses import GlossedSenses
from services.local.illustrator.settings import SETTINGS
from services.local.scribe.acts import acts
from services.local.scribe.lexicon import lexicon
from services.local.scribe.tagging import tag_all

Read = Callable[[str], Brief]


@pytest.fixture(scope="module")
def read() -> Read:
    senses = GlossedSenses(MiniLM())
    return lambda prompt: read_brief(prompt, "", senses)


@pytest.mark.parametrize(
    ("prompt", "colour"),
    [
        ("Gulls circle above the pier", ""),
        ("Gulls that are slowly circling above a quay", ""),
        ("An eagle circles over the valley", "brown"),
        ("Soaring eagles high in the mountains", "brown"),
        ("A heron in flight over the marsh", "grey"),
        ("Crows wheeling over a field", "black"),
        ("A pigeon taking off from a square", "grey"),
        ("A red parrot flying over a jungle", "red"),
        ("Geese flying south over the fields", "grey"),
    ],
)
def test_a_bird_that_is_said_to_fly_is_on_the_wing(read: Read, prompt: str, colour: str) -> None:
    assert [(m.name, m.colour) for m in read(prompt).subjects[:1]] == [("flying bird", colour)]


def test_a_puffin_on_the_wing_is_one(read: Read) -> None:
    assert [m.name for m in read("Puffins flying out over a rocky coast").subjects] == ["flying puffin"]


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("Two gulls stand on the quay", "seabird"),
        ("A gull on a post", "seabird"),
        ("A duck swims on a pond", "duck"),
        ("A penguin flies past a glacier", "penguin"),
        ("Hens in a yard under a soaring roof", "hen"),
        ("A heron without moving, gulls not far", "heron"),
    ],
)
def test_a_bird_that_does_not_or_cannot_fly_stays_below(read: Read, prompt: str, name: str) -> None:
    assert read(prompt).subjects[0].name == name


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("Gulls circle above the pier.", "gulls circling above the pier"),
        ("Eagles soar over the valley.", "eagles soaring over a valley"),
        ("Geese fly south over the fields.", "geese flying south over the fields"),
    ],
)
def test_the_scribe_keeps_what_birds_do(content: str, act: str) -> None:
    words = lexicon()
    assert [found.text for tokens in tag_all([content], words) for found in acts(tokens, words)] == [act]


def test_circling_gulls_are_above_the_horizon_and_standing_ones_on_the_ground(read: Read) -> None:
    def placed(prompt: str) -> tuple[Scene, list[Placed]]:
        rng = np.random.default_rng(3)
        canvas = Canvas(768, 512)
        light, palette = light_for("day", "fair", ""), palette_for((), "summer", rng)
        scene = Scene(canvas, light, palette, rng, "summer", "fair", canvas.h * 0.5, canvas.w * 0.3)
        SETTINGS["harbour"].paint(scene, "")
        return scene, arrange(scene, read(prompt), "harbour", rng)

    scene, flying = placed("Gulls circle above the pier")
    assert len(flying) > 1
    assert len({gull.mirror for gull in flying}) == 1
    assert all(gull.floating and gull.y - 50 * gull.scale < scene.horizon for gull in flying)
    scene, standing = placed("Gulls on the pier")
    assert standing
    assert all(not gull.floating and gull.y > scene.horizon for gull in standing)
