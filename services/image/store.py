"""Port of the picture store: immutable bytes under their own digest, kept while anybody refers to them.

Rules for every implementation; `tests/contract/image` checks them.
- Bytes are written whole or not at all, and are durable when `put` returns.
- A reference never outlives its bytes: `put` writes bytes first and the reference after them, `delete_reference`
  works the other way round. What a crash in between leaves is bytes without a reference, which `entries` shows.
- `put` always writes, also what is there already: damaged bytes are mended by it, and the reference is young again.
- The empty reference keeps bytes for good.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from services.kit.errors import Reason, ServiceError, invalid_field

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
DIGEST_LIMIT = '"sha256:" and 64 lower-case hexadecimal digits'


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """Bytes that the store has: their digest ("sha256:..."), length and IANA media type."""

    digest: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Who refers to bytes, and since when (Unix time in seconds)."""

    name: str
    since_s: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an inventory: what is stored, since when (Unix time in seconds), and who refers to it.

    Nobody refers to bytes that a crash left, nor for a moment to those that are being put: a sweep takes old ones only.
    """

    blob: StoredBlob
    modified_s: float
    references: tuple[Reference, ...]


class ImageStore(Protocol):
    """Keeps pictures. Every method may raise ServiceError STORE_UNAVAILABLE; arguments were checked by the caller."""

    async def put(self, data: bytes, media_type: str, reference: str) -> StoredBlob:
        """Keep the bytes for `reference`; a repeated call changes nothing. The first media type given stays."""

    async def stat(self, digest: str) -> StoredBlob:
        """What is known about the bytes; ServiceError IMAGE_UNKNOWN where there are none."""

    async def read(self, digest: str, offset: int, size_bytes: int) -> bytes:
        """At most `size_bytes` from `offset`, unverified, shorter only at the end; IMAGE_UNKNOWN as for `stat`."""

    async def delete_reference(self, digest: str, reference: str, until_s: float | None = None) -> None:
        """Drop one reference, and the bytes if it was the last one; nothing happens where there is none.

        Nor does anything where it was put after `until_s`, as `entries` tells the time.
        """

    async def link(self, digest: str, lifetime_s: float) -> str:
        """A URL under which anybody reads the bytes for so long; IMAGE_UNKNOWN, or LINKS_UNSUPPORTED."""

    def entries(self) -> AsyncIterator[Entry]:
        """All that is stored, in no certain order, as an inventory for whoever sweeps."""


# Clocks of stores differ in how finely they tell the time; nobody compares times that are closer.
SAME_TIME_S = 0.001


def digest_of(data: bytes) -> str:
    """The digest of the bytes as it is written everywhere."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def is_digest(text: str) -> bool:
    """Whether a text is written as digests are."""
    return _DIGEST.fullmatch(text) is not None


def check_digest(digest: str) -> None:
    """Raise FIELD_INVALID unless the text is a digest; nothing else may become part of a path."""
    if not is_digest(digest):
        raise invalid_field("digest", f"is no digest; it takes {DIGEST_LIMIT}", DIGEST_LIMIT)


def unknown_image(digest: str) -> ServiceError:
    """IMAGE_UNKNOWN for a digest that the store does not have."""
    return ServiceError(Reason.IMAGE_UNKNOWN, f"no image {digest}", metadata={"digest": digest})
