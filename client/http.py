"""The client over HTTP, with requests: for callers outside, and for the command line.

with Atelier("http://127.0.0.1:8080") as atelier:
    job = atelier.create("Fishermen mend their nets on a misty harbour at dawn.", variants=2)
    for event in job:
        print(event.sequence, event.WhichOneof("kind"))
    for picture in job.images():
        Path(f"harbour-{picture.variant}{picture.suffix}").write_bytes(picture.data)
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self
from urllib.parse import quote

import orjson
import requests
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format

from client.errors import AtelierError, Refused, Unreachable, refusal
from client.events import asset_event, parse_stream, split_lines
from client.order import FINAL, RETRY_DELAYS_S, Order, Picture, painted

DEFAULT_URL = "http://127.0.0.1:8080"
# To connect, and the longest silence: the server sends a comment every 15 s. Unit: seconds.
TIMEOUTS_S = (5.0, 60.0)
LOST = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)


class Atelier:
    """A gateway, by default at ATELIER_CLIENT_URL with the key ATELIER_CLIENT_API_KEY, where it wants one.

    Methods raise `Refused` for what the server refuses and `Unreachable` where it does not answer.
    """

    def __init__(self, url: str = "", api_key: str = "") -> None:
        self.url = (url or os.environ.get("ATELIER_CLIENT_URL", "") or DEFAULT_URL).rstrip("/")
        self._session = requests.Session()
        if key := api_key or os.environ.get("ATELIER_CLIENT_API_KEY", ""):
            self._session.headers["Authorization"] = f"Bearer {key}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def create(self, content: str, **options: object) -> Job:
        """Make an asset; `options` are those of `Order`. Nothing is sent before the job is used."""
        return self.create_order(Order(content, **options))  # type: ignore[arg-type]

    def create_order(self, order: Order) -> Job:
        """Make the asset that an order describes."""
        return Job(self, order=order)

    def submit(self, order: Order) -> pb.Asset:
        """Make an asset and return it at once, as it then is; the work goes on."""
        answer = self.request("POST", "/v1/assets", data=_body(order), headers=_headers(order))
        return _asset(answer)

    def watch(self, name: str, after: int = 0) -> Job:
        """The events of an asset after a sequence number, up to the final one."""
        return Job(self, name=name, after=after)

    def get(self, name: str) -> pb.Asset:
        """The asset as it is now."""
        return _asset(self.request("GET", f"/v1/{quote(name)}"))

    def list(self, page_size: int = 50, states: tuple[str, ...] = ()) -> Iterator[pb.Asset]:
        """All assets, newest first; pages are fetched as they are needed. `states` such as "STATE_FAILED" select."""
        token = ""
        while True:
            query: dict[str, object] = {"page_size": page_size, "page_token": token, "states": states}
            answer = self.request("GET", "/v1/assets", params={key: value for key, value in query.items() if value})
            page = json_format.Parse(answer.content, pb.ListAssetsResponse(), ignore_unknown_fields=True)
            yield from page.assets
            if not (token := page.next_page_token):
                return

    def cancel(self, name: str) -> pb.Asset:
        """Ask for the work to stop."""
        return _asset(self.request("POST", f"/v1/{quote(name)}:cancel"))

    def delete(self, name: str) -> None:
        """Forget an asset that is final."""
        self.request("DELETE", f"/v1/{quote(name)}")

    def picture(self, asset: pb.Asset, variant: int) -> Picture:
        """The picture of one variant."""
        path = f"/v1/{quote(asset.name)}/variants/{variant}/image"
        answer = self.request("GET", path)
        alt_text = asset.variants[variant].prompt.alt_text
        return Picture(variant, answer.headers.get("Content-Type", ""), answer.content, alt_text)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        stream: bool = False,
    ) -> requests.Response:
        """Send one request that may safely be sent again; it is, where the connection is lost."""
        for delay_s in (*RETRY_DELAYS_S[:3], None):
            try:
                answer = self._session.request(
                    method,
                    f"{self.url}{path}",
                    params=params,  # type: ignore[arg-type]
                    data=data,
                    headers=dict(headers or {}),
                    stream=stream,
                    timeout=TIMEOUTS_S,
                    allow_redirects=False,
                )
            except LOST as error:
                if delay_s is None:
                    raise Unreachable(f"nothing answers at {self.url} ({type(error).__name__})") from error
                time.sleep(delay_s)
                continue
            _check(answer)
            return answer
        raise AssertionError("unreachable: the last try returns or raises")


class Job:
    """An asset in the making: iterate over its events, or ask for its result; both resume where a connection broke."""

    def __init__(self, atelier: Atelier, *, order: Order | None = None, name: str = "", after: int = 0) -> None:
        self.name = name
        self._atelier = atelier
        self._order = order
        self._after = after
        self._final: pb.Asset | None = None

    def __iter__(self) -> Iterator[pb.AssetEvent]:
        failures = 0
        while self._final is None:
            try:
                for event in self._events():
                    self.name, self._after, failures = event.asset, event.sequence, 0
                    if event.HasField("finished"):
                        self._final = event.finished.asset
                    yield event
                if self._final is None and self._is_over():
                    return
            except LOST as error:
                if failures == len(RETRY_DELAYS_S):
                    raise Unreachable(f"{self._atelier.url} is out of reach ({type(error).__name__})") from error
            if self._final is None:
                time.sleep(RETRY_DELAYS_S[min(failures, len(RETRY_DELAYS_S) - 1)])
                failures += 1

    def result(self) -> pb.Asset:
        """The asset in its final state; waits for it."""
        for _ in self:
            pass
        if self._final is None:
            self._final = self._atelier.get(self.name)
        return self._final

    def images(self) -> Iterator[Picture]:
        """The pictures that were made; waits for the asset to be final."""
        asset = self.result()
        for number in painted(asset):
            yield self._atelier.picture(asset, number)

    def _is_over(self) -> bool:
        """Whether the log ended before `after`: the final event was read by somebody else."""
        return bool(self.name) and self._atelier.get(self.name).state in FINAL

    def _events(self) -> Iterator[pb.AssetEvent]:
        accept = {"Accept": "text/event-stream"}
        if self.name:
            headers = {**accept, "Last-Event-ID": str(self._after)}
            answer = self._atelier.request("GET", f"/v1/{quote(self.name)}:watch", headers=headers, stream=True)
        elif self._order is not None:
            headers = {**_headers(self._order), **accept}
            answer = self._atelier.request("POST", "/v1/assets", data=_body(self._order), headers=headers, stream=True)
        else:
            raise AtelierError("a job is an order or the name of an asset")
        with answer:
            for item in parse_stream(split_lines(answer.iter_content(None))):
                if item.type == "error":
                    raise _from_problem(orjson.loads(item.data), 0)
                yield asset_event(item)


def _headers(order: Order) -> dict[str, str]:
    return {"Content-Type": "application/json", "Idempotency-Key": order.request_id}


def _body(order: Order) -> bytes:
    asset = order.to_request().asset
    return json_format.MessageToJson(asset, indent=None).encode()


def _asset(answer: requests.Response) -> pb.Asset:
    return json_format.Parse(answer.content, pb.Asset(), ignore_unknown_fields=True)


def _check(answer: requests.Response) -> None:
    if answer.ok:
        return
    try:
        problem = answer.json()
    except requests.JSONDecodeError:
        problem = {}
    raise _from_problem(problem if isinstance(problem, dict) else {}, answer.status_code)


def _from_problem(problem: Mapping[str, object], status: int) -> Refused:
    title = problem.get("title") or f"HTTP {status}"
    detail = problem.get("detail") or title
    return refusal(str(problem.get("reason") or title), str(detail), problem)
