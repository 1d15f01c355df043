"""What stands beside the main thing, and what people hold: only what the prompt names, and in doubt nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from services.local.embedding import MiniLM
from services.local.engine import PaintRequest
from services.local.illustrator import Illustrator
from services.local.illustrator.brief import Brief, read_brief
from services.local.illustrator.company import at_home_in
from services.local.illustrator.mention import Mention
from services.local.illustrator.senses import SURE_ENOUGH, SURE_ENOUGH_BESIDE, GlossedSenses, Sense
from services.local.illustrator.whereabouts import choose_setting

Read = Callable[..., Brief]


@pytest.fixture(scope="module")
def read() -> Read:
    senses = GlossedSenses(MiniLM())
    return lambda prompt, negative="": read_brief(prompt, negative, senses)


def _names(brief: Brief) -> list[str]:
    return [mention.name for mention in brief.subjects]


class _Doubtful:
    """Finds every word in its drawn sense, ahead by as much as it was told."""

    def __init__(self, lead: float) -> None:
        self._lead = lead

    def sense(self, word: str, clause: str, *, noun: bool = False) -> Sense:
        return Sense(lead=self._lead)


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("A fox in a forest with a tent, near a bicycle by a lake", ["fox", "tent"]),
        ("An elephant before a lorry, behind it a giraffe", ["elephant", "lorry"]),
        ("A teapot, a feather and a lemon on dark slate", ["teapot", "feather", "lemon"]),
        ("A dog, a cat, a horse and a cow in a meadow", ["dog", "cat", "horse", "cow"]),
    ],
)
def test_one_thing_stands_beside_the_main_one_unless_a_list_names_more(
    read: Read, prompt: str, names: list[str]
) -> None:
    assert _names(read(prompt)) == names


def test_what_stands_beside_must_be_surer_than_what_opens_the_prompt() -> None:
    between = _Doubtful((SURE_ENOUGH + SURE_ENOUGH_BESIDE) / 2)
    assert _names(read_brief("A fox in a forest with a giraffe", senses=between)) == ["fox"]
    assert _names(read_brief("In a forest with a giraffe", senses=between)) == []
    assert SURE_ENOUGH_BESIDE > SURE_ENOUGH + 0.1


@pytest.mark.parametrize(
    ("prompt", "holds"),
    [
        ("Farmers deep in concentration among open fields", False),
        ("A farmer with a pitchfork among open fields", True),
        ("A musician on a stage", True),
        ("A singer on a stage", False),
        ("A musician with a guitar on a stage", True),
        ("A photographer on a mountain ridge", False),
        ("A photographer without a camera on a ridge", False),
        ("A skier on a snowy slope", True),
    ],
)
def test_people_hold_a_tool_only_where_the_prompt_or_their_calling_names_it(
    read: Read, prompt: str, holds: bool
) -> None:
    assert read(prompt).subjects[0].holds is holds


def test_an_empty_hand_is_painted_differently_from_one_with_a_tool() -> None:
    painted = [
        Illustrator().paint(PaintRequest(prompt, width=256, height=256)).astype(int)
        for prompt in ("A farmer in a field", "A farmer with a pitchfork in a field")
    ]
    assert np.abs(painted[0] - painted[1]).max() > 60


@pytest.mark.parametrize(
    ("mention", "setting", "indoor", "expected"),
    [
        (Mention("person", "worker"), "construction", False, Mention("person", "worker")),
        (Mention("person", "worker", holds=True), "office", True, Mention("person")),
        (Mention("person", "runner"), "library", True, Mention("person")),
        (Mention("person", "diver"), "street", False, Mention("person")),
        (Mention("team"), "office", True, Mention("team")),
        (Mention("team"), "stadium", False, Mention("group")),
    ],
)
def test_clothes_and_tables_of_a_calling_stay_where_they_belong(
    mention: Mention, setting: str, indoor: bool, expected: Mention
) -> None:
    assert at_home_in(mention, setting, indoor) == expected


@pytest.mark.parametrize(
    "prompt",
    [
        "A rugged coastline where cliffs drop into the sea",
        "Noodles as a small landscape, with a warm sun rising behind",
        "A meadow in summer with growth and innovation",
    ],
)
def test_verbs_lights_and_ideas_on_the_side_bring_no_object(read: Read, prompt: str) -> None:
    assert not {"water drop", "sun", "chart", "light bulb"} & set(_names(read(prompt)))


def test_a_child_with_a_book_reads_it(read: Read) -> None:
    (child,) = read("A child lost in an open book").subjects
    assert (child.name, child.role, child.holds) == ("child", "reader", True)


def test_what_cannot_float_is_not_put_over_the_open_sea(read: Read) -> None:
    assert choose_setting(read("An anchor on the open sea")) == "cliff"


def test_headphones_and_scales_are_one_thing(read: Read) -> None:
    assert [m.count for m in read("Headphones on a plain background").subjects] == [1]


def test_clothes_beside_somebody_are_not_laid_out(read: Read) -> None:
    assert _names(read("A mechanic leaning over an engine with a hat")) == ["person"]


def test_what_does_not_open_the_prompt_never_changes_the_place(read: Read) -> None:
    assert choose_setting(read("Hills in the mountains, a sailing ship off to one side")) == "mountains"


def test_one_table_in_a_sentence_does_not_put_people_into_a_kitchen(read: Read) -> None:
    assert read("Physicists aligning mirrors on an optical table").setting == ""
    assert read("A loaf of bread on a kitchen table").setting == "kitchen"


@pytest.mark.parametrize(
    ("prompt", "absent"),
    [
        ("A sea turtle in the open sea", "turtle"),
        ("A tangle of thread", "yarn"),
        ("A violinist on a stage", "violin"),
        ("Rowers at dawn", "canoe"),
        ("A snow leopard on a rock", "leopard"),
        ("A water buffalo in a field", "bison"),
        ("A guinea pig on a sofa", "pig"),
        ("A courgette on a kitchen table", "cucumber"),
        ("A risotto in a warm kitchen", "rice"),
        ("A uniform on a chair", "shirt"),
        ("A weather map on a table", "map"),
        ("A vending machine in a corridor", "gears"),
        ("A solar car on an open road", "car"),
        ("A cinema cut from layered paper", "clapperboard"),
        ("The bare frame of a new house on a building site", "house"),
        ("An accordion, with a reed close by", "reeds"),
        ("Parents building a raft at a lake", "apartment block"),
        ("Runners breathing in a park", "lungs"),
        ("Christmas trees in a forest, with pots close by", "houseplant"),
        ("Goats clearing a brush on a hillside", "palette"),
        ("A solar oven on a table", "cooker"),
        ("A security camera above a door", "camera"),
        ("Technicians working high on a turbine", "solar panel"),
    ],
)
def test_a_word_does_not_lead_to_what_is_merely_similar(read: Read, prompt: str, absent: str) -> None:
    assert absent not in _names(read(prompt))


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("A wild animal pausing alert on a golden savanna", ["antelope"]),
        ("Grilled sardines on a wide sandy beach", ["fish dish"]),
        ("Grilled shark on a plate", ["plate"]),
        ("Lentils in a warm kitchen, with roasted carrots close by", ["beans"]),
        ("Lentils in a warm kitchen, with carrots close by", ["beans", "carrot"]),
        ("Roasted carrots in a kitchen", ["carrot"]),
        ("Mushrooms in a deep forest, with light filtering through branches", ["mushrooms"]),
        ("Mushrooms in a deep forest beside branches", ["mushrooms", "branch"]),
        ("Sardines in clear water", ["fish"]),
    ],
)
def test_an_idea_gets_no_emblem_in_a_place_and_a_cooked_animal_is_no_animal(
    read: Read, prompt: str, names: list[str]
) -> None:
    assert _names(read(prompt)) == names


def test_a_bare_wall_has_no_furniture_before_it(read: Read) -> None:
    assert read("A picture frame on a bare wall, a comet spilling out of it").setting == "studio"


@pytest.mark.parametrize(
    ("prompt", "people"),
    [
        ("Two people looking closely at a moose", ("person", 2)),
        ("Three people on a beach", ("person", 3)),
        ("People in easy conversation on a beach", ("group", 1)),
    ],
)
def test_two_people_are_two(read: Read, prompt: str, people: tuple[str, int]) -> None:
    assert people in [(m.name, m.count) for m in read(prompt).subjects]
