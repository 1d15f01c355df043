"""The page's pure modules, asked directly: folding events, reading event streams, words and numbers, archives."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from playwright.sync_api import Page

from services.kit.errors import Reason

AT = "2026-11-23T10:00:%02d.500Z"


@pytest.fixture
def ask(page: Page) -> Page:
    page.goto("/")
    return page


def folded(page: Page, *kinds: dict[str, object]) -> dict[str, object]:
    """The job after these events, numbered from 1 and a second apart."""
    events = [{"sequence": str(number + 1), "createTime": AT % number, **kind} for number, kind in enumerate(kinds)]
    job: dict[str, object] = page.evaluate(
        """async (events) => {
            const { fold, newJob } = await import("/js/fold.js");
            const job = newJob("assets/1");
            for (const event of [...events, ...events]) fold(job, event);
            return job;
        }""",
        events,
    )
    return job


def test_the_page_knows_the_kinds_reasons_and_categories_by_their_right_names(ask: Page) -> None:
    kinds = ask.evaluate("async () => Object.keys((await import('/js/fold.js')).KINDS)")
    assert set(kinds) <= {field.json_name for field in pb.AssetEvent.DESCRIPTOR.oneofs_by_name["kind"].fields}
    assert {"accepted", "queued", "stepStarted", "stepUnknown", "finished"} <= set(kinds)
    advice = ask.evaluate("async () => Object.keys((await import('/js/words.js')).ADVICE)")
    assert set(advice) <= {str(reason) for reason in Reason}
    categories = ask.evaluate("async () => Object.keys((await import('/js/words.js')).CATEGORIES)")
    assert categories == [f"S{number}" for number in range(1, 15)]


def test_events_that_come_twice_change_nothing(ask: Page) -> None:
    started = {"method": "atelier.prompt.v1.PromptService/GeneratePrompts", "attempt": 1}
    job = folded(ask, {"accepted": {"content": "x", "recipe": {"variantCount": 2}}}, {"stepStarted": started})
    assert (job["sequence"], len(job["steps"]), len(job["variants"])) == (2, 1, 2)  # type: ignore[arg-type]


def test_a_step_of_unknown_outcome_and_a_place_in_the_queue_are_told(ask: Page) -> None:
    accepted = {"accepted": {"content": "x", "recipe": {"variantCount": 1}}}
    assert folded(ask, accepted, {"queued": {"position": 3}})["position"] == 3
    step = {"method": "atelier.prompt.v1.PromptService/GeneratePrompts", "attempt": 1}
    again = {**step, "attempt": 2}
    job = folded(ask, accepted, {"queued": {}}, {"stepStarted": step}, {"stepUnknown": step}, {"stepStarted": again})
    steps = job["steps"]
    assert isinstance(steps, list)
    assert [one["how"] for one in steps] == ["unknown", "running"]
    assert steps[0]["endedMs"] - steps[0]["startedMs"] == 1000
    assert job["position"] is None


def test_a_stream_is_read_the_same_wherever_it_is_torn(ask: Page) -> None:
    events = ('id: 1\ndata: {"a": "\u2028é"}\n\n', "event: error\r\ndata: {}\r\n\r\n", "id: 2\ndata: [1,\ndata: 2]\n\n")
    stream = ": still here\n\n" + "".join(events)
    cuts = ask.evaluate(
        """async (stream) => {
            const { parse } = await import("/js/events.js");
            return [...stream].map((_, at) => {
                const first = parse(stream.slice(0, at));
                return JSON.stringify([...first.events, ...parse(first.rest + stream.slice(at)).events]);
            });
        }""",
        stream,
    )
    assert len(set(cuts)) == 1
    assert cuts[0].count('"type"') == 3


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("# The *puffins* are back\n\nEvery April", "The puffins are back"),
        ("<script>alert(1)</script><h1>A lighthouse</h1>", "A lighthouse"),
        ("<p><img src=x onerror=1>", "<p><img src=x onerror=1>"),
        ("word " * 40, "word word word word word word word word word word word word word word word word word word…"),
        ("   ", "Untitled"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_a_title_is_the_first_words_of_a_content(ask: Page, content: str, expected: str) -> None:
    assert ask.evaluate("async (text) => (await import('/js/words.js')).title(text)", content) == expected


def test_times_costs_and_sizes_are_said_in_their_units(ask: Page) -> None:
    said = ask.evaluate(
        """async () => {
            const { bytes, cost, duration } = await import("/js/words.js");
            return [duration(7), duration(1234), duration(61000), bytes(500), bytes(300000),
                cost({ neurons: 12.34 }), cost({ engine: "local/scribe" }), cost({ model: "m" })];
        }"""
    )
    assert said == ["7 ms", "1.2 s", "1 min 1 s", "500 bytes", "293 KiB", "12.3 neurons", "free", "cost not told"]


def test_a_fresh_first_page_keeps_older_cards_and_drops_deleted_ones(ask: Page) -> None:
    merged = ask.evaluate(
        """async () => {
            const { merge } = await import("/js/gallery.js");
            const named = (...names) => names.map((name) => ({ name }));
            const fresh = { assets: named("5", "4", "3"), nextPageToken: "3" };
            const all = { assets: named("2"), nextPageToken: "" };
            const before = named("4", "35", "3", "2", "1");
            return [merge(before, fresh), merge(before, all)].map((list) => list.map((one) => one.name).join());
        }"""
    )
    assert merged == ["5,4,3,2,1", "2"]
