"""A POST body becomes a request, or an error that names the field."""

from __future__ import annotations

import orjson
import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from hypothesis import given
from hypothesis import strategies as st

from gateway.documents import MAX_FILE_BYTES, Format
from gateway.intake import (
    UnsupportedMediaTypeError,
    content_type,
    is_upload,
    read_key,
    read_list,
    read_request,
    read_upload,
)
from services.kit.errors import Reason, ServiceError


def refused(header: str, body: bytes, query: list[tuple[str, str]] | None = None) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        read_request(header, body, query or [], "")
    assert caught.value.reason is Reason.FIELD_INVALID
    return caught.value


def test_json_carries_content_and_recipe() -> None:
    body = b'{"content": "a harbour", "contentType": "text/markdown", "recipe": {"variantCount": 3, "style": "ink"}}'
    request = read_request("application/json; charset=utf-8", body, [], "key-1")
    assert request.asset.content == "a harbour"
    assert request.asset.content_type == "text/markdown"
    assert (request.asset.recipe.variant_count, request.asset.recipe.style) == (3, "ink")
    assert request.request_id == "key-1"


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_text_takes_its_recipe_from_the_query(media_type: str) -> None:
    query = [("variantCount", "2"), ("width", "512"), ("height", "512"), ("seed", "7"), ("style", "ink")]
    request = read_request(media_type, "Möwe 🐦".encode(), query, "")
    recipe = request.asset.recipe
    assert request.asset.content == "Möwe 🐦"
    assert request.asset.content_type == media_type
    assert (recipe.variant_count, recipe.width, recipe.height, recipe.seed, recipe.style) == (2, 512, 512, 7, "ink")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"content": "x", "colour": 1}', "colour"),
        (b'{"content": "x", "state": "STATE_SUCCEEDED"}', "state"),
        (b'{"content": "x", "recipe": {"variants": 1}}', "recipe.variants"),
        (b'{"content": "x", "recipe": {"variantCount": "many"}}', "recipe.variantCount"),
        (b'{"content": "x", "recipe": {"variantCount": 1.5}}', "recipe.variantCount"),
        (b'{"content": "x", "recipe": 3}', "recipe"),
        (b'{"content": 5}', "content"),
        (b"[]", "body"),
        (b"{", "body"),
        (b"", "body"),
        (b'{"content": "\xff"}', "body"),
        (b'{"content": "\\ud800"}', "body"),
    ],
)
def test_what_is_no_request_names_its_field(body: bytes, field: str) -> None:
    assert refused("application/json", body).field == field


def test_broken_utf8_in_text_says_where() -> None:
    error = refused("text/plain", b"caf\xe9")
    assert (error.field, "byte 3" in error.message) == ("content", True)


@pytest.mark.parametrize("query", [[("colour", "red")], [("width", "1"), ("width", "2")], [("seed", "x")]])
def test_a_query_that_is_no_recipe_names_its_field(query: list[tuple[str, str]]) -> None:
    assert refused("text/plain", b"x", query).field == query[0][0]


def test_a_query_beside_a_json_body_is_refused() -> None:
    assert refused("application/json", b'{"content": "x"}', [("width", "512")]).field == "width"


@pytest.mark.parametrize("header", ["", "application/xml", "multipart/form-data", "text/plain; charset=latin-1"])
def test_other_content_types_are_not_guessed_at(header: str) -> None:
    with pytest.raises(UnsupportedMediaTypeError):
        read_request(header, b"x", [], "")


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False)
        | st.text("abc\u00e9"),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["content", "recipe", "seed", "style", "x"]), inner)
        ),
    ).map(orjson.dumps)
)
def test_any_body_is_a_request_or_a_typed_error(body: bytes) -> None:
    error: ServiceError | None = None
    try:
        read_request("application/json", body, [], "")
    except ServiceError as raised:
        error = raised
    assert error is None or (error.reason is Reason.FIELD_INVALID and error.field)


@given(st.text())
def test_any_content_type_header_can_be_read(header: str) -> None:
    assert content_type(header).charset


FORM = "multipart/form-data; boundary=x"


def form(*parts: tuple[str, str, bytes]) -> bytes:
    """A form body of (name, file name, data)."""
    body = b""
    for name, filename, data in parts:
        head = f'--x\r\nContent-Disposition: form-data; name="{name}"'
        body += (head + (f'; filename="{filename}"' if filename else "") + "\r\n\r\n").encode() + data + b"\r\n"
    return body + b"--x--"


def test_a_form_carries_a_file_and_its_recipe() -> None:
    assert is_upload(FORM)
    body = form(("variantCount", "", b"2"), ("file", "a.md", b"# a"), ("style", "", "Möwe".encode()))
    upload = read_upload(FORM, body, [("seed", "7")])
    assert (upload.kind, upload.data) == (Format.MARKDOWN, b"# a")
    assert (upload.recipe.variant_count, upload.recipe.style, upload.recipe.seed) == (2, "Möwe", 7)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (form(), "file"),
        (form(("file", "a.md", b"a"), ("file", "b.md", b"b")), "file"),
        (form(("file", "a.md", b"a"), ("colour", "", b"red")), "colour"),
        (form(("file", "a.md", b"a"), ("seed", "", b"x")), "seed"),
        (form(("file", "a.md", b"a"), ("seed", "", b"1"), ("seed", "", b"1")), "seed"),
        (form(("file", "a.md", b"a"), ("style", "", b"\xff")), "style"),
        (form(("file", "a.md", b"a" * (MAX_FILE_BYTES + 1))), "file"),
    ],
)
def test_a_form_that_is_no_request_names_its_field(body: bytes, field: str) -> None:
    with pytest.raises(ServiceError) as caught:
        read_upload(FORM, body, [])
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)


def test_a_file_of_another_kind_is_a_type_that_is_not_read() -> None:
    with pytest.raises(UnsupportedMediaTypeError):
        read_upload(FORM, form(("file", "a.exe", b"MZ")), [])


def test_a_list_takes_filters_under_both_names_of_their_fields() -> None:
    query = [("page_size", "5"), ("states", "STATE_QUEUED,STATE_RUNNING"), ("states", "STATE_FAILED")]
    times = [
        ("createdAfter", "2026-11-23T00:00:00Z"),
        ("created_before", "2026-11-24T00:00:00+01:00"),
        ("page_token", ""),
    ]
    request = read_list(query + times)
    assert request.states == [pb.Asset.STATE_QUEUED, pb.Asset.STATE_RUNNING, pb.Asset.STATE_FAILED]
    assert (request.page_size, request.page_token, request.owner) == (5, "", "")
    assert request.created_before.seconds - request.created_after.seconds == 23 * 3600


def test_a_key_that_is_there_is_not_empty() -> None:
    assert (read_key(None), read_key("monday")) == ("", "monday")
    with pytest.raises(ServiceError):
        read_key(" ")


@given(st.lists(st.tuples(st.sampled_from(["states", "page_size", "created_after", "x"]), st.text(max_size=12))))
def test_any_query_is_a_list_request_or_a_typed_error(query: list[tuple[str, str]]) -> None:
    try:
        read_list(query)
    except ServiceError as error:
        assert error.reason is Reason.FIELD_INVALID  # noqa: PT017
