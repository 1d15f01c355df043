"""Which picture a path and a query mean."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image

from gateway import spots
from gateway.upstream import Spot
from services.kit.errors import Reason, ServiceError


def image(digest: str) -> Image:
    return Image(blob=Blob(digest=digest))


ASSET = pb.Asset(
    name="assets/a",
    recipe=pb.Recipe(formats=["square", "640x360"]),
    variants=[
        pb.Variant(
            image=image("one"),
            renditions=[pb.Rendition(format="square", image=image("one")), pb.Rendition(format="640x360")],
        ),
        pb.Variant(held_count=2),
    ],
)
OLD = pb.Asset(name="assets/b", variants=[pb.Variant(image=image("old"))])


@pytest.mark.parametrize(
    ("variant", "rendition", "query", "spot"),
    [
        ("0", "", [], Spot(0)),
        ("0", "", [("rendition", "1")], Spot(0, 1)),
        ("0", "", [("rendition", "640x360")], Spot(0, 1)),
        ("0", "square", [("preview", "64")], Spot(0, 0, preview_side=64)),
        ("1", "640x360", [("held", "true")], Spot(1, 1, held=True)),
    ],
)
def test_numbers_and_names_of_formats_are_taken(
    variant: str, rendition: str, query: list[tuple[str, str]], spot: Spot
) -> None:
    assert spots.read_spot(ASSET, variant, rendition, query) == spot


@pytest.mark.parametrize(
    ("variant", "rendition", "query", "reason"),
    [
        ("2", "", [], Reason.IMAGE_UNKNOWN),
        ("x", "", [], Reason.IMAGE_UNKNOWN),
        ("0", "banner", [], Reason.IMAGE_UNKNOWN),
        ("0", "", [("rendition", "banner")], Reason.IMAGE_UNKNOWN),
        ("0", "0", [("rendition", "1")], Reason.FIELD_INVALID),
        ("0", "", [("preview", "63")], Reason.FIELD_INVALID),
        ("0", "", [("preview", "2049")], Reason.FIELD_INVALID),
        ("0", "", [("held", "perhaps")], Reason.FIELD_INVALID),
        ("0", "", [("size", "5")], Reason.FIELD_INVALID),
    ],
)
def test_everything_else_is_refused(variant: str, rendition: str, query: list[tuple[str, str]], reason: Reason) -> None:
    with pytest.raises(ServiceError) as caught:
        spots.read_spot(ASSET, variant, rendition, query)
    assert caught.value.reason is reason


def test_the_first_rendition_of_an_asset_without_formats_is_its_picture() -> None:
    found = spots.image_of(OLD, Spot(0))
    assert found is not None
    assert found.blob.digest == "old"
    assert spots.image_of(OLD, Spot(0, 1)) is None
    assert spots.image_of(ASSET, Spot(0, 1)) is None
    assert spots.image_of(ASSET, Spot(1)) is None
    assert [spot for spot, _, _ in spots.pictures_of(ASSET)] == [Spot(0)]


@pytest.mark.parametrize(
    ("first", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x1cftypavif", "image/avif"),
        (b"<html>", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_held_picture_is_told_by_how_it_begins(first: bytes, media_type: str) -> None:
    assert spots.media_type(first) == media_type
