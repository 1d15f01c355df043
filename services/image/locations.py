"""Where a picture store is: a directory, or a place in a bucket. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_SCHEME = "s3://"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_PREFIX = re.compile(r"[A-Za-z0-9!_.*'()/-]*", re.ASCII)


class LocationError(ValueError):
    """A text that names no place."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket, and the prefix of all keys in it, without slashes at its ends."""

    name: str
    prefix: str


def read_location(text: str) -> Path | Bucket:
    """The place that a setting names.

    Raises:
        LocationError: it names none; the message completes the sentence that begins with the setting's name.
    """
    if not text.startswith(_SCHEME):
        if "://" in text:
            raise LocationError("takes a directory or s3://bucket/prefix")
        return Path(text).expanduser()
    name, _, prefix = text.removeprefix(_SCHEME).partition("/")
    if not _BUCKET.fullmatch(name):
        raise LocationError("has no bucket name of 3 to 63 lower-case letters, digits, dots and hyphens")
    if not _PREFIX.fullmatch(prefix) or ".." in prefix:
        raise LocationError("has a prefix with characters that keys should not have")
    return Bucket(name, prefix.strip("/"))
