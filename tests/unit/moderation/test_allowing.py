"""Allowed phrases in a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.moderation.allowing import without_phrases


@pytest.mark.parametrize(
    ("text", "phrases", "rest"),
    [
        ("A naked mole rat digs", ["naked mole rat"], "A  …  digs"),
        ("A NAKED\n mole  rat digs", ["naked mole rat"], "A  …  digs"),
        ("naked mole rats", ["naked mole rat"], "naked mole rats"),
        ("unnaked mole rat", ["naked mole rat"], "unnaked mole rat"),
        ("kill the lights, kill the king", ["kill the lights"], " … , kill the king"),
        ("shooting star and shooting", ["shooting", "shooting star"], " …  and  … "),
        ("ｎａｋｅｄ mole rat", ["naked mole rat"], " … "),
        ("他们射击比赛开始", ["射击比赛"], "他们 … 开始"),
        ("a (b) c", ["(b)"], "a  …  c"),
        ("nothing of it", ["elsewhere"], "nothing of it"),
        ("nothing of it", [], "nothing of it"),
    ],
)
def test_a_phrase_counts_as_a_whole_and_leaves_a_gap(text: str, phrases: list[str], rest: str) -> None:
    assert without_phrases(text, phrases) == rest


@given(text=st.text(max_size=80), phrases=st.lists(st.text(min_size=3, max_size=8).filter(str.strip), max_size=3))
@settings(deadline=None)
def test_a_text_without_a_phrase_is_the_same_text(text: str, phrases: list[str]) -> None:
    rest = without_phrases(text, phrases)
    assert rest == text or "…" in rest
