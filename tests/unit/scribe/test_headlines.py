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
        ("Laughter lowers blood pressure.", "a blood"),
        ("Regional airport bans liquids again.", "airport liquids"),
        ("The town council bans fireworks on New Year's Eve.", "town fireworks"),
        ("Rail strike leaves commuters stranded on Monday morning.", "leaves commuters"),
        ("Rail strike leaves thousands stranded at the main station.", "leaves"),
        ("How to sharpen kitchen knives.", "sharpen"),
        ("Divers map a Roman wreck.", "divers map"),
        ("A robot maps a sunken city.", "robot maps"),
        ("A greenhouse in the Arctic grows tomatoes.", "grows"),
        ("The orchard behind the hospital gives patients apples.", "patients apples"),
        ("Three tips for keeping basil alive through the winter.", "alive"),
        ("Lightning strikes the same tower twice.", "a lightning"),
        ("Heavy snow closes the mountain pass.", "umbrellas"),
        ("Cherry harvest a week early after a warm spring.", "umbrellas"),
        ("The monks who brew beer and sell it only at the gate.", "temple"),
        ("Heat pumps pass gas boilers in sales for the first time.", "miners"),
    ],
)
def test_a_word_is_not_taken_in_its_other_sense(draw: Draw, headline: str, other: str) -> None:
    assert not [prompt["prompt"] for prompt in draw(headline, 4) if other in prompt["prompt"].lower()]


@pytest.mark.parametrize("headline", ["Hand-thrown plates in the colours of the coast.", "Rare meteor shower tonight."])
def test_a_first_word_keeps_no_capital_in_the_middle_of_a_prompt(draw: Draw, headline: str) -> None:
    first = headline.split()[0]
    assert not [prompt["prompt"] for prompt in draw(headline, 4) if f" {first}" in prompt["prompt"]]


def test_a_railway_station_is_one(draw: Draw) -> None:
    assert any("railway" in prompt["prompt"].lower() for prompt in draw("A railway station gets new platforms.", 4))


@pytest.mark.parametrize(
    ("headline", "thing"),
    [
        ("Mushroom season begins early.", "mushroom"),
        ("The mask maker of Bali.", "mask"),
        ("The oldest carousel in the country turns again.", "carousel"),
        ("Insurance premiums climb after the hailstorm.", "hailstorm"),
    ],
)
def test_where_nothing_else_can_be_shown_a_hint_or_an_unknown_noun_is(draw: Draw, headline: str, thing: str) -> None:
    assert any(thing in prompt["prompt"].lower() for prompt in draw(headline, 4))
