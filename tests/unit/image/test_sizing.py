"""Sizing: whatever a model makes, the caller gets the size that was wanted."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from services.image.fitting import Cut, Wish, finish
from services.image.sizing import Box, Size, box_to_keep, can_make, longest_side, shortest_side, size_to_ask
from services.workers_ai.models import Sizes

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIDES = st.integers(256, 2048)
SIZES = st.builds(Size, SIDES, SIDES)
MADE = st.builds(Size, st.integers(64, 2500), st.integers(64, 2500))


@st.composite
def rules(draw: st.DrawFn) -> Sizes:
    multiple = draw(st.sampled_from([1, 8, 16, 32, 64]))
    minimum = draw(st.integers(0, 512))
    maximum = draw(st.integers(minimum + 2 * multiple, 2560))
    return Sizes(minimum, maximum, multiple=multiple)


@UNHURRIED
@given(rules(), SIZES)
def test_a_model_is_only_asked_for_what_it_can_make(rule: Sizes, wanted: Size) -> None:
    asked = size_to_ask(rule, wanted)
    assert asked is not None
    for side in asked:
        assert rule.at_least <= side <= rule.at_most
        assert side % rule.multiple == 0


@UNHURRIED
@given(rules(), SIZES)
def test_a_size_that_the_model_can_make_is_asked_for_as_it_is(rule: Sizes, wanted: Size) -> None:
    makeable = all(shortest_side(rule) <= side <= longest_side(rule) and side % rule.multiple == 0 for side in wanted)
    if makeable:
        assert size_to_ask(rule, wanted) == wanted


@UNHURRIED
@given(rules(), SIZES)
def test_an_answer_is_enlarged_only_where_the_model_makes_nothing_larger(rule: Sizes, wanted: Size) -> None:
    asked = size_to_ask(rule, wanted)
    assert asked is not None
    for side, limit in zip(asked, wanted, strict=True):
        assert side >= limit or max(asked) == longest_side(rule)


@UNHURRIED
@given(rules(), SIZES)
def test_no_side_is_asked_for_much_longer_than_its_ratio_needs(rule: Sizes, wanted: Size) -> None:
    asked = size_to_ask(rule, wanted)
    assert asked is not None
    fits = all(shortest_side(rule) <= side <= longest_side(rule) for side in wanted)
    if fits:
        assert all(made - need < rule.multiple for made, need in zip(asked, wanted, strict=True))


def test_a_model_without_sizes_and_a_caller_without_wish_leave_the_size_to_the_model() -> None:
    assert size_to_ask(None, Size(512, 512)) is None
    assert size_to_ask(Sizes(256, 2048), None) is None


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        (Size(1024, 1024), Size(1024, 1024)),
        (Size(1000, 1000), Size(1008, 1008)),
        (Size(2048, 1024), Size(1920, 960)),
        (Size(2048, 256), Size(1920, 256)),
        (Size(256, 256), Size(512, 512)),
    ],
)
def test_the_nearest_size_in_the_same_ratio_is_asked_for(wanted: Size, asked: Size) -> None:
    assert size_to_ask(Sizes(256 if wanted != Size(256, 256) else 512, 1920, multiple=16), wanted) == asked


@UNHURRIED
@given(MADE, SIZES)
def test_the_part_that_is_kept_lies_inside_is_centred_and_has_the_ratio_wanted(made: Size, wanted: Size) -> None:
    box = box_to_keep(made, wanted)
    assert 0 <= box.left < box.right <= made.width
    assert 0 <= box.top < box.bottom <= made.height
    assert box.left + box.right == pytest.approx(made.width)
    assert box.top + box.bottom == pytest.approx(made.height)
    kept_ratio = (box.right - box.left) / (box.bottom - box.top)
    assert kept_ratio == pytest.approx(wanted.width / wanted.height)


@UNHURRIED
@given(MADE, SIZES)
def test_the_part_that_is_kept_touches_two_opposite_edges(made: Size, wanted: Size) -> None:
    box = box_to_keep(made, wanted)
    assert box.left == 0 or box.top == 0


def test_the_same_ratio_keeps_everything() -> None:
    assert box_to_keep(Size(1024, 768), Size(512, 384)) == Box(0, 0, 1024, 768)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize("wanted", [Size(300, 256), Size(257, 640), Size(400, 400)])
def test_a_fitted_picture_has_exactly_the_size_wanted_and_keeps_its_type(form: str, wanted: Size) -> None:
    made = _gradient(Size(320, 200), form)
    finished = finish(made, Wish(wanted))
    with Image.open(BytesIO(finished.data)) as image:
        image.load()
        assert image.size == wanted == finished.size
        assert image.format == form
        assert finished.media_type == f"image/{form.lower()}"


@pytest.mark.parametrize("wanted", [None, Size(320, 200)])
def test_a_picture_of_the_right_size_keeps_its_bytes(wanted: Size | None) -> None:
    made = _gradient(Size(320, 200), "JPEG")
    finished = finish(made, Wish(wanted))
    assert finished.data is made
    assert finished.size == Size(320, 200)


def test_the_part_that_is_kept_is_the_one_that_shows_something() -> None:
    output = BytesIO()
    edges = Image.new("RGB", (1024, 256), "white")
    edges.paste("navy", (0, 0, 100, 256))
    edges.save(output, "PNG")
    assert finish(output.getvalue(), Wish(Size(1024, 256))).cut is None
    finished = finish(output.getvalue(), Wish(Size(256, 256)))
    assert finished.cut == Cut(Size(1024, 256), Box(0, 0, 256, 256))


@pytest.mark.parametrize("made", ["PNG", "JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize("wanted", ["image/png", "image/jpeg", "image/webp", "image/avif"])
def test_a_picture_becomes_the_type_wanted(made: str, wanted: str) -> None:
    data = _gradient(Size(320, 200), made)
    finished = finish(data, Wish(media_type=wanted))
    assert (finished.media_type, finished.cut, finished.size) == (wanted, None, Size(320, 200))
    with Image.open(BytesIO(finished.data)) as image:
        image.load()
        assert Image.MIME[image.format or ""] == wanted
    assert (finished.data is data) == (wanted == f"image/{made.lower()}")


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/webp", "image/avif"])
def test_a_lower_quality_makes_smaller_files(media_type: str) -> None:
    data = _gradient(Size(320, 200), "PNG")
    sizes = [len(finish(data, Wish(media_type=media_type, quality=quality)).data) for quality in (20, 95)]
    assert sizes[0] < sizes[1]


def test_what_is_transparent_is_white_in_a_jpeg() -> None:
    output = BytesIO()
    picture = Image.new("RGBA", (128, 128), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (0, 0, 64, 128))
    picture.save(output, "PNG")
    with Image.open(BytesIO(finish(output.getvalue(), Wish(media_type="image/jpeg")).data)) as image:
        shown = image.convert("RGB").getpixel((100, 64))
    assert isinstance(shown, tuple)
    assert min(shown) > 250


@pytest.mark.parametrize(
    ("sizes", "wanted", "makes"),
    [
        (None, Size(512, 512), True),
        (None, Size(1200, 630), False),
        (Sizes(256, 2048, multiple=8), Size(1200, 630), True),
        (Sizes(256, 512), Size(2048, 256), False),
        (None, None, True),
    ],
)
def test_whether_a_model_makes_a_ratio_is_known_beforehand(sizes: Sizes, wanted: Size, makes: bool) -> None:
    assert can_make(sizes, wanted) is makes


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1"])
def test_a_picture_of_any_colour_mode_can_be_fitted(mode: str) -> None:
    with Image.open(BytesIO(_gradient(Size(320, 200), "PNG"))) as image:
        output = BytesIO()
        image.convert(mode).save(output, "PNG")
    finished = finish(output.getvalue(), Wish(Size(256, 256)))
    with Image.open(BytesIO(finished.data)) as fitted:
        assert fitted.size == (256, 256)


def _gradient(size: Size, form: str) -> bytes:
    output = BytesIO()
    ramp = Image.linear_gradient("L").resize(size)
    Image.merge("RGB", (ramp, ramp.rotate(180), ramp)).save(output, form)
    return output.getvalue()
