"""Sending requests to a gateway with `requests`: the key, errors with a type, tries again where those may help."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self, TypeVar

import requests

from .errors import AtelierError, Unreachable, error_for
from .resume import Patience
from .version import version

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


class Session:
    """A gateway, by default at ATELIER_CLIENT_URL with the key ATELIER_CLIENT_API_KEY, where it wants one."""

    def __init__(self, url: str = "", api_key: str = "") -> None:
        self.url = (url or os.environ.get("ATELIER_CLIENT_URL", "") or DEFAULT_URL).rstrip("/")
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"atelier-client/{version()}"
        self._session.auth = BearerAuth(api_key or os.environ.get("ATELIER_CLIENT_API_KEY", ""))
        self._heard = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

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
        begun_s = time.monotonic()
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
            raise self.lost(error, time.monotonic() - begun_s) from error
        self._heard = True
        _check(answer)
        return answer

    def lost(self, error: requests.RequestException, silent_s: float = 0.0) -> AtelierError:
        """The error for a request or an answer that did not get through, where nothing was heard for so long."""
        if isinstance(error, LOST):
            return Unreachable(f"nothing answers at {self.url} ({type(error).__name__})", silent_s)
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


def _check(answer: requests.Response) -> None:
    if answer.ok and not answer.is_redirect:
        return
    try:
        problem = answer.json()
    except requests.RequestException:
        problem = {}
    finally:
        answer.close()
    raise from_problem(problem if isinstance(problem, dict) else {}, answer.status_code)


def from_problem(problem: Mapping[str, object], status: int) -> AtelierError:
    """The error that a problem document stands for; `status` is that of the answer it came in."""
    title = str(problem.get("title") or f"HTTP {status}")
    if "reason" not in problem and status in GATEWAYS_LOST:
        return Unreachable(title)
    detail = str(problem.get("detail") or title)
    return error_for(str(problem.get("reason") or title), detail, problem)
