"""What can happen to a run of a job; each comes through its inbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.kit.errors import ServiceError
from services.orchestrator.budgets import Reservation
from services.orchestrator.job import Step
from services.orchestrator.journal import Record


@dataclass(frozen=True, slots=True)
class Answered:
    """A step succeeded; `event` is not stamped yet."""

    step: Step
    attempt: int
    event: AssetEvent


@dataclass(frozen=True, slots=True)
class Failed:
    """A step failed."""

    step: Step
    attempt: int
    error: ServiceError


@dataclass(frozen=True, slots=True)
class Funded:
    """What a step may cost is held for it."""

    step: Step
    grant: Reservation


@dataclass(frozen=True, slots=True)
class Unfunded:
    """A step cannot be begun: a budget leaves no room for it, or nobody says what it would cost."""

    step: Step
    error: ServiceError


@dataclass(frozen=True, slots=True)
class Due:
    """The time of a retry has come."""

    step: Step


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody wrote to the log, or the feed was interrupted (None)."""

    record: Record | None


@dataclass(frozen=True, slots=True)
class Crashed:
    """A defect ended a task of this run."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class Drain:
    """This replica is to stop: nothing is waited for but answers."""


Notice: TypeAlias = Answered | Failed | Funded | Unfunded | Due | Heard | Crashed | Drain
