"""Misbehaviour on demand: what each fault does to an answer, and which requests it hits."""

from __future__ import annotations

import base64
import io

import aiohttp
import numpy as np
import orjson
import pytest
from PIL import Image, UnidentifiedImageError

from services.local.errors import ERRORS

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD = "@cf/meta/llama-guard-3-8b"
FLUX = "@cf/black-forest-labs/flux-1-schnell"
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
PROMPT = {"prompt": "a quiet harbour"}


async def pictures(api) -> list[bytes]:
    wrapped = (await api.run(FLUX, PROMPT)).json()["result"]["image"]
    return [base64.b64decode(wrapped, validate=True), (await api.run(SDXL, PROMPT)).body]


@pytest.mark.parametrize("code", sorted(ERRORS))
async def test_every_known_code_can_be_answered(api, code):
    await api.fault({"code": code})
    reply = await api.run(LLAMA, PROMPT)
    assert (reply.status, reply.code) == (ERRORS[code].http_status, code)
    assert ERRORS[code].message in reply.message
    assert reply.json()["result"] == ({} if ERRORS[code].inference else None)


@pytest.mark.parametrize(("status", "code"), [(429, 3040), (401, 10000), (500, 3043), (504, 7009), (418, 5006)])
async def test_a_status_alone_finds_its_code(api, status, code):
    await api.fault({"status": status})
    reply = await api.run(LLAMA, PROMPT)
    assert (reply.status, reply.code) == (status, code)


async def test_status_code_message_and_retry_after_are_answered_as_told(api):
    await api.fault({"status": 200, "code": 3030, "message": "Output image contains NSFW content", "retry_after_s": 7})
    reply = await api.run(FLUX, PROMPT)
    assert (reply.status, reply.code, reply.headers["Retry-After"]) == (200, 3030, "7")
    assert "Output image contains NSFW content" in reply.message
    assert reply.json()["success"] is False


@pytest.mark.parametrize(("body", "level"), [("black", 0), ("blank", 255)])
async def test_a_black_or_blank_picture_is_a_whole_picture_of_one_tone(api, body, level):
    await api.fault({"body": body})
    for data in await pictures(api):
        picture = Image.open(io.BytesIO(data))
        assert picture.size == (1024, 1024)
        assert np.unique(np.asarray(picture)).tolist() == [level]


async def test_a_truncated_picture_starts_like_one_and_cannot_be_decoded(api):
    await api.fault({"body": "truncated"})
    for data in await pictures(api):
        picture = Image.open(io.BytesIO(data))
        with pytest.raises(OSError, match=r"truncated|broken"):
            picture.load()


async def test_a_garbage_picture_is_no_picture_at_all(api):
    await api.fault({"body": "garbage"})
    for data in await pictures(api):
        with pytest.raises(UnidentifiedImageError):
            Image.open(io.BytesIO(data))


async def test_an_empty_answer_is_empty_whatever_the_model(api):
    await api.fault({"body": "empty"})
    assert [(await api.run(model, PROMPT)).body for model in (LLAMA, FLUX, SDXL)] == [b"", b"", b""]


@pytest.mark.parametrize("body", ["truncated", "garbage", "blank", "black"])
async def test_a_spoiled_text_answer_is_no_json(api, body):
    await api.fault({"body": body})
    reply = await api.run(LLAMA, PROMPT)
    assert reply.status == 200
    with pytest.raises(orjson.JSONDecodeError):
        reply.json()


@pytest.mark.parametrize("model", [LLAMA, FLUX, SDXL])
async def test_a_disconnect_breaks_the_body_off(api, model):
    await api.fault({"body": "disconnect", "times": 1})
    with pytest.raises(aiohttp.ClientPayloadError):
        await api.run(model, PROMPT)
    assert (await api.run(model, PROMPT)).status == 200


async def test_a_stream_can_break_off_end_early_or_be_garbage(api):
    streamed = PROMPT | {"stream": True}
    await api.fault({"body": "disconnect"})
    with pytest.raises(aiohttp.ClientPayloadError):
        await api.run(LLAMA, streamed)
    await api.fault({"body": "truncated"})
    assert b"[DONE]" not in (await api.run(LLAMA, streamed)).body
    await api.fault({"body": "garbage"})
    assert b"no JSON" in (await api.run(LLAMA, streamed)).body


@pytest.mark.parametrize("json_mode", [False, True])
async def test_a_text_is_answered_to_the_letter(api, json_mode):
    said = '{"prompts": 1}'
    await api.fault({"text": said})
    wanted = {"type": "json_schema", "json_schema": {"type": "object", "required": ["other"]}}
    reply = await api.run(LLAMA, PROMPT | ({"response_format": wanted} if json_mode else {}))
    assert reply.json()["result"]["response"] == ({"prompts": 1} if json_mode else said)
    assert reply.headers["atelier-engine"] == "local/fault"


async def test_llama_guard_says_what_it_is_told(api):
    await api.fault({"text": "\n\nunsafe\nS9,S1"})
    reply = await api.run(GUARD, {"messages": [{"role": "user", "content": "tea"}]})
    assert reply.json()["result"]["response"] == "\n\nunsafe\nS9,S1"


async def test_a_fault_hits_its_model_its_words_and_its_number_of_requests(api):
    await api.fault({"model": LLAMA, "contains": "harbour", "times": 2, "code": 3040})
    assert (await api.run(FLUX, PROMPT)).status == 200
    assert (await api.run(LLAMA, {"prompt": "a forest"})).status == 200
    assert [(await api.run(LLAMA, PROMPT)).status for _ in range(3)] == [429, 429, 200]
    assert (await api.send("GET", f"{api.own}/faults")).json() == []


async def test_the_first_fault_that_applies_is_taken_and_the_rest_stay(api):
    await api.fault({"times": 1, "code": 3040}, {"times": 1, "code": 3043})
    left = await api.send("GET", f"{api.own}/faults")
    assert [row["times"] for row in left.json()] == [1, 1]
    assert [(await api.run(LLAMA, PROMPT)).status for _ in range(3)] == [429, 500, 200]


async def test_faults_can_be_dropped(api):
    await api.fault({"code": 3040})
    assert (await api.send("DELETE", f"{api.own}/faults")).status == 204
    assert (await api.run(LLAMA, PROMPT)).status == 200


async def test_a_header_makes_one_request_fail(api):
    spoiled = await api.run(LLAMA, PROMPT, headers={"atelier-fault": '{"code": 4006}'})
    assert (spoiled.status, spoiled.code) == (429, 4006)
    assert (await api.run(LLAMA, PROMPT)).status == 200
    assert (await api.run(LLAMA, PROMPT, headers={"atelier-fault": "{"})).code == 5006


async def test_latency_is_added(api):
    await api.fault({"latency_ms": 30})
    await api.run(LLAMA, PROMPT)
    assert (await api.calls())[0]["duration_ms"] >= 25


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{}",
        b"[1]",
        b'[{"models": "*"}]',
        b'[{"times": "1"}]',
        b'[{"times": -1}]',
        b'[{"body": "odd"}]',
        b'[{"status": 99}]',
        b'[{"status": true}]',
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(api, body):
    assert (await api.send("PUT", f"{api.own}/faults", data=body)).code == 5006


async def test_without_the_switch_there_are_no_faults_and_no_calls(start):
    async with start(faults=False) as api:
        for path in ("faults", "calls"):
            assert (await api.send("GET", f"{api.own}/{path}")).status == 404
        assert (await api.run(LLAMA, PROMPT, headers={"atelier-fault": '{"code": 4006}'})).status == 200
