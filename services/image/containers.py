"""Where the XMP packet lies in a file of each type: put in, replaced and taken out without touching the pixels. Pure.

    JPEG   a segment APP1 behind JFIF and Exif
    PNG    a chunk iTXt "XML:com.adobe.xmp" behind IHDR
    WebP   a chunk "XMP " at the end, announced in VP8X
    AVIF   an item of the meta box, see `avif.py`

Pillow writes XMP only while it encodes, and an answer of a model is not to be encoded a second time.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from services.image import avif

JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
PNG_XMP = b"XML:com.adobe.xmp\0\0\0\0\0"
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_JPEG_EXIF = b"Exif\0\0"
_LARGEST_SEGMENT = 65_533
_VP8X_XMP = 0x04
_VP8X_ALPHA = 0x10


class NoPlaceError(ValueError):
    """The file has no place for the packet, or is not what it seems to be."""


def with_xmp(data: bytes, media_type: str, packet: bytes) -> bytes:
    """The file with this packet instead of any that it had.

    Raises:
        NoPlaceError: where there is no place for it.
    """
    try:
        if media_type == "image/jpeg":
            return _jpeg_with(data, packet)
        if media_type == "image/png":
            return _png_with(data, packet)
        if media_type == "image/webp":
            return _webp_with(data, packet)
        return avif.with_xmp(data, packet)
    except (ValueError, IndexError, struct.error) as error:
        raise NoPlaceError(f"no place for XMP in this {media_type} file: {error}") from error


def xmp_of(data: bytes, media_type: str) -> bytes:
    """The packet of a file; empty where there is none that can be found."""
    try:
        if media_type == "image/jpeg":
            return _jpeg_xmp(data)
        if media_type == "image/png":
            return _png_xmp(data)
        if media_type == "image/webp":
            return next((data[at + 8 : end] for at, end, name in _webp_chunks(data) if name == b"XMP "), b"")
        return avif.xmp_of(data)
    except (ValueError, IndexError, struct.error):
        return b""


def _jpeg_xmp(data: bytes) -> bytes:
    found = (data[at + 4 + len(JPEG_XMP) : end] for at, end in segments_of_jpeg(data) if _is_jpeg_xmp(data, at))
    return next(found, b"")


def _png_xmp(data: bytes) -> bytes:
    found = (
        data[at + 8 + len(PNG_XMP) : end - 4] for at, end, name in _png_chunks(data) if _is_png_xmp(data, at, name)
    )
    return next(found, b"")


def segments_of_jpeg(data: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each segment before the scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in (0xDA, 0xD9):
            return
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield at, end
        at = end


def _is_jpeg_xmp(data: bytes, at: int) -> bool:
    return data[at + 1] == 0xE1 and data.startswith(JPEG_XMP, at + 4)


def _jpeg_with(data: bytes, packet: bytes) -> bytes:
    body = JPEG_XMP + packet
    if len(body) > _LARGEST_SEGMENT:
        raise NoPlaceError("the packet is too long")
    segment = b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    whole = memoryview(data)
    pieces: list[bytes | memoryview] = []
    kept, place = 0, 2
    for at, end in segments_of_jpeg(data):
        if _is_jpeg_xmp(data, at):
            pieces.append(whole[kept:at])
            kept = end
        elif not pieces and (data[at + 1] == 0xE0 or data.startswith(_JPEG_EXIF, at + 4)):
            place = end
    pieces.append(whole[kept:])
    first = pieces[0]
    return b"".join([first[:place], segment, first[place:], *pieces[1:]])


def _png_chunks(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Start, end and type of each chunk."""
    at = len(PNG_MAGIC)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            return
        yield at, end, data[at + 4 : at + 8]
        at = end


def _is_png_xmp(data: bytes, at: int, name: bytes) -> bool:
    return name == b"iTXt" and data.startswith(PNG_XMP, at + 8)


def _png_with(data: bytes, packet: bytes) -> bytes:
    body = b"iTXt" + PNG_XMP + packet
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    whole = memoryview(data)
    pieces: list[bytes | memoryview] = [PNG_MAGIC]
    kept = len(PNG_MAGIC)
    for at, end, name in _png_chunks(data):
        if name == b"IHDR":
            pieces += [whole[kept:end], chunk]
            kept = end
        elif _is_png_xmp(data, at, name):
            pieces.append(whole[kept:at])
            kept = end
    if len(pieces) == 1:
        raise NoPlaceError("it has no header")
    return b"".join([*pieces, whole[kept:]])


def _webp_chunks(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Start, end without padding, and name of each chunk."""
    at, last = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= last:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > last:
            return
        yield at, at + 8 + size, data[at : at + 4]
        at += 8 + size + (size & 1)


def _webp_with(data: bytes, packet: bytes) -> bytes:
    chunks = [(name, data[at + 8 : end]) for at, end, name in _webp_chunks(data) if name != b"XMP "]
    if not chunks:
        raise NoPlaceError("it has no chunks")
    name, body = chunks[0]
    if name == b"VP8X":
        chunks[0] = (name, bytes([body[0] | _VP8X_XMP]) + body[1:])
    else:
        chunks.insert(0, (b"VP8X", _vp8x(name, body)))
    chunks.append((b"XMP ", packet))
    pieces = [b"WEBP"]
    for name, body in chunks:
        pieces += [name, len(body).to_bytes(4, "little"), body, b"\0" * (len(body) & 1)]
    return b"".join([b"RIFF", sum(map(len, pieces)).to_bytes(4, "little"), *pieces])


def _vp8x(name: bytes, body: bytes) -> bytes:
    """The extended header that a file of one simple picture lacks."""
    flags = _VP8X_XMP
    if name == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        width, height = bits & 0x3FFF, (bits >> 14) & 0x3FFF
        flags |= _VP8X_ALPHA if bits >> 28 & 1 else 0
    elif name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width = (int.from_bytes(body[6:8], "little") & 0x3FFF) - 1
        height = (int.from_bytes(body[8:10], "little") & 0x3FFF) - 1
    else:
        raise NoPlaceError("its first chunk is no picture")
    return bytes([flags, 0, 0, 0]) + width.to_bytes(3, "little") + height.to_bytes(3, "little")
