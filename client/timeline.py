"""What an asset's events say about its steps: which runs, which is done, how long it took and who did it. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.model_call_pb2 import ModelCall
from atelier.type.v1.verdict_pb2 import PLACE_IMAGE, Finding, Verdict

STEP_NAMES = {
    "GeneratePrompts": "write prompts",
    "ModerateText": "check prompt",
    "RewritePrompt": "rewrite prompt",
    "GenerateImage": "paint picture",
    "ModerateImage": "check picture",
    "RelabelImage": "mark picture",
}

# The hazard taxonomy of MLCommons, which Llama Guard 3 judges by.
HAZARDS = {
    "S1": "violent crimes",
    "S2": "non-violent crimes",
    "S3": "sex-related crimes",
    "S4": "child sexual exploitation",
    "S5": "defamation",
    "S6": "specialized advice",
    "S7": "privacy",
    "S8": "intellectual property",
    "S9": "indiscriminate weapons",
    "S10": "hate",
    "S11": "suicide and self-harm",
    "S12": "sexual content",
    "S13": "elections",
    "S14": "code interpreter abuse",
}


class Outcome(Enum):
    """How a step ended, or that it has not."""

    RUNNING = "running"
    DONE = "done"
    BLOCKED = "blocked"
    HELD = "held"
    RETRIED = "retried"
    LOST = "lost"
    FAILED = "failed"


@dataclass(slots=True)
class Step:
    """One try of a step: what it does, for which variant (None: for all), and how it went."""

    title: str
    variant: int | None
    started_s: float
    attempt: int = 1
    ended_s: float | None = None
    outcome: Outcome = Outcome.RUNNING
    says: str = ""
    call: ModelCall | None = None
    rendition: int | None = None

    @property
    def took_s(self) -> float:
        """Seconds from start to end; 0 while it runs."""
        return 0.0 if self.ended_s is None else self.ended_s - self.started_s

    @property
    def by(self) -> str:
        """Who answered: the model, and the embedded engine in its place where there was one."""
        if self.call is None or not self.call.model:
            return ""
        return f"{self.call.model} ({self.call.engine})" if self.call.engine else self.call.model

    @property
    def shortly_by(self) -> str:
        """Who answered, in few letters: the engine where there was one, else the model without its publisher."""
        return self.call.engine or self.call.model.rpartition("/")[2] if self.call else ""


@dataclass(slots=True)
class Timeline:
    """The steps of one asset in the order they began, folded from its events."""

    steps: list[Step] = field(default_factory=list)
    variant_count: int = 0
    waiting_for: int | None = None
    last_title: str = "paint picture"
    final: pb.Asset | None = None
    first_s: float = 0.0
    last_s: float = 0.0

    def add(self, event: pb.AssetEvent) -> Step | None:
        """Take in one event; returns the step that began, ended or is tried again with it."""
        at_s = event.create_time.ToMilliseconds() / 1000
        self.first_s = self.first_s or at_s
        self.last_s = at_s
        match event.WhichOneof("kind"):
            case "accepted":
                self.variant_count = event.accepted.recipe.variant_count
                if PLACE_IMAGE in event.accepted.policy_plan.places:
                    self.last_title = "check picture"
            case "queued":
                self.waiting_for = event.queued.position
            case "finished":
                self._finish(event.finished.asset, at_s)
            case "step_started":
                return self._start(event.step_started, at_s)
            case _:
                return self._end(event, at_s)
        return None

    def of(self, variant: int | None) -> list[Step]:
        """The steps of one variant, or those for all."""
        return [step for step in self.steps if step.variant == variant]

    def _start(self, started: pb.StepStarted, at_s: float) -> Step:
        self.waiting_for = None
        variant = started.variant if started.HasField("variant") else None
        title = STEP_NAMES.get(started.method.rpartition("/")[2], started.method)
        rendition = started.rendition if started.HasField("rendition") else None
        if started.method.endswith("ModerateText") and variant is None:
            title = "check content"
        step = Step(title, variant, at_s, attempt=started.attempt, rendition=rendition)
        self.steps.append(step)
        return step

    def _finish(self, asset: pb.Asset, at_s: float) -> None:
        self.final = asset
        for step in self.steps:
            if step.ended_s is None:
                step.ended_s, step.outcome = at_s, Outcome.FAILED
                step.says = asset.error.message or pb.Asset.State.Name(asset.state).removeprefix("STATE_").lower()

    def _end(self, event: pb.AssetEvent, at_s: float) -> Step | None:
        match event.WhichOneof("kind"):
            case "prompts_generated":
                written = event.prompts_generated
                return self._close(None, at_s, Outcome.DONE, f"{len(written.prompts)} written", written.call)
            case "variant_moderated":
                judged = event.variant_moderated
                return self._close(judged.variant, at_s, *_judged(judged.verdict), judged.call)
            case "content_moderated":
                about = event.content_moderated
                return self._close(None, at_s, *_judged(about.verdict), about.call)
            case "image_moderated":
                seen = event.image_moderated
                return self._close(seen.variant, at_s, *_judged(seen.verdict), seen.call, seen.rendition)
            case "prompt_rewritten":
                rewritten = event.prompt_rewritten
                return self._close(rewritten.variant, at_s, Outcome.DONE, "a safer one", rewritten.call)
            case "variant_imaged":
                made = event.variant_imaged
                size = f"{made.image.width}x{made.image.height}, {made.image.blob.size_bytes / 1024:.0f} KiB"
                return self._close(made.variant, at_s, Outcome.DONE, size, made.call, made.rendition)
            case "step_retried":
                retried = event.step_retried
                variant = retried.variant if retried.HasField("variant") else None
                delay_s = retried.retry_delay.ToMilliseconds() / 1000
                return self._close(variant, at_s, Outcome.RETRIED, f"again in {delay_s:.1f} s: {retried.error.message}")
            case "step_unknown":
                lost = event.step_unknown
                variant = lost.variant if lost.HasField("variant") else None
                return self._close(variant, at_s, Outcome.LOST, "its server went away; again")
            case "variant_failed":
                failed = event.variant_failed
                return self._close(failed.variant, at_s, Outcome.FAILED, failed.error.message)
            case "rendition_failed":
                lacking = event.rendition_failed
                message = lacking.error.message
                return self._close(lacking.variant, at_s, Outcome.FAILED, message, None, lacking.rendition)
        return None

    def _close(
        self,
        variant: int | None,
        at_s: float,
        outcome: Outcome,
        says: str,
        call: ModelCall | None = None,
        rendition: int | None = None,
    ) -> Step | None:
        steps = [
            step for step in reversed(self.of(variant)) if rendition is None or step.rendition in (None, rendition)
        ]
        for step in steps:
            if step.ended_s is None or outcome is Outcome.FAILED:
                step.ended_s, step.outcome, step.says, step.call = at_s, outcome, says, call
                return step
        return None


def _judged(verdict: Verdict) -> tuple[Outcome, str]:
    outcomes = {Verdict.DECISION_BLOCKED: Outcome.BLOCKED, Verdict.DECISION_REVIEW: Outcome.HELD}
    return outcomes.get(verdict.decision, Outcome.DONE), verdict_text(verdict)


def verdict_text(verdict: Verdict) -> str:
    """A verdict in words: allowed, held or blocked, with the categories."""
    # Two models may find the same; the first tells its score.
    found = {finding.category: finding for finding in reversed(verdict.findings)}
    categories = ", ".join(finding_text(finding) for finding in reversed(found.values()))
    if verdict.decision == Verdict.DECISION_ALLOWED:
        if verdict.unjudged:
            return f"not judged: {verdict.unjudged}"
        return f"allowed (noted: {categories})" if categories else "allowed"
    word = "held for a review" if verdict.decision == Verdict.DECISION_REVIEW else "blocked"
    return f"{word} ({categories})" if categories else word


def finding_text(finding: Finding) -> str:
    """A category by name, with the score where the model gave one."""
    name = f"{finding.category} {HAZARDS.get(finding.category, '')}".strip()
    return f"{name} {finding.score:.0%} of {finding.threshold:.0%}" if finding.threshold else name
