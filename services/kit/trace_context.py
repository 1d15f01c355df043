"""W3C Trace Context: the ids of the running call, read from and written as `traceparent`. No library, no exporter.

Shape: https://www.w3.org/TR/trace-context/#traceparent-header
"""

from __future__ import annotations

import random
import re
from contextvars import ContextVar
from typing import NamedTuple

_HEADER = re.compile(r"[ \t]*([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?[ \t]*")
_SAMPLED = "01"


class TraceContext(NamedTuple):
    """Ids in lower-case hexadecimal: 32 digits, 16 digits, and 2 of flags."""

    trace_id: str
    span_id: str
    flags: str = _SAMPLED

    def header(self) -> str:
        """The `traceparent` that tells somebody else."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


CURRENT: ContextVar[TraceContext | None] = ContextVar("atelier_trace", default=None)


def read(header: str) -> TraceContext | None:
    """What a `traceparent` says; None where it is none. Versions to come are read as far as they are known."""
    match = _HEADER.fullmatch(header) if header else None
    if match is None:
        return None
    version, trace_id, span_id, flags, rest = match.groups()
    if version == "ff" or (version == "00" and rest) or not int(trace_id, 16) or not int(span_id, 16):
        return None
    return TraceContext(trace_id, span_id, flags)


def continued(header: str) -> TraceContext:
    """A new span in the trace of a `traceparent`; a new trace where it is none."""
    incoming = read(header)
    span_id = f"{random.getrandbits(64) or 1:016x}"
    if incoming is None:
        return TraceContext(f"{random.getrandbits(128) or 1:032x}", span_id)
    return TraceContext(incoming.trace_id, span_id, incoming.flags)
