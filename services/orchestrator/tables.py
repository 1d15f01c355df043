"""The life of an asset as four tables: which event may follow where, and what it leads to.

`STAGES` is about the asset as a whole, `CONTENTS` about the judgement of its content, `PHASES` about each variant,
`PICTURES` about each format of a variant. `docs/states.md` is drawn from them.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.orchestrator.job import MAX_REWRITES, Content, Phase, Picture, Stage, Word


class Signal(Word):
    """What an event means to the tables: its kind, and what it says where that decides."""

    ACCEPTED = "accepted"
    WAITING = "queued"
    STARTED = "step_started"
    RETRIED = "step_retried"
    UNKNOWN = "step_unknown"
    PROMPTS = "prompts_generated"
    REVIEW_REQUESTED = "review_requested"
    REVIEWED = "variant_reviewed"
    REVIEWED_EARLY = "variant_reviewed, prompts not written"
    UPDATED = "variant_updated"
    FINISHED = "finished"

    CONTENT_ALLOWED = "content_moderated, allowed"
    CONTENT_REVIEW = "content_moderated, review"
    CONTENT_BLOCKED = "content_moderated, blocked"
    APPROVED = "variant_reviewed, approved"
    REJECTED = "variant_reviewed, rejected"

    ALLOWED = "variant_moderated, allowed"
    REVIEW = "variant_moderated, review"
    BLOCKED = "variant_moderated, blocked"
    BLOCKED_LAST = f"variant_moderated, blocked after {MAX_REWRITES} rewrites"
    REWRITTEN = "prompt_rewritten"
    REFUSED = "step_retried, refused by the provider"
    FAILED = "variant_failed"
    PICTURES_MADE = "its pictures settled, one passed"
    PICTURES_HELD = "its pictures settled, one held"
    PICTURES_BLOCKED = "its pictures settled, all refused"
    PICTURES_FAILED = "its pictures settled, all failed"

    IMAGED = "variant_imaged, to be judged"
    IMAGED_FREELY = "variant_imaged"
    IMAGE_ALLOWED = "image_moderated, allowed"
    IMAGE_REVIEW = "image_moderated, review"
    IMAGE_BLOCKED = "image_moderated, blocked"
    RENDITION_FAILED = "rendition_failed"


STAGES: Mapping[tuple[Stage, Signal], Stage] = {
    (Stage.NEW, Signal.ACCEPTED): Stage.QUEUED,
    (Stage.QUEUED, Signal.WAITING): Stage.QUEUED,
    (Stage.QUEUED, Signal.STARTED): Stage.WRITING,
    (Stage.QUEUED, Signal.PROMPTS): Stage.MAKING,
    (Stage.QUEUED, Signal.FINISHED): Stage.FINAL,
    (Stage.WRITING, Signal.STARTED): Stage.WRITING,
    (Stage.WRITING, Signal.RETRIED): Stage.WRITING,
    (Stage.WRITING, Signal.UNKNOWN): Stage.WRITING,
    (Stage.WRITING, Signal.PROMPTS): Stage.MAKING,
    (Stage.WRITING, Signal.REVIEWED_EARLY): Stage.WRITING,
    (Stage.WRITING, Signal.FINISHED): Stage.FINAL,
    (Stage.MAKING, Signal.REVIEWED): Stage.MAKING,
    (Stage.MAKING, Signal.REVIEW_REQUESTED): Stage.WAITING,
    (Stage.MAKING, Signal.FINISHED): Stage.FINAL,
    (Stage.WAITING, Signal.REVIEWED): Stage.MAKING,
    (Stage.WAITING, Signal.FINISHED): Stage.FINAL,
    (Stage.FINAL, Signal.REVIEWED): Stage.MAKING,
    (Stage.FINAL, Signal.REVIEWED_EARLY): Stage.WRITING,
    (Stage.FINAL, Signal.REJECTED): Stage.AMENDING,
    (Stage.FINAL, Signal.UPDATED): Stage.AMENDING,
    (Stage.AMENDING, Signal.FINISHED): Stage.FINAL,
}

CONTENTS: Mapping[tuple[Content, Signal], Content] = {
    (Content.JUDGING, Signal.STARTED): Content.JUDGING,
    (Content.JUDGING, Signal.RETRIED): Content.JUDGING,
    (Content.JUDGING, Signal.UNKNOWN): Content.JUDGING,
    (Content.JUDGING, Signal.CONTENT_ALLOWED): Content.CLEARED,
    (Content.JUDGING, Signal.CONTENT_REVIEW): Content.HELD,
    (Content.JUDGING, Signal.CONTENT_BLOCKED): Content.REFUSED,
    (Content.HELD, Signal.APPROVED): Content.CLEARED,
    (Content.HELD, Signal.REJECTED): Content.REFUSED,
    (Content.REFUSED, Signal.APPROVED): Content.CLEARED,
    (Content.REFUSED, Signal.REJECTED): Content.REFUSED,
}

PHASES: Mapping[tuple[Phase, Signal], Phase] = {
    (Phase.MODERATING, Signal.STARTED): Phase.MODERATING,
    (Phase.MODERATING, Signal.RETRIED): Phase.MODERATING,
    (Phase.MODERATING, Signal.UNKNOWN): Phase.MODERATING,
    (Phase.MODERATING, Signal.ALLOWED): Phase.PAINTING,
    (Phase.MODERATING, Signal.REVIEW): Phase.PROMPT_HELD,
    (Phase.MODERATING, Signal.BLOCKED): Phase.REWRITING,
    (Phase.MODERATING, Signal.BLOCKED_LAST): Phase.BLOCKED,
    (Phase.MODERATING, Signal.REFUSED): Phase.REWRITING,
    (Phase.MODERATING, Signal.FAILED): Phase.FAILED,
    (Phase.REWRITING, Signal.STARTED): Phase.REWRITING,
    (Phase.REWRITING, Signal.RETRIED): Phase.REWRITING,
    (Phase.REWRITING, Signal.UNKNOWN): Phase.REWRITING,
    (Phase.REWRITING, Signal.REWRITTEN): Phase.MODERATING,
    (Phase.REWRITING, Signal.FAILED): Phase.FAILED,
    (Phase.PROMPT_HELD, Signal.APPROVED): Phase.PAINTING,
    (Phase.PROMPT_HELD, Signal.REJECTED): Phase.BLOCKED,
    (Phase.PAINTING, Signal.REFUSED): Phase.REWRITING,
    (Phase.PAINTING, Signal.PICTURES_MADE): Phase.IMAGED,
    (Phase.PAINTING, Signal.PICTURES_HELD): Phase.PICTURES_HELD,
    (Phase.PAINTING, Signal.PICTURES_BLOCKED): Phase.BLOCKED,
    (Phase.PAINTING, Signal.PICTURES_FAILED): Phase.FAILED,
    (Phase.PAINTING, Signal.FAILED): Phase.FAILED,
    (Phase.PICTURES_HELD, Signal.APPROVED): Phase.PAINTING,
    (Phase.PICTURES_HELD, Signal.REJECTED): Phase.PAINTING,
    (Phase.IMAGED, Signal.APPROVED): Phase.PAINTING,
    (Phase.IMAGED, Signal.REJECTED): Phase.IMAGED,
    (Phase.IMAGED, Signal.UPDATED): Phase.IMAGED,
    (Phase.BLOCKED, Signal.APPROVED): Phase.PAINTING,
    (Phase.BLOCKED, Signal.REJECTED): Phase.BLOCKED,
}

PICTURES: Mapping[tuple[Picture, Signal], Picture] = {
    (Picture.PAINTING, Signal.STARTED): Picture.PAINTING,
    (Picture.PAINTING, Signal.RETRIED): Picture.PAINTING,
    (Picture.PAINTING, Signal.UNKNOWN): Picture.PAINTING,
    (Picture.PAINTING, Signal.IMAGED): Picture.JUDGING,
    (Picture.PAINTING, Signal.IMAGED_FREELY): Picture.DONE,
    (Picture.PAINTING, Signal.RENDITION_FAILED): Picture.FAILED,
    (Picture.PAINTING, Signal.FAILED): Picture.FAILED,
    (Picture.JUDGING, Signal.STARTED): Picture.JUDGING,
    (Picture.JUDGING, Signal.RETRIED): Picture.JUDGING,
    (Picture.JUDGING, Signal.UNKNOWN): Picture.JUDGING,
    (Picture.JUDGING, Signal.IMAGE_ALLOWED): Picture.DONE,
    (Picture.JUDGING, Signal.IMAGE_REVIEW): Picture.HELD,
    (Picture.JUDGING, Signal.IMAGE_BLOCKED): Picture.BLOCKED,
    (Picture.JUDGING, Signal.RENDITION_FAILED): Picture.FAILED,
    (Picture.JUDGING, Signal.FAILED): Picture.FAILED,
    (Picture.HELD, Signal.APPROVED): Picture.DONE,
    (Picture.HELD, Signal.REJECTED): Picture.BLOCKED,
    (Picture.BLOCKED, Signal.APPROVED): Picture.PAINTING,
}

# Signals that close a call; they need a `step_started` before them.
ANSWERS = frozenset(
    {
        Signal.RETRIED,
        Signal.UNKNOWN,
        Signal.PROMPTS,
        Signal.CONTENT_ALLOWED,
        Signal.CONTENT_REVIEW,
        Signal.CONTENT_BLOCKED,
        Signal.ALLOWED,
        Signal.REVIEW,
        Signal.BLOCKED,
        Signal.BLOCKED_LAST,
        Signal.REWRITTEN,
        Signal.REFUSED,
        Signal.IMAGED,
        Signal.IMAGED_FREELY,
        Signal.IMAGE_ALLOWED,
        Signal.IMAGE_REVIEW,
        Signal.IMAGE_BLOCKED,
    }
)
