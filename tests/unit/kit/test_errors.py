"""Every reason survives the wire, and the table covers the protos' closed list."""

from __future__ import annotations

import pytest
from atelier.type.v1 import error_reason_pb2
from google.rpc import code_pb2, status_pb2
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import FOREIGN, RULES, Reason, ServiceError

PREFIX = "ERROR_REASON_"


def test_reasons_are_those_of_the_protos() -> None:
    published = {name.removeprefix(PREFIX) for name in error_reason_pb2.ErrorReason.DESCRIPTOR.values_by_name} - {
        "UNSPECIFIED"
    }
    assert published == set(Reason.__members__) == set(RULES)


@given(
    reason=st.sampled_from(Reason),
    message=st.text(st.characters(codec="utf-8")),
    field=st.text(st.characters(codec="utf-8")),
    retry_after_ms=st.none() | st.integers(0, 10**9),
    metadata=st.dictionaries(st.from_regex(r"[a-eg-km-z]{1,8}", fullmatch=True), st.text(st.characters(codec="utf-8"))),
)
def test_an_error_survives_the_wire(
    reason: Reason, message: str, field: str, retry_after_ms: int | None, metadata: dict[str, str]
) -> None:
    retry_after_s = None if retry_after_ms is None else retry_after_ms / 1000
    sent = ServiceError(reason, message, field=field, retry_after_s=retry_after_s, metadata=metadata)
    status = status_pb2.Status.FromString(sent.to_status().SerializeToString())
    got = ServiceError.from_status(status)
    assert (got.reason, got.message, got.field) == (reason, message, field)
    assert got.metadata == metadata
    assert got.retry_after_s == (None if retry_after_s is None else pytest.approx(retry_after_s))


@pytest.mark.parametrize("code", [code_pb2.UNAVAILABLE, code_pb2.DEADLINE_EXCEEDED, code_pb2.UNKNOWN, code_pb2.OK])
def test_a_status_that_is_not_ours_gets_the_nearest_reason(code: int) -> None:
    error = ServiceError.from_status(status_pb2.Status(code=code, message="x"))
    assert error.reason is FOREIGN.get(code, Reason.INTERNAL)


def test_who_is_cut_off_by_a_server_that_stops_may_try_again_and_who_is_told_of_a_cancel_not() -> None:
    cut_off = ServiceError.from_status(status_pb2.Status(code=code_pb2.CANCELLED, message="CANCELLED"))
    assert cut_off.reason is Reason.SERVICE_UNREACHABLE
    assert cut_off.retryable
    told = ServiceError.from_status(ServiceError(Reason.CANCELLED, "assets/1 was cancelled").to_status())
    assert told.reason is Reason.CANCELLED
    assert not told.retryable
