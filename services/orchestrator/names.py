"""Names that the orchestrator gives out: asset ids that sort by creation, and page tokens that it knows again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from services.kit.errors import Reason, ServiceError, invalid_field

_NAME = re.compile(r"assets/[0-9a-f]{32}")
_TAG_LENGTH = 8


def asset_name(now_ns: int, random_64: int) -> str:
    """The resource name of a new asset: Unix time in nanoseconds and 64 random bits, 16 hexadecimal digits each."""
    return f"assets/{now_ns:016x}{random_64:016x}"


def check_name(name: str) -> str:
    """The name, if an asset can have it.

    Raises:
        ServiceError: FIELD_INVALID for an empty name, ASSET_UNKNOWN for one that was never given out.
    """
    if not name:
        raise invalid_field("name", 'is empty; it takes "assets/{asset}"', "assets/{asset}")
    if not _NAME.fullmatch(name):
        raise asset_unknown(name)
    return name


def asset_unknown(name: str) -> ServiceError:
    """ASSET_UNKNOWN for a name."""
    return ServiceError(Reason.ASSET_UNKNOWN, f"there is no asset {name[:100]!r}", field="name")


def reference(asset: str, variant: int, rendition: int = 0) -> str:
    """Name under which a picture is kept in the picture store."""
    first = f"{asset}/variants/{variant}"
    return f"{first}/renditions/{rendition}" if rendition else first


def page_token(last: str) -> str:
    """The token of the page after the asset `last`."""
    return base64.urlsafe_b64encode(_tag(last) + last.encode()).decode().rstrip("=")


def read_page_token(token: str) -> str:
    """The asset that a token's page comes after; empty for the empty token.

    Raises:
        ServiceError: FIELD_INVALID where no `page_token` made it.
    """
    if not token:
        return ""
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        last = data[_TAG_LENGTH:].decode()
    except (binascii.Error, ValueError):
        data, last = b"", ""
    if not _NAME.fullmatch(last) or data[:_TAG_LENGTH] != _tag(last):
        raise invalid_field("page_token", "is none that this server gave", "next_page_token of the page before")
    return last


def _tag(last: str) -> bytes:
    # No secret: it tells a token from other text, and guards nothing.
    return hashlib.sha256(b"atelier page after " + last.encode()).digest()[:_TAG_LENGTH]
