"""Spans by OpenTelemetry, exported by OTLP where an endpoint is set; where none is, only the trace's ids travel.

The settings are OpenTelemetry's own: OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT (over HTTP),
OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, OTEL_RESOURCE_ATTRIBUTES, OTEL_SDK_DISABLED.

Without an endpoint no span is made, and the library is not even imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from services.kit.errors import ServiceError
from services.kit.trace_context import CURRENT, continued, read

if TYPE_CHECKING:
    from services.kit.spans import Spans

Value = str | int | float | bool
Attributes = Mapping[str, Value]

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")

_spans: Spans | None = None


class SpanKind(Enum):
    """Which end of a call a span is; the names are OpenTelemetry's."""

    INTERNAL = "internal"
    SERVER = "server"
    CLIENT = "client"
    PRODUCER = "producer"
    CONSUMER = "consumer"


class Span(Protocol):
    """A piece of work that is told of."""

    def set_attribute(self, key: str, value: Value) -> None:
        """Tell something about it."""

    def update_name(self, name: str) -> None:
        """Call it otherwise."""

    def end(self) -> None:
        """It is over."""


class _NoSpan:
    """Stands where nothing is exported."""

    def set_attribute(self, key: str, value: Value) -> None:
        pass

    def update_name(self, name: str) -> None:
        pass

    def end(self) -> None:
        pass


_NO_SPAN = _NoSpan()
_NOTHING = nullcontext(_NO_SPAN)


def configure(process: str, version: Callable[[], str], environ: Mapping[str, str]) -> None:
    """Export the spans of this process if the environment names an endpoint; only then is its version looked up."""
    if not any(environ.get(name) for name in ENDPOINTS) or environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return
    from services.kit.spans import Spans

    global _spans
    _spans = Spans(process, version())


def shut_down() -> None:
    """Send what has not been sent yet; takes some seconds at most where nobody takes it."""
    if _spans is not None:
        _spans.shut_down()


@contextmanager
def entered(name: str, parent: str, kind: SpanKind, attributes: Attributes) -> Iterator[Span]:
    """A span for work that came from outside, in the trace of `parent`; without a valid one a new trace begins.

    The trace's ids are those of the running call within the block, whether spans are exported or not.
    """
    if _spans is None:
        token = CURRENT.set(continued(parent))
        try:
            yield _NO_SPAN
        finally:
            CURRENT.reset(token)
        return
    with _current(_spans, _spans.start(name, read(parent), kind, attributes, remote=True)) as span:
        yield span


def begin(name: str, parent: str, kind: SpanKind, attributes: Attributes) -> Span:
    """As `entered`, for a task that serves this one call: nothing is undone, and the caller ends the span.

    A generator cannot use `entered`: whoever closes it early does so in another context.
    """
    if _spans is None:
        CURRENT.set(continued(parent))
        return _NO_SPAN
    span = _spans.start(name, read(parent), kind, attributes, remote=True)
    CURRENT.set(_spans.context_of(span))
    return span


def span(name: str, kind: SpanKind, attributes: Attributes) -> AbstractContextManager[Span]:
    """A span for a part of the running call."""
    if _spans is None:
        return _NOTHING
    return _current(_spans, _spans.start(name, CURRENT.get(), kind, attributes, remote=False))


@contextmanager
def _current(spans: Spans, span: Span) -> Iterator[Span]:
    """Make a span the current one for a block, tell how its work failed, and end it."""
    token = CURRENT.set(spans.context_of(span))
    try:
        yield span
    except ServiceError as error:
        failed(span, str(error.reason), error.message)
        raise
    except Exception as error:
        failed(span, type(error).__name__, "")
        raise
    finally:
        CURRENT.reset(token)
        span.end()


def detached(name: str, kind: SpanKind, attributes: Attributes) -> Span:
    """A span for a part of the running call that is not current and must be ended by whoever asked for it.

    For generators: their blocks may end in another context than they began in.
    """
    return _NO_SPAN if _spans is None else _spans.start(name, CURRENT.get(), kind, attributes, remote=False)


def traceparent_of(span: Span) -> str:
    """W3C `traceparent` of a span; that of the running call where nothing is exported."""
    current = CURRENT.get() if _spans is None else _spans.context_of(span)
    return "" if current is None else current.header()


@lru_cache(maxsize=1024)
def rpc_attributes(name: str) -> Attributes:
    """What a span tells of an RPC with this full name, "package.Service/Method"."""
    service, _, method = name.partition("/")
    return {"rpc.system": "grpc", "rpc.service": service, "rpc.method": method}


def failed(span: Span, kind: str, message: str) -> None:
    """Mark a span as failed."""
    if _spans is not None:
        _spans.failed(span, kind, message)
