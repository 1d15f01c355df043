"""Encodes pictures as PNG, JPEG, WebP or AVIF. Pure."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from services.image.checking import FORMATS

# The qualities that stand for 0: above these, files grow and eyes see no difference.
DEFAULT_QUALITY = {"image/jpeg": 93, "image/webp": 92, "image/avif": 85}

_SMALL_QUALITY = 82

_OPTIONS: dict[str, dict[str, int]] = {
    "image/png": {"compress_level": 4},
    "image/jpeg": {"subsampling": 0},
    "image/webp": {"method": 2},
    "image/avif": {"speed": 8},
}


def encode(
    image: Image.Image, media_type: str, quality: int, *, profile: bytes | None = None, xmp: bytes = b""
) -> bytes:
    """The bytes of a picture.

    `quality` is 1 to 100, or 0 for the default; PNG ignores it. `profile` is the ICC profile of the picture's colours.
    `xmp` is written by the encoder of AVIF only; the other types get theirs from `containers.py`.
    """
    options: dict[str, object] = dict(_OPTIONS[media_type])
    if media_type in DEFAULT_QUALITY:
        options["quality"] = quality or DEFAULT_QUALITY[media_type]
    if media_type == "image/jpeg" and quality and quality < 85:
        options.pop("subsampling")
    shown = with_mode_for(image, media_type)
    if profile and shown.mode == image.mode:
        options["icc_profile"] = profile
    if xmp and media_type == "image/avif":
        options["xmp"] = xmp
    output = BytesIO()
    shown.save(output, FORMATS[media_type], **options)
    return output.getvalue()


def small_jpeg(image: Image.Image, side: int, xmp: bytes) -> bytes:
    """A JPEG whose longer side has at most `side` pixels. The picture given is used up: it may have shrunk."""
    shown = with_mode_for(image, "image/jpeg")
    shown.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=2.0)
    output = BytesIO()
    plain = shown if shown.mode in ("RGB", "L") else shown.convert("RGB")
    plain.save(output, "JPEG", quality=_SMALL_QUALITY, xmp=xmp)
    return output.getvalue()


def with_mode_for(image: Image.Image, media_type: str) -> Image.Image:
    """The picture in a mode that the type can hold; JPEG shows what is transparent on white."""
    if media_type != "image/jpeg":
        return image if image.mode in ("RGB", "RGBA", "L", "LA") else smooth(image, "RGB")
    if image.mode in ("RGB", "L", "CMYK"):
        return image
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def smooth(image: Image.Image, opaque: str = "") -> Image.Image:
    """The picture in a mode that can be interpolated: palettes cannot. `opaque` is the mode without transparency."""
    if image.mode in ("RGB", "RGBA", "L") or (image.mode == "CMYK" and not opaque):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
