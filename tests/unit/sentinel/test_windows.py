"""Long texts are cut into pieces that leave nothing out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.local.sentinel.policy import long_text_allowance
from services.local.sentinel.windows import split, split_all


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
    cat, dog, bird = "The cat sat on the mat.", "The dog lay by the door.", "The bird sang in the tree."
    assert split(f"{cat} {dog} {bird}") == (cat, dog, bird)
    assert split_all(f"{cat} {dog} {bird}") == (cat, dog, bird, f"{cat} {dog}", f"{dog} {bird}")


def test_two_sentences_are_no_pair_besides_and_many_have_none() -> None:
    assert split_all("The cat sat on the mat. The dog lay by the door.") == split(
        "The cat sat on the mat. The dog lay by the door."
    )
    assert len(split_all("The cat sat on the mat. " * 9)) == 9


def test_a_text_of_two_windows_gets_no_allowance_and_one_that_stands_out_none_for_plain_ones_beside_it() -> None:
    assert long_text_allowance(0, 2) == long_text_allowance(1, 1) == long_text_allowance(1, 9) == 0.0


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_windows_get_a_larger_allowance_and_suspect_ones_more_so(suspect: int, plain: int) -> None:
    allowance = long_text_allowance(suspect, plain)
    assert 0.0 <= allowance <= long_text_allowance(suspect, plain + 1)
    assert allowance <= long_text_allowance(suspect + 1, plain)
    if suspect > 1:
        assert long_text_allowance(suspect, plain + 1) < long_text_allowance(suspect + 1, plain)
