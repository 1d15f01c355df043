"""The environment of processes that tests and benchmarks start: this machine's, but none of its settings of Atelier."""

from __future__ import annotations

import os

from services.local.stack import ACCOUNT_ID


def clean_environ() -> dict[str, str]:
    """What the shell has, without settings of Atelier and without credentials."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("ATELIER_", "CLOUDFLARE_"))}


def against(base: str, **settings: object) -> dict[str, str]:
    """For processes that take `base` for Workers AI; settings without their prefix ATELIER_, in lower case."""
    models = {"CLOUDFLARE_BASE_URL": base, "CLOUDFLARE_ACCOUNT_ID": ACCOUNT_ID, "CLOUDFLARE_API_TOKEN": "local"}
    return clean_environ() | models | {f"ATELIER_{name.upper()}": str(value) for name, value in settings.items()}
