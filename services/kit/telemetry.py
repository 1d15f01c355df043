"""Structured logs, and the one trace id that follows a request from the gateway to the model call.

Trace context is W3C `traceparent` (`trace_context.py`). A record is one line on stderr
with `ts`, `level`, `service`, `logger`, `msg`, the fields given, and `trace_id` and `span_id` of the running call.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

import orjson

from services.kit.trace_context import CURRENT, continued

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
        logger = self._logger
        if logger.isEnabledFor(level):
            # Not by `log`, which walks the stack for a line number that no form of ours shows.
            error = sys.exc_info() if exc_info else None
            logger.handle(logger.makeRecord(logger.name, level, "", 0, message, (), error, extra={_FIELDS: fields}))


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
    current = CURRENT.get()
    return "" if current is None else current.header()


def trace_id() -> str:
    """Trace id of the running call, 32 hexadecimal digits; empty outside one."""
    current = CURRENT.get()
    return "" if current is None else current.trace_id


def enter_trace(parent: str) -> None:
    """Continue the trace of `parent` in the current context with a new span id; start one where it is not valid."""
    CURRENT.set(continued(parent))


@contextmanager
def trace(parent: str) -> Iterator[None]:
    """Run a block as part of the trace of `parent`; an empty or malformed one starts a new trace."""
    token = CURRENT.set(continued(parent))
    try:
        yield
    finally:
        CURRENT.reset(token)


def _trace_fields() -> dict[str, str]:
    current = CURRENT.get()
    return {} if current is None else {"trace_id": current.trace_id, "span_id": current.span_id}


def _timestamp(seconds: float) -> str:
    return f"{_whole(int(seconds))}.{int(seconds * 1000) % 1000:03d}Z"


@lru_cache(maxsize=2)
def _whole(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
