"""What a failed RPC means, for the client over gRPC."""

from __future__ import annotations

from collections.abc import Iterable

import grpc
from google.rpc import error_details_pb2, status_pb2

from .errors import AtelierError, Unreachable, error_for


def error_from(error: grpc.aio.AioRpcError, silent_s: float = 0.0) -> AtelierError:
    """What a failed RPC means, in which nothing was heard for so long."""
    info, retry = error_details_pb2.ErrorInfo(), error_details_pb2.RetryInfo()
    details: dict[str, object] = {}
    for status in _statuses(error.trailing_metadata() or ()):
        for detail in status.details:
            if detail.Unpack(retry):
                details["retry_after_s"] = retry.retry_delay.ToMilliseconds() / 1000
            else:
                detail.Unpack(info)
    message = error.details() or error.code().name
    if not info.reason and error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
        return Unreachable(message, silent_s)
    return error_for(info.reason or error.code().name, message, {**info.metadata, **details})


def _statuses(metadata: Iterable[tuple[str, str | bytes]]) -> Iterable[status_pb2.Status]:
    for key, value in metadata:
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            yield status_pb2.Status.FromString(value)
