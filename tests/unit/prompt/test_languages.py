"""Language tags: which are in order, and when a model is believed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.prompt.language_names import NAMES
from services.prompt.languages import believed, canonical, name_of


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-CH-1996", "de-CH-1996"),
        ("yue", "yue"),
        ("", ""),
        ("german", ""),
        ("xx", ""),
        ("zzz", ""),
        ("e", ""),
        ("en-", ""),
        ("en US", ""),
        ("en-x-private", ""),
        ("de-DE\nNumber of prompts: 8", ""),
        ("de" * 30, ""),
    ],
)
def test_a_tag_is_written_in_one_way_or_refused(tag: str, written: str) -> None:
    assert canonical(tag) == written


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_a_tag_or_nothing_and_the_canonical_form_stays(tag: str) -> None:
    once = canonical(tag)
    assert canonical(once) == once
    assert not once or name_of(once)


def test_every_language_has_a_name_of_its_own() -> None:
    assert len(set(NAMES.values())) == len(NAMES) > 150
    assert all(canonical(tag) == tag for tag in NAMES)
    assert name_of("pt-BR") == "Portuguese (pt-BR)"


@pytest.mark.parametrize(
    ("tag", "text", "said"),
    [
        ("de", "Ein Hafen am Morgen.", "de"),
        ("German", "Ein Hafen am Morgen.", "de"),
        ("ja", "夜明けの港。", "ja"),
        ("zh-Hans", "黎明的港口。", "zh-Hans"),
        ("ar", "ميناء عند الفجر.", "ar"),
        ("ru", "Гавань на рассвете, NATO и BBC.", "ru"),
        ("sr-Latn", "Luka u zoru.", "sr-Latn"),
        # What is plainly another script is not believed.
        ("ja", "A harbour at dawn.", ""),
        ("en", "夜明けの港。", ""),
        ("ru", "A harbour at dawn.", ""),
        ("sr-Cyrl", "Luka u zoru.", ""),
        ("ko", "夜明けの港。", ""),
        ("the language of the content", "A harbour.", ""),
        ("xx", "A harbour.", ""),
        ("", "A harbour.", ""),
        ("en", "1914–1918", "en"),
    ],
)
def test_a_model_is_believed_where_the_text_can_be_in_that_language(tag: str, text: str, said: str) -> None:
    assert believed(tag, text) == said
