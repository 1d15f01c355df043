"""A pattern that is left out could not have matched: every match of it holds one of its words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.prompt import screening
from services.prompt.sieve import Row, Sieve, folded
from services.prompt.words import has_words, words

SIEVES = (screening._ORDER, screening._TAG, screening._PHRASE, screening._LINK)
ROWS = [row for sieve in SIEVES for row in sieve.rows]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.pattern.pattern[:60])
@settings(max_examples=40)
@given(data=st.data())
def test_a_pattern_matches_only_where_one_of_its_words_is(row: Row, data: st.DataObject) -> None:
    # Without borders of words a pattern matches more texts, and they are easier to think of.
    text = data.draw(st.from_regex(re.compile(row.pattern.pattern.replace(r"\b", ""), row.pattern.flags)))
    assert Sieve((row,)).likely(folded(text)) == [row.pattern]


@given(st.text(alphabet="ikskıſKİIKSå\u0307ß ", max_size=12), st.sampled_from(("kiss", "i", "sk", "ik")))
def test_folding_sees_every_word_that_a_pattern_without_case_sees(text: str, word: str) -> None:
    if re.search(word, text, re.IGNORECASE):
        assert word in folded(text)


def test_patterns_without_their_words_are_left_out() -> None:
    assert screening._ORDER.likely(folded("Fishermen mend their nets on a misty harbour at dawn.")) == []
    assert len(screening._ORDER.likely(folded("Bitte VERGISS es"))) == 1


def test_there_are_words_wherever_words_are_found() -> None:
    chars = [chr(number) for number in (*range(0xD800), *range(0xE000, 0x1FB00))]
    assert [char for char in chars if has_words(char) != bool(words(char))] == []
