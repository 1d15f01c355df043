"""HTTP to Workers AI: one request, one answer, bounded in time and size; no meaning, no retries.

The token is in the head of each request and nowhere else: redirects are not followed, and errors of the HTTP library,
which carry that head, are replaced by our own. Cancelling the awaiting task closes the connection at once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from urllib.parse import quote

import aiohttp
from yarl import URL

from services.kit import telemetry
from services.kit.version import version
from services.workers_ai.errors import WorkersAIError, unreachable, unreadable
from services.workers_ai.settings import WorkersAISettings
from services.workers_ai.wire import Answer, Request

LARGEST_ANSWER_BYTES = 32 << 20
_CONNECT_S = 10.0
_CONNECTIONS = 100
_NO_REQUEST = Request(b"", "")


class Transport:
    """A pool of connections to one account; it opens no socket before the first request."""

    def __init__(self, settings: WorkersAISettings) -> None:
        self._settings = settings
        self._account = f"{settings.base_url.rstrip('/')}/accounts/{quote(settings.account_id, safe='')}"
        self._session: aiohttp.ClientSession | None = None
        # Models are few, and to parse an address takes as long as to build the rest of a request.
        self._url_of = lru_cache(maxsize=256)(lambda path: URL(self._account + path, encoded=True))
        always = {
            "Authorization": f"Bearer {settings.api_token}",
            "Accept-Encoding": "identity",
            "User-Agent": f"atelier/{version()}",
            "cf-aig-gateway-id": settings.gateway_id,
        }
        self._always = {name: value for name, value in always.items() if value}

    async def close(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def run(self, model: str, request: Request, *, timeout_s: float) -> Answer:
        """The whole answer of a model.

        Raises:
            WorkersAIError: MODEL_UNREACHABLE where no whole answer arrives; MODEL_OUTPUT where it is too large.
        """
        return await self._whole("POST", f"/ai/run/{model}", request, model, timeout_s)

    async def get(self, path: str, *, timeout_s: float) -> Answer:
        """The whole answer to a GET below the account's path."""
        return await self._whole("GET", path, _NO_REQUEST, "Workers AI", timeout_s)

    async def open(self, model: str, request: Request, *, timeout_s: float) -> Stream:
        """An answer that is read piece by piece; the caller has to close it."""
        return await self._open("POST", f"/ai/run/{model}", request, model, timeout_s)

    async def _whole(self, method: str, path: str, request: Request, model: str, timeout_s: float) -> Answer:
        stream = await self._open(method, path, request, model, timeout_s)
        try:
            return await stream.read()
        finally:
            stream.close()

    async def _open(self, method: str, path: str, request: Request, model: str, timeout_s: float) -> Stream:
        # The library rounds timeouts above its threshold up to whole seconds; a deadline is not to be rounded.
        timeout = aiohttp.ClientTimeout(
            total=timeout_s, sock_connect=min(_CONNECT_S, timeout_s), ceil_threshold=float("inf")
        )
        try:
            response = await self._open_session().request(
                method,
                self._url_of(path),
                data=request.body or None,
                headers=self._headers(request),
                timeout=timeout,
                allow_redirects=False,
            )
            return Stream(response, model, timeout_s)
        except (aiohttp.ClientError, OSError) as error:
            problem = _problem(error, model, timeout_s)
        raise problem

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=30.0),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session

    def _headers(self, request: Request) -> dict[str, str]:
        headers = self._always.copy()
        if request.content_type:
            headers["Content-Type"] = request.content_type
        if parent := telemetry.traceparent():
            headers["traceparent"] = parent
        return headers


class Stream:
    """An answer whose head has arrived."""

    def __init__(self, response: aiohttp.ClientResponse, model: str, timeout_s: float) -> None:
        self._response = response
        self._model = model
        self._timeout_s = timeout_s
        self.status = response.status
        self.headers: Mapping[str, str] = response.headers

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it arrives, 32 MiB at most."""
        size_bytes = self._response.content_length or 0
        if size_bytes > LARGEST_ANSWER_BYTES:
            raise _too_large()
        size_bytes = 0
        problem: WorkersAIError | None = None
        try:
            async for piece in self._response.content.iter_any():
                size_bytes += len(piece)
                if size_bytes > LARGEST_ANSWER_BYTES:
                    raise _too_large()
                yield piece
        except TimeoutError:
            problem = unreachable(self._model, f"did not finish its answer within {self._timeout_s:.1f} s")
        except (aiohttp.ClientError, OSError):
            problem = unreachable(self._model, f"the connection broke after {size_bytes} bytes of the answer")
        if problem is not None:
            raise problem

    async def read(self) -> Answer:
        """The rest of the body with the head."""
        body = b"".join([piece async for piece in self.pieces()])
        return Answer(self.status, body, self.headers)

    def close(self) -> None:
        """Let go of the connection: back to the pool after a whole answer, else closed."""
        self._response.close()


def _too_large() -> WorkersAIError:
    return unreadable(f"the answer is larger than {LARGEST_ANSWER_BYTES >> 20} MiB")


def _problem(error: Exception, model: str, timeout_s: float) -> WorkersAIError:
    """Our words for a request that got no answer; nothing of the library's error goes into them but its kind."""
    if isinstance(error, TimeoutError):
        connected = not isinstance(error, aiohttp.ConnectionTimeoutError)
        return unreachable(model, f"did not answer within {timeout_s:.1f} s", sent=connected)
    if isinstance(error, aiohttp.ClientConnectorError):
        return unreachable(model, f"no connection to {error.host}:{error.port}", sent=False)
    if isinstance(error, aiohttp.ClientResponseError):
        return unreadable("the answer is not HTTP")
    return unreachable(model, f"the connection broke ({type(error).__name__})")
