"""What a policy makes of the opinions of models."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.moderation.actions import Action, Ladder, Place
from services.moderation.policy import (
    REFUSED,
    UNREADABLE,
    Ballot,
    Finding,
    Opinion,
    Policy,
    Rule,
    Verdict,
    decide,
    lifted,
)
from services.workers_ai.hazards import HAZARDS

ALLOW, FLAG, REVIEW, BLOCK = Action
PROMPT = Place.PROMPT
HALF = 0.5


def policy(*, vote="any", others: Ladder | None = None, **categories: Ladder) -> Policy:
    """One that does the same at every place."""
    ladders = {code: categories.get(code, others or Ladder.of(BLOCK)) for code in HAZARDS}
    by_place = {code: dict.fromkeys(Place, ladder) for code, ladder in ladders.items()}
    seen = Rule("Is there a fish?", dict.fromkeys(Place, Ladder(((FLAG, 0.3), (REVIEW, 0.6)))))
    return Policy("some", "1", "", "", frozenset(Place), by_place, rules={"fish": seen}, vote=vote)


def named(*codes: str, safe: bool = False, model: str = "guard") -> Ballot:
    """The vote of a model that gives no scores."""
    return Ballot((Opinion(model, safe, tuple((code, 0.0) for code in codes)),))


def scored(model: str = "clef", *, rules: bool = False, **scores: float) -> Ballot:
    """The vote of a model that gives scores."""
    found = tuple((code, score) for code, score in scores.items() if score >= HALF)
    return Ballot((Opinion(model, not found, found, tuple(scores.items()), HALF),), rules=rules)


def closed(category: str) -> Ballot:
    return Ballot((Opinion("guard", safe=False, closed=category),))


def told(verdict: Verdict) -> list[tuple[str, Action]]:
    return [(found.category, found.action) for found in verdict.findings]


@pytest.mark.parametrize(
    ("ballot", "action", "found"),
    [
        (named(safe=True), ALLOW, []),
        (named(), BLOCK, [("UNSAFE", BLOCK)]),
        (named("S1"), BLOCK, [("S1", BLOCK)]),
        (named("S6"), FLAG, [("S6", FLAG)]),
        (named("S6", "S9"), BLOCK, [("S9", BLOCK), ("S6", FLAG)]),
        # A model that contradicts itself is not believed to be safe.
        (named("S1", safe=True), BLOCK, [("S1", BLOCK)]),
        # Without a score there is no saying that it was low.
        (named("S7"), BLOCK, [("S7", BLOCK)]),
        (scored(S7=0.1), ALLOW, []),
        (scored(S7=0.3), REVIEW, [("S7", REVIEW)]),
        (scored(S7=0.8), BLOCK, [("S7", BLOCK)]),
        # What the model finds and the policy lets pass is kept.
        (scored(S8=0.9), ALLOW, [("S8", ALLOW)]),
        (scored(S8=0.4), ALLOW, []),
        (scored(fish=0.4), FLAG, [("fish", FLAG)]),
        (scored(fish=0.9, S7=0.3), REVIEW, [("fish", REVIEW), ("S7", REVIEW)]),
        (closed(UNREADABLE), BLOCK, [(UNREADABLE, BLOCK)]),
        (closed(REFUSED), BLOCK, [(REFUSED, BLOCK)]),
    ],
)
def test_the_table(ballot: Ballot, action: Action, found: list[tuple[str, Action]]) -> None:
    some = policy(S6=Ladder.of(FLAG), S7=Ladder(((REVIEW, 0.3), (BLOCK, 0.8))), S8=Ladder.of(ALLOW))
    rules = Ballot(ballot.opinions, rules=True)
    assert decide(some, PROMPT, [rules]).action is action
    assert told(decide(some, PROMPT, [rules])) == found


def test_a_finding_names_the_threshold_that_was_reached_and_the_model() -> None:
    some = policy(S7=Ladder(((REVIEW, 0.3), (BLOCK, 0.8))))
    (found,) = decide(some, PROMPT, [scored(S7=0.5)]).findings
    assert found == Finding("S7", REVIEW, 0.5, 0.3, "clef")
    (found,) = decide(some, PROMPT, [scored(S1=0.6)]).findings
    assert found == Finding("S1", BLOCK, 0.6, HALF, "clef")


def test_a_category_that_the_policy_does_not_know_blocks() -> None:
    assert decide(policy(), PROMPT, [named("S99")]).action is BLOCK


@pytest.mark.parametrize(
    ("vote", "ballots", "action", "found"),
    [
        ("any", [named("S1"), scored(S1=0.1)], BLOCK, [("S1", BLOCK)]),
        ("all", [named("S1"), scored(S1=0.1)], FLAG, [("S1", FLAG)]),
        ("all", [named("S1"), scored(S9=0.9)], BLOCK, [("S9", BLOCK), ("S1", BLOCK)]),
        ("all", [named("S1"), scored(S7=0.4)], REVIEW, [("S7", REVIEW), ("S1", REVIEW)]),
        ("all", [named(safe=True), named()], FLAG, [("UNSAFE", FLAG)]),
        # What could not be read is no vote, and cannot be outvoted.
        ("all", [closed(UNREADABLE), scored(S1=0.1)], BLOCK, [(UNREADABLE, BLOCK)]),
        ("all", [closed(REFUSED), named("S1")], BLOCK, [(REFUSED, BLOCK), ("S1", FLAG)]),
        # Who cannot be asked about own rules has no vote on them.
        ("all", [named(safe=True), scored(fish=0.7, rules=True)], REVIEW, [("fish", REVIEW)]),
        ("all", [scored(fish=0.1, rules=True), scored(fish=0.7, rules=True)], FLAG, [("fish", FLAG)]),
        ("any", [scored(fish=0.1, rules=True), scored(fish=0.7, rules=True)], REVIEW, [("fish", REVIEW)]),
    ],
)
def test_votes(vote: str, ballots: list[Ballot], action: Action, found: list[tuple[str, Action]]) -> None:
    some = policy(vote=vote, S7=Ladder(((REVIEW, 0.3), (BLOCK, 0.8))))
    assert decide(some, PROMPT, ballots).action is action
    assert told(decide(some, PROMPT, ballots)) == found


SCORES = st.dictionaries(st.sampled_from(list(HAZARDS)), st.floats(min_value=0.01, max_value=1), max_size=5)
LADDERS = st.sampled_from(
    [Ladder.of(action) for action in Action]
    + [Ladder(((FLAG, 0.2), (REVIEW, 0.5), (BLOCK, 0.8))), Ladder(((BLOCK, 0.9),))]
)
POLICIES = st.builds(lambda ladders: policy(**ladders), st.dictionaries(st.sampled_from(list(HAZARDS)), LADDERS))


@given(some=POLICIES, pieces=st.lists(SCORES, min_size=1, max_size=4))
@settings(deadline=None)
def test_a_text_is_as_bad_as_its_worst_piece(some: Policy, pieces: list[dict[str, float]]) -> None:
    opinions = [scored(**scores).opinions[0] for scores in pieces]
    whole = decide(some, PROMPT, [Ballot(tuple(opinions))])
    each = [decide(some, PROMPT, [Ballot((opinion,))]) for opinion in opinions]
    assert whole.action == max(verdict.action for verdict in each)
    categories = [found.category for found in whole.findings]
    assert len(categories) == len(set(categories))
    assert set(categories) == {found.category for verdict in each for found in verdict.findings}
    assert whole.findings == tuple(sorted(whole.findings, key=lambda found: (-found.action, -found.score)))


@given(some=POLICIES, ballots=st.lists(SCORES.map(lambda scores: scored(**scores)), min_size=1, max_size=4))
@settings(deadline=None)
def test_any_is_the_gravest_vote_and_all_the_mildest(some: Policy, ballots: list[Ballot]) -> None:
    each = [decide(some, PROMPT, [ballot]).action for ballot in ballots]
    agreed = decide(replace(some, vote="all"), PROMPT, ballots)
    assert decide(some, PROMPT, ballots).action == max(each)
    # What only some of them find is kept as a flag.
    assert agreed.action == (min(each) if min(each) > FLAG else min(max(each), FLAG))


@given(some=POLICIES, scores=SCORES, more=st.sampled_from(list(HAZARDS)))
@settings(deadline=None)
def test_a_higher_score_is_never_treated_milder(some: Policy, scores: dict[str, float], more: str) -> None:
    before = decide(some, PROMPT, [scored(**scores)]).action
    after = decide(some, PROMPT, [scored(**{**scores, more: 1.0})]).action
    assert after >= before


def test_an_allowed_phrase_lifts_what_is_found_nowhere_else_and_says_so() -> None:
    whole = Verdict(BLOCK, (Finding("S9", BLOCK, 0.9), Finding("S12", BLOCK, 0.8)))
    rest = Verdict(BLOCK, (Finding("S9", BLOCK, 0.7),))
    assert told(lifted(whole, rest)) == [("S9", BLOCK), ("S12", ALLOW)]
    assert lifted(whole, Verdict(ALLOW)).action is ALLOW
    assert told(lifted(whole, Verdict(ALLOW))) == [("S9", ALLOW), ("S12", ALLOW)]


def test_no_phrase_lifts_what_concerns_children_and_nothing_is_lifted_that_the_rest_holds() -> None:
    assert lifted(Verdict(BLOCK, (Finding("S4", BLOCK),)), Verdict(ALLOW)).action is BLOCK
    assert (
        lifted(Verdict(BLOCK, (Finding("S1", BLOCK),)), Verdict(BLOCK, (Finding(UNREADABLE, BLOCK),))).action is BLOCK
    )
