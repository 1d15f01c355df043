"""The XMP item of an AVIF file (ISO/IEC 23008-12): found, and replaced where the encoder made one. Pure.

The new packet goes to the end of the file, in an `mdat` box of its own, and the item's entry in `iloc` is pointed to
it; the old packet is blanked out. No other byte moves, so no other offset changes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

XMP_TYPE = b"application/rdf+xml"


@dataclass(frozen=True, slots=True)
class _Item:
    """Where the item is, and where its entry says so; field sizes in bytes."""

    offset: int
    length: int
    base: int
    offset_at: int
    offset_size: int
    length_at: int
    length_size: int


def xmp_of(data: bytes) -> bytes:
    """The packet; empty where there is none."""
    item = _xmp_item(data)
    return data[item.offset : item.offset + item.length] if item else b""


def with_xmp(data: bytes, packet: bytes) -> bytes:
    """The file with this packet; ValueError where it has no XMP item to replace."""
    item = _xmp_item(data)
    if item is None:
        raise ValueError("there is no XMP item")
    changed = bytearray(data)
    changed[item.offset : item.offset + item.length] = b" " * item.length
    place = len(data) + 8
    changed[item.offset_at : item.offset_at + item.offset_size] = (place - item.base).to_bytes(item.offset_size, "big")
    changed[item.length_at : item.length_at + item.length_size] = len(packet).to_bytes(item.length_size, "big")
    return bytes(changed) + struct.pack(">I4s", len(packet) + 8, b"mdat") + packet


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of the content of each box."""
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, start)
        header = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, start + 8)
            header = 16
        elif size == 0:
            size = end - start
        if size < header or start + size > end:
            return
        yield name, start + header, start + size
        start += size


def _xmp_item(data: bytes) -> _Item | None:
    meta = next(((start, end) for name, start, end in _boxes(data, 0, len(data)) if name == b"meta"), None)
    if meta is None:
        return None
    boxes = {name: (start, end) for name, start, end in _boxes(data, meta[0] + 4, meta[1])}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return None
    wanted = _xmp_id(data, *boxes[b"iinf"])
    if wanted is None:
        return None
    item = _located(data, boxes[b"iloc"][0], wanted)
    return item if item and item.offset + item.length <= len(data) else None


def _xmp_id(data: bytes, start: int, end: int) -> int | None:
    first = start + (6 if data[start] == 0 else 8)
    for name, at, stop in _boxes(data, first, end):
        version = data[at]
        if name != b"infe" or version < 2:
            continue
        width = 2 if version == 2 else 4
        number = int.from_bytes(data[at + 4 : at + 4 + width], "big")
        kind = at + 4 + width + 2
        if data[kind : kind + 4] == b"mime" and XMP_TYPE in data[kind + 4 : stop]:
            return number
    return None


def _located(data: bytes, start: int, wanted: int) -> _Item | None:
    """The entry of an item that lies in the file in one piece."""
    version, sizes, more = data[start], data[start + 4], data[start + 5]
    offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
    index_size = more & 15 if version in (1, 2) else 0
    id_size = 4 if version == 2 else 2
    at = start + 6 + id_size
    for _ in range(int.from_bytes(data[start + 6 : at], "big")):
        number = int.from_bytes(data[at : at + id_size], "big")
        at += id_size
        method = 0
        if version in (1, 2):
            method = int.from_bytes(data[at : at + 2], "big") & 15
            at += 2
        base = int.from_bytes(data[at + 2 : at + 2 + base_size], "big")
        at += 2 + base_size
        extents = int.from_bytes(data[at : at + 2], "big")
        at += 2
        if number == wanted:
            if method != 0 or extents != 1 or not offset_size or not length_size:
                return None
            offset_at = at + index_size
            length_at = offset_at + offset_size
            offset = base + int.from_bytes(data[offset_at:length_at], "big")
            length = int.from_bytes(data[length_at : length_at + length_size], "big")
            return _Item(offset, length, base, offset_at, offset_size, length_at, length_size)
        at += extents * (index_size + offset_size + length_size)
        if at > len(data):
            return None
    return None
