"""Sends an answer out, whole or as an event stream, spoiled where a fault says so."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from services.local.calls import Call
from services.local.work import Answer

GARBAGE = b"<html><body>upstream connect error</body></html>"


async def deliver(request: web.Request, answer: Answer, how: str, call: Call) -> web.StreamResponse:
    """Send `answer`; `how` is the fault's `body`. The call is finished when the last byte is out."""
    if answer.chunks:
        return await _stream(request, answer, how, call)
    body = _spoiled(answer, how)
    if how == "disconnect":
        return await _break_off(request, answer, body, call)
    call.finish(200)
    return web.Response(body=body, headers=_headers(answer))


def _headers(answer: Answer) -> Mapping[str, str]:
    return {
        "Content-Type": answer.content_type,
        "cf-ai-neurons": f"{answer.neurons:.2f}",
        "atelier-engine": answer.engine,
        "atelier-billed": "no",
    }


def _spoiled(answer: Answer, how: str) -> bytes:
    if how == "empty":
        return b""
    # Pictures were spoiled as pictures already, before they were wrapped; see images.py.
    if answer.picture:
        return answer.body
    if how == "truncated":
        return answer.body[: len(answer.body) // 2]
    if how == "garbage":
        return GARBAGE
    return b" " if how in ("black", "blank") else answer.body


async def _break_off(request: web.Request, answer: Answer, body: bytes, call: Call) -> web.StreamResponse:
    response = web.StreamResponse(headers=_headers(answer))
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    call.finish(200)
    _hang_up(request)
    return response


async def _stream(request: web.Request, answer: Answer, how: str, call: Call) -> web.StreamResponse:
    response = web.StreamResponse(headers={**_headers(answer), "Cache-Control": "no-cache"})
    await response.prepare(request)
    for chunk in _spoiled_chunks(answer.chunks, how):
        await response.write(chunk)
    call.finish(200)
    if how == "disconnect":
        _hang_up(request)
    else:
        await response.write_eof()
    return response


def _spoiled_chunks(chunks: tuple[bytes, ...], how: str) -> tuple[bytes, ...]:
    if how in ("truncated", "disconnect"):
        return chunks[: len(chunks) // 2]
    if how == "garbage":
        return (b"data: {this is no JSON\n\n", *chunks[-1:])
    return chunks[-1:] if how in ("empty", "black", "blank") else chunks


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.close()
