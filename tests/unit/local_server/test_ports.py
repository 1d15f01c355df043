"""Free ports: different ones, free at that moment, and never those of outgoing connections."""

from __future__ import annotations

import socket

import pytest

from services.local import ports
from services.local.ports import END, FIRST, find_ports


def test_ports_are_different_and_lie_below_those_of_outgoing_connections() -> None:
    found = find_ports(20, beside=10_000)
    assert len(set(found)) == 20
    assert all(port in range(FIRST, END - 10_000) for port in found)
    for port in found:
        for number in (port, port + 10_000):
            socket.create_server(("127.0.0.1", number)).close()


def test_a_port_that_is_taken_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "FIRST", (first := find_ports(1)[0]))
    monkeypatch.setattr(ports, "END", first + 1)
    with socket.create_server(("127.0.0.1", first)), pytest.raises(OSError, match="no 1 free ports"):
        find_ports(1)
    assert find_ports(1) == [first]
