"""The policy as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.moderation.policy import REFUSED_VERDICT, UNREADABLE_VERDICT, Finding, Policy, Verdict
from services.workers_ai.hazards import HAZARDS

SOME = Policy(blocking=frozenset({"S1", "S9"}))
HAZARD = st.tuples(st.sampled_from(list(HAZARDS)), st.floats(min_value=0, max_value=1))


@pytest.mark.parametrize(
    ("safe", "hazards", "allowed", "found"),
    [
        (True, [], True, []),
        (False, [], False, []),
        (False, [("S1", 0.0)], False, ["S1"]),
        (False, [("S6", 0.0)], True, ["S6"]),
        (False, [("S6", 0.0), ("S9", 0.0)], False, ["S9", "S6"]),
        (False, [("S6", 0.9), ("S9", 0.6)], False, ["S6", "S9"]),
        # A model that contradicts itself is not believed to be safe.
        (True, [("S1", 0.0)], False, ["S1"]),
    ],
)
def test_the_table(safe: bool, hazards: list[tuple[str, float]], allowed: bool, found: list[str]) -> None:
    verdict = SOME.verdict(safe, hazards)
    assert verdict.allowed is allowed
    assert [finding.category for finding in verdict.findings] == found


@given(hazards=st.lists(HAZARD, min_size=1, max_size=8))
def test_by_default_every_hazard_blocks(hazards: list[tuple[str, float]]) -> None:
    verdict = Policy().verdict(False, hazards)
    assert not verdict.allowed
    assert [finding.score for finding in verdict.findings] == sorted((score for _, score in hazards), reverse=True)


@given(pieces=st.lists(st.tuples(st.booleans(), st.lists(HAZARD, max_size=4)), min_size=1, max_size=5))
def test_a_text_is_as_bad_as_its_worst_piece(pieces: list[tuple[bool, list[tuple[str, float]]]]) -> None:
    verdicts = [SOME.verdict(safe, hazards) for safe, hazards in pieces]
    whole = SOME.together(verdicts)
    assert whole.allowed is all(verdict.allowed for verdict in verdicts)
    categories = [finding.category for finding in whole.findings]
    assert len(categories) == len(set(categories))
    assert set(categories) == {finding.category for verdict in verdicts for finding in verdict.findings}


def test_what_cannot_be_read_or_was_refused_blocks() -> None:
    assert Verdict(False, (Finding("UNREADABLE"),)) == UNREADABLE_VERDICT
    assert Verdict(False, (Finding("REFUSED"),)) == REFUSED_VERDICT
    together = SOME.together([Verdict(True, (Finding("S6"),)), UNREADABLE_VERDICT])
    assert not together.allowed
    assert [finding.category for finding in together.findings] == ["UNREADABLE", "S6"]
