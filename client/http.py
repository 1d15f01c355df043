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
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Self, TypeVar, Unpack
from urllib.parse import quote

import orjson
import requests
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format

from .errors import AtelierError, Unreachable, error_for
from .events import asset_event, parse_stream, split_lines
from .order import FINAL, Options, Order, Picture, painted
from .posting import encode
from .resume import Patience, Position

T = TypeVar("T")

DEFAULT_URL = "http://127.0.0.1:8080"
# To connect, and the longest silence: the server sends a comment every 15 s. Unit: seconds.
TIMEOUTS_S = (5.0, 60.0)
LOST = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
GATEWAYS_LOST = (502, 503, 504)


class BearerAuth(requests.auth.AuthBase):
    """Sends an API key; as an auth object it wins over what a .netrc file says, and shows in no repr."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the header; without a key the request stays as it is."""
        if self._key:
            request.headers["Authorization"] = f"Bearer {self._key}"
        return request


class Atelier:
    """A gateway, by default at ATELIER_CLIENT_URL with the key ATELIER_CLIENT_API_KEY, where it wants one.

    Methods try again by themselves where that may help, and else raise the errors of `errors`. Not for several threads.
    """

    def __init__(self, url: str = "", api_key: str = "") -> None:
        self.url = (url or os.environ.get("ATELIER_CLIENT_URL", "") or DEFAULT_URL).rstrip("/")
        self._session = requests.Session()
        self._session.auth = BearerAuth(api_key or os.environ.get("ATELIER_CLIENT_API_KEY", ""))
        self._heard = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def create(self, content: str, **options: Unpack[Options]) -> Job:
        """Make an asset; `Order` explains the options. Nothing is sent before the job is used."""
        return self.create_order(Order(content, **options))

    def create_order(self, order: Order) -> Job:
        """Make the asset that an order describes."""
        return Job(self, order=order)

    def submit(self, order: Order) -> pb.Asset:
        """Make an asset and return it at once, as it then is; the work goes on."""
        headers, body = encode(order)
        answer = self.request("POST", "/v1/assets", data=body, headers=headers)
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
    ) -> requests.Response:
        """Send a request that may safely be sent again; it is, where the server was away or had no place free."""
        return self._again(lambda: self.send(method, path, params=params, data=data, headers=headers))

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        stream: bool = False,
    ) -> requests.Response:
        """Send one request, once."""
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
        except requests.RequestException as error:
            raise self.lost(error) from error
        self._heard = True
        _check(answer)
        return answer

    def lost(self, error: requests.RequestException) -> AtelierError:
        """The error for a request or an answer that did not get through."""
        if isinstance(error, LOST):
            return Unreachable(f"nothing answers at {self.url} ({type(error).__name__})")
        return AtelierError(f"{self.url} cannot be asked: {error}")

    def patience(self) -> Patience:
        """For a new series of tries."""
        return Patience(self._heard)

    def _again(self, attempt: Callable[[], T]) -> T:
        patience = self.patience()
        while True:
            try:
                return attempt()
            except AtelierError as error:
                time.sleep(patience.next_delay_s(error))


class Job:
    """An asset in the making: iterate over its events, or ask for its result; both resume where a connection broke.

    `name` is empty until the first event. A second iteration goes on where the first one stopped.
    """

    def __init__(self, atelier: Atelier, *, order: Order | None = None, name: str = "", after: int = 0) -> None:
        self._atelier = atelier
        self._order = order
        self._position = Position(name, after)

    @property
    def name(self) -> str:
        """The asset's resource name."""
        return self._position.name

    def __iter__(self) -> Iterator[pb.AssetEvent]:
        position, patience = self._position, self._atelier.patience()
        while position.final is None:
            try:
                for event in self._events():
                    patience.progress()
                    if position.take(event):
                        yield event
                self._ended()
            except AtelierError as error:
                time.sleep(patience.next_delay_s(error))

    def result(self) -> pb.Asset:
        """The asset in its final state; waits for it."""
        for _ in self:
            pass
        assert self._position.final is not None
        return self._position.final

    def images(self) -> Iterator[Picture]:
        """The pictures that were made; waits for the asset to be final."""
        asset = self.result()
        for number in painted(asset):
            yield self._atelier.picture(asset, number)

    def _ended(self) -> None:
        """Look why a stream ended: with the final event, after it where somebody else read that, or early."""
        if self._position.final is not None:
            return
        asset = self._atelier.get(self.name) if self.name else pb.Asset()
        if asset.state not in FINAL or asset.last_sequence > self._position.after:
            raise Unreachable(f"{self._atelier.url} ended the stream early")
        self._position.final = asset

    def _events(self) -> Iterator[pb.AssetEvent]:
        try:
            with self._open() as answer:
                for item in parse_stream(split_lines(answer.iter_content(None))):
                    if item.type == "error":
                        raise _from_problem(orjson.loads(item.data), 0)
                    yield asset_event(item)
        except requests.RequestException as error:
            raise self._atelier.lost(error) from error

    def _open(self) -> requests.Response:
        accept = {"Accept": "text/event-stream"}
        if self.name:
            headers = {**accept, "Last-Event-ID": str(self._position.after)}
            return self._atelier.send("GET", f"/v1/{quote(self.name)}:watch", headers=headers, stream=True)
        if self._order is None:
            raise AtelierError("a job is an order or the name of an asset")
        headers, body = encode(self._order)
        return self._atelier.send("POST", "/v1/assets", data=body, headers={**headers, **accept}, stream=True)


def _asset(answer: requests.Response) -> pb.Asset:
    return json_format.Parse(answer.content, pb.Asset(), ignore_unknown_fields=True)


def _check(answer: requests.Response) -> None:
    if answer.ok and not answer.is_redirect:
        return
    try:
        problem = answer.json()
    except requests.RequestException:
        problem = {}
    finally:
        answer.close()
    raise _from_problem(problem if isinstance(problem, dict) else {}, answer.status_code)


def _from_problem(problem: Mapping[str, object], status: int) -> AtelierError:
    title = str(problem.get("title") or f"HTTP {status}")
    if "reason" not in problem and status in GATEWAYS_LOST:
        return Unreachable(title)
    detail = str(problem.get("detail") or title)
    return error_for(str(problem.get("reason") or title), detail, problem)
