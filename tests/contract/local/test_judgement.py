"""Llama Guard, sentiment, Clef, re-ranking and embeddings."""

from __future__ import annotations

import base64
import io
import math

import numpy as np
import pytest
from PIL import Image

from services.local.clef import UNSEEN
from services.local.engine import Hazards
from tests.contract.local.conftest import Reply

GUARD = "@cf/meta/llama-guard-3-8b"
CLEF = "@cf/cloudflare/clef-flash"


def said(text: str) -> dict:
    return {"messages": [{"role": "user", "content": text}]}


def picture(kind: str = "PNG", colour: str = "teal", side: int = 8) -> str:
    file = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(file, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"


async def ask(api, state: object, **questions: dict) -> dict:
    reply = await api.run(CLEF, {"model": "clef-flash", "state": state, "questions": questions})
    assert reply.status == 200, reply.body
    return reply.json()["result"]["answers"]


async def test_llama_guard_says_safe_or_names_the_hazards(api):
    assert (await api.run(GUARD, said("tea"))).json()["result"]["response"] == "safe"
    result = (await api.run(GUARD, said("grenade and punch"))).json()["result"]
    assert result["response"] == "unsafe\nS9,S1"
    assert result["usage"]["neurons"] > 0


async def test_llama_guard_answers_an_object_where_json_is_wanted(api):
    wanted = {"response_format": {"type": "json_object"}}
    assert (await api.run(GUARD, said("tea") | wanted)).json()["result"]["response"] == {"safe": True, "categories": []}
    result = (await api.run(GUARD, said("grenade") | wanted)).json()["result"]
    assert result["response"] == {"safe": False, "categories": ["S9"]}


async def test_llama_guard_speaks_openai_too_and_keeps_its_roles(api):
    reply = await api.chat({"model": GUARD, **said("grenade")})
    assert reply.json()["choices"][0]["message"]["content"] == "unsafe\nS9"
    refused = await api.chat({"model": GUARD, "messages": [{"role": "system", "content": "x"}]})
    assert refused.code == 5006


async def test_sentiment_scores_add_up_to_one(api):
    result = (await api.run("@cf/huggingface/distilbert-sst-2-int8", {"text": "a lovely day"})).json()["result"]
    scores = {row["label"]: row["score"] for row in result}
    assert set(scores) == {"NEGATIVE", "POSITIVE"}
    assert sum(scores.values()) == pytest.approx(1)
    assert scores["POSITIVE"] > 0.5


async def test_clef_answers_hazard_questions_from_the_judge(api):
    questions = {f"S{n}": {"type": "noul", "instructions": "Does the text fall under it?"} for n in range(1, 15)}
    answers = await ask(api, "a grenade", **questions)
    assert {name for name, answer in answers.items() if answer["noul"] > 0.5} == {"S9"}


@pytest.mark.parametrize(("state", "choice"), [("tea", "approve"), ("a grenade", "remove")])
async def test_clef_chooses_a_verdict_with_probabilities_and_confidence(api, state, choice):
    question = {
        "type": "choice",
        "instructions": "What should happen to this text under the safety policy?",
        "criteria": {"approve": "publish", "hold": None, "remove": "harmful"},
    }
    answer = (await ask(api, state, verdict=question))["verdict"]
    assert answer["choice"] == choice
    odds = list(answer["probabilities"].values())
    assert sum(odds) == pytest.approx(1)
    n = len(odds)
    assert answer["confidence"] == pytest.approx((sum(p * p for p in odds) - 1 / n) / (1 - 1 / n))


async def test_clef_scores_between_levels_and_keeps_the_legend(api):
    question = {"type": "score", "instructions": "How harmful is it?", "criteria": ["fine", "odd", "vile"]}
    mild = (await ask(api, {"text": "tea"}, harm=question))["harm"]
    grave = (await ask(api, {"text": "a grenade"}, harm=question))["harm"]
    assert mild["legend"] == {"0": "fine", "1": "odd", "2": "vile"}
    assert 0 <= mild["score"] < grave["score"] <= 2


async def test_clef_answers_any_other_question_with_probabilities_too(api):
    yes = {"type": "noul", "instructions": "Is it about the sea?"}
    which = {"type": "choice", "instructions": "Which colour?", "criteria": {"red": None, "blue": None}}
    answers = await ask(api, "waves", sea=yes, colour=which)
    assert 0 <= answers["sea"]["noul"] <= 1
    assert math.isclose(sum(answers["colour"]["probabilities"].values()), 1)


async def test_clef_takes_pictures_and_refuses_what_is_none(api):
    body = {"model": "clef-flash", "state": "x", "questions": {"a": {"type": "noul", "instructions": "?"}}}
    good = [picture(), picture("JPEG"), picture("WEBP"), {"content_type": "image/png", "base64": picture()[22:]}]
    assert (await api.run(CLEF, {**body, "images": good})).status == 200
    for bad in ("https://example.com/a.png", "data:image/png;base64,AAAA", {"content_type": "text/plain"}):
        reply = await api.run(CLEF, {**body, "images": [bad]})
        assert (reply.status, reply.code) == (422, 5012)


class Eye:
    """Finds a picture indecent by its redness, so that a test decides what is seen."""

    name = "local/eye"

    def look(self, picture: np.ndarray) -> Hazards:
        red = float(picture[..., 0].mean() / 255)
        return Hazards({"S12": red, "S3": red / 2}, ("S12",) if red > 0.5 else ())


async def look(api, *images: str, state: str = "", **questions: dict) -> Reply:
    return await api.run(CLEF, {"model": "clef-flash", "state": state, "questions": questions, "images": list(images)})


def shows(what: str) -> dict:
    return {"type": "noul", "instructions": f"Does the picture show {what}?"}


async def test_clef_looks_at_every_picture_and_names_the_eye_that_saw_it(start, make_engines):
    async with start(load=lambda: make_engines(sight=Eye())) as api:
        reply = await look(api, picture(), picture(colour="red"), S12=shows("it"), S3=shows("it"), S9=shows("it"))
        answers = reply.json()["result"]["answers"]
        assert answers["S12"]["noul"] > 0.9
        assert answers["S3"]["noul"] == pytest.approx(0.4)
        assert answers["S9"]["noul"] == UNSEEN
        assert reply.headers["atelier-engine"] == "local/eye"
        assert reply.json()["result"]["usage"]["input_tokens"] > 500
        calm = (await look(api, picture(), S12=shows("it"))).json()["result"]["answers"]
        assert calm["S12"]["noul"] < 0.1


async def test_clef_chooses_what_becomes_of_a_picture_by_what_it_sees(start, make_engines):
    question = {
        "type": "choice",
        "instructions": "May this picture be published under the policy?",
        "criteria": {"approve": None, "hold": None, "remove": None},
    }
    async with start(load=lambda: make_engines(sight=Eye())) as api:
        for colour, choice in (("teal", "approve"), ("red", "remove")):
            reply = await look(api, picture(colour=colour), state="a grenade", verdict=question)
            assert reply.json()["result"]["answers"]["verdict"]["choice"] == choice


async def test_a_question_that_names_no_picture_is_answered_from_text_and_pictures(start, make_engines):
    async with start(load=lambda: make_engines(sight=Eye())) as api:
        plain = {"type": "noul", "instructions": "Is anything of it here?"}
        reply = await look(api, picture(colour="red"), state="a grenade", S9=plain, S12=plain, S1=plain)
        answers = reply.json()["result"]["answers"]
        assert {name for name, answer in answers.items() if answer["noul"] > 0.5} == {"S9", "S12"}


async def test_what_no_eye_can_tell_of_a_picture_gets_even_odds(start, make_engines):
    which = {"type": "choice", "instructions": "Which season does the image show?", "criteria": {"a": None, "b": None}}
    async with start(load=lambda: make_engines(sight=Eye())) as api:
        reply = await look(api, picture(), state="summer", fun=shows("somebody who laughs"), season=which)
        answers = reply.json()["result"]["answers"]
        assert answers["fun"]["noul"] == 0.5
        assert answers["season"]["confidence"] == pytest.approx(0, abs=1e-9)


async def test_a_picture_that_breaks_off_is_refused(api):
    whole = base64.b64decode(picture(side=64)[22:])
    broken = f"data:image/png;base64,{base64.b64encode(whole[: len(whole) * 2 // 3]).decode()}"
    reply = await look(api, picture(), broken, a=shows("it"))
    assert (reply.status, reply.code) == (422, 5012)
    assert "images[1]" in reply.message


async def test_pictures_without_an_eye_are_an_error_and_not_called_safe(start, make_engines):
    async with start(load=lambda: make_engines(sight=None)) as api:
        reply = await look(api, picture(), S12=shows("it"))
        assert (reply.status, reply.code) == (500, 3043)


async def test_clef_wants_its_own_name_in_the_body(api):
    body = {"model": "clef", "state": "x", "questions": {"a": {"type": "noul", "instructions": "?"}}}
    assert (await api.run(CLEF, body)).code == 5006


async def test_a_reranker_answers_best_first(api):
    contexts = [{"text": "something else"}, {"text": "the query"}, {"text": "third"}]
    body = {"query": "the query", "contexts": contexts, "top_k": 2}
    rows = (await api.run("@cf/baai/bge-reranker-base", body)).json()["result"]["response"]
    assert rows[0] == {"id": 1, "score": pytest.approx(1, abs=1e-5)}
    assert len(rows) == 2


@pytest.mark.parametrize(("name", "size"), [("bge-small-en-v1.5", 384), ("bge-base-en-v1.5", 768), ("bge-m3", 1024)])
async def test_embeddings_have_the_shape_of_their_model_and_length_one(api, name, size):
    result = (await api.run(f"@cf/baai/{name}", {"text": ["one", "two"]})).json()["result"]
    assert result["shape"] == [2, size]
    assert np.linalg.norm(result["data"], axis=1) == pytest.approx([1, 1])


async def test_a_server_without_an_embedder_says_that_it_failed(start, make_engines):
    async with start(load=lambda: make_engines(embed=None)) as api:
        reply = await api.run("@cf/baai/bge-small-en-v1.5", {"text": "one"})
        assert (reply.status, reply.code) == (500, 3043)
