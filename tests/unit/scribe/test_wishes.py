"""Purposes, brands, and the texts for readers in their languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.local.scribe.candidates import Phrase
from services.local.scribe.colours import name_of
from services.local.scribe.purpose import purposes
from services.local.scribe.telling import leads
from services.local.scribe.tongue import code_of, tongues
from services.local.scribe.wishes import Brand, read_wishes
from tests.unit.scribe.conftest import ALL_FIELDS

Draw = Callable[..., list[dict[str, str]]]

EN = """A lighthouse keeper retires

After forty years on the rocky island, the keeper climbed the stairs of the lighthouse for the last time on Friday.
Seagulls circled above the boats that brought visitors from the village."""
DE = """Der Leuchtturmwärter geht

Nach vierzig Jahren verließ der Wärter am Freitag den Leuchtturm auf der Insel. Möwen kreisten über den Booten im Hafen,
und die Fischer winkten."""
CONTENT = {
    "de": DE,
    "fr": "À Lyon, les boulangers fêtent le pain. Les enfants apprennent à pétrir la pâte dans la boulangerie.",
    "es": "Los pescadores del puerto de Vigo venden el pescado en la playa. Las gaviotas vuelan sobre los barcos.",
    "pt": "Os pescadores de Nazaré voltaram ao mar. No porto, as mulheres secam o peixe e os barcos não saem.",
    "it": "A Matera riapre la biblioteca. I bambini della scuola leggono i libri con gli studenti.",
}
LITTLE_ENGLISH = re.compile(r"\b(?:the|with|and|of|in the|at dawn|light)\b", re.I)


def tokens(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


@pytest.mark.parametrize("purpose", ["marketing", "publishing", "presentation", "social"])
def test_a_purpose_is_seen_in_every_prompt(draw: Draw, purpose: str) -> None:
    for prompt in draw(EN, 4, lines=[f"Purpose: {purpose}"]):
        assert any(layout in prompt["prompt"] for layout in purposes()[purpose].compositions)
        assert len(prompt["prompt"].split()) <= 66


def test_pictures_for_different_purposes_are_really_different(draw: Draw) -> None:
    first = {name: draw(EN, 1, lines=[f"Purpose: {name}"])[0]["prompt"] for name in (*purposes(), "general")}
    for one, other in combinations(first, 2):
        # An article and a picture in general may well show the same act, but not in the same words.
        limit = 0.65 if {one, other} == {"publishing", "general"} else 0.45
        said, also = tokens(first[one]), tokens(first[other])
        assert len(said & also) / len(said | also) < limit


@pytest.mark.parametrize(
    ("line", "purpose"),
    [
        ("Purpose: advertising: one clear subject, room for words", "marketing"),
        ("Purpose: PURPOSE_SOCIAL", "social"),
        ("The pictures are for: slides of a presentation", "presentation"),
        ("Purpose: articles and books", "publishing"),
        ("Purpose: no use in particular", "general"),
        ("Style: bold", ""),
    ],
)
def test_a_purpose_is_read_in_many_words(line: str, purpose: str) -> None:
    assert read_wishes(line, "").purpose == purpose


BRAND = [
    "Brand palette: #0b4a5e, #ff7058",
    "Words to use: Nordic, calm, sailing boat",
    "Words to avoid: seagull, stairs",
    "Look: flat vector, thick outlines",
    "Safe area: top left",
]


def test_a_brand_guide_is_heeded_word_by_word(draw: Draw) -> None:
    for prompt in draw(EN, 6, style="oil painting", lines=BRAND):
        text = prompt["prompt"].lower()
        assert "petrol blue" in text
        assert "coral" in text
        assert {"nordic", "calm"} <= tokens(text)
        assert "sailing boat" in text
        assert "flat vector, thick outlines" in text
        assert "oil painting" not in text
        assert "top left corner" in text
        assert not re.search(r"seagull|stairs?\b", text)
        assert {"seagull", "stairs"} <= set(prompt["negative_prompt"].split(", "))


def test_a_guide_may_stand_in_the_rules_as_well() -> None:
    rules = "You are an art director.\n" + "\n".join(BRAND)
    assert read_wishes("Number of prompts: 1", rules).brand == Brand(
        palette=("petrol blue", "coral"),
        use=("Nordic", "calm", "sailing boat"),
        avoid=("seagull", "stairs"),
        look="flat vector, thick outlines",
        corner="top left",
    )


def test_a_rewritten_prompt_keeps_to_the_brand(draw: Draw) -> None:
    (prompt,) = draw(EN, 1, lines=BRAND, refused="a keeper falls to death", because="S1 Violent Crimes")
    assert "petrol blue" in prompt["prompt"]
    assert "seagull" not in prompt["prompt"]


@pytest.mark.parametrize(("code", "name"), [("ff0000", "red"), ("0a1f44", "navy blue"), ("fefefe", "white")])
def test_a_colour_gets_the_name_that_people_give_it(code: str, name: str) -> None:
    assert name_of(code) == name


@pytest.mark.parametrize("code", CONTENT)
def test_texts_for_readers_are_in_the_language_of_the_content(draw: Draw, code: str) -> None:
    for prompt in draw(CONTENT[code], 8, fields=ALL_FIELDS):
        assert prompt["language"] == code
        assert not LITTLE_ENGLISH.search(prompt["alt_text"])
        assert 10 < len(prompt["alt_text"]) <= 200
        assert len(prompt["caption"]) <= 500
        assert CONTENT[code].split()[1] in prompt["caption"] or "." in prompt["caption"]
        assert not re.search(r"[{}]|  ", prompt["alt_text"] + prompt["caption"])
        assert re.fullmatch(r"[\u0020-\u024f]*", prompt["prompt"])


def test_a_caption_tells_what_the_content_says_and_that_it_is_an_illustration(draw: Draw) -> None:
    (prompt,) = draw(DE, 1, fields=ALL_FIELDS)
    assert any(sentence in prompt["caption"] for sentence in ("Leuchtturmwärter geht", "verließ der Wärter", "Möwen"))
    assert "Illustration: " in prompt["caption"]
    assert prompt["alt_text"] not in prompt["caption"]
    (slide,) = draw(DE, 1, fields=ALL_FIELDS, lines=["Purpose: presentation"])
    assert "Illustration" not in slide["caption"]


@pytest.mark.parametrize("wish", ["de", "de-AT", "German", "German (de)", "Deutsch"])
def test_another_language_can_be_asked_for(draw: Draw, wish: str) -> None:
    (prompt,) = draw(EN, 1, lines=[f"Language of alt texts and captions: {wish}"], fields=ALL_FIELDS)
    assert prompt["language"] == "de"
    assert not LITTLE_ENGLISH.search(prompt["alt_text"])
    assert "After forty years" not in prompt["caption"]


@pytest.mark.parametrize("content", ["上海的一所小学开设了机器人课程。老师带领学生在教室里用电脑编程。", EN])
@pytest.mark.parametrize("wish", ["", "Language: ja", "Language: zh-Hans"])
def test_what_cannot_be_written_is_honestly_tagged_as_english(draw: Draw, content: str, wish: str) -> None:
    for prompt in draw(content, 2, lines=[wish] if wish else [], fields=ALL_FIELDS):
        assert prompt["language"] == "en"
        assert prompt["alt_text"].isascii()
        assert prompt["caption"].isascii()


@pytest.mark.parametrize(
    "rules",
    ["alt_text and caption: one sentence each, in French.", 'caption: at most 500 characters, in the language "fr".'],
)
def test_the_language_is_found_in_the_rules_too(draw: Draw, rules: str) -> None:
    assert draw(EN, 1, rules=rules, fields=ALL_FIELDS)[0]["language"] == "fr"


def test_the_language_of_the_content_is_no_language_of_its_own(draw: Draw) -> None:
    rules = "alt_text: one sentence, in the language of the content. caption: what is in it, in de facto few words."
    assert draw(DE, 1, rules=rules, fields=ALL_FIELDS)[0]["language"] == "de"


def test_a_schema_with_other_fields_and_limits_is_met(scribe, draw: Draw) -> None:
    fields = ("prompt", "alt_text", "mood")
    (prompt,) = draw(EN, 1, fields=fields)
    assert prompt.keys() == set(fields)
    assert prompt["mood"]


@pytest.mark.parametrize("code", ["de", "fr", "es", "pt", "it"])
def test_the_tables_of_a_language_are_whole_and_fit_the_english_ones(code: str) -> None:
    german, other = tongues()["de"], tongues()[code]
    for table in ("words", "templates", "times", "kinds", "shapes", "settings", "topics", "nouns"):
        assert getattr(german, table).keys() == getattr(other, table).keys()
    assert all(len(shapes) == len(german.shapes[key]) for key, shapes in other.shapes.items())
    assert all("{it}" in shape for shapes in other.shapes.values() for shape in shapes)
    genders = {"de": "mfn"}.get(code, "mf")
    assert all(noun.gender in genders for noun in other.nouns.values())


@pytest.mark.parametrize(
    ("code", "head", "one", "many"),
    [
        ("de", "bridge", "eine Brücke", "Brücken"),
        ("fr", "boat", "un bateau", "des bateaux"),
        ("fr", "water", "de l'eau", "de l'eau"),
        ("es", "flower", "una flor", "flores"),
        ("es", "classroom", "un aula", "aulas"),
        ("es", "station", "una estación", "estaciones"),
        ("pt", "garden", "um jardim", "jardins"),
        ("it", "island", "un'isola", "isole"),
        ("it", "student", "uno studente", "studenti"),
        ("it", "castle", "un castello", "castelli"),
        ("it", "orange", "un'arancia", "arance"),
        ("it", "watch", "un orologio", "orologi"),
    ],
)
def test_nouns_take_their_articles_and_plurals(code: str, head: str, one: str, many: str) -> None:
    tongue = tongues()[code]
    assert tongue.thing(Phrase((head,), head, False, "")) == one
    assert tongue.thing(Phrase((f"{head}s",), head, True, "")) == many


def test_an_unknown_animal_is_called_an_animal() -> None:
    assert tongues()["de"].thing(Phrase(("guanacos",), "guanaco", True, "animal")) == "Tiere"


@pytest.mark.parametrize("wish", ["", "Klingon", "xx", "12", "the content's"])
def test_an_unknown_language_is_english(wish: str) -> None:
    assert code_of(wish) == "en"


def test_only_whole_statements_open_a_caption() -> None:
    whole = "The ferry leaves at noon and carries forty cars."
    told = [whole, "and then some more words here", "Short.", "A bracket (that nobody closes."]
    assert leads(told) == [whole]


@settings(max_examples=80, deadline=None)
@given(head=st.text(max_size=300), rules=st.text(max_size=300))
def test_any_lines_can_be_read_for_wishes(head: str, rules: str) -> None:
    wishes = read_wishes(head, rules)
    assert len(wishes.brand.use) <= 20
