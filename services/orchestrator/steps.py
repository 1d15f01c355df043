"""The services behind the steps, and one try of a step: within its rate and its time, at a replica with a free slot."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import grpc
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2_grpc
from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent
from atelier.prompt.v1 import prompt_pb2_grpc

from services.kit import telemetry
from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError
from services.orchestrator import asking, names
from services.orchestrator.asking import Question
from services.orchestrator.gate import Gate
from services.orchestrator.job import Discarded, Job, Method, Step
from services.orchestrator.pacing import Pacing
from services.orchestrator.rates import Rates
from services.orchestrator.retry import DEFAULT_LIMITS, RetryLimits, backoff_s, busy_delay_s
from services.orchestrator.shown import Shown

DEFAULT_TIMEOUTS_S: Mapping[Method, float] = {
    Method.GENERATE_PROMPTS: 120.0,
    Method.MODERATE_TEXT: 60.0,
    Method.REWRITE_PROMPT: 120.0,
    Method.GENERATE_IMAGE: 180.0,
    Method.MODERATE_IMAGE: 60.0,
}

DISCARD_ATTEMPTS = 4
DISCARD_TIMEOUT_S = 30.0

log = telemetry.get_logger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaves:
    """The three services behind the steps. `timeouts_s` bounds each try of a method; `gates` are by service."""

    prompt: prompt_pb2_grpc.PromptServiceAsyncStub
    moderation: moderation_pb2_grpc.ModerationServiceAsyncStub
    image: image_pb2_grpc.ImageServiceAsyncStub
    timeouts_s: Mapping[Method, float] = field(default_factory=lambda: DEFAULT_TIMEOUTS_S)
    limits: RetryLimits = DEFAULT_LIMITS
    pacing: Pacing | None = None
    gates: Mapping[str, Gate] = field(default_factory=lambda: defaultdict(Gate))
    shown: Shown = field(default_factory=Shown)

    @classmethod
    def over(
        cls,
        prompt: grpc.aio.Channel,
        moderation: grpc.aio.Channel,
        image: grpc.aio.Channel,
        timeouts_s: Mapping[Method, float] = DEFAULT_TIMEOUTS_S,
        limits: RetryLimits = DEFAULT_LIMITS,
        rates: Rates | None = None,
    ) -> Leaves:
        """The services at the other end of three channels."""
        return cls(
            prompt_pb2_grpc.PromptServiceStub(prompt),
            moderation_pb2_grpc.ModerationServiceStub(moderation),
            image_pb2_grpc.ImageServiceStub(image),
            timeouts_s,
            limits,
            Pacing(rates) if rates else None,
        )

    async def perform(
        self, step: Step, job: Job, remaining_s: float, recorded: Awaitable[None] | None = None
    ) -> AssetEvent:
        """Do one step once, within `remaining_s`; replicas without a free slot are passed over.

        What costs nothing is done at once; the model's service is asked, and a failure told, when `recorded` is done.

        Raises:
            ServiceError: why it failed.
        """
        deadline_s = asyncio.get_running_loop().time() + remaining_s
        question = await self._prepare(step, job, deadline_s)
        if recorded is not None:
            await recorded
        if isinstance(question, ServiceError):
            raise question
        pacing = self.pacing
        if pacing is None or not pacing.limits(step):
            return await self._put(step, question, deadline_s)
        reserved = await self._enter(pacing, step, job, deadline_s)
        outcome: AssetEvent | ServiceError | None = None
        try:
            outcome = await self._put(step, question, deadline_s)
            return outcome
        except ServiceError as error:
            outcome = error
            raise
        finally:
            if outcome is not None:
                pacing.leave(step, job, reserved, outcome)

    async def _prepare(self, step: Step, job: Job, deadline_s: float) -> Question | ServiceError:
        """The question of a step, or why it cannot be asked."""
        prepare = asking.PREPARE[step.method]
        try:
            return await self._insist(deadline_s, lambda _: prepare(self, job, step, self._timeout_s(step, deadline_s)))
        except ServiceError as error:
            return error

    async def _put(self, step: Step, question: Question, deadline_s: float) -> AssetEvent:
        return await self._insist(deadline_s, lambda again: self._ask(step, question, deadline_s, again=again))

    async def _enter(self, pacing: Pacing, step: Step, job: Job, deadline_s: float) -> int:
        try:
            async with asyncio.timeout_at(deadline_s):
                return await pacing.enter(step, job)
        except TimeoutError:
            raise ServiceError(Reason.DEADLINE_EXCEEDED, "the rate limit left no time for this step") from None

    async def _insist(self, deadline_s: float, ask: Callable[[bool], Awaitable[T]]) -> T:
        """Ask one replica after the other until one has a free slot; `ask` is told whether one had none before."""
        loop = asyncio.get_running_loop()
        for busy in itertools.count():
            try:
                return await ask(busy > 0)
            except ServiceError as error:
                delay_s = busy_delay_s(busy, jitter=random.random(), limits=self.limits)
                if error.reason is not Reason.SERVER_BUSY or loop.time() + delay_s >= deadline_s:
                    raise
                await asyncio.sleep(delay_s)
        raise AssertionError("unreachable")

    def _timeout_s(self, step: Step, deadline_s: float) -> float:
        return min(self.timeouts_s[step.method], deadline_s - asyncio.get_running_loop().time())

    async def discard(self, asset: str, picture: Discarded) -> None:
        """Drop the reference of a picture that nobody is to see; what cannot be dropped now is left to be swept up."""
        reference = names.reference(asset, picture.variant, picture.rendition)
        request = image_pb2.DeleteImageRequest(digest=picture.digest, reference=reference)
        for failures in range(DISCARD_ATTEMPTS):
            try:
                await unary(self.image.DeleteImage, request, timeout_s=DISCARD_TIMEOUT_S)
                return
            except ServiceError as error:
                log.warning("a refused picture is still stored", asset=asset, digest=picture.digest, error=str(error))
                await asyncio.sleep(backoff_s(failures, random.random(), self.limits))

    async def _ask(self, step: Step, question: Question, deadline_s: float, *, again: bool) -> AssetEvent:
        gate = self.gates[step.method.partition("/")[0]]
        if not gate.try_enter():
            try:
                async with asyncio.timeout_at(deadline_s):
                    await gate.enter(first=again)
            except TimeoutError:
                raise ServiceError(Reason.SERVER_BUSY, "no replica had a free slot in time") from None
        taken = busy = False
        try:
            event = await self._ask_on(gate, step, question, deadline_s)
            taken = True
        except ServiceError as error:
            busy = error.reason is Reason.SERVER_BUSY
            raise
        finally:
            gate.leave(taken=taken, busy=busy)
        return event

    async def _ask_on(self, gate: Gate, step: Step, question: Question, deadline_s: float) -> AssetEvent:
        """Ask one replica after the other, without a pause, until one has a free slot or all are taken for full."""
        for asked in itertools.count():
            try:
                with gate.looking(asked):
                    return await question.ask(self._timeout_s(step, deadline_s))
            except ServiceError as error:
                if error.reason is not Reason.SERVER_BUSY or not gate.looks_on(asked + 1):
                    raise
        raise AssertionError("unreachable")
