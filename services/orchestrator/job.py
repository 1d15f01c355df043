"""What the log of an asset says: the value that events are folded into, and that every decision is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, Asset, Review
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import PLACE_IMAGE, Place, Verdict
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc.status_pb2 import Status

from services.kit.errors import Reason
from services.orchestrator.cost import NOTHING, Spent

MAX_REWRITES = 2


class Word(StrEnum):
    """A word that tables are looked up by. Enum's own hash is written in Python, and a turn takes hundreds."""

    __hash__ = str.__hash__


class Method(Word):
    """The RPCs that do the work, by full name."""

    GENERATE_PROMPTS = "atelier.prompt.v1.PromptService/GeneratePrompts"
    MODERATE_TEXT = "atelier.moderation.v1.ModerationService/ModerateText"
    REWRITE_PROMPT = "atelier.prompt.v1.PromptService/RewritePrompt"
    GENERATE_IMAGE = "atelier.image.v1.ImageService/GenerateImage"
    MODERATE_IMAGE = "atelier.moderation.v1.ModerationService/ModerateImage"


class Step(NamedTuple):
    """One call to be made; `variant` is None where it serves all variants, `rendition` where it serves all formats."""

    method: Method
    variant: int | None = None
    rendition: int | None = None


class Stage(Word):
    """Where an asset is."""

    NEW = "new"
    QUEUED = "queued"
    WRITING = "writing"
    MAKING = "making"
    WAITING = "waiting"
    FINAL = "final"
    AMENDING = "amending"


class Content(Word):
    """Where the judgement of the content is."""

    JUDGING = "judging"
    HELD = "held"
    CLEARED = "cleared"
    REFUSED = "refused"


class Phase(Word):
    """Where a variant is, once its prompt is written."""

    MODERATING = "moderating"
    REWRITING = "rewriting"
    PROMPT_HELD = "prompt_held"
    PAINTING = "painting"
    PICTURES_HELD = "pictures_held"
    IMAGED = "imaged"
    BLOCKED = "blocked"
    FAILED = "failed"


class Picture(Word):
    """Where one format's picture of a variant is."""

    PAINTING = "painting"
    JUDGING = "judging"
    HELD = "held"
    DONE = "done"
    BLOCKED = "blocked"
    FAILED = "failed"


WORKING = frozenset({Stage.QUEUED, Stage.WRITING, Stage.MAKING})
STAGE_METHODS: Mapping[Stage, Method] = {
    Stage.QUEUED: Method.GENERATE_PROMPTS,
    Stage.WRITING: Method.GENERATE_PROMPTS,
}
CONTENT_METHODS: Mapping[Content, Method] = {Content.JUDGING: Method.MODERATE_TEXT}
VARIANT_METHODS: Mapping[Phase, Method] = {
    Phase.MODERATING: Method.MODERATE_TEXT,
    Phase.REWRITING: Method.REWRITE_PROMPT,
}
PICTURE_METHODS: Mapping[Picture, Method] = {
    Picture.PAINTING: Method.GENERATE_IMAGE,
    Picture.JUDGING: Method.MODERATE_IMAGE,
}

ENDED = frozenset({Phase.IMAGED, Phase.BLOCKED, Phase.FAILED})
HELD = frozenset({Phase.PROMPT_HELD, Phase.PICTURES_HELD})
# Where a picture that passed may be seen: its prompt is allowed or approved.
RELEASING = frozenset({Phase.PAINTING, Phase.PICTURES_HELD, Phase.IMAGED})


class Tries(NamedTuple):
    """The tries of the step at hand: how many were started, whether the last is unanswered, why the others failed.

    `estimate` is what the unanswered one may cost.
    """

    started: int = 0
    open: bool = False
    failures: tuple[Reason, ...] = ()
    estimate: Spent = NOTHING


NO_TRIES = Tries()


class RenditionJob(NamedTuple):
    """What the log says about one format of a variant.

    `maker` is the model or engine that made its picture; `refused` the source of a picture that was thrown away.
    """

    phase: Picture = Picture.PAINTING
    image: Image | None = None
    maker: str = ""
    verdict: Verdict | None = None
    error: Status | None = None
    refused: str = ""
    tries: Tries = NO_TRIES


class VariantJob(NamedTuple):
    """What the log says about one variant. The messages are those of the events, shared and never changed.

    `writer` is the model or engine that wrote the prompt.
    """

    phase: Phase = Phase.MODERATING
    prompt: Prompt | None = None
    writer: str = ""
    verdict: Verdict | None = None
    renditions: tuple[RenditionJob, ...] = (RenditionJob(),)
    error: Status | None = None
    rewrites: int = 0
    reviews: tuple[Review, ...] = ()
    cost: Spent = NOTHING
    tries: Tries = NO_TRIES

    @property
    def may_rewrite(self) -> bool:
        """Whether one more safer prompt may be asked for."""
        return self.rewrites < MAX_REWRITES

    @property
    def has_pictures(self) -> bool:
        """Whether a picture was made of the prompt at hand, released or not."""
        return any(rendition.image is not None for rendition in self.renditions)

    @property
    def released(self) -> bool:
        """Whether there is a picture that may be seen."""
        return any(self.releases(rendition) for rendition in self.renditions)

    def releases(self, rendition: RenditionJob) -> bool:
        """Whether the picture of one format may be seen."""
        return rendition.phase is Picture.DONE and self.phase in RELEASING

    def approved(self, place: Place.ValueType) -> bool:
        """Whether a person let through what the policy found at one place."""
        return any(review.place == place and review.decision == Review.DECISION_APPROVE for review in self.reviews)


class Discarded(NamedTuple):
    """A stored picture that nobody is to see: the place it was made for, and its digest."""

    variant: int
    rendition: int
    digest: str


NOT_ACCEPTED = Accepted()
_JUDGE_CONTENT = Step(Method.MODERATE_TEXT)


class Job(NamedTuple):
    """What a log says.

    `variants` is empty until the prompts are written; `final` is the asset of the last `finished`, until work goes on;
    `clock` is when the job was last given its time.
    """

    stage: Stage = Stage.NEW
    name: str = ""
    accepted: Accepted = NOT_ACCEPTED
    content: Content = Content.CLEARED
    content_verdict: Verdict | None = None
    content_reviews: tuple[Review, ...] = ()
    content_tries: Tries = NO_TRIES
    variants: tuple[VariantJob, ...] = ()
    discarded: tuple[Discarded, ...] = ()
    cost: Spent = NOTHING
    tries: Tries = NO_TRIES
    last_sequence: int = 0
    create_time: Timestamp | None = None
    update_time: Timestamp | None = None
    clock: Timestamp | None = None
    final: Asset | None = None

    def tries_of(self, step: Step) -> Tries | None:
        """The tries of a step, or None if it is not one to be done now."""
        method, index, number = step
        if not self.works:
            return None
        if index is None:
            if method is Method.MODERATE_TEXT:
                return self.content_tries if self.content is Content.JUDGING else None
            return self.tries if method is self._asset_method else None
        if not 0 <= index < len(self.variants):
            return None
        variant = self.variants[index]
        if number is None:
            return variant.tries if VARIANT_METHODS.get(variant.phase) is method else None
        if not 0 <= number < len(variant.renditions):
            return None
        return variant.renditions[number].tries if self._picture_method(variant, number) is method else None

    def current(self) -> Iterator[tuple[Step, Tries]]:
        """The steps to be done now, each with its tries; none depends on another."""
        if not self.works:
            return
        if self.content is Content.JUDGING:
            yield _JUDGE_CONTENT, self.content_tries
        if (method := self._asset_method) is not None:
            yield Step(method), self.tries
        for index, variant in enumerate(self.variants):
            if (method := VARIANT_METHODS.get(variant.phase)) is not None:
                yield Step(method, index), variant.tries
            if self._paints(variant):
                for number, rendition in enumerate(variant.renditions):
                    if (method := self._picture_method(variant, number)) is not None:
                        yield Step(method, index, number), rendition.tries

    @property
    def works(self) -> bool:
        """Whether there may be steps to be done."""
        return self.stage in WORKING and self.content is not Content.REFUSED

    @property
    def _asset_method(self) -> Method | None:
        """The step that serves all variants."""
        method = STAGE_METHODS.get(self.stage)
        return None if method is None or self.accepted.replay_prompts else method

    def _paints(self, variant: VariantJob) -> bool:
        """No picture is begun before the content is cleared; with overlap it need not wait for its prompt's verdict."""
        if self.content is not Content.CLEARED:
            return False
        return variant.phase is Phase.PAINTING or (variant.phase is Phase.MODERATING and self.overlaps)

    def _picture_method(self, variant: VariantJob, number: int) -> Method | None:
        method = PICTURE_METHODS.get(variant.renditions[number].phase)
        # An unjudged prompt's picture is not judged either: it may have to be thrown away.
        judged = method is Method.GENERATE_IMAGE or variant.phase is Phase.PAINTING
        return method if judged and self._paints(variant) else None

    @property
    def overlaps(self) -> bool:
        """Whether pictures are begun while their prompts are being judged."""
        return self.accepted.recipe.overlap and self.accepted.policy_plan.overlap

    @property
    def judges_pictures(self) -> bool:
        """Whether the policy judges finished pictures."""
        return PLACE_IMAGE in self.accepted.policy_plan.places

    @property
    def committed(self) -> Spent:
        """What was spent, and what the calls under way may cost."""
        committed = self.cost
        for _, tries in self.current():
            committed = committed.plus(tries.estimate)
        return committed

    def awaits(self, step: Step, attempt: int) -> bool:
        """Whether the answer to this try of the step still counts."""
        tries = self.tries_of(step)
        return tries is not None and tries.open and tries.started == attempt

    @property
    def at_rest(self) -> bool:
        """Whether nothing is to be done unless a person decides or changes something."""
        return self.stage in (Stage.WAITING, Stage.FINAL)

    @property
    def nothing_left(self) -> bool:
        """Whether everything has come to its end, so that the asset can be finished."""
        if self.stage not in WORKING:
            return False
        if self.content is Content.REFUSED:
            return True
        return self.stage is Stage.MAKING and all(variant.phase in ENDED for variant in self.variants)

    @property
    def needs_review(self) -> bool:
        """Whether nothing can go on until a person has decided, which the log does not say yet."""
        return self.stage is Stage.MAKING and not self.nothing_left and next(self.current(), None) is None
