"""Verdicts, policies and calls as the service publishes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce

from atelier.type.v1 import model_call_pb2, policy_pb2, verdict_pb2

from services.moderation.actions import Action, Place
from services.moderation.policy import REFUSED, UNREADABLE, UNSAFE, Finding, Policy, Verdict
from services.workers_ai.hazards import HAZARDS
from services.workers_ai.record import CallRecord

_PLACES = {
    Place.CONTENT: verdict_pb2.PLACE_CONTENT,
    Place.PROMPT: verdict_pb2.PLACE_PROMPT,
    Place.IMAGE: verdict_pb2.PLACE_IMAGE,
}
_DECISIONS = {
    Action.ALLOW: verdict_pb2.Verdict.DECISION_ALLOWED,
    Action.FLAG: verdict_pb2.Verdict.DECISION_ALLOWED,
    Action.REVIEW: verdict_pb2.Verdict.DECISION_REVIEW,
    Action.BLOCK: verdict_pb2.Verdict.DECISION_BLOCKED,
}

_WITHOUT_MODEL = {
    UNSAFE: "The model calls it unsafe and does not say why",
    UNREADABLE: "The model's answer cannot be read",
    REFUSED: "The provider refused to judge it",
}


def verdict_message(verdict: Verdict, policy: Policy, place: Place) -> verdict_pb2.Verdict:
    """A verdict, with the policy that it follows from and the place it is about."""
    return verdict_pb2.Verdict(
        decision=_DECISIONS[verdict.action],
        findings=[_finding(found, policy) for found in verdict.findings],
        policy=_version(policy),
        place=_PLACES[place],
        unjudged=verdict.unjudged,
    )


def policy_message(policy: Policy, places: Collection[Place]) -> policy_pb2.Policy:
    """A policy with its document, and the places at which it is applied."""
    return policy_pb2.Policy(
        version=_version(policy),
        description=policy.description,
        places=[_PLACES[place] for place in Place if place in places],
        document=policy.document,
        overlap=policy.overlap,
    )


def together(calls: Sequence[CallRecord]) -> model_call_pb2.ModelCall | None:
    """All calls as one, None where there is none."""
    return reduce(CallRecord.plus, calls).to_proto() if calls else None


def each(calls: Sequence[CallRecord]) -> list[model_call_pb2.ModelCall]:
    """Each voter's calls, where several voted."""
    return [call.to_proto() for call in calls] if len(calls) > 1 else []


def _finding(found: Finding, policy: Policy) -> verdict_pb2.Finding:
    return verdict_pb2.Finding(
        category=found.category,
        score=found.score,
        threshold=found.threshold,
        action=verdict_pb2.Action.ValueType(found.action),
        model=found.model,
        title=_title(found.category, policy),
    )


def _title(category: str, policy: Policy) -> str:
    if category in policy.rules:
        return policy.rules[category].question
    return HAZARDS[category].title if category in HAZARDS else _WITHOUT_MODEL.get(category, "")


def _version(policy: Policy) -> verdict_pb2.PolicyVersion:
    return verdict_pb2.PolicyVersion(name=policy.name, version=policy.version)
