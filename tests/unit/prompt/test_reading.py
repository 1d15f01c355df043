"""The model's answer becomes prompts that fit and differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.prompt.draft import Draft
from services.prompt.reading import alike, different, fitted, read_drafts, read_summary
from services.prompt.words import sentences

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["prompts", "prompt", "negative_prompt", "alt_text", "summary", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_answer_ever_fails_and_every_draft_fits(data: object) -> None:
    assert isinstance(read_summary(data), str)
    for draft in read_drafts(data):
        assert 0 < len(draft.text) <= 2048
        assert "\n" not in draft.text + draft.negative_text + draft.alt_text
        assert draft.alt_text


@given(text=st.text(max_size=3000), negative=st.text(max_size=900), alt=st.text(max_size=700))
def test_every_text_is_within_its_limit_and_fitting_twice_changes_nothing(text: str, negative: str, alt: str) -> None:
    draft = fitted(Draft(text, negative, alt))
    assert len(draft.text) <= 2048
    assert len(draft.negative_text) <= 512
    assert len(draft.alt_text) <= 420
    assert len(sentences(draft.alt_text)) <= 1


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ('"A red boat"', "A red boat"),
        ("“A red boat”", "A red boat"),
        ("Prompt 1: A red boat", "A red boat"),
        ("**Image prompt:** A red boat", "A red boat"),
        ("1. A red boat", "A red boat"),
        ("A red\n\n boat\u200b", "A red boat"),
        ("3 red boats", "3 red boats"),
        ("Prompt service at a theatre", "Prompt service at a theatre"),
        ('"A" and "B"', '"A" and "B"'),
    ],
)
def test_labels_quotes_and_line_breaks_are_taken_off(raw: str, clean: str) -> None:
    assert fitted(Draft(raw)).text == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("no text, without people; avoid logos.", "text, people, logos"),
        ("blurry, Blurry, BLURRY", "blurry"),
        ("None", ""),
        ("text\nwatermark", "text, watermark"),
        ("文字、水印", "文字, 水印"),
        ("", ""),
    ],
)
def test_a_negative_prompt_names_things_once(raw: str, clean: str) -> None:
    assert fitted(Draft("x", raw)).negative_text == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("A boat at sea. It is red.", "A boat at sea."),
        ("Alt text: A boat.", "A boat."),
        ("", "A prompt here."),
        ("一艘红船。海很蓝。", "一艘红船。"),
    ],
)
def test_an_alt_text_is_one_sentence(raw: str, clean: str) -> None:
    assert fitted(Draft("A prompt here. And more.", "", raw)).alt_text == clean


def test_prompts_that_are_much_the_same_are_kept_once() -> None:
    one, copy = Draft("A red boat in the harbour at dawn"), Draft("a red boat, in the harbour at DAWN!")
    other = Draft("An old clock tower under heavy snow")
    assert different([one, copy, other], []) == [one, other]
    assert different([copy, other], [one]) == [other]


def test_words_of_the_style_do_not_make_prompts_alike() -> None:
    style = "flat vector illustration with two colours, thick outlines and plenty of white space around the subject"
    assert not alike(f"A boat, {style}", f"A clock, {style}", style)
    assert alike(style, style, style)


def test_several_shapes_of_an_answer_are_read() -> None:
    row = {"prompt": "A boat", "negative_prompt": "text", "alt_text": "A boat."}
    expected = [Draft("A boat", "text", "A boat.")]
    for data in ({"prompts": [row]}, [row], {"prompts": row}, row):
        assert read_drafts(data) == expected
    assert read_drafts({"prompts": [row, None, 3, {"prompt": ""}, "A clock"]}) == [
        *expected,
        Draft("A clock", "", "A clock"),
    ]
