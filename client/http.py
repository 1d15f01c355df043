"""Talking to the gateway over HTTP with requests: one asset's events, taken up again where a connection broke."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import orjson
import requests
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from client.events import asset_event, parse_stream, split_lines

CONNECT_TIMEOUT_S = 5.0
# The server sends a comment at least every 15 s; a longer silence is a dead connection.
SILENCE_TIMEOUT_S = 60.0
RETRY_DELAYS_S = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)


class GatewayError(Exception):
    """The gateway refused; `problem` is its RFC 9457 document."""

    def __init__(self, problem: dict[str, object]) -> None:
        reason = problem.get("reason") or problem.get("title") or "error"
        super().__init__(f"{reason}: {problem.get('detail', '')}")
        self.problem = problem


class Gateway:
    """A gateway at a base URL such as "http://127.0.0.1:8080"."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()

    def create(self, content: str, content_type: str, recipe: dict[str, object]) -> Iterator[pb.AssetEvent]:
        """Make an asset and yield its events until the final one.

        The request id is made here, so that sending the request again never makes a second asset.

        Raises:
            GatewayError: the request was refused.
            requests.RequestException: the gateway stayed out of reach through every retry.
        """
        body = orjson.dumps({"content": content, "contentType": content_type, "recipe": recipe})
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        name, last, failures = "", 0, 0
        while True:
            try:
                for event in self._stream(name, last, body, headers):
                    name, last, failures = event.asset, event.sequence, 0
                    yield event
                    if event.HasField("finished"):
                        return
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
                if failures == len(RETRY_DELAYS_S):
                    raise
            time.sleep(RETRY_DELAYS_S[min(failures, len(RETRY_DELAYS_S) - 1)])
            failures += 1

    def download(self, asset: pb.Asset, variant: int, target: Path) -> Path:
        """Write a variant's picture to `target` plus the suffix of its type; returns the path written."""
        blob = asset.variants[variant].image.blob
        path = target.with_suffix("." + blob.media_type.rpartition("/")[2].replace("jpeg", "jpg"))
        url = f"{self._url}/v1/{asset.name}/variants/{variant}/image"
        with self._session.get(url, stream=True, timeout=(CONNECT_TIMEOUT_S, SILENCE_TIMEOUT_S)) as answer:
            _check(answer)
            with path.open("wb") as file:
                for piece in answer.iter_content(256 * 1024):
                    file.write(piece)
        return path

    def _stream(self, name: str, last: int, body: bytes, headers: dict[str, str]) -> Iterator[pb.AssetEvent]:
        timeout = (CONNECT_TIMEOUT_S, SILENCE_TIMEOUT_S)
        accept = {"Accept": "text/event-stream"}
        if name:
            accept["Last-Event-ID"] = str(last)
            answer = self._session.get(f"{self._url}/v1/{name}:watch", headers=accept, stream=True, timeout=timeout)
        else:
            url = f"{self._url}/v1/assets"
            answer = self._session.post(url, data=body, headers={**headers, **accept}, stream=True, timeout=timeout)
        with answer:
            _check(answer)
            for item in parse_stream(split_lines(answer.iter_content(None))):
                if item.type == "error":
                    raise GatewayError(orjson.loads(item.data))
                yield asset_event(item)


def _check(answer: requests.Response) -> None:
    if answer.ok:
        return
    try:
        problem = answer.json()
    except requests.JSONDecodeError:
        problem = {"title": f"HTTP {answer.status_code}", "detail": answer.text[:200]}
    raise GatewayError(problem)
