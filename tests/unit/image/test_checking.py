"""Checking: what a model answers is a picture only if all of it decodes and it shows something."""

from __future__ import annotations

import random
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFile

from services.image import checking
from services.image.checking import check_picture
from services.kit.errors import Reason, ServiceError

FORMATS = ["PNG", "JPEG", "WEBP", "AVIF"]


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    output = BytesIO()
    image.save(output, form, **options)
    return output.getvalue()


def scene() -> Image.Image:
    image = Image.effect_noise((320, 256), 60).convert("RGB")
    ImageDraw.Draw(image).ellipse((60, 40, 200, 180), fill=(200, 90, 30))
    return image


def problem(data: bytes) -> str:
    with pytest.raises(ServiceError) as caught:
        check_picture(data)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    return caught.value.message


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_of_every_kept_type_passes(form: str) -> None:
    picture = check_picture(encoded(scene(), form))
    assert picture.media_type == f"image/{form.lower()}"
    assert picture.size == (320, 256)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_file_is_no_picture(form: str, share: float) -> None:
    whole = encoded(scene(), form)
    problem(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("missing", [1, 2, 3, 12])
def test_a_file_without_its_last_bytes_is_no_picture(form: str, missing: int) -> None:
    whole = encoded(scene(), form)
    problem(whole[:-missing])


def test_a_progressive_jpeg_passes_and_half_of_one_does_not() -> None:
    whole = encoded(scene(), "JPEG", progressive=True)
    assert check_picture(whole).size == (320, 256)
    problem(whole[: len(whole) // 2])


@pytest.mark.parametrize("form", FORMATS)
def test_truncated_files_fail_also_where_pillow_was_told_to_be_lenient(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = encoded(scene(), form)
    problem(whole[: len(whole) // 2])


def test_a_png_with_a_damaged_chunk_is_no_picture() -> None:
    damaged = bytearray(encoded(scene(), "PNG"))
    damaged[len(damaged) // 2] ^= 0xFF
    problem(bytes(damaged))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("colour", ["black", "white", "#777777", "#1020c0"])
def test_a_picture_of_one_colour_is_no_picture(form: str, colour: str) -> None:
    assert "shows nothing" in problem(encoded(Image.new("RGB", (512, 512), colour), form))


def test_black_with_the_noise_of_its_encoding_is_no_picture() -> None:
    noise = random.Random(5)
    image = Image.frombytes("L", (512, 512), bytes(noise.choice((0, 0, 1, 2, 3)) for _ in range(512 * 512)))
    assert "shows nothing" in problem(encoded(image.convert("RGB"), "JPEG", quality=60))


def test_a_transparent_picture_is_no_picture() -> None:
    hidden = scene().convert("RGBA")
    hidden.putalpha(0)
    assert "shows nothing" in problem(encoded(hidden, "PNG"))


def test_a_drawing_in_transparency_alone_passes() -> None:
    image = Image.new("RGBA", (512, 512), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((100, 100, 400, 400), fill=(0, 0, 0, 255))
    assert check_picture(encoded(image, "PNG")).size == (512, 512)


@pytest.mark.parametrize("form", FORMATS)
def test_a_night_sky_passes(form: str) -> None:
    night = Image.new("RGB", (1024, 1024), (1, 1, 3))
    draw, dice = ImageDraw.Draw(night), random.Random(7)
    for _ in range(250):
        x, y = dice.randrange(1020), dice.randrange(1020)
        draw.rectangle((x, y, x + 1, y + 1), fill=(240, 240, 255))
    assert check_picture(encoded(night, form)).size == (1024, 1024)


def test_a_very_dark_room_passes() -> None:
    dark = Image.linear_gradient("L").resize((1024, 1024)).point(lambda level: level // 14)
    assert check_picture(encoded(dark.convert("RGB"), "JPEG", quality=90)).media_type == "image/jpeg"


def test_a_small_sign_on_a_white_page_passes() -> None:
    page = Image.new("RGB", (1024, 1024), "white")
    ImageDraw.Draw(page).ellipse((500, 500, 540, 540), fill="black")
    assert check_picture(encoded(page, "PNG")).size == (1024, 1024)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA"])
def test_every_colour_mode_is_looked_at(mode: str) -> None:
    assert check_picture(encoded(scene().convert(mode), "PNG")).size == (320, 256)


def test_a_grey_cmyk_jpeg_is_looked_at() -> None:
    assert check_picture(encoded(scene().convert("CMYK"), "JPEG")).media_type == "image/jpeg"


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "ICO", "PDF"])
def test_other_types_are_not_kept(form: str) -> None:
    assert "neither" in problem(encoded(scene(), form))


@pytest.mark.parametrize(
    "magic", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x1cftypavif"]
)
def test_a_foreign_file_under_a_borrowed_beginning_is_no_picture(magic: bytes) -> None:
    problem(magic + encoded(scene(), "GIF") + b"\xff\xd9IEND\xaeB`\x82")


@pytest.mark.parametrize("data", [b"", b"{}", b"<html>busy</html>", b"\x89PNG", b"\xff\xd8\xff", b"\0" * 100])
def test_what_is_no_file_of_pixels_is_no_picture(data: bytes) -> None:
    problem(data)


def test_a_decompression_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = encoded(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(bomb) < 100_000
    problem(bomb)


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    wide = encoded(Image.new("1", (checking.MAX_PIXELS // 1000 + 1, 1000)), "PNG")
    assert "pixels are taken" in problem(wide)


def test_a_dot_is_no_picture() -> None:
    assert "at least" in problem(encoded(scene().resize((8, 8)), "PNG"))


def test_an_avif_file_without_its_picture_is_no_picture() -> None:
    damaged = bytearray(WHOLE["AVIF"])
    damaged[95] = 0
    problem(bytes(damaged))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FORMATS), st.data())
def test_damaged_bytes_end_in_a_picture_or_in_a_typed_error_and_nothing_else(form: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[form])
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ServiceError):
        check_picture(bytes(damaged))


WHOLE = {form: encoded(scene().resize((80, 64)), form) for form in FORMATS}
