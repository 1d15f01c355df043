"""What people change about assets that are there: decisions about what the policy found, and new texts."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from atelier.orchestrator.v1.orchestrator_pb2 import Asset, AssetEvent, ReviewVariantRequest, UpdateAssetRequest
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.provenance_pb2 import Provenance

from services.kit import telemetry
from services.kit.errors import ServiceError
from services.orchestrator import names, reviewing, updating
from services.orchestrator.assets import Assets
from services.orchestrator.flow import fold_all
from services.orchestrator.job import Job, VariantJob
from services.orchestrator.journal import ConflictError, Journal, append_surely
from services.orchestrator.parts import pictures_of
from services.orchestrator.queue import JobQueue
from services.orchestrator.view import write_asset

log = telemetry.get_logger(__name__)


class Pictures(Protocol):
    """The picture store, as far as pictures are labelled anew in it."""

    async def relabel(self, digest: str, reference: str, provenance: Provenance) -> Image:
        """Store a copy that says something else about itself, and return it."""
        ...

    async def drop(self, digest: str, reference: str) -> None:
        """Drop one reference to a picture."""
        ...


class Amendments:
    """Changes to assets in the journal. `now_ns` is Unix time in nanoseconds."""

    def __init__(
        self,
        assets: Assets,
        journal: Journal,
        queue: JobQueue,
        pictures: Pictures,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._assets = assets
        self._journal = journal
        self._queue = queue
        self._pictures = pictures
        self._now_ns = now_ns

    async def review(self, request: ReviewVariantRequest) -> Asset:
        """Record a person's decision, and have the work taken up where it leads on. Returns the asset as it is then.

        Raises:
            ServiceError: ASSET_UNKNOWN, FIELD_INVALID, NOT_REVIEWABLE.
        """
        while True:
            job = await self._assets.job(request.name)
            review = reviewing.review_of(job, request)
            if review is None:
                if not job.at_rest:
                    # Should it have been written down long after its job was queued.
                    await self._queue.enqueue(request.name)
                return await self._assets.get(request.name)
            new = reviewing.reviewed(job, request, review, self._now_ns())
            with suppress(ConflictError):
                return await self._append(job, new)

    async def update(self, request: UpdateAssetRequest) -> Asset:
        """Give the pictures of a variant new texts. Returns the asset as it is then.

        Raises:
            ServiceError: ASSET_UNKNOWN, ASSET_RUNNING, FIELD_INVALID, or why a picture could not be stored anew.
        """
        while True:
            job = await self._assets.job(request.name)
            variant = updating.updatable(job, request)
            assert variant.prompt is not None, "a variant begins with its prompt"
            prompt = updating.prompt_after(variant.prompt, request)
            if prompt == variant.prompt:
                return await self._assets.get(request.name)
            provenance = updating.provenance_after(job, variant, prompt)
            images = [
                await self._relabelled(job, request.variant, number, image, provenance)
                for number, image in enumerate(_released(variant))
            ]
            new = updating.updated(job, request, prompt, images, self._now_ns())
            with suppress(ConflictError):
                asset = await self._append(job, new)
                await self._drop_replaced(job, request.variant, images)
                return asset

    async def _append(self, job: Job, new: Sequence[AssetEvent]) -> Asset:
        # Before the events, as in `Assets.open`: a job without work is dropped, no decision is left lying, and where
        # only the first events are written, a worker ends what was begun.
        await self._queue.enqueue(job.name)
        await append_surely(self._journal, job.name, new, job.last_sequence)
        # Once more, should the job that was found queued have been an old one that was let go in that moment. Who lets
        # one go from here on has heard of the decision, or listens for it (`lingering`).
        if not new[-1].HasField("finished"):
            await self._queue.enqueue(job.name)
        asset = Asset()
        write_asset(fold_all(new, job), asset)
        return asset

    async def _relabelled(self, job: Job, variant: int, number: int, image: Image, provenance: Provenance) -> Image:
        if not image.blob.digest:
            return image
        reference = names.reference(job.name, variant, number)
        copy = await self._pictures.relabel(image.blob.digest, reference, provenance)
        return updating.image_after(image, copy)

    async def _drop_replaced(self, job: Job, variant: int, images: Sequence[Image]) -> None:
        kept = {(number, image.blob.digest) for number, image in enumerate(images)}
        for picture in pictures_of(variant, job.variants[variant]):
            if (picture.rendition, picture.digest) in kept:
                continue
            try:
                await self._pictures.drop(picture.digest, names.reference(job.name, variant, picture.rendition))
            except ServiceError as error:
                log.warning("a picture that was replaced is still stored", asset=job.name, error=str(error))


def _released(variant: VariantJob) -> list[Image]:
    """The picture of each format, an empty one where there is none to be seen."""
    return [
        rendition.image if rendition.image is not None and variant.releases(rendition) else Image()
        for rendition in variant.renditions
    ]
