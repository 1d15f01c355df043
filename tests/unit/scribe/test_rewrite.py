"""Safer prompts in place of refused ones."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from services.local.scribe.rewrite import FALLBACK, OPENING

Draw = Callable[..., list[dict[str, str]]]

WAR = """Soldiers shelled the harbour of the old town for a third night. A lighthouse was hit by a missile.
Nine people were killed. Fishing boats burned at the quay. Diplomats meet in Geneva on Monday to talk."""
REFUSED = "Soldiers firing guns in a burning harbour, blood on the quay, at night."


@pytest.mark.parametrize(
    "because", ["S1 Violent Crimes", "S1 Violent Crimes, S9 Indiscriminate Weapons", "S11 Self-Harm", "S99"]
)
def test_the_hazard_leaves_and_the_setting_stays(draw: Draw, because: str) -> None:
    (prompt,) = draw(WAR, refused=REFUSED, because=because)
    assert prompt["prompt"] != REFUSED
    assert "harbour" in prompt["prompt"]
    said = re.findall(r"[a-z]+", (prompt["prompt"] + prompt["alt_text"]).lower())
    assert not {"soldiers", "missile", "guns", "blood", "killed", "burning", "fire"} & set(said)


def test_a_prompt_refused_twice_becomes_a_calm_abstraction(draw: Draw) -> None:
    (first,) = draw(WAR, refused=REFUSED, because="S1 Violent Crimes")
    assert first["prompt"].startswith(OPENING)
    (second,) = draw(WAR, refused=first["prompt"], because="S1 Violent Crimes")
    assert second["prompt"].startswith(FALLBACK)
    (third,) = draw(WAR, refused=second["prompt"], because="S1 Violent Crimes")
    assert third["prompt"].startswith(FALLBACK)
    assert third["prompt"] != second["prompt"]


def test_content_that_is_nothing_but_hazard_becomes_an_abstraction(draw: Draw) -> None:
    (prompt,) = draw("Gun. Rifle. Blood.", refused="A rifle and blood.", because="S1 Violent Crimes")
    assert prompt["prompt"].startswith(FALLBACK)


def test_the_style_is_kept(draw: Draw) -> None:
    (prompt,) = draw(WAR, style="woodcut", refused=REFUSED, because="S1 Violent Crimes")
    assert "woodcut" in prompt["prompt"].lower()


def test_an_innocent_word_that_begins_like_a_hazard_is_no_hazard(draw: Draw) -> None:
    (prompt,) = draw(
        "Warm bread from a small bakery. The baker cuts a loaf.", refused="A fight.", because="S1 Violent Crimes"
    )
    assert "bakery" in prompt["prompt"]
