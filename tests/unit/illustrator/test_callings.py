"""People in their callings, words that other words turn into other things, and the places that follow from both."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from services.local.embedding import MiniLM
from services.local.engine import PaintRequest
from services.local.illustrator import Illustrator
from services.local.illustrator.brief import Brief, read_brief
from services.local.illustrator.canvas import Canvas
from services.local.illustrator.company import at_home_in
from services.local.illustrator.compose import arrange
from services.local.illustrator.light import light_for
from services.local.illustrator.mention import Mention
from services.local.illustrator.palette import palette_for
from services.local.illustrator.scene import Scene
from services.local.illustrator.senses import GlossedSenses
from services.local.illustrator.settings import SETTINGS
from services.local.illustrator.whereabouts import choose_setting

Read = Callable[..., Brief]


@pytest.fixture(scope="module")
def read() -> Read:
    senses = GlossedSenses(MiniLM())
    return lambda prompt, negative="": read_brief(prompt, negative, senses)


def _drawn(brief: Brief) -> list[str]:
    return [f"{m.name}:{m.role}" if m.role else m.name for m in brief.subjects]


@pytest.mark.parametrize(
    ("prompt", "present", "absent"),
    [
        ("A phone box in a quiet library", "phone box", "parcel"),
        ("A rice cooker in a warm kitchen", "rice cooker", "cooker"),
        ("A camping stove in a deep forest", "camping stove", "cooker"),
        ("A wooden box on a dark floor", "parcel", "phone box"),
        ("The opera house of a city at night", "", "house"),
        ("A ticket machine at a railway station", "", "gears"),
        ("Ceramic plant pots on a wide, empty ground", "flower pot", "jug"),
        ("A craft workshop with hanging tools and wool blankets in the foreground", "scarf", "screwdriver"),
        ("A violin, with hand tools on the wall", "violin", "screwdriver"),
        ("Lichens whose roots spread out like the streets of a city", "", "roots"),
        ("A key whose teeth are a row of houses", "key", "tooth"),
        ("A wild animal pausing alert in a forest", "antelope", "bell"),
        ("An animal's silhouette filled with the landscape it lives in", "antelope", "person"),
        ("Glowing lava streaming down a dark slope", "volcano", "television"),
        ("A chicken freshly prepared and generously served in a warm kitchen", "roast chicken", "hen"),
        ("A chicken on a farm", "hen", "roast chicken"),
        ("Engineers testing a turbine in the tide", "person:engineer", "wind turbine"),
        ("Tall wind turbines turning above rows of solar panels", "wind turbine", ""),
        ("Travellers waiting with bags on a platform", "travel bag", "shopping bag"),
        ("A plum cake in a warm kitchen", "plain cake", "cake"),
        ("A birthday cake in a warm kitchen", "cake", "plain cake"),
    ],
)
def test_a_word_before_or_behind_makes_another_thing_of_a_noun(
    read: Read, prompt: str, present: str, absent: str
) -> None:
    drawn = _drawn(read(prompt))
    assert not present or present in drawn
    assert absent not in drawn


@pytest.mark.parametrize(
    ("prompt", "drawn"),
    [
        ("Bus drivers in a small town", ["person:driver", "bus"]),
        ("A lighthouse keeper in an open, imagined space", ["person:keeper", "lighthouse"]),
        ("Readers sunk into armchairs between tall shelves in a quiet library", ["armchair reader"]),
        ("Two field biologists watching through binoculars on a savanna", ["person:biologist"]),
        ("Two women watching through binoculars on a rocky coast", ["person:watcher"]),
        ("A musician with a violin on a stage", ["person:violinist"]),
        ("A musician beside a cello on a stage", ["person", "cello"]),
        ("Astronomers beneath the dome of an observatory, with a telescope close by", ["person:astronomer"]),
        ("Customers choosing fruit with a shop assistant", ["person", "fruit bowl"]),
        ("A hydrologist beside a slow river", ["person"]),
        ("A child building a tower of wooden blocks", ["child", "building blocks"]),
    ],
)
def test_people_are_joined_with_what_they_are_busy_with(read: Read, prompt: str, drawn: list[str]) -> None:
    assert _drawn(read(prompt))[: len(drawn)] == drawn


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("A string quartet on a stage", 4),
        ("A rowing crew on a calm river", 2),
        ("A master and an apprentice bent over the same piece", 2),
        ("A master bent over a piece", 1),
    ],
)
def test_an_ensemble_is_several_people(read: Read, prompt: str, count: int) -> None:
    assert read(prompt).subjects[0].count == count


@pytest.mark.parametrize(
    ("prompt", "setting"),
    [
        ("People of different ages in easy conversation on the open sea", "deck"),
        ("A sailing ship on the open sea", "sea"),
        ("A small crew hauling a dripping net over the rail", "deck"),
        ("Astronomers beneath the open dome of an observatory", "observatory"),
        ("Lawyers in quiet talk on a wide stair", "hall"),
        ("The steps and columns of a public building in a grand public hall", "hall"),
        ("A baker scoring loaves in a small bakery", "bakery"),
        ("Runners in plain jerseys on a running course", "course"),
        ("Readers sunk into armchairs between tall shelves in a quiet library", "library"),
        ("A phone box in a quiet library", "library"),
        ("A student crossing an old arcaded courtyard", "garden"),
        ("Swimmers on a running course", "course"),
    ],
)
def test_a_place_is_where_such_people_and_things_can_be(read: Read, prompt: str, setting: str) -> None:
    assert choose_setting(read(prompt)) == setting


@pytest.mark.parametrize(
    ("name", "role", "setting", "seen"),
    [
        ("swimmer", "", "lake", "swimmer"),
        ("swimmer", "", "course", "person:swimmer"),
        ("surf rider", "", "sea", "surf rider"),
        ("surf rider", "", "coast", "person:surfer"),
        ("person", "archaeologist", "desert", "person:archaeologist"),
        ("person", "archaeologist", "museum", "person"),
        ("person", "goalkeeper", "office", "person"),
        ("person", "beekeeper", "field", "person:beekeeper"),
    ],
)
def test_people_look_like_their_calling_only_where_it_is_exercised(
    name: str, role: str, setting: str, seen: str
) -> None:
    mention = at_home_in(Mention(name, role, holds=True), setting, setting in ("museum", "office"))
    assert (f"{mention.name}:{mention.role}" if mention.role else mention.name) == seen


def _placed(brief: Brief, setting: str) -> list[tuple[str, bool]]:
    canvas, rng = Canvas(768, 512), np.random.default_rng(1)
    scene = Scene(
        canvas, light_for("day", "", ""), palette_for((), "summer", rng), rng, "summer", "fair", canvas.h * 0.5, 300.0
    )
    SETTINGS[setting].paint(scene, "")
    return [(item.mention.name, item.stand > 0) for item in arrange(scene, brief, setting, rng)]


def test_food_beside_people_stands_on_a_small_table_or_is_left_out_in_the_street(read: Read) -> None:
    brief = read("People of different ages in easy conversation, with cucumbers close by")
    assert ("cucumber", True) in _placed(brief, "studio")
    assert [name for name, _ in _placed(brief, "street")] == ["group"]
    assert "cucumber" in [name for name, _ in _placed(brief, "market")]


def test_hikers_carry_a_pack_only_where_one_is_named(read: Read) -> None:
    assert read("A hiker with a pack on a narrow ridge path").subjects[0].laden
    assert not read("A hiker on a narrow ridge path").subjects[0].laden
    illustrator = Illustrator(MiniLM())
    plain = illustrator.brief(PaintRequest("A hiker on a ridge", width=256, height=256))
    assert not any(mention.laden for mention in plain.subjects)
