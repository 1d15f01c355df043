"""The tables, exhaustively: each event at each place either moves the job as the table says or is impossible."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from services.orchestrator import draw, events, flow
from services.orchestrator.flow import ImpossibleEventError
from services.orchestrator.job import (
    CONTENT_METHODS,
    PICTURE_METHODS,
    VARIANT_METHODS,
    Content,
    Method,
    Phase,
    Picture,
    Stage,
    Step,
)
from services.orchestrator.tables import CONTENTS, PHASES, PICTURES, STAGES, Signal

PROMPTS = Step(Method.GENERATE_PROMPTS)
JUDGE_CONTENT = Step(Method.MODERATE_TEXT)
JUDGE_PROMPT = Step(Method.MODERATE_TEXT, 0)
PAINT = Step(Method.GENERATE_IMAGE, 0, 0)
JUDGE_PICTURE = Step(Method.MODERATE_IMAGE, 0, 0)
ERROR = ServiceError(Reason.MODEL_UNREACHABLE, "scripted")


def check(log, event, after, read):
    """`after` is where the table leads; None means that the event is impossible there."""
    if after is None:
        with pytest.raises(ImpossibleEventError):
            log.add(event)
    else:
        assert read(log.add(event)) is after


def step_event(log, step, signal, retried):
    """An event about a step, be it to be done now or not."""
    tries = log.job.tries_of(step)
    started = tries.started if tries else 0
    match signal:
        case Signal.STARTED:
            if tries and tries.open:
                log.add(events.step_unknown(step, started))
            return events.step_started(step, started + 1)
        case Signal.UNKNOWN:
            return events.step_unknown(step, started)
        case Signal.RETRIED:
            return retried(step)
        case Signal.REFUSED:
            return retried(step, Reason.MODEL_REFUSED)
    return None


# The asset


def at_stage(new_log, stage):
    log = new_log()
    if stage is Stage.QUEUED:
        return log
    log.start(PROMPTS)
    if stage is Stage.WRITING:
        return log
    log.add(prompts(log))
    if stage is Stage.WAITING:
        log.moderated("review")
        log.waits()
    if stage is Stage.FINAL:
        log.moderated()
        log.painted()
        log.finished()
    assert log.job.stage is stage
    return log


def prompts(log):
    count = log.job.accepted.recipe.variant_count
    return pb.AssetEvent(prompts_generated=pb.PromptsGenerated(prompts=[{"text": f"p{n}"} for n in range(count)]))


def asset_event(log, signal, retried):
    match signal:
        case Signal.ACCEPTED:
            return pb.AssetEvent(accepted=pb.Accepted(content="x"))
        case Signal.WAITING:
            return events.queued(3)
        case Signal.PROMPTS:
            return prompts(log)
        case Signal.FINISHED:
            return events.broken_off(log.job, ERROR)
    return step_event(log, PROMPTS, signal, retried)


ASSET_SIGNALS = [
    Signal.ACCEPTED,
    Signal.WAITING,
    Signal.STARTED,
    Signal.RETRIED,
    Signal.UNKNOWN,
    Signal.PROMPTS,
    Signal.FINISHED,
]


@pytest.mark.parametrize("stage", [Stage.QUEUED, Stage.WRITING, Stage.MAKING, Stage.WAITING, Stage.FINAL])
@pytest.mark.parametrize("signal", ASSET_SIGNALS)
def test_the_table_of_stages_decides_what_an_event_does_to_an_asset(new_log, retried, stage, signal):
    log = at_stage(new_log, stage)
    # Prompts come without a call only where an asset is replayed.
    after = None if (stage, signal) == (Stage.QUEUED, Signal.PROMPTS) else STAGES.get((stage, signal))
    check(log, asset_event(log, signal, retried), after, lambda job: job.stage)


# The content


def at_content(new_log, content):
    log = new_log(places=["content"])
    log.start(PROMPTS)
    log.start(JUDGE_CONTENT)
    if content is not Content.JUDGING:
        log.add(events.step_unknown(JUDGE_CONTENT, 1))
        log.content({Content.HELD: "review", Content.CLEARED: "allowed", Content.REFUSED: "blocked"}[content])
    assert log.job.content is content
    return log


def content_event(log, signal, retried, moderated_event, reviewed_event):
    match signal:
        case Signal.CONTENT_ALLOWED:
            return moderated_event(None, "allowed")
        case Signal.CONTENT_REVIEW:
            return moderated_event(None, "review")
        case Signal.CONTENT_BLOCKED:
            return moderated_event(None, "blocked")
        case Signal.APPROVED:
            return reviewed_event(None, "approve", "content")
        case Signal.REJECTED:
            return reviewed_event(None, "reject", "content")
    return step_event(log, JUDGE_CONTENT, signal, retried)


CONTENT_SIGNALS = [
    Signal.STARTED,
    Signal.RETRIED,
    Signal.UNKNOWN,
    Signal.CONTENT_ALLOWED,
    Signal.CONTENT_REVIEW,
    Signal.CONTENT_BLOCKED,
    Signal.APPROVED,
    Signal.REJECTED,
]


@pytest.mark.parametrize("content", list(Content))
@pytest.mark.parametrize("signal", CONTENT_SIGNALS)
def test_the_table_of_contents_decides_what_an_event_does_to_the_content(
    new_log, retried, moderated_event, reviewed_event, content, signal
):
    log = at_content(new_log, content)
    event = content_event(log, signal, retried, moderated_event, reviewed_event)
    check(log, event, CONTENTS.get((content, signal)), lambda job: job.content)


# A variant


def at_phase(new_log, phase, overlap=False):
    """A log with variant 0 in a phase, its step started where it has one."""
    log = new_log(places=["image"] if phase is Phase.PICTURES_HELD else [], overlap=overlap)
    log.prompted()
    match phase:
        case Phase.REWRITING:
            log.moderated("blocked")
        case Phase.PROMPT_HELD:
            log.moderated("review")
        case Phase.PAINTING:
            log.moderated()
        case Phase.PICTURES_HELD:
            log.moderated()
            log.painted()
            log.judged("review")
        case Phase.IMAGED:
            log.moderated()
            log.painted()
        case Phase.BLOCKED:
            for _ in range(2):
                log.moderated("blocked")
                log.rewritten()
            log.moderated("blocked")
        case Phase.FAILED:
            log.add(events.given_up(log.job, JUDGE_PROMPT, ERROR))
    assert log.job.variants[0].phase is phase
    method = VARIANT_METHODS.get(phase)
    if method is not None:
        log.start(Step(method, 0))
    if phase is Phase.PAINTING or overlap:
        log.start(PAINT)
    return log


def variant_event(log, phase, signal, retried, success_of, moderated_event):
    match signal:
        case Signal.ALLOWED:
            return moderated_event(0, "allowed")
        case Signal.REVIEW:
            return moderated_event(0, "review")
        case Signal.BLOCKED:
            return moderated_event(0, "blocked")
        case Signal.REWRITTEN:
            return success_of(Step(Method.REWRITE_PROMPT, 0), 1)
        case Signal.FAILED:
            return events.given_up(log.job, JUDGE_PROMPT, ERROR)
        case Signal.REFUSED:
            return step_event(log, PAINT, signal, retried)
    return step_event(log, Step(VARIANT_METHODS.get(phase, Method.MODERATE_TEXT), 0), signal, retried)


VARIANT_SIGNALS = [
    Signal.STARTED,
    Signal.RETRIED,
    Signal.UNKNOWN,
    Signal.ALLOWED,
    Signal.REVIEW,
    Signal.BLOCKED,
    Signal.REWRITTEN,
    Signal.REFUSED,
    Signal.FAILED,
]


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("signal", VARIANT_SIGNALS)
def test_the_table_of_phases_decides_what_an_event_does_to_a_variant(
    new_log, retried, success_of, moderated_event, phase, signal
):
    # A picture is refused before its prompt is judged only where the two overlap.
    log = at_phase(new_log, phase, overlap=(phase, signal) == (Phase.MODERATING, Signal.REFUSED))
    event = variant_event(log, phase, signal, retried, success_of, moderated_event)
    check(log, event, PHASES.get((phase, signal)), lambda job: job.variants[0].phase)


# Where a review leads at last: what was held or refused is let through, or is not.
REVIEWS = {
    (Phase.PROMPT_HELD, "approve"): Phase.PAINTING,
    (Phase.PROMPT_HELD, "reject"): Phase.BLOCKED,
    (Phase.PICTURES_HELD, "approve"): Phase.IMAGED,
    (Phase.PICTURES_HELD, "reject"): Phase.BLOCKED,
    (Phase.IMAGED, "approve"): Phase.IMAGED,
    (Phase.IMAGED, "reject"): Phase.IMAGED,
    (Phase.BLOCKED, "approve"): Phase.PAINTING,
    (Phase.BLOCKED, "reject"): Phase.BLOCKED,
}


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_review_moves_only_what_a_person_can_decide_about(new_log, reviewed_event, phase, decision):
    log = at_phase(new_log, phase)
    check(log, reviewed_event(0, decision), REVIEWS.get((phase, decision)), lambda job: job.variants[0].phase)


# A picture


def at_picture(new_log, picture):
    """A log with a picture in a state, its step started where it has one; another format keeps the variant painting."""
    log = new_log(formats=["square", "banner"], places=["image"])
    log.prompted()
    log.moderated()
    if picture is Picture.FAILED:
        log.add(events.given_up(log.job, PAINT, ERROR))
    elif picture is not Picture.PAINTING:
        log.painted()
    decisions = {Picture.HELD: "review", Picture.DONE: "allowed", Picture.BLOCKED: "blocked"}
    if picture in decisions:
        log.judged(decisions[picture])
    assert log.job.variants[0].renditions[0].phase is picture
    if (method := PICTURE_METHODS.get(picture)) is not None:
        log.start(Step(method, 0, 0))
    return log


def picture_event(log, picture, signal, retried, success_of, judged_event):
    match signal:
        case Signal.IMAGED:
            return success_of(PAINT, 1)
        case Signal.IMAGE_ALLOWED:
            return judged_event(0, 0, "allowed")
        case Signal.IMAGE_REVIEW:
            return judged_event(0, 0, "review")
        case Signal.IMAGE_BLOCKED:
            return judged_event(0, 0, "blocked")
        case Signal.RENDITION_FAILED:
            return events.given_up(log.job, PAINT, ERROR)
    return step_event(log, Step(PICTURE_METHODS.get(picture, Method.GENERATE_IMAGE), 0, 0), signal, retried)


PICTURE_SIGNALS = [
    Signal.STARTED,
    Signal.RETRIED,
    Signal.UNKNOWN,
    Signal.IMAGED,
    Signal.IMAGE_ALLOWED,
    Signal.IMAGE_REVIEW,
    Signal.IMAGE_BLOCKED,
    Signal.RENDITION_FAILED,
]


@pytest.mark.parametrize("picture", list(Picture))
@pytest.mark.parametrize("signal", PICTURE_SIGNALS)
def test_the_table_of_pictures_decides_what_an_event_does_to_a_picture(
    new_log, retried, success_of, judged_event, picture, signal
):
    log = at_picture(new_log, picture)
    event = picture_event(log, picture, signal, retried, success_of, judged_event)
    check(log, event, PICTURES.get((picture, signal)), lambda job: job.variants[0].renditions[0].phase)


def test_every_place_with_a_step_is_one_that_the_tables_know():
    places = {place for table in (STAGES, CONTENTS, PHASES, PICTURES) for place, _ in table}
    assert {*CONTENT_METHODS, *VARIANT_METHODS, *PICTURE_METHODS} <= places


def test_no_step_is_to_be_done_once_an_asset_waits_or_is_final(new_log):
    for stage in (Stage.WAITING, Stage.FINAL):
        assert flow.next_steps(at_stage(new_log, stage).job) == []


def test_the_drawing_of_the_states_is_fresh():
    assert draw.TARGET.read_text(encoding="utf-8") == draw.page(), "run python -m services.orchestrator.draw"
