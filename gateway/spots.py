"""Which picture of an asset a request means, and what is known of it. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.image_pb2 import Image

from gateway.messages import one_each, refuse_unknown, truth
from gateway.upstream import Spot
from services.kit.errors import Reason, ServiceError, invalid_field

FIELDS = ("rendition", "held", "preview")
MIN_SIDE, MAX_SIDE = 64, 2048

# What stored pictures begin with, for those of which no event tells the type: held ones.
SIGNATURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "image/avif"),
)


def read_spot(asset: pb.Asset, variant: str, rendition: str, query: Iterable[tuple[str, str]]) -> Spot:
    """The picture that path and query name; `rendition` is that of the path, or "" where the query may name one.

    A rendition is named by its number or by its format, such as "square".

    Raises:
        ServiceError: FIELD_INVALID, or IMAGE_UNKNOWN where the asset has no such variant or format.
    """
    values = one_each(query)
    refuse_unknown(values, FIELDS if not rendition else FIELDS[1:])
    number = int(variant) if re.fullmatch(r"[0-9]{1,3}", variant) else len(asset.variants)
    if number >= len(asset.variants):
        raise ServiceError(Reason.IMAGE_UNKNOWN, f"{asset.name} has no variant {variant[:100]}")
    wanted = rendition or str(values.get("rendition", "0"))
    held = truth("held", str(values["held"])) if "held" in values else False
    return Spot(number, _rendition(asset, number, wanted), held, _side(values.get("preview")))


def image_of(asset: pb.Asset, spot: Spot) -> Image | None:
    """The stored picture at a spot; None where there is none."""
    variant = asset.variants[spot.variant]
    found = variant.renditions[spot.rendition].image if spot.rendition < len(variant.renditions) else None
    if found is None or not found.blob.digest:
        found = variant.image if spot.rendition == 0 else None
    return found if found is not None and found.blob.digest else None


def media_type(first: bytes) -> str:
    """The type of a picture that begins with these bytes."""
    return next((name for mark, name in SIGNATURES if mark.match(first)), "application/octet-stream")


def pictures_of(asset: pb.Asset) -> list[tuple[Spot, str, Image]]:
    """Every stored picture of an asset, by variant and then by format, with the name of its format."""
    found: list[tuple[Spot, str, Image]] = []
    for number, variant in enumerate(asset.variants):
        for rendition in range(max(1, len(variant.renditions))):
            spot = Spot(number, rendition)
            if image := image_of(asset, spot):
                name = variant.renditions[rendition].format if variant.renditions else ""
                found.append((spot, name, image))
    return found


def _rendition(asset: pb.Asset, variant: int, wanted: str) -> int:
    if re.fullmatch(r"[0-9]{1,2}", wanted):
        return int(wanted)
    names = [rendition.format for rendition in asset.variants[variant].renditions] or list(asset.recipe.formats)
    if wanted not in names:
        raise ServiceError(Reason.IMAGE_UNKNOWN, f"{asset.name} has no picture in the format {wanted[:100]!r}")
    return names.index(wanted)


def _side(text: object) -> int:
    if text is None:
        return 0
    side = int(str(text)) if re.fullmatch(r"[0-9]{1,5}", str(text)) else 0
    if not MIN_SIDE <= side <= MAX_SIDE:
        raise invalid_field("preview", "is out of range", f"{MIN_SIDE} to {MAX_SIDE} pixels")
    return side
