"""Long text becomes pieces that fit, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.prompt.pieces import split, tokens, weight

PROSE = st.text(alphabet=st.sampled_from(list("abc ABC.!?,\n。、字漢かéя😀")), max_size=400)


@given(text=st.text(max_size=300) | PROSE, limit=st.integers(min_value=4, max_value=60))
def test_no_piece_is_too_long_and_no_character_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < tokens(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(one=st.text(max_size=50), other=st.text(max_size=50))
def test_weights_add_up(one: str, other: str) -> None:
    assert weight(one + other) == weight(one) + weight(other)


@given(st.text(max_size=200))
def test_the_estimate_is_never_above_one_token_a_byte_nor_below_a_third(text: str) -> None:
    size = len(text.encode("utf-8", "replace"))
    assert size / 3 - 1 <= tokens(text) <= size + 1


@pytest.mark.parametrize(
    ("text", "at_least"),
    [
        # Never fewer than the tokens that Llama's tokeniser is known to make of such text.
        ("The quick brown fox jumps over the lazy dog.", 10),
        ("清晨的渔村里，老渔夫在木船上整理渔网。", 19),
        ("山あいの小さな駅で、猫が電車を待っている。", 21),
        ("할머니가 마당에서 김치를 담그고 있다.", 20),
        ("1234567890", 10),
    ],
)
def test_the_estimate_is_rather_high(text: str, at_least: int) -> None:
    assert tokens(text) >= at_least


def test_text_is_split_at_the_strongest_border_that_fits() -> None:
    assert split("aaaa aaaa\n\nbbbb bbbb", 4) == ["aaaa aaaa", "bbbb bbbb"]
    assert split("Aaaa aaaa. Bbbb bbbb. Cccc", 5) == ["Aaaa aaaa.", "Bbbb bbbb.", "Cccc"]
    assert split("春天来了。夏天来了。", 8) == ["春天来了。", "夏天来了。"]
    assert split("a" * 30, 5) == ["a" * 15, "a" * 15]


def test_text_that_fits_is_one_piece() -> None:
    assert split("A boat.\n\nA sea.", 100) == ["A boat.\n\nA sea."]
    assert split("  ", 100) == []


def test_a_limit_below_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="4 or more"):
        split("a", 3)
