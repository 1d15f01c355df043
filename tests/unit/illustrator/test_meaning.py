"""Which words of a prompt bring an object: heads of phrases, in the drawn sense, neither compared nor refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.local.embedding import MiniLM
from services.local.illustrator.brief import Brief, read_brief
from services.local.illustrator.glosses import GLOSSES
from services.local.illustrator.nouns import SUBJECTS as NOUNS
from services.local.illustrator.senses import GlossedSenses
from services.local.illustrator.subjects import SUBJECTS

Read = Callable[..., Brief]


@pytest.fixture(scope="module")
def read() -> Read:
    senses = GlossedSenses(MiniLM())
    return lambda prompt, negative="": read_brief(prompt, negative, senses)


def _names(brief: Brief) -> list[str]:
    return [mention.name for mention in brief.subjects]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Railway tracks that unroll like a ribbon towards the sun", []),
        ("A backpack growing out of the ground like a young tree", ["backpack"]),
        ("Clouds over a field as if they were sheep", []),
        ("A bottle as tall as a lighthouse", ["bottle"]),
        ("A dress the colour of a lemon", ["dress"]),
        ("People who like dogs", ["group", "dog"]),
        ("An open book as a boat with sails", ["book"]),
        ("A ball as a small planet circled by players", ["ball"]),
    ],
)
def test_what_is_only_compared_is_not_drawn(read: Read, prompt: str, names: list[str]) -> None:
    assert _names(read(prompt)) == names


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("A street with a bus, without cars, bicycles or dogs", ["bus"]),
        ("A kitchen free of cats", []),
        ("Apples instead of cake on a table", ["apple"]),
        ("A bench rather than a chair in a park", ["bench"]),
        ("A lake without boats, a swan in the mist", ["swan"]),
    ],
)
def test_what_is_refused_is_not_drawn(read: Read, prompt: str, names: list[str]) -> None:
    assert [name for name in _names(read(prompt)) if name != "table"] == names


@pytest.mark.parametrize(
    ("prompt", "absent", "present"),
    [
        ("A robot vacuum cleaner and a cat", "robot", "cat"),
        ("Bakery shelves and a cat", "shop front", "cat"),
        ("A student loan on a form", "person", ""),
        ("A dog collar on a bench", "dog", ""),
        ("The wheels of a bicycle", "", "bicycle"),
        ("A wolf's howl over the valley", "wolf", ""),
        ("A puffin colony on a cliff", "", "puffin"),
        ("A chain of mountain ridges", "chain", ""),
        ("A blanket of snow over a village", "scarf", ""),
        ("A sea of umbrellas", "", "umbrella"),
        ("A boat of folded paper", "", "boat"),
        ("A hut cut from layered paper", "", "shed"),
        ("Women in long coats beside a horse", "coat", "horse"),
    ],
)
def test_only_the_head_of_a_phrase_is_drawn(read: Read, prompt: str, absent: str, present: str) -> None:
    names = _names(read(prompt))
    assert absent not in names
    assert not present or present in names


@pytest.mark.parametrize(
    ("prompt", "present", "absent"),
    [
        ("Athletes shaking hands across the net on a tennis court", "", "fishing net"),
        ("A vinyl record spinning in a living room", "record", ""),
        ("A record harvest in the fields", "", "record"),
        ("A crane lifting steel over a building site", "tower crane", "heron"),
        ("A crane standing in the reeds of a marsh", "", "tower crane"),
        ("A wax seal on a letter", "", "seal"),
        ("Seals on the rocks by the sea", "seal", ""),
        ("A garden with raised beds", "", "bed"),
        ("The bare frame of a new house on a building site", "", "picture frame"),
        ("The captain lifts the cup in the stadium after the final", "trophy", "coffee cup"),
        ("A python script on a server", "", "snake"),
        ("A pen for cattle on a farm", "", "fountain pen"),
        ("String players on a stage", "person", "ball"),
        ("Wait to book a flight online", "", "book"),
    ],
)
def test_a_word_is_drawn_in_the_sense_it_has(read: Read, prompt: str, present: str, absent: str) -> None:
    names = _names(read(prompt))
    assert absent not in names
    assert not present or present in names


def test_without_embeddings_a_word_of_several_senses_names_nothing() -> None:
    assert _names(read_brief("A crane and a giraffe")) == ["giraffe"]


def test_every_gloss_has_a_rival_and_leads_to_a_drawing() -> None:
    assert all(len(glosses) > 1 for glosses in GLOSSES.values())
    assert {gloss.drawing for glosses in GLOSSES.values() for gloss in glosses if gloss.drawing} <= set(SUBJECTS)
    assert set(NOUNS) <= set(SUBJECTS)


@pytest.mark.parametrize(
    ("prompt", "negative", "field", "value"),
    [
        ("A harbour in the rain", "rain", "weather", ""),
        ("A village at night", "night scene", "hour", ""),
        ("A winter forest", "snow, winter", "season", ""),
        ("A village at the edge of a forest", "forest", "setting", "village"),
    ],
)
def test_a_negative_prompt_bans_weather_hour_season_and_place(
    read: Read, prompt: str, negative: str, field: str, value: str
) -> None:
    assert getattr(read(prompt, negative), field) == value


def test_a_negative_prompt_against_defects_and_writing_bans_no_things(read: Read) -> None:
    negative = "text, letters, watermark, signature, deformed hands, extra fingers, recognisable faces, warped boats"
    assert _names(read("An open hand beside a boat", negative)) == ["hand", "boat"]
    assert _names(read("Letters in envelopes on a doormat", negative)) == ["envelope"]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("An open hand that holds earth, set against a plain background", ["hand"]),
        ("The earth seen from the moon, in deep space", ["globe"]),
        ("A generous dish served in an earthenware bowl", ["meal"]),
        ("A bowl on a wooden table", ["bowl"]),
        ("A designer turning a watch in careful hands on a seamless studio backdrop", ["person", "watch"]),
        ("A designer wearing a watch in a studio", ["person"]),
        ("A cargo plane on the runway", ["cargo plane"]),
        ("A houseboat beside a slow river", ["houseboat"]),
    ],
)
def test_soil_is_no_globe_food_no_empty_plate_and_what_an_article_precedes_a_thing(
    read: Read, prompt: str, names: list[str]
) -> None:
    assert _names(read(prompt)) == names
