"""Looking at a JPEG without reading all of it: what is taken for plain and whole, and that nothing slips through."""

from __future__ import annotations

import random
from io import BytesIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from services.image import jpeg
from services.image.checking import Picture, all_of_it, check_picture
from services.image.encoding import small_jpeg
from services.image.fitting import Wish, finish
from services.image.previews import preview
from services.image.sizing import Size
from services.kit.errors import Reason, ServiceError


def encoded(image: Image.Image, **options: object) -> bytes:
    output = BytesIO()
    image.save(output, "JPEG", **options)
    return output.getvalue()


def scene(width: int = 320, height: int = 256) -> Image.Image:
    image = Image.effect_noise((width, height), 60).convert("RGB")
    ImageDraw.Draw(image).ellipse((60, 40, 200, 180), fill=(200, 90, 30))
    return image


def look(data: bytes) -> Picture:
    """The check of a picture whose pixels nobody needs."""
    return check_picture(data, lambda size, media_type: 0)


def refused(data: bytes) -> str:
    with pytest.raises(ServiceError) as caught:
        look(data)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    return caught.value.message


KINDS = {
    "plain": {},
    "restarts": {"restart_marker_blocks": 5},
    "grey": {},
    "colour in full": {"subsampling": 0},
    "own tables": {"optimize": True},
    "described": {"xmp": b"<x/>", "exif": Image.Exif(), "icc_profile": b"x" * 70_000, "comment": "hello"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_rows_of_a_plain_file_are_those_of_the_whole(kind: str) -> None:
    data = encoded(scene().convert("L" if kind == "grey" else "RGB"), **KINDS[kind])
    found = jpeg.plain(data)
    assert found is not None
    assert found.size == Size(320, 256)
    with Image.open(BytesIO(found.first_rows(64))) as rows, Image.open(BytesIO(data)) as whole:
        assert rows.size == (320, 64)
        # The last lines of colour are interpolated with those below, which the rows do not have.
        assert (np.asarray(rows)[:56] == np.asarray(whole)[:56]).all()


def test_more_rows_than_there_are_are_all_of_them() -> None:
    found = jpeg.plain(encoded(scene()))
    assert found is not None
    with Image.open(BytesIO(found.first_rows(10_000))) as rows:
        rows.load()
        assert rows.size == (320, 256)


def test_a_file_whose_rows_come_in_several_scans_is_not_plain() -> None:
    assert jpeg.plain(encoded(scene(), progressive=True)) is None
    assert look(encoded(scene(), progressive=True)).size == (320, 256)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.7, 0.99])
@pytest.mark.parametrize("tail", [b"", b"\xff", b"\0" * 100])
def test_a_truncated_file_is_not_plain_and_no_picture(share: float, tail: bytes) -> None:
    whole = encoded(scene())
    cut = whole[: int(len(whole) * share)] + tail
    assert jpeg.plain(cut) is None
    refused(cut)


def test_a_file_cut_after_a_small_picture_within_it_is_no_picture() -> None:
    thumbnail = encoded(scene(160, 120))
    segment = b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail
    whole = encoded(scene())
    with_thumbnail = whole[:2] + segment + whole[2:]
    assert look(with_thumbnail).size == (320, 256)
    assert "truncated" in refused(with_thumbnail[:-1000])


def test_a_marker_in_the_middle_of_the_scan_is_left_to_the_decoder() -> None:
    damaged = bytearray(encoded(scene()))
    damaged[len(damaged) // 2 : len(damaged) // 2 + 2] = b"\xff\xd8"
    assert jpeg.plain(bytes(damaged)) is None
    refused(bytes(damaged))


@pytest.mark.parametrize("colour", ["black", "white", "#777777", "#1020c0"])
@pytest.mark.parametrize("size", [(64, 64), (512, 512), (1280, 720)])
def test_one_colour_is_no_picture_at_a_glance_either(colour: str, size: tuple[int, int]) -> None:
    assert "shows nothing" in refused(encoded(Image.new("RGB", size, colour)))


def test_black_with_the_noise_of_its_encoding_is_no_picture_at_a_glance_either() -> None:
    noise = random.Random(5)
    image = Image.frombytes("L", (512, 512), bytes(noise.choice((0, 0, 1, 2, 3)) for _ in range(512 * 512)))
    for quality in (60, 100):
        assert "shows nothing" in refused(encoded(image.convert("RGB"), quality=quality))


@pytest.mark.parametrize("top", [0, 60, 1000])
def test_a_picture_whose_first_rows_show_nothing_is_looked_at_to_its_last(top: int) -> None:
    page = Image.new("RGB", (1024, 1024), "white")
    ImageDraw.Draw(page).rectangle((0, top, 1024, top + 20), fill="black")
    assert look(encoded(page)).size == (1024, 1024)


@pytest.mark.parametrize(("size", "problem"), [((63, 200), "at least"), ((16384, 1025), "at most")])
def test_sizes_are_limited_at_a_glance_too(size: tuple[int, int], problem: str) -> None:
    assert problem in refused(encoded(Image.new("L", size)))


FILES = [encoded(scene(96, 80), **options) for options in KINDS.values() if "icc_profile" not in options]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), st.data())
def test_what_passes_at_a_glance_passes_when_all_of_it_is_decoded(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.sampled_from([0, 0xFF, 0xD9, 0xD8, 17]))
    del damaged[data.draw(st.integers(len(damaged) // 2, len(damaged))) :]
    try:
        look(bytes(damaged))
    except ServiceError:
        return
    assert check_picture(bytes(damaged), all_of_it).media_type == "image/jpeg"


@pytest.mark.parametrize("wish", [Wish(), Wish(Size(256, 512)), Wish(media_type="image/webp")])
def test_a_preview_made_with_the_picture_is_that_of_the_finished_one(wish: Wish) -> None:
    data = encoded(scene(1024, 1024))
    finished = finish(data, wish, b"<x/>", preview_side=512)
    with Image.open(BytesIO(finished.preview)) as shown:
        shown.load()
        assert shown.format == "JPEG"
        assert shown.size == ((256, 512) if wish.size else (512, 512))
        assert shown.info["xmp"] == b"<x/>"
    if wish == Wish():
        assert finished.data is data
        with Image.open(BytesIO(data)) as image:
            image.draft(image.mode, (512, 512))
            assert finished.preview == small_jpeg(image, 512, b"<x/>")
        assert preview(data, 512)[-1000:] == finished.preview[-1000:]
    assert finish(data, wish).preview == b""
