"""What requests other than POST /v1/assets ask for: reviews, new texts, usage, links, brand styles. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.style.v1.style_pb2 import Style
from google.protobuf.duration_pb2 import Duration

from gateway.keys import Principal
from gateway.messages import names_of, one_each, parse, read_object, refuse_unknown
from services.kit.errors import invalid_field

REVIEW_FIELDS = names_of(pb.ReviewVariantRequest.DESCRIPTOR, without=("name",))
UPDATE_FIELDS = names_of(pb.UpdateAssetRequest.DESCRIPTOR, without=("name",))
USAGE_FIELDS = names_of(pb.GetUsageRequest.DESCRIPTOR)
STYLE_FIELDS = names_of(Style.DESCRIPTOR, without=("create_time", "owner"))
DECISIONS = {name.removeprefix("DECISION_").lower(): name for name in pb.Review.Decision.keys()[1:]}
MAX_REVIEWER = 100
MAX_LIFETIME_S = 7 * 24 * 3600

Pairs = Iterable[tuple[str, str]]


def read_review(name: str, body: bytes, who: Principal) -> pb.ReviewVariantRequest:
    """The decision that a body holds. Where there are keys, the record names the one that was used.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    document = read_object(body, '{"variant": 0, "decision": "approve", "reviewer": "Ada"}')
    refuse_unknown(document, REVIEW_FIELDS)
    decision = document.get("decision")
    if isinstance(decision, str):
        document["decision"] = DECISIONS.get(decision.lower(), decision)
    request = pb.ReviewVariantRequest()
    parse(document, request, "body")
    request.name = name
    if who.key_id:
        key = f" (key {who.key_id})"
        request.reviewer = (request.reviewer or who.name)[: MAX_REVIEWER - len(key)] + key
    return request


def read_update(name: str, body: bytes) -> pb.UpdateAssetRequest:
    """The new texts that a body holds.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    document = read_object(body, '{"variant": 0, "altText": "..."}')
    refuse_unknown(document, UPDATE_FIELDS)
    request = pb.UpdateAssetRequest()
    parse(document, request, "body")
    request.name = name
    return request


def read_usage(query: Pairs) -> pb.GetUsageRequest:
    """The days and the owner that a query names.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    values = one_each(query)
    refuse_unknown(values, USAGE_FIELDS)
    request = pb.GetUsageRequest()
    parse(values, request, "query")
    return request


def read_lifetime(query: Pairs) -> Duration | None:
    """How long a link is to be good: seconds as "3600" or "3600s"; None where the query does not say.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    values = one_each(query)
    refuse_unknown(values, ("lifetime",))
    if "lifetime" not in values:
        return None
    found = re.fullmatch(r"([0-9]{1,7})s?", str(values["lifetime"]))
    if found is None or not 1 <= int(found[1]) <= MAX_LIFETIME_S:
        raise invalid_field("lifetime", "is out of range", f"1 to {MAX_LIFETIME_S} seconds")
    return Duration(seconds=int(found[1]))


def read_style(body: bytes, name: str = "") -> Style:
    """The brand style that a body holds; `name` is the one in the path, where there is one.

    Raises:
        ServiceError: FIELD_INVALID, also for another name in the body than in the path.
    """
    document = read_object(body, '{"name": "styles/acme", "guide": {"palette": ["#0a2540"]}}')
    refuse_unknown(document, STYLE_FIELDS)
    style = Style()
    parse(document, style, "body")
    if name and style.name not in ("", name):
        raise invalid_field("name", f"is {style.name[:100]!r}, the path says {name!r}", name)
    style.name = name or style.name
    return style


def read_version(header: str) -> int:
    """The version that an If-Match header names; 0 for "*" and without one.

    Raises:
        ServiceError: FIELD_INVALID for a tag that no style has.
    """
    text = header.strip()
    if text in ("", "*"):
        return 0
    found = re.fullmatch(r'"([1-9][0-9]{0,8})"', text)
    if found is None:
        raise invalid_field("If-Match", f"is {text[:100]!r}", 'the ETag of a style, such as "3"')
    return int(found[1])


def version_tag(style: Style) -> str:
    """The entity tag of a version of a style."""
    return f'"{style.version}"'


def read_style_version(query: Pairs) -> int:
    """The version that a query asks for; 0 for the newest.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    values = one_each(query)
    refuse_unknown(values, ("version",))
    text = str(values.get("version", "0"))
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise invalid_field("version", f"is {text[:100]!r}", "a whole number; 0 is the newest")
    return int(text)
