from __future__ import annotations

import pytest
from atelier.style.v1.style_pb2 import Style
from atelier.type.v1.recipe_pb2 import BrandGuide, SafeArea

from services.kit.errors import Reason, ServiceError
from services.orchestrator import style_checks
from services.orchestrator.style_checks import StyleReference, read_reference


def style(name="styles/acme", display_name="Acme", **guide):
    return Style(name=name, display_name=display_name, guide=BrandGuide(**guide))


def refusal(bad):
    with pytest.raises(ServiceError) as caught:
        style_checks.checked(bad)
    assert caught.value.reason is Reason.FIELD_INVALID
    assert caught.value.limit
    return caught.value.field


def test_a_full_style_passes_with_its_colours_in_lower_case():
    full = style(
        palette=["#AABBCC", "#000000"],
        words_to_use=["calm", "Nordic light"],
        words_to_avoid=["neon"],
        look="watercolour\non rough paper",
        safe_area=SafeArea.SAFE_AREA_TOP_LEFT,
    )
    kept = style_checks.checked(full)
    assert list(kept.guide.palette) == ["#aabbcc", "#000000"]
    assert list(full.guide.palette) == ["#AABBCC", "#000000"]
    assert kept.guide.look == full.guide.look


def test_everything_may_be_as_long_as_its_limit():
    style_checks.checked(
        style(
            name="styles/" + "a" * 40,
            display_name="ß" * 100,
            palette=[f"#00000{n}" for n in range(8)],
            words_to_use=[f"{n:02}" + "🦊" * 48 for n in range(20)],
            words_to_avoid=[f"{n:02}" + "é" * 48 for n in range(20)],
            look="字" * 500,
        )
    )


@pytest.mark.parametrize(
    "name",
    ["", "acme", "styles/", "styles/Acme", "styles/1a", "styles/-a", "styles/" + "a" * 41, "styles/a@1", "styles/a\n"],
)
def test_a_name_that_no_style_can_have_is_refused(name):
    assert refusal(style(name=name, look="x")) == "style.name"


@pytest.mark.parametrize(
    ("guide", "field"),
    [
        ({}, "style.guide"),
        ({"palette": [f"#00000{n}" for n in range(9)]}, "style.guide.palette"),
        ({"palette": ["#abc"]}, "style.guide.palette[0]"),
        ({"palette": ["#00000g"]}, "style.guide.palette[0]"),
        ({"palette": ["red"]}, "style.guide.palette[0]"),
        ({"palette": ["#000000\n"]}, "style.guide.palette[0]"),
        ({"palette": ["#aaaaaa", "#AAAAAA"]}, "style.guide.palette[1]"),
        ({"words_to_use": [str(n) for n in range(21)]}, "style.guide.words_to_use"),
        ({"words_to_use": ["ok", ""]}, "style.guide.words_to_use[1]"),
        ({"words_to_use": ["x" * 51]}, "style.guide.words_to_use[0]"),
        ({"words_to_use": [" space"]}, "style.guide.words_to_use[0]"),
        ({"words_to_use": ["two\nlines"]}, "style.guide.words_to_use[0]"),
        ({"words_to_avoid": ["Neon", "neon"]}, "style.guide.words_to_avoid[1]"),
        ({"words_to_use": ["calm", "Neon"], "words_to_avoid": ["neon"]}, "style.guide.words_to_use[1]"),
        ({"look": "x" * 501}, "style.guide.look"),
        ({"safe_area": 99}, "style.guide.safe_area"),
    ],
)
def test_a_guide_beyond_its_limits_is_refused_with_the_field(guide, field):
    assert refusal(style(**guide)) == field


def test_a_display_name_has_one_line_of_at_most_100_code_points():
    assert refusal(style(display_name="x" * 101, look="x")) == "style.display_name"
    assert refusal(style(display_name="a\x00b", look="x")) == "style.display_name"


@pytest.mark.parametrize(
    ("text", "reference"),
    [("styles/acme", StyleReference("styles/acme", 0)), ("styles/acme@3", StyleReference("styles/acme", 3))],
)
def test_a_recipe_names_the_newest_version_or_a_given_one(text, reference):
    assert read_reference("f", text) == reference


@pytest.mark.parametrize(
    "text", ["acme", "styles/acme@", "styles/acme@0", "styles/acme@03", "styles/acme@9999999999", "styles/a@-1"]
)
def test_a_reference_that_is_none_is_refused(text):
    with pytest.raises(ServiceError, match="FIELD_INVALID"):
        read_reference("f", text)
