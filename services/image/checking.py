"""Whether the bytes that a model answered are a picture worth keeping. Pure: bytes in, decoded picture or error out.

The type is what the bytes begin with, never what a header said. The picture is decoded to its last row, because a
file that only begins well still opens; of a JPEG only as many pixels as somebody needs. Where nobody needs any, the
marks of a plain JPEG say that it is whole, which is all that its decoder would notice, and its first rows mostly that
it shows something; the others are decoded at an eighth of their size. A picture that shows nothing (all black, one
colour, transparent) is none: some models answer so where their own filter struck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageFile

from services.image import jpeg
from services.image.sizing import Size
from services.kit.errors import Reason, ServiceError
from services.workers_ai.media import media_type_of

MAX_BYTES = 32 * 1024 * 1024
MAX_PIXELS = 4096 * 4096
MIN_SIDE = 64

# A picture is looked at in cells of this grid: small enough to average noise of the encoding away, large enough to
# keep the stars of a night sky. Levels are 0 to 255.
GRID = 128
MIN_RANGE = 8
MIN_DEVIATION = 0.4
# The rows that are looked at first are one of so many parts of a picture. They lie on the grid a bit differently when
# they are alone, so they have to show twice as much. A spread of theirs is one of the whole picture, and of a variance
# at least their share.
PARTS = 8
SURE = 2.0

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/avif": "AVIF"}

_LEVELS = np.arange(256, dtype=np.float64)
_SQUARES = _LEVELS**2

PNG_END = b"IEND\xaeB`\x82"


Need = Callable[[Size, str], int]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, the media type that its bytes have, and its size in pixels.

    `image` is decoded, smaller than `size` where that is all that was needed, and where nothing was, any part of it.
    """

    image: Image.Image
    media_type: str
    size: Size


def all_of_it(size: Size, media_type: str) -> int:
    """The need of whoever wants all pixels."""
    return max(size)


def check_picture(data: bytes, need: Need = all_of_it) -> Picture:
    """Decode the bytes and look at them. Takes milliseconds to a second: not for an event loop.

    `need` says of a size and a media type how many pixels the longer side has to have; 0 where nobody needs any.

    Raises:
        ServiceError: MODEL_OUTPUT and what is wrong with them.
    """
    if not data:
        raise _no_picture("is empty")
    if len(data) > MAX_BYTES:
        raise _no_picture(f"has {len(data)} bytes; {MAX_BYTES} are taken")
    media_type = media_type_of(data)
    if media_type not in FORMATS:
        raise _no_picture("is neither PNG, JPEG, WebP nor AVIF")
    whole = jpeg.plain(data) if media_type == "image/jpeg" else None
    if whole is None and not _has_end(data, media_type):
        raise _no_picture(f"is a truncated {FORMATS[media_type]} file")
    if whole is not None and not need(whole.size, media_type) and (picture := _at_a_glance(whole)):
        return picture
    image, size = _decode(data, media_type, need)
    check_shows_something(image)
    return Picture(image, media_type, size)


def _at_a_glance(whole: jpeg.Plain) -> Picture | None:
    """The picture of a file, if its first rows show enough to be sure that all of it shows something."""
    _check_size(whole.size)
    rows = whole.first_rows(whole.size.height // PARTS)
    with _decoding("JPEG"), Image.open(BytesIO(rows), formats=["JPEG"]) as image:
        image.draft(image.mode, (GRID, GRID // PARTS))
        image.load()
    spread, variance = _shown(image, GRID // PARTS)
    sure = spread >= SURE * MIN_RANGE and variance / PARTS >= (SURE * MIN_DEVIATION) ** 2
    return Picture(image, "image/jpeg", whole.size) if sure else None


def check_shows_something(image: Image.Image) -> None:
    """Raise MODEL_OUTPUT for a picture that is black, blank or of one colour."""
    spread, variance = _shown(image)
    if spread < MIN_RANGE or variance < MIN_DEVIATION**2:
        raise _no_picture("shows nothing: it is black, blank or of one colour")


def _shown(image: Image.Image, grid_rows: int = GRID) -> tuple[int, float]:
    """How far the parts of a picture differ, in the channel that tells most: largest difference, and variance.

    0 for both where all parts look the same, colour and transparency taken together.
    """
    mode = "RGBa" if image.has_transparency_data else "RGB"
    plain = image if image.mode == mode else _with_mode(image, mode)
    cells = plain.resize((GRID, grid_rows), Image.Resampling.BOX, reducing_gap=1.0)
    # Pillow counts plain pixels only; premultiplied ones are laid out as those are.
    counted = cells if mode == "RGB" else Image.frombytes("RGBA", cells.size, cells.tobytes())
    counts = np.array(counted.histogram(), np.float64).reshape(-1, 256)
    used = counts > 0
    spread = 255 - used[:, ::-1].argmax(axis=1) - used.argmax(axis=1)
    means = counts @ _LEVELS / (GRID * grid_rows)
    variances = counts @ _SQUARES / (GRID * grid_rows) - means**2
    return int(spread.max()), float(variances.max())


def _decode(data: bytes, media_type: str, need: Need) -> tuple[Image.Image, Size]:
    form = FORMATS[media_type]
    with _decoding(form):
        if media_type == "image/png":
            # Decoding skips the checksums of a PNG; of the other types, this checks nothing.
            with Image.open(BytesIO(data), formats=[form]) as whole:
                _check_size(Size(*whole.size))
                whole.verify()
        with Image.open(BytesIO(data), formats=[form]) as image:
            size = Size(*image.size)
            _check_size(size)
            side = need(size, media_type) or GRID
            image.draft(image.mode, (side, side))
            image.load()
            return (image.copy() if getattr(image, "is_animated", False) else image), size


@contextmanager
def _decoding(form: str) -> Iterator[None]:
    """Whatever a decoder raises is one error of ours."""
    # A process-wide switch of Pillow that any library may have turned on.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    except ServiceError:
        raise
    except Exception as error:
        # Decoders raise whatever they like about damaged bytes, RuntimeError and IndexError among it.
        raise _no_picture(f"cannot be decoded as {form}: {error}") from error


def _check_size(size: Size) -> None:
    if min(size) < MIN_SIDE:
        raise _no_picture(f"is {size.width}x{size.height}; a side has at least {MIN_SIDE} pixels")
    if size.width * size.height > MAX_PIXELS:
        raise _no_picture(f"is {size.width}x{size.height}; at most {MAX_PIXELS} pixels are taken")


def _has_end(data: bytes, media_type: str) -> bool:
    """Whether the file has its end mark; some decoders make up the last rows of one that lacks it."""
    if media_type == "image/png":
        return PNG_END in data
    if media_type == "image/jpeg":
        return data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda")
    if media_type == "image/webp":
        return len(data) >= 8 + int.from_bytes(data[4:8], "little")
    return True


def _with_mode(image: Image.Image, mode: str) -> Image.Image:
    return image.convert("RGBA").convert(mode) if mode == "RGBa" else image.convert(mode)


def _no_picture(problem: str) -> ServiceError:
    return ServiceError(Reason.MODEL_OUTPUT, f"the model's answer {problem}")
