"""What an asset's events say about its steps: which runs, which is done, how long it took and who did it. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.model_call_pb2 import ModelCall
from atelier.type.v1.verdict_pb2 import Verdict

STEP_NAMES = {
    "GeneratePrompts": "write prompts",
    "ModerateText": "check prompt",
    "RewritePrompt": "rewrite prompt",
    "GenerateImage": "paint picture",
}


@dataclass(slots=True)
class Step:
    """One step: what it does, for which variant (None: for all), and how it went."""

    title: str
    variant: int | None
    started_s: float
    attempt: int = 1
    ended_s: float | None = None
    outcome: str = ""
    failed: bool = False
    call: ModelCall | None = None

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


@dataclass(slots=True)
class Timeline:
    """The steps of one asset in the order they began, folded from its events."""

    steps: list[Step] = field(default_factory=list)
    final: pb.Asset | None = None
    first_s: float = 0.0
    last_s: float = 0.0

    def add(self, event: pb.AssetEvent) -> Step | None:
        """Take in one event; returns the step that began, ended or is tried again with it."""
        at_s = event.create_time.ToMilliseconds() / 1000
        self.first_s = self.first_s or at_s
        self.last_s = at_s
        kind = event.WhichOneof("kind")
        if kind == "finished":
            self.final = event.finished.asset
            return None
        if kind == "step_started":
            return self._start(event.step_started, at_s)
        return self._end(event, at_s)

    def _start(self, started: pb.StepStarted, at_s: float) -> Step:
        variant = started.variant if started.HasField("variant") else None
        title = STEP_NAMES.get(started.method.rpartition("/")[2], started.method)
        step = Step(title, variant, at_s, attempt=started.attempt)
        self.steps.append(step)
        return step

    def _end(self, event: pb.AssetEvent, at_s: float) -> Step | None:
        match event.WhichOneof("kind"):
            case "prompts_generated":
                written = event.prompts_generated
                return self._close(None, at_s, f"{len(written.prompts)} written", written.call)
            case "variant_moderated":
                judged = event.variant_moderated
                return self._close(judged.variant, at_s, verdict_text(judged.verdict), judged.call)
            case "prompt_rewritten":
                return self._close(event.prompt_rewritten.variant, at_s, "a safer one", event.prompt_rewritten.call)
            case "variant_imaged":
                made = event.variant_imaged
                size = f"{made.image.width}x{made.image.height}, {made.image.blob.size_bytes / 1024:.0f} KiB"
                return self._close(made.variant, at_s, size, made.call)
            case "step_retried":
                retried = event.step_retried
                variant = retried.variant if retried.HasField("variant") else None
                delay_s = retried.retry_delay.ToMilliseconds() / 1000
                return self._close(variant, at_s, f"again in {delay_s:g} s: {retried.error.message}", None, failed=True)
            case "variant_failed":
                failed = event.variant_failed
                return self._close(failed.variant, at_s, failed.error.message, None, failed=True)
        return None

    def _close(
        self, variant: int | None, at_s: float, outcome: str, call: ModelCall | None, *, failed: bool = False
    ) -> Step | None:
        for step in reversed(self.steps):
            if step.variant == variant and step.ended_s is None:
                step.ended_s, step.outcome, step.call, step.failed = at_s, outcome, call, failed
                return step
        return None


def verdict_text(verdict: Verdict) -> str:
    """A verdict in words: allowed, or blocked with the categories."""
    categories = ", ".join(finding.category for finding in verdict.findings)
    if verdict.decision == Verdict.DECISION_ALLOWED:
        return f"allowed (noted: {categories})" if categories else "allowed"
    return f"blocked ({categories})" if categories else "blocked"
