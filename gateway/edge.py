"""What happens around every HTTP request: trace context, one log record, no exception that escapes as text."""

from __future__ import annotations

import time
from collections.abc import Iterable

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import problems
from services.kit import metrics, telemetry, tracing
from services.kit.errors import Reason, ServiceError
from services.kit.tracing import Span, SpanKind

log = telemetry.get_logger(__name__)

# Where the application leaves the template of the route that a request took.
ROUTE = "atelier.route"
REQUESTS = metrics.Histogram(
    "http_server_request_duration_seconds",
    "Requests that the gateway answered, streams included.",
    ("http_request_method", "http_route", "http_response_status_code"),
    buckets=metrics.BUCKETS,
)


class EdgeMiddleware:
    """Continues the caller's trace, or starts one, and logs how each request ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        parent = dict(scope["headers"]).get(b"traceparent", b"").decode("latin-1")
        attributes = {"http.request.method": scope["method"], "url.path": scope["path"]}
        with tracing.entered(scope["method"], parent, SpanKind.SERVER, attributes) as span:
            await self._serve(scope, receive, send, span)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, span: Span) -> None:
        status = 0
        started = time.perf_counter()

        async def observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = with_defaults(message["headers"])
            await send(message)

        try:
            await self._app(scope, receive, observed)
        except Exception:
            log.exception("a defect ended a request", path=scope["path"])
            if status:
                raise
            await _internal(observed)
        finally:
            seconds = time.perf_counter() - started
            # The template and not the path, which has as many values as there are assets.
            route = scope.get(ROUTE, "unmatched")
            metrics.observe(REQUESTS, seconds, scope["method"], route, str(status or 499))
            span.update_name(f"{scope['method']} {route}")
            span.set_attribute("http.route", route)
            span.set_attribute("http.response.status_code", status)
            duration_ms = round(seconds * 1000, 1)
            log.info("http", method=scope["method"], path=scope["path"], status=status, duration_ms=duration_ms)


# What is served is data, unless a page says otherwise for itself: nothing in it may run or be framed.
SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
)


def with_defaults(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, and those of every answer that it does not set itself."""
    own = list(headers)
    names = {name.lower() for name, _ in own}
    return own + [header for header in SECURITY_HEADERS if header[0] not in names]


async def _internal(send: Send) -> None:
    trace_id = telemetry.trace_id()
    error = ServiceError(Reason.INTERNAL, f"the server's log has it under trace id {trace_id}")
    problem = problems.from_error(error, trace_id=trace_id)
    headers = [(b"content-type", problems.MEDIA_TYPE.encode())]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps(problem.body)})
