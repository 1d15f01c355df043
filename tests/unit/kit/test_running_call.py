"""Deadlines, traces, slots and logs of a running call."""

from __future__ import annotations

import json
import logging

import pytest

from services.kit import call, telemetry
from services.kit.errors import Reason, ServiceError
from services.kit.slots import Slots

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_without_a_deadline_a_request_gets_its_own_limit() -> None:
    assert call.remaining_s(7.0) == 7.0
    assert not call.has_deadline()


def test_a_deadline_bounds_what_is_left_and_ends_with_its_block() -> None:
    with call.scope(3.0, model_attempts=1):
        assert 0 < call.remaining_s(7.0) <= 3.0
        assert call.model_attempts(4) == 1
    assert call.remaining_s(7.0) == 7.0
    assert call.model_attempts(4) == 4


def test_a_deadline_in_the_past_leaves_nothing() -> None:
    with call.scope(-1.0):
        assert call.remaining_s(7.0) == 0.0


def test_a_trace_goes_on_under_a_new_span() -> None:
    with telemetry.trace(PARENT):
        assert telemetry.trace_id() == "0af7651916cd43dd8448eb211c80319c"
        assert telemetry.traceparent() != PARENT
        assert telemetry.traceparent().startswith("00-0af7651916cd43dd8448eb211c80319c-")
    assert telemetry.traceparent() == ""


@pytest.mark.parametrize("parent", ["", "rubbish", "00-" + "0" * 32 + "-" + "0" * 16 + "-01"])
def test_a_trace_that_cannot_be_read_starts_anew(parent: str) -> None:
    with telemetry.trace(parent):
        assert len(telemetry.trace_id()) == 32


def test_a_log_line_is_json_with_fields_and_trace() -> None:
    record = logging.LogRecord("a.b", logging.INFO, "", 0, "stored", None, None)
    record.atelier_fields = {"digest": "sha256:x", "size_bytes": 3, "odd": object}
    with telemetry.trace(PARENT):
        line = json.loads(telemetry.JsonFormatter("image").format(record))
    assert line["msg"] == "stored"
    assert (line["service"], line["digest"], line["size_bytes"]) == ("image", "sha256:x", 3)
    assert line["trace_id"] == "0af7651916cd43dd8448eb211c80319c"


async def test_a_full_replica_says_so_at_once_and_frees_its_slots() -> None:
    slots = Slots(1)
    async with slots.take():
        with pytest.raises(ServiceError) as caught:
            async with slots.take():
                raise AssertionError
        assert caught.value.reason is Reason.SERVER_BUSY
    async with slots.take():
        assert slots.taken == 1
    assert slots.taken == 0


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("ExecuteBatchError raised in core by servicer method [/a.B/C]", False),
        ("Unexpected [ValueError] raised by servicer method [/a.B/C]", True),
    ],
)
def test_a_client_that_leaves_makes_no_error_of_grpc_s_in_the_log(message: str, *, kept: bool) -> None:
    record = logging.makeLogRecord({"name": telemetry.GRPC_CORE, "msg": message})
    assert telemetry.is_worth_a_line(record) is kept
