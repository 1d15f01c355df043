"""Brings a picture to the size that was wanted; leaves its bytes alone where it has that size. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from services.image.checking import FORMATS, Picture, check_picture, check_shows_something
from services.image.sizing import Size, box_to_keep

# Above these, files grow and eyes see no difference; the first encoding has already cost more than this one does.
_ENCODING: dict[str, dict[str, int | str]] = {
    "image/png": {"compress_level": 4},
    "image/jpeg": {"quality": 93, "subsampling": 0},
    "image/webp": {"quality": 92, "method": 2},
    "image/avif": {"quality": 85, "speed": 8},
}


@dataclass(frozen=True, slots=True)
class Finished:
    """A picture ready to be kept."""

    data: bytes
    media_type: str
    size: Size


def finish(data: bytes, wanted: Size | None) -> Finished:
    """Check the bytes and fit the picture to the size wanted. Takes milliseconds to a second: not for an event loop.

    Raises:
        ServiceError: MODEL_OUTPUT if the bytes are no picture, or the part that is kept shows nothing.
    """
    picture = check_picture(data)
    if wanted is None or wanted == picture.size:
        return Finished(data, picture.media_type, picture.size)
    return Finished(_fitted(picture, wanted), picture.media_type, wanted)


def _fitted(picture: Picture, wanted: Size) -> bytes:
    image = _smooth(picture.image)
    box = box_to_keep(picture.size, wanted)
    fitted = image.resize(wanted, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    check_shows_something(fitted)
    profile = picture.image.info.get("icc_profile")
    extra = {"icc_profile": profile} if profile else {}
    output = BytesIO()
    fitted.save(output, FORMATS[picture.media_type], **_ENCODING[picture.media_type], **extra)
    return output.getvalue()


def _smooth(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be interpolated: palettes cannot."""
    if image.mode in ("RGB", "RGBA", "L", "CMYK"):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
