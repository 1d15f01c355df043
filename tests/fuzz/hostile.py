"""Hostile HTTP requests as bytes: any method on any route with odd paths, queries, headers and bodies."""

from __future__ import annotations

import io
import json
import zipfile
from random import Random

from atelier.orchestrator.v1 import orchestrator_pb2
from atelier.style.v1 import style_pb2
from google.protobuf import json_format

from tests.fuzz.bytes import mutated
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
    "/v1/{name}/variants/{number}/renditions/{number}/image:link",
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


class Requests:
    """Makes requests out of dice and the names in the pool."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def make(self, method: str, route: str, dice: Random, authorization: str = "") -> bytes:
        """The bytes of a request, most often a whole one."""
        path = route.format(
            name=self._escape(Maker(dice, self._pool).text("name"), dice),
            number=self._escape(dice.choice(NUMBERS), dice),
            word=self._escape(dice.choice(WORDS), dice),
        )[:3000]
        if dice.random() < 0.3:
            names = dice.sample(QUERY, dice.randrange(1, 4))
            path += "?" + "&".join(f"{name}={self._escape(self._value(dice), dice)}" for name in names)[:3000]
        lines = [] if dice.random() < 0.02 else ["Host: localhost"]
        if authorization:
            lines.append(f"Authorization: {authorization}")
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
