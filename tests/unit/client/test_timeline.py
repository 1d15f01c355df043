"""What the events of an asset look like, folded into steps and printed as lines."""

from __future__ import annotations

import io

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import Finding, Verdict
from rich.console import Console

from client.display import Progress, plain_line, trail
from client.timeline import Outcome, Timeline

PAINT = "atelier.image.v1.ImageService/GenerateImage"
CHECK = "atelier.moderation.v1.ModerationService/ModerateText"


def fold(*events: pb.AssetEvent) -> Timeline:
    timeline = Timeline()
    for number, event in enumerate(events, start=1):
        event.create_time.FromSeconds(100 + number)
        timeline.add(event)
    return timeline


def accepted(variants: int) -> pb.AssetEvent:
    return pb.AssetEvent(accepted=pb.Accepted(recipe=pb.Recipe(variant_count=variants)))


def started(method: str, variant: int, attempt: int = 1) -> pb.AssetEvent:
    return pb.AssetEvent(step_started=pb.StepStarted(method=method, variant=variant, attempt=attempt))


def judged(variant: int, *categories: str) -> pb.AssetEvent:
    decision = Verdict.DECISION_BLOCKED if categories else Verdict.DECISION_ALLOWED
    verdict = Verdict(decision=decision, findings=[Finding(category=category) for category in categories])
    return pb.AssetEvent(variant_moderated=pb.VariantModerated(variant=variant, verdict=verdict))


def retried(variant: int) -> pb.AssetEvent:
    event = pb.AssetEvent(step_retried=pb.StepRetried(method=PAINT, variant=variant))
    event.step_retried.error.message = "out of capacity"
    event.step_retried.retry_delay.FromMilliseconds(1260)
    return event


def test_a_retry_shows_its_reason_until_the_next_try_begins() -> None:
    timeline = fold(accepted(1), started(CHECK, 0), judged(0), started(PAINT, 0), retried(0))
    assert trail(timeline.of(0)).plain == "allowed › paint picture: again in 1.3 s: out of capacity"
    timeline.add(started(PAINT, 0, 2))
    assert trail(timeline.of(0)).plain == "allowed › paint picture, try 2"
    assert plain_line(timeline.steps[-1]) == "... variant 1: paint picture, try 2"


def test_a_block_names_the_hazards() -> None:
    timeline = fold(accepted(2), started(CHECK, 1), judged(1, "S1", "S99"))
    assert timeline.of(0) == []
    assert timeline.of(1)[0].outcome is Outcome.BLOCKED
    assert trail(timeline.of(1)).plain == "blocked (S1 violent crimes, S99)"
    assert plain_line(timeline.steps[0]).startswith("BLOCKED variant 2: check prompt: blocked (S1 violent crimes, S99)")


def test_a_step_whose_server_went_away_is_closed() -> None:
    lost = pb.AssetEvent(step_unknown=pb.StepUnknown(method=PAINT, variant=0, attempt=1))
    timeline = fold(accepted(1), started(PAINT, 0), lost)
    assert timeline.steps[0].outcome is Outcome.LOST
    assert timeline.steps[0].took_s == 1.0


def test_the_end_closes_what_still_ran() -> None:
    finished = pb.AssetEvent(finished=pb.Finished(asset=pb.Asset(state=pb.Asset.STATE_CANCELLED)))
    timeline = fold(accepted(1), started(PAINT, 0), finished)
    assert (timeline.steps[0].outcome, timeline.steps[0].says) == (Outcome.FAILED, "cancelled")


def test_a_place_in_the_queue_is_told_until_a_step_begins() -> None:
    queued = pb.AssetEvent(queued=pb.Queued(position=3))
    timeline = fold(accepted(1), queued)
    out = io.StringIO()
    with Progress(Console(file=out), timeline) as progress:
        progress.show(None)
    assert out.getvalue() == "... waiting for a free worker, 3 before this one\n"
    timeline.add(started(PAINT, 0))
    assert timeline.waiting_for is None
