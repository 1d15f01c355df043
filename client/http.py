"""The client over HTTP, with requests: for callers outside, and for the command line.

with Atelier("http://127.0.0.1:8080") as atelier:
    job = atelier.create("Fishermen mend their nets on a misty harbour at dawn.", variants=2)
    for event in job:
        print(event.sequence, event.WhichOneof("kind"))
    for picture in job.images():
        Path(f"harbour-{picture.variant}{picture.suffix}").write_bytes(picture.data)
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import BinaryIO, TypeVar, Unpack
from urllib.parse import quote

import orjson
import requests
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.style.v1.style_pb2 import ListStylesResponse, Style
from atelier.type.v1.provenance_pb2 import Verification
from google.protobuf import json_format
from google.protobuf.message import Message

from .errors import AtelierError, Unreachable
from .events import asset_event, parse_stream, split_lines
from .order import (
    FINAL,
    Options,
    Order,
    Picture,
    decision_value,
    format_at,
    new_request_id,
    painted_spots,
)
from .posting import encode
from .resume import Position
from .session import DEFAULT_URL, BearerAuth, Session, from_problem

__all__ = ["DEFAULT_URL", "Atelier", "BearerAuth", "Job"]

M = TypeVar("M", bound=Message)

JSON = {"Content-Type": "application/json"}


class Atelier(Session):
    """A gateway, by default at ATELIER_CLIENT_URL with the key ATELIER_CLIENT_API_KEY, where it wants one.

    Methods try again by themselves where that may help, and else raise the errors of `errors`. Not for several threads.
    """

    def create(self, content: str, **options: Unpack[Options]) -> Job:
        """Make an asset; `Order` explains the options. Nothing is sent before the job is used."""
        return self.create_order(Order(content, **options))

    def create_order(self, order: Order) -> Job:
        """Make the asset that an order describes."""
        return Job(self, order=order)

    def submit(self, order: Order) -> pb.Asset:
        """Make an asset and return it at once, as it then is; the work goes on."""
        headers, body = encode(order)
        return _read(self.request("POST", "/v1/assets", data=body, headers=headers), pb.Asset())

    def preview(self, content: str, **options: Unpack[Options]) -> pb.Preview:
        """What `create` would lead to and cost; nothing is made."""
        return self.preview_order(Order(content, **options))

    def preview_order(self, order: Order) -> pb.Preview:
        """What an order would lead to and cost; nothing is made."""
        headers, body = encode(order)
        query = {"validateOnly": "true"}
        return _read(self.request("POST", "/v1/assets", params=query, data=body, headers=headers), pb.Preview())

    def replay(self, name: str, request_id: str = "") -> Job:
        """Run an asset again as a new one; `replay` of the result says whether the pictures came out the same."""
        return Job(self, replay_of=name, request_id=request_id or new_request_id())

    def watch(self, name: str, after: int = 0) -> Job:
        """The events of an asset after a sequence number, until nothing goes on by itself."""
        return Job(self, name=name, after=after)

    def get(self, name: str) -> pb.Asset:
        """The asset as it is now."""
        return _read(self.request("GET", f"/v1/{quote(name)}"), pb.Asset())

    def list(self, page_size: int = 50, states: tuple[str, ...] = ()) -> Iterator[pb.Asset]:
        """All assets, newest first; pages are fetched as they are needed. `states` such as "STATE_FAILED" select."""
        token = ""
        while True:
            query: dict[str, object] = {"page_size": page_size, "page_token": token, "states": states}
            answer = self.request("GET", "/v1/assets", params={key: value for key, value in query.items() if value})
            page = _read(answer, pb.ListAssetsResponse())
            yield from page.assets
            if not (token := page.next_page_token):
                return

    def cancel(self, name: str) -> pb.Asset:
        """Ask for the work to stop."""
        return _read(self.request("POST", f"/v1/{quote(name)}:cancel"), pb.Asset())

    def delete(self, name: str) -> None:
        """Forget an asset that is final."""
        self.request("DELETE", f"/v1/{quote(name)}")

    def review(
        self, name: str, decision: str, *, variant: int | None = None, reviewer: str = "", note: str = ""
    ) -> pb.Asset:
        """Decide, "approve" or "reject", about a variant that waits or was blocked, or without one about the content.

        With an API key `reviewer` may be left out; it is then the name of the key.
        """
        request = pb.ReviewVariantRequest(
            decision=decision_value(decision), variant=variant, reviewer=reviewer, note=note
        )
        return _read(self._post(f"/v1/{quote(name)}:review", request), pb.Asset())

    def update(
        self,
        name: str,
        variant: int = 0,
        *,
        alt_text: str | None = None,
        caption: str | None = None,
        language: str | None = None,
    ) -> pb.Asset:
        """Change texts of a variant; its pictures are stored and signed anew. What is None stays."""
        request = pb.UpdateAssetRequest(variant=variant, alt_text=alt_text, caption=caption, language=language)
        return _read(self._post(f"/v1/{quote(name)}", request, method="PATCH"), pb.Asset())

    def picture(
        self, asset: pb.Asset, variant: int, rendition: int = 0, *, held: bool = False, preview: int = 0
    ) -> Picture:
        """One picture; `preview` asks for a JPEG with at most so many pixels a side, `held` for one under review."""
        given = {"rendition": rendition, "preview": preview, "held": "true" if held else ""}
        query = {name: value for name, value in given.items() if value}
        answer = self.request("GET", f"/v1/{quote(asset.name)}/variants/{variant}/image", params=query)
        alt_text, form = asset.variants[variant].prompt.alt_text, format_at(asset, variant, rendition)
        return Picture(variant, answer.headers.get("Content-Type", ""), answer.content, alt_text, rendition, form)

    def link(self, name: str, variant: int, rendition: int = 0, lifetime_s: int = 3600) -> pb.SignImageUrlResponse:
        """A link under which anybody can read a picture for a while."""
        path = f"/v1/{quote(name)}/variants/{variant}/renditions/{rendition}/image:link"
        return _read(self.request("GET", path, params={"lifetime": lifetime_s}), pb.SignImageUrlResponse())

    def export(self, name: str, file: BinaryIO) -> None:
        """Write the asset as one zip: all pictures, `manifest.json`, `texts.csv`."""
        with self.send("GET", f"/v1/{quote(name)}:export", stream=True) as answer:
            try:
                for piece in answer.iter_content(256 * 1024):
                    file.write(piece)
            except requests.RequestException as error:
                raise self.lost(error) from error

    def verify(self, data: bytes) -> Verification:
        """What a picture file says about its origin, and whether it was changed."""
        headers = {"Content-Type": "application/octet-stream"}
        return _read(self.request("POST", "/v1/verify", data=data, headers=headers), Verification())

    def usage(self, from_day: str = "", until_day: str = "", owner: str = "") -> pb.GetUsageResponse:
        """What assets cost, by owner and day; days are "YYYY-MM-DD", UTC, the last 30 if left out."""
        given = {"from_day": from_day, "until_day": until_day, "owner": owner}
        query = {name: value for name, value in given.items() if value}
        return _read(self.request("GET", "/v1/usage", params=query), pb.GetUsageResponse())

    def policies(self) -> pb.ListPoliciesResponse:
        """The content policies, the default one first."""
        return _read(self.request("GET", "/v1/policies"), pb.ListPoliciesResponse())

    def styles(self) -> ListStylesResponse:
        """The newest version of every brand style."""
        return _read(self.request("GET", "/v1/styles"), ListStylesResponse())

    def style(self, name: str, version: int = 0) -> Style:
        """A brand style; 0 is its newest version."""
        query = {"version": version} if version else {}
        return _read(self.request("GET", f"/v1/{quote(name)}", params=query), Style())

    def create_style(self, style: Style) -> Style:
        """Make a brand style. Sent once only: a second try could not tell its own first from somebody else's."""
        return _read(self.send("POST", "/v1/styles", data=_json(style), headers=JSON), Style())

    def update_style(self, style: Style) -> Style:
        """Make the next version of a brand style, from `style.version` where that is set."""
        return _read(self.send("PUT", f"/v1/{quote(style.name)}", data=_json(style), headers=JSON), Style())

    def delete_style(self, name: str) -> None:
        """End a brand style; what was made with it stays as it is."""
        self.request("DELETE", f"/v1/{quote(name)}")

    def _post(self, path: str, message: Message, method: str = "POST") -> requests.Response:
        return self.request(method, path, data=_json(message), headers=JSON)


class Job:
    """An asset in the making: iterate over its events, or ask for its result; both resume where a connection broke.

    `name` is empty until the first event. Both come to an end when nothing goes on by itself: the asset is final, or it
    waits for a review. To iterate again after that waits for what a person decides.
    """

    def __init__(
        self,
        atelier: Atelier,
        *,
        order: Order | None = None,
        replay_of: str = "",
        request_id: str = "",
        name: str = "",
        after: int = 0,
    ) -> None:
        self._atelier = atelier
        self._order = order
        self._replay_of = replay_of
        self._request_id = request_id
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
                        if event.HasField("review_requested") and self._waits():
                            return
                self._ended()
            except AtelierError as error:
                # Behind a final event there is most likely nothing; it is not worth waiting for a server to come back.
                if position.final is None:
                    time.sleep(patience.next_delay_s(error))

    def result(self) -> pb.Asset:
        """The asset once nothing goes on by itself: in a final state, or in STATE_NEEDS_REVIEW; waits for that."""
        if self._position.rest is None:
            for _ in self:
                pass
        assert self._position.rest is not None
        return self._position.rest

    def images(self) -> Iterator[Picture]:
        """The pictures that were made, in all formats; waits as `result` does."""
        asset = self.result()
        for variant, rendition in painted_spots(asset):
            yield self._atelier.picture(asset, variant, rendition)

    def _waits(self) -> bool:
        """Whether nothing came after the event that asks for a review; the log tells of many that are long decided."""
        asset = self._atelier.get(self.name)
        if asset.last_sequence == self._position.after:
            self._position.waiting = asset
        return self._position.waiting is not None

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
                        raise from_problem(orjson.loads(item.data), 0)
                    yield asset_event(item)
        except requests.RequestException as error:
            raise self._atelier.lost(error) from error

    def _open(self) -> requests.Response:
        accept = {"Accept": "text/event-stream"}
        if self.name:
            headers = {**accept, "Last-Event-ID": str(self._position.after)}
            return self._atelier.send("GET", f"/v1/{quote(self.name)}:watch", headers=headers, stream=True)
        if self._replay_of:
            headers = {**accept, "Idempotency-Key": self._request_id}
            return self._atelier.send("POST", f"/v1/{quote(self._replay_of)}:replay", headers=headers, stream=True)
        if self._order is None:
            raise AtelierError("a job is an order, a replay, or the name of an asset")
        headers, body = encode(self._order)
        return self._atelier.send("POST", "/v1/assets", data=body, headers={**headers, **accept}, stream=True)


def _json(message: Message) -> bytes:
    return orjson.dumps(json_format.MessageToDict(message))


def _read(answer: requests.Response, message: M) -> M:
    return json_format.Parse(answer.content, message, ignore_unknown_fields=True)
