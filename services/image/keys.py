"""Names of objects in a bucket. Pure.

pictures/<hex>.png             the bytes; the suffix is the media type
references/<hex>/n-<name>      an empty object a reference; its name in base64, so that a list tells it
references/<hex>/h-<hash>      one whose name is too long for that; it holds the name
references/<hex>/k             the empty reference, which keeps the bytes for good
deleting/<hex>                 somebody is about to delete the bytes
"""

from __future__ import annotations

import base64
import hashlib

SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/avif": ".avif"}
MEDIA_TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()}
PICTURES, REFERENCES, DELETING, PROBE = "pictures", "references", "deleting", "probe"
KEPT = "k"
# Files, and objects that a store keeps as files, take 255 bytes for a name, the digest before it included.
_LONGEST_NAME = 180


def hex_of(digest: str) -> str:
    """The digest without what says how it was made."""
    return digest.removeprefix("sha256:")


def picture_key(digest: str, media_type: str) -> str:
    """Where the bytes are."""
    return f"{pictures_of(digest)}/picture{SUFFIXES[media_type]}"


def pictures_of(digest: str) -> str:
    """Under what the bytes are, whatever their type."""
    return f"{PICTURES}/{hex_of(digest)}"


def read_picture_key(key: str) -> tuple[str, str] | None:
    """Digest and media type of a picture's key; None for a foreign object."""
    name, _, file = key.removeprefix(f"{PICTURES}/").partition("/")
    media_type = MEDIA_TYPES.get(file.removeprefix("picture"))
    return (f"sha256:{name}", media_type) if media_type and len(name) == 64 else None


def references_of(digest: str) -> str:
    """Under what all references to a picture are."""
    return f"{REFERENCES}/{hex_of(digest)}"


def reference_key(digest: str, reference: str) -> tuple[str, bytes]:
    """Where a reference is, and what it holds."""
    name, content = reference_name(reference)
    return f"{references_of(digest)}/{name}", content


def reference_name(reference: str) -> tuple[str, bytes]:
    """How a reference is called, and what it holds; a name may have slashes and be longer than a file's may be."""
    if not reference:
        return KEPT, b""
    encoded = base64.urlsafe_b64encode(reference.encode()).decode().rstrip("=")
    if len(encoded) <= _LONGEST_NAME:
        return f"n-{encoded}", b""
    return f"h-{hashlib.sha256(reference.encode()).hexdigest()}", reference.encode()


def read_reference_key(key: str) -> tuple[str, str | None] | None:
    """Digest of a reference's key and its name, None where the object holds the name; None for a foreign object."""
    digest, _, name = key.removeprefix(f"{REFERENCES}/").partition("/")
    try:
        return (f"sha256:{digest}", read_reference_name(name)) if len(digest) == 64 else None
    except ValueError:
        return None


def read_reference_name(name: str) -> str | None:
    """The reference that is called so, None where its content says it; ValueError for the name of something else."""
    if name == KEPT:
        return ""
    if name.startswith("h-"):
        return None
    if not name.startswith("n-"):
        raise ValueError(name)
    encoded = name.removeprefix("n-")
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


def deleting_key(digest: str) -> str:
    """What says that the bytes are being deleted."""
    return f"{DELETING}/{hex_of(digest)}"
