"""Taking the webhook out of a POST, so that what is left is a request that knows nothing of webhooks. No I/O."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from gateway import intake
from gateway.messages import JSON_TYPES
from gateway.webhooks.target import Target, make_target, read_target
from services.kit.errors import invalid_field

URL_PARAMETER = "webhook_url"
EVENTS_PARAMETER = "webhook_events"
PARAMETERS = (URL_PARAMETER, EVENTS_PARAMETER)

Pairs = list[tuple[str, str]]


def take(header: str, body: bytes, query: Pairs) -> tuple[bytes, Pairs, Target | None]:
    """Body and query without the webhook, and its target: from the body where that is JSON, else from the query.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    if intake.content_type(header).media_type in JSON_TYPES:
        body, target = from_json(body)
    else:
        query, target = from_query(query)
    return body, query, target


def from_json(body: bytes) -> tuple[bytes, Target | None]:
    """The body without its field `webhook`, and the target that the field names.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    if b"webhook" not in body:
        return body, None
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        # Whoever reads the request itself says what is wrong with it.
        return body, None
    if not isinstance(document, dict) or "webhook" not in document:
        return body, None
    target = read_target(document.pop("webhook"))
    return orjson.dumps(document), target


def from_query(query: Iterable[tuple[str, str]]) -> tuple[Pairs, Target | None]:
    """The query without its webhook parameters, and the target that they name.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    rest: Pairs = []
    found: dict[str, str] = {}
    for name, value in query:
        if name not in PARAMETERS:
            rest.append((name, value))
        elif name in found:
            raise invalid_field(name, "stands in the query more than once")
        else:
            found[name] = value
    if not found:
        return rest, None
    events = [part.strip() for part in found.get(EVENTS_PARAMETER, "").split(",") if part.strip()]
    return rest, make_target(found.get(URL_PARAMETER), events)
