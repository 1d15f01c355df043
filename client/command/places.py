"""Where the services of a stack on this machine listen."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A service: its usual port and the full name of its gRPC service."""

    port: int
    service: str


PLACES = {
    "orchestrator": Place(50050, "atelier.orchestrator.v1.OrchestratorService"),
    "prompt": Place(50051, "atelier.prompt.v1.PromptService"),
    "moderation": Place(50052, "atelier.moderation.v1.ModerationService"),
    "image": Place(50053, "atelier.image.v1.ImageService"),
}


def address_of(name: str) -> str:
    """The address of a service by its name, as ATELIER_<NAME>_LISTEN says; anything else is an address already."""
    if name not in PLACES:
        return name
    address = os.environ.get(f"ATELIER_{name.upper()}_LISTEN", "") or f"127.0.0.1:{PLACES[name].port}"
    host, _, port = address.rpartition(":")
    # Whoever listens on every interface is reached by loopback.
    return f"127.0.0.1:{port}" if host in ("", "0.0.0.0", "[::]") else address  # noqa: S104 - compared, not bound
