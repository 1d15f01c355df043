"""Folding what models answered: prompts, verdicts and pictures, and what became of those that will not come."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from atelier.orchestrator.v1.orchestrator_pb2 import AssetEvent

from services.orchestrator.job import NO_TRIES, Job, Phase, RenditionJob, VariantJob
from services.orchestrator.parts import (
    anew,
    dropped_if_blocked,
    fold_tries,
    impossible,
    next_in,
    put,
    put_picture,
    rendition_at,
    settled,
    variant_at,
    writer_of,
)
from services.orchestrator.signals import content_signal, image_signal, imaged_signal, prompt_signal
from services.orchestrator.tables import CONTENTS, PHASES, PICTURES, STAGES, Signal


def _prompts(job: Job, event: AssetEvent) -> Job:
    stage = next_in(STAGES, job.stage, Signal.PROMPTS, event)
    recipe, generated = job.accepted.recipe, event.prompts_generated
    if len(generated.prompts) != recipe.variant_count:
        raise impossible(event, f"{len(generated.prompts)} prompts for {recipe.variant_count} variants")
    if not job.accepted.replay_prompts and not job.tries.open:
        raise impossible(event, f"{job.stage}, without a call")
    renditions = (RenditionJob(),) * max(1, len(recipe.formats))
    writers = job.accepted.replay_writers or [writer_of(generated.call)] * len(generated.prompts)
    variants = (
        VariantJob(prompt=prompt, writer=writer, renditions=renditions)
        for prompt, writer in zip(generated.prompts, writers, strict=True)
    )
    return job._replace(stage=stage, tries=NO_TRIES, variants=tuple(variants))


def _content_moderated(job: Job, event: AssetEvent) -> Job:
    verdict = event.content_moderated.verdict
    signal = content_signal(verdict)
    content = next_in(CONTENTS, job.content, signal, event)
    fold_tries(job.content_tries, signal or Signal.CONTENT_BLOCKED, event)
    return job._replace(content=content, content_verdict=verdict, content_tries=NO_TRIES)


def _moderated(job: Job, event: AssetEvent) -> Job:
    index, verdict = event.variant_moderated.variant, event.variant_moderated.verdict
    variant = variant_at(job, event, index)
    signal = prompt_signal(variant, verdict)
    phase = next_in(PHASES, variant.phase, signal, event)
    tries = fold_tries(variant.tries, signal or Signal.BLOCKED, event)
    if phase in (Phase.REWRITING, Phase.BLOCKED):
        variant = anew(variant)
    return put(job, index, settled(variant._replace(phase=phase, verdict=verdict, tries=tries), event))


def _rewritten(job: Job, event: AssetEvent) -> Job:
    index, rewritten = event.prompt_rewritten.variant, event.prompt_rewritten
    variant = variant_at(job, event, index)
    phase = next_in(PHASES, variant.phase, Signal.REWRITTEN, event)
    tries = fold_tries(variant.tries, Signal.REWRITTEN, event)
    variant = variant._replace(phase=phase, tries=tries, verdict=None, rewrites=variant.rewrites + 1)
    return put(job, index, variant._replace(prompt=rewritten.prompt, writer=writer_of(rewritten.call)))


def _variant_failed(job: Job, event: AssetEvent) -> Job:
    index, error = event.variant_failed.variant, event.variant_failed.error
    variant = variant_at(job, event, index)
    phase = next_in(PHASES, variant.phase, Signal.FAILED, event)
    renditions = tuple(
        picture._replace(phase=PICTURES.get((picture.phase, Signal.FAILED), picture.phase), image=None, tries=NO_TRIES)
        for picture in variant.renditions
    )
    return put(job, index, variant._replace(phase=phase, error=error, renditions=renditions, tries=NO_TRIES))


def _imaged(job: Job, event: AssetEvent) -> Job:
    imaged = event.variant_imaged
    variant, rendition = rendition_at(job, event, imaged.variant, imaged.rendition)
    signal = imaged_signal(job, variant, rendition, imaged.image)
    phase = next_in(PICTURES, rendition.phase, signal, event)
    tries, maker = fold_tries(rendition.tries, signal, event), writer_of(imaged.call)
    rendition = rendition._replace(phase=phase, image=imaged.image, maker=maker, tries=tries)
    return put_picture(job, imaged.variant, imaged.rendition, rendition, event)


def _image_moderated(job: Job, event: AssetEvent) -> Job:
    moderated = event.image_moderated
    variant, rendition = rendition_at(job, event, moderated.variant, moderated.rendition)
    signal = image_signal(variant, moderated.verdict)
    phase = next_in(PICTURES, rendition.phase, signal, event)
    tries = fold_tries(rendition.tries, signal or Signal.IMAGE_BLOCKED, event)
    rendition = dropped_if_blocked(rendition._replace(phase=phase, verdict=moderated.verdict, tries=tries))
    return put_picture(job, moderated.variant, moderated.rendition, rendition, event)


def _rendition_failed(job: Job, event: AssetEvent) -> Job:
    failed = event.rendition_failed
    _, rendition = rendition_at(job, event, failed.variant, failed.rendition)
    phase = next_in(PICTURES, rendition.phase, Signal.RENDITION_FAILED, event)
    rendition = rendition._replace(phase=phase, image=None, error=failed.error, tries=NO_TRIES)
    return put_picture(job, failed.variant, failed.rendition, rendition, event)


FOLDS: Mapping[str, Callable[[Job, AssetEvent], Job]] = {
    "prompts_generated": _prompts,
    "content_moderated": _content_moderated,
    "variant_moderated": _moderated,
    "prompt_rewritten": _rewritten,
    "variant_imaged": _imaged,
    "image_moderated": _image_moderated,
    "rendition_failed": _rendition_failed,
    "variant_failed": _variant_failed,
}
