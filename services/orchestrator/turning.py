"""What one turn of a run decides, and why a run is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.orchestrator.budgets import Reservation
from services.orchestrator.job import Job, Step


class End(Enum):
    """Why a run is over."""

    FINAL = auto()
    """The asset is in a final state."""
    UNKNOWN = auto()
    """There is no log: its first event is still to come, or the asset was deleted."""
    EARLY = auto()
    """The asset is at rest, and whatever its job was queued for is still to come, or was done before."""
    DRAINED = auto()
    """This replica is to stop, and none of its steps is under way."""
    LOST = auto()
    """Another replica does the steps that are left."""
    WAITING = auto()
    """Nothing goes on until a person has decided."""
    OVERTAKEN = auto()
    """The asset was at rest, and a person has decided something before its job was let go."""


class Call(NamedTuple):
    """A call to be made once its `step_started` is in the log: its attempt, and what it may spend."""

    step: Step
    attempt: int
    grant: Reservation


@dataclass(slots=True)
class Plan:
    """What one turn decides: events to append, then calls to make, steps to have funded, and retries to wait for."""

    job: Job
    events: list[AssetEvent] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    asks: list[Step] = field(default_factory=list)
    rests: list[tuple[Step, float]] = field(default_factory=list)
