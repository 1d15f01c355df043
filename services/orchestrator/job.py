"""What the log of an asset says: the value that events are folded into, and that every decision is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, Asset
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import Verdict
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc.status_pb2 import Status

from services.kit.errors import Reason

MAX_REWRITES = 2


class Method(StrEnum):
    """The RPCs that do the work, by full name."""

    GENERATE_PROMPTS = "atelier.prompt.v1.PromptService/GeneratePrompts"
    MODERATE_TEXT = "atelier.moderation.v1.ModerationService/ModerateText"
    REWRITE_PROMPT = "atelier.prompt.v1.PromptService/RewritePrompt"
    GENERATE_IMAGE = "atelier.image.v1.ImageService/GenerateImage"


class Step(NamedTuple):
    """One call to be made; `variant` is None for the step that serves all variants."""

    method: Method
    variant: int | None = None


class Stage(StrEnum):
    """Where an asset is."""

    NEW = "new"
    QUEUED = "queued"
    WRITING = "writing"
    MAKING = "making"
    FINAL = "final"


class Phase(StrEnum):
    """Where a variant is, once its prompt is written."""

    MODERATING = "moderating"
    REWRITING = "rewriting"
    PAINTING = "painting"
    IMAGED = "imaged"
    BLOCKED = "blocked"
    FAILED = "failed"


METHODS: Mapping[Stage | Phase, Method] = {
    Stage.QUEUED: Method.GENERATE_PROMPTS,
    Stage.WRITING: Method.GENERATE_PROMPTS,
    Phase.MODERATING: Method.MODERATE_TEXT,
    Phase.REWRITING: Method.REWRITE_PROMPT,
    Phase.PAINTING: Method.GENERATE_IMAGE,
}

STATES: Mapping[Stage, Asset.State.ValueType] = {
    Stage.QUEUED: Asset.STATE_QUEUED,
    Stage.WRITING: Asset.STATE_RUNNING,
    Stage.MAKING: Asset.STATE_RUNNING,
}


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries of the step at hand: how many were started, whether the last is unanswered, why the others failed."""

    started: int = 0
    open: bool = False
    failures: tuple[Reason, ...] = ()


NO_TRIES = Tries()


@dataclass(frozen=True, slots=True)
class VariantJob:
    """What the log says about one variant. The messages are those of the events, shared and never changed."""

    phase: Phase = Phase.MODERATING
    prompt: Prompt | None = None
    verdict: Verdict | None = None
    image: Image | None = None
    error: Status | None = None
    rewrites: int = 0
    tries: Tries = NO_TRIES

    @property
    def may_rewrite(self) -> bool:
        """Whether one more safer prompt may be asked for."""
        return self.rewrites < MAX_REWRITES


@dataclass(frozen=True, slots=True)
class Job:
    """What a log says. `variants` is empty until the prompts are written; `final` is the asset of `finished`."""

    stage: Stage = Stage.NEW
    name: str = ""
    accepted: Accepted = field(default_factory=Accepted)
    variants: tuple[VariantJob, ...] = ()
    tries: Tries = NO_TRIES
    last_sequence: int = 0
    create_time: Timestamp | None = None
    update_time: Timestamp | None = None
    final: Asset | None = None

    def tries_of(self, step: Step) -> Tries | None:
        """The tries of a step, or None if it is not the one to be done now."""
        if step.variant is None:
            return self.tries if METHODS.get(self.stage) is step.method else None
        if self.stage is not Stage.MAKING or not 0 <= step.variant < len(self.variants):
            return None
        variant = self.variants[step.variant]
        return variant.tries if METHODS.get(variant.phase) is step.method else None

    def awaits(self, step: Step, attempt: int) -> bool:
        """Whether the answer to this try of the step still counts."""
        tries = self.tries_of(step)
        return tries is not None and tries.open and tries.started == attempt

    @property
    def nothing_left(self) -> bool:
        """Whether every variant has come to its end, so that the asset can be finished."""
        return self.stage is Stage.MAKING and not any(variant.phase in METHODS for variant in self.variants)


def write_asset(job: Job, asset: Asset) -> None:
    """Write the asset as the job tells it into an empty message."""
    if job.final is not None:
        asset.CopyFrom(job.final)
        return
    asset.name = job.name
    asset.content = job.accepted.content
    asset.content_type = job.accepted.content_type
    asset.owner = job.accepted.owner
    asset.recipe.CopyFrom(job.accepted.recipe)
    asset.state = STATES.get(job.stage, Asset.STATE_UNSPECIFIED)
    asset.last_sequence = job.last_sequence
    asset.create_time.CopyFrom(job.create_time or Timestamp())
    asset.update_time.CopyFrom(job.update_time or Timestamp())
    for variant in job.variants:
        asset.variants.add(prompt=variant.prompt, verdict=variant.verdict, image=variant.image, error=variant.error)
    for _ in range(job.accepted.recipe.variant_count - len(job.variants)):
        asset.variants.add()
