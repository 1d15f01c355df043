"""Whatever the models answer, in whatever order, and wherever a replica crashes: the log stays whole and ends."""

from __future__ import annotations

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, flow
from services.orchestrator.job import MAX_REWRITES, Method, Phase, Stage
from services.orchestrator.view import write_asset

REASONS = (
    Reason.MODEL_UNREACHABLE,
    Reason.MODEL_OUTPUT,
    Reason.MODEL_REFUSED,
    Reason.MODEL_CREDENTIALS,
    Reason.SERVICE_UNREACHABLE,
    Reason.INTERNAL,
)
CHOICES = st.sampled_from(["succeed", "block", "crash", "cancel", *REASONS, *["succeed"] * 8, *["block"] * 4])


class World:
    """A replica that does one thing at a time, and a log that survives it."""

    def __init__(self, log, success_of, moderated_event):
        self.log = log
        self.success_of = success_of
        self.moderated_event = moderated_event
        self.running = {}

    def start_all(self):
        for step in flow.next_steps(self.log.job):
            if step not in self.running:
                self.running[step] = self.log.start(step)

    def turn(self, choice, pick):
        self.start_all()
        if choice == "cancel":
            self.log.add(events.cancelled(self.log.job))
            return
        if choice == "crash":
            self.running = {}
            self.log.job = self.log.refold()
            return
        step = sorted(self.running, key=lambda step: (step.method, step.variant or 0))[pick % len(self.running)]
        assert self.log.job.awaits(step, self.running.pop(step))
        self.log.add(self.answer(step, choice))
        if self.log.job.nothing_left:
            self.log.add(events.finished(self.log.job))

    def answer(self, step, choice):
        if isinstance(choice, Reason):
            error = ServiceError(choice, "scripted")
            return events.after_failure(self.log.job, step, error, remaining_s=60.0, jitter=0.5).event
        if choice == "block" and step.method is Method.MODERATE_TEXT:
            return self.moderated_event(step.variant, "blocked")
        return self.success_of(step, self.log.job.accepted.recipe.variant_count)


@settings(max_examples=300, deadline=None)
@given(variants=st.integers(1, 4), turns=st.lists(st.tuples(CHOICES, st.integers(0, 7)), max_size=60))
def test_any_story_folds_to_one_asset_and_ends(new_log, success_of, moderated_event, variants, turns):
    log = new_log(variants)
    world = World(log, success_of, moderated_event)
    for choice, pick in [*turns, *[("succeed", 0)] * (variants * 8)]:
        if log.job.stage is Stage.FINAL:
            break
        world.turn(choice, pick)
        live, replayed = pb.Asset(), pb.Asset()
        write_asset(log.job, live)
        write_asset(log.refold(), replayed)
        assert live == replayed
        assert flow.next_steps(log.refold()) == flow.next_steps(log.job)
        assert all(variant.rewrites <= MAX_REWRITES for variant in log.job.variants)

    final = log.job.final
    assert final is not None
    assert final.last_sequence == log.events[-1].sequence == len(log.events)
    assert final.update_time == log.events[-1].create_time
    assert flow.next_steps(log.job) == []
    check_ledger(log.events)
    check_state(final, log.job)


def check_ledger(events):
    """Every call is told before it is made, and closed by its answer or as unknown before it is made again."""
    open_calls = {}
    for event in events:
        kind = event.WhichOneof("kind")
        if kind == "step_started":
            started = event.step_started
            call = (started.method, started.variant if started.HasField("variant") else None)
            assert call not in open_calls
            open_calls[call] = started.attempt
        elif kind == "step_unknown":
            unknown = event.step_unknown
            call = (unknown.method, unknown.variant if unknown.HasField("variant") else None)
            assert open_calls.pop(call) == unknown.attempt
        elif kind == "prompts_generated":
            open_calls.clear()
        elif kind not in ("accepted", "finished"):
            variant = None if log_wide(event, kind) else getattr(event, kind).variant
            open_calls = {call: attempt for call, attempt in open_calls.items() if call[1] != variant}


def log_wide(event, kind):
    return kind == "step_retried" and not event.step_retried.HasField("variant")


def check_state(final, job):
    images = [variant for variant in final.variants if variant.HasField("image")]
    phases = {variant.phase for variant in job.variants}
    match final.state:
        case pb.Asset.STATE_SUCCEEDED:
            assert images
        case pb.Asset.STATE_BLOCKED:
            assert not images
            assert phases <= {Phase.BLOCKED, Phase.FAILED}
        case pb.Asset.STATE_FAILED:
            assert not images
            assert final.HasField("error")
        case state:
            assert state == pb.Asset.STATE_CANCELLED
    for variant in final.variants:
        assert not (variant.HasField("image") and variant.HasField("error"))
