"""nats-py's client with a short way for messages: handed on where it is read, written without a task between.

nats-py gives each subscription a queue and a task, parses all headers, and wakes a task for each write; with some
twenty messages a job that is most of what the store costs us. Here a message is handed to its subscriber where it is
read, and its headers are parsed when somebody looks. The first message of a turn of the event loop is written at once,
the others together after it; under load messages are gathered for longer.

Connecting, TLS, pings and subscribing anew after a break stay nats-py's. What is overridden is not public there, so its
version is held in `pyproject.toml`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import cached_property

import nats.errors
from nats.aio.client import Client
from nats.aio.subscription import Subscription
from nats.protocol.parser import AWAITING_CONTROL_LINE, Parser

from services.kit import telemetry

log = telemetry.get_logger(__name__)

STATUS, DESCRIPTION = "Status", "Description"

GATHERED_BYTES = 256 * 1024
UNLISTEN_S = 2

_CRLF = b"\r\n"
_VERSION = "NATS/1.0"
_HEADER_LINE = b"NATS/1.0\r\n"
_MESSAGE, _WITH_HEADERS = b"MSG", b"HMSG"


class Message:
    """A message as it came; `reply` is empty where no answer is wanted."""

    def __init__(self, subject: str, reply: str, data: bytes, raw_headers: bytes) -> None:
        self.subject = subject
        self.reply = reply
        self.data = data
        self._raw_headers = raw_headers

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """The headers, with `Status` and `Description` where the server speaks for itself."""
        return read_headers(self._raw_headers) if self._raw_headers else {}

    def header(self, name: str) -> str:
        """One header; empty where it is missing. Cheaper than all of them."""
        start = self._raw_headers.find(f"\r\n{name}:".encode())
        if start < 0:
            return ""
        start += len(name) + 3
        return self._raw_headers[start : self._raw_headers.find(_CRLF, start)].strip().decode(errors="replace")


Deliver = Callable[[Message], None]


def read_headers(raw: bytes) -> dict[str, str]:
    """The headers of a message; what is no UTF-8 is replaced."""
    first, *lines = raw.decode(errors="replace").split("\r\n")
    status, _, description = first.removeprefix(_VERSION).strip().partition(" ")
    headers = {STATUS: status, DESCRIPTION: description} if status else {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip()] = value.strip()
    return headers


def write_headers(headers: Mapping[str, str]) -> bytes:
    """Headers as they are sent; names and values are our own and hold no line breaks."""
    return b"%b%b\r\n" % (_HEADER_LINE, "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode())


class DirectClient(Client):
    """A client whose messages go straight to `deliver` of their subscription, in order, which must not raise."""

    def __init__(self) -> None:
        super().__init__()
        self._ps = _Parser(self)
        self._delivers: dict[int, Deliver] = {}
        self._flushes = False
        # Messages are gathered for so long, up to GATHERED_BYTES; 0 is a turn of the event loop.
        self.gathers_s = 0.0

    async def listen(self, subject: str, deliver: Deliver) -> Subscription:
        """Have `deliver` called with every message of a subject.

        Raises:
            nats.errors.Error: the connection is closed.
        """
        if self.is_closed:
            raise nats.errors.ConnectionClosedError
        self._sid += 1
        subscription = Subscription(self, self._sid, subject)
        self._subs[self._sid] = subscription
        self._delivers[self._sid] = deliver
        await self._send_subscribe(subscription)
        return subscription

    async def unlisten(self, subscription: Subscription) -> None:
        """End a subscription, but deliver what comes until the server has heard of it.

        Raises:
            nats.errors.Error: the connection broke meanwhile, which has ended the subscription as well.
        """
        try:
            if self.is_connected:
                await self._send_unsubscribe(subscription._id)
                await self.flush(UNLISTEN_S)
        finally:
            self._remove_sub(subscription._id)

    def send(self, subject: str, payload: bytes, reply: str = "", headers: Mapping[str, str] | None = None) -> None:
        """Send a message: at once, or with what else is sent in this turn of the event loop or within `gathers_s`.

        Raises:
            nats.errors.Error: the message is too large, or the connection is closed.
        """
        if self.is_closed:
            raise nats.errors.ConnectionClosedError
        if len(payload) > self._max_payload:
            raise nats.errors.MaxPayloadError
        to = f"{subject} {reply}" if reply else subject
        if headers:
            head = write_headers(headers)
            line = f"HPUB {to} {len(head)} {len(head) + len(payload)}\r\n".encode()
            command = b"%b%b%b\r\n" % (line, head, payload)
        else:
            command = b"%b%b\r\n" % (f"PUB {to} {len(payload)}\r\n".encode(), payload)
        if not self._flushes:
            self._flushes = True
            if self.gathers_s:
                asyncio.get_running_loop().call_later(self.gathers_s, self._flush_turn)
            else:
                asyncio.get_running_loop().call_soon(self._flush_turn)
                if not self._pending and self._write(command):
                    return
        self._pending.append(command)
        self._pending_data_size += len(command)
        if self._pending_data_size > GATHERED_BYTES:
            self._flush()

    def _flush_turn(self) -> None:
        self._flushes = False
        self._flush()

    def _flush(self) -> None:
        if self._pending and self._write(b"".join(self._pending)):
            self._pending, self._pending_data_size = [], 0

    def _write(self, data: bytes) -> bool:
        """Write to the connection; False between connections, where what waits is sent with nats-py's own commands."""
        if not self.is_connected or self._transport is None:
            return False
        try:
            self._transport.write(data)
        except (OSError, RuntimeError):
            # It has just broken, and nats-py is about to notice.
            return False
        return True

    def _remove_sub(self, sid: int, max_msgs: int = 0) -> None:
        super()._remove_sub(sid, max_msgs)
        self._delivers.pop(sid, None)

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes | None) -> None:
        self.hand_on(sid, subject, reply, data, headers or b"")

    def hand_on(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes) -> None:
        """Give a message to whoever subscribed to it; one that nobody waits for any more is dropped."""
        deliver = self._delivers.get(sid)
        if deliver is None:
            return
        try:
            deliver(Message(subject.decode(), reply.decode(), data, headers))
        except Exception:
            log.exception("a defect lost a message of the event store")


class _Parser(Parser):
    """Takes out whole messages by their lengths; whatever else comes, and pieces of messages, are left to nats-py."""

    def __init__(self, client: DirectClient) -> None:
        super().__init__(client)
        self._client = client

    async def parse(self, data: bytes = b"") -> None:
        if self.state == AWAITING_CONTROL_LINE:
            self.buf += data
            self._take_messages()
            data = b""
        if data or self.buf:
            await super().parse(data)

    def _take_messages(self) -> None:
        buffer, start = self.buf, 0
        while (end := buffer.find(_CRLF, start)) > 0:
            words = bytes(buffer[start:end]).split()
            if len(words) < 4 or words[0] not in (_MESSAGE, _WITH_HEADERS):
                break
            has_headers = words[0] == _WITH_HEADERS
            body = end + len(_CRLF)
            try:
                sid, finish = int(words[2]), body + int(words[-1])
                head = body + int(words[-2]) if has_headers else body
            except ValueError:
                raise nats.errors.ProtocolError from None
            if finish + len(_CRLF) > len(buffer):
                break
            reply = words[3] if len(words) == 5 + has_headers else b""
            self._client.hand_on(sid, words[1], reply, bytes(buffer[head:finish]), bytes(buffer[body:head]))
            start = finish + len(_CRLF)
        del buffer[:start]
