"""Spans by OpenTelemetry, exported by OTLP where an endpoint is set; where none is, only the trace's ids travel.

The settings are OpenTelemetry's own: OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT (over HTTP),
OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, OTEL_RESOURCE_ATTRIBUTES, OTEL_SDK_DISABLED.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opentelemetry import trace as otel_trace
from opentelemetry.context import Context, attach
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from services.kit import telemetry
from services.kit.errors import ServiceError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

Value = str | int | float | bool
Attributes = Mapping[str, Value]

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
NAMESPACE = "atelier"

_PROPAGATOR = TraceContextTextMapPropagator()
_NO_SPAN = otel_trace.INVALID_SPAN

_tracer: otel_trace.Tracer | None = None
_provider: TracerProvider | None = None


def configure(process: str, version: str, environ: Mapping[str, str]) -> None:
    """Export the spans of this process if the environment names an endpoint."""
    if not any(environ.get(name) for name in ENDPOINTS) or environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return
    # Imported here because most processes have no endpoint, and the exporter takes a quarter of a second to import.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    global _tracer, _provider
    attributes = {"service.name": f"{NAMESPACE}-{process}", "service.namespace": NAMESPACE, "service.version": version}
    _provider = TracerProvider(resource=Resource.create(attributes))
    _provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _tracer = _provider.get_tracer(NAMESPACE, version)


def shut_down() -> None:
    """Send what has not been sent yet; takes some seconds at most where nobody takes it."""
    if _provider is not None:
        _provider.shutdown()


@contextmanager
def entered(name: str, parent: str, kind: SpanKind, attributes: Attributes) -> Iterator[Span]:
    """A span for work that came from outside, in the trace of `parent`; without a valid one a new trace begins.

    The trace's ids are those of the running call within the block, whether spans are exported or not.
    """
    if _tracer is None:
        with telemetry.trace(parent):
            yield _NO_SPAN
        return
    # An empty context, so that nothing which happens to be current here becomes the parent.
    context = _PROPAGATOR.extract({"traceparent": parent}, Context())
    with (
        _tracer.start_as_current_span(
            name, context, kind, dict(attributes), record_exception=False, set_status_on_exception=False
        ) as span,
        _told(span),
    ):
        yield span


def begin(name: str, parent: str, kind: SpanKind, attributes: Attributes) -> Span:
    """As `entered`, for a task that serves this one call: nothing is undone, and the caller ends the span.

    A generator cannot use `entered`: whoever closes it early does so in another context.
    """
    if _tracer is None:
        telemetry.enter_trace(parent)
        return _NO_SPAN
    span = _tracer.start_span(name, _PROPAGATOR.extract({"traceparent": parent}, Context()), kind, dict(attributes))
    attach(otel_trace.set_span_in_context(span))
    return span


@contextmanager
def span(name: str, kind: SpanKind, attributes: Attributes) -> Iterator[Span]:
    """A span for a part of the running call."""
    if _tracer is None:
        yield _NO_SPAN
        return
    with (
        _tracer.start_as_current_span(
            name, None, kind, dict(attributes), record_exception=False, set_status_on_exception=False
        ) as span,
        _told(span),
    ):
        yield span


@contextmanager
def _told(span: Span) -> Iterator[None]:
    """Say on the span how its work failed."""
    try:
        yield
    except ServiceError as error:
        failed(span, str(error.reason), error.message)
        raise
    except Exception as error:
        failed(span, type(error).__name__, "")
        raise


def detached(name: str, kind: SpanKind, attributes: Attributes) -> Span:
    """A span for a part of the running call that is not current and must be ended by whoever asked for it.

    For generators: their blocks may end in another context than they began in.
    """
    return _NO_SPAN if _tracer is None else _tracer.start_span(name, None, kind, dict(attributes))


def traceparent_of(span: Span) -> str:
    """W3C `traceparent` of a span; that of the running call where nothing is exported."""
    if not span.get_span_context().is_valid:
        return telemetry.traceparent()
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier, otel_trace.set_span_in_context(span, Context()))
    return carrier["traceparent"]


def rpc_attributes(name: str) -> Attributes:
    """What a span tells of an RPC with this full name, "package.Service/Method"."""
    service, _, method = name.partition("/")
    return {"rpc.system": "grpc", "rpc.service": service, "rpc.method": method}


def failed(span: Span, kind: str, message: str) -> None:
    """Mark a span as failed."""
    span.set_attribute("error.type", kind)
    span.set_status(Status(StatusCode.ERROR, message))
