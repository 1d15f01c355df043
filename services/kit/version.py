"""Which version of Atelier runs: the one of pyproject.toml, which is written nowhere else."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """As it was installed, such as "0.1.0"."""
    return metadata.version("atelier")
