"""A content policy, and what it makes of the opinions of models: pure decisions, no model is asked here.

    a model said                              finding                 action
    a hazard, with a score                    its code                the highest step that the score reaches
    a hazard, without a score                 its code                the highest step there is
    unsafe, and names no hazard               UNSAFE                  BLOCK
    something that cannot be read             UNREADABLE              BLOCK, whatever the others say
    nothing: the provider refused to judge    REFUSED                 BLOCK, whatever the others say

The decision is the gravest action of all findings; FLAG and ALLOW let the work go on. A long text is judged in pieces
and is as bad as its worst piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from services.moderation.actions import BLOCK, Action, Ladder, Place

# Categories of findings that no model gives.
UNSAFE = "UNSAFE"
UNREADABLE = "UNREADABLE"
REFUSED = "REFUSED"

# No wording makes these right.
NEVER_LIFTED = frozenset({"S4"})

Vote = Literal["any", "all"]
Chain = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A category of the policy's own: a question, asked so that yes is a finding, and what is done at each place."""

    question: str
    ladders: Mapping[Place, Ladder]


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be made.

    `version` is that of the document with its digest; `document` the YAML. `categories` has a ladder for each hazard
    and place. `models` and `image_models` are the chains of models that vote, each with its fallbacks; none means the
    server's own. `required` refuses pictures that no model can see.
    """

    name: str
    version: str
    description: str
    document: str
    places: frozenset[Place]
    categories: Mapping[str, Mapping[Place, Ladder]]
    rules: Mapping[str, Rule] = field(default_factory=dict)
    allow: tuple[str, ...] = ()
    models: tuple[Chain, ...] = ()
    image_models: tuple[Chain, ...] = ()
    vote: Vote = "any"
    overlap: bool = False
    required: bool = False

    def ladder(self, category: str, place: Place) -> Ladder:
        """What is done about a category at a place; what the policy does not know is refused."""
        if category in self.rules:
            return self.rules[category].ladders[place]
        return self.categories.get(category, {}).get(place, BLOCK)

    def questions(self, place: Place) -> Mapping[str, str]:
        """The own rules that count at a place, by id."""
        asked = {name: rule for name, rule in self.rules.items() if rule.ladders[place].top > Action.ALLOW}
        return {name: rule.question for name, rule in asked.items()}


@dataclass(frozen=True, slots=True)
class Finding:
    """One category that a model saw: its score and the threshold, 0 where the model gives none, and what follows."""

    category: str
    action: Action
    score: float = 0.0
    threshold: float = 0.0
    model: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from all findings, worst first; `unjudged` says why no model was asked, where none was."""

    action: Action
    findings: tuple[Finding, ...] = ()
    unjudged: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the work may go on."""
        return self.action <= Action.FLAG


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one model said about a text, a piece of it, or a picture.

    `found` and `scores` hold (category, probability) pairs: what it found, and, where it gives probabilities, those of
    everything it was asked. `threshold` is its own, 0 where it gives no probabilities. `closed` is UNREADABLE or
    REFUSED where there was nothing to read.
    """

    model: str
    safe: bool = True
    found: tuple[tuple[str, float], ...] = ()
    scores: tuple[tuple[str, float], ...] = ()
    threshold: float = 0.0
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One voter's opinions, of all pieces, and what it was asked about: hazards, the policy's own rules, or both."""

    opinions: tuple[Opinion, ...]
    hazards: bool = True
    rules: bool = False


def decide(policy: Policy, place: Place, ballots: Sequence[Ballot]) -> Verdict:
    """The verdict on what models said.

    Where any vote counts, each finding does. Where all have to agree, nothing graver is done than the mildest voter
    wants, and what the others found is kept as a flag. Hazards and own rules are two polls, because not every model can
    be asked about rules. What could not be read or was refused is no vote, and blocks.
    """
    voters = [(ballot, _worst(policy, place, ballot.opinions)) for ballot in ballots]
    closed = [found for _, voter in voters for found in voter if found.category in (UNREADABLE, REFUSED)]
    hazards = [[found for found in voter if _is_hazard(policy, found)] for ballot, voter in voters if ballot.hazards]
    rules = [[found for found in voter if found.category in policy.rules] for ballot, voter in voters if ballot.rules]
    return verdict_of((*closed, *_poll(policy.vote, hazards), *_poll(policy.vote, rules)))


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The verdict that follows from findings."""
    ordered = tuple(sorted(findings, key=lambda found: (-found.action, -found.score)))
    return Verdict(ordered[0].action if ordered else Action.ALLOW, ordered)


def lifted(whole: Verdict, rest: Verdict) -> Verdict:
    """The verdict on a text that holds allowed phrases, from those on the whole and on the rest without the phrases.

    What is found in the whole alone comes from the phrases, and nothing is done about it; that it was found is kept.
    """
    known = {found.category for found in rest.findings}
    gone = [found for found in whole.findings if found.category not in known]
    kept = [found if found.category in NEVER_LIFTED else replace(found, action=Action.ALLOW) for found in gone]
    return verdict_of((*rest.findings, *kept))


def _worst(policy: Policy, place: Place, opinions: Iterable[Opinion]) -> list[Finding]:
    """What a voter found in all pieces: each category once, as it is worst."""
    best: dict[str, Finding] = {}
    for found in (found for opinion in opinions for found in _findings(policy, place, opinion)):
        known = best.setdefault(found.category, found)
        if (found.action, found.score) > (known.action, known.score):
            best[found.category] = found
    return list(best.values())


def _findings(policy: Policy, place: Place, opinion: Opinion) -> list[Finding]:
    if opinion.closed:
        return [Finding(opinion.closed, Action.BLOCK, model=opinion.model)]
    if opinion.threshold:
        return _scored(policy, place, opinion)
    named = [
        Finding(category, policy.ladder(category, place).top, model=opinion.model) for category, _ in opinion.found
    ]
    unsafe = not opinion.safe and not named
    return [Finding(UNSAFE, Action.BLOCK, model=opinion.model)] if unsafe else named


def _scored(policy: Policy, place: Place, opinion: Opinion) -> list[Finding]:
    """What the policy acts on, and what the model itself takes for found although the policy does not act on it."""
    findings = []
    for category, score in opinion.scores:
        action, threshold = policy.ladder(category, place).act(score, opinion.threshold)
        if action > Action.ALLOW or score >= opinion.threshold:
            findings.append(Finding(category, action, score, threshold, opinion.model))
    return findings


def _poll(vote: Vote, voters: Sequence[Sequence[Finding]]) -> list[Finding]:
    """The findings that count, their actions no graver than the vote allows."""
    if vote == "any":
        return [found for voter in voters for found in voter]
    mildest = min((verdict_of(voter).action for voter in voters), default=Action.ALLOW)
    most = max(mildest, Action.FLAG)
    return [replace(found, action=min(found.action, most)) for voter in voters for found in voter]


def _is_hazard(policy: Policy, found: Finding) -> bool:
    return found.category not in policy.rules and found.category not in (UNREADABLE, REFUSED)
