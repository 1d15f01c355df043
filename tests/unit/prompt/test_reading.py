"""The model's answer becomes prompts that fit and differ."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.prompt.draft import Draft
from services.prompt.reading import alike, different, finished, fitted, read_drafts, read_summary
from services.prompt.words import sentences

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["prompts", "prompt", "negative_prompt", "alt_text", "caption", "language", "summary", "x"]
            ),
            inner,
            max_size=4,
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


@given(
    text=st.text(max_size=3000),
    negative=st.text(max_size=900),
    alt=st.text(max_size=400),
    caption=st.text(max_size=900),
    language=st.sampled_from(["", "en", "de", "ja", "x"]),
)
@settings(deadline=None)
def test_every_text_is_within_its_limit(text: str, negative: str, alt: str, caption: str, language: str) -> None:
    draft = fitted(Draft(text, negative, alt, caption, language))
    assert len(draft.text) <= 2048
    assert len(draft.negative_text) <= 512
    assert len(draft.alt_text) <= 250
    assert len(draft.caption) <= 500
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
        Draft("A clock", "", "A clock", "", "en"),
    ]


@pytest.mark.parametrize(
    ("row", "alt", "caption", "language"),
    [
        (
            {"alt_text": "Ein Boot.", "caption": "Das Boot des Fischers. Es ist alt.", "language": "de"},
            "Ein Boot.",
            "Das Boot des Fischers. Es ist alt.",
            "de",
        ),
        ({"alt_text": "Ein Boot.", "caption": "Eins. Zwei. Drei.", "language": "de"}, "Ein Boot.", "Eins. Zwei.", "de"),
        # Left out: the caption serves as alt text, the prompt, which is English, where there is neither.
        ({"caption": "Das Boot. Es ist alt.", "language": "de"}, "Das Boot.", "Das Boot. Es ist alt.", "de"),
        ({"language": "de"}, "A boat.", "", "en"),
        ({"alt_text": "Ein Boot."}, "Ein Boot.", "", ""),
        # What says nothing new, or is no language of the text.
        ({"alt_text": "Ein Boot.", "caption": "ein boot", "language": "de"}, "Ein Boot.", "", "de"),
        ({"alt_text": "Ein Boot.", "language": "ja"}, "Ein Boot.", "", ""),
        ({"alt_text": "Ein Boot.", "language": "deutsch!"}, "Ein Boot.", "", ""),
        (
            {"alt_text": "一艘船。", "caption": "渔夫的船。很旧。新的。", "language": "zh"},
            "一艘船。",
            "渔夫的船。很旧。",
            "zh",
        ),
        ({"alt_text": "Ein Boot.", "caption": "Caption: Das alte.", "language": "de"}, "Ein Boot.", "Das alte.", "de"),
        ({"alt_text": 3, "caption": ["x"], "language": None}, "A boat.", "", "en"),
    ],
)
def test_alt_text_caption_and_language_are_read_with_care(
    row: dict[str, object], alt: str, caption: str, language: str
) -> None:
    (draft,) = read_drafts({"prompts": [{"prompt": "A boat. At sea."} | row]})
    assert (draft.alt_text, draft.caption, draft.language) == (alt, caption, language)


@pytest.mark.parametrize(
    ("said", "asked", "language"),
    [
        ("de", "de", "de"),
        ("de-DE", "de-CH", "de-CH"),
        ("", "de", "de"),
        ("en", "de", "en"),
        ("de", "", "de"),
        ("", "ja", ""),
    ],
)
def test_the_language_that_was_asked_for_counts_unless_the_model_says_another(
    said: str, asked: str, language: str
) -> None:
    assert finished(Draft("A boat", "", "Ein Boot.", "", said), asked, ()).language == language


def test_words_to_avoid_go_first_into_the_negative_prompt_and_once() -> None:
    draft = finished(Draft("A boat", "text, Crowd, watermark", "A boat."), "", ("cheap", "crowd"))
    assert draft.negative_text == "crowd, cheap, text, watermark"
    assert finished(Draft("A boat"), "", ()).negative_text == ""
