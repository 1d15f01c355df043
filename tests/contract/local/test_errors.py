"""Refusals: Cloudflare's codes, statuses and bodies."""

from __future__ import annotations

import io
import re

import pytest

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
FLUX = "@cf/black-forest-labs/flux-1-schnell"
GUARD = "@cf/meta/llama-guard-3-8b"


@pytest.mark.parametrize("header", [{"Authorization": ""}, {"Authorization": "Bearer "}, {"Authorization": "Basic x"}])
async def test_a_request_without_a_token_is_an_authentication_error(api, header):
    reply = await api.run(LLAMA, {"prompt": "x"}, headers=header)
    assert (reply.status, reply.code) == (401, 10000)
    assert reply.json() == {
        "errors": [{"message": "Authentication error", "code": 10000}],
        "success": False,
        "result": None,
        "messages": [],
    }


async def test_a_configured_token_is_the_only_one_accepted(start):
    async with start(token="the-right-one") as api:
        assert (await api.run(LLAMA, {"prompt": "x"})).status == 401
        api.headers = {"Authorization": "Bearer the-right-one"}
        assert (await api.run(LLAMA, {"prompt": "x"})).status == 200


async def test_an_account_id_that_cannot_be_one_has_no_route(api):
    api.account = "my-account"
    reply = await api.run(LLAMA, {"prompt": "x"})
    assert reply.status == 404
    assert [error["code"] for error in reply.json()["errors"]] == [7003, 7000]


async def test_the_configured_account_id_is_accepted_as_well(start):
    async with start(account_id="my-account") as api:
        api.account = "my-account"
        assert (await api.run(LLAMA, {"prompt": "x"})).status == 200


@pytest.mark.parametrize(
    ("model", "status", "code", "words"),
    [
        ("@cf/meta/llama-9", 400, 5007, "AiError: No such model: No such model @cf/meta/llama-9 or task ("),
        ("@cf/meta/llama-3.1-8b-instruct", 400, 5028, "This model was deprecated on 2026-05-30."),
        ("@hf/thebloke/llamaguard-7b-awq", 400, 5028, "2025-10-01"),
        ("gpt-4", 404, 7000, "No route for that URI"),
    ],
)
async def test_a_model_that_is_not_hosted_is_refused(api, model, status, code, words):
    reply = await api.run(model, {"prompt": "x"})
    assert (reply.status, reply.code) == (status, code)
    assert words in reply.message
    assert "atelier-engine" not in reply.headers
    assert "cf-ai-neurons" not in reply.headers


async def test_an_inference_error_ends_with_a_request_id_and_has_an_empty_result(api):
    reply = await api.run(FLUX, {})
    assert re.fullmatch(
        r"AiError: Bad input: Error: required properties at '/' are 'prompt' \([0-9a-f-]{36}\)", reply.message
    )
    assert reply.json()["result"] == {}


@pytest.mark.parametrize(
    ("model", "body", "words"),
    [
        (FLUX, {"prompt": "x", "seed": 1}, "Additional or unevaluated properties '/seed' at '/' not allowed"),
        (
            FLUX,
            {"prompt": "x", "width": 9, "height": 9},
            "Additional or unevaluated properties '/width, /height' at '/' not allowed",
        ),
        (FLUX, {"prompt": "x" * 2049}, "Length of '/prompt' must be <= 2048"),
        (FLUX, {"prompt": ""}, "Length of '/prompt' must be >= 1"),
        (FLUX, {"prompt": "x", "steps": 9}, "'/steps' must be <= 8"),
        (FLUX, {"prompt": 7}, "Type mismatch of '/prompt', 'string' not in 'integer'"),
        (LLAMA, {"prompt": "x", "max_tokens": None}, "Type mismatch of '/max_tokens', 'integer' not in 'null'"),
        (LLAMA, {}, "oneOf at '/' not met, 0 matches: required properties at '/' are 'prompt', "),
        (LLAMA, {"messages": [{"role": "user", "content": None}]}, "Type mismatch of '/messages/0/content'"),
        (LLAMA, {"messages": []}, "'/messages' must not be empty"),
        (GUARD, {"messages": []}, "'/messages' must not be empty"),
        (LLAMA, [], "Type mismatch of '/', 'object' not in 'array'"),
        (GUARD, {"messages": [{"role": "system", "content": "x"}]}, "enum user,assistant not in system at"),
        (
            "@cf/black-forest-labs/flux-2-dev",
            {"prompt": "x"},
            "required properties at '/' are 'multipart'",
        ),
        ("@cf/leonardo/lucid-origin", {"prompt": "x", "width": 2501}, "'/width' must be <= 2500"),
        ("@cf/stabilityai/stable-diffusion-xl-base-1.0", {"prompt": "x", "width": 255}, "'/width' must be >= 256"),
        ("@cf/cloudflare/clef-flash", {}, "required properties at '/' are 'model,state,questions'"),
    ],
)
async def test_a_body_that_breaks_the_schema_is_told_how(api, model, body, words):
    reply = await api.run(model, body)
    assert (reply.status, reply.code) == (400, 5006)
    assert words in reply.message


async def test_llama_guard_takes_turns_that_alternate(api):
    turns = [{"role": "user", "content": "x"}, {"role": "user", "content": "y"}]
    reply = await api.run(GUARD, {"messages": turns})
    assert (reply.status, reply.code) == (400, 8007)


async def test_a_body_that_is_no_json_is_bad_input_and_an_empty_one_is_missing(api):
    url = f"{api.ai}/run/{LLAMA}"
    assert (await api.send("POST", url, data=b"{")).code == 5006
    assert (await api.send("POST", url)).code == 3003


async def test_a_body_over_the_limit_is_too_large(start):
    async with start(max_body_mib=1) as api:
        reply = await api.send("POST", f"{api.ai}/run/{LLAMA}", data=io.BytesIO(b" " * (1024 * 1024 + 1)))
        assert (reply.status, reply.code) == (413, 3006)
        assert (await api.calls())[0]["status"] == 413


async def test_a_prompt_over_the_context_window_is_refused_with_the_estimate(api):
    reply = await api.run(LLAMA, {"prompt": "word " * 20_000})
    assert (reply.status, reply.code) == (413, 5021)
    assert "exceeded this model context window limit (24000)" in reply.message


@pytest.mark.parametrize("path", ["/nothing", "/v1/nothing", "/models"])
async def test_an_unknown_path_has_no_route(api, path):
    reply = await api.send("GET", f"{api.ai}{path}")
    assert (reply.status, reply.code) == (404, 7000)


async def test_a_path_outside_the_api_has_no_route_either(api):
    reply = await api.send("GET", f"http://{api.server.address}/")
    assert (reply.status, reply.code) == (404, 7000)


async def test_a_wrong_method_says_so(api):
    reply = await api.send("GET", f"{api.ai}/run/{LLAMA}")
    assert (reply.status, reply.code) == (405, 7001)
    assert reply.message == "GET not supported for requested URI."
    assert reply.headers["Allow"] == "POST"
    assert (await api.send("GET", f"{api.ai}/v1/models")).status == 405


async def test_asynchronous_batches_and_other_dialects_are_refused_clearly(api):
    assert "queueRequest" in (await api.run(f"{LLAMA}?queueRequest=true", {"requests": []})).message
    reply = await api.send("POST", f"{api.ai}/v1/responses", data=b"{}")
    assert reply.status == 501
    assert "/ai/v1/chat/completions" in reply.message


async def test_a_model_in_the_body_needs_a_gateway(api):
    body = b'{"model": "%s", "input": {"prompt": "x"}}' % LLAMA.encode()
    assert (await api.send("POST", f"{api.ai}/run", data=body)).code == 3003
    reply = await api.send("POST", f"{api.ai}/run", data=body, headers={"cf-aig-gateway-id": "g"})
    assert reply.json()["result"]["response"] == "x"


async def test_broken_base64_of_an_input_picture_is_an_invalid_type(api):
    reply = await api.run("@cf/runwayml/stable-diffusion-v1-5-img2img", {"prompt": "x", "image_b64": "*"})
    assert (reply.status, reply.code) == (400, 5004)


async def test_a_header_over_the_limit_is_refused(api):
    reply = await api.run(LLAMA, {"prompt": "x"}, headers={"x-long": "x" * (17 * 1024)})
    assert reply.status == 400
