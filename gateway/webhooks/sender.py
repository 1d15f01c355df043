"""Sending one event: the host resolved once, its addresses judged, the connection made to those and to no other."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

import aiohttp
from aiohappyeyeballs import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from gateway.webhooks import backoff
from gateway.webhooks.addresses import Address, AllowList, parse_address
from gateway.webhooks.delivery import Outcome
from gateway.webhooks.target import URL_FIELD, parse_url
from services.kit.errors import ServiceError, invalid_field

TIMEOUT_S = 15.0
RESOLVE_TIMEOUT_S = 5.0
# The body of an answer means nothing to us; a little of it is taken so that a plain receiver can finish writing.
MAX_ANSWER_BYTES = 4096
MAX_ANSWER_WAIT_S = 1.0
USER_AGENT = "Atelier-Webhooks/1"
NOT_PUBLIC = "the host has an address that is not public"
UNRESOLVED = "the host name cannot be resolved"


class TargetError(Exception):
    """A host that cannot or may not be reached; the message tells no address."""


class Sender:
    """Posts events. What may be reached beside the public internet is in the allow list."""

    def __init__(self, allow: AllowList, timeout_s: float = TIMEOUT_S) -> None:
        self._allow = allow
        self._timeout_s = timeout_s

    async def check(self, url: str) -> None:
        """Refuse a target that no delivery could reach now.

        Raises:
            ServiceError: FIELD_INVALID with the field `webhook.url`.
        """
        try:
            await self._addresses(parse_url(url))
        except TargetError as error:
            raise invalid_field(URL_FIELD, f"is refused: {error}", "a host with public addresses") from None

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Send one request and tell how it ended; never raises."""
        try:
            async with asyncio.timeout(self._timeout_s):
                target = parse_url(url)
                return await post_to(await self._addresses(target), target, headers, body)
        except TimeoutError:
            return Outcome(problem=f"no answer within {self._timeout_s:g} s")
        except (TargetError, ServiceError) as error:
            return Outcome(problem=str(error))
        except aiohttp.ClientError as error:
            return Outcome(problem=_problem(error))

    async def _addresses(self, url: URL) -> Sequence[Address]:
        """The addresses of a URL's host; all of them have to be permitted."""
        host = (url.raw_host or "").lower()
        literal = parse_address(host)
        addresses = [literal] if literal else await resolve(host)
        if not all(self._allow.permits(host, address) for address in addresses):
            raise TargetError(NOT_PUBLIC)
        return addresses


async def post_to(addresses: Sequence[Address], url: URL, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Send one request to a host at these addresses, and at no other; redirects are not followed.

    Raises:
        aiohttp.ClientError: there is no whole answer.
    """
    pinned = _Pinned(addresses)
    connector = aiohttp.TCPConnector(
        resolver=pinned, socket_factory=pinned.make_socket, use_dns_cache=False, force_close=True
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        trust_env=False,
        auto_decompress=False,
        read_bufsize=MAX_ANSWER_BYTES,
    )
    own = {"User-Agent": USER_AGENT, "Content-Type": "application/json", "Accept-Encoding": "identity"}
    async with session, session.post(url, data=body, headers=own | {**headers}, allow_redirects=False) as answer:
        with suppress(aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError):
            async with asyncio.timeout(MAX_ANSWER_WAIT_S):
                await answer.content.readexactly(MAX_ANSWER_BYTES)
        asked_s = backoff.retry_after_s(answer.headers.get("Retry-After", ""), time.time())
        return Outcome(status=answer.status, retry_after_s=asked_s)


class _Pinned(AbstractResolver):
    """Answers every name with addresses that have been judged, and opens sockets to those only.

    The second matters because the client asks no resolver for a host that looks like an address to it.
    """

    def __init__(self, addresses: Sequence[Address]) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET if address.version == 4 else socket.AF_INET6,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""

    def make_socket(self, info: AddrInfoType) -> socket.socket:
        """The socket for an address of `getaddrinfo`'s form."""
        family, kind, protocol, _, place = info
        if parse_address(str(place[0])) not in self._addresses:
            raise OSError("the address was not judged before")
        return socket.socket(family, kind, protocol)


async def resolve(host: str) -> list[Address]:
    """The addresses of a host name.

    Raises:
        TargetError: it has none, or they do not come in time.
    """
    try:
        async with asyncio.timeout(RESOLVE_TIMEOUT_S):
            found = await asyncio.get_running_loop().getaddrinfo(host, 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError):
        raise TargetError(UNRESOLVED) from None
    addresses = [parse_address(str(info[4][0])) for info in found]
    # What cannot be judged, such as an address with a zone, is not reached either.
    if not addresses or None in addresses:
        raise TargetError(UNRESOLVED)
    return list(dict.fromkeys(address for address in addresses if address is not None))


def _problem(error: aiohttp.ClientError) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return "the receiver's TLS certificate or handshake is refused"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"cannot connect: {error.os_error.strerror or 'refused'}"
    return f"the connection broke ({type(error).__name__})"
