"""Signing deliveries as the Standard Webhooks specification says. No I/O."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pybase64
from standardwebhooks import Webhook

PREFIX = "whsec_"
KEY_BYTES = 32
# The specification's bounds for a symmetric key.
MIN_KEY_BYTES, MAX_KEY_BYTES = 24, 64
MAX_SECRETS = 2


def make_secret(key: bytes) -> str:
    """The secret in its usual form."""
    return PREFIX + pybase64.b64encode_as_string(key)


def parse_secrets(text: str) -> tuple[str, ...]:
    """One secret, or two during a rotation, separated by commas or white space.

    Raises:
        ValueError: the message holds nothing of the text.
    """
    secrets = tuple(part for part in re.split(r"[,\s]+", text) if part)
    if not 1 <= len(secrets) <= MAX_SECRETS:
        raise ValueError(f"holds {len(secrets)} secrets; it takes one, or two while they are rotated")
    for secret in secrets:
        _check(secret)
    return secrets


def message_id(asset: str, sequence: int) -> str:
    """The id of an event's delivery: the same at every attempt, so that a receiver knows what it has seen."""
    return f"{asset.removeprefix('assets/')}:{sequence}"


def headers(secrets: Sequence[str], identifier: str, now_s: float, body: bytes) -> dict[str, str]:
    """The headers of one attempt; each secret adds a signature, and a receiver accepts any one that it knows."""
    timestamp = int(now_s)
    moment = datetime.fromtimestamp(timestamp, UTC)
    text = body.decode()
    return {
        "webhook-id": identifier,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(Webhook(secret).sign(identifier, moment, text) for secret in secrets),
    }


def _check(secret: str) -> None:
    try:
        key = pybase64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(PREFIX) or not MIN_KEY_BYTES <= len(key) <= MAX_KEY_BYTES:
        raise ValueError(f"is no {PREFIX} and the base64 of {MIN_KEY_BYTES} to {MAX_KEY_BYTES} random bytes")
