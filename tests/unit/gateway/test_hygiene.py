"""Requests that are turned away by their headers alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.hygiene import Rules, check, host_name, is_loopback
from gateway.problems import HttpError, HttpReason

OPEN = Rules(origins=(), hosts={"atelier.example"})
KEYED = Rules(origins=("https://cms.example",), hosts=None)


def verdict(method: str, rules: Rules, **values: str) -> HttpReason | None:
    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in values.items()]
    try:
        check(method, headers, rules)
    except HttpError as error:
        return error.reason
    return None


@pytest.mark.parametrize(
    ("method", "rules", "values", "reason"),
    [
        ("GET", OPEN, {"host": "localhost:8080"}, None),
        ("GET", OPEN, {"host": "127.0.0.1"}, None),
        ("GET", OPEN, {"host": "[::1]:80"}, None),
        ("GET", OPEN, {"host": "Atelier.Example:80"}, None),
        ("GET", OPEN, {}, None),
        ("GET", OPEN, {"host": "evil.example"}, HttpReason.HOST_REFUSED),
        ("GET", OPEN, {"host": "localhost.evil.example"}, HttpReason.HOST_REFUSED),
        ("GET", OPEN, {"host": "[::1"}, HttpReason.HOST_REFUSED),
        ("GET", KEYED, {"host": "anything"}, None),
        ("POST", KEYED, {"host": "a:1", "origin": "http://a:1"}, None),
        ("POST", KEYED, {"host": "a", "origin": "https://cms.example"}, None),
        ("POST", KEYED, {"host": "a", "origin": "https://evil.example"}, HttpReason.ORIGIN_REFUSED),
        ("POST", KEYED, {"host": "a", "origin": "null"}, HttpReason.ORIGIN_REFUSED),
        ("POST", KEYED, {"host": "a:1", "origin": "http://a:2"}, HttpReason.ORIGIN_REFUSED),
        ("GET", KEYED, {"host": "a", "origin": "https://evil.example"}, None),
        (
            "POST",
            KEYED,
            {"host": "a", "content_length": "3", "transfer_encoding": "chunked"},
            HttpReason.HEADERS_AMBIGUOUS,
        ),
    ],
)
def test_who_may_ask_for_what(method: str, rules: Rules, values: dict[str, str], reason: HttpReason | None) -> None:
    assert verdict(method, rules, **values) is reason


@pytest.mark.parametrize("name", [b"authorization", b"content-length", b"content-type", b"host", b"idempotency-key"])
def test_a_header_that_must_stand_alone_does(name: bytes) -> None:
    with pytest.raises(HttpError) as caught:
        check("GET", [(name, b"1"), (name, b"1")], KEYED)
    assert caught.value.reason is HttpReason.HEADERS_AMBIGUOUS


def test_headers_that_may_come_twice_may() -> None:
    check("GET", [(b"accept", b"a"), (b"accept", b"b"), (b"cookie", b"a"), (b"cookie", b"b")], KEYED)


@given(st.text(), st.text())
def test_any_host_and_origin_can_be_judged(host: str, origin: str) -> None:
    host_name(host)
    is_loopback(host)
    headers = [(b"host", host.encode("latin-1", "replace")), (b"origin", origin.encode("latin-1", "replace"))]
    for rules in (OPEN, KEYED):
        try:
            check("POST", headers, rules)
        except HttpError as error:
            assert error.reason in (HttpReason.HOST_REFUSED, HttpReason.ORIGIN_REFUSED)  # noqa: PT017
