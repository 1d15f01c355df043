"""Which version of Atelier runs: the one of pyproject.toml, which is written nowhere else."""

from __future__ import annotations

from functools import cache


@cache
def version() -> str:
    """As it was installed, such as "0.1.0"."""
    # Imported here because it takes a tenth of a second, and few ask.
    from importlib import metadata

    return metadata.version("atelier")
