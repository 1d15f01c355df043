"""Logs that earlier versions wrote are read as they were meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf.json_format import Parse

from services.orchestrator import flow
from services.orchestrator.job import Phase, Stage, Step
from services.orchestrator.view import stored_images, up_to_date, write_asset

LOGS = Path(__file__).parent / "logs"


def read(name):
    return [Parse(line, pb.AssetEvent()) for line in (LOGS / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def old_log():
    """Two pictures, one prompt refused by the provider's filter and then without credentials, one blocked."""
    return read("0.1.0.jsonl")


def test_a_log_of_before_there_were_formats_folds_to_the_asset_that_it_ends_with(old_log):
    job = flow.fold_all(old_log)
    assert job.stage is Stage.FINAL
    assert job.final == old_log[-1].finished.asset
    phases = [variant.phase for variant in job.variants]
    assert phases == [Phase.IMAGED, Phase.IMAGED, Phase.FAILED, Phase.BLOCKED]
    assert [image.variant for image in stored_images(job.final)] == [0, 1]


def test_the_asset_told_anew_from_an_old_log_says_what_the_old_one_said(old_log):
    job = flow.fold_all(old_log[:-1])
    assert job.nothing_left
    asset, before = pb.Asset(), old_log[-1].finished.asset
    write_asset(job, asset)
    assert flow.finish(job)[0] == before.state
    for new, old in zip(asset.variants, before.variants, strict=True):
        assert (new.prompt, new.verdict, new.image, new.error) == (old.prompt, old.verdict, old.image, old.error)


def test_an_asset_of_before_there_were_states_is_told_with_them(old_log):
    before = old_log[-1].finished.asset
    told = up_to_date(before)
    succeeded, failed, blocked = pb.Variant.STATE_SUCCEEDED, pb.Variant.STATE_FAILED, pb.Variant.STATE_BLOCKED
    assert [variant.state for variant in told.variants] == [succeeded, succeeded, failed, blocked]
    assert [[rendition.image for rendition in variant.renditions] for variant in told.variants] == [
        [before.variants[0].image],
        [before.variants[1].image],
        [],
        [],
    ]
    assert not before.variants[0].renditions
    assert up_to_date(told) is told


def test_an_old_log_that_breaks_off_anywhere_is_taken_up(old_log):
    for length in range(2, len(old_log)):
        job = flow.fold_all(old_log[:length])
        steps = flow.next_steps(job)
        assert steps or job.nothing_left
        assert set(flow.open_steps(job)) <= set(steps)


def test_an_old_step_without_a_format_is_that_of_the_only_picture(old_log):
    started = [event.step_started for event in old_log if event.HasField("step_started")]
    painting = {flow.step_of(step) for step in started if step.method.endswith("GenerateImage")}
    assert painting == {Step(flow.step_of(started[-1]).method, variant, 0) for variant in (0, 1, 2)}
