"""Errors over HTTP: RFC 9457 problems that carry the same reason, field and limit as the gRPC error."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from google.rpc import code_pb2

from services.kit.errors import RULES, Reason, ServiceError

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a reason looks over HTTP: its status and the title that never changes with the occurrence."""

    status: int
    title: str


KINDS: Mapping[Reason, Kind] = {
    Reason.CONTENT_LENGTH: Kind(400, "The content is empty or too long"),
    Reason.FIELD_INVALID: Kind(400, "A field is missing, unknown or out of range"),
    Reason.MODEL_REFUSED: Kind(400, "The model provider's safety filter refused the prompt"),
    Reason.REQUEST_ID_REUSED: Kind(409, "The idempotency key was used with another request"),
    Reason.ASSET_UNKNOWN: Kind(404, "There is no such asset"),
    Reason.IMAGE_UNKNOWN: Kind(404, "There is no such image"),
    Reason.METHOD_UNKNOWN: Kind(501, "The server does not know this method"),
    Reason.EVENTS_EXPIRED: Kind(410, "The events are past their retention"),
    Reason.ASSET_RUNNING: Kind(409, "The asset is not final yet"),
    Reason.CANCELLED: Kind(499, "The caller gave up"),
    Reason.DEADLINE_EXCEEDED: Kind(504, "The deadline passed"),
    Reason.MODEL_CREDENTIALS: Kind(503, "The server's Workers AI credentials are missing or refused"),
    Reason.MODEL_UNSUPPORTED: Kind(503, "The server's model is unknown, deprecated or not open to its account"),
    Reason.MODEL_QUOTA: Kind(429, "The model provider's quota is used up"),
    Reason.MODEL_UNREACHABLE: Kind(503, "The model provider does not answer"),
    Reason.MODEL_OUTPUT: Kind(502, "The model's answer cannot be used"),
    Reason.SERVER_BUSY: Kind(429, "The server has no free slot"),
    Reason.SERVICE_UNREACHABLE: Kind(503, "A service behind the gateway does not answer"),
    Reason.STORE_UNAVAILABLE: Kind(503, "The store cannot be read or written"),
    Reason.IMAGE_CORRUPT: Kind(500, "The stored image is damaged"),
    Reason.INTERNAL: Kind(500, "An internal error"),
}

# Errors of HTTP itself, which have no gRPC twin.
HTTP_TITLES: Mapping[int, str] = {
    404: "There is nothing at this path",
    405: "The path does not take this method",
    406: "No representation that the client accepts",
    413: "The request body is too large",
    415: "The content type is not supported",
    416: "The range lies outside the image",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem document, its status and the headers that go with it."""

    status: int
    body: dict[str, object]
    headers: dict[str, str]


def explain(name: str) -> dict[str, object]:
    """What the type of a problem means, wherever it occurs.

    Raises:
        KeyError: there is no such type.
    """
    reason = Reason[name]
    rule, kind = RULES[reason], KINDS[reason]
    return {
        "type": f"/problems/{reason}",
        "title": kind.title,
        "status": kind.status,
        "grpc_code": code_pb2.Code.Name(rule.code),
        "fault": rule.fault,
        "retryable": rule.retryable,
    }


def from_error(error: ServiceError, *, status: int = 0, trace_id: str = "") -> Problem:
    """The problem that a service error becomes; `status` overrides the usual one."""
    kind = KINDS[error.reason]
    body: dict[str, object] = {
        "type": f"/problems/{error.reason}",
        "title": kind.title,
        "status": status or kind.status,
        "detail": error.message,
        "reason": error.reason.value,
    }
    extras = {"field": error.field, "limit": error.limit, "trace_id": error.metadata.get("trace_id") or trace_id}
    body.update({name: value for name, value in extras.items() if value})
    headers: dict[str, str] = {}
    if error.retry_after_s is not None:
        body["retry_after_s"] = error.retry_after_s
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_s)))
    return Problem(status or kind.status, body, headers)


def from_http(status: int, detail: str, *, trace_id: str = "") -> Problem:
    """The problem for an error of HTTP itself."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTP_TITLES.get(status, "The request failed"),
        "status": status,
        "detail": detail,
    }
    if trace_id:
        body["trace_id"] = trace_id
    return Problem(status, body, {})
