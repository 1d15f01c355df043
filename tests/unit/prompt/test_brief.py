"""Wishes of a caller: how the model is told, and words that no prompt may hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.prompt.brief import Brand, Brief, Purpose, without, word_in
from services.prompt.instructions import ask_for_prompts, ask_for_rewrite
from services.prompt.wishes import RULES, lines_of, rules_of

BRAND = Brand(("#0a3d62", "#f6b93b"), ("calm sea",), ("cheap", "crowd"), "flat\nvector", "top left")


def test_each_wish_is_a_line_of_its_own_in_fixed_words() -> None:
    assert lines_of(Brief("x", purpose=Purpose.MARKETING, language="pt-BR", brand=BRAND)) == [
        "Purpose: marketing",
        "Language of alt_text and caption: Portuguese (pt-BR)",
        "Brand palette: #0a3d62, #f6b93b",
        "Brand words to use: calm sea",
        "Brand words to avoid: cheap, crowd",
        "Brand look: flat vector",
        "Brand logo space: the top left corner is calm, plain and free of things",
    ]


def test_without_wishes_only_the_language_is_said() -> None:
    assert lines_of(Brief("x")) == ["Language of alt_text and caption: that of the content"]
    assert rules_of(Brief("x")) == []


@pytest.mark.parametrize("ask", [ask_for_prompts, lambda brief: ask_for_rewrite(brief, "bad", {"S1": ""})])
@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.GENERAL])
def test_a_purpose_changes_the_rules_and_each_in_its_own_way(ask, purpose: Purpose) -> None:
    told, plain = ask(Brief("x", purpose=purpose)), ask(Brief("x"))
    assert RULES[purpose] in told.system
    assert RULES[purpose] not in plain.system
    assert f"\nPurpose: {purpose}\n" in told.user
    assert len(set(RULES.values())) == len(Purpose)


@given(text=st.text(max_size=60))
@settings(deadline=None)
def test_no_wish_can_begin_a_line_of_another_kind(text: str) -> None:
    brand = Brand(words_to_use=(text,), words_to_avoid=(text,), look=text)
    lines = "\n".join(lines_of(Brief("x", brand=brand))).splitlines()
    assert all(line.startswith(("Language of", "Brand ")) for line in lines)


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("A cheap red boat", "cheap", "A red boat"),
        ("A CHEAP, red boat", "CHEAP", "A, red boat"),
        ("A red boat, cheap, at sea.", "cheap", "A red boat, at sea."),
        ("A boat in a  crowd.", "crowd", "A boat in a."),
        ("Crowded cheaply", "", "Crowded cheaply"),
        ("A low price tag", "low price", "A tag"),
        ("", "", ""),
    ],
)
def test_a_word_to_avoid_is_found_whole_and_taken_out(text: str, found: str, rest: str) -> None:
    words = ("cheap", "crowd", "low price")
    assert word_in(text, words) == found
    assert without(text, words) == rest


@given(text=st.text(max_size=80), words=st.lists(st.text(min_size=1, max_size=6).filter(str.strip), max_size=3))
@settings(deadline=None)
def test_what_is_taken_out_is_gone(text: str, words: list[str]) -> None:
    kept = tuple(" ".join(word.split()) for word in words)
    assert without("A boat", ()) == "A boat"
    if not word_in(text, kept):
        return
    assert len(without(text, kept)) < len(text)
