"""HTTP/1.1 connections with bounds: how many, how long headers may take, and what a broken request is told.

uvicorn bounds the size of headers and the idle time between requests; this adds what it leaves open.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from http import HTTPStatus

import h11
import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol

from gateway import hygiene, problems

# How long the rest of a body is read and thrown away after the answer, so that the client gets to read it.
LINGER_S = 2.0


class Bounds:
    """The bounds of one server. Not a configuration of uvicorn's, so that it reaches `bounded` by itself."""

    def __init__(self, max_connections: int, header_timeout_s: float, write_timeout_s: float) -> None:
        self.max_connections = max_connections
        self.header_timeout_s = header_timeout_s
        self.write_timeout_s = write_timeout_s


def bounded(bounds: Bounds) -> type[asyncio.Protocol]:
    """The protocol class of a server with these bounds."""
    return type("BoundedProtocol", (BoundedProtocol,), {"bounds": bounds})


class BoundedProtocol(H11Protocol):
    """One connection."""

    bounds: Bounds
    _deadline: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or say that there is no room for it."""
        super().connection_made(transport)
        if len(self.connections) > self.bounds.max_connections:
            self._refuse(problems.from_http_error(_full(self.bounds.max_connections)))
            return
        self._arm(self.bounds.header_timeout_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._disarm()
        self._flowing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; from the first byte of a request its headers have only so long."""
        if self.transport.is_closing():
            return
        if self._deadline is None and self._is_between_requests():
            self._arm(self.bounds.header_timeout_s)
        super().data_received(data)
        if not self._is_between_requests():
            self._disarm()

    def pause_writing(self) -> None:
        """The client does not read its answer; it has only so long to begin again."""
        super().pause_writing()
        self._stalled = self.loop.call_later(self.bounds.write_timeout_s, self._reset)

    def resume_writing(self) -> None:
        """The client reads again."""
        self._flowing()
        super().resume_writing()

    def on_response_complete(self) -> None:
        """End the connection soon if the client goes on sending a body that nobody reads."""
        unread = self.conn.their_state is h11.SEND_BODY
        super().on_response_complete()
        if unread and not self.transport.is_closing():
            self.cycle.keep_alive = False
            self._arm(LINGER_S)

    def send_400_response(self, msg: str) -> None:
        """Tell a client that its request is none."""
        # Called while h11's error is being handled; it knows what is wrong.
        error = sys.exc_info()[1]
        if isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431:
            self._refuse(problems.from_http_error(hygiene.too_large()))
        else:
            # Behind the colon h11 quotes the line, and a line that is broken may hold a key.
            self._refuse(problems.from_http(400, str(error or msg).partition(":")[0]))

    def _is_between_requests(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _reset(self) -> None:
        """Drop the connection and what the kernel still holds for it; an ordinary end would wait for the client."""
        sock = self.transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def _flowing(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._deadline = self.loop.call_later(seconds, self._expire)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _expire(self) -> None:
        """The client took too long; one that has sent part of a request is told so."""
        self._deadline = None
        if self.transport.is_closing():
            return
        if self._is_between_requests() and self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            self._refuse(problems.from_http(408, f"the headers did not come within {self.bounds.header_timeout_s:g} s"))
        else:
            self.transport.close()

    def _refuse(self, problem: problems.Problem) -> None:
        """Answer with a problem and close. Written by hand: h11 sends nothing more after a client's mistake."""
        body = orjson.dumps(problem.body)
        headers = {
            "Content-Type": problems.MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **problem.headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        phrase = HTTPStatus(problem.status).phrase
        self.transport.write(f"HTTP/1.1 {problem.status} {phrase}\r\n{lines}\r\n".encode("latin-1") + body)
        self._disarm()
        self.transport.close()


def _full(limit: int) -> problems.HttpError:
    reason = problems.HttpReason.CONNECTIONS_LIMITED
    return problems.HttpError(reason, f"all {limit} connections are in use", limit=str(limit), retry_after_s=1)
