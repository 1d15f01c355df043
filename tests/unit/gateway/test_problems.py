"""Every reason has its problem, and the client reads what the gateway writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from hypothesis import given
from hypothesis import strategies as st

from client.events import asset_event, parse_stream, split_lines
from gateway import problems, sse
from services.kit.errors import Reason, ServiceError


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_status_and_a_title(reason: Reason) -> None:
    problem = problems.from_error(ServiceError(reason, "because", field="f", limit="1 to 8", retry_after_s=0.2))
    assert 400 <= problem.status < 600
    assert problem.body["status"] == problem.status
    assert problem.body["reason"] == reason
    assert (problem.body["field"], problem.body["limit"]) == ("f", "1 to 8")
    assert problem.headers["Retry-After"] == "1"


@given(st.text(st.characters(codec="utf-8")), st.integers(1, 2**62), st.integers(1, 9))
def test_an_event_survives_the_wire_whatever_its_pieces(content: str, sequence: int, size: int) -> None:
    event = pb.AssetEvent(asset="assets/x", sequence=sequence, accepted=pb.Accepted(content=content))
    wire = sse.encode_event(event)
    assert b"\r" not in wire
    pieces = [wire[start : start + size] for start in range(0, len(wire), size)]
    (parsed,) = parse_stream(split_lines(pieces))
    assert parsed.id == str(sequence)
    assert asset_event(parsed) == event


async def test_silence_is_filled_with_comments_that_carry_no_id() -> None:
    go_on = asyncio.Event()

    async def source() -> AsyncIterator[bytes]:
        yield b"id: 1\ndata: {}\n\n"
        await go_on.wait()
        yield b"id: 2\ndata: {}\n\n"

    seen = []
    async for item in sse.with_heartbeats(source(), 0.001, asyncio.Event()):
        seen.append(item)
        if item == sse.HEARTBEAT:
            go_on.set()
    assert sse.HEARTBEAT in seen
    assert [event.id for event in parse_stream(b"".join(seen).decode().split("\n"))] == ["1", "2"]


async def test_a_draining_server_ends_its_streams() -> None:
    draining = asyncio.Event()

    async def source() -> AsyncIterator[bytes]:
        yield b"one"
        await asyncio.Event().wait()

    seen = []
    async for item in sse.with_heartbeats(source(), 1000, draining):
        seen.append(item)
        draining.set()
    assert seen == [b"one"]
