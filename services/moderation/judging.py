"""Asks models about a text or a picture, and never lets through what cannot be read or was not judged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import reduce

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.moderation.actions import Action, Place
from services.moderation.allowing import without_phrases
from services.moderation.policy import REFUSED, UNREADABLE, Ballot, Chain, Opinion, Policy, Verdict, decide, lifted
from services.moderation.voting import Voter, voters, votes
from services.workers_ai.calls import all_of
from services.workers_ai.catalogue import GUARD_MODELS, guard_model
from services.workers_ai.clef import PICTURE_STATE
from services.workers_ai.client import Judgement, WorkersAI
from services.workers_ai.cost import Cost, cost_from
from services.workers_ai.errors import WorkersAIError
from services.workers_ai.estimates import decision_cost, judgement_cost
from services.workers_ai.fallback import first_that_answers
from services.workers_ai.pieces import cut
from services.workers_ai.record import CallRecord

NO_EYES = "no model here can see pictures; ATELIER_MODERATION_IMAGE_MODEL names one"

log = telemetry.get_logger(__name__)

_Ask = Callable[[str], Awaitable[Judgement]]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, and the calls it took: those of each voter as one."""

    verdict: Verdict
    calls: tuple[CallRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class _Vote:
    ballot: Ballot
    call: CallRecord


class Judge:
    """Judges with the models that a policy names, or else with the server's own.

    `models` judge texts, `image_models` pictures (none where there is none that can see), `rules_models` answer a
    policy's own rules where none of those that vote can; each is a chain, of which the first that answers counts.
    `billed` is whether an account pays for calls. `timeout_s` bounds one call of a model, all attempts together;
    `parallel` how many calls for one text are made at once.
    """

    def __init__(
        self,
        client: WorkersAI,
        models: Sequence[str],
        *,
        image_models: Sequence[str] = (),
        rules_models: Sequence[str] = (),
        billed: bool = True,
        timeout_s: float,
        parallel: int,
    ) -> None:
        self._client = client
        self._models = tuple(models)
        self._image_models = tuple(image_models)
        self._rules_models = tuple(rules_models)
        self._billed = billed
        self._timeout_s = timeout_s
        self._parallel = parallel

    async def judge(self, text: str, policy: Policy, place: Place) -> Ruling:
        """The ruling on a text under a policy.

        Raises:
            ServiceError: a fault of the provider, as the Workers AI client tells it; never for an answer that came and
                is no verdict, because that blocks.
        """
        if place not in policy.places:
            return _unjudged(policy, place)
        whole = await self._judge_text(text, policy, place)
        rest = without_phrases(text, policy.allow)
        if rest == text or not any(found.action > Action.ALLOW for found in whole.verdict.findings):
            return whole
        if not any(char.isalnum() for char in rest):
            return Ruling(lifted(whole.verdict, Verdict(Action.ALLOW)), whole.calls)
        without = await self._judge_text(rest, policy, place)
        calls = tuple(map(CallRecord.plus, whole.calls, without.calls))
        return Ruling(lifted(whole.verdict, without.verdict), calls)

    async def look(self, image: bytes, policy: Policy) -> Ruling:
        """The ruling on a picture under a policy; errors as in `judge`."""
        if Place.IMAGE not in policy.places:
            return _unjudged(policy, Place.IMAGE)
        asked = self._voters(policy, Place.IMAGE)
        if not asked:
            return Ruling(Verdict(Action.BLOCK if policy.required else Action.ALLOW, unjudged=NO_EYES))

        async def vote(voter: Voter) -> _Vote:
            questions = voter.questions(Place.IMAGE)

            async def ask(model: str) -> Judgement:
                return await self._client.look(model, image, questions=questions, timeout_s=self._timeout_s)

            opinion, call = await self._opinion(voter.models, ask)
            return _Vote(Ballot((opinion,), voter.hazards, bool(voter.rules)), call)

        return await _poll(policy, Place.IMAGE, asked, vote)

    def places(self, policy: Policy) -> frozenset[Place]:
        """Where a policy is applied by this judge: nobody waits for a look that nobody can take."""
        blind = not policy.required and not self._voters(policy, Place.IMAGE)
        return policy.places - {Place.IMAGE} if blind else policy.places

    def expect(self, text: str, policy: Policy, place: Place) -> tuple[CallRecord, ...]:
        """The calls that judging a text would take, each with its estimated cost; nothing is asked."""
        return tuple(self._expected(voter, place, text) for voter in self._judging(policy, place))

    def expect_look(self, policy: Policy) -> tuple[CallRecord, ...]:
        """The calls that judging a picture would take, each with its estimated cost; nothing is asked."""
        return tuple(self._expected(voter, Place.IMAGE, "") for voter in self._judging(policy, Place.IMAGE))

    def _expected(self, voter: Voter, place: Place, text: str) -> CallRecord:
        model = guard_model(_first_known(voter.models))
        if place is Place.IMAGE:
            works = [(PICTURE_STATE, 1)]
        else:
            works = [(piece, 0) for piece in cut(text, model.max_text_bytes)]
        if model.sees:
            questions = voter.questions(place)
            costs = [
                decision_cost(model.name, state, questions, pictures=pictures, billed=self._billed)
                for state, pictures in works
            ]
        else:
            costs = [judgement_cost(model.name, text, billed=self._billed)]
        return CallRecord(model.name, attempts=0, cost=reduce(Cost.plus, costs))

    def _judging(self, policy: Policy, place: Place) -> list[Voter]:
        return self._voters(policy, place) if place in policy.places else []

    def _voters(self, policy: Policy, place: Place) -> list[Voter]:
        own = self._image_models if place is Place.IMAGE else self._models
        return voters(policy, place, own=own, rules=self._rules_models)

    async def _judge_text(self, text: str, policy: Policy, place: Place) -> Ruling:
        gate = asyncio.Semaphore(self._parallel)

        async def vote(voter: Voter) -> _Vote:
            # The client cuts again for a fallback that reads less.
            at_most = guard_model(_first_known(voter.models)).max_text_bytes
            pieces = [piece for piece in cut(text, at_most) if piece.strip()]
            said = await all_of([self._judge_piece(piece, voter, place, gate) for piece in pieces])
            ballot = Ballot(tuple(opinion for opinion, _ in said), voter.hazards, bool(voter.rules))
            return _Vote(ballot, reduce(CallRecord.plus, (call for _, call in said)))

        return await _poll(policy, place, self._voters(policy, place), vote)

    async def _judge_piece(
        self, piece: str, voter: Voter, place: Place, gate: asyncio.Semaphore
    ) -> tuple[Opinion, CallRecord]:
        questions = voter.questions(place) if voter.rules else None

        async def ask(model: str) -> Judgement:
            return await self._client.judge(model, piece, questions=questions, timeout_s=self._timeout_s)

        async with gate:
            return await self._opinion(voter.models, ask)

    async def _opinion(self, models: Chain, ask: _Ask) -> tuple[Opinion, CallRecord]:
        """What the first model says that answers; an answer that says nothing is an opinion too, and blocks."""
        try:
            judgement = await first_that_answers(models, ask, self._client.breaker)
        except WorkersAIError as error:
            closed = _closed(error)
            if not closed:
                raise
            log.warning("no verdict to read, blocked", reason=error.reason, error=error.message)
            record = _record_of(error)
            return Opinion(record.model, safe=False, closed=closed), record
        call = judgement.call
        threshold = guard_model(call.model).threshold if judgement.scores else 0.0
        found = Opinion(call.engine or call.model, judgement.safe, judgement.categories, judgement.scores, threshold)
        return found, call


async def _poll(
    policy: Policy, place: Place, asked: Sequence[Voter], vote: Callable[[Voter], Coroutine[object, object, _Vote]]
) -> Ruling:
    """The ruling of all voters; one that is down is an error, unless another one's vote blocks already."""
    said, error = await votes([vote(voter) for voter in asked], any_counts=policy.vote == "any")
    verdict = decide(policy, place, [one.ballot for one in said])
    if error is not None:
        if verdict.action < Action.BLOCK:
            raise error
        log.warning("a voter is down, and another one blocks", error=str(error))
    return Ruling(verdict, tuple(one.call for one in said))


def _unjudged(policy: Policy, place: Place) -> Ruling:
    return Ruling(Verdict(Action.ALLOW, unjudged=f"the policy {policy.name} does not judge this place: {place}"))


def _first_known(models: Chain) -> str:
    """The model that is likely to answer."""
    return next((model for model in models if model in GUARD_MODELS), models[0])


def _closed(error: WorkersAIError) -> str:
    """What a failed call says about what was judged; "" where the fault is the provider's and says nothing about it."""
    if error.reason is Reason.MODEL_REFUSED:
        return REFUSED
    answered = error.reason is Reason.MODEL_OUTPUT and not error.provider_code and not error.http_status
    return UNREADABLE if answered else ""


def _record_of(error: ServiceError) -> CallRecord:
    attempts = error.metadata.get("attempts", "1")
    return CallRecord(
        error.metadata.get("model", ""),
        attempts=int(attempts) if attempts.isdigit() else 1,
        cost=cost_from(error.metadata),
    )
