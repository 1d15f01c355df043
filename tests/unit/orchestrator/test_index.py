"""The index finds what a walk through everything would find, in the same order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.orchestrator.cost import Spent
from services.orchestrator.jetstream.index import Index
from services.orchestrator.names import asset_name
from services.orchestrator.summary import Selection, Summary
from services.orchestrator.usage import Query, Tally

SECOND = 1_000_000_000
EVER = Query(0, 1000)
TIMES = st.integers(0, 40)
ACTIONS = st.lists(st.tuples(TIMES, st.integers(1, 6), st.sampled_from(["", "a", "b"]), st.booleans()), max_size=60)
SELECTIONS = st.builds(
    Selection,
    states=st.frozensets(st.integers(1, 6), max_size=2),
    after_ns=TIMES.map(lambda time: time * SECOND),
    before_ns=TIMES.map(lambda time: time * SECOND),
    owner=st.sampled_from(["", "a", "c"]),
)


@given(actions=ACTIONS, selection=SELECTIONS, before=st.one_of(st.just(-1), TIMES), limit=st.integers(1, 50))
def test_an_index_finds_what_a_walk_finds(actions, selection, before, limit):
    index, known = Index(), {}
    for place, (time, state, owner, drop) in enumerate(actions, start=1):
        name, summary = asset_name(time * SECOND, time), Summary(time * SECOND, state, owner)
        if drop:
            index.drop(name)
            known.pop(name, None)
        else:
            index.put(name, place, summary)
            index.put(name, place - 1, Summary(0, 1, "late"))
            known[name] = summary
    bound = "" if before < 0 else asset_name(before * SECOND, before)
    walk = [
        name for name in sorted(known, reverse=True) if selection.wants(known[name]) and (not bound or name < bound)
    ]
    assert index.older(bound, limit, selection) == walk[:limit]
    assert len(index) == len(known)


@given(
    actions=st.lists(st.tuples(TIMES, st.sampled_from([1, 2, 2, 2, 3]), st.sampled_from(["", "a"]), st.integers(0, 9)))
)
def test_the_usage_is_that_of_the_assets_whenever_it_is_asked_for(actions):
    index, known = Index(), {}
    for place, (time, state, owner, action) in enumerate(actions, start=1):
        name = asset_name(time * SECOND, time)
        if action == 0:
            index.drop(name)
            known.pop(name, None)
        else:
            known[name] = Summary(time * SECOND, state, owner, place % 3, Spent(place, place / 7, 0.0, 1))
            index.put(name, place, known[name])
        if action == 1:
            assert index.usage(EVER) == added_up(known)
    assert index.usage(EVER) == added_up(known)


def added_up(known):
    tally = Tally()
    for summary in known.values():
        tally.put(summary)
    return tally.rows(EVER)
