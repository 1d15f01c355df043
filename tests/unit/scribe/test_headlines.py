"""Headlines: verbs that look like adjectives or only lead on, and pairs of nouns with a sense of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Draw = Callable[..., list[dict[str, str]]]


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Divers clear ghost nets from the reef.", "divers clearing ghost nets"),
        ("Volunteers clear mud from the streets.", "volunteers clearing mud"),
        ("Neighbours gather to plant trees along the canal.", "neighbours planting trees along the canal"),
        ("Children learn to swim in the lake.", "children swimming in the lake"),
    ],
)
def test_what_is_done_is_shown(draw: Draw, headline: str, shown: str) -> None:
    assert any(shown in prompt["prompt"].lower() for prompt in draw(headline, 4))


@pytest.mark.parametrize(
    ("headline", "other"),
    [
        ("The radio station celebrates fifty years on air.", "railway"),
        ("Tailors race to finish the costumes.", "racing"),
        ("Tailors race to finish the costumes.", "running course"),
        ("Beekeepers move hives at night to the orchards.", "bakery"),
        ("Mobile clinic reaches herders in the steppe.", "mobile"),
    ],
)
def test_a_word_is_not_taken_in_its_other_sense(draw: Draw, headline: str, other: str) -> None:
    assert not [prompt["prompt"] for prompt in draw(headline, 4) if other in prompt["prompt"].lower()]


def test_a_railway_station_is_one(draw: Draw) -> None:
    assert any("railway" in prompt["prompt"].lower() for prompt in draw("A railway station gets new platforms.", 4))
