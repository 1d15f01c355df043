"""GeneratePrompts over real gRPC, the real client and a real stand-in: what callers get."""

from __future__ import annotations

import asyncio

import pytest
from atelier.prompt.v1 import prompt_pb2

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError

Generate = prompt_pb2.GeneratePromptsRequest

TEXT = "The lighthouse keeper waters her tomatoes while the fog rolls in over the harbour."


async def generate(stub, *, timeout_s: float = 60, model_attempts: int = 0, **fields: object):
    return await unary(stub.GeneratePrompts, Generate(**fields), timeout_s=timeout_s, model_attempts=model_attempts)


async def refused(stub, **fields: object) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        await generate(stub, **fields)
    return caught.value


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (1, 1), (3, 3), (8, 8)])
async def test_it_writes_exactly_the_asked_number(stub, asked: int, given: int) -> None:
    reply = await generate(stub, content=TEXT, count=asked)
    assert len(reply.prompts) == given
    assert len({prompt.text for prompt in reply.prompts}) == given
    assert all(prompt.text and prompt.alt_text for prompt in reply.prompts)


async def test_the_call_says_model_engine_and_tokens(stub) -> None:
    call = (await generate(stub, content=TEXT)).call
    assert call.model == "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
    assert call.engine == "local/painterly"
    assert call.attempts == 1
    assert call.input_tokens > 0
    assert call.output_tokens > 0


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"content": ""}, Reason.CONTENT_LENGTH, "content"),
        ({"content": " \n\t "}, Reason.CONTENT_LENGTH, "content"),
        ({"content": "x" * 100_001}, Reason.CONTENT_LENGTH, "content"),
        (
            {"content": "<p><br></p><script>alert(1)</script>", "content_type": "text/html"},
            Reason.CONTENT_LENGTH,
            "content",
        ),
        ({"content": "<p><br></p><div></div>"}, Reason.CONTENT_LENGTH, "content"),
        ({"content": "![](a.png)\n\n---\n", "content_type": "text/markdown"}, Reason.CONTENT_LENGTH, "content"),
        ({"content": "\u200b\u200b"}, Reason.CONTENT_LENGTH, "content"),
        ({"content": TEXT, "count": 9}, Reason.FIELD_INVALID, "count"),
        ({"content": TEXT, "count": -1}, Reason.FIELD_INVALID, "count"),
        ({"content": TEXT, "style": "x" * 501}, Reason.FIELD_INVALID, "style"),
        ({"content": TEXT, "content_type": "application/pdf"}, Reason.FIELD_INVALID, "content_type"),
    ],
)
async def test_a_bad_request_names_field_and_limit_and_starts_nothing(
    stub, stand_in, fields: dict[str, object], reason: Reason, field: str
) -> None:
    error = await refused(stub, **fields)
    assert (error.reason, error.field) == (reason, field)
    assert error.limit
    assert await stand_in.calls() == []


async def test_the_longest_content_and_style_are_taken(stub) -> None:
    reply = await generate(stub, content="x" * 100_000, style="é" * 500)
    assert len(reply.prompts) == 1


async def test_missing_prompts_are_asked_for_again_and_the_calls_are_summed(stub, stand_in, scene) -> None:
    await stand_in.answers({"prompts": [scene("windmill"), scene("windmill"), {"prompt": "  "}]})
    reply = await generate(stub, content=TEXT, count=3)
    assert len({prompt.text for prompt in reply.prompts}) == 3
    assert reply.prompts[0].text.startswith("A quiet windmill")
    assert reply.call.attempts == 2
    question = stand_in.engine.asked[-1].messages[-1].content
    assert "Number of prompts: 2" in question
    assert "Already written, write others: A quiet windmill" in question


@pytest.mark.parametrize(
    "answer",
    [
        {"prompts": []},
        {"prompts": [{"prompt": ""}]},
        {"prompts": "no"},
        {"prompts": [{"prompt": "Visit https://evil.example/now for a picture of the harbour"}]},
        {"prompts": [{"prompt": "I cannot help with that request"}]},
    ],
)
async def test_answers_of_no_use_are_asked_again_a_bounded_number_of_times(stub, stand_in, answer: object) -> None:
    await stand_in.answers(answer, answer)
    assert (await generate(stub, content=TEXT)).call.attempts == 3
    await stand_in.answers(answer, answer, answer)
    error = await refused(stub, content=TEXT)
    assert error.reason is Reason.MODEL_OUTPUT


async def test_an_answer_that_is_no_json_is_model_output(stub, stand_in) -> None:
    await stand_in.misbehave({"text": "Here are your prompts!"})
    assert (await refused(stub, content=TEXT)).reason is Reason.MODEL_OUTPUT


async def test_an_answer_in_a_fence_is_read(stub, stand_in) -> None:
    row = '{"prompt": "A red boat on ice", "negative_prompt": "", "alt_text": "A boat."}'
    text = f'Sure!\n```json\n{{"prompts": [{row}]}}\n```'
    await stand_in.misbehave({"times": 1, "text": text})
    reply = await generate(stub, content=TEXT)
    assert reply.prompts[0].text == "A red boat on ice"
    assert reply.call.attempts == 1


async def test_a_prompt_too_long_for_image_models_is_cut_at_a_border(stub, stand_in) -> None:
    await stand_in.answers(
        {"prompts": [{"prompt": "A boat under stars. " * 200, "negative_prompt": "", "alt_text": ""}]}
    )
    prompt = (await generate(stub, content=TEXT)).prompts[0]
    assert 1900 < len(prompt.text) <= 2048
    assert prompt.text.endswith("stars.")
    assert prompt.alt_text == "A boat under stars."


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 500, "code": 3043}, Reason.MODEL_UNREACHABLE),
        ({"status": 429, "code": 3036}, Reason.MODEL_QUOTA),
        ({"status": 401, "code": 10000}, Reason.MODEL_CREDENTIALS),
        ({"status": 400, "code": 5028}, Reason.MODEL_UNSUPPORTED),
        ({"body": "truncated"}, Reason.MODEL_OUTPUT),
    ],
)
async def test_faults_of_the_provider_keep_their_reason(
    stub, stand_in, fault: dict[str, object], reason: Reason
) -> None:
    await stand_in.misbehave(fault)
    with pytest.raises(ServiceError) as caught:
        await generate(stub, content=TEXT, model_attempts=1)
    assert caught.value.reason is reason
    assert len(await stand_in.calls()) == 1


async def test_a_fallback_model_answers_where_the_first_cannot(replica, stand_in) -> None:
    first, second = "@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/meta/llama-4-scout-17b-16e-instruct"
    await stand_in.misbehave({"model": first, "status": 429, "code": 3036})
    async with replica(stand_in, models=("@cf/unknown/model", first, second)) as stub:
        assert (await generate(stub, content=TEXT)).call.model == second


async def test_a_cancelled_call_cancels_the_model_call(stub, stand_in) -> None:
    await stand_in.misbehave({"body": "hang"})
    call = asyncio.ensure_future(generate(stub, content=TEXT))
    await stand_in.until(lambda calls: len(calls) == 1)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await stand_in.until(lambda calls: calls[0]["cancelled"] is True)


async def test_a_full_replica_says_so_at_once(replica, stand_in) -> None:
    await stand_in.misbehave({"body": "hang", "times": 1})
    async with replica(stand_in, slots=1) as stub:
        call = asyncio.ensure_future(generate(stub, content=TEXT))
        await stand_in.until(lambda calls: len(calls) == 1)
        assert (await refused(stub, content=TEXT)).reason is Reason.SERVER_BUSY
        call.cancel()
        await stand_in.until(lambda calls: calls[0]["cancelled"] is True)
        assert len((await generate(stub, content=TEXT)).prompts) == 1


async def test_the_callers_deadline_ends_the_model_call(stub, stand_in) -> None:
    await stand_in.misbehave({"body": "hang"})
    with pytest.raises(ServiceError) as caught:
        await generate(stub, content=TEXT, timeout_s=2)
    assert caught.value.reason in (Reason.DEADLINE_EXCEEDED, Reason.MODEL_UNREACHABLE)
    await stand_in.until(lambda calls: all(call["cancelled"] for call in calls))
