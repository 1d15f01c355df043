"""What a prompt shows is what the content is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

Draw = Callable[..., list[dict[str, str]]]

PUFFINS = (Path(__file__).parents[3] / "client/samples/puffins.md").read_text(encoding="utf-8")
OCTOPUS = """Octopuses dream, perhaps. Researchers in Okinawa filmed sleeping octopuses whose skin ran through the same
    patterns they show when awake. The animals were woken gently and given crabs as thanks."""
NURSES = """The first malaria vaccine is reaching clinics in twelve African countries. In Malawi, nurses carry cool
    boxes by bicycle to villages that trucks cannot reach. Mothers queue from dawn with their babies."""
HEADPHONES = """Meet the Aurora One: wireless headphones made from recycled aluminium and wool. Forty hours of battery
    and cushions you can replace yourself."""
STRIKE = "Train drivers will walk out for 48 hours from Monday, the union said. Commuters were told to use buses."
ELEPHANTS = """At sunset the elephants come down to the waterhole. Rangers at the lodge in Tsavo count them every
    evening: 41 yesterday, three of them calves."""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PUFFINS, ("puffins", "coast")),
        (OCTOPUS, ("researchers filming sleeping octopuses",)),
        (NURSES, ("nurses carrying cool boxes by bicycle", "malawi")),
        (HEADPHONES, ("wireless headphones",)),
        (ELEPHANTS, ("elephants", "savanna")),
    ],
    ids=["puffins", "octopus", "nurses", "headphones", "elephants"],
)
def test_some_first_prompt_names_subject_act_and_place(draw: Draw, content: str, words: tuple[str, ...]) -> None:
    said = draw(content, 2)[0]["prompt"].lower()
    assert all(word in said for word in words)


def test_the_heading_decides_what_the_others_show_as_well(draw: Draw) -> None:
    assert all("puffins" in prompt["prompt"].lower() for prompt in draw(PUFFINS, 4))


def test_what_flies_is_over_the_coast_and_not_on_it(draw: Draw) -> None:
    said = " ".join(prompt["prompt"] for prompt in draw(PUFFINS, 4))
    assert "flying out over a rocky coast" in said
    assert "flying out on" not in said


def test_a_verb_with_a_second_meaning_is_no_act(draw: Draw) -> None:
    assert "walking" not in " ".join(prompt["prompt"] for prompt in draw(STRIKE, 4))


@pytest.mark.parametrize(
    ("content", "others"),
    [
        (PUFFINS, ("sunset", "evening", "golden hour", "midday", "lamplight", "at night", "night sky")),
        (ELEPHANTS, ("dawn", "midday", "morning", "lamplight", "at night", "night sky")),
    ],
    ids=["dawn", "sunset"],
)
def test_variants_keep_the_time_of_day_that_the_content_names(
    draw: Draw, content: str, others: tuple[str, ...]
) -> None:
    said = " ".join(prompt["prompt"] for prompt in draw(content, 8)).lower()
    assert not [word for word in others if word in said]


@pytest.mark.parametrize(
    ("style", "stated", "composed"),
    [
        ("watercolour, for a presentation", "watercolour", "empty|calm and plain"),
        ("for marketing", "", "for (?:a few )?words|clean margins"),
        ("flat vector illustration, pastel colours, for our website", "flat vector illustration, pastel", "other side"),
        ("oil painting for social media", "oil painting", "when small|big, simple|large shapes"),
        ("linocut as a poster", "linocut", "clear space above"),
    ],
)
def test_a_purpose_shapes_the_composition_and_the_style_is_still_named(
    draw: Draw, style: str, stated: str, composed: str
) -> None:
    for prompt in draw(PUFFINS, 4, style=style):
        assert stated in prompt["prompt"].lower()
        assert re.search(composed, prompt["prompt"])
        assert len(prompt["prompt"].split()) <= 70


def test_a_style_without_a_purpose_is_left_as_it_is(draw: Draw) -> None:
    assert "Made for the ages, in gold." in draw(PUFFINS, 1, style="made for the ages, in gold")[0]["prompt"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("Kyoto in winter. Skip the golden pavilion and look at the monks who sweep snow off the steps.", "pavilion"),
        ("A wedding without the elephants. The couple rode to the temple on bicycles.", "elephant"),
        ("The farm keeps goats instead of cows. Every morning the goats climb onto the roof.", "cow"),
        ("It was not a castle but a barn. The farmer stores hay in it.", "castle"),
        ('Her novel "The Glass Mountain" is about two sisters who run a hotel.', "mountain"),
        ("The museum bought Monet's The Garden Path at Dusk. Visitors queue in the hall.", "path"),
    ],
)
def test_what_is_named_in_passing_is_not_shown(draw: Draw, content: str, named: str) -> None:
    for prompt in draw(content, 8):
        assert named not in prompt["prompt"].split(".")[0].lower()


def test_not_only_is_no_negation(draw: Draw) -> None:
    said = " ".join(prompt["prompt"] for prompt in draw("Not only puffins nest on the cliffs. Puffins fly at dawn.", 4))
    assert "puffins" in said.lower()


def test_an_adjective_that_is_done_is_a_verb(draw: Draw) -> None:
    content = "Volunteers clear mud after the flood. Neighbours helped all weekend in the village."
    assert draw(content, 1)[0]["prompt"].startswith("Volunteers clearing mud")


def test_a_recipe_begins_with_what_is_eaten(draw: Draw) -> None:
    assert "Fry" not in draw("Fry onions and carrots in oil. Add lentils and simmer.", 1)[0]["prompt"]


def test_bad_news_gets_no_cosy_mood(draw: Draw) -> None:
    content = "Ransomware hits a hotel chain. Attackers encrypted the servers; guests could not open their doors."
    said = " ".join(prompt["prompt"] for prompt in draw(content, 4)).lower()
    assert not any(word in said for word in ("cosy", "homely", "festive", "comforting"))
