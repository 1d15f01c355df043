"""Steps that make several calls of a model take as many moments as their like took, and settle the difference."""

from __future__ import annotations

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, AssetEvent, PromptsGenerated, StepRetried
from atelier.type.v1.model_call_pb2 import ModelCall

from services.kit.errors import Reason, ServiceError
from services.orchestrator.job import Job, Method, Step
from services.orchestrator.pacing import Experience, Pacing, calls_of

WRITE = Step(Method.GENERATE_PROMPTS)


class Ledger:
    """Rates that write down what they are asked for."""

    def __init__(self):
        self.waited, self.settled = [], []

    async def wait(self, stage, count=1):
        self.waited.append((stage, count))

    def settle(self, stage, count):
        self.settled.append((stage, count))


def job(length):
    return Job(accepted=Accepted(content="x" * length))


def prompts(calls):
    return AssetEvent(prompts_generated=PromptsGenerated(call=ModelCall(attempts=calls)))


def test_what_took_one_call_before_is_thought_to_take_one_again():
    experience = Experience()
    experience.learn(WRITE.method, 50_000, 1)
    experience.learn(WRITE.method, 40_000, 3)
    assert experience.expect(WRITE.method, 50_000) == 1
    assert experience.expect(WRITE.method, 1_000_000) == 1


def test_longer_contents_are_thought_to_take_calls_by_their_length():
    experience = Experience()
    experience.learn(WRITE.method, 50_000, 1)
    experience.learn(WRITE.method, 100_000, 5)
    assert experience.expect(WRITE.method, 200_000) == 10
    assert experience.expect(WRITE.method, 60_000) == 3
    assert experience.expect(Method.REWRITE_PROMPT, 200_000) == 1


async def test_the_first_long_article_is_settled_and_the_second_is_foreseen():
    ledger = Ledger()
    pacing = Pacing(ledger)
    for _ in range(2):
        reserved = await pacing.enter(WRITE, job(100_000))
        pacing.leave(WRITE, job(100_000), reserved, prompts(8))
    assert ledger.waited == [("texts", 1), ("texts", 8)]
    assert ledger.settled == [("texts", 7), ("texts", 0)]


async def test_a_failed_step_settles_the_requests_that_its_error_tells_of():
    ledger = Ledger()
    pacing = Pacing(ledger)
    error = ServiceError(Reason.MODEL_UNREACHABLE, "scripted", metadata={"attempts": "3"})
    pacing.leave(WRITE, job(10), await pacing.enter(WRITE, job(10)), error)
    pacing.leave(WRITE, job(10), await pacing.enter(WRITE, job(10)), ServiceError(Reason.SERVICE_UNREACHABLE, "away"))
    assert ledger.settled == [("texts", 2)]


def test_an_event_without_a_call_tells_nothing():
    assert calls_of(AssetEvent(step_retried=StepRetried())) is None
    assert calls_of(prompts(0)) == 1
