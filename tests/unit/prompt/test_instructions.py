"""What the model is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.prompt.brief import Brief
from services.prompt.draft import Draft
from services.prompt.instructions import (
    ask_for_prompts,
    ask_for_rewrite,
    ask_for_summary,
    new_boundary,
    room_for_content,
)
from services.prompt.pieces import tokens


@given(content=st.text(max_size=200), style=st.text(max_size=100), count=st.integers(min_value=1, max_value=8))
def test_the_content_stands_between_its_boundaries_as_it_is(content: str, style: str, count: int) -> None:
    question = ask_for_prompts(Brief(content, count, style))
    opening, closing = f'<content boundary="{question.boundary}">\n', f'\n</content boundary="{question.boundary}">'
    head, _, rest = question.user.partition(opening)
    assert rest == content + closing
    assert head.splitlines()[0] == f"Number of prompts: {count}"
    assert len(head.split("\n")) <= 4
    assert question.boundary in question.system


def test_a_boundary_that_content_knows_is_not_used() -> None:
    made = iter(["aaaa", "bbbb"])
    question = ask_for_summary("text with aaaa inside", 50, 1, 2, boundary=lambda: next(made))
    assert question.boundary == "bbbb"
    assert question.user.startswith('Summarise in at most 50 words: part 1 of 2\n<content boundary="bbbb">\n')


def test_boundaries_are_long_and_never_the_same() -> None:
    assert len({new_boundary() for _ in range(100)}) == 100
    assert len(new_boundary()) == 24


def test_the_schema_asks_for_exactly_the_count() -> None:
    prompts = ask_for_prompts(Brief("x", 5)).schema["properties"]["prompts"]
    assert (prompts["minItems"], prompts["maxItems"]) == (5, 5)
    assert prompts["items"]["required"] == ["prompt", "negative_prompt", "language", "alt_text", "caption"]


def test_findings_are_named_and_unknown_ones_kept_short() -> None:
    findings = {"S1": "ignored", "S14": "", "X\nY" * 50: "", "rivals": "Does it show\na rival's shoe?"}
    user = ask_for_rewrite(Brief("x"), "bad", findings).user
    line = next(line for line in user.splitlines() if line.startswith("Refused because: "))
    assert line.startswith("Refused because: S1 Violent Crimes, S14 Code Interpreter Abuse, X YX")
    assert line.endswith(", rivals (Does it show a rival's shoe?)")
    assert len(line) < 170


def test_written_prompts_are_listed_so_that_they_do_not_come_again() -> None:
    question = ask_for_prompts(Brief("x", 2), [Draft("A boat"), Draft("A clock")])
    assert "Already written, write others: A boat\nAlready written, write others: A clock\n" in question.user


@given(content=st.text(max_size=300))
def test_content_that_takes_the_room_fits_into_the_context(content: str) -> None:
    question = ask_for_prompts(Brief(content, 8, "style"))
    context = 8_000
    if tokens(content) <= room_for_content(question, content, context):
        assert tokens(question.system) + tokens(question.user) + question.max_tokens <= context
