"""Long texts are cut into pieces that leave nothing out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.local.sentinel.policy import long_text_allowance
from services.local.sentinel.windows import split


def test_a_short_prompt_is_one_window() -> None:
    assert split("a red fox in the snow, soft light") == ("a red fox in the snow, soft light",)


def test_an_empty_text_has_no_window() -> None:
    assert split(" \n ") == ()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["one", "two,", "three.", "four!", "five\n", "six:", "-"]), max_size=400))
def test_every_word_is_in_some_window_and_no_window_is_long(words: list[str]) -> None:
    windows = split(" ".join(words))
    said = " ".join(windows).split()
    assert {word.strip() for word in words} == set(said)
    assert all(len(text.split()) <= 70 for text in windows)


def test_a_text_of_a_few_sentences_is_seen_sentence_by_sentence_and_in_pairs() -> None:
    windows = split("The cat sat on the mat. The dog lay by the door. The bird sang in the tree.")
    assert len(windows) == 5


def test_a_longer_text_gets_a_larger_allowance() -> None:
    assert long_text_allowance(1) == long_text_allowance(2) == 0.0
    assert 0 < long_text_allowance(10) < long_text_allowance(100)
