"""Content in other languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from services.local.scribe.glossary import in_english, language_of
from services.local.scribe.lexicon import lexicon
from services.local.scribe.text import plain, sentences

Draw = Callable[..., list[dict[str, str]]]

CONTENT = {
    "de": (
        "Am Sonntagmorgen verkauften die Händler am Hafen frischen Fisch und Blumen. Möwen kreisten über dem Markt.",
        "market",
    ),
    "fr": (
        "À Lyon, les boulangers fêtent le pain. Les enfants apprennent à pétrir la pâte dans la boulangerie.",
        "bread",
    ),
    "es": (
        "Los pescadores del puerto de Vigo venden el pescado en la playa. Las gaviotas vuelan sobre los barcos.",
        "harbour",
    ),
    "pt": (
        "Os pescadores de Nazaré voltaram ao mar. No porto, as mulheres secam o peixe e os barcos não saem.",
        "harbour",
    ),
    "it": ("A Matera riapre la biblioteca. I bambini della scuola leggono i libri con gli studenti.", "book"),
    "zh": ("上海的一所小学开设了机器人课程。老师带领学生在教室里用电脑编程。", "robot"),
    "ja": ("京都の冬は静かです。雪が寺の屋根に積もり、川沿いの道を歩く人は少ない。", "temple"),
    "hi": ("वाराणसी में नदी के किनारे शाम को मंदिर में संगीत बजा और यात्री नाव में बैठे।", "temple"),
    "ar": ("افتتح سوق السمك القديم في الميناء صباح اليوم. يبيع الصيادون السمك الطازج قرب البحر.", "harbour"),
}


@pytest.mark.parametrize("code", CONTENT)
def test_the_language_is_recognised(code: str) -> None:
    assert language_of(sentences(plain(CONTENT[code][0]))) == code


@pytest.mark.parametrize("code", CONTENT)
def test_what_is_understood_is_in_the_prompts_in_english(draw: Draw, code: str) -> None:
    content, word = CONTENT[code]
    prompts = draw(content, 4)
    said = " ".join(prompt["prompt"] for prompt in prompts)
    assert word in said.lower()
    assert re.fullmatch(r"[\u0020-\u024f]*", said)
    assert all(all(prompt.values()) for prompt in prompts)


def test_names_of_places_stay(draw: Draw) -> None:
    assert "Lyon" in draw(CONTENT["fr"][0], 1)[0]["prompt"]
    assert "Shanghai" in draw(CONTENT["zh"][0], 1)[0]["prompt"]


@pytest.mark.parametrize(
    "content",
    [
        "В Петербурге открылась выставка старинных часов.",
        "Η γέφυρα στη Θεσσαλονίκη είναι έτοιμη.",
        "서울의 시장에서 생선을 판다.",
        "De nieuwe brug over de Maas is klaar en het feest is op het plein.",
        "🎉🎉🎉",
        "١٢٣",
    ],
)
def test_a_language_without_glossary_gets_a_calm_picture(draw: Draw, content: str) -> None:
    for prompt in draw(content, 3):
        assert re.fullmatch(r"[\u0020-\u024f]+", prompt["prompt"])


def test_a_german_compound_is_understood_by_its_parts() -> None:
    assert in_english(["Der Fischmarkt und die Hafenstadt sind nicht weit von der Küste."], lexicon()) == [
        "fish market, harbour city, coast"
    ]


def test_english_is_left_alone() -> None:
    text = ["The market in Berlin opens at nine."]
    assert in_english(text, lexicon()) == text
