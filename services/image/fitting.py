"""Brings a picture to the size and the type that were wanted; leaves its bytes alone where it has both. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from services.image.checking import Picture, check_picture, check_shows_something
from services.image.encoding import encode, small_jpeg, smooth
from services.image.saliency import Corner, box_that_matters
from services.image.sizing import Box, Size


@dataclass(frozen=True, slots=True)
class Wish:
    """What a picture is to be: size None and type "" are as the model made it, quality 0 is the default."""

    size: Size | None = None
    media_type: str = ""
    quality: int = 0
    safe: Corner | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """How a picture was brought to its size: what the model made, and which part of it was kept, in whole pixels."""

    made: Size
    kept: Box


@dataclass(frozen=True, slots=True)
class Finished:
    """A picture ready to be marked and kept; `cut` is None where it had the size wanted.

    `preview` is a small JPEG of it, empty where none was wanted.
    """

    data: bytes
    media_type: str
    size: Size
    cut: Cut | None = None
    preview: bytes = b""


def finish(data: bytes, wish: Wish, xmp: bytes = b"", *, preview_side: int = 0) -> Finished:
    """Check the bytes and make of them what is wanted. Takes milliseconds to a second: not for an event loop.

    `xmp` is what previews are given, and an encoder that can only write it itself. With a `preview_side` there is a
    preview as well, of the same pixels, so that nothing has to be decoded again for it.

    Raises:
        ServiceError: MODEL_OUTPUT if the bytes are no picture, or the part that is kept shows nothing.
    """

    def changes(size: Size, media_type: str) -> bool:
        return wish.size not in (None, size) or wish.media_type not in ("", media_type)

    def need(size: Size, media_type: str) -> int:
        return max(size) if changes(size, media_type) else preview_side

    picture = check_picture(data, need)
    image, cut, size = picture.image, None, picture.size
    if changes(size, picture.media_type):
        if wish.size not in (None, size):
            image, cut = _fitted(picture, wish.size or size, wish.safe)
        media_type, size = wish.media_type or picture.media_type, Size(*image.size)
        profile = picture.image.info.get("icc_profile")
        data = encode(image, media_type, wish.quality, profile=profile, xmp=xmp)
    else:
        media_type = picture.media_type
    preview = small_jpeg(image, preview_side, xmp) if preview_side else b""
    return Finished(data, media_type, size, cut, preview)


def _fitted(picture: Picture, wanted: Size, safe: Corner | None) -> tuple[Image.Image, Cut]:
    image = smooth(picture.image)
    box = box_that_matters(image, picture.size, wanted, safe)
    fitted = image.resize(wanted, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    check_shows_something(fitted)
    return fitted, Cut(picture.size, Box(*(float(round(edge)) for edge in box)))
