"""Telling image formats by their first bytes; headers of answers have been seen to be wrong."""

from __future__ import annotations


def media_type_of(data: bytes) -> str:
    """The media type of a picture: PNG, JPEG, GIF, WebP or AVIF; "" for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and b"avif" in _brands(data):
        return "image/avif"
    return ""


def _brands(data: bytes) -> tuple[bytes, ...]:
    """The brands in the `ftyp` box that an ISO media file begins with; the version after the first is skipped."""
    end = min(int.from_bytes(data[:4], "big"), len(data), 256)
    return (data[8:12], *(data[at : at + 4] for at in range(16, end, 4)))
