"""What the illustrator reads out of a prompt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.local.illustrator import nouns, words
from services.local.illustrator.brief import read_brief
from services.local.illustrator.settings import SETTINGS
from services.local.illustrator.subjects import SUBJECTS
from services.local.illustrator.whereabouts import choose_setting


def _names(prompt: str, negative: str = "") -> list[str]:
    return [mention.name for mention in read_brief(prompt, negative).subjects]


def test_a_full_prompt_is_read_into_setting_hour_weather_look_and_subject() -> None:
    brief = read_brief(
        "Close-up of fishermen mending nets on a misty harbour at dawn, warm low light, calm mood, "
        "flat vector illustration"
    )
    assert (brief.setting, brief.hour, brief.weather, brief.mood) == ("harbour", "dawn", "fog", "calm")
    assert (brief.look, brief.framing) == ("flat", "close")
    assert [(m.name, m.role) for m in brief.subjects] == [("person", "fisherman")]
    assert brief.subjects[0].count > 1


@pytest.mark.parametrize(
    "prompt",
    [
        "A thoughtful essay on forgiveness and memory",
        "Governance framework and stakeholder alignment",
        "The camera angle is low, with depth of field and negative space",
        "Seven gronkles frobnicate a zibbet",
        "",
    ],
)
def test_a_prompt_that_names_nothing_known_has_no_subject(prompt: str) -> None:
    assert _names(prompt) == []


@pytest.mark.parametrize(
    ("prompt", "setting"),
    [
        ("waves on the open sea", "sea"),
        ("a sandy beach", "coast"),
        ("fishing village and pier", "harbour"),
        ("a still lake", "lake"),
        ("alpine summit", "mountains"),
        ("deep woodland", "forest"),
        ("a wheat field", "field"),
        ("desert dunes", "desert"),
        ("the city skyline", "city"),
        ("a busy street", "street"),
        ("in a botanical garden", "garden"),
        ("an arctic glacier", "polar"),
        ("a meeting room", "office"),
        ("cosy living room", "home"),
        ("on a kitchen table", "kitchen"),
        ("in the classroom", "classroom"),
        ("in a research laboratory", "laboratory"),
        ("on the factory floor", "factory"),
        ("on a theatre stage", "stage"),
        ("in outer space", "space"),
        ("under the sea, a coral reef", "underwater"),
        ("abstract geometric pattern", "abstract"),
    ],
)
def test_settings_are_recognised(prompt: str, setting: str) -> None:
    assert read_brief(prompt).setting == setting


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        ("puffins nesting", "puffin"),
        ("a sparrow in the snow", "bird"),
        ("a truck on the motorway", "lorry"),
        ("gulls on a pier", "seabird"),
        ("a trawler leaving port", "boat"),
        ("a cup of coffee", "coffee cup"),
        ("wind turbines at sea", "wind turbine"),
        ("an open book", "book"),
        ("quarterly revenue growth", "chart"),
        ("data protection and privacy", "padlock"),
        ("teamwork", "team"),
        ("climate change", "globe"),
    ],
)
def test_synonyms_lead_to_the_drawing(prompt: str, subject: str) -> None:
    assert subject in _names(prompt)


def test_a_theme_is_left_out_where_a_thing_is_named() -> None:
    assert _names("Innovation and growth: a lighthouse on the coast") == ["lighthouse"]


def test_a_colour_before_a_thing_belongs_to_the_thing() -> None:
    brief = read_brief("A woman beside a red car, teal and orange palette")
    assert next(m for m in brief.subjects if m.name == "car").colour == "red"
    assert brief.colours == ("teal", "orange")


def test_fruit_fish_and_reefs_are_not_colours() -> None:
    assert read_brief("Salmon over a coral reef, lemon and mint on ice").colours == ()


def test_a_negative_prompt_removes_subjects_and_colours() -> None:
    assert _names("A dog and a cat in the park", "dog") == ["cat"]
    assert _names("A farmer with sheep in a field", "people, text, watermark") == ["sheep"]
    assert _names("A puffin and a horse", "animals") == []
    assert read_brief("Blue and red palette", "red").colours == ("blue",)


def test_no_and_without_remove_what_follows() -> None:
    assert _names("A street at night, no cars, without people") == []
    assert _names("A street with a bus and no cars") == ["bus"]


def test_every_word_leads_to_a_drawing_and_every_setting_to_a_painter() -> None:
    assert set(nouns.SUBJECTS) <= set(SUBJECTS)
    assert set(words.SETTINGS) <= set(SETTINGS)
    assert {name for group in nouns.KINDS.values() for name in group} <= set(SUBJECTS)


def test_a_ship_is_never_put_on_dry_land() -> None:
    assert choose_setting(read_brief("A sailing ship in the mountains")) == "lake"


@settings(max_examples=150, deadline=None)
@given(prompt=st.text(max_size=300), negative=st.text(max_size=60))
def test_any_text_parses_to_a_brief(prompt: str, negative: str) -> None:
    brief = read_brief(prompt, negative)
    assert choose_setting(brief) in SETTINGS
    assert brief == read_brief(prompt, negative)


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("A small crew hauling a dripping net over the rail", "train"),
        ("He was able to train the seal of approval", "train"),
        ("Wait to book a flight online", "book"),
        ("A computer mouse beside a keyboard", "mouse"),
        ("A glass door and stone columns", "glass of water"),
        ("A calm lake. Documentary photograph, crisp lens. Colours of honey, butter and chocolate.", "honey"),
        ("A lake under a clear sky with a few high clouds", "cloud"),
    ],
)
def test_a_word_in_another_sense_brings_no_object(prompt: str, name: str) -> None:
    assert name not in _names(prompt)


@pytest.mark.parametrize(
    ("prompt", "setting"),
    [
        ("A lemon and a jug on dark slate, arranged with plenty of empty space", "still"),
        ("A paper ship, set against a plain, softly shaded background", "studio"),
        ("A view from high above: a grid of city blocks, avenues and green squares", "aerial town"),
        ("A view from high above: floes of white ice on black water, polar", "aerial ice"),
        ("A doctor in a calm hospital ward", "hospital"),
    ],
)
def test_the_staging_of_a_prompt_is_heeded(prompt: str, setting: str) -> None:
    assert choose_setting(read_brief(prompt)) == setting


def test_what_is_far_away_is_marked_so() -> None:
    brief = read_brief("A wide city park, a fox small in the distance")
    assert [(m.name, m.far) for m in brief.subjects] == [("fox", True)]
