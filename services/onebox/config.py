"""Settings of the process itself; those of the services in it keep their names."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.config import Common


@dataclass(frozen=True)
class Config(Common):
    """What counts for the whole process. Every metrics page shows all services together."""
