"""Hostile HTTP: whole and broken requests as raw bytes to the gateway, and bytes that are no HTTP/2 to the services."""

from __future__ import annotations

import asyncio
import re
from random import Random

from tests.fuzz.doors import Doors
from tests.fuzz.hostile import METHODS, ROUTES, Requests
from tests.fuzz.judge import Judge
from tests.fuzz.values import Pool

READ_MOST, PATIENCE_S, BOUND_S = 200_000, 45.0, 60.0


class Browser:
    """Sends one random request at a time; `send` may run many times at once."""

    def __init__(self, addresses: dict[str, str], judge: Judge, pool: Pool, doors: Doors) -> None:
        self._addresses = addresses
        self._judge = judge
        self._pool = pool
        self._requests = Requests(pool)
        self._doors = doors
        self._tls = doors.tls()

    async def send(self, dice: Random) -> None:
        """Make a request up, send it, judge the answer."""
        if dice.random() < 0.06:
            await self._noise(dice)
            return
        route = dice.choice(ROUTES)
        method = dice.choice(METHODS)
        raw = self._requests.make(method, route, dice, self._doors.pass_for(dice))
        label = f"http {method if method in METHODS[:10] else 'other'} {route}"
        try:
            async with asyncio.timeout(BOUND_S):
                await self._talk(label, method, raw)
        except TimeoutError:
            self._judge.find(f"{label}: no end within {BOUND_S:g} s after {raw[:300]!r}")

    async def _talk(self, label: str, method: str, raw: bytes) -> None:
        host, _, port = self._addresses["gateway"].rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port), ssl=self._tls)
        try:
            writer.write(raw)
            head, body = await _answer(reader, method)
        except (ConnectionError, asyncio.IncompleteReadError):
            # A server that has answered may close while the client still writes.
            self._judge.count(label, "closed")
            return
        finally:
            writer.close()
        match = re.match(rb"HTTP/1\.1 (\d{3})", head)
        if match is None:
            self._judge.count(label, "no answer")
            return
        self._judge.http(label, int(match[1]), head.decode("latin-1"), body, repr(raw[:400]))
        if 200 <= int(match[1]) < 300:
            self._learn(body)

    def _learn(self, body: bytes) -> None:
        for found in set(re.findall(rb'"((?:assets|styles)/[0-9a-z-]{1,64})"', body)[:3]):
            self._pool.add("name", found.decode())

    async def _noise(self, dice: Random) -> None:
        """Bytes that are no call at the port of a gRPC service; that the service lives on is the whole test."""
        process = dice.choice(("prompt", "moderation", "image", "orchestrator", "gateway"))
        preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
        frame = bytes((0, 0, dice.randrange(64), dice.randrange(12), dice.randrange(256), 0, 0, 0, dice.randrange(4)))
        heads = (
            b"",
            preface,
            preface + b"\0\0\0\x04\0\0\0\0\0",
            preface + b"\0\0\0\x04\0\0\0\0\0" + frame,
            b"\x16\x03\x01",
            b"GET / HTTP/1.1\r\n\r\n",
        )
        host, _, port = self._addresses[process].rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(dice.choice(heads) + dice.randbytes(dice.choice((0, 10, 200))))
            async with asyncio.timeout(0.2):
                self._judge.text(f"noise {process}", (await reader.read(4096)).decode("latin-1"), "noise")
        except (ConnectionError, TimeoutError):
            pass
        finally:
            writer.close()
        self._judge.count(f"noise {process}", "sent")


async def _answer(reader: asyncio.StreamReader, method: str) -> tuple[bytes, bytes]:
    """The head and as much of the body as its length says; of an endless body the beginning."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            head = await reader.readuntil(b"\r\n\r\n")
            while head.startswith(b"HTTP/1.1 1"):
                head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return b"", b""
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    if method == "HEAD" or head[9:12] in (b"204", b"304"):
        return head, b""
    if length is not None:
        size = min(int(length[1]), READ_MOST)
        return head, await reader.readexactly(size)
    return head, await reader.read(READ_MOST)
