"""Errors over HTTP: RFC 9457 problems that carry the same reason, field and limit as the gRPC error."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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
    Reason.STYLE_UNKNOWN: Kind(404, "There is no such brand style"),
    Reason.POLICY_UNKNOWN: Kind(404, "There is no such content policy"),
    Reason.STYLE_EXISTS: Kind(409, "A brand style has this name"),
    Reason.NOT_REVIEWABLE: Kind(409, "There is nothing to review"),
    Reason.CHANGED_MEANWHILE: Kind(412, "The resource was changed meanwhile"),
    Reason.BUDGET_EXCEEDED: Kind(402, "A budget leaves no room for this"),
    Reason.LINKS_UNSUPPORTED: Kind(501, "The picture store cannot give out links"),
    Reason.SIGNING_FAILED: Kind(503, "The picture could not be signed"),
    Reason.PEER_REFUSED: Kind(503, "The gateway may not call the service behind it"),
    Reason.IMAGE_CORRUPT: Kind(500, "The stored image is damaged"),
    Reason.INTERNAL: Kind(500, "An internal error"),
}


class HttpReason(StrEnum):
    """Why the gateway turned a request away before any service saw it."""

    KEY_MISSING = "KEY_MISSING"
    KEY_REFUSED = "KEY_REFUSED"
    SCOPE_MISSING = "SCOPE_MISSING"
    ORIGIN_REFUSED = "ORIGIN_REFUSED"
    HOST_REFUSED = "HOST_REFUSED"
    RATE_LIMITED = "RATE_LIMITED"
    JOBS_LIMITED = "JOBS_LIMITED"
    HEADERS_AMBIGUOUS = "HEADERS_AMBIGUOUS"
    HEADERS_TOO_LARGE = "HEADERS_TOO_LARGE"
    CONNECTIONS_LIMITED = "CONNECTIONS_LIMITED"


HTTP_KINDS: Mapping[HttpReason, Kind] = {
    HttpReason.KEY_MISSING: Kind(401, "An API key is needed"),
    HttpReason.KEY_REFUSED: Kind(401, "The API key is unknown or revoked"),
    HttpReason.SCOPE_MISSING: Kind(403, "The API key does not have the scope"),
    HttpReason.ORIGIN_REFUSED: Kind(403, "Pages of this origin may not do this"),
    HttpReason.HOST_REFUSED: Kind(403, "The gateway is not known by this host name"),
    HttpReason.RATE_LIMITED: Kind(429, "The API key made too many requests"),
    HttpReason.JOBS_LIMITED: Kind(429, "The API key has too many assets in work"),
    HttpReason.HEADERS_AMBIGUOUS: Kind(400, "The headers contradict each other"),
    HttpReason.HEADERS_TOO_LARGE: Kind(431, "The request's headers are too large"),
    HttpReason.CONNECTIONS_LIMITED: Kind(503, "The gateway has no free connection"),
}
HTTP_CODES: Mapping[int, int] = {
    400: code_pb2.INVALID_ARGUMENT,
    401: code_pb2.UNAUTHENTICATED,
    403: code_pb2.PERMISSION_DENIED,
    429: code_pb2.RESOURCE_EXHAUSTED,
    431: code_pb2.INVALID_ARGUMENT,
    503: code_pb2.UNAVAILABLE,
}

# What a refusal for lack of money tells besides: which budget, its limit, what is left of it, what the next step may
# cost, when it starts anew.
BUDGET_MEMBERS = ("budget", "limit_usd", "left_usd", "needed_usd", "reset_time")

# Errors of HTTP itself, which need no reason.
HTTP_TITLES: Mapping[int, str] = {
    400: "This is not an HTTP request",
    404: "There is nothing at this path",
    405: "The path does not take this method",
    406: "No representation that the client accepts",
    408: "The request came too slowly",
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


class HttpError(Exception):
    """A request that the gateway turns away; `limit` and `retry_after_s` as in ServiceError."""

    def __init__(
        self,
        reason: HttpReason,
        message: str,
        *,
        limit: str = "",
        retry_after_s: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.limit = limit
        self.retry_after_s = retry_after_s
        self.headers = dict(headers or {})


def explain(name: str) -> dict[str, object]:
    """What the type of a problem means, wherever it occurs.

    Raises:
        KeyError: there is no such type.
    """
    if name in HttpReason.__members__:
        kind = HTTP_KINDS[HttpReason[name]]
        code, retryable = HTTP_CODES[kind.status], kind.status in (429, 503)
        return _meaning(name, kind, code, "caller" if kind.status != 503 else "atelier", retryable)
    reason = Reason[name]
    rule, kind = RULES[reason], KINDS[reason]
    return _meaning(name, kind, rule.code, rule.fault, rule.retryable)


def _meaning(name: str, kind: Kind, code: int, fault: str, retryable: bool) -> dict[str, object]:
    return {
        "type": f"/problems/{name}",
        "title": kind.title,
        "status": kind.status,
        "grpc_code": code_pb2.Code.Name(code),
        "fault": fault,
        "retryable": retryable,
    }


def from_error(error: ServiceError, *, status: int = 0, trace_id: str = "") -> Problem:
    """The problem that a service error becomes; `status` overrides the usual one."""
    kind = KINDS[error.reason]
    extras = {"field": error.field, "limit": error.limit, "trace_id": error.metadata.get("trace_id") or trace_id}
    if error.reason is Reason.BUDGET_EXCEEDED:
        extras |= {name: error.metadata.get(name, "") for name in BUDGET_MEMBERS}
    shown = Kind(status or kind.status, kind.title)
    return _problem(error.reason, shown, error.message, extras, error.retry_after_s)


def from_http_error(error: HttpError, *, trace_id: str = "") -> Problem:
    """The problem that a request becomes which was turned away."""
    extras = {"limit": error.limit, "trace_id": trace_id}
    problem = _problem(error.reason, HTTP_KINDS[error.reason], error.message, extras, error.retry_after_s)
    problem.headers.update(error.headers)
    return problem


def _problem(reason: str, kind: Kind, detail: str, extras: Mapping[str, str], retry_after_s: float | None) -> Problem:
    body: dict[str, object] = {
        "type": f"/problems/{reason}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "reason": str(reason),
    }
    body.update({name: value for name, value in extras.items() if value})
    headers: dict[str, str] = {}
    if retry_after_s is not None:
        body["retry_after_s"] = retry_after_s
        headers["Retry-After"] = str(max(1, math.ceil(retry_after_s)))
    return Problem(kind.status, body, headers)


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
