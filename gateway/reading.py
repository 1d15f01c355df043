"""Reading HTTP requests: the body within its limits, the query, and what the headers ask for."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from gateway import intake, pictures, sse
from gateway.keys import Principal
from gateway.messages import JSON_TYPES
from services.kit.errors import invalid_field

MAX_QUERY_FIELDS = 100


def principal(request: Request) -> Principal:
    """Who makes the request, as the access middleware found out."""
    who = request.state.principal
    assert isinstance(who, Principal)
    return who


def asset_name(request: Request) -> str:
    """The resource name that stands in the path."""
    return f"assets/{request.path_params['asset']}"


async def json_body(request: Request, limit: int, timeout_s: float) -> bytes:
    """The body of a request that has to be JSON.

    Raises:
        UnsupportedMediaTypeError: it says that it is something else.
        HTTPException: as `read_body`.
    """
    kind = intake.content_type(request.headers.get("content-type", "")).media_type
    if kind not in JSON_TYPES:
        raise intake.UnsupportedMediaTypeError(f"{kind or 'a body without Content-Type'} is not read here; send JSON")
    return await read_body(request, limit, timeout_s)


async def read_body(request: Request, limit: int, timeout_s: float) -> bytes:
    """The request body, refused as soon as it is known to be too large, or when it comes too slowly.

    Raises:
        HTTPException: 408, 413, 415 for a compressed body, or 400 where the client left.
    """
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity":
        # A small compressed body may expand to any size; nobody needs it for text of this length.
        detail = f"Content-Encoding {coding[:40]!r} is not read; send the body as it is"
        raise HTTPException(415, detail, {"Accept-Encoding": "identity"})
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise HTTPException(413, f"the body has {declared} bytes; at most {limit} are read")
    try:
        async with asyncio.timeout(timeout_s):
            return await _read(request, limit)
    except TimeoutError:
        detail = f"the body did not come within {timeout_s:g} s"
        raise HTTPException(408, detail, {"Connection": "close"}) from None
    except ClientDisconnect:
        raise HTTPException(400, "the client left before the body was whole") from None


async def _read(request: Request, limit: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise HTTPException(413, f"the body has more than {limit} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def query_pairs(request: Request) -> list[tuple[str, str]]:
    """The fields of the query, in order.

    Raises:
        ServiceError: FIELD_INVALID for broken UTF-8 and for more than MAX_QUERY_FIELDS.
    """
    query: bytes = request.scope["query_string"]
    try:
        text = query.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_QUERY_FIELDS)
    except UnicodeDecodeError:
        raise invalid_field("query", "is no valid UTF-8", "UTF-8, percent-encoded") from None
    except ValueError:
        limit = f"at most {MAX_QUERY_FIELDS} fields"
        raise invalid_field("query", "has too many fields", limit) from None


def wants_events(request: Request) -> bool:
    """Whether the client asked for server-sent events."""
    return sse.MEDIA_TYPE in request.headers.get("accept", "").lower()


def preferred_wait_s(header: str) -> float:
    """Seconds of RFC 7240's `Prefer: wait=N`; 0 without one."""
    found = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})", header, re.IGNORECASE)
    return float(found[1]) if found else 0.0


def whole_number(field: str, text: str) -> int:
    """A number from the query or a header."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise invalid_field(field, f"is {text[:100]!r}; it takes a whole number", "a whole number")
    return int(text)


def after_sequence(request: Request) -> int:
    """The event after which a stream is to begin: `Last-Event-ID`, else the query."""
    values = {"after_sequence": "0"}
    for name, value in query_pairs(request):
        if name not in ("after_sequence", "afterSequence"):
            raise invalid_field(name, "is not a parameter of this request", "after_sequence")
        values["after_sequence"] = value
    return whole_number("after_sequence", request.headers.get("last-event-id") or values["after_sequence"])


def wanted_span(request: Request, size_bytes: int, tag: str) -> pictures.Span | None:
    """The part that the client asked for; None where it gets the whole picture."""
    header = request.headers.get("range", "")
    condition = request.headers.get("if-range", "")
    if request.method != "GET" or not header or (condition and not pictures.is_same(condition, tag)):
        return None
    return pictures.parse_range(header, size_bytes)
