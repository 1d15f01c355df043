"""Which version of the client this is: of the repository that it lies in, or of its own wheel."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """As it was installed, such as "0.1.0"; "unknown" where it was not installed."""
    for name in ("atelier", "atelier-client"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return "unknown"
