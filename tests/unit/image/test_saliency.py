"""Saliency: a picture is cut around what matters in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from services.image.saliency import Corner, box_that_matters, saliency
from services.image.sizing import Box, Size

MADE = Size(1024, 1024)


def shown(left: int, top: int, colour: str = "orange", side: int = 160) -> Image.Image:
    """One thing before a calm background."""
    picture = Image.linear_gradient("L").resize(MADE).point(lambda level: 90 + level // 8).convert("RGB")
    ImageDraw.Draw(picture).ellipse((left, top, left + side, top + side), fill=colour, outline="black", width=6)
    return picture


def holds(box: Box, left: int, top: int, side: int = 160) -> bool:
    return box.left <= left and box.top <= top and box.right >= left + side and box.bottom >= top + side


@pytest.mark.parametrize("top", [0, 60, 300, 430, 700, 860])
def test_a_banner_is_cut_around_the_only_thing_in_the_picture(top: int) -> None:
    assert holds(box_that_matters(shown(400, top), MADE, Size(1200, 400), None), 400, top)


@pytest.mark.parametrize("left", [0, 100, 430, 800, 864])
def test_a_tall_picture_is_cut_around_it_too(left: int) -> None:
    assert holds(box_that_matters(shown(left, 300), MADE, Size(360, 1024), None), left, 300)


def test_a_picture_in_which_nothing_stands_out_keeps_its_middle() -> None:
    plain = Image.new("RGB", MADE, "grey")
    assert box_that_matters(plain, MADE, Size(1024, 512), None) == Box(0, 256, 1024, 768)


def test_the_same_ratio_keeps_everything() -> None:
    assert box_that_matters(shown(0, 0), MADE, Size(512, 512), Corner.TOP_LEFT) == Box(0, 0, 1024, 1024)


@pytest.mark.parametrize(("corner", "left"), [(Corner.TOP_LEFT, 40), (Corner.TOP_RIGHT, 824)])
def test_what_matters_does_not_come_to_lie_where_the_logo_goes(corner: Corner, left: int) -> None:
    box = box_that_matters(shown(left, 430), MADE, Size(1024, 512), corner)
    assert holds(box, left, 430)
    assert 430 - box.top >= (box.bottom - box.top) / 3


def test_it_is_the_same_every_time_and_at_every_resolution() -> None:
    picture = shown(120, 700)
    box = box_that_matters(picture, MADE, Size(1200, 500), None)
    assert box == box_that_matters(picture.copy(), MADE, Size(1200, 500), None)
    small = box_that_matters(picture.reduce(4), MADE, Size(1200, 500), None)
    assert abs(small.top - box.top) < 50


@settings(deadline=None, max_examples=40)
@given(st.integers(3, 90), st.integers(3, 90), st.integers(256, 2048), st.integers(256, 2048))
def test_every_picture_has_a_part_of_the_ratio_wanted(width: int, height: int, wide: int, high: int) -> None:
    made = Size(width * 10, height * 10)
    picture = Image.effect_noise((width, height), 40).convert("RGB")
    assert saliency(picture).sum() == pytest.approx(1)
    box = box_that_matters(picture, made, Size(wide, high), Corner.BOTTOM_RIGHT)
    assert 0 <= box.left < box.right <= made.width
    assert 0 <= box.top < box.bottom <= made.height
    assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(wide / high, rel=1e-6)
