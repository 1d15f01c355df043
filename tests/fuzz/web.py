"""Hostile HTTP: whole and broken requests as raw bytes to the gateway, and bytes that are no HTTP/2 to the services."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from random import Random

from atelier.orchestrator.v1 import orchestrator_pb2
from atelier.style.v1 import style_pb2
from google.protobuf import json_format

from tests.fuzz.bytes import mutated
from tests.fuzz.judge import Judge
from tests.fuzz.values import WORDS, Maker, Pool

METHODS = (
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "POST",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "get",
    "X-Y",
)
ROUTES = (
    "/v1/assets",
    "/v1/{name}",
    "/v1/{name}:watch",
    "/v1/{name}:cancel",
    "/v1/{name}:review",
    "/v1/{name}:replay",
    "/v1/{name}:export",
    "/v1/{name}:{word}",
    "/v1/{name}/webhook",
    "/v1/{name}/variants/{number}/image",
    "/v1/{name}/variants/{number}/image:link",
    "/v1/{name}/variants/{number}/renditions/{number}/image",
    "/v1/images/generations",
    "/v1/verify",
    "/v1/usage",
    "/v1/policies",
    "/v1/styles",
    "/v1/styles/{word}",
    "/problems/{word}",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
    "/docs/",
    "/docs/{word}",
    "/",
    "/{word}",
)
NUMBERS = ("0", "0", "1", "7", "-1", "00", "1e3", "9" * 30, "²", "0x1", "")
QUERY = (
    "page_size",
    "pageToken",
    "states",
    "after_sequence",
    "wait",
    "style",
    "variantCount",
    "width",
    "preview",
    "side",
)
QUERY += (
    "from_day",
    "untilDay",
    "validate_only",
    "held",
    "lifetime",
    "language",
    "seed",
    "formats",
    "createdAfter",
    "owner",
)
HEADERS = (
    "Range",
    "If-Range",
    "If-None-Match",
    "If-Match",
    "Prefer",
    "Idempotency-Key",
    "Accept",
    "Authorization",
    "Origin",
)
HEADERS += (
    "Last-Event-ID",
    "traceparent",
    "Content-Encoding",
    "Expect",
    "X-Forwarded-For",
    "Cookie",
    "TE",
    "Upgrade",
    "Host",
)
RANGES = (
    "bytes=0-0",
    "bytes=-1",
    "bytes=5-2",
    "bytes=" + ",".join(f"{n}-" for n in range(300)),
    "bytes=" + "9" * 500 + "-",
    "x=1",
)
ODD = (
    *RANGES,
    "wait=0",
    "wait=99999999999",
    "wait=nan",
    "return=minimal",
    "*/*;q=nan",
    "text/event-stream",
    '"',
    'W/"x"',
    "*",
)
ODD += (
    "-1",
    "9" * 5000,
    "1e400",
    "\u00b2",
    "null",
    "http://evil.example",
    "100-continue",
    "gzip",
    "Bearer ",
    "Basic ====",
    ",,,",
)
TYPES = (
    "application/json",
    "application/json",
    "text/plain",
    "text/html",
    "text/markdown; charset=utf-16",
    "application/x-www-form-urlencoded",
)
TYPES += (
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "image/png",
    "application/merge-patch+json",
    "",
)
FILES = (
    "a.txt",
    "a.md",
    "a.html",
    "a.docx",
    "a.pdf",
    "a.zip",
    "../../../../tmp/a.docx",
    "a\0.pdf",
    "CON.docx",
    "\u202excod.a",
    "a" * 300 + ".pdf",
)
DEPTHS = (3, 64, 99, 101, 2000)
READ_MOST, PATIENCE_S, BOUND_S = 200_000, 45.0, 60.0


class Browser:
    """Sends one random request at a time; `send` may run many times at once."""

    def __init__(self, addresses: dict[str, str], judge: Judge, pool: Pool) -> None:
        self._addresses = addresses
        self._judge = judge
        self._pool = pool

    async def send(self, dice: Random) -> None:
        """Make a request up, send it, judge the answer."""
        if dice.random() < 0.06:
            await self._noise(dice)
            return
        route = dice.choice(ROUTES)
        method = dice.choice(METHODS)
        raw = self._request(method, route, dice)
        label = f"http {method if method in METHODS[:10] else 'other'} {route}"
        try:
            async with asyncio.timeout(BOUND_S):
                await self._talk(label, method, raw)
        except TimeoutError:
            self._judge.find(f"{label}: no end within {BOUND_S:g} s after {raw[:300]!r}")

    async def _talk(self, label: str, method: str, raw: bytes) -> None:
        host, _, port = self._addresses["gateway"].rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
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

    def _request(self, method: str, route: str, dice: Random) -> bytes:
        path = route.format(
            name=self._escape(Maker(dice, self._pool).text("name"), dice),
            number=self._escape(dice.choice(NUMBERS), dice),
            word=self._escape(dice.choice(WORDS), dice),
        )[:3000]
        if dice.random() < 0.3:
            names = dice.sample(QUERY, dice.randrange(1, 4))
            path += "?" + "&".join(f"{name}={self._escape(self._value(dice), dice)}" for name in names)[:3000]
        lines = [] if dice.random() < 0.02 else ["Host: localhost"]
        if dice.random() < 0.4:
            lines += [f"{dice.choice(HEADERS)}: {self._value(dice)[:6000]}" for _ in range(dice.randrange(1, 4))]
        body = b""
        if method in ("POST", "PUT", "PATCH", "X-Y") or dice.random() < 0.05:
            kind, body = self._body(route, dice)
            lines.append(f"Content-Type: {kind}")
            length = len(body) if dice.random() < 0.97 else dice.choice((0, len(body) // 2, len(body) + 1, 10**15, -1))
            lines.append(f"Content-Length: {length}")
        if dice.random() < 0.9:
            lines.append("Connection: close")
        lines = [line.replace("\r", "").replace("\n", "") if dice.random() < 0.95 else line for line in lines]
        raw = (
            f"{method} {path} HTTP/1.1\r\n".encode()
            + b"".join(f"{line}\r\n".encode() for line in lines)
            + b"\r\n"
            + body
        )
        return mutated(raw, dice) if dice.random() < 0.05 else raw

    def _escape(self, text: str, dice: Random) -> str:
        luck = dice.random()
        if luck < 0.1:
            return text.replace("/", "%2f") + dice.choice(("%00", "%ff", "%", "%zz", "%2e%2e%2f", ";", "?"))
        return "".join(
            letter
            if letter.isascii() and (letter.isalnum() or letter in "/-_.:")
            else f"%{octet:02x}"
            if octet
            else "%00"
            for letter in text[:400]
            for octet in (letter.encode(errors="replace"))
        )

    def _value(self, dice: Random) -> str:
        return dice.choice((dice.choice(ODD), dice.choice(WORDS), Maker(dice, self._pool).text("page_token")))

    def _body(self, route: str, dice: Random) -> tuple[str, bytes]:
        kind = dice.choice(TYPES)
        if kind.startswith("multipart"):
            return kind, self._form(dice)
        if kind.endswith("json"):
            body = self._json(route, dice)
        elif route == "/v1/verify":
            return "image/png", Maker(dice, self._pool).blob()
        else:
            body = dice.choice(WORDS).encode()
        return kind, mutated(body, dice) if dice.random() < 0.15 else body

    def _json(self, route: str, dice: Random) -> bytes:
        luck = dice.random()
        depth = dice.choice(DEPTHS)
        if luck < 0.08:
            return b'{"content": ' + b"[" * depth + b"]" * depth + b"}"
        if luck < 0.12:
            return b'{"a":' * depth + b"1" + b"}" * depth
        if luck < 0.25:
            odd = (
                b"",
                b"null",
                b"[]",
                b"0",
                b'"',
                b'{"content": NaN}',
                b'{"content": 1e999}',
                b'{"content":"a","content":"b"}',
            )
            more = (
                b'{"content":"\\ud800"}',
                b'{"recipe":{"seed":' + b"9" * 5000 + b"}}",
                b'{"content":{"$ref":"#"}}',
                b"\xff\xfe{\0}\0",
            )
            return dice.choice((*odd, *more))
        if "generations" in route:
            values: tuple[object, ...] = (1, 0, -1, 9, "512x512", "auto", True, None, [], {}, "x" * 5000, 1e300, "png")
            names = (
                "n",
                "size",
                "model",
                "response_format",
                "stream",
                "style",
                "output_format",
                "background",
                "quality",
                "extra",
            )
            picked = {name: dice.choice(values) for name in dice.sample(names, 3)}
            return json.dumps({"prompt": dice.choice(WORDS), **picked}).encode()
        kinds = {"styles": style_pb2.Style, "review": orchestrator_pb2.ReviewVariantRequest}
        kinds |= {"replay": orchestrator_pb2.ReplayAssetRequest, "{name}": orchestrator_pb2.UpdateAssetRequest}
        chosen = next((made for word, made in kinds.items() if word in route), orchestrator_pb2.Asset)
        message = Maker(dice, self._pool).message(chosen.DESCRIPTOR)
        message.ClearField("name")
        if isinstance(message, orchestrator_pb2.Asset):
            message = orchestrator_pb2.Asset(content=message.content[:500], recipe=message.recipe)
            message.recipe.variant_count = dice.choice((0, 1, 2, 9))
        try:
            return json_format.MessageToJson(message).encode(errors="surrogatepass")
        except (json_format.SerializeToJsonError, ValueError, TypeError):
            # What JSON cannot say, such as an Any of an unknown type or a time out of range.
            return b"{}"

    def _form(self, dice: Random) -> bytes:
        file = dice.choice(FILES)
        data = dice.choice(
            (
                Maker(dice, self._pool).blob(),
                archive(dice),
                b"%PDF-1.7\n1 0 obj<</Kids[1 0 R]/Count 9>>endobj\n",
                b"plain",
            )
        )
        parts = b""
        for _ in range(dice.choice((1, 1, 1, 3, 30))):
            name = dice.choice(("file", "file", "recipe", "content", "x", ""))
            parts += (
                f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'.encode()
                + data
                + b"\r\n"
            )
        whole = parts + dice.choice((b"--x--\r\n", b"--x--\r\n", b"--x", b""))
        return mutated(whole, dice) if dice.random() < 0.2 else whole

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


def archive(dice: Random) -> bytes:
    """A zip whose members are not what they say."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name in dice.sample(
            ("word/document.xml", "[Content_Types].xml", "../../x", "/abs", "a" * 200, "_rels/.rels"), 3
        ):
            inside = (
                b"\0" * dice.choice((10, 3_000_000)),
                b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
                b"<w:document",
            )
            made.writestr(name, dice.choice(inside))
    return data.getvalue()


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
