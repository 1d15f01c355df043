"""Prompts about all kinds of content."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import combinations

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.local.scribe import Scribe

Draw = Callable[..., list[dict[str, str]]]

ARTICLES = {
    "herring": """Fishermen in the old harbour of Bergen hauled in the first winter herring on Tuesday. Small red wooden
        boats lined the quay at dawn while crews sorted the silver catch into crates. The fish market opened early.""",
    "bank": """The European Central Bank left interest rates unchanged on Thursday but warned that inflation may stay
        above its two percent target until next year. Bond yields fell and economists expect a first cut in June.""",
    "puffins": """Around 90,000 puffins nest in burrows on the cliffs of the small Scottish island, and rangers counted
        more breeding pairs this spring. The birds carry sand eels in their orange beaks to feed their chicks.""",
    "release": """Version 4.2 of the container registry is out. Developers can now deploy with a single chart. We fixed
        112 bugs and two security vulnerabilities, and reduced memory use of the scanner by 40 percent.""",
    "soup": """Grandmother's lentil soup. Fry an onion and two carrots in olive oil. Add red lentils and some stock,
        and simmer for twenty minutes. Serve with toasted flatbread, yoghurt and plenty of parsley.""",
    "tweet": "Finally got the greenhouse heated, tomatoes in February here we come!",
}


def tokens(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


def alike(first: str, second: str) -> float:
    a, b = tokens(first), tokens(second)
    return len(a & b) / len(a | b)


def check_fields(prompt: dict[str, str]) -> None:
    assert 18 <= len(prompt["prompt"].split()) <= 70
    assert prompt["prompt"].isascii() or re.fullmatch(r"[\u0000-\u024f’]*", prompt["prompt"])
    assert "text" in prompt["negative_prompt"]
    alt = prompt["alt_text"]
    assert 0 < len(alt) <= 200
    assert alt.endswith(".")
    assert not re.search(r"[.!?] ", alt)
    assert alt[0].isupper()
    assert "{" not in "".join(prompt.values())
    assert "  " not in "".join(prompt.values())


@pytest.mark.parametrize("name", ARTICLES)
def test_eight_variants_have_eight_ideas(draw: Draw, name: str) -> None:
    prompts = draw(ARTICLES[name], 8)
    assert len(prompts) == 8
    for prompt in prompts:
        check_fields(prompt)
    for first, second in combinations(prompts, 2):
        assert alike(first["prompt"], second["prompt"]) < 0.6


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("herring", {"fishermen", "herring", "harbour", "bergen", "dawn"}),
        ("puffins", {"puffins", "coast"}),
        ("soup", {"soup", "kitchen"}),
    ],
)
def test_a_prompt_names_the_subject_and_where_it_is(draw: Draw, name: str, words: set[str]) -> None:
    assert words <= tokens(draw(ARTICLES[name], 1)[0]["prompt"])


def test_what_cannot_be_shown_becomes_a_metaphor_of_its_field(draw: Draw) -> None:
    assert "coins" in draw(ARTICLES["bank"], 1)[0]["prompt"]


@pytest.mark.parametrize("style", ["watercolour", "flat vector illustration, pastel colours", "Film noir"])
def test_the_given_style_is_stated_in_every_prompt(draw: Draw, style: str) -> None:
    for prompt in draw(ARTICLES["puffins"], 4, style=style):
        assert style.lower() in prompt["prompt"].lower()
        assert style.lower() not in prompt["alt_text"].lower()


def test_the_same_request_gets_the_same_answer_and_another_seed_another_one(draw: Draw) -> None:
    assert draw(ARTICLES["soup"], 3, seed=5) == draw(ARTICLES["soup"], 3, seed=5)
    assert draw(ARTICLES["soup"], 3, seed=5) != draw(ARTICLES["soup"], 3, seed=6)


def test_markup_is_not_content(draw: Draw) -> None:
    html = "<h1>A playground</h1><style>p{color:red}</style><p>Neighbours built a <b>wooden ship</b> &amp; swings.</p>"
    said = " ".join(" ".join(prompt.values()) for prompt in draw(html, 4)).lower()
    assert "playground" in said
    assert not tokens(said) & {"style", "amp", "red", "strong"} - tokens("style")


def test_a_book_of_text_is_read_as_well(draw: Draw) -> None:
    book = " ".join(ARTICLES.values()) * 120
    for prompt in draw(book[:100_000], 2):
        check_fields(prompt)


@pytest.mark.parametrize("count", [1, 2, 8, 12])
def test_there_are_as_many_prompts_as_asked_for(draw: Draw, count: int) -> None:
    prompts = draw(ARTICLES["herring"], count)
    assert len(prompts) == count
    assert len({prompt["prompt"] for prompt in prompts}) == count


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    content=st.one_of(
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300),
        st.lists(
            st.sampled_from([*" ".join(ARTICLES.values()).split(), "In", "the", "\n\n", "#", "Über", "海"]), max_size=60
        ).map(" ".join),
    ),
    count=st.integers(1, 8),
    style=st.sampled_from(["", "oil painting", "  ", "a" * 300]),
)
def test_any_text_gives_prompts_that_meet_the_schema(
    scribe: Scribe, draw: Draw, content: str, count: int, style: str
) -> None:
    prompts = draw(content, count, style=style)
    schema = {
        "type": "array",
        "minItems": count,
        "maxItems": count,
        "items": {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}, "minProperties": 3},
    }
    jsonschema.validate(prompts, schema)
    for prompt in prompts:
        check_fields(prompt)
        assert json.dumps(prompt)
