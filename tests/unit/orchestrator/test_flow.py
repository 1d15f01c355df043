"""What a log may say and what follows from it, told as stories."""

from __future__ import annotations

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import Verdict

from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, flow
from services.orchestrator.flow import ImpossibleEventError
from services.orchestrator.job import Method, Phase, Step
from services.orchestrator.signals import reason_of
from services.orchestrator.view import write_asset

PROMPTS = Step(Method.GENERATE_PROMPTS)
MODERATE, REWRITE, PAINT = (
    Step(Method.MODERATE_TEXT, 0),
    Step(Method.REWRITE_PROMPT, 0),
    Step(Method.GENERATE_IMAGE, 0, 0),
)
ERROR = ServiceError(Reason.MODEL_UNREACHABLE, "scripted")


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
    assert reason_of(error) is Reason.MODEL_REFUSED


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
    assert flow.next_steps(log.job) == [MODERATE, Step(Method.GENERATE_IMAGE, 1, 0), Step(Method.REWRITE_PROMPT, 2)]


def test_one_failed_variant_does_not_sink_the_asset(new_log, success_of):
    log = new_log(2)
    log.prompted()
    log.add(events.given_up(log.job, MODERATE, ERROR))
    log.moderated(variant=1)
    log.start(Step(Method.GENERATE_IMAGE, 1, 0))
    log.add(success_of(Step(Method.GENERATE_IMAGE, 1, 0), 2))
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


# Formats


def test_each_format_is_a_step_of_its_own(new_log):
    log = new_log(2, formats=["square", "banner"])
    log.prompted()
    log.moderated()
    assert flow.next_steps(log.job) == [
        Step(Method.GENERATE_IMAGE, 0, 0),
        Step(Method.GENERATE_IMAGE, 0, 1),
        Step(Method.MODERATE_TEXT, 1),
    ]


def test_a_format_that_fails_does_not_sink_the_others(new_log):
    log = new_log(formats=["square", "banner"])
    log.prompted()
    log.moderated()
    event = events.given_up(log.job, PAINT, ERROR)
    assert event.HasField("rendition_failed")
    log.add(event)
    log.painted(rendition=1)
    asset = log.finished().final
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    (variant,) = asset.variants
    assert variant.state == pb.Variant.STATE_SUCCEEDED
    assert [rendition.format for rendition in variant.renditions] == ["square", "banner"]
    assert variant.renditions[0].error.message == "scripted"
    assert not variant.renditions[0].HasField("image")
    assert variant.image == variant.renditions[1].image
    assert not variant.HasField("error")


def test_a_variant_fails_with_its_last_format(new_log):
    log = new_log(formats=["square", "banner"])
    log.prompted()
    log.moderated()
    log.add(events.given_up(log.job, PAINT, ERROR))
    event = events.given_up(log.job, Step(Method.GENERATE_IMAGE, 0, 1), ERROR)
    assert event.HasField("variant_failed")
    log.add(event)
    asset = log.finished().final
    assert asset.state == pb.Asset.STATE_FAILED
    assert all(rendition.error.message == "scripted" for rendition in asset.variants[0].renditions)


def test_a_prompt_refused_by_the_provider_is_rewritten_for_all_formats(new_log, retried):
    log = new_log(formats=["square", "banner"])
    log.prompted()
    log.moderated()
    log.start(PAINT)
    log.start(Step(Method.GENERATE_IMAGE, 0, 1))
    refused = retried(PAINT, Reason.MODEL_REFUSED)
    events.stamp(refused, log.job.name, log.job.last_sequence + 1, 0)
    idle = flow.called_off(log.job, refused, PAINT)
    assert {step: tries.started for step, tries in idle.items()} == {Step(Method.GENERATE_IMAGE, 0, 1): 1}
    log.add(events.step_unknown(Step(Method.GENERATE_IMAGE, 0, 1), 1))
    assert log.add(retried(PAINT, Reason.MODEL_REFUSED)).variants[0].phase is Phase.REWRITING
    log.rewritten()
    log.moderated()
    assert len(flow.next_steps(log.job)) == 2


def test_a_refusal_beside_a_picture_of_the_same_prompt_fails_only_its_format(new_log):
    log = new_log(formats=["square", "banner"])
    log.prompted()
    log.moderated()
    log.painted()
    step = Step(Method.GENERATE_IMAGE, 0, 1)
    log.start(step)
    refused = ServiceError(Reason.MODEL_REFUSED, "scripted")
    sequel = events.after_failure(log.job, step, refused, remaining_s=60, jitter=0.5)
    assert sequel.event.HasField("rendition_failed")
    assert log.add(sequel.event).variants[0].phase is Phase.IMAGED
