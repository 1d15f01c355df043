"""Errors on the wire: a `ServiceError` as gRPC trailing metadata, and back."""

from __future__ import annotations

from collections.abc import Iterable

import grpc
from google.rpc import code_pb2, status_pb2

from services.kit.errors import NEVER_SENT, Reason, ServiceError

DETAILS_KEY = "grpc-status-details-bin"
# A server that answers with a reason has decided; channels retry only what never reached such a decision (gRFC A6).
NO_RETRY = ("grpc-retry-pushback-ms", "-1")

# How gRPC begins to say that a call found no connection, so that no server has seen it.
NO_CONNECTION = (
    "connections to all backends failing",
    "failed to connect to all addresses",
    "errors resolving ",
    "DNS resolution failed",
)

# How gRPC begins to say UNKNOWN of a call whose connection broke in a way that it has no code for, such as a TLS record
# that cannot be read. Our servers never answer UNKNOWN without a reason.
BROKEN_OFF = "Stream removed"

CODES = {code.value[0]: code for code in grpc.StatusCode}


def trailers(error: ServiceError) -> tuple[tuple[str, str | bytes], ...]:
    """The trailing metadata that carries the error's details."""
    return ((DETAILS_KEY, error.to_status().SerializeToString()), NO_RETRY)


def status_code(error: ServiceError) -> grpc.StatusCode:
    """The gRPC status of an error."""
    return CODES[error.code]


def to_error(code: grpc.StatusCode, message: str, metadata: Iterable[tuple[str, str | bytes]]) -> ServiceError:
    """The error that a failed call told of; without our details the nearest reason is taken.

    One whose metadata holds NEVER_SENT came to no server.
    """
    if code is grpc.StatusCode.UNAVAILABLE and message.startswith(NO_CONNECTION):
        return ServiceError(Reason.SERVICE_UNREACHABLE, message, metadata=NEVER_SENT)
    status = status_pb2.Status(code=code.value[0], message=message)
    for key, value in metadata:
        if key == DETAILS_KEY and isinstance(value, bytes):
            status.ParseFromString(value)
    if code is grpc.StatusCode.UNKNOWN and not status.details and message.startswith(BROKEN_OFF):
        return ServiceError(Reason.SERVICE_UNREACHABLE, message)
    if status.code == code_pb2.OK:
        status.code = code_pb2.UNKNOWN
    return ServiceError.from_status(status)
