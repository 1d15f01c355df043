"""Whatever models and people answer, in whatever order, wherever a replica crashes: the log stays whole and ends."""

from __future__ import annotations

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import Verdict
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, flow, reviewing
from services.orchestrator.job import HELD, MAX_REWRITES, Content, Method, Phase, Stage
from services.orchestrator.view import write_asset

REASONS = (
    Reason.MODEL_UNREACHABLE,
    Reason.MODEL_OUTPUT,
    Reason.MODEL_REFUSED,
    Reason.MODEL_CREDENTIALS,
    Reason.SERVICE_UNREACHABLE,
    Reason.INTERNAL,
)
MODELS = ["succeed"] * 10 + ["blocked"] * 4 + ["review"] * 3
PEOPLE = ["approve"] * 2 + ["reject", "update"]
CHOICES = st.sampled_from(["crash", "cancel", *REASONS, *MODELS, *PEOPLE])
FORMATS = st.sampled_from([(), ("square",), ("square", "banner"), ("square", "banner", "slide")])
PLACES = st.sets(st.sampled_from(["content", "prompt", "image"])).map(sorted)
LIVE = (Stage.QUEUED, Stage.WRITING, Stage.MAKING)


class World:
    """A replica that does one thing at a time, people, and a log that survives them."""

    def __init__(self, log, success_of, moderated_event, judged_event):
        self.log = log
        self.success_of = success_of
        self.moderated_event = moderated_event
        self.judged_event = judged_event
        self.running = {}

    def start_all(self):
        self.running = {step: attempt for step, attempt in self.running.items() if self.log.job.awaits(step, attempt)}
        for step in flow.next_steps(self.log.job):
            if step not in self.running:
                self.running[step] = self.log.start(step)

    def turn(self, choice, pick):
        if choice in ("approve", "reject"):
            self.review(choice, pick)
        elif choice == "update":
            self.update(pick)
        elif self.log.job.stage in LIVE:
            self.work(choice, pick)
        elif choice == "cancel" and self.log.job.stage is Stage.WAITING:
            self.log.add(events.cancelled(self.log.job))

    def work(self, choice, pick):
        self.start_all()
        if choice == "cancel":
            self.log.add(events.cancelled(self.log.job))
            return
        if choice == "crash":
            self.running = {}
            before, self.log.job = self.log.job, self.log.refold()
            assert self.log.job == before
            return
        step = sorted(self.running, key=lambda step: (step.method, step.variant or 0, step.rendition or 0))[
            pick % len(self.running)
        ]
        assert self.log.job.awaits(step, self.running.pop(step))
        event = self.answer(step, choice)
        events.stamp(event, self.log.job.name, self.log.job.last_sequence + 1, 0)
        for idle, tries in flow.called_off(self.log.job, event, step).items():
            self.log.add(events.step_unknown(idle, tries.started))
        self.log.add(event)
        self.conclude()

    def conclude(self):
        if self.log.job.stage is Stage.AMENDING:
            self.log.add(events.finished_again(self.log.job))
        elif self.log.job.nothing_left:
            self.log.add(events.finished(self.log.job))
        elif self.log.job.needs_review:
            self.log.add(events.review_requested(self.log.job))

    def answer(self, step, choice):
        if isinstance(choice, Reason):
            error = ServiceError(choice, "scripted")
            return events.after_failure(self.log.job, step, error, remaining_s=60.0, jitter=0.5).event
        if choice in ("blocked", "review") and step.method is Method.MODERATE_TEXT:
            return self.moderated_event(step.variant, choice)
        if choice in ("blocked", "review") and step.method is Method.MODERATE_IMAGE:
            return self.judged_event(step.variant, step.rendition, choice)
        return self.success_of(step, self.log.job.accepted.recipe.variant_count)

    def review(self, choice, pick):
        job = self.log.job
        variant = pick % (job.accepted.recipe.variant_count + 1) - 1
        decision = pb.Review.DECISION_APPROVE if choice == "approve" else pb.Review.DECISION_REJECT
        request = pb.ReviewVariantRequest(
            name=job.name, decision=decision, reviewer="ada", variant=None if variant < 0 else variant
        )
        try:
            review = reviewing.review_of(job, request)
        except ServiceError:
            return
        if review is None:
            return
        for event in reviewing.reviewed(job, request, review, 1):
            self.log.add(event)
        assert reviewing.review_of(self.log.job, request) is None, "the same decision again changes nothing"
        if self.log.job.stage in LIVE and not flow.next_steps(self.log.job):
            self.conclude()

    def update(self, pick):
        job = self.log.job
        index = pick % job.accepted.recipe.variant_count
        if job.stage is not Stage.FINAL or index >= len(job.variants) or job.variants[index].phase is not Phase.IMAGED:
            return
        variant = job.variants[index]
        images = [pb.Asset().variants.add().image for _ in variant.renditions]
        for image, rendition in zip(images, variant.renditions, strict=True):
            if variant.releases(rendition):
                image.CopyFrom(rendition.image)
                image.blob.digest += "'"
        updated = pb.VariantUpdated(variant=index, prompt=variant.prompt, images=images)
        updated.prompt.alt_text = "new"
        self.log.add(pb.AssetEvent(variant_updated=updated))
        self.conclude()
        assert self.log.job.final.variants[index].prompt.alt_text == "new"


@settings(max_examples=200, deadline=None)
@given(
    variants=st.integers(1, 3),
    formats=FORMATS,
    places=PLACES,
    overlap=st.booleans(),
    turns=st.lists(st.tuples(CHOICES, st.integers(0, 11)), max_size=50),
)
def test_any_story_folds_to_one_asset_and_ends(
    new_log, success_of, moderated_event, judged_event, variants, formats, places, overlap, turns
):
    log = new_log(variants, formats=formats, places=places, overlap=overlap)
    world = World(log, success_of, moderated_event, judged_event)
    for choice, pick in [*turns, *[("succeed", 0)] * (variants * 24)]:
        world.turn(choice, pick)
        assert all(variant.rewrites <= MAX_REWRITES for variant in log.job.variants)
        check_discarded(log)

    replayed = log.refold()
    assert replayed == log.job
    assert [event.sequence for event in log.events] == list(range(1, len(log.events) + 1))
    assert flow.next_steps(log.job) == []
    check_ledger(log.events)
    check_releases(log.events, places, formats)
    if log.job.stage is Stage.WAITING:
        assert log.events[-1].HasField("review_requested")
        held = [variant for variant in log.job.variants if variant.phase in HELD]
        assert held or log.job.content is Content.HELD
        return
    final = log.job.final
    assert final is not None
    assert final.last_sequence == log.events[-1].sequence
    assert final.update_time == log.events[-1].create_time
    check_state(final, log.job)


def check_ledger(events):
    """Every call is told before it is made, and closed by its answer or as unknown before it is made again."""
    open_calls = {}
    for event in events:
        kind = event.WhichOneof("kind")
        if kind == "step_started":
            call = flow.step_of(event.step_started)
            assert call not in open_calls
            open_calls[call] = event.step_started.attempt
        elif kind == "step_unknown":
            assert open_calls.pop(flow.step_of(event.step_unknown)) == event.step_unknown.attempt
        elif kind == "step_retried":
            assert flow.step_of(event.step_retried) in open_calls
            del open_calls[flow.step_of(event.step_retried)]
        elif kind == "variant_failed":
            variant = event.variant_failed.variant
            open_calls = {call: attempt for call, attempt in open_calls.items() if call.variant != variant}
        elif kind in ANSWERED:
            methods = ANSWERED[kind]
            message = getattr(event, kind)
            variant = getattr(message, "variant", None)
            rendition = getattr(message, "rendition", None)
            answered = [call for call in open_calls if call[1:] == (variant, rendition) and call.method in methods]
            assert len(answered) <= 1
            for call in answered:
                del open_calls[call]


ANSWERED = {
    "prompts_generated": [Method.GENERATE_PROMPTS],
    "content_moderated": [Method.MODERATE_TEXT],
    "variant_moderated": [Method.MODERATE_TEXT],
    "prompt_rewritten": [Method.REWRITE_PROMPT],
    "variant_imaged": [Method.GENERATE_IMAGE],
    "image_moderated": [Method.MODERATE_IMAGE],
    "rendition_failed": [Method.GENERATE_IMAGE, Method.MODERATE_IMAGE],
}


def check_releases(log, places, formats):
    """No picture is seen that was not let through at every place, by the policy or by a person."""
    content = "content" not in places
    prompts, images = {}, {}
    job = None
    for event in log:
        job = flow.fold_all([event], job)
        match event.WhichOneof("kind"):
            case "content_moderated":
                content = event.content_moderated.verdict.decision == Verdict.DECISION_ALLOWED
            case "variant_moderated":
                moderated = event.variant_moderated
                prompts[moderated.variant] = moderated.verdict.decision == Verdict.DECISION_ALLOWED
            case "prompt_rewritten":
                prompts[event.prompt_rewritten.variant] = False
            case "variant_imaged":
                images[event.variant_imaged.variant, event.variant_imaged.rendition] = "image" not in places
            case "image_moderated":
                judged = event.image_moderated
                images[judged.variant, judged.rendition] = judged.verdict.decision == Verdict.DECISION_ALLOWED
            case "variant_reviewed":
                review = event.variant_reviewed
                approved = review.review.decision == pb.Review.DECISION_APPROVE
                if not review.HasField("variant"):
                    content = approved
                elif approved and review.review.place == reviewing.PLACE_PROMPT:
                    prompts[review.variant] = True
                elif approved:
                    images |= {(review.variant, number): True for number in range(max(1, len(formats)))}
        asset = pb.Asset()
        write_asset(job, asset)
        for index, variant in enumerate(asset.variants):
            for number, rendition in enumerate(variant.renditions):
                if rendition.HasField("image"):
                    assert content
                    assert prompts[index]
                    assert images[index, number] or approved_before(job, index)
            assert not variant.HasField("image") or any(rendition.HasField("image") for rendition in variant.renditions)


def approved_before(job, index):
    """A picture of an appeal is the one that was approved, and is not judged again."""
    return job.variants[index].approved(reviewing.PLACE_IMAGE)


def check_discarded(log):
    """Nothing that somebody sees or decides about is to be thrown away."""
    asset = pb.Asset()
    write_asset(log.job, asset)
    thrown = {(picture.variant, picture.rendition, picture.digest) for picture in log.job.discarded}
    for index, variant in enumerate(log.job.variants):
        for number, rendition in enumerate(variant.renditions):
            assert rendition.image is None or (index, number, rendition.image.blob.digest) not in thrown


def check_state(final, job):
    images = [variant for variant in final.variants if variant.HasField("image")]
    phases = {variant.phase for variant in job.variants}
    match final.state:
        case pb.Asset.STATE_SUCCEEDED:
            assert images
        case pb.Asset.STATE_BLOCKED:
            assert not images
            assert job.content is Content.REFUSED or phases <= {Phase.BLOCKED, Phase.FAILED}
        case pb.Asset.STATE_FAILED:
            assert not images
            assert final.HasField("error")
        case state:
            assert state == pb.Asset.STATE_CANCELLED
    for variant in final.variants:
        assert not (variant.HasField("image") and variant.HasField("error"))
