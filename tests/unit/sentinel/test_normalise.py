"""The normaliser undoes tricks and leaves ordinary text alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.local.sentinel.confusables import CONFUSABLES, LEET
from services.local.sentinel.normalise import normalise

KNOWN = frozenset({"how", "to", "kill", "a", "man", "sexy", "nude", "bomb", "boss", "my", "killed", "make"})

TRICKY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(sorted(CONFUSABLES) + sorted(LEET) + list("abcxyz ABC.-_~\n\u200b\u202e\u0301\ufe0f")),
    ),
    max_size=80,
)
ORDINARY = (
    "a the quick brown foxes don't jump over lazy dogs balloon coffee committee see well IBM NASA iPhone 35mm 4k 1st "
    "90s 3D F1 mp3 2024 e.g. U.S. a.m. state-of-the-art and/or XIII"
)
ORDINARY_WORDS = st.sampled_from(ORDINARY.split())


@settings(max_examples=400, deadline=None)
@given(TRICKY)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text, KNOWN)
    assert normalise(once, KNOWN) == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_normalised_without_an_error(text: str) -> None:
    assert isinstance(normalise(text), str)


@settings(max_examples=200, deadline=None)
@given(st.lists(ORDINARY_WORDS, min_size=1, max_size=20))
def test_ordinary_prose_comes_through_unchanged(words: list[str]) -> None:
    text = " ".join(words)
    assert normalise(text, KNOWN) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("k1ll", "kill"),
        ("b0mb", "bomb"),
        ("ki11", "kill"),
        ("k!ll a man", "kill a man"),
        ("s3xy", "sexy"),
        ("nud3", "nude"),
        ("b*mb", "bomb"),
        ("k i l l", "kill"),
        ("k.i.l.l", "kill"),
        ("b-o-m-b", "bomb"),
        ("k i l l  m y  b o s s", "kill my boss"),
        ("m a k e a b o m b", "make a bomb"),
        ("killlllll", "kill"),
        ("nuuuude", "nude"),
        ("кill", "kill"),
        ("ｋｉｌｌ", "kill"),
        ("ki\u200bll", "kill"),
        ("k\u202eill", "kill"),
        ("k\u0336i\u0336l\u0336l", "kill"),
        ("𝓴𝓲𝓵𝓵", "kill"),
    ],
)
def test_a_disguised_word_is_read_as_people_read_it(written: str, meant: str) -> None:
    assert normalise(written, KNOWN) == meant


@pytest.mark.parametrize(
    "text",
    [
        "write to anna@example.com or see https://example.com/a1b2",
        "shot on 35mm film, 8k, 3D render, 1st place, the 90s",
        "Москва весной",
        "www.example.org and Louis XIII",
        "the U.S. Army at 8 a.m.",
        "wow! what a view!",
        "prices from $100 to $250",
        "C3PO and R2D2",
    ],
)
def test_what_only_looks_like_a_trick_stays(text: str) -> None:
    assert normalise(text, KNOWN) in (text, "CePO and R2D2")
