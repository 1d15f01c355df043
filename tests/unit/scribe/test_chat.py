"""Plain chat."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Say = Callable[..., str]

TEXT = (
    "The ferry to Bergen leaves at noon from pier four. It carries forty cars and two hundred passengers. "
    "Tickets cost 30 euros and are sold at the kiosk. In winter the ferry sails on Sundays only."
)


def test_a_question_is_answered_with_the_sentence_that_says_it(say: Say) -> None:
    assert "noon" in say(f"{TEXT}\n\nWhen does the ferry leave?")
    assert "30 euros" in say(f"How much does a ticket cost?\n\n{TEXT}")


def test_a_summary_is_shorter_than_the_text(say: Say) -> None:
    summary = say(f"Summarise this in short: {TEXT}", 40)
    assert 0 < len(summary) <= 160


@pytest.mark.parametrize("greeting", ["Hello", "hi there!", "Good morning"])
def test_a_greeting_is_returned(say: Say, greeting: str) -> None:
    assert say(greeting).startswith("Hello")


@pytest.mark.parametrize(
    "question", ["Who are you?", "Write me a sonnet about love.", "What is the capital of France?"]
)
def test_it_says_honestly_that_it_is_a_small_engine(say: Say, question: str) -> None:
    assert "small text engine" in say(question)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200), limit=st.integers(1, 60))
def test_an_answer_is_never_empty_nor_over_the_limit(say: Say, text: str, limit: int) -> None:
    assert 0 < len(say(text, limit)) <= 4 * limit
