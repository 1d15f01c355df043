"""The pictures that a Clef request may carry: embedded PNG, JPEG or WebP, nothing to fetch."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import numpy as np
import orjson
import pybase64
from numpy.typing import NDArray
from PIL import Image

from services.local.errors import CloudflareError
from services.local.fields import text_of

_DATA_URL = re.compile(r"data:image/(png|jpeg|webp);base64,", re.IGNORECASE)
_MAX_BYTES = 4 * 1024 * 1024
_MAX_ALL_BYTES = 8 * 1024 * 1024
_MAX_PIXELS = 16_000_000


def read(images: Sequence[object]) -> list[bytes]:
    """The files of a request, each with the head of a picture of at most 4 MiB and 16 megapixels.

    Raises:
        CloudflareError: 5012 for an image that is none, or for more than 8 MiB together.
    """
    files = [_file(index, image) for index, image in enumerate(images)]
    if sum(map(len, files)) > _MAX_ALL_BYTES:
        raise _refused("images: are larger than 8 MiB together")
    return files


def pixels(index: int, file: bytes) -> NDArray[np.uint8]:
    """The picture in a file, as RGB without regard to transparency. Takes a while: not for the event loop.

    Raises:
        CloudflareError: 5012 where the file breaks off or is damaged.
    """
    try:
        with Image.open(io.BytesIO(file), formats=("PNG", "JPEG", "WEBP")) as picture:
            return np.asarray(picture.convert("RGB"))
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        raise _refused(f"images[{index}]: is not a readable image") from None


def _file(index: int, image: object) -> bytes:
    encoded = _encoded(image)
    if encoded is None:
        raise _refused(f"images[{index}]: must be a base64 data URL of a PNG, JPEG or WebP image")
    try:
        data = pybase64.b64decode(encoded, validate=True)
        if len(data) > _MAX_BYTES:
            raise _refused(f"images[{index}]: is larger than 4 MiB")
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as picture:
            width, height = picture.size
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        raise _refused(f"images[{index}]: is not a readable image") from None
    if width * height > _MAX_PIXELS:
        raise _refused(f"images[{index}]: has more than 16 megapixels")
    return data


def _encoded(image: object) -> str | None:
    if isinstance(image, dict):
        kinds = ("image/png", "image/jpeg", "image/webp")
        return text_of(image, "base64") if image.get("content_type") in kinds else None
    if isinstance(image, str) and (head := _DATA_URL.match(image)):
        return image[head.end() :]
    return None


def _refused(problem: str) -> CloudflareError:
    details = {"formErrors": [], "fieldErrors": {"images": [problem]}}
    error = {"type": "invalid_request", "message": "Request body failed validation", "details": details}
    return CloudflareError(5012, f"AiError: {orjson.dumps({'error': error}).decode()}")
