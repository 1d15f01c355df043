"""Hostile HTTP: what a request that nobody sends by accident gets, and that the gateway serves on."""

from __future__ import annotations

import io
import select
import socket
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.gateways import Gateway, run_gateway, status_of, talk
from tests.e2e.harness import Stack, eventually

HOST = b"Host: localhost\r\n"
LARGE = b"a" * 20_000
KINDS = {"json": b"application/json", "text": b"text/plain", "form": b"multipart/form-data; boundary=x"}


def get(path: bytes, headers: bytes = b"") -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + headers + b"Connection: close\r\n\r\n"


def post(body: bytes, kind: str = "json", headers: bytes = b"", path: bytes = b"/v1/assets", length: int = -1) -> bytes:
    size = str(len(body) if length < 0 else length).encode()
    head = b"Content-Type: " + KINDS[kind] + b"\r\nContent-Length: " + size + b"\r\nConnection: close\r\n"
    return b"POST " + path + b" HTTP/1.1\r\n" + HOST + head + headers + b"\r\n" + body


def chunked(*pieces: bytes) -> bytes:
    head = b"POST /v1/assets HTTP/1.1\r\n" + HOST + b"Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(pieces)


def form(name: bytes, data: bytes) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n\r\n'
    return post(head + data + b"\r\n--x--\r\n", "form")


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 80_000_000)
    return data.getvalue()


@dataclass(frozen=True)
class Case:
    """What is sent, made when it is needed, and the status that must come back; 0 for a connection that just ends."""

    what: str
    make: Callable[[], bytes]
    status: int
    holds: str = ""


# 24 requests that are whole, and wrong.
CASES = (
    Case("one header of 20 kB", lambda: get(b"/v1/assets", b"X: " + LARGE + b"\r\n"), 431),
    Case(
        "a thousand headers",
        lambda: get(b"/v1/assets", b"".join(b"X-%d: 0123456789\r\n" % n for n in range(1000))),
        431,
    ),
    Case("a path of 20 kB", lambda: get(b"/" + LARGE), 431),
    Case(
        "TLS on a plain port", lambda: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 40 + b"\r\n\r\n", 400
    ),
    Case("a space before the colon", lambda: get(b"/v1/assets", b"X : y\r\n"), 400),
    Case("no Host", lambda: b"GET /v1/assets HTTP/1.1\r\n\r\n", 400),
    Case("a foreign Host", lambda: get(b"/v1/assets").replace(HOST, b"Host: evil.example\r\n"), 403, "HOST_REFUSED"),
    Case(
        "a page of elsewhere", lambda: post(b"{}", headers=b"Origin: https://evil.example\r\n"), 403, "ORIGIN_REFUSED"
    ),
    Case(
        "two keys",
        lambda: get(b"/v1/assets", b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"),
        400,
        "AMBIGUOUS",
    ),
    Case("two lengths", lambda: post(b"{}", headers=b"Content-Length: 3\r\n"), 400),
    Case(
        "a length and chunks", lambda: post(b"0\r\n\r\n", headers=b"Transfer-Encoding: chunked\r\n"), 400, "AMBIGUOUS"
    ),
    Case("a negative length", lambda: get(b"/v1/assets", b"Content-Length: -1\r\n"), 400),
    Case("a chunk size that is no number", lambda: chunked(b"zz\r\nhello\r\n0\r\n\r\n"), 400),
    Case("chunks without an end in sight", lambda: chunked(*[b"10000\r\n" + b"a" * 65536 + b"\r\n"] * 40), 413),
    Case("a length of a terabyte", lambda: post(b"{}", length=10**12), 413),
    Case("a compressed body", lambda: post(b"\x1f\x8b\x08", headers=b"Content-Encoding: gzip\r\n"), 415),
    Case("JSON of broken UTF-8", lambda: post(b'{"content": "caf\xe9"}'), 400, "FIELD_INVALID"),
    Case("JSON nested 100000 deep", lambda: post(b'{"content": ' + b"[" * 100_000), 400, "FIELD_INVALID"),
    Case("a query of broken UTF-8", lambda: post(b"x", "text", path=b"/v1/assets?style=%ff"), 400, "FIELD_INVALID"),
    Case("a path out of the folder", lambda: get(b"/docs/../../../../etc/passwd"), 404),
    Case("an encoded path out of the assets", lambda: get(b"/v1/assets/..%2f..%2f%2e%2e%00"), 404),
    Case("the address of another server", lambda: get(b"http://169.254.169.254/latest/meta-data"), 404),
    Case("a document that expands 1000 times", lambda: form(b"a.docx", bomb()), 400, "FIELD_INVALID"),
    Case("a form that never ends", lambda: post(b"--x\r\n" * 10_000, "form"), 400, "FIELD_INVALID"),
)


@pytest.fixture(scope="module")
def hasty(running: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway with little patience."""
    settings = {"header_timeout_s": "0.5", "body_timeout_s": "0.5", "write_timeout_s": "0.5", "idle_timeout_s": "1"}
    with run_gateway(running, tmp_path_factory.mktemp("hasty"), **settings) as gateway:
        yield gateway


@pytest.mark.parametrize("case", CASES, ids=[case.what for case in CASES])
def test_a_hostile_request_gets_a_problem_and_starts_nothing(stack: Stack, case: Case) -> None:
    before = len(stack.calls())
    answer = talk(stack.address("gateway"), case.make())
    assert status_of(answer) == case.status, answer[:300]
    assert b"\r\ncontent-type: application/problem+json" in answer.lower()
    assert case.holds.encode() in answer
    assert b"Traceback" not in answer
    assert len(stack.calls()) == before
    assert stack.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "line", [b"Authorization\x7f: Bearer atl_secret", b"Authorization Bearer atl_secret", b"X: \0atl_secret"]
)
def test_a_broken_line_is_not_quoted_since_it_may_hold_a_key(stack: Stack, line: bytes) -> None:
    answer = talk(stack.address("gateway"), get(b"/healthz", line + b"\r\n"))
    assert status_of(answer) == 400
    assert b"illegal header line" in answer
    assert b"atl_secret" not in answer
    assert b"atl_secret" not in talk(stack.address("gateway"), b"GET / HTAuthorization: atl_secret\r\n\r\n")


def test_ranges_cannot_be_abused(stack: Stack) -> None:
    asset = stack.final(stack.create("A lighthouse"))
    path = f"/v1/{asset.name}/variants/0/image"
    size = asset.variants[0].image.blob.size_bytes
    many = "bytes=" + ",".join(f"{number}-" for number in range(1000))
    for header, status in (
        (many, 200),
        ("bytes=0-0,0-0", 200),
        ("bytes=5-2", 200),
        ("bytes=-0", 416),
        (f"bytes={size}-", 416),
        ("bytes=" + "9" * 15 + "-", 416),
        ("bytes=0-" + "9" * 15, 206),
        ("bytes=" + "9" * 400 + "-", 200),
    ):
        answer = stack.get(path, Range=header)
        assert answer.status_code == status, header
        assert len(answer.content) <= size or status == 416
    weak = stack.get(path, Range="bytes=0-9", **{"If-Range": f'W/"{asset.variants[0].image.blob.digest}"'})
    assert (weak.status_code, len(weak.content)) == (200, size)
    beyond = stack.get(path, Range=f"bytes={size}-")
    assert beyond.headers["Content-Range"] == f"bytes */{size}"


def test_headers_that_trickle_in_are_cut_off(hasty: Gateway) -> None:
    answer = talk(hasty.address, b"GET /v1/assets HTTP/1.1\r\n", b"X: y\r\n")
    assert status_of(answer) == 408
    assert b"application/problem+json" in answer


def test_a_body_that_trickles_in_is_cut_off(hasty: Gateway) -> None:
    answer = talk(hasty.address, post(b"{", length=100))
    assert status_of(answer) == 408
    assert b"connection: close" in answer.lower()


def test_an_answer_that_nobody_reads_is_given_up(hasty: Gateway) -> None:
    asset = hasty.final("A lighthouse")
    wanted = f"GET /v1/{asset['name']}/variants/0/image HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    host, _, port = hasty.address.rpartition(":")
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(90)
        connection.connect((host, int(port)))
        connection.sendall(wanted * 150)
        poll = select.poll()
        # Nothing is read: only that the server has hung up ends the wait.
        poll.register(connection, 0)
        assert poll.poll(90_000)
    assert hasty.call("GET", "/healthz").status_code == 200


def test_a_connection_that_says_nothing_is_closed(hasty: Gateway) -> None:
    assert talk(hasty.address) == b""


def test_a_connection_that_says_nothing_more_is_closed(hasty: Gateway) -> None:
    answer = talk(hasty.address, b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
    assert (status_of(answer), answer.count(b"HTTP/1.1")) == (200, 1)


def test_a_body_that_goes_on_after_its_answer_is_cut_off(hasty: Gateway) -> None:
    answer = talk(hasty.address, b"POST /nothing HTTP/1.1\r\n" + HOST + b"Content-Length: 1000000\r\n\r\n", b"a" * 1000)
    assert status_of(answer) == 404


def test_requests_may_follow_each_other_on_one_connection(hasty: Gateway) -> None:
    one = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
    answer = talk(hasty.address, one * 3 + get(b"/healthz"))
    assert answer.count(b"HTTP/1.1 200") == 4


def test_a_body_is_no_second_request(hasty: Gateway) -> None:
    hidden = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
    answer = talk(hasty.address, post(hidden, "text", path=b"/nothing"))
    assert answer.count(b"HTTP/1.1") == 1


def test_an_upgrade_that_is_not_offered_is_an_ordinary_request(hasty: Gateway) -> None:
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n"
    answer = talk(hasty.address, b"GET /healthz HTTP/1.1\r\n" + HOST + upgrade + b"\r\n")
    assert status_of(answer) == 200


def test_one_connection_too_many_is_told_so(running: Stack, tmp_path: Path) -> None:
    with run_gateway(running, tmp_path, max_connections="5") as gateway:
        host, _, port = gateway.address.rpartition(":")
        crowd: list[socket.socket] = []
        answered: list[socket.socket] = []
        try:
            while not answered:
                crowd.append(socket.create_connection((host, int(port)), timeout=90))
                answered, _, _ = select.select(crowd, [], [], 0.1)
            answer = answered[0].recv(65536)
        finally:
            for connection in crowd:
                connection.close()
        assert status_of(answer) == 503
        assert b"CONNECTIONS_LIMITED" in answer
        assert len(crowd) >= 5
        eventually(lambda: gateway.call("GET", "/healthz").status_code == 200, "there is room again")
