"""The routes of the HTTP door, and nothing but the routes: reading, judging and formatting live in pure files."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import aclosing

import orjson
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.blob_pb2 import Blob
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from google.protobuf import json_format
from google.protobuf.message import Message
from starlette.exceptions import HTTPException

from gateway import intake, pictures, problems, sse
from gateway.config import Config
from gateway.edge import EdgeMiddleware
from gateway.upstream import Orchestrator
from services.kit import telemetry
from services.kit.errors import Reason, ServiceError, invalid_field

log = telemetry.get_logger(__name__)


class Door:
    """The handlers of one gateway; they share its settings and its channel to the orchestrator."""

    def __init__(self, config: Config, orchestrator: Orchestrator, draining: asyncio.Event) -> None:
        self._config = config
        self._orchestrator = orchestrator
        self._draining = draining

    async def create(self, request: Request) -> Response:
        """Record an asset; answer with it, with its events, or with the result if the client waits for it."""
        body = await read_body(request)
        key = request.headers.get("idempotency-key", "")
        order = intake.read_request(
            request.headers.get("content-type", ""), body, request.query_params.multi_items(), key
        )
        first = await self._orchestrator.start(order)
        location = {"Location": f"/v1/{first.asset}"}
        if wants_events(request):
            return self._events(first.asset, 0, location)
        wait_s = min(preferred_wait_s(request.headers.get("prefer", "")), self._config.max_wait_s)
        if wait_s > 0:
            final = await self._final(first.asset, wait_s)
            if final is not None:
                return proto_response(final, 200, {**location, "Preference-Applied": f"wait={wait_s:g}"})
        return proto_response(await self._orchestrator.get(first.asset), 202, location)

    async def get(self, asset: str) -> Response:
        """The asset as it is now."""
        return proto_response(await self._orchestrator.get(f"assets/{asset}"))

    async def list(self, request: Request) -> Response:
        """One page of assets, newest first."""
        size = whole_number("page_size", request.query_params.get("page_size", "0"))
        return proto_response(await self._orchestrator.list(size, request.query_params.get("page_token", "")))

    async def watch(self, asset: str, request: Request) -> Response:
        """The asset's events as server-sent events, after `Last-Event-ID` or `after_sequence`."""
        text = request.headers.get("last-event-id") or request.query_params.get("after_sequence", "0")
        after = whole_number("after_sequence", text)
        now = await self._orchestrator.get(f"assets/{asset}")
        if after == now.last_sequence and now.state >= pb.Asset.STATE_SUCCEEDED:
            # The answer that keeps an EventSource from connecting again after the last event.
            return Response(status_code=204)
        if not 0 <= after <= now.last_sequence:
            raise invalid_field(
                "after_sequence", f"is {after}; the log ends at {now.last_sequence}", f"0 to {now.last_sequence}"
            )
        return self._events(now.name, after, {})

    async def cancel(self, asset: str) -> Response:
        """Ask for the work to stop."""
        return proto_response(await self._orchestrator.cancel(f"assets/{asset}"))

    async def delete(self, asset: str) -> Response:
        """Forget an asset that is final."""
        await self._orchestrator.delete(f"assets/{asset}")
        return Response(status_code=204)

    async def image(self, asset: str, variant: str, request: Request) -> Response:
        """The bytes of one variant's picture."""
        now = await self._orchestrator.get(f"assets/{asset}")
        blob = blob_of(now, variant)
        tag = pictures.etag(blob.digest)
        headers = {"ETag": tag, "Cache-Control": pictures.CACHE_CONTROL, "Accept-Ranges": "bytes"}
        if pictures.matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        span = wanted_span(request, blob.size_bytes, tag)
        headers["Content-Length"] = str(span.length if span else blob.size_bytes)
        if span:
            headers["Content-Range"] = span.content_range(blob.size_bytes)
        status = 206 if span else 200
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers, media_type=blob.media_type)
        pieces = self._orchestrator.read_image(now.name, int(variant))
        # The first piece is awaited before the status goes out, so that a damaged picture is a problem and no 200.
        body = await opened(pictures.cut(pieces, span) if span else pieces)
        return StreamingResponse(body, status_code=status, headers=headers, media_type=blob.media_type)

    async def problem(self, reason: str) -> Response:
        """What a problem's type means."""
        try:
            return json_response(problems.explain(reason))
        except KeyError:
            raise HTTPException(404, f"there is no problem type {reason}") from None

    async def healthz(self) -> Response:
        """Whether the gateway runs."""
        return json_response({"status": "ok"})

    async def readyz(self) -> Response:
        """Whether the gateway can do its work: it is not draining, and the orchestrator serves."""
        if self._draining.is_set() or not await self._orchestrator.ready():
            raise ServiceError(Reason.SERVICE_UNREACHABLE, "the orchestrator does not serve", retry_after_s=1)
        return json_response({"status": "ready"})

    def _events(self, name: str, after: int, headers: dict[str, str]) -> Response:
        stream = sse.with_heartbeats(self._encoded(name, after), self._config.heartbeat_s, self._draining)
        return StreamingResponse(stream, media_type=sse.MEDIA_TYPE, headers={**sse.HEADERS, **headers})

    async def _encoded(self, name: str, after: int) -> AsyncIterator[bytes]:
        try:
            async with aclosing(self._orchestrator.watch(name, after)) as events:
                async for event in events:
                    yield sse.encode_event(event)
        except ServiceError as error:
            yield sse.encode_problem(problems.from_error(error, trace_id=telemetry.trace_id()).body)

    async def _final(self, name: str, wait_s: float) -> pb.Asset | None:
        """The final asset, if it is ready in time."""
        try:
            async with asyncio.timeout(wait_s):
                async with aclosing(self._orchestrator.watch(name, 0)) as events:
                    async for event in events:
                        if event.HasField("finished"):
                            return event.finished.asset
        except TimeoutError:
            pass
        return None


def create_app(config: Config, orchestrator: Orchestrator, draining: asyncio.Event) -> FastAPI:
    """The application: routes, problems, trace context."""
    door = Door(config, orchestrator, draining)
    app = FastAPI(title="Atelier", version="0.1.0", docs_url=None, redoc_url=None)
    routes = (
        ("/v1/assets", door.create, ["POST"]),
        ("/v1/assets", door.list, ["GET"]),
        ("/v1/assets/{asset}:watch", door.watch, ["GET"]),
        ("/v1/assets/{asset}:cancel", door.cancel, ["POST"]),
        ("/v1/assets/{asset}", door.get, ["GET"]),
        ("/v1/assets/{asset}", door.delete, ["DELETE"]),
        ("/v1/assets/{asset}/variants/{variant}/image", door.image, ["GET", "HEAD"]),
        ("/problems/{reason}", door.problem, ["GET"]),
        ("/healthz", door.healthz, ["GET"]),
        ("/readyz", door.readyz, ["GET"]),
    )
    for path, handler, methods in routes:
        app.add_api_route(path, handler, methods=methods, response_model=None, response_class=Response)
    app.add_exception_handler(ServiceError, on_service_error)
    app.add_exception_handler(intake.UnsupportedMediaTypeError, on_http_error)
    app.add_exception_handler(pictures.RangeNotSatisfiableError, on_http_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_http_error)
    app.add_middleware(EdgeMiddleware)
    return app


async def on_service_error(request: Request, error: Exception) -> Response:
    """A typed error as a problem document."""
    if not isinstance(error, ServiceError):
        raise error
    return problem_response(problems.from_error(error, trace_id=telemetry.trace_id()))


async def on_http_error(request: Request, error: Exception) -> Response:
    """An error of HTTP itself as a problem document."""
    status, detail, headers = 400, str(error), {}
    if isinstance(error, HTTPException):
        status, detail, headers = error.status_code, str(error.detail), dict(error.headers or {})
    elif isinstance(error, intake.UnsupportedMediaTypeError):
        status = 415
    elif isinstance(error, pictures.RangeNotSatisfiableError):
        status, detail = 416, "no byte of the range lies in the image"
    problem = problems.from_http(status, detail, trace_id=telemetry.trace_id())
    problem.headers.update(headers)
    return problem_response(problem)


def problem_response(problem: problems.Problem) -> Response:
    """The response that carries a problem document."""
    body = orjson.dumps(problem.body)
    return Response(body, problem.status, problem.headers, problems.MEDIA_TYPE)


def json_response(document: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON document."""
    return Response(orjson.dumps(document), status, headers, "application/json")


def proto_response(message: Message, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A message as proto3's canonical JSON."""
    return json_response(json_format.MessageToDict(message), status, headers)


async def read_body(request: Request) -> bytes:
    """The request body, refused as soon as it is known to be too large."""
    limit = intake.MAX_BODY_BYTES
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise HTTPException(413, f"the body has {declared} bytes; at most {limit} are read")
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise HTTPException(413, f"the body has more than {limit} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def wants_events(request: Request) -> bool:
    """Whether the client asked for server-sent events."""
    return sse.MEDIA_TYPE in request.headers.get("accept", "").lower()


def preferred_wait_s(header: str) -> float:
    """Seconds of RFC 7240's `Prefer: wait=N`; 0 without one."""
    found = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})", header, re.IGNORECASE)
    return float(found[1]) if found else 0.0


def whole_number(field: str, text: str) -> int:
    """A number from the query or a header."""
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise invalid_field(field, f"is {text!r}; it takes a whole number")
    return int(text)


def blob_of(asset: pb.Asset, variant: str) -> Blob:
    """The stored picture of a variant, or IMAGE_UNKNOWN."""
    number = int(variant) if re.fullmatch(r"\d{1,3}", variant) else len(asset.variants)
    if number >= len(asset.variants) or not asset.variants[number].image.blob.digest:
        raise ServiceError(Reason.IMAGE_UNKNOWN, f"{asset.name} has no image of variant {variant}")
    return asset.variants[number].image.blob


def wanted_span(request: Request, size_bytes: int, tag: str) -> pictures.Span | None:
    """The part that the client asked for; None where it gets the whole picture."""
    header = request.headers.get("range", "")
    condition = request.headers.get("if-range", "")
    if not header or (condition and not pictures.matches(condition, tag)):
        return None
    return pictures.parse_range(header, size_bytes)


async def opened(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, with the first one already there."""
    first = await anext(pieces, b"")

    async def chained() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return chained()
