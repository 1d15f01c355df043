from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest
from aiohttp import web

from services.kit import call
from services.kit.errors import Reason, ServiceError
from services.kit.fitness import own_failure
from services.workers_ai.client import ImageRequest, Message, WorkersAI
from services.workers_ai.transport import LARGEST_ANSWER_BYTES

LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
FLUX = "@cf/black-forest-labs/flux-1-schnell"
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
HELLO = (Message("user", "Hello"),)
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 32
GOOD = {"response": "Hi"}


async def ask(client: WorkersAI, timeout_s: float = 30) -> str:
    return (await client.generate_text(LLAMA, HELLO, max_tokens=10, timeout_s=timeout_s)).text


async def failure_of(client: WorkersAI, timeout_s: float = 30) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        await ask(client, timeout_s)
    return caught.value


async def hang(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def disconnect(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.abort()
    return web.Response()


def broken_off(body: bytes, content_type: str, promised: int) -> Callable[[web.Request], Any]:
    async def respond(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": content_type, "Content-Length": str(promised)})
        await response.prepare(request)
        await response.write(body)
        assert request.transport
        request.transport.close()
        return response

    return respond


@pytest.mark.parametrize(("status", "code"), [(429, 3040), (500, 3043), (504, 7009), (408, 3007), (503, 0), (502, 0)])
async def test_what_may_pass_is_tried_again(provider: Any, client: WorkersAI, status: int, code: int) -> None:
    provider.will(provider.fails(status, code), provider.answers(GOOD))
    result = await client.generate_text(LLAMA, HELLO, max_tokens=10, timeout_s=30)
    assert (result.text, result.call.attempts) == ("Hi", 2)
    assert provider.seen[0].body == provider.seen[1].body


@pytest.mark.parametrize(
    ("status", "code"),
    [(429, 3036), (429, 4006), (400, 5006), (400, 3030), (401, 10000), (403, 5035), (400, 5028), (413, 3006), (302, 0)],
)
async def test_what_cannot_pass_is_not_tried_again(provider: Any, client: WorkersAI, status: int, code: int) -> None:
    provider.will(provider.fails(status, code), provider.answers(GOOD))
    error = await failure_of(client)
    assert len(provider.seen) == 1
    assert error.metadata["attempts"] == "1"


async def test_the_attempts_are_bounded_and_the_last_error_is_told(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.fails(500), provider.fails(500), provider.fails(429, 3040, "Capacity"))
    error = await failure_of(client)
    assert error.reason is Reason.MODEL_UNREACHABLE
    assert (error.metadata["provider_code"], error.metadata["attempts"]) == ("3040", "3")
    assert len(provider.seen) == 3


async def test_a_caller_that_allows_one_request_gets_one(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.fails(500), provider.answers(GOOD))
    with call.scope(30.0, 1):
        error = await failure_of(client)
    assert error.reason is Reason.MODEL_UNREACHABLE
    assert len(provider.seen) == 1


async def test_a_short_retry_after_is_honoured(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.fails(429, 0, "Rate limited", retry_after="1"), provider.answers(GOOD))
    began = asyncio.get_running_loop().time()
    assert await ask(client) == "Hi"
    assert asyncio.get_running_loop().time() - began >= 0.99


async def test_a_retry_after_beyond_the_deadline_is_not_waited_for(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.fails(429, 0, "Rate limited", retry_after="3600"), provider.answers(GOOD))
    error = await failure_of(client)
    assert (error.reason, error.retry_after_s) == (Reason.MODEL_QUOTA, 3600)
    assert len(provider.seen) == 1


async def test_the_callers_deadline_comes_before_the_timeout(provider: Any, client: WorkersAI) -> None:
    provider.will(hang)
    with call.scope(0.3):
        error = await failure_of(client, timeout_s=600)
    assert error.reason is Reason.DEADLINE_EXCEEDED
    assert "attempts" in error.metadata
    assert len(provider.seen) <= 1


@pytest.mark.parametrize("seconds", [0.0005, 0.001, 0.002, 0.005, 0.01])
async def test_a_caller_in_too_great_a_hurry_says_nothing_about_the_way_to_the_model(
    provider: Any, client: WorkersAI, seconds: float
) -> None:
    """Else a replica that is asked so a few times in a row would take itself for sick."""
    provider.will(hang)
    with call.scope(seconds):
        error = await failure_of(client)
    assert error.reason is Reason.DEADLINE_EXCEEDED
    assert not own_failure(error)


async def test_no_request_is_made_when_the_time_is_over_already(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers(GOOD))
    with call.scope(0.0):
        error = await failure_of(client)
    assert error.reason is Reason.DEADLINE_EXCEEDED
    assert not provider.seen


async def test_a_model_that_does_not_answer_in_time_is_unreachable(provider: Any, client: WorkersAI) -> None:
    provider.will(hang)
    assert (await failure_of(client, timeout_s=0.3)).reason is Reason.MODEL_UNREACHABLE


async def test_an_answer_that_stalls_is_unreachable(provider: Any, client: WorkersAI) -> None:
    async def stall(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(b'{"result":')
        return await hang(request)

    provider.will(stall)
    assert (await failure_of(client, timeout_s=0.5)).reason is Reason.MODEL_UNREACHABLE


async def test_cancelling_the_call_is_seen_by_the_provider(provider: Any, client: WorkersAI) -> None:
    provider.will(hang)
    task = asyncio.create_task(ask(client))
    await asyncio.wait_for(provider.arrived.wait(), 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(provider.abandoned.wait(), 30)


async def test_leaving_a_stream_early_is_seen_by_the_provider(provider: Any, client: WorkersAI) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b'data: {"response":"Hi"}\n\n')
        return await hang(request)

    provider.will(endless)
    async with aclosing(client.stream_text(LLAMA, HELLO, max_tokens=10, timeout_s=60)) as texts:
        assert await anext(texts) == "Hi"
    await asyncio.wait_for(provider.abandoned.wait(), 30)


async def test_a_truncated_answer_is_never_a_picture(provider: Any, make_client: Callable[..., WorkersAI]) -> None:
    for kind in ("image/jpeg", "application/json"):
        provider.will(broken_off(JPEG, kind, 1000))
        with pytest.raises(ServiceError) as caught:
            await make_client(attempts=1).generate_image(SDXL, ImageRequest("x"), timeout_s=30)
        assert caught.value.reason is Reason.MODEL_UNREACHABLE


async def test_an_unreadable_answer_is_asked_for_once_more(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.sends(b'{"result":', "application/json"), provider.answers(GOOD))
    assert await ask(client) == "Hi"
    provider.will(provider.sends(b"<html>", "text/html"))
    assert (await failure_of(client)).reason is Reason.MODEL_OUTPUT
    assert len(provider.seen) == 4


async def test_a_broken_connection_is_tried_again(provider: Any, client: WorkersAI) -> None:
    provider.will(disconnect, provider.answers(GOOD))
    assert await ask(client) == "Hi"
    assert len(provider.seen) == 2


async def test_a_connection_that_always_breaks_is_unreachable(
    provider: Any, make_client: Callable[..., WorkersAI]
) -> None:
    provider.will(disconnect)
    assert (await failure_of(make_client(attempts=1))).reason is Reason.MODEL_UNREACHABLE


async def test_a_gigantic_answer_is_refused_by_its_announced_size(
    provider: Any, make_client: Callable[..., WorkersAI]
) -> None:
    provider.will(broken_off(b"{", "application/json", LARGEST_ANSWER_BYTES + 1))
    error = await failure_of(make_client(attempts=1))
    assert error.reason is Reason.MODEL_OUTPUT
    assert "32 MiB" in error.message


async def test_a_gigantic_answer_without_a_size_is_cut_off(
    provider: Any, make_client: Callable[..., WorkersAI]
) -> None:
    async def pour(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        await response.prepare(request)
        while True:
            await response.write(b"\0" * (1 << 20))

    provider.will(pour)
    with pytest.raises(ServiceError, match="32 MiB") as caught:
        await make_client(attempts=1).generate_image(FLUX, ImageRequest("x"), timeout_s=60)
    assert caught.value.reason is Reason.MODEL_OUTPUT


async def test_a_redirect_is_not_followed(provider: Any, make_client: Callable[..., WorkersAI]) -> None:
    provider.will(provider.sends(b"", "text/plain", 302, location=f"{provider.base_url}/elsewhere"))
    error = await failure_of(make_client())
    assert error.reason is Reason.MODEL_UNREACHABLE
    assert len(provider.seen) == 1


async def test_connections_are_kept_for_the_next_call(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers(GOOD))
    await ask(client)
    await ask(client)
    assert provider.seen[0].peer == provider.seen[1].peer


async def test_a_closed_client_opens_anew(provider: Any, client: WorkersAI) -> None:
    provider.will(provider.answers(GOOD))
    await ask(client)
    await client.close()
    await client.close()
    assert await ask(client) == "Hi"


async def test_an_answer_that_is_not_http_is_an_error(make_client: Callable[..., WorkersAI]) -> None:
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        error = await failure_of(make_client(attempts=1, base_url=f"http://127.0.0.1:{port}"))
    assert error.reason in (Reason.MODEL_OUTPUT, Reason.MODEL_UNREACHABLE)


async def test_the_token_is_in_no_log_error_or_repr(
    provider: Any, make_client: Callable[..., WorkersAI], token: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = make_client(attempts=2)
    shown = [repr(client), repr(vars(client))]
    echo = f"AiError: bad header Authorization: Bearer {token}"
    for responder in (
        provider.fails(401, 10000, echo),
        provider.fails(500, 0, echo),
        provider.fails(200, 0, echo),
        provider.sends(echo.encode(), "text/plain"),
        broken_off(b"{", "application/json", 100),
        disconnect,
    ):
        provider.will(responder)
        error = await failure_of(client)
        shown += [repr(error), str(error), str(error.metadata), str(error.to_status())]
        shown += traceback.format_exception(error)
        assert error.__context__ is None
        assert error.__cause__ is None
    shown += [str(vars(record)) for record in caplog.records]
    assert not [text for text in shown if token in text]
