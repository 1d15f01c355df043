"""Words, sentences and lengths in any script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.prompt.words import overlap, sentences, shortened, words


@given(text=st.text(max_size=200), limit=st.integers(min_value=1, max_value=80))
def test_a_shortened_text_is_within_the_limit_and_begins_like_the_whole(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert text.startswith(short)
    assert short == text or len(text) > limit


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("One two. Three four five", 20, "One two. Three four"),
        ("First sentence. Second sentence", 25, "First sentence."),
        ("aaaa bbbb cccc", 11, "aaaa bbbb"),
        ("春天来了。夏天来了。秋天", 11, "春天来了。夏天来了。"),
        ("abcdef", 3, "abc"),
        ("ab👩\u200d🚀", 4, "ab"),
        ("abe\u0301f", 3, "ab"),
    ],
)
def test_texts_are_cut_at_borders(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Smith waves. He smiles.", ["Dr. Smith waves.", "He smiles."]),
        ("It costs 3.50 at J. Doe's.", ["It costs 3.50 at J. Doe's."]),
        ("春天来了。夏天来了！", ["春天来了。", "夏天来了！"]),
        ("यह घर है। वह नदी है।", ["यह घर है।", "वह नदी है।"]),
        ("a line\nanother", ["a line", "another"]),
        ("", []),
    ],
)
def test_sentences_are_found_in_many_scripts(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(max_size=200))
def test_sentences_lose_nothing(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(" ".join(text.splitlines()).split())


def test_words_are_the_same_in_any_case_width_and_punctuation() -> None:
    assert words("A Red BOAT!") == words("ａ red, boat") == {"a", "red", "boat"}
    assert words("老渔夫") == {"老渔", "渔夫"}
    assert words("!?—") == frozenset()
    assert words("🪁") == {"🪁"}


@given(one=st.text(max_size=60), other=st.text(max_size=60))
def test_overlap_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    share = overlap(words(one), words(other))
    assert 0 <= share <= 1
    assert share == overlap(words(other), words(one))
    assert overlap(words(one), words(unicodedata.normalize("NFC", one).swapcase().swapcase())) <= 1
    assert overlap(words(one), words(one)) == 1
