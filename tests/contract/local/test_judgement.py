"""Llama Guard, sentiment, Clef, re-ranking and embeddings."""

from __future__ import annotations

import base64
import io
import math

import numpy as np
import pytest
from PIL import Image

GUARD = "@cf/meta/llama-guard-3-8b"
CLEF = "@cf/cloudflare/clef-flash"


def said(text: str) -> dict:
    return {"messages": [{"role": "user", "content": text}]}


def picture(kind: str = "PNG") -> str:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(file, kind)
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
