"""A host that accepts connections and never says a word is given up as one that is not there."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from client import Atelier, Unreachable, session
from client.aio import Atelier as AioAtelier
from client.resume import OUTAGE_S, Patience

WAIT_S = 40.0
NAME = "assets/0192d1f0-7c00-7000-8000-000000000000"


class Mute:
    """Accepts connections, and counts them."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.accepted: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                self.accepted.append(self._listening.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in self.accepted:
            connection.close()


@pytest.fixture
def mute() -> Iterator[Mute]:
    server = Mute()
    yield server
    server.close()


async def test_over_grpc_calls_and_streams_end_soon(mute: Mute) -> None:
    async with AioAtelier(f"127.0.0.1:{mute.port}") as atelier, asyncio.timeout(WAIT_S):
        for attempt in (atelier.get(NAME), atelier.watch(NAME).result()):
            with pytest.raises(Unreachable) as caught:
                await attempt
            assert caught.value.silent_s > 0


def test_over_http_a_request_and_a_stream_are_tried_once(mute: Mute, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "TIMEOUTS_S", (2.0, 2.5))
    atelier = Atelier(f"http://127.0.0.1:{mute.port}")
    attempts: tuple[Callable[[], object], ...] = (lambda: atelier.get(NAME), lambda: atelier.watch(NAME).result())
    for tries, attempt in enumerate(attempts, 1):
        with pytest.raises(Unreachable):
            attempt()
        assert len(mute.accepted) == tries


def test_silence_counts_as_waiting() -> None:
    patience = Patience(heard=True)
    patience.next_delay_s(Unreachable("mute", silent_s=OUTAGE_S / 2))
    with pytest.raises(Unreachable):
        patience.next_delay_s(Unreachable("mute", silent_s=OUTAGE_S / 2))


def test_streams_that_stood_count_only_the_pauses() -> None:
    patience = Patience(heard=True)
    for _ in range(10):
        patience.next_delay_s(Unreachable("broken off"))
    assert patience.waited_s <= OUTAGE_S
