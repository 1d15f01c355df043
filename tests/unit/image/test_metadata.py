"""Metadata: XMP packets, and their place in files of every type."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from services.image.containers import NoPlaceError, with_xmp, xmp_of
from services.image.xmp import Description, packet, read_packet
from services.workers_ai.media import media_type_of

TYPES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/avif": "AVIF"}
FULL = Description(
    alt_text='Möwen & "Boote" <im> Hafen 🚤',
    caption="Zwei Boote",
    language="de-DE",
    credit="Atelier Söhne",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    system="@cf/black-forest-labs/flux-1-schnell",
    creator_tool="Atelier 1.0",
)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60)


def encoded(media_type: str, mode: str = "RGB", **options: object) -> bytes:
    output = BytesIO()
    ramp = Image.linear_gradient("L").resize((97, 64))
    picture = Image.merge("RGB", (ramp, ramp.rotate(180), ramp)).convert(mode)
    extra = {"xmp": packet(Description(caption="before"))} if media_type == "image/avif" else {}
    picture.save(output, TYPES[media_type], **extra, **options)
    return output.getvalue()


def pixels(data: bytes) -> np.ndarray:
    with Image.open(BytesIO(data)) as image:
        return np.asarray(image.convert("RGBA"))


def test_a_packet_says_what_it_was_made_of() -> None:
    assert read_packet(packet(FULL)) == FULL
    assert read_packet(packet(Description())) == Description()


@given(TEXT, TEXT, TEXT)
def test_any_text_survives_but_for_what_xml_cannot_hold(alt_text: str, caption: str, credit: str) -> None:
    read = read_packet(packet(Description(alt_text=alt_text, caption=caption, credit=credit)))
    assert read is not None
    for before, after in ((alt_text, read.alt_text), (caption, read.caption)):
        assert len(before) == len(after)
        assert all(old == new or new == "\ufffd" for old, new in zip(before, after, strict=True))


@given(st.binary(max_size=300))
def test_whatever_is_no_packet_is_read_as_none_or_as_nothing(data: bytes) -> None:
    assert read_packet(data) in (None, Description())


def test_entities_and_document_types_are_not_followed() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]>' + packet(Description(caption="x")).replace(b"x<", b"&b;<")
    assert read_packet(bomb) is None
    assert read_packet(b" " * 300_000) is None


@pytest.mark.parametrize("media_type", TYPES)
def test_a_packet_goes_into_every_type_without_touching_a_pixel(media_type: str) -> None:
    before = encoded(media_type)
    after = with_xmp(before, media_type, packet(FULL))
    assert xmp_of(after, media_type) == packet(FULL)
    assert np.array_equal(pixels(before), pixels(after))
    with Image.open(BytesIO(after)) as image:
        image.load()
        # Pillow's own reader finds the same.
        assert read_packet(image.info["xmp"]) == FULL


@pytest.mark.parametrize("media_type", TYPES)
def test_a_packet_is_replaced_by_the_next(media_type: str) -> None:
    once = with_xmp(encoded(media_type), media_type, packet(FULL))
    twice = with_xmp(once, media_type, packet(Description(caption="after")))
    thrice = with_xmp(twice, media_type, packet(Description(caption="after that", credit="x" * 3000)))
    assert read_packet(xmp_of(twice, media_type)) == Description(caption="after")
    assert read_packet(xmp_of(thrice, media_type)) == Description(caption="after that", credit="x" * 3000)
    assert FULL.caption.encode() not in thrice
    assert np.array_equal(pixels(encoded(media_type)), pixels(thrice))


@pytest.mark.parametrize(
    ("media_type", "mode", "options"),
    [
        ("image/webp", "RGBA", {}),
        ("image/webp", "RGB", {"lossless": True}),
        ("image/webp", "RGBA", {"lossless": True}),
        ("image/webp", "RGB", {"exif": b"Exif\0\0II*\0"}),
        ("image/jpeg", "L", {}),
        ("image/jpeg", "CMYK", {"progressive": True}),
        ("image/jpeg", "RGB", {"comment": b"made by a model"}),
        ("image/png", "P", {}),
        ("image/png", "1", {}),
        ("image/avif", "RGBA", {}),
    ],
)
def test_files_of_other_kinds_take_it_too(media_type: str, mode: str, options: dict[str, object]) -> None:
    before = encoded(media_type, mode, **options)
    after = with_xmp(before, media_type, packet(FULL))
    assert read_packet(xmp_of(after, media_type)) == FULL
    assert np.array_equal(pixels(before), pixels(after))


def test_an_avif_that_has_no_place_says_so() -> None:
    output = BytesIO()
    Image.new("RGB", (64, 64)).save(output, "AVIF")
    with pytest.raises(NoPlaceError):
        with_xmp(output.getvalue(), "image/avif", packet(FULL))


@pytest.mark.parametrize("media_type", TYPES)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_are_refused_or_read_and_nothing_else_happens(media_type: str, data: st.DataObject) -> None:
    whole = bytearray(with_xmp(encoded(media_type), media_type, packet(FULL)))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    read_packet(xmp_of(damaged, media_type))
    try:
        with_xmp(damaged, media_type, packet(FULL))
    except NoPlaceError:
        return


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("media_type", TYPES)
def test_exiftool_reads_every_field(media_type: str, tmp_path: Path) -> None:
    file = tmp_path / f"picture.{TYPES[media_type].lower()}"
    file.write_bytes(with_xmp(encoded(media_type), media_type, packet(FULL)))
    fields = ["-DigitalSourceType", "-AltTextAccessibility", "-Description", "-Description-de-DE", "-Credit"]
    said = subprocess.run(
        ["exiftool", "-s3", "-n", *fields, "-CreatorTool", file], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stderr == ""
    assert said.stdout.splitlines() == [
        FULL.digital_source_type,
        FULL.alt_text,
        FULL.caption,
        FULL.caption,
        FULL.credit,
        FULL.creator_tool,
    ]
    assert media_type_of(file.read_bytes()) == media_type
