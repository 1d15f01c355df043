"""Structured logs, and the one trace id that follows a request from the gateway to the model call.

Trace context is W3C `traceparent`, parsed and written by OpenTelemetry's propagator. A record is one line on stderr
with `ts`, `level`, `service`, `logger`, `msg`, the fields given, and `trace_id` and `span_id` of the running call.
"""

from __future__ import annotations

import logging
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import orjson
from opentelemetry import context as otel_context
from opentelemetry import trace as otel_trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PROPAGATOR = TraceContextTextMapPropagator()
_FIELDS = "atelier_fields"

GRPC_CORE = "grpc._cython.cygrpc"


class Logger:
    """Logs a sentence and the values that belong to it, as fields and not as text."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, message: str, **fields: object) -> None:
        """Log what only somebody who debugs wants to know."""
        self._log(logging.DEBUG, message, fields)

    def info(self, message: str, **fields: object) -> None:
        """Log what happened."""
        self._log(logging.INFO, message, fields)

    def warning(self, message: str, **fields: object) -> None:
        """Log what an operator may have to look at."""
        self._log(logging.WARNING, message, fields)

    def error(self, message: str, **fields: object) -> None:
        """Log what an operator has to look at."""
        self._log(logging.ERROR, message, fields)

    def exception(self, message: str, **fields: object) -> None:
        """Log a defect with the traceback of the exception that is being handled."""
        self._log(logging.ERROR, message, fields, exc_info=True)

    def _log(self, level: int, message: str, fields: Mapping[str, object], *, exc_info: bool = False) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, message, exc_info=exc_info, extra={_FIELDS: fields})


def get_logger(name: str) -> Logger:
    """The logger of a module."""
    return Logger(name)


def configure(process: str, level: str, form: str) -> None:
    """Send every record of this process, ours and the libraries', to stderr in one form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(process) if form == "json" else TextFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger(GRPC_CORE).addFilter(is_worth_a_line)


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whether a record of grpcio's core says more than that a client has left while it was being answered.

    That would be an error with a traceback, as often as a client likes; the record of the call says CANCELLED anyway.
    """
    return not record.getMessage().startswith("ExecuteBatchError raised in core")


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """The record as a JSON line; values that JSON lacks become text."""
        line: dict[str, object] = {
            "ts": _timestamp(record.created),
            "level": record.levelname.lower(),
            "service": self._process,
            "logger": record.name,
            "msg": record.getMessage(),
            **_trace_fields(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class TextFormatter(logging.Formatter):
    """A line for people: time, level, sentence, fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line of text, with a traceback below where there is one."""
        fields = {**getattr(record, _FIELDS, {}), **_trace_fields()}
        shown = "".join(f" {name}={value}" for name, value in fields.items() if name != "span_id")
        line = f"{_timestamp(record.created)[11:23]} {record.levelname.lower():7} {record.getMessage()}{shown}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def traceparent() -> str:
    """W3C `traceparent` of the running call; empty outside one."""
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent", "")


def trace_id() -> str:
    """Trace id of the running call, 32 hexadecimal digits; empty outside one."""
    return _trace_fields().get("trace_id", "")


def enter_trace(parent: str) -> object:
    """Continue the trace of `parent` in the current context with a new span id; start one where it is not valid."""
    incoming = otel_trace.get_current_span(_PROPAGATOR.extract({"traceparent": parent})).get_span_context()
    span = otel_trace.SpanContext(
        trace_id=incoming.trace_id if incoming.is_valid else secrets.randbits(128) | 1,
        span_id=secrets.randbits(64) | 1,
        is_remote=False,
        trace_flags=incoming.trace_flags if incoming.is_valid else otel_trace.TraceFlags(otel_trace.TraceFlags.SAMPLED),
    )
    return otel_context.attach(otel_trace.set_span_in_context(otel_trace.NonRecordingSpan(span)))


@contextmanager
def trace(parent: str) -> Iterator[None]:
    """Run a block as part of the trace of `parent`; an empty or malformed one starts a new trace."""
    token = enter_trace(parent)
    try:
        yield
    finally:
        otel_context.detach(token)  # type: ignore[arg-type]


def _trace_fields() -> dict[str, str]:
    span = otel_trace.get_current_span().get_span_context()
    if not span.is_valid:
        return {}
    return {"trace_id": f"{span.trace_id:032x}", "span_id": f"{span.span_id:016x}"}


def _timestamp(seconds: float) -> str:
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{int(seconds * 1000) % 1000:03d}Z"
