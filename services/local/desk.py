"""The way of one model request: record, read, misbehave if told to, find the model, check, work, answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import orjson
from aiohttp import web

from services.kit import telemetry
from services.local import clef, delivery, embeddings, faults, forms, images, moderation, picture_schemas, schemas, text
from services.local.calls import Call, CallLog
from services.local.catalogue import Catalogue, Kind, Model
from services.local.errors import CloudflareError, bad_input, no_such_model
from services.local.fields import text_of
from services.local.loading import EngineHost
from services.local.validation import Schema, problems
from services.local.work import Answer, Work

log = telemetry.get_logger(__name__)

TASKS: Mapping[Kind, Callable[[Work], Awaitable[Answer]]] = {
    Kind.TEXT: text.generate,
    Kind.GUARD: moderation.guard,
    Kind.DECISION: clef.decide,
    Kind.SENTIMENT: moderation.sentiment,
    Kind.RERANK: embeddings.rerank,
    Kind.EMBED: embeddings.embed,
    Kind.PICTURE: images.paint,
}


class Desk:
    """Takes every model request of a server. `box` is None where faults are switched off."""

    def __init__(self, host: EngineHost, catalogue: Catalogue, box: faults.FaultBox | None) -> None:
        self.host = host
        self.catalogue = catalogue
        self.box = box
        self.calls = CallLog()
        self.stopping = asyncio.Event()

    async def run(self, request: web.Request, name: str) -> web.StreamResponse:
        """Answer a native request whose model stands in the path."""
        return await self._recorded(request, name, lambda call, raw: self._native(request, call, raw, call.model))

    async def run_body(self, request: web.Request) -> web.StreamResponse:
        """Answer a native request whose model stands in the body, `{"model", "input"}`, for an AI Gateway."""
        return await self._recorded(request, "", lambda call, raw: self._unified(request, call, raw))

    async def openai(self, request: web.Request, schema: Schema, kinds: Mapping[Kind, Schema]) -> web.StreamResponse:
        """Answer an OpenAI request; `kinds` are the models that may serve it, with what they check besides."""
        return await self._recorded(request, "", lambda call, raw: self._openai(request, call, raw, schema, kinds))

    async def _recorded(
        self,
        request: web.Request,
        name: str,
        answer: Callable[[Call, bytes], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        with telemetry.trace(request.headers.get("traceparent", "")):
            call = self.calls.begin(name, telemetry.trace_id())
            try:
                return await answer(call, await request.read())
            except CloudflareError as error:
                call.finish(error.status)
                raise
            except web.HTTPException as error:
                call.finish(error.status)
                raise
            except (asyncio.CancelledError, ConnectionError):
                call.cancel()
                raise
            finally:
                call.finish(500)
                log.debug("model call", model=call.model, status=call.status, duration_ms=call.duration_ms)

    async def _native(self, request: web.Request, call: Call, raw: bytes, name: str) -> web.StreamResponse:
        fault = await self._misbehave(request, name, raw)
        model = self.catalogue.find(name)
        call.task = model.kind.task
        if request.query.get("queueRequest") == "true":
            raise bad_input("queueRequest: this server does not run asynchronous batches")
        content_type = request.headers.get("Content-Type", "")
        work = _read_native(self.host, model, fault, content_type, raw)
        return await self._answer(request, call, work)

    async def _unified(self, request: web.Request, call: Call, raw: bytes) -> web.StreamResponse:
        if "cf-aig-gateway-id" not in request.headers:
            raise CloudflareError(3003)
        body = parse_json(raw)
        call.model = text_of(body, "model")
        fault = await self._misbehave(request, call.model, raw)
        model = self.catalogue.find(call.model)
        call.task = model.kind.task
        inner = orjson.dumps(body.get("input"))
        return await self._answer(request, call, _read_native(self.host, model, fault, "application/json", inner))

    async def _openai(
        self, request: web.Request, call: Call, raw: bytes, schema: Schema, kinds: Mapping[Kind, Schema]
    ) -> web.StreamResponse:
        body = parse_json(raw)
        call.model = text_of(body, "model")
        fault = await self._misbehave(request, call.model, raw)
        check(schema, body)
        model = self.catalogue.find(call.model)
        call.task = model.kind.task
        if model.kind not in kinds:
            raise no_such_model(model.name)
        check(kinds[model.kind], body)
        return await self._answer(request, call, Work(self.host, model, body, fault, openai=True))

    async def _misbehave(self, request: web.Request, name: str, raw: bytes) -> faults.Fault:
        if self.box is None:
            return faults.NONE
        header = request.headers.get(faults.HEADER)
        fault = faults.parse_header(header) if header else self.box.take(name, raw)
        if fault.latency_ms:
            await asyncio.sleep(fault.latency_ms / 1000)
        if fault.body == "hang":
            await self.stopping.wait()
            raise CloudflareError(3008)
        if error := fault.error():
            raise error
        return fault

    async def _answer(self, request: web.Request, call: Call, work: Work) -> web.StreamResponse:
        answer = await TASKS[work.model.kind](work)
        return await delivery.deliver(request, answer, work.fault.body, call)


def parse_json(raw: bytes) -> dict[str, object]:
    """The object in a body.

    Raises:
        CloudflareError: 3003 empty, 5006 no JSON or no object.
    """
    if not raw:
        raise CloudflareError(3003)
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise bad_input("the body is not valid JSON") from None
    check({"type": "object"}, body)
    assert isinstance(body, dict)
    return body


def check(schema: Schema, body: object) -> None:
    """Raise CloudflareError 5006 with everything that breaks the schema."""
    if found := problems(schema, body):
        raise bad_input(", ".join(found))


def _read_native(host: EngineHost, model: Model, fault: faults.Fault, content_type: str, raw: bytes) -> Work:
    if model.picture and model.picture.multipart and forms.is_multipart(content_type):
        form = forms.read_form(content_type, raw, picture_schemas.FLUX_2_FORM)
        check(picture_schemas.FLUX_2_FORM, form.fields)
        return Work(host, model, form.fields, fault, references=form.references)
    body = parse_json(raw)
    check(model.input, body)
    return Work(host, model, body, fault)


CHAT_KINDS: Mapping[Kind, Schema] = {Kind.TEXT: {}, Kind.GUARD: schemas.LLAMA_GUARD}
EMBED_KINDS: Mapping[Kind, Schema] = {Kind.EMBED: {}}
