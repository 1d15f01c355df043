"""A form body as its parts."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from gateway.multipart import MAX_PARTS, Part, boundary, parse
from services.kit.errors import Reason, ServiceError


def encoded(files: dict[str, tuple[str, bytes]], data: dict[str, str]) -> tuple[str, bytes]:
    """A body as a well-known client writes it."""
    request = requests.Request("POST", "http://localhost", files=files, data=data).prepare()
    assert isinstance(request.body, bytes)
    return request.headers["Content-Type"], request.body


def refused(body: bytes, mark: str = "x") -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        parse(body, mark)
    assert caught.value.reason is Reason.FIELD_INVALID
    return caught.value


@given(st.binary(max_size=300), st.text(st.characters(codec="ascii", min_codepoint=32), max_size=30))
def test_what_a_client_encodes_comes_out_as_it_was(data: bytes, style: str) -> None:
    header, body = encoded({"file": ("a.txt", data)}, {"style": style})
    style_part, file_part = parse(body, boundary(header))
    assert (style_part.name, style_part.text()) == ("style", style)
    assert (file_part.name, file_part.filename, file_part.data) == ("file", "a.txt", data)


def test_names_of_files_may_hold_quotes_and_umlauts() -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a \\"b\\".txt"\r\n\r\n1\r\n'
    extended = b"--x\r\nContent-Disposition: form-data; name=file; filename*=UTF-8''M%C3%B6we.txt\r\n\r\n2\r\n"
    browser = '--x\r\nContent-Disposition: form-data; name="file"; filename="Mö%22we.txt"\r\n\r\n3\r\n--x--'.encode()
    names = [part.filename for part in parse(head + extended + browser, "x")]
    assert names == ['a "b".txt', "Möwe.txt", 'Mö"we.txt']


def test_a_preamble_and_an_epilogue_are_passed_over() -> None:
    body = b'hello\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\nbye'
    assert parse(body, "x") == [Part("a", "", "", b"b")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--y--",
        b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb",
        b"--x\r\nno headers\r\n--x--",
        b"--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--",
        b"--x\r\nContent-Disposition: attachment; name=a\r\n\r\nb\r\n--x--",
        b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\nb\r\n--x--",
        b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nYg==\r\n--x--",
        b"--x\r\nContent-Disposition: form-data; name=a\r\nX: " + b"y" * 5000 + b"\r\n\r\nb\r\n--x--",
    ],
)
def test_what_is_no_form_is_refused(body: bytes) -> None:
    refused(body)


def test_too_many_parts_are_refused_before_they_are_read() -> None:
    part = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n"
    assert len(parse(part * MAX_PARTS + b"--x--", "x")) == MAX_PARTS
    assert refused(part * (MAX_PARTS + 1) + b"--x--").limit


@pytest.mark.parametrize(
    ("header", "mark"),
    [
        ("multipart/form-data; boundary=abc", "abc"),
        ('multipart/form-data; charset=x; BOUNDARY="a b"', "a b"),
    ],
)
def test_the_boundary_stands_in_the_header(header: str, mark: str) -> None:
    assert boundary(header) == mark


@pytest.mark.parametrize("header", ["multipart/form-data", "multipart/form-data; boundary=", "x; boundary=" + "y" * 71])
def test_a_form_without_a_usable_boundary_is_refused(header: str) -> None:
    with pytest.raises(ServiceError):
        parse(b"--y--", boundary(header)[:70])


@given(st.binary(max_size=300))
def test_any_body_is_a_form_or_a_typed_error(body: bytes) -> None:
    for shaped in (
        body,
        b"--x\r\n" + body + b"\r\n--x--",
        b"--x\r\nContent-Disposition: " + body + b"\r\n\r\n\r\n--x--",
    ):
        try:
            parts = parse(shaped, "x")
        except ServiceError as error:
            assert error.reason is Reason.FIELD_INVALID  # noqa: PT017
        else:
            assert all(part.name for part in parts)
