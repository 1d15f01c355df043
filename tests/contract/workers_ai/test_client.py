from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import orjson
import pytest

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.workers_ai.client import Choice, ImageRequest, Message, Noul, WorkersAI
from services.workers_ai.cost import Cost, Source
from services.workers_ai.fallback import first_that_answers

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GEMMA = "@cf/google/gemma-4-26b-a4b-it"
OSS = "@cf/openai/gpt-oss-20b"
GUARD = "@cf/meta/llama-guard-3-8b"
CLEF = "@cf/cloudflare/clef-flash"
FLUX = "@cf/black-forest-labs/flux-1-schnell"
FLUX_2 = "@cf/black-forest-labs/flux-2-klein-4b"
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 32
HELLO = (Message("user", "Hello"),)
SCHEMA = {"type": "object", "required": ["a"]}


async def test_a_text_comes_with_the_record_of_its_call(provider: Any, client: WorkersAI) -> None:
    usage = {"prompt_tokens": 11, "completion_tokens": 7}
    provider.will(provider.answers({"response": "Hi", "usage": usage}, cf_ai_neurons="8.81"))
    result = await client.generate_text(LLAMA, HELLO, max_tokens=10, timeout_s=30)
    assert (result.text, result.data) == ("Hi", None)
    call = result.call
    assert (call.model, call.attempts, call.input_tokens, call.output_tokens) == (LLAMA, 1, 11, 7)
    assert (call.neurons, call.engine) == (8.81, "")
    assert call.duration_s > 0
    assert provider.seen[0].path == f"/client/v4/accounts/acc0/ai/run/{LLAMA}"


async def test_an_embedded_engine_is_named_and_costs_nothing(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers({"response": "Hi"}, cf_ai_neurons="8.81", atelier_engine="local/x"))
    call = (await client.generate_text(LLAMA, HELLO, max_tokens=10, timeout_s=30)).call
    assert (call.neurons, call.engine) == (0.0, "local/x")


async def test_the_head_carries_token_trace_and_gateway(
    provider: Any, make_client: Callable[..., WorkersAI], token: str
) -> None:
    provider.will(provider.answers({"response": "Hi"}))
    client = make_client(gateway_id="gate")
    with telemetry.trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"):
        await client.generate_text(LLAMA, HELLO, max_tokens=10, timeout_s=30)
    headers = provider.seen[0].headers
    assert headers["Authorization"] == f"Bearer {token}"
    assert headers["cf-aig-gateway-id"] == "gate"
    assert headers["traceparent"].split("-")[1] == "0af7651916cd43dd8448eb211c80319c"
    assert headers["Content-Type"] == "application/json"


async def test_without_gateway_or_trace_their_headers_are_not_sent(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers({"response": "Hi"}))
    await client.generate_text(LLAMA, HELLO, max_tokens=10, timeout_s=30)
    assert not {"cf-aig-gateway-id", "traceparent"} & {name.lower() for name in provider.seen[0].headers}


@pytest.mark.parametrize("response", ['{"a": 1}', {"a": 1}, '```json\n{"a": 1}\n```'])
async def test_json_mode_gives_the_value(provider: Any, client: WorkersAI, response: object) -> None:
    provider.will(provider.answers({"response": response}))
    result = await client.generate_text(LLAMA, HELLO, max_tokens=10, json_schema=SCHEMA, timeout_s=30)
    assert result.data == {"a": 1}
    assert provider.seen[0].json["response_format"] == {"type": "json_schema", "json_schema": SCHEMA}


async def test_the_openai_shape_is_read_too(provider: Any, client: WorkersAI) -> None:
    message = {"role": "assistant", "content": [{"type": "text", "text": "Hi"}], "reasoning_content": "hm"}
    provider.will(provider.answers({"choices": [{"message": message}], "usage": {"neurons": 0.5}}))
    result = await client.generate_text(GEMMA, HELLO, max_tokens=10, timeout_s=30)
    assert (result.text, result.call.neurons) == ("Hi", 0.5)


async def streamed(client: WorkersAI, model: str = LLAMA) -> list[str]:
    async with aclosing(client.stream_text(model, HELLO, max_tokens=10, timeout_s=30)) as texts:
        return [text async for text in texts]


async def test_a_stream_gives_its_pieces(provider: Any, client: WorkersAI) -> None:
    body = (
        b'data: {"response":"Hel"}\n\ndata: {"response":"lo"}\n\ndata: {"response":"","usage":{}}\n\ndata: [DONE]\n\n'
    )
    provider.will(provider.sends(body, "text/event-stream; charset=utf-8"))
    assert await streamed(client) == ["Hel", "lo"]
    assert provider.seen[0].json["stream"] is True


async def test_a_stream_that_comes_as_plain_json_is_one_piece(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers({"response": "Hello"}))
    assert await streamed(client) == ["Hello"]


async def test_an_empty_answer_to_a_stream_is_asked_for_again_without_one(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers({}), provider.answers({"choices": [{"message": {"content": "Hello"}}]}))
    assert await streamed(client, OSS) == ["Hello"]
    assert [seen.json.get("stream", False) for seen in provider.seen] == [True, False]


async def test_a_stream_that_does_not_begin_is_tried_again(provider: Any, client: WorkersAI) -> None:
    provider.will(
        provider.fails(500), provider.sends(b'data: {"response":"Hi"}\n\ndata: [DONE]\n\n', "text/event-stream")
    )
    assert await streamed(client) == ["Hi"]
    assert len(provider.seen) == 2


async def test_a_stream_that_ends_early_is_an_error_and_not_an_answer(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.sends(b'data: {"response":"Hel"}\n\n', "text/event-stream"))
    got: list[str] = []
    with pytest.raises(ServiceError) as caught:
        async for text in client.stream_text(LLAMA, HELLO, max_tokens=10, timeout_s=30):
            got.append(text)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    assert got == ["Hel"]
    assert len(provider.seen) == 1


@pytest.mark.parametrize(
    ("response", "safe", "categories"),
    [
        ("safe", True, ()),
        ("\n\nunsafe\nS1,S9", False, (("S1", 0.0), ("S9", 0.0))),
        ({"safe": False, "categories": ["S10"]}, False, (("S10", 0.0),)),
    ],
)
async def test_llama_guard_judges(
    provider: Any, client: WorkersAI, response: object, safe: bool, categories: tuple[tuple[str, float], ...]
) -> None:
    provider.will(provider.answers({"response": response, "usage": {"prompt_tokens": 9}}))
    judgement = await client.judge(GUARD, "a text", timeout_s=30)
    assert (judgement.safe, judgement.categories, judgement.call.input_tokens) == (safe, categories, 9)


@pytest.mark.parametrize("model", [GUARD, CLEF])
async def test_no_verdict_is_an_error_and_never_safe(
    provider: Any, make_client: Callable[..., WorkersAI], model: str
) -> None:
    provider.will(provider.answers({"response": "I think that is fine"}))
    with pytest.raises(ServiceError) as caught:
        await make_client(attempts=1).judge(model, "a text", timeout_s=30)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    assert caught.value.metadata["model"] == model


def nouls(**odds: float) -> dict[str, object]:
    answers = {f"S{n}": {"type": "noul", "noul": odds.get(f"S{n}", 0.01)} for n in range(1, 15)}
    return {"model": "clef-flash", "answers": answers, "usage": {"input_tokens": 50, "output_tokens": 0}}


async def test_clef_judges_by_a_question_for_each_hazard(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers(nouls(S10=0.7, S1=0.9, S2=0.49)))
    judgement = await client.judge(CLEF, "a text", timeout_s=30)
    assert not judgement.safe
    assert judgement.categories == (("S1", 0.9), ("S10", 0.7))
    assert judgement.scores[:3] == (("S1", 0.9), ("S10", 0.7), ("S2", 0.49))
    assert len(judgement.scores) == 14
    assert provider.seen[0].json["state"] == "a text"


async def test_clef_finds_nothing_wrong_with_a_harmless_text(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers(nouls()))
    judgement = await client.judge(CLEF, "a text", timeout_s=30)
    assert (judgement.safe, judgement.categories) == (True, ())


async def test_a_text_longer_than_clef_reads_is_judged_whole_in_pieces(provider: Any, client: WorkersAI) -> None:
    async def respond(request: Any) -> Any:
        bad = "poison" in orjson.loads(await request.read())["state"]
        return await provider.answers(nouls(S9=0.95) if bad else nouls())(request)

    provider.will(respond)
    judgement = await client.judge(CLEF, "harmless words " * 600 + "poison " + "more words " * 300, timeout_s=30)
    assert judgement.categories == (("S9", 0.95),)
    assert judgement.call.attempts == len(provider.seen) > 5
    assert all(len(str(seen.json["state"]).encode()) <= 2000 for seen in provider.seen)


async def test_one_failed_piece_fails_the_whole_judgement(provider: Any, make_client: Callable[..., WorkersAI]) -> None:
    provider.will(provider.answers(nouls()), provider.fails(400, 5006))
    with pytest.raises(ServiceError) as caught:
        await make_client().judge(CLEF, "words " * 2000, timeout_s=30)
    assert caught.value.reason is Reason.FIELD_INVALID


async def test_clef_decides_about_text_and_pictures(provider: Any, client: WorkersAI) -> None:
    answers = {
        "ok": {"type": "noul", "noul": 0.9},
        "do": {"type": "choice", "choice": "hold", "probabilities": {"hold": 0.8, "allow": 0.2}, "confidence": 0.36},
    }
    provider.will(provider.answers({"answers": answers, "usage": {"input_tokens": 5}}))
    questions = {"ok": Noul("Is it fine?"), "do": Choice("What now?", {"hold": None, "allow": None})}
    decisions = await client.decide(CLEF, {"post": "x"}, questions, images=[JPEG], timeout_s=30)
    assert set(decisions.answers) == {"ok", "do"}
    assert decisions.call.input_tokens == 5


async def test_a_guard_that_takes_no_questions_is_not_asked_any(provider: Any, client: WorkersAI) -> None:
    with pytest.raises(ServiceError) as caught:
        await client.decide(GUARD, "x", {"ok": Noul("?")}, timeout_s=30)
    assert caught.value.reason is Reason.MODEL_UNSUPPORTED
    assert not provider.seen


async def test_sentiment_is_read(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers([{"label": "NEGATIVE", "score": 0.9}, {"label": "POSITIVE", "score": 0.1}]))
    sentiment = await client.sentiment("@cf/huggingface/distilbert-sst-2-int8", "Bad", timeout_s=30)
    assert (sentiment.label, sentiment.positive) == ("NEGATIVE", 0.1)


async def test_a_picture_in_base64(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers({"image": base64.b64encode(JPEG).decode()}, cf_ai_neurons="172.80"))
    result = await client.generate_image(FLUX, ImageRequest("x", seed=5), timeout_s=30)
    assert (result.data, result.media_type, result.seed_used) == (JPEG, "image/jpeg", False)
    assert result.call.neurons == 172.80


async def test_a_picture_in_plain_bytes_with_the_wrong_content_type(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.sends(JPEG, "image/png"))
    result = await client.generate_image(SDXL, ImageRequest("x", seed=5), timeout_s=30)
    assert (result.data, result.media_type, result.seed_used) == (JPEG, "image/jpeg", True)


async def test_a_form_arrives_as_a_form(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers({"image": base64.b64encode(JPEG).decode()}))
    request = ImageRequest("a ünïcode kite", width=512, height=256, seed=7)
    await client.generate_image(FLUX_2, request, timeout_s=30)
    assert provider.seen[0].form == {"prompt": "a ünïcode kite", "width": "512", "height": "256", "seed": "7"}


async def test_a_large_picture_is_read(provider: Any, client: WorkersAI) -> None:
    data = JPEG + bytes(range(256)) * 20_000
    provider.will(provider.answers({"image": base64.b64encode(data).decode()}))
    assert (await client.generate_image(FLUX, ImageRequest("x"), timeout_s=30)).data == data


@pytest.mark.parametrize(
    "model", ["@hf/thebloke/llamaguard-7b-awq", "@cf/meta/llama-3.1-8b-instruct", "@cf/no/such-model", FLUX]
)
async def test_a_retired_or_unknown_model_is_refused_before_any_request(
    provider: Any, client: WorkersAI, model: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        await client.generate_text(model, HELLO, max_tokens=10, timeout_s=30)
    assert caught.value.reason is Reason.MODEL_UNSUPPORTED
    assert not provider.seen


@pytest.mark.parametrize(
    ("settings", "missing"),
    [({"account_id": ""}, "CLOUDFLARE_ACCOUNT_ID"), ({"api_token": ""}, "CLOUDFLARE_API_TOKEN")],
)
async def test_missing_credentials_are_refused_before_any_request(
    provider: Any, make_client: Callable[..., WorkersAI], settings: dict[str, str], missing: str
) -> None:
    client = make_client(**settings)
    with pytest.raises(ServiceError, match=missing) as caught:
        await client.judge(GUARD, "x", timeout_s=30)
    assert caught.value.reason is Reason.MODEL_CREDENTIALS
    with pytest.raises(ServiceError, match=missing):
        await client.check([GUARD])
    with pytest.raises(ServiceError, match=missing):
        await streamed(client)
    assert not provider.seen


async def test_the_check_asks_for_one_model_of_the_list(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers([{"name": "x"}]))
    await client.check([LLAMA, GUARD, FLUX])
    assert provider.seen[0].method == "GET"
    assert provider.seen[0].path == "/client/v4/accounts/acc0/ai/models/search?per_page=1"


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (401, 10000, Reason.MODEL_CREDENTIALS),
        (403, 10000, Reason.MODEL_CREDENTIALS),
        (404, 7003, Reason.MODEL_CREDENTIALS),
        (503, 0, Reason.MODEL_UNREACHABLE),
    ],
)
async def test_the_check_tells_what_to_set(
    provider: Any, make_client: Callable[..., WorkersAI], status: int, code: int, reason: Reason
) -> None:
    provider.will(provider.fails(status, code))
    with pytest.raises(ServiceError) as caught:
        await make_client(attempts=1).check([GUARD])
    assert caught.value.reason is reason


@pytest.mark.parametrize(("status", "code"), [(404, 0), (405, 0), (429, 3036), (400, 5006)])
async def test_the_check_takes_an_account_that_answers_for_reachable(
    provider: Any, make_client: Callable[..., WorkersAI], status: int, code: int
) -> None:
    provider.will(provider.fails(status, code))
    await make_client(attempts=1).check([GUARD])


async def test_the_check_refuses_a_retired_model_before_any_request(provider: Any, client: WorkersAI) -> None:
    with pytest.raises(ServiceError, match="retired; set @cf/meta/llama-guard-3-8b"):
        await client.check([LLAMA, "@hf/thebloke/llamaguard-7b-awq"])
    assert not provider.seen


async def test_a_provider_that_is_not_there_is_unreachable(
    make_client: Callable[..., WorkersAI], unused_tcp_port: int
) -> None:
    client = make_client(attempts=1, base_url=f"http://127.0.0.1:{unused_tcp_port}")
    for ask in (client.check([GUARD]), client.judge(GUARD, "x", timeout_s=30)):
        with pytest.raises(ServiceError) as caught:
            await ask
        assert caught.value.reason is Reason.MODEL_UNREACHABLE


async def test_a_reported_cost_is_the_cost(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers({"response": "Hi"}, cf_ai_neurons="8.81"))
    call = (await client.generate_text(LLAMA, HELLO, max_tokens=10, timeout_s=30)).call
    assert call.cost == Cost(8.81, 8.81, Source.REPORTED)
    assert call.to_proto().cost.billed_usd == pytest.approx(8.81 * 0.011 / 1000)


async def test_failed_attempts_are_in_the_cost_as_far_as_they_are_known(provider: Any, client: WorkersAI) -> None:
    picture = provider.answers({"image": base64.b64encode(JPEG).decode()}, cf_ai_neurons="172.80")
    no_picture = provider.answers({"image": ""}, cf_ai_neurons="100")
    provider.will(no_picture, picture)
    call = (await client.generate_image(FLUX, ImageRequest("x"), timeout_s=30)).call
    assert (call.attempts, call.cost) == (2, Cost(272.8, 272.8, Source.REPORTED))
    provider.will(provider.fails(500), picture)
    call = (await client.generate_image(FLUX, ImageRequest("x"), timeout_s=30)).call
    assert (call.attempts, call.cost) == (2, Cost(172.8, 172.8, Source.REPORTED))


async def test_an_error_tells_what_the_attempts_may_have_cost(provider: Any, make_client: Callable[..., Any]) -> None:
    async def hang_up(request: Any) -> Any:
        request.transport.close()
        raise ConnectionResetError

    provider.will(hang_up)
    with pytest.raises(ServiceError) as caught:
        await make_client(attempts=2).generate_image(FLUX, ImageRequest("x"), timeout_s=30)
    assert caught.value.metadata["attempts"] == "2"
    assert caught.value.metadata["cost_source"] == "ESTIMATED"
    assert float(caught.value.metadata["neurons"]) == pytest.approx(345.6)


async def test_a_connection_that_was_never_made_costs_nothing(make_client: Callable[..., Any]) -> None:
    with pytest.raises(ServiceError) as caught:
        await make_client(attempts=1, base_url="http://127.0.0.1:9/v4", api_token="local").generate_image(
            FLUX, ImageRequest("x"), timeout_s=30
        )
    assert "neurons" not in caught.value.metadata


async def test_what_a_model_cost_in_vain_is_added_to_the_one_that_answers_in_its_place(
    provider: Any, make_client: Callable[..., Any]
) -> None:
    client = make_client(attempts=1)

    async def hang_up(request: Any) -> Any:
        request.transport.close()
        raise ConnectionResetError

    provider.will(hang_up, provider.sends(JPEG, "image/jpeg", cf_ai_neurons="10"))
    made = await first_that_answers(
        (FLUX, SDXL), lambda model: client.generate_image(model, ImageRequest("x"), timeout_s=30)
    )
    assert made.call.model == SDXL
    assert made.call.cost.neurons == pytest.approx(182.8)
    assert made.call.cost.source is Source.ESTIMATED
