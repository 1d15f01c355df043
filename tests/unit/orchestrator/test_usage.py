from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator.cost import Spent
from services.orchestrator.jetstream.codec import read_headers, write_headers
from services.orchestrator.jetstream.index import Index
from services.orchestrator.summary import Summary
from services.orchestrator.usage import (
    DAY_NS,
    MAX_ROWS,
    Query,
    Tally,
    Totals,
    leave_out,
    read_query,
    write_rows,
)

NOW_NS = 1_795_000_000 * 1_000_000_000
TODAY = "2026-11-18"
EVERY = Query(0, 10**6)

summaries = st.builds(
    Summary,
    st.integers(0, 5).map(lambda day: day * DAY_NS + 7),
    st.sampled_from([2, 3]),
    st.sampled_from(["", "ann", "bob"]),
    st.integers(0, 9),
    st.builds(Spent, st.floats(0, 1e6), st.floats(0, 1e3), st.floats(0, 1e3), st.integers(0, 3)),
)


def expected(living):
    rows = {}
    for summary in living:
        rows.setdefault((summary.created_ns // DAY_NS, summary.owner), Totals()).add(summary)
    return rows


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.one_of(st.none(), summaries)), max_size=40))
def test_an_index_counts_exactly_the_assets_that_it_knows(changes):
    index, living = Index(), {}
    for place, (name, summary) in enumerate(changes, 1):
        if summary is None:
            index.drop(name)
            living.pop(name, None)
        else:
            index.put(name, place, summary)
            living[name] = summary
        # An older message that arrives late changes nothing.
        index.put("a", 0, Summary(0, 2, "late", 1, Spent(1, 1, 1, 1))) if "a" in living else None
    rows = index.usage(EVERY)
    assert {key: totals.spent for key, totals in rows.items()} == {
        key: totals.spent for key, totals in expected(living.values()).items()
    }
    assert {key: (totals.assets, totals.images) for key, totals in rows.items()} == {
        key: (totals.assets, totals.images) for key, totals in expected(living.values()).items()
    }


@given(st.lists(summaries, max_size=10), st.data())
def test_what_is_left_out_of_an_answer_is_as_if_it_had_never_been(living, data):
    tally = Tally()
    for summary in living:
        tally.put(summary)
    out = data.draw(st.lists(st.sampled_from(range(len(living))), unique=True)) if living else []
    query = Query(1, 4, data.draw(st.sampled_from(["", "ann"])))
    rows = tally.rows(query)
    for position in out:
        leave_out(rows, query, living[position])
    rest = Tally()
    for position, summary in enumerate(living):
        if position not in out:
            rest.put(summary)
    assert {key: totals.spent for key, totals in rows.items()} == {
        key: totals.spent for key, totals in rest.rows(query).items()
    }


@given(summaries)
def test_headers_tell_a_summary_as_it_was(summary):
    summary = summary if summary.spent.source else summary._replace(spent=Spent())
    assert read_headers(write_headers(summary, 3)) == summary


def query(**fields):
    return read_query(pb.GetUsageRequest(**fields), NOW_NS)


def test_a_request_without_days_is_about_the_last_thirty():
    asked = query()
    assert asked.until_day - asked.from_day == 30
    assert asked == query(until_day=TODAY)
    assert query(from_day="2026-01-01", until_day="2026-01-01", owner="ann").owner == "ann"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"from_day": "yesterday"}, "from_day"),
        ({"from_day": "20260101"}, "from_day"),
        ({"until_day": "2026-02-30"}, "until_day"),
        ({"until_day": "1969-12-31"}, "until_day"),
        ({"from_day": "2026-01-02", "until_day": "2026-01-01"}, "from_day"),
        ({"from_day": "2025-01-01", "until_day": "2026-01-02"}, "from_day"),
    ],
)
def test_days_that_cannot_be_answered_are_refused_with_the_field(fields, field):
    with pytest.raises(ServiceError) as caught:
        query(**fields)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)
    assert caught.value.limit


def test_a_whole_leap_year_can_be_asked_for():
    assert query(from_day="2024-01-01", until_day="2024-12-31")


def test_rows_come_by_day_newest_first_and_then_by_owner():
    tally = Tally()
    for day, owner in ((0, "b"), (1, "b"), (1, ""), (1, "a")):
        tally.put(Summary(day * DAY_NS, 3, owner, 2, Spent(1.5, 0.25, 0.125, 2)))
    rows = list(write_rows(tally.rows(EVERY)))
    assert [(row.day, row.owner) for row in rows] == [
        ("1970-01-02", ""),
        ("1970-01-02", "a"),
        ("1970-01-02", "b"),
        ("1970-01-01", "b"),
    ]
    assert (rows[0].assets, rows[0].images, rows[0].cost.usd) == (1, 2, 0.25)


def test_more_rows_than_an_answer_takes_are_refused():
    rows = {(day, "x"): Totals(assets=1) for day in range(MAX_ROWS + 1)}
    with pytest.raises(ServiceError, match="FIELD_INVALID"):
        list(write_rows(rows))


def test_totals_that_came_and_went_are_exactly_nothing():
    tally = Tally()
    spent = [Summary(0, 3, "", 1, Spent(0.1 * n, 0.1 / n, 0.3 / n, 2)) for n in range(1, 500)]
    keeper = Summary(0, 3, "", 1, Spent(0.1, 0.2, 0.3, 1))
    tally.put(keeper)
    for summary in spent:
        tally.put(summary)
    for summary in reversed(spent):
        tally.take(summary)
    assert tally.rows(EVERY)[0, ""].spent == keeper.spent
