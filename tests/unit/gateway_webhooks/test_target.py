"""What a client says about its webhook is read, or refused with the field that is wrong."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.webhooks import request
from gateway.webhooks.target import Target, masked, parse_url, read_target
from services.kit.errors import Reason, ServiceError

URL = "https://hooks.example.org/a?token=hidden"


def refused(value: object) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        read_target(value)
    assert caught.value.reason is Reason.FIELD_INVALID
    return caught.value


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.org",
        "//hooks.example.org/",
        "ftp://hooks.example.org/",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user@hooks.example.org/",
        "https://user:hidden@hooks.example.org/",
        "https://@hooks.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org:0/",
        "https://hooks.example.org:99999/",
        "https://hooks.example.org:port/",
        "https://hooks example.org/",
        "https://hooks.example.org/\r\nHost: other",
        "https://hooks.example.org\\@other/",
        "https://höoks.example.org/",
        "https://ex%61mple.org/",
        "https://-.example..org/",
        "https://" + "a" * 64 + ".org/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://1.2.3.4.5/",
        "http://127.0.0.1./",
        "http://example.0x10/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "https://hooks.example.org/" + "a" * 2048,
    ],
)
def test_what_is_no_good_url_is_refused_without_being_repeated(url: str) -> None:
    error = refused({"url": url})
    assert error.field == "webhook.url"
    assert "hidden" not in error.message


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "http://hooks.example.org:8080/",
        "https://HOOKS.example.org./a%2Fb?x=%41",
        "https://[2606:4700::1111]:8443/",
        "http://1.2.3.4/",
        "https://xn--hks-sna.example/",
        "https://a_b.example.org",
    ],
)
def test_a_good_url_is_sent_to_as_it_was_written(url: str) -> None:
    assert read_target({"url": url}) == Target(url)
    assert str(parse_url(url)).removesuffix("/") == url.removesuffix("/")


@settings(deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"https?://[!-~]{0,30}", fullmatch=True))
def test_any_text_is_a_url_with_host_and_port_or_an_error_about_the_url(text: str) -> None:
    error: ServiceError | None = None
    try:
        url = parse_url(text)
        assert url.scheme in ("http", "https")
        assert url.host
        assert url.port
        assert not url.user
        assert not url.password
    except ServiceError as raised:
        error = raised
    assert error is None or error.field == "webhook.url"


@pytest.mark.parametrize("value", [3, "x", [], True])
def test_a_webhook_is_an_object(value: object) -> None:
    assert refused(value).field == "webhook"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({}, "webhook.url"),
        ({"url": 5}, "webhook.url"),
        ({"url": URL, "secret": "x"}, "webhook.secret"),
        ({"url": URL, "events": "finished"}, "webhook.events"),
        ({"url": URL, "events": ["done"]}, "webhook.events"),
        ({"url": URL, "events": [["finished"]]}, "webhook.events"),
    ],
)
def test_what_is_no_webhook_names_its_field(value: object, field: str) -> None:
    assert refused(value).field == field


def test_kinds_of_events_may_be_spelled_in_both_ways_of_protobuf() -> None:
    events = ["variant_imaged", "variantImaged", "finished"]
    assert read_target({"url": URL, "events": events}) == Target(URL, ("variantImaged", "finished"))
    assert read_target({"url": URL, "events": []}) == Target(URL)
    assert read_target({"url": URL, "events": None}) == Target(URL)


def test_what_is_shown_of_a_url_has_no_query() -> None:
    assert masked(URL) == "https://hooks.example.org/a?***"
    assert masked("https://hooks.example.org/a") == "https://hooks.example.org/a"


def test_the_webhook_is_taken_out_of_a_json_body() -> None:
    document = {"content": "x", "recipe": {"seed": 5}}
    body = orjson.dumps({**document, "webhook": {"url": URL}})
    rest, query, target = request.take("application/json; charset=utf-8", body, [("width", "1")])
    assert orjson.loads(rest) == document
    assert (query, target) == ([("width", "1")], Target(URL))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"webhook"', b'{"content": "webhook"}', b'{"webhook"'])
def test_a_body_without_a_webhook_is_left_as_it_is(body: bytes) -> None:
    assert request.from_json(body) == (body, None)


def test_null_is_no_webhook() -> None:
    assert request.from_json(b'{"webhook": null}') == (b"{}", None)


def test_the_webhook_is_taken_out_of_the_query_of_other_bodies() -> None:
    query = [("seed", "5"), ("webhook_url", URL), ("webhook_events", "finished, queued")]
    body, rest, target = request.take("text/plain", b"webhook", query)
    assert (body, rest, target) == (b"webhook", [("seed", "5")], Target(URL, ("finished", "queued")))
    assert request.from_query([("seed", "5")]) == ([("seed", "5")], None)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ([("webhook_url", URL), ("webhook_url", URL)], "webhook_url"),
        ([("webhook_events", "finished")], "webhook.url"),
        ([("webhook_url", URL), ("webhook_events", "done")], "webhook.events"),
    ],
)
def test_a_query_that_names_no_webhook_says_why(query: list[tuple[str, str]], field: str) -> None:
    with pytest.raises(ServiceError) as caught:
        request.from_query(query)
    assert caught.value.field == field
