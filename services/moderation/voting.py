"""Who votes on a text or a picture under a policy, and the votes of all of them. What is down never waves through."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.moderation.actions import Place
from services.moderation.checks import SERVER
from services.moderation.policy import Chain, Policy
from services.workers_ai.calls import all_of
from services.workers_ai.catalogue import GUARD_MODELS
from services.workers_ai.clef import HAZARD_QUESTIONS, PICTURE_QUESTIONS
from services.workers_ai.values import Noul

_SERVER: Chain = (SERVER,)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Voter:
    """A chain of models of which the first that answers votes, and what it is asked: hazards, own rules by id."""

    models: Chain
    hazards: bool = True
    rules: Mapping[str, str] | None = None

    def questions(self, place: Place) -> dict[str, Noul]:
        """Everything that Clef is asked at a place."""
        hazards = PICTURE_QUESTIONS if place is Place.IMAGE else HAZARD_QUESTIONS
        about = "picture" if place is Place.IMAGE else "text"
        rules = {name: Noul(f"About the {about}: {question}") for name, question in (self.rules or {}).items()}
        return {**(hazards if self.hazards else {}), **rules}


def voters(policy: Policy, place: Place, *, own: Chain, rules: Chain) -> list[Voter]:
    """Who votes at a place: `own` are the server's models where the policy names none.

    Own rules go to each voter that can answer questions whichever of its models answers; where there is none, to
    `rules`, who is asked nothing else.
    """
    named = policy.image_models if place is Place.IMAGE else policy.models
    chains = list(dict.fromkeys(own if chain == _SERVER else chain for chain in named or (_SERVER,)))
    chains = [chain for chain in chains if chain]
    questions = policy.questions(place)
    if not questions or not chains:
        return [Voter(chain) for chain in chains]
    both = [Voter(chain, rules=questions if _takes_questions(chain) else None) for chain in chains]
    return both if any(voter.rules for voter in both) else [*both, Voter(rules, hazards=False, rules=questions)]


async def votes(works: Sequence[Coroutine[object, object, T]], *, any_counts: bool) -> tuple[list[T], Exception | None]:
    """What the voters said, and why the first of those that said nothing did not.

    Where all have to agree, one that fails ends the vote at once, and is raised. Where any counts the others are
    waited for, because one of them may block.
    """
    if not any_counts or len(works) == 1:
        return await all_of(works), None
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    said = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
    return said, errors[0] if errors else None


def _takes_questions(chain: Chain) -> bool:
    return all(model in GUARD_MODELS and GUARD_MODELS[model].sees for model in chain)
