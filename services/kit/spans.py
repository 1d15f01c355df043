"""OpenTelemetry's spans, sent by OTLP. Imported only where an endpoint is set: it takes a quarter of a second."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from opentelemetry import trace as otel
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from services.kit.trace_context import TraceContext
from services.kit.tracing import Span, SpanKind, Value

NAMESPACE = "atelier"


class Spans:
    """Makes and sends the spans of a process. What is current is known from `trace_context` alone, not from the SDK."""

    def __init__(self, process: str, version: str) -> None:
        attributes = {
            "service.name": f"{NAMESPACE}-{process}",
            "service.namespace": NAMESPACE,
            "service.version": version,
        }
        self._provider = TracerProvider(resource=Resource.create(attributes))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer(NAMESPACE, version)

    def start(
        self, name: str, parent: TraceContext | None, kind: SpanKind, attributes: Mapping[str, Value], *, remote: bool
    ) -> Span:
        """A span below `parent`, which is another process's where `remote`; a new trace where there is none."""
        context = Context() if parent is None else otel.set_span_in_context(_stand_in(parent, remote), Context())
        return self._tracer.start_span(name, context, otel.SpanKind[kind.name], dict(attributes))

    def context_of(self, span: Span) -> TraceContext:
        """The ids of a span."""
        context = cast(otel.Span, span).get_span_context()
        return TraceContext(f"{context.trace_id:032x}", f"{context.span_id:016x}", f"{context.trace_flags:02x}")

    def failed(self, span: Span, kind: str, message: str) -> None:
        """Mark a span as failed."""
        span.set_attribute("error.type", kind)
        cast(otel.Span, span).set_status(otel.Status(otel.StatusCode.ERROR, message))

    def shut_down(self) -> None:
        """Send what has not been sent yet; takes some seconds at most where nobody takes it."""
        self._provider.shutdown()


def _stand_in(parent: TraceContext, remote: bool) -> otel.Span:
    flags = otel.TraceFlags(int(parent.flags, 16))
    return otel.NonRecordingSpan(otel.SpanContext(int(parent.trace_id, 16), int(parent.span_id, 16), remote, flags))
