"""Events by hand, for tests of the pure files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT, PLACE_IMAGE, PLACE_PROMPT, Verdict

from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, flow
from services.orchestrator.job import Job, Method, Step

NAME = "assets/0123456789abcdef0123456789abcdef"
DECISIONS = {
    "allowed": Verdict.DECISION_ALLOWED,
    "blocked": Verdict.DECISION_BLOCKED,
    "review": Verdict.DECISION_REVIEW,
}
PLACES = {"content": PLACE_CONTENT, "image": PLACE_IMAGE, "prompt": PLACE_PROMPT}


class Log:
    """A log that grows by hand."""

    def __init__(
        self, variants: int = 1, formats: Sequence[str] = (), places: Sequence[str] = (), overlap: bool = False
    ) -> None:
        self.events: list[pb.AssetEvent] = []
        self.job = Job()
        recipe = pb.Recipe(variant_count=variants, seed=7, formats=formats, overlap=overlap)
        plan = pb.PolicyPlan(places=[PLACES[place] for place in places], overlap=overlap)
        self.add(pb.AssetEvent(accepted=pb.Accepted(content="a fox", recipe=recipe, policy_plan=plan)))

    def add(self, event: pb.AssetEvent) -> Job:
        sequence = self.job.last_sequence + 1
        events.stamp(event, NAME, sequence, 1_700_000_000_000_000_000 + sequence)
        self.job = flow.fold(self.job, event)
        self.events.append(event)
        return self.job

    def start(self, step: Step) -> int:
        tries = self.job.tries_of(step)
        assert tries is not None
        if tries.open:
            self.add(events.step_unknown(step, tries.started))
        self.add(events.step_started(step, tries.started + 1))
        return tries.started + 1

    def refold(self) -> Job:
        read = [pb.AssetEvent.FromString(event.SerializeToString()) for event in self.events]
        return flow.fold_all(read)

    def prompted(self) -> Job:
        step = Step(Method.GENERATE_PROMPTS)
        self.start(step)
        return self.add(success(step, self.job.accepted.recipe.variant_count))

    def moderated(self, decision: str = "allowed", variant: int = 0) -> Job:
        self.start(Step(Method.MODERATE_TEXT, variant))
        return self.add(moderated(variant, decision))

    def content(self, decision: str = "allowed") -> Job:
        self.start(Step(Method.MODERATE_TEXT))
        return self.add(moderated(None, decision))

    def painted(self, variant: int = 0, rendition: int = 0) -> Job:
        step = Step(Method.GENERATE_IMAGE, variant, rendition)
        self.start(step)
        return self.add(success(step, 1))

    def judged(self, decision: str = "allowed", variant: int = 0, rendition: int = 0) -> Job:
        self.start(Step(Method.MODERATE_IMAGE, variant, rendition))
        return self.add(judged(variant, rendition, decision))

    def reviewed(self, decision: str, variant: int | None = None, place: str = "prompt") -> Job:
        return self.add(reviewed(variant, decision, place))

    def waits(self) -> Job:
        return self.add(events.review_requested(self.job))

    def finished(self) -> Job:
        return self.add(events.finished(self.job))

    def rewritten(self, variant: int = 0) -> Job:
        step = Step(Method.REWRITE_PROMPT, variant)
        self.start(step)
        return self.add(success(step, 1))


def moderated(variant: int | None, decision: str) -> pb.AssetEvent:
    verdict = Verdict(decision=DECISIONS[decision])
    if variant is None:
        return pb.AssetEvent(content_moderated=pb.ContentModerated(verdict=verdict))
    return pb.AssetEvent(variant_moderated=pb.VariantModerated(variant=variant, verdict=verdict))


def reviewed(variant: int | None, decision: str, place: str = "prompt") -> pb.AssetEvent:
    choice = pb.Review.DECISION_APPROVE if decision == "approve" else pb.Review.DECISION_REJECT
    review = pb.Review(decision=choice, reviewer="ada", place=PLACES[place])
    return pb.AssetEvent(variant_reviewed=pb.VariantReviewed(variant=variant, review=review))


def judged(variant: int, rendition: int, decision: str) -> pb.AssetEvent:
    verdict = Verdict(decision=DECISIONS[decision])
    return pb.AssetEvent(image_moderated=pb.ImageModerated(variant=variant, rendition=rendition, verdict=verdict))


def success(step: Step, variants: int) -> pb.AssetEvent:
    """What a step ordinarily answers."""
    variant, rendition = step.variant or 0, step.rendition or 0
    match step.method:
        case Method.GENERATE_PROMPTS:
            prompts = [Prompt(text=f"prompt {n}") for n in range(variants)]
            return pb.AssetEvent(prompts_generated=pb.PromptsGenerated(prompts=prompts))
        case Method.MODERATE_TEXT:
            return moderated(step.variant, "allowed")
        case Method.REWRITE_PROMPT:
            return pb.AssetEvent(prompt_rewritten=pb.PromptRewritten(variant=variant, prompt=Prompt(text="safer")))
        case Method.GENERATE_IMAGE:
            image = Image(blob=Blob(digest=f"sha256:{variant:032x}{rendition:032x}"), width=512, height=512)
            return pb.AssetEvent(variant_imaged=pb.VariantImaged(variant=variant, rendition=rendition, image=image))
        case Method.MODERATE_IMAGE:
            return judged(variant, rendition, "allowed")


def _retried(step: Step, reason: Reason = Reason.MODEL_UNREACHABLE) -> pb.AssetEvent:
    return events.step_retried(step, ServiceError(reason, "scripted").to_status(), 0.25)


@pytest.fixture(scope="session")
def new_log() -> Callable[..., Log]:
    return Log


@pytest.fixture(scope="session")
def moderated_event() -> Callable[[int | None, str], pb.AssetEvent]:
    return moderated


@pytest.fixture(scope="session")
def judged_event() -> Callable[[int, int, str], pb.AssetEvent]:
    return judged


@pytest.fixture(scope="session")
def reviewed_event() -> Callable[..., pb.AssetEvent]:
    return reviewed


@pytest.fixture(scope="session")
def success_of() -> Callable[[Step, int], pb.AssetEvent]:
    return success


@pytest.fixture(scope="session")
def retried() -> Callable[..., pb.AssetEvent]:
    return _retried
