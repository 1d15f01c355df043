"""The tables, exhaustively: each event at each place either moves the asset as the table says or is impossible."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import Verdict

from services.kit.errors import Reason, ServiceError
from services.orchestrator import draw, events, flow
from services.orchestrator.flow import PHASES, STAGES, ImpossibleEventError, Signal
from services.orchestrator.job import METHODS, Method, Phase, Stage, Step, write_asset

PROMPTS = Step(Method.GENERATE_PROMPTS)
MODERATE, REWRITE, PAINT = (
    Step(Method.MODERATE_TEXT, 0),
    Step(Method.REWRITE_PROMPT, 0),
    Step(Method.GENERATE_IMAGE, 0),
)
ERROR = ServiceError(Reason.MODEL_UNREACHABLE, "scripted")


def at_stage(log, stage):
    if stage is not Stage.QUEUED:
        log.start(PROMPTS)
    if stage is Stage.MAKING:
        log.add(draw_prompts(log))
    if stage is Stage.FINAL:
        log.add(events.broken_off(log.job, ERROR))
    assert log.job.stage is stage
    return log


def draw_prompts(log):
    count = log.job.accepted.recipe.variant_count
    return pb.AssetEvent(prompts_generated=pb.PromptsGenerated(prompts=[{"text": f"p{n}"} for n in range(count)]))


def asset_event(log, signal, retried):
    match signal:
        case Signal.ACCEPTED:
            return pb.AssetEvent(accepted=pb.Accepted(content="x"))
        case Signal.WAITING:
            return events.queued(3)
        case Signal.STARTED:
            if log.job.tries.open:
                log.add(events.step_unknown(PROMPTS, log.job.tries.started))
            return events.step_started(PROMPTS, log.job.tries.started + 1)
        case Signal.UNKNOWN:
            return events.step_unknown(PROMPTS, log.job.tries.started)
        case Signal.RETRIED:
            return retried(PROMPTS)
        case Signal.PROMPTS:
            return draw_prompts(log)
        case Signal.FINISHED:
            return events.broken_off(log.job, ERROR)
    raise AssertionError(signal)


ASSET_SIGNALS = [
    Signal.ACCEPTED,
    Signal.WAITING,
    Signal.STARTED,
    Signal.RETRIED,
    Signal.UNKNOWN,
    Signal.PROMPTS,
    Signal.FINISHED,
]


@pytest.mark.parametrize("stage", [Stage.QUEUED, Stage.WRITING, Stage.MAKING, Stage.FINAL])
@pytest.mark.parametrize("signal", ASSET_SIGNALS)
def test_the_table_of_stages_decides_what_an_event_does_to_an_asset(new_log, retried, stage, signal):
    log = at_stage(new_log(), stage)
    event = asset_event(log, signal, retried)
    if (stage, signal) in STAGES:
        assert log.add(event).stage is STAGES[stage, signal]
    else:
        with pytest.raises(ImpossibleEventError):
            log.add(event)


def at_phase(log, phase, success_of, moderated_event):
    """A log with variant 0 in a phase, its step started where it has one."""
    log.prompted()
    match phase:
        case Phase.REWRITING:
            log.moderated("blocked")
        case Phase.PAINTING:
            log.moderated()
        case Phase.IMAGED:
            log.moderated()
            log.start(PAINT)
            log.add(success_of(PAINT, 1))
        case Phase.BLOCKED:
            for _ in range(2):
                log.moderated("blocked")
                log.rewritten()
            log.moderated("blocked")
        case Phase.FAILED:
            log.add(events.given_up(log.job, MODERATE, ERROR))
    assert log.job.variants[0].phase is phase
    if (method := METHODS.get(phase)) is not None:
        log.start(Step(method, 0))
    return log


def variant_event(log, phase, signal, retried, success_of, moderated_event):
    method = METHODS.get(phase, Method.MODERATE_TEXT)
    match signal:
        case Signal.STARTED:
            if (tries := log.job.variants[0].tries).open:
                log.add(events.step_unknown(Step(method, 0), tries.started))
            return events.step_started(Step(method, 0), tries.started + 1)
        case Signal.UNKNOWN:
            return events.step_unknown(Step(method, 0), log.job.variants[0].tries.started)
        case Signal.RETRIED:
            return retried(Step(method, 0))
        case Signal.ALLOWED:
            return moderated_event(0, "allowed")
        case Signal.BLOCKED | Signal.BLOCKED_LAST:
            return moderated_event(0, "blocked")
        case Signal.REWRITTEN:
            return success_of(REWRITE, 1)
        case Signal.REFUSED:
            return retried(PAINT, Reason.MODEL_REFUSED)
        case Signal.IMAGED:
            return success_of(PAINT, 1)
        case Signal.FAILED:
            return events.given_up(log.job, Step(method, 0), ERROR)
    raise AssertionError(signal)


VARIANT_SIGNALS = [
    Signal.STARTED,
    Signal.RETRIED,
    Signal.UNKNOWN,
    Signal.ALLOWED,
    Signal.BLOCKED,
    Signal.REWRITTEN,
    Signal.REFUSED,
    Signal.IMAGED,
    Signal.FAILED,
]


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("signal", VARIANT_SIGNALS)
def test_the_table_of_phases_decides_what_an_event_does_to_a_variant(
    new_log, retried, success_of, moderated_event, phase, signal
):
    log = at_phase(new_log(), phase, success_of, moderated_event)
    event = variant_event(log, phase, signal, retried, success_of, moderated_event)
    if (phase, signal) in PHASES:
        assert log.add(event).variants[0].phase is PHASES[phase, signal]
    else:
        with pytest.raises(ImpossibleEventError):
            log.add(event)


def test_the_third_blocked_verdict_ends_a_variant(new_log):
    log = new_log()
    log.prompted()
    for _ in range(2):
        assert log.moderated("blocked").variants[0].phase is Phase.REWRITING
        assert not log.rewritten().variants[0].verdict
    job = log.moderated("blocked")
    assert job.variants[0].phase is Phase.BLOCKED
    assert job.variants[0].verdict.decision == Verdict.DECISION_BLOCKED
    assert job.nothing_left
    assert flow.finish(job) == (pb.Asset.STATE_BLOCKED, None)


def test_a_refusal_by_the_provider_counts_as_one_of_the_rewrites(new_log, retried):
    log = new_log()
    log.prompted()
    log.moderated("blocked")
    log.rewritten()
    log.moderated()
    log.start(PAINT)
    assert log.add(retried(PAINT, Reason.MODEL_REFUSED)).variants[0].phase is Phase.REWRITING
    log.rewritten()
    assert log.moderated("blocked").variants[0].phase is Phase.BLOCKED


def test_a_refusal_after_the_last_rewrite_fails_the_variant(new_log, retried):
    log = new_log()
    log.prompted()
    for _ in range(2):
        log.moderated("blocked")
        log.rewritten()
    log.moderated()
    log.start(PAINT)
    refused = ServiceError(Reason.MODEL_REFUSED, "scripted")
    sequel = events.after_failure(log.job, PAINT, refused, remaining_s=60, jitter=0.5)
    assert sequel.event.HasField("variant_failed")
    job = log.add(sequel.event)
    state, error = flow.finish(job)
    assert state == pb.Asset.STATE_FAILED
    assert flow.reason_of(error) is Reason.MODEL_REFUSED


def test_a_crash_between_start_and_answer_leads_to_the_next_try(new_log):
    log = new_log()
    log.start(PROMPTS)
    job = log.refold()
    assert flow.next_steps(job) == [PROMPTS]
    assert job.tries.open
    assert log.start(PROMPTS) == 2
    assert log.events[-2].step_unknown.attempt == 1
    assert not log.job.awaits(PROMPTS, 1)
    assert log.job.awaits(PROMPTS, 2)


def test_no_call_is_made_while_the_outcome_of_another_is_unknown(new_log):
    log = new_log()
    log.start(PROMPTS)
    with pytest.raises(ImpossibleEventError):
        log.add(events.step_started(PROMPTS, 2))


@pytest.mark.parametrize("step_and_attempt", [(PROMPTS, 2), (PROMPTS, 0), (MODERATE, 1)])
def test_only_the_call_that_is_open_can_be_unknown(new_log, step_and_attempt):
    log = new_log()
    log.start(PROMPTS)
    with pytest.raises(ImpossibleEventError):
        log.add(events.step_unknown(*step_and_attempt))


@pytest.mark.parametrize(
    "event",
    [
        events.step_started(PROMPTS, 2),
        events.step_started(PROMPTS, 0),
        events.step_started(MODERATE, 1),
        events.step_started(Step(Method.MODERATE_TEXT), 1),
        pb.AssetEvent(),
    ],
)
def test_an_event_that_does_not_fit_its_place_is_impossible(new_log, event):
    log = new_log()
    with pytest.raises(ImpossibleEventError):
        log.add(event)


@pytest.mark.parametrize("variant", [-1, 2, 100])
def test_a_variant_that_does_not_exist_is_impossible(new_log, moderated_event, variant):
    log = new_log(2)
    log.prompted()
    with pytest.raises(ImpossibleEventError):
        log.add(moderated_event(variant, "allowed"))


def test_an_answer_without_a_start_is_impossible(new_log, moderated_event, retried):
    log = new_log()
    log.prompted()
    for event in (moderated_event(0, "allowed"), retried(MODERATE)):
        with pytest.raises(ImpossibleEventError):
            log.add(event)


def test_a_gap_or_a_repetition_in_the_log_is_impossible(new_log):
    log = new_log()
    for sequence in (1, 3):
        event = events.stamp(events.step_started(PROMPTS, 1), log.job.name, sequence, 0)
        with pytest.raises(ImpossibleEventError):
            flow.fold(log.job, event)


def test_too_few_prompts_are_impossible(new_log, success_of):
    log = new_log(3)
    log.start(PROMPTS)
    with pytest.raises(ImpossibleEventError):
        log.add(success_of(PROMPTS, 2))


def test_variants_go_on_without_each_other(new_log, success_of):
    log = new_log(3)
    log.prompted()
    log.moderated(variant=1)
    log.moderated("blocked", variant=2)
    assert flow.next_steps(log.job) == [MODERATE, Step(Method.GENERATE_IMAGE, 1), Step(Method.REWRITE_PROMPT, 2)]


def test_one_failed_variant_does_not_sink_the_asset(new_log, success_of):
    log = new_log(2)
    log.prompted()
    log.add(events.given_up(log.job, MODERATE, ERROR))
    log.moderated(variant=1)
    log.start(Step(Method.GENERATE_IMAGE, 1))
    log.add(success_of(Step(Method.GENERATE_IMAGE, 1), 2))
    asset = log.add(events.finished(log.job)).final
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset.variants[0].error.message == "scripted"
    assert not asset.HasField("error")


def test_a_blocked_variant_beside_a_failed_one_is_a_failure_with_the_error(new_log):
    log = new_log(2)
    log.prompted()
    for _ in range(2):
        log.moderated("blocked")
        log.rewritten()
    log.moderated("blocked")
    log.add(events.given_up(log.job, Step(Method.MODERATE_TEXT, 1), ERROR))
    state, error = flow.finish(log.job)
    assert state == pb.Asset.STATE_FAILED
    assert error.message == "scripted"


def test_an_asset_shows_a_place_for_each_variant_from_the_start(new_log):
    asset = pb.Asset()
    write_asset(new_log(3).job, asset)
    assert asset.state == pb.Asset.STATE_QUEUED
    assert len(asset.variants) == 3
    assert asset.content == "a fox"
    assert asset.last_sequence == 1


def test_the_drawing_of_the_states_is_fresh():
    assert draw.TARGET.read_text(encoding="utf-8") == draw.page(), "run python -m services.orchestrator.draw"
