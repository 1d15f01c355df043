from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, features

from services.workers_ai.media import media_type_of


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/avif"),
    ],
)
def test_real_pictures_are_known_by_their_bytes(form: str, media_type: str) -> None:
    if form == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow cannot write AVIF")
    file = io.BytesIO()
    Image.new("RGB", (16, 16), (200, 30, 30)).save(file, form)
    assert media_type_of(file.getvalue()) == media_type


@pytest.mark.parametrize(
    "data", [b"", b"\x89PN", b"<html>", b"RIFF____WAVE", b"\x00\x00\x00\x18ftypmp42\0\0\0\0isommp42"]
)
def test_anything_else_has_no_type(data: bytes) -> None:
    assert media_type_of(data) == ""


@given(st.binary(max_size=64))
@settings(deadline=None, database=None)
def test_no_bytes_are_a_crash(data: bytes) -> None:
    assert media_type_of(data) in ("", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif")
