"""One model request as the tasks see it, and the answer that they give back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.local import envelope
from services.local.catalogue import Model
from services.local.faults import Fault
from services.local.loading import EngineHost

JSON_TYPE = "application/json"
EVENT_TYPE = "text/event-stream"
FAULT_ENGINE = "local/fault"


@dataclass(frozen=True, slots=True)
class Work:
    """A request that passed its model's schema. `openai` came over a /ai/v1 route and is answered without envelope."""

    host: EngineHost
    model: Model
    body: Mapping[str, object]
    fault: Fault
    openai: bool = False
    references: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out: a body, or the chunks of an event stream; who made it; what it would cost; is it a picture."""

    body: bytes
    content_type: str
    engine: str
    neurons: float
    chunks: tuple[bytes, ...] = ()
    picture: bool = False


def enveloped(result: object, engine: str, neurons: float) -> Answer:
    """An answer in Cloudflare's envelope."""
    return Answer(envelope.success(result), JSON_TYPE, engine, neurons)
