"""Prompts for pictures by the language model: what it may say of them, and what the engine behind it says."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from services.local.engine import ChatMessage, TextRequest
from services.local.smollm import SmolLM2

PROMPTS = {
    "type": "object",
    "properties": {
        "prompts": {
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "items": {
                "type": "object",
                "properties": {"prompt": {"type": "string"}, "alt_text": {"type": "string"}},
                "required": ["prompt", "alt_text"],
            },
        }
    },
    "required": ["prompts"],
}
WRITTEN = {
    "prompts": [
        {"prompt": "A harbour at dawn. A calm mood. Photograph.", "alt_text": "A harbour."},
        {"prompt": "Boats in a row. A bold mood. Linocut.", "alt_text": "Boats."},
    ]
}
SEEN = "A fisherman mends a green net on the quay, small boats behind him"


class Canned:
    """A runtime that always says the same."""

    def __init__(self, text: str) -> None:
        self.text, self.bodies = text, []

    def chat(self, body, deadline_s):
        self.bodies.append(body)
        return self.text


def asked(content="Fishermen mend their nets.", head=""):
    text = f'Number of prompts: 2\n{head}<content boundary="0">\n{content}\n</content boundary="0">'
    return TextRequest((ChatMessage("user", text),), max_tokens=500, json_schema=PROMPTS, seed=7)


def writer(model: Canned) -> SmolLM2:
    return SmolLM2(Written(), deadline_s=1.0, model=model)


class Written:
    """A text engine that always writes the same two prompts."""

    name = "local/written"

    def complete(self, request):
        return json.dumps(WRITTEN)


def prompts_of(answer: str) -> list[dict[str, str]]:
    return json.loads(answer)["prompts"]


def test_of_a_prompt_the_model_says_what_is_seen_and_the_fallback_the_rest():
    answer, name = writer(Canned(f"{SEEN}. And so on.")).complete_by(asked())
    assert name == "local/smollm2"
    assert prompts_of(answer) == [
        {"prompt": f"{SEEN}. A calm mood. Photograph.", "alt_text": f"{SEEN}."},
        {"prompt": f"{SEEN}. A bold mood. Linocut.", "alt_text": f"{SEEN}."},
    ]


def test_what_it_repeats_or_nobody_can_see_is_cut_off():
    said = f"{SEEN}, a symbol of hope, a small boat, a small boat behind him, a green net"
    answer, _ = writer(Canned(said)).complete_by(asked())
    assert prompts_of(answer)[0]["alt_text"] == f"{SEEN}."


@pytest.mark.parametrize(
    "said",
    [
        "What is the story of the fishermen and of their nets on the quay?",
        "My name is Zara, and I mend the nets of all the fishermen here",
        "A dancer leaps over the stage in a beam of light, curtains behind her",
        "Fishermen mend nets",
        'The fishermen say "we mend our nets" on the quay in the morning',
    ],
)
def test_a_sentence_that_shows_nothing_of_the_content_is_asked_for_again_and_then_the_fallbacks(said):
    model = Canned(said)
    answer, name = writer(model).complete_by(asked())
    assert (json.loads(answer), name) == (WRITTEN, "local/written")
    assert len({body["seed"] for body in model.bodies}) == len(model.bodies) > 1


@pytest.mark.parametrize(
    "request_",
    [
        asked("Die Fischer flicken ihre Netze am Kai, und die Boote liegen im Hafen."),
        asked(head="Refused prompt: a knife\nRefused because: violence\n"),
        asked(""),
    ],
)
def test_other_languages_and_safer_prompts_are_the_fallbacks(request_):
    model = Canned(SEEN)
    assert writer(model).complete_by(request_)[1] == "local/written"
    assert model.bodies == []


def test_what_a_brand_avoids_is_not_shown():
    asked_with_brand = asked(head="Words to avoid: boats\n")
    assert writer(Canned(SEEN)).complete_by(asked_with_brand)[1] == "local/written"


def test_a_picture_too_long_for_the_schema_leaves_the_answer_to_the_fallback():
    item = {"type": "object", "properties": {"prompt": {"type": "string"}, "alt_text": {"maxLength": 40}}}
    schema = {
        "type": "object",
        "properties": {"prompts": {"type": "array", "minItems": 2, "maxItems": 2, "items": item}},
    }
    answer, name = writer(Canned(SEEN)).complete_by(replace(asked(), json_schema=schema))
    assert (json.loads(answer), name) == (WRITTEN, "local/written")


def test_after_the_deadline_the_model_is_not_asked():
    model = Canned(SEEN)
    assert SmolLM2(Written(), deadline_s=0.0, model=model).complete_by(asked())[1] == "local/written"
    assert model.bodies == []
