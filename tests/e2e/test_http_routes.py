"""HTTP as clients, browsers and proxies expect it: methods, filters, streams, origins, pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.e2e.gateways import Gateway, run_gateway
from tests.e2e.harness import Stack, eventually

ALLOWED = {
    "/v1/assets": "GET, HEAD, POST",
    "/v1/assets/x": "DELETE, GET, HEAD, PATCH",
    "/v1/assets/x:review": "POST",
    "/v1/assets/x:replay": "POST",
    "/v1/assets/x:export": "GET, HEAD",
    "/v1/assets/x/variants/0/renditions/square/image": "GET, HEAD",
    "/v1/styles": "GET, HEAD, POST",
    "/v1/styles/acme": "DELETE, GET, HEAD, PUT",
    "/v1/verify": "POST",
    "/v1/assets/x:watch": "GET, HEAD",
    "/v1/assets/x:cancel": "POST",
    "/v1/assets/x/variants/0/image": "GET, HEAD",
    "/v1/images/generations": "POST",
    "/openapi.json": "GET, HEAD",
    "/healthz": "GET, HEAD",
    "/docs": "GET, HEAD",
}


@pytest.fixture(scope="module")
def open_to_cms(running: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway that pages of one other origin may call, and that is known by a public name."""
    settings = {"cors_origins": "https://cms.example", "public_url": "https://pictures.example/"}
    with run_gateway(running, tmp_path_factory.mktemp("cors"), **settings) as gateway:
        yield gateway


@pytest.mark.parametrize("path", ALLOWED)
def test_a_wrong_method_is_told_all_that_are_right(stack: Stack, path: str) -> None:
    for method in ("PROPFIND", "TRACE", "BREW"):
        answer = stack.session.request(method, f"{stack.url}{path}", timeout=90)
        assert (answer.status_code, answer.headers["Allow"]) == (405, ALLOWED[path])


def test_head_is_get_without_its_body(stack: Stack) -> None:
    asset = stack.final(stack.create("A lighthouse"))
    paths = (
        "/v1/assets",
        f"/v1/{asset.name}",
        f"/v1/{asset.name}/variants/0/image",
        "/openapi.json",
        "/docs",
        "/readyz",
    )
    for path in paths:
        head, get = stack.session.head(f"{stack.url}{path}", timeout=90), stack.get(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers["Content-Type"] == get.headers["Content-Type"]
        assert head.headers.get("ETag") == get.headers.get("ETag")
        assert head.headers["Content-Length"] == str(len(get.content)) or path == "/v1/assets"
    watch = stack.session.head(f"{stack.url}/v1/{asset.name}:watch", timeout=90)
    assert (watch.status_code, watch.content) == (200, b"")
    assert watch.headers["Content-Type"].startswith("text/event-stream")


def test_a_list_can_be_narrowed_by_state_and_time(stack: Stack, word: str) -> None:
    early = stack.final(stack.create("Early")).create_time.ToJsonString()
    done = stack.final(stack.create(f"Done {word}"))
    stack.fault(model="*", contains=f"stuck {word}", body="hang")
    stuck = stack.create(f"stuck {word}")

    def names(query: str) -> list[str]:
        page = stack.get(f"/v1/assets?page_size=1000&{query}").json()
        return [asset["name"] for asset in page.get("assets", [])]

    assert done.name in names("states=STATE_SUCCEEDED")
    assert stuck not in names("states=STATE_SUCCEEDED")
    assert stuck in names("states=STATE_QUEUED,STATE_RUNNING") == names("states=STATE_QUEUED&states=STATE_RUNNING")
    moment = done.create_time.ToJsonString()
    assert done.name in names(f"created_after={moment}")
    assert done.name not in names(f"created_before={moment}")
    assert names(f"createdAfter={moment}&created_before={early}") == []
    stack.session.post(f"{stack.url}/v1/{stuck}:cancel", timeout=90)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("states=STATE_DONE", "states"),
        ("states=", "states"),
        ("states=STATE_UNSPECIFIED", "states"),
        ("created_after=yesterday", "created_after"),
        ("created_before=", "created_before"),
        ("page_size=many", "page_size"),
        ("page_size=1&page_size=2", "page_size"),
        ("page_size=1001", "page_size"),
        ("owner=me", "owner"),
        ("colour=red", "colour"),
    ],
)
def test_a_filter_that_cannot_be_read_names_itself(stack: Stack, query: str, field: str) -> None:
    answer = stack.get(f"/v1/assets?{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_streams_pass_proxies_and_say_how_soon_to_come_back(stack: Stack) -> None:
    name = stack.create("A lighthouse")
    stream = stack.get(f"/v1/{name}:watch")
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert "no-transform" in stream.headers["Cache-Control"]
    assert stream.headers["X-Accel-Buffering"] == "no"
    assert "Content-Length" not in stream.headers
    assert stream.content.startswith(b"retry: ")
    assert stream.content.count(b"\nid: ") == stream.content.count(b"\ndata: ")


def test_a_silent_stream_is_kept_open_by_comments(stack: Stack, tmp_path: Path, word: str) -> None:
    stack.fault(model="*", contains=word, body="hang")
    with run_gateway(stack, tmp_path, heartbeat_s="0.05") as gateway:
        name = gateway.create(word).json()["name"]
        with gateway.session.get(f"{gateway.url}/v1/{name}:watch", stream=True, timeout=90) as stream:
            lines = stream.iter_lines()
            assert any(line.startswith(b":") for line in lines)
            assert next(line for line in lines if line.startswith((b":", b"id:"))).startswith(b":")
        gateway.call("POST", f"/v1/{name}:cancel")


def test_a_client_that_leaves_its_stream_cancels_nothing(stack: Stack, word: str) -> None:
    stack.fault(model="*", contains=word, latency_ms=300, times=1)
    with requests.post(
        f"{stack.url}/v1/assets",
        json={"content": word},
        headers={"Accept": "text/event-stream"},
        stream=True,
        timeout=90,
    ) as stream:
        name = stream.headers["Location"].removeprefix("/v1/")
        next(stream.iter_lines())
    eventually(lambda: stack.get(f"/v1/{name}").json()["state"] == "STATE_SUCCEEDED", "the asset is made")


def test_other_origins_get_nothing_unless_they_are_allowed(stack: Stack, open_to_cms: Gateway) -> None:
    cms, evil = {"Origin": "https://cms.example"}, {"Origin": "https://evil.example"}
    assert "Access-Control-Allow-Origin" not in stack.get("/v1/assets", **cms).headers
    refused = stack.post("A harbour", **cms)
    assert (refused.status_code, refused.json()["reason"]) == (403, "ORIGIN_REFUSED")
    allowed = open_to_cms.create("A harbour", **cms)
    assert allowed.status_code == 202
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://cms.example"
    assert "Location" in allowed.headers["Access-Control-Expose-Headers"]
    preflight = {**cms, "Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "authorization"}
    asked = open_to_cms.call("OPTIONS", "/v1/assets/x", **preflight)
    assert (asked.status_code, "DELETE" in asked.headers["Access-Control-Allow-Methods"]) == (200, True)
    assert open_to_cms.create("A harbour", **evil).status_code == 403
    assert "Access-Control-Allow-Origin" not in open_to_cms.call("GET", "/v1/assets", **evil).headers


def test_links_in_answers_use_the_public_name(open_to_cms: Gateway) -> None:
    order = {"prompt": "A harbour", "response_format": "url"}
    answer = open_to_cms.call("POST", "/v1/images/generations", json=order, Host="pictures.example")
    assert answer.json()["data"][0]["url"].startswith("https://pictures.example/v1/assets/")


def test_an_address_of_ipv6_can_be_listened_on(running: Stack, tmp_path: Path) -> None:
    with run_gateway(running, tmp_path, listen="[::1]:0") as gateway:
        assert gateway.address.startswith("[::1]:")
        assert gateway.call("GET", "/healthz").status_code == 200


def test_every_answer_forbids_sniffing_and_framing(stack: Stack) -> None:
    for path in ("/v1/assets", "/nothing", "/docs", "/openapi.json"):
        headers = stack.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Server" not in headers


def test_the_files_of_a_page_are_all_that_its_folder_gives_out(stack: Stack) -> None:
    script = stack.get("/docs/docs.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert stack.get("/docs/docs.js", **{"If-None-Match": script.headers["ETag"]}).status_code == 304
    for path in ("/docs/../app.py", "/docs/%2e%2e/app.py", "/docs/..%2fapp.py", "/docs//etc/passwd", "/app.py"):
        raw = requests.Request("GET", stack.url).prepare()
        raw.url = f"{stack.url}{path}"
        assert stack.session.send(raw, timeout=90).status_code == 404
