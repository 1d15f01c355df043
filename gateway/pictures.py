"""Serving the bytes of a picture: entity tags, byte ranges, caching."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

CACHE_CONTROL = "private, max-age=86400, immutable"


class RangeNotSatisfiableError(Exception):
    """The range asked for lies outside a picture of `size_bytes`."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"no byte of the range lies in {size_bytes} bytes")
        self.size_bytes = size_bytes


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a picture: the offset of its first byte and how many bytes follow."""

    start: int
    length: int

    def content_range(self, size_bytes: int) -> str:
        """The Content-Range header of the part."""
        return f"bytes {self.start}-{self.start + self.length - 1}/{size_bytes}"


def etag(digest: str) -> str:
    """The strong entity tag of a picture: its digest."""
    return f'"{digest}"'


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names this tag (RFC 9110, weak comparison)."""
    return header.strip() == "*" or tag in [part.strip().removeprefix("W/") for part in header.split(",")]


def is_same(header: str, tag: str) -> bool:
    """Whether an If-Range header names this tag (strong comparison: a weak tag and a date never do)."""
    return header.strip() == tag


def parse_range(header: str, size_bytes: int) -> Span | None:
    """The part that a Range header asks for; None where the whole picture is to be sent.

    Several ranges, and units other than bytes, get the whole picture, as RFC 9110 (14.2) allows.

    Raises:
        RangeNotSatisfiableError: the first byte lies beyond the end.
    """
    found = re.fullmatch(r"bytes=([0-9]{0,15})-([0-9]{0,15})", header.replace(" ", ""))
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        length = min(int(last), size_bytes)
        if length == 0:
            raise RangeNotSatisfiableError(size_bytes)
        return Span(size_bytes - length, length)
    start = int(first)
    end = min(int(last), size_bytes - 1) if last else size_bytes - 1
    if start >= size_bytes:
        raise RangeNotSatisfiableError(size_bytes)
    if end < start:
        return None
    return Span(start, end - start + 1)


async def cut(pieces: AsyncIterator[bytes], span: Span) -> AsyncIterator[bytes]:
    """The bytes of the part, without copying pieces that lie in it whole."""
    skip, left = span.start, span.length
    async for piece in pieces:
        if skip >= len(piece):
            skip -= len(piece)
            continue
        part = piece[skip : skip + left] if skip or len(piece) > left else piece
        skip = 0
        left -= len(part)
        yield part
        if left == 0:
            return
