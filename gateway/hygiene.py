"""Requests that are turned away by their headers alone: ambiguous ones, and those that a foreign web page made."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.problems import HttpError, HttpReason

Headers = Sequence[tuple[bytes, bytes]]

# Where two of these differ, the gateway and a proxy before it may each believe another one.
SINGLE = frozenset(
    b"authorization content-length content-type host idempotency-key if-range last-event-id origin range "
    b"transfer-encoding traceparent".split()
)
# Path, query and headers together.
MAX_HEAD_BYTES = 16 * 1024
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is allowed besides the gateway's own pages: origins, and hosts (None: any)."""

    origins: Collection[str]
    hosts: Collection[str] | None


def too_large() -> HttpError:
    """HEADERS_TOO_LARGE."""
    limit = f"at most {MAX_HEAD_BYTES} bytes"
    return HttpError(HttpReason.HEADERS_TOO_LARGE, "path, query and headers are too long together", limit=limit)


def check_size(target_bytes: int, headers: Headers) -> None:
    """Turn away a request whose head is too large. `target_bytes` is the length of path and query.

    Raises:
        HttpError: HEADERS_TOO_LARGE.
    """
    if target_bytes + sum(len(name) + len(value) + 4 for name, value in headers) > MAX_HEAD_BYTES:
        raise too_large()


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own, reached by nobody else."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def host_name(authority: str) -> str:
    """The host of "host:port", in lower case, without the brackets of an IPv6 address."""
    try:
        return (urlsplit(f"//{authority}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def check(method: str, headers: Headers, rules: Rules) -> None:
    """Turn a request away, or return.

    Raises:
        HttpError: HEADERS_AMBIGUOUS, HOST_REFUSED or ORIGIN_REFUSED.
    """
    counts = Counter(name for name, _ in headers)
    for name in SINGLE & counts.keys():
        if counts[name] > 1:
            raise HttpError(HttpReason.HEADERS_AMBIGUOUS, f"{name.decode()} is there {counts[name]} times")
    if counts[b"content-length"] and counts[b"transfer-encoding"]:
        raise HttpError(HttpReason.HEADERS_AMBIGUOUS, "Content-Length and Transfer-Encoding exclude each other")
    values = {name: value.decode("latin-1") for name, value in headers}
    host = values.get(b"host", "")
    _check_host(host, rules)
    if method not in SAFE_METHODS:
        _check_origin(values, host, rules)


def _check_host(host: str, rules: Rules) -> None:
    # Without keys the address is the only guard; a foreign name that resolves to it would open it to web pages.
    if rules.hosts is None or not host or is_loopback(host_name(host)) or host_name(host) in rules.hosts:
        return
    detail = f"without API keys only loopback names are served, not {host[:100]!r}; set ATELIER_GATEWAY_PUBLIC_URL"
    raise HttpError(HttpReason.HOST_REFUSED, detail)


def _check_origin(values: dict[bytes, str], host: str, rules: Rules) -> None:
    # A page may send a simple POST anywhere without asking first; only its Origin tells.
    origin = values.get(b"origin", "")
    if not origin or origin in rules.origins or "*" in rules.origins:
        return
    if _authority(origin) != host.lower():
        raise HttpError(HttpReason.ORIGIN_REFUSED, f"pages of {origin[:100]!r} may not change anything here")


def _authority(origin: str) -> str:
    # Empty for "null" and for what is no origin.
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
