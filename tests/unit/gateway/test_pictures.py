"""Ranges and entity tags of pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.pictures import RangeNotSatisfiableError, Span, cut, matches, parse_range


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-9", Span(0, 10)),
        ("bytes=90-", Span(90, 10)),
        ("bytes=-5", Span(95, 5)),
        ("bytes=-500", Span(0, 100)),
        ("bytes=50-5000", Span(50, 50)),
        ("bytes=5-2", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=-", None),
        ("rubbish", None),
    ],
)
def test_ranges_of_a_picture_of_100_bytes(header: str, span: Span | None) -> None:
    assert parse_range(header, 100) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(header: str) -> None:
    with pytest.raises(RangeNotSatisfiableError):
        parse_range(header, 100)


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1), st.data())
async def test_a_cut_is_the_slice_whatever_the_pieces(pieces: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(pieces)
    start = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(1, len(whole) - start))

    async def source() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    assert b"".join([part async for part in cut(source(), Span(start, length))]) == whole[start : start + length]


@pytest.mark.parametrize(
    ("header", "expected"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False)],
)
def test_entity_tags_match_weakly(header: str, expected: bool) -> None:
    assert matches(header, '"a"') is expected
