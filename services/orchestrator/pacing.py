"""The account's limits on calls of models, for steps that may make several: reserved by experience, settled by fact.

One RPC may be many calls of a model: a long article is condensed piece by piece. How many is known only afterwards, so
a step takes as many moments as steps of its size took lately, and what it made more or less is settled when it ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent
from atelier.type.v1.model_call_pb2 import ModelCall

from services.kit.errors import ServiceError
from services.orchestrator.job import Job, Method, Step
from services.orchestrator.rates import Rates

TEXTS, IMAGES = "texts", "images"
STAGES: Mapping[Method, str] = {
    Method.GENERATE_PROMPTS: TEXTS,
    Method.MODERATE_TEXT: TEXTS,
    Method.REWRITE_PROMPT: TEXTS,
    Method.GENERATE_IMAGE: IMAGES,
    Method.MODERATE_IMAGE: TEXTS,
}
_BY_CONTENT = (Method.GENERATE_PROMPTS, Method.REWRITE_PROMPT)


class Experience:
    """How many calls steps of a method took, by the length of what they had to read."""

    def __init__(self) -> None:
        self._single: dict[Method, int] = {}
        self._share: dict[Method, float] = {}

    def expect(self, method: Method, length: int) -> int:
        """How many calls a step will probably make, at least 1."""
        share = self._share.get(method)
        if share is None or length <= self._single.get(method, 0):
            return 1
        return max(1, ceil(length / share))

    def learn(self, method: Method, length: int, calls: int) -> None:
        """A step of this length made so many calls."""
        if calls <= 1:
            self._single[method] = max(length, self._single.get(method, 0))
        elif length > self._single.get(method, 0):
            self._share[method] = length / calls


class Pacing:
    """Lets steps begin when the limits allow it."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._experience = Experience()

    def limits(self, step: Step) -> bool:
        """Whether there is a limit for a step; where there is none, it need neither enter nor leave."""
        return self._rates.limits(STAGES[step.method])

    async def enter(self, step: Step, job: Job) -> int:
        """Wait until a step may begin; returns how many calls were reserved for it.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        calls = self._experience.expect(step.method, _length(step, job))
        await self._rates.wait(STAGES[step.method], calls)
        return calls

    def leave(self, step: Step, job: Job, reserved: int, outcome: AssetEvent | ServiceError) -> None:
        """A step has ended: settle what it made more or less than was reserved, where that is known."""
        made = calls_of(outcome)
        if made is None:
            return
        if isinstance(outcome, AssetEvent):
            self._experience.learn(step.method, _length(step, job), made)
        self._rates.settle(STAGES[step.method], made - reserved)


def calls_of(outcome: AssetEvent | ServiceError) -> int | None:
    """How many calls of models an answer or an error tells of; None where it does not say."""
    if isinstance(outcome, ServiceError):
        attempts = outcome.metadata.get("attempts", "")
        return int(attempts) if attempts.isdigit() else None
    kind = outcome.WhichOneof("kind")
    call = getattr(getattr(outcome, kind), "call", None) if kind else None
    return max(1, call.attempts) if isinstance(call, ModelCall) else None


def _length(step: Step, job: Job) -> int:
    return len(job.accepted.content) if step.method in _BY_CONTENT else 0
