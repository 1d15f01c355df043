"""Who may pass: header hygiene for every request, API keys, scopes and the rate limit for those below /v1/."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import hygiene, keys, ratelimit, scopes
from gateway.answers import problem_of, problem_response
from gateway.config import Config
from gateway.keys import Principal
from gateway.keystore import KeyRing
from gateway.problems import HttpError, HttpReason
from services.kit.config import ConfigError

GUARDED = ("/v1/", "/metrics")
REALM = 'Bearer realm="atelier"'


class Guard:
    """Tells who makes a request, and turns away whoever may not."""

    def __init__(self, config: Config, ring: KeyRing, now_s: Callable[[], float] = time.monotonic) -> None:
        self._ring = ring
        self._now_s = now_s
        self._local = hygiene.is_loopback(config.listen.rpartition(":")[0]) or config.published_on_loopback
        self._origins = config.cors_origins
        self._public_host = hygiene.host_name(urlsplit(config.public_url).netloc)
        self._buckets = ratelimit.Buckets(config.requests_per_minute)
        self._policy = ratelimit.policy(config.requests_per_minute, config.concurrent_jobs)

    def check_start(self) -> None:
        """Refuse to serve strangers without keys.

        Raises:
            ConfigError: the address is not a loopback one and there is no good key.
        """
        if not self._local and all(key.revoked for key in self._ring.current().values()):
            raise ConfigError(
                "ATELIER_GATEWAY_LISTEN is not a loopback address and there is no API key; make one with "
                "`python -m gateway.keys_cli create --name NAME`"
            )

    def check_headers(self, method: str, headers: hygiene.Headers) -> None:
        """Turn away what is ambiguous or comes from a foreign page.

        Raises:
            HttpError: see `hygiene.check`.
        """
        hosts = {self._public_host} - {""} if self._is_open() else None
        hygiene.check(method, headers, hygiene.Rules(self._origins, hosts))

    def identify(self, method: str, path: str, authorization: str) -> Principal:
        """Who makes the request.

        Raises:
            HttpError: KEY_MISSING, KEY_REFUSED or SCOPE_MISSING.
        """
        if self._is_open():
            return Principal()
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            detail = "send it as Authorization: Bearer atl_..."
            raise HttpError(HttpReason.KEY_MISSING, detail, headers={"WWW-Authenticate": REALM})
        key = keys.find(self._ring.current(), token.strip())
        if key is None:
            challenge = {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}
            raise HttpError(HttpReason.KEY_REFUSED, "no good key has this token", headers=challenge)
        principal = Principal(key.id, frozenset(key.scopes), key.name, key.daily_budget_usd)
        require(principal, scopes.needed(method, path))
        return principal

    def count(self, principal: Principal) -> dict[str, str]:
        """Count a request; returns the headers that tell what is left.

        Raises:
            HttpError: RATE_LIMITED.
        """
        if not principal.key_id:
            return {}
        decision = self._buckets.take(principal.key_id, self._now_s())
        headers = {"RateLimit-Policy": self._policy, "RateLimit": ratelimit.state(decision)}
        if not decision.passes:
            limit = self._policy.partition(",")[0]
            detail = "the key made too many requests; see the RateLimit headers"
            raise HttpError(
                HttpReason.RATE_LIMITED, detail, limit=limit, retry_after_s=decision.next_in_s, headers=headers
            )
        return headers

    def _is_open(self) -> bool:
        return self._local and not self._ring.current()


def require(principal: Principal, scope: keys.Scope) -> None:
    """Turn away a principal that does not have a scope.

    Raises:
        HttpError: SCOPE_MISSING.
    """
    if not principal.may(scope):
        challenge = {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'}
        raise HttpError(HttpReason.SCOPE_MISSING, f"this needs the scope {scope}", headers=challenge)


class AccessMiddleware:
    """Puts the guard before the application; handlers find the principal in `request.state.principal`."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            headers = self._admit(scope)
        except HttpError as error:
            await problem_response(scope["path"], problem_of(error))(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = MutableHeaders(scope=message)
                for name, value in headers.items():
                    known.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, told if headers else send)

    def _admit(self, scope: Scope) -> dict[str, str]:
        method: str = scope["method"]
        hygiene.check_size(len(scope["raw_path"]) + len(scope["query_string"]), scope["headers"])
        self._guard.check_headers(method, scope["headers"])
        if not scope["path"].startswith(GUARDED):
            return {}
        authorization = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
        principal = self._guard.identify(method, scope["path"], authorization)
        scope.setdefault("state", {})["principal"] = principal
        return self._guard.count(principal)
