"""Messages of the event store as they come off the connection: whole, in pieces, between other lines."""

from __future__ import annotations

import asyncio
import itertools

import nats.errors
import pytest

from services.orchestrator.jetstream.client import DirectClient, read_headers, write_headers

HEADERS = b"NATS/1.0\r\nA: 1\r\nB: two words\r\n\r\n"
TEXT = b"line\r\nPING\r\n\x00"

WIRE = b"".join(
    [
        b"MSG events.a 1 5\r\nfirst\r\n",
        b"MSG events.b 1 reply.b %d\r\n%b\r\n" % (len(TEXT), TEXT),
        b"+OK\r\n",
        b"HMSG events.c 1 %d %d\r\n%bbody\r\n" % (len(HEADERS), len(HEADERS) + 4, HEADERS),
        b"HMSG events.d 1 reply.d %d %d\r\n%b\r\n" % (len(HEADERS), len(HEADERS), HEADERS),
        b"MSG nobody 2 1\r\nx\r\n",
        b"MSG events.e 1 0\r\n\r\n",
    ]
)
EXPECTED = [
    ("events.a", "", b"first", {}),
    ("events.b", "reply.b", TEXT, {}),
    ("events.c", "", b"body", {"A": "1", "B": "two words"}),
    ("events.d", "reply.d", b"", {"A": "1", "B": "two words"}),
    ("events.e", "", b"", {}),
]


class Listening(DirectClient):
    """A client without a connection, whose messages are fed to it."""

    def __init__(self):
        super().__init__()
        self.heard = []
        self._delivers[1] = self.hear

    def hear(self, message):
        self.heard.append((message.subject, message.reply, message.data, dict(message.headers)))

    async def feed(self, *pieces):
        for piece in pieces:
            await self._ps.parse(piece)


async def test_messages_that_come_at_once_are_told_in_order():
    client = Listening()
    await client.feed(WIRE)
    assert client.heard == EXPECTED


@pytest.mark.parametrize("size", [1, 2, 3, 7, 16, 50])
async def test_messages_that_come_in_pieces_are_told_the_same(size):
    client = Listening()
    await client.feed(*(WIRE[start : start + size] for start in range(0, len(WIRE), size)))
    assert client.heard == EXPECTED


async def test_a_message_is_whole_wherever_it_was_cut():
    for cut in range(len(WIRE)):
        client = Listening()
        await client.feed(WIRE[:cut], WIRE[cut:])
        assert client.heard == EXPECTED, cut


class Breaking:
    """A transport that can be broken in a way that its client has not noticed yet."""

    def __init__(self):
        self.broken = False
        self.written = []

    def write(self, data):
        if self.broken:
            raise RuntimeError("the handler is closed")
        self.written.append(data)


async def test_what_is_sent_is_written_at_once_or_with_what_else_this_turn_sends():
    client, transport = Listening(), Breaking()
    client._status, client._transport = client.CONNECTED, transport
    for number in range(3):
        client.send(f"to.{number}", b"text")
    assert transport.written == [b"PUB to.0 4\r\ntext\r\n"]
    await asyncio.sleep(0)
    assert transport.written[1:] == [b"PUB to.1 4\r\ntext\r\nPUB to.2 4\r\ntext\r\n"]
    client.send("to.3", b"", "reply", {"A": "1"})
    assert transport.written[2:] == [b"HPUB to.3 reply 18 18\r\nNATS/1.0\r\nA: 1\r\n\r\n\r\n"]


async def test_what_a_broken_connection_does_not_take_waits_in_order_for_the_next_one():
    client, transport = Listening(), Breaking()
    client._status, client._transport = client.CONNECTED, transport
    transport.broken = True
    for number in range(2):
        client.send(f"to.{number}", b"")
        await asyncio.sleep(0)
    assert transport.written == []
    transport.broken = False
    client.send("to.2", b"")
    await asyncio.sleep(0)
    assert b"".join(transport.written) == b"PUB to.0 0\r\n\r\nPUB to.1 0\r\n\r\nPUB to.2 0\r\n\r\n"


async def test_a_listener_that_fails_loses_only_its_message():
    client = Listening()
    numbers = itertools.count()

    def hear(message):
        if next(numbers) == 1:
            raise KeyError(message.subject)
        Listening.hear(client, message)

    client._delivers[1] = hear
    await client.feed(WIRE)
    assert client.heard == [EXPECTED[0], *EXPECTED[2:]]


@pytest.mark.parametrize(
    "line", [b"MSG a one 5\r\nfirst\r\n", b"MSG a 1 five\r\nfirst\r\n", b"HMSG a 1 x 5\r\nfirst\r\n"]
)
async def test_what_is_no_message_is_an_error_that_ends_the_connection(line):
    with pytest.raises(nats.errors.ProtocolError):
        await Listening().feed(line)


@pytest.mark.parametrize(
    ("raw", "headers"),
    [
        (b"NATS/1.0\r\n\r\n", {}),
        (b"NATS/1.0 503\r\n\r\n", {"Status": "503", "Description": ""}),
        (b"NATS/1.0 404 No Messages\r\n\r\n", {"Status": "404", "Description": "No Messages"}),
        (
            b"NATS/1.0 100 Idle Heartbeat\r\nNats-Last-Stream: 7\r\n\r\n",
            {"Status": "100", "Description": "Idle Heartbeat", "Nats-Last-Stream": "7"},
        ),
        (b"NATS/1.0\r\nA:1\r\nB:  x: y \r\nno colon\r\n\r\n", {"A": "1", "B": "x: y"}),
        (b"NATS/1.0\r\nA: \xff\r\n\r\n", {"A": "\ufffd"}),
    ],
)
def test_headers_are_read(raw, headers):
    assert read_headers(raw) == headers


def test_headers_that_were_written_are_read_again():
    headers = {"Atelier-Owner": "Zoë", "Atelier-Last": "12"}
    assert read_headers(write_headers(headers)) == headers
