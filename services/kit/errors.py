"""The one error type of every service, and the one table that says what each reason means.

    ServiceError(reason)          code                  whose fault  again?
    ├── CONTENT_LENGTH            INVALID_ARGUMENT      caller       no
    ├── FIELD_INVALID             INVALID_ARGUMENT      caller       no
    ├── MODEL_REFUSED             INVALID_ARGUMENT      caller       no (another prompt may pass)
    ├── REQUEST_ID_REUSED         ALREADY_EXISTS        caller       no
    ├── ASSET_UNKNOWN             NOT_FOUND             caller       no
    ├── IMAGE_UNKNOWN             NOT_FOUND             caller       no
    ├── STYLE_UNKNOWN             NOT_FOUND             caller       no
    ├── POLICY_UNKNOWN            NOT_FOUND             caller       no
    ├── STYLE_EXISTS              ALREADY_EXISTS        caller       no
    ├── METHOD_UNKNOWN            UNIMPLEMENTED         caller       no
    ├── EVENTS_EXPIRED            OUT_OF_RANGE          caller       no
    ├── ASSET_RUNNING             FAILED_PRECONDITION   caller       no (once the asset is final)
    ├── NOT_REVIEWABLE            FAILED_PRECONDITION   caller       no
    ├── CHANGED_MEANWHILE         ABORTED               caller       no (read again, then change)
    ├── BUDGET_EXCEEDED           RESOURCE_EXHAUSTED    caller       no (once the budget starts anew)
    ├── PEER_REFUSED              PERMISSION_DENIED     caller       no
    ├── CANCELLED                 CANCELLED             caller       no
    ├── DEADLINE_EXCEEDED         DEADLINE_EXCEEDED     caller       yes
    ├── MODEL_CREDENTIALS         FAILED_PRECONDITION   operator     no
    ├── MODEL_UNSUPPORTED         FAILED_PRECONDITION   operator     no
    ├── LINKS_UNSUPPORTED         FAILED_PRECONDITION   operator     no
    ├── MODEL_QUOTA               RESOURCE_EXHAUSTED    provider     yes, at `retry_after_s`
    ├── MODEL_UNREACHABLE         UNAVAILABLE           provider     yes
    ├── MODEL_OUTPUT              INTERNAL              provider     yes
    ├── SERVER_BUSY               RESOURCE_EXHAUSTED    atelier      yes
    ├── SERVICE_UNREACHABLE       UNAVAILABLE           atelier      yes
    ├── STORE_UNAVAILABLE         UNAVAILABLE           atelier      yes
    ├── SIGNING_FAILED            UNAVAILABLE           atelier      yes
    ├── IMAGE_CORRUPT             DATA_LOSS             atelier      no
    └── INTERNAL                  INTERNAL              atelier      no

On the wire an error is a `google.rpc.Status` with `ErrorInfo` (domain "atelier"), and where they apply `BadRequest`
and `RetryInfo`. The names are those of `atelier.type.v1.ErrorReason`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

from google.protobuf import duration_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2

DOMAIN = "atelier"
# In the metadata of an error: no server has seen the call.
NEVER_SENT: Mapping[str, str] = {"sent": "no"}

Fault = Literal["caller", "operator", "provider", "atelier"]


class Reason(StrEnum):
    """Why a call failed: `atelier.type.v1.ErrorReason` without its prefix."""

    CONTENT_LENGTH = "CONTENT_LENGTH"
    FIELD_INVALID = "FIELD_INVALID"
    MODEL_REFUSED = "MODEL_REFUSED"
    REQUEST_ID_REUSED = "REQUEST_ID_REUSED"
    ASSET_UNKNOWN = "ASSET_UNKNOWN"
    IMAGE_UNKNOWN = "IMAGE_UNKNOWN"
    METHOD_UNKNOWN = "METHOD_UNKNOWN"
    EVENTS_EXPIRED = "EVENTS_EXPIRED"
    ASSET_RUNNING = "ASSET_RUNNING"
    CANCELLED = "CANCELLED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    MODEL_CREDENTIALS = "MODEL_CREDENTIALS"
    MODEL_UNSUPPORTED = "MODEL_UNSUPPORTED"
    MODEL_QUOTA = "MODEL_QUOTA"
    MODEL_UNREACHABLE = "MODEL_UNREACHABLE"
    MODEL_OUTPUT = "MODEL_OUTPUT"
    SERVER_BUSY = "SERVER_BUSY"
    SERVICE_UNREACHABLE = "SERVICE_UNREACHABLE"
    STORE_UNAVAILABLE = "STORE_UNAVAILABLE"
    STYLE_UNKNOWN = "STYLE_UNKNOWN"
    POLICY_UNKNOWN = "POLICY_UNKNOWN"
    STYLE_EXISTS = "STYLE_EXISTS"
    NOT_REVIEWABLE = "NOT_REVIEWABLE"
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE"
    BUDGET_EXCEEDED = "BUDGET_EXCEEDED"
    LINKS_UNSUPPORTED = "LINKS_UNSUPPORTED"
    SIGNING_FAILED = "SIGNING_FAILED"
    PEER_REFUSED = "PEER_REFUSED"
    IMAGE_CORRUPT = "IMAGE_CORRUPT"
    INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a reason means: its `google.rpc.Code`, whose fault it is, and whether the same call may succeed later."""

    code: int
    fault: Fault
    retryable: bool


RULES: Mapping[Reason, Rule] = {
    Reason.CONTENT_LENGTH: Rule(code_pb2.INVALID_ARGUMENT, "caller", False),
    Reason.FIELD_INVALID: Rule(code_pb2.INVALID_ARGUMENT, "caller", False),
    Reason.MODEL_REFUSED: Rule(code_pb2.INVALID_ARGUMENT, "caller", False),
    Reason.REQUEST_ID_REUSED: Rule(code_pb2.ALREADY_EXISTS, "caller", False),
    Reason.ASSET_UNKNOWN: Rule(code_pb2.NOT_FOUND, "caller", False),
    Reason.IMAGE_UNKNOWN: Rule(code_pb2.NOT_FOUND, "caller", False),
    Reason.METHOD_UNKNOWN: Rule(code_pb2.UNIMPLEMENTED, "caller", False),
    Reason.EVENTS_EXPIRED: Rule(code_pb2.OUT_OF_RANGE, "caller", False),
    Reason.ASSET_RUNNING: Rule(code_pb2.FAILED_PRECONDITION, "caller", False),
    Reason.CANCELLED: Rule(code_pb2.CANCELLED, "caller", False),
    Reason.DEADLINE_EXCEEDED: Rule(code_pb2.DEADLINE_EXCEEDED, "caller", True),
    Reason.MODEL_CREDENTIALS: Rule(code_pb2.FAILED_PRECONDITION, "operator", False),
    Reason.MODEL_UNSUPPORTED: Rule(code_pb2.FAILED_PRECONDITION, "operator", False),
    Reason.MODEL_QUOTA: Rule(code_pb2.RESOURCE_EXHAUSTED, "provider", True),
    Reason.MODEL_UNREACHABLE: Rule(code_pb2.UNAVAILABLE, "provider", True),
    Reason.MODEL_OUTPUT: Rule(code_pb2.INTERNAL, "provider", True),
    Reason.SERVER_BUSY: Rule(code_pb2.RESOURCE_EXHAUSTED, "atelier", True),
    Reason.SERVICE_UNREACHABLE: Rule(code_pb2.UNAVAILABLE, "atelier", True),
    Reason.STORE_UNAVAILABLE: Rule(code_pb2.UNAVAILABLE, "atelier", True),
    Reason.STYLE_UNKNOWN: Rule(code_pb2.NOT_FOUND, "caller", False),
    Reason.POLICY_UNKNOWN: Rule(code_pb2.NOT_FOUND, "caller", False),
    Reason.STYLE_EXISTS: Rule(code_pb2.ALREADY_EXISTS, "caller", False),
    Reason.NOT_REVIEWABLE: Rule(code_pb2.FAILED_PRECONDITION, "caller", False),
    Reason.CHANGED_MEANWHILE: Rule(code_pb2.ABORTED, "caller", False),
    Reason.BUDGET_EXCEEDED: Rule(code_pb2.RESOURCE_EXHAUSTED, "caller", False),
    Reason.LINKS_UNSUPPORTED: Rule(code_pb2.FAILED_PRECONDITION, "operator", False),
    Reason.SIGNING_FAILED: Rule(code_pb2.UNAVAILABLE, "atelier", True),
    Reason.PEER_REFUSED: Rule(code_pb2.PERMISSION_DENIED, "caller", False),
    Reason.IMAGE_CORRUPT: Rule(code_pb2.DATA_LOSS, "atelier", False),
    Reason.INTERNAL: Rule(code_pb2.INTERNAL, "atelier", False),
}

# What a status without our ErrorInfo most likely means: it comes from gRPC itself or from a proxy.
FOREIGN: Mapping[int, Reason] = {
    # A caller that cancels is told nothing any more. Whoever is told so was cut off: by a server that stops, whose gRPC
    # ends what it has not begun.
    code_pb2.CANCELLED: Reason.SERVICE_UNREACHABLE,
    code_pb2.DEADLINE_EXCEEDED: Reason.DEADLINE_EXCEEDED,
    code_pb2.UNAVAILABLE: Reason.SERVICE_UNREACHABLE,
    code_pb2.UNIMPLEMENTED: Reason.METHOD_UNKNOWN,
    code_pb2.RESOURCE_EXHAUSTED: Reason.SERVER_BUSY,
    code_pb2.INVALID_ARGUMENT: Reason.FIELD_INVALID,
}


class ServiceError(Exception):
    """A call that failed for a known reason.

    `field` and `limit` name the offending field and what it must meet; `retry_after_s` is the time after which the
    same call may succeed; `metadata` becomes `ErrorInfo.metadata`. Nothing here may hold a secret.
    """

    def __init__(
        self,
        reason: Reason,
        message: str,
        *,
        field: str = "",
        limit: str = "",
        retry_after_s: float | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.field = field
        self.limit = limit
        self.retry_after_s = retry_after_s
        self.metadata: Mapping[str, str] = dict(metadata or {})

    def __str__(self) -> str:
        return f"{self.reason}: {self.message}"

    @property
    def code(self) -> int:
        """The `google.rpc.Code` it travels with."""
        return RULES[self.reason].code

    @property
    def fault(self) -> Fault:
        """Who can mend it."""
        return RULES[self.reason].fault

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later."""
        return RULES[self.reason].retryable

    def to_status(self) -> status_pb2.Status:
        """The error as it goes over the wire."""
        info = error_details_pb2.ErrorInfo(reason=self.reason, domain=DOMAIN, metadata=self.metadata)
        if self.field:
            info.metadata["field"] = self.field
        if self.limit:
            info.metadata["limit"] = self.limit
        status = status_pb2.Status(code=self.code, message=self.message)
        status.details.add().Pack(info)
        if self.field:
            violation = error_details_pb2.BadRequest.FieldViolation(field=self.field, description=self.message)
            status.details.add().Pack(error_details_pb2.BadRequest(field_violations=[violation]))
        if self.retry_after_s is not None:
            delay = duration_pb2.Duration()
            delay.FromMilliseconds(round(self.retry_after_s * 1000))
            status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=delay))
        return status

    @classmethod
    def from_status(cls, status: status_pb2.Status) -> Self:
        """The error that a status tells of; one that is not ours gets the nearest reason."""
        info, retry = error_details_pb2.ErrorInfo(), error_details_pb2.RetryInfo()
        retry_after_s: float | None = None
        for detail in status.details:
            if detail.Unpack(retry):
                retry_after_s = retry.retry_delay.ToMilliseconds() / 1000
            else:
                detail.Unpack(info)
        if info.domain == DOMAIN and info.reason in Reason.__members__:
            reason = Reason(info.reason)
        else:
            reason = FOREIGN.get(status.code, Reason.INTERNAL)
        metadata = dict(info.metadata)
        return cls(
            reason,
            status.message,
            field=metadata.pop("field", ""),
            limit=metadata.pop("limit", ""),
            retry_after_s=retry_after_s,
            metadata=metadata,
        )


def invalid_field(field: str, problem: str, limit: str = "") -> ServiceError:
    """FIELD_INVALID for one field; `problem` completes the sentence that begins with its name."""
    return ServiceError(Reason.FIELD_INVALID, f"{field} {problem}", field=field, limit=limit)
