"""Picture files: pixels encoded as the hosted models encode them, and what faults put in their place."""

from __future__ import annotations

import io
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.local.engine import PaintEngine, PaintRequest

JPEG_QUALITY = 90
PNG_LEVEL = 3
GARBAGE = bytes(range(1, 256)) * 16
"""Bytes that start like no picture."""
_MAX_REFERENCE_SIDE = 512


@runtime_checkable
class EncodesItself(Protocol):
    """A paint engine that has finished files at hand."""

    def encoded(self, request: PaintRequest, encoding: str) -> bytes:
        """The file for a request; `encoding` is "jpeg" or "png"."""
        ...


def render(engine: PaintEngine, request: PaintRequest, encoding: str) -> bytes:
    """The file that an engine makes for a request."""
    if isinstance(engine, EncodesItself):
        return engine.encoded(request, encoding)
    return encode(engine.paint(request), encoding)


def encode(pixels: NDArray[np.uint8], encoding: str) -> bytes:
    """Pixels (height, width, 3) as a JPEG of quality 90 or a PNG of level 3."""
    file = io.BytesIO()
    picture = Image.fromarray(pixels)
    if encoding == "png":
        picture.save(file, "PNG", compress_level=PNG_LEVEL)
    else:
        picture.save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()


def plain(width: int, height: int, level: int, encoding: str) -> bytes:
    """A picture of one grey, `level` 0 (black) to 255 (white)."""
    return encode(np.full((height, width, 3), level, dtype=np.uint8), encoding)


def reference_problem(data: bytes) -> str:
    """Why bytes are no reference picture (at most 512 x 512 pixels); empty where they are."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
    except (OSError, Image.DecompressionBombError):
        return "the input image cannot be read"
    if max(width, height) > _MAX_REFERENCE_SIDE:
        return f"the input image is {width}x{height}, at most {_MAX_REFERENCE_SIDE}x{_MAX_REFERENCE_SIDE} is accepted"
    return ""
