"""What a reader takes and asks for again, and how long it waits."""

from __future__ import annotations

import subprocess
import sys

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from client.errors import (
    AtelierError,
    Conflict,
    Invalid,
    KeyRefused,
    Limited,
    NotFound,
    Refused,
    Unreachable,
    error_for,
)
from client.resume import FIRST_CONTACT_S, LIMITED_S, OUTAGE_S, Patience, Position


def event(sequence: int, final: bool = False) -> pb.AssetEvent:
    made = pb.AssetEvent(asset="assets/a", sequence=sequence)
    if final:
        made.finished.asset.name = "assets/a"
    return made


def waits(patience: Patience, error: AtelierError) -> float:
    total_s = 0.0
    with pytest.raises(type(error)):
        while True:
            total_s += patience.next_delay_s(error)
    return total_s


def test_events_are_taken_once_and_in_order() -> None:
    position = Position()
    assert [position.take(event(number)) for number in (1, 2, 1, 2, 3)] == [True, True, False, False, True]
    assert (position.name, position.after, position.final) == ("assets/a", 3, None)
    assert position.take(event(4, final=True))
    assert position.final is not None


def test_a_gap_is_asked_for_again() -> None:
    position = Position("assets/a", 4)
    with pytest.raises(Unreachable, match="event 5 of assets/a"):
        position.take(event(6))
    assert position.after == 4


def test_a_server_that_never_answered_is_given_up_sooner_than_one_that_went_away() -> None:
    assert waits(Patience(), Unreachable("away")) <= FIRST_CONTACT_S
    assert FIRST_CONTACT_S < waits(Patience(heard=True), Unreachable("away")) <= OUTAGE_S


def test_progress_renews_the_patience() -> None:
    patience = Patience()
    first_s = patience.next_delay_s(Unreachable("away"))
    assert patience.next_delay_s(Unreachable("away")) > first_s
    patience.progress()
    assert patience.next_delay_s(Unreachable("away")) == first_s


def test_a_limit_is_waited_for_as_long_as_the_server_says() -> None:
    error = Limited("JOBS_LIMITED", "too many", retry_after_s=5.0)
    assert Patience().next_delay_s(error) == 5.0
    assert OUTAGE_S < waits(Patience(), error) <= LIMITED_S


def test_what_cannot_get_better_is_raised_at_once() -> None:
    with pytest.raises(Invalid):
        Patience(heard=True).next_delay_s(Invalid("FIELD_INVALID", "too wide"))


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("FIELD_INVALID", Invalid),
        ("ASSET_UNKNOWN", NotFound),
        ("ASSET_RUNNING", Conflict),
        ("KEY_MISSING", KeyRefused),
        ("RATE_LIMITED", Limited),
        ("SERVICE_UNREACHABLE", Unreachable),
        ("SOMETHING_NEWER", Refused),
    ],
)
def test_each_reason_has_its_type(reason: str, kind: type[AtelierError]) -> None:
    assert type(error_for(reason, "why", {"retry_after_s": 2})) is kind


def test_importing_the_package_loads_no_transport() -> None:
    script = """
import sys, client
assert "requests" not in sys.modules and "grpc" not in sys.modules
client.Atelier, client.Order
assert "grpc" not in sys.modules
assert set(dir(client)) == set(client.__all__)
for name in client.__all__:
    getattr(client, name)
"""
    subprocess.run([sys.executable, "-c", script], check=True)
