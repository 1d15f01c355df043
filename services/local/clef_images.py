"""Checks of the pictures that a Clef request may carry: embedded PNG, JPEG or WebP, nothing to fetch."""

from __future__ import annotations

import io
import re

import orjson
import pybase64
from PIL import Image

from services.local.errors import CloudflareError
from services.local.fields import text_of

_DATA_URL = re.compile(r"data:image/(png|jpeg|webp);base64,", re.IGNORECASE)
_MAX_BYTES = 4 * 1024 * 1024
_MAX_PIXELS = 16_000_000


def check(images: list[object]) -> None:
    """Raise CloudflareError 5012 unless each image is a readable picture of at most 4 MiB and 16 megapixels."""
    for index, image in enumerate(images):
        if problem := _problem(image):
            details = {"formErrors": [], "fieldErrors": {"images": [f"images[{index}]: {problem}"]}}
            error = {"type": "invalid_request", "message": "Request body failed validation", "details": details}
            raise CloudflareError(5012, f"AiError: {orjson.dumps({'error': error}).decode()}")


def _problem(image: object) -> str:
    encoded = _encoded(image)
    if encoded is None:
        return "must be a base64 data URL of a PNG, JPEG or WebP image"
    try:
        data = pybase64.b64decode(encoded, validate=True)
        if len(data) > _MAX_BYTES:
            return "is larger than 4 MiB"
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as picture:
            width, height = picture.size
    except (ValueError, OSError, Image.DecompressionBombError):
        return "is not a readable image"
    return "has more than 16 megapixels" if width * height > _MAX_PIXELS else ""


def _encoded(image: object) -> str | None:
    if isinstance(image, dict):
        kinds = ("image/png", "image/jpeg", "image/webp")
        return text_of(image, "base64") if image.get("content_type") in kinds else None
    if isinstance(image, str) and (head := _DATA_URL.match(image)):
        return image[head.end() :]
    return None
