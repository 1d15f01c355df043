"""Where a client wants the events of an asset sent, and which of them: reading and refusing what it says. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from yarl import URL

from gateway.webhooks.addresses import parse_address
from services.kit.errors import ServiceError, invalid_field

MAX_URL_LENGTH = 2048
URL_FIELD = "webhook.url"
EVENTS_FIELD = "webhook.events"
FIELDS = ("url", "events")
TAKES = "an http or https URL of a public host"

_KINDS = pb.AssetEvent.DESCRIPTOR.oneofs_by_name["kind"].fields
# Both of protobuf's spellings of a kind, each with the one that JSON has.
EVENT_NAMES: Mapping[str, str] = {name: field.json_name for field in _KINDS for name in (field.name, field.json_name)}
JSON_NAMES: Mapping[str, str] = {field.name: field.json_name for field in _KINDS}

_VISIBLE = re.compile(r"[!-~]+")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\.?")
# The C library reads "127.1", "0177.0.0.1" and "0x7f000001" as addresses; only the usual form of one is taken.
_NUMBER = re.compile(r"(^|\.)(0x[0-9a-f]*|[0-9]+)\.?$")


@dataclass(frozen=True, slots=True)
class Target:
    """A checked URL and the kinds of events (in their JSON names) that go there; none means all."""

    url: str
    events: tuple[str, ...] = ()


def read_target(value: object) -> Target | None:
    """The target that the field `webhook` of a JSON body names; None for null.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise invalid_field("webhook", "is no JSON object", 'an object such as {"url": "https://..."}')
    for name in value:
        if name not in FIELDS:
            raise invalid_field(f"webhook.{name}", "is not a field of this request", ", ".join(FIELDS))
    return make_target(value.get("url"), value.get("events"))


def make_target(url: object, events: object = None) -> Target:
    """The target of a URL and a list of kinds.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    if not isinstance(url, str):
        raise invalid_field(URL_FIELD, "is missing or no text", TAKES)
    parse_url(url)
    if events is None:
        return Target(url)
    if not isinstance(events, list):
        raise invalid_field(EVENTS_FIELD, "is no list", "a list of event kinds")
    return Target(url, _kinds(events))


def parse_url(text: str) -> URL:
    """The URL as the sender will use it.

    Raises:
        ServiceError: FIELD_INVALID; the message does not repeat the URL, which may hold a secret.
    """
    if len(text) > MAX_URL_LENGTH:
        raise _bad_url(f"has {len(text)} characters", f"at most {MAX_URL_LENGTH} characters")
    if not _VISIBLE.fullmatch(text) or "\\" in text:
        raise _bad_url("has characters that no URL has", "printable ASCII; write others percent-encoded")
    try:
        url = URL(text, encoded=True)
        port = url.port
    except ValueError:
        raise _bad_url("is no URL") from None
    if url.scheme not in ("http", "https"):
        raise _bad_url("is neither http nor https")
    if "@" in url.raw_authority:
        raise _bad_url("holds a user name or password; use a secret path or query instead")
    if "#" in text:
        raise _bad_url("has a fragment, which is never sent")
    if not port or not _is_host((url.raw_host or "").lower()):
        raise _bad_url("has no usable host and port")
    return url


def masked(url: str) -> str:
    """The URL without the values of its query."""
    head, mark, _ = url.partition("?")
    return f"{head}{mark}***" if mark else head


def _is_host(host: str) -> bool:
    if ":" in host or _NUMBER.search(host):
        return "%" not in host and parse_address(host) is not None
    return _HOST.fullmatch(host) is not None


def _kinds(events: Iterable[object]) -> tuple[str, ...]:
    kinds: list[str] = []
    for event in events:
        kind = EVENT_NAMES.get(event) if isinstance(event, str) else None
        if kind is None:
            raise invalid_field(EVENTS_FIELD, "names an event that there is not", ", ".join(JSON_NAMES.values()))
        kinds.append(kind)
    return tuple(dict.fromkeys(kinds))


def _bad_url(problem: str, limit: str = TAKES) -> ServiceError:
    return invalid_field(URL_FIELD, problem, limit)
