"""What can be done with assets as a whole: open, look at, list, cancel, delete. All of it on the two ports."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import (
    Accepted,
    Asset,
    AssetEvent,
)

from services.kit.errors import Reason, ServiceError
from services.orchestrator import counting, events, intake, names
from services.orchestrator.flow import ImpossibleEventError, fold, fold_all
from services.orchestrator.gone import Gone
from services.orchestrator.intake import Identity
from services.orchestrator.job import Discarded, Job, Stage
from services.orchestrator.journal import ConflictError, Journal, Record, append_surely
from services.orchestrator.parts import pictures_of
from services.orchestrator.queue import JobQueue
from services.orchestrator.summary import EVERYTHING, Selection, summary_of
from services.orchestrator.usage import Query, Rows, Totals
from services.orchestrator.view import held_image, stored_images, up_to_date, write_asset

MAX_PAGE_BYTES = 2 * 1024 * 1024
CHUNK = 50


class Claim(NamedTuple):
    """The name of an asset; `joined` where an earlier request with the same id may have opened it."""

    name: str
    joined: bool


class Assets:
    """The assets in the journal. `gone` keeps what deleted ones cost; `now_ns` is Unix time in nanoseconds."""

    def __init__(self, journal: Journal, queue: JobQueue, gone: Gone, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._journal = journal
        self._queue = queue
        self._gone = gone
        self._now_ns = now_ns

    async def claim(self, identity: Identity) -> Claim:
        """The name for a new asset, or with a request id that was used before the name of its asset.

        Raises:
            ServiceError: REQUEST_ID_REUSED.
        """
        name = names.asset_name(self._now_ns(), secrets.randbits(64))
        if not identity.key:
            return Claim(name, joined=False)
        first = await self._journal.claim(identity.key, identity.digest, name)
        return Claim(first, joined=first != name)

    async def was_opened(self, identity: Identity) -> bool:
        """Whether an earlier request with the same id opened an asset."""
        name = await self._journal.claimed(identity.key) if identity.key else ""
        return bool(name) and await self._journal.head(name) is not None

    async def open(self, claim: Claim, accepted: Accepted) -> Record | None:
        """Open the log of a claimed asset. Returns the first event, or None where the log was open before.

        The job is queued first: a crash in between leaves a job without an asset, which its worker drops, and
        never an asset that nobody works on.
        """
        name = claim.name
        if claim.joined and await self._journal.head(name) is not None:
            return None
        await self._queue.enqueue(name)
        event = events.stamp(AssetEvent(accepted=accepted), name, 1, self._now_ns())
        try:
            await append_surely(self._journal, name, [event], 0)
        except ConflictError:
            return None
        counting.ACCEPTED.inc()
        return Record(event)

    async def get(self, name: str) -> Asset:
        """The asset as it is now; shared, not to be changed.

        Raises:
            ServiceError: ASSET_UNKNOWN.
        """
        head = await self._journal.head(name)
        if head is None:
            raise names.asset_unknown(name)
        return await self._asset(head)

    async def image(self, name: str, variant: int, rendition: int = 0, *, held: bool = False) -> str:
        """Digest of one picture; with `held` also of one that waits for a review.

        Raises:
            ServiceError: ASSET_UNKNOWN, IMAGE_UNKNOWN.
        """
        place = (variant, rendition)
        for image in stored_images(await self.get(name)):
            if (image.variant, image.rendition) == place:
                return image.digest
        if held and (digest := held_image(await self.job(name), variant, rendition)):
            return digest
        raise _no_image(name, variant, rendition)

    async def job(self, name: str) -> Job:
        """What the log of an asset says.

        Raises:
            ServiceError: ASSET_UNKNOWN; EVENTS_EXPIRED where its first events are past retention.
        """
        records = await self._journal.read(name)
        if not records:
            raise names.asset_unknown(name)
        if records[0].sequence > 1:
            raise ServiceError(Reason.EVENTS_EXPIRED, f"the first events of {name} are past retention", field="name")
        return fold_all(record.event for record in records)

    async def page(self, after: str, size: int, selection: Selection = EVERYTHING) -> tuple[list[Asset], str]:
        """Up to `size` wanted assets, newest first, older than `after`; and the last one's name if there are more.

        The page ends before it would grow past MAX_PAGE_BYTES, but never empty.
        """
        assets: list[Asset] = []
        free_bytes = MAX_PAGE_BYTES
        while True:
            heads = await self._journal.heads(after, min(CHUNK, size + 1 - len(assets)), selection)
            for asset in await asyncio.gather(*(self._asset(head) for head in heads)):
                after = asset.name
                if not selection.wants(summary_of(asset)):
                    continue
                free_bytes -= asset.ByteSize() + 8
                if len(assets) == size or (assets and free_bytes < 0):
                    return assets, assets[-1].name
                assets.append(asset)
            if not heads:
                return assets, ""

    async def cancel(self, name: str) -> Asset:
        """Cancel an asset, unless it is final. Returns it as it is then.

        Raises:
            ServiceError: ASSET_UNKNOWN.
        """
        while True:
            head = await self._journal.head(name)
            if head is not None and head.is_final:
                return head.event.finished.asset
            job = await self.job(name)
            if job.stage is Stage.FINAL:
                # It came to its end between the two looks.
                continue
            last = job.last_sequence
            written: list[AssetEvent] = []
            for unpaid in events.called_off(job):
                written.append(events.stamp(unpaid, name, job.last_sequence + 1, self._now_ns()))
                job = fold(job, unpaid)
            # What was final and is only being told anew is not to be stopped any more.
            end = events.finished_again(job) if job.stage is Stage.AMENDING else events.cancelled(job)
            written.append(events.stamp(end, name, job.last_sequence + 1, self._now_ns()))
            with suppress(ConflictError):
                await append_surely(self._journal, name, written, last)
                return written[-1].finished.asset

    async def delete(self, name: str, drop_images: Callable[[str, Iterable[Discarded]], Awaitable[None]]) -> None:
        """Delete a final asset: its images first, so that a failure in between leaves a log that still names them.

        `drop_images` is given the name of the asset and every picture that its log names.

        Raises:
            ServiceError: ASSET_UNKNOWN, ASSET_RUNNING, or what `drop_images` raises.
        """
        head = await self._journal.head(name)
        if head is None:
            raise names.asset_unknown(name)
        if not head.is_final:
            raise ServiceError(Reason.ASSET_RUNNING, f"{name} is not in a final state; cancel it first", field="name")
        records = await self._journal.read(name)
        await drop_images(name, _images(head, records))
        accepted = records[0].event.accepted if records else Accepted()
        summary = summary_of(head.event.finished.asset)
        await self._gone.count(name, summary)
        await self._journal.delete(name, intake.claim_key(accepted.owner, accepted.request_id))
        await self._gone.settle(name, summary)

    async def usage(self, query: Query) -> Rows:
        """What assets cost by day and owner, those included that were deleted."""
        rows, deleted = await self._gone.rows(query)
        for key, totals in (await self._journal.usage(query, deleted)).items():
            rows.setdefault(key, Totals()).merge(totals)
        return rows

    async def _asset(self, head: Record) -> Asset:
        if head.is_final:
            return up_to_date(head.event.finished.asset)
        asset = Asset()
        records = await self._journal.read(head.asset)
        write_asset(fold_all(record.event for record in records), asset)
        return asset


def _images(head: Record, records: Sequence[Record]) -> set[Discarded]:
    """Every picture that was stored for an asset: those that it shows, those held back, those thrown away."""
    images = set(stored_images(head.event.finished.asset))
    # A log whose first events are past retention, or that is damaged, tells only of what it ends with.
    with suppress(ImpossibleEventError):
        job = fold_all(record.event for record in records)
        images.update(job.discarded)
        images.update(picture for index, variant in enumerate(job.variants) for picture in pictures_of(index, variant))
    return images


def _no_image(name: str, variant: int, rendition: int) -> ServiceError:
    which = f"variant {variant}" + (f" in format {rendition}" if rendition else "")
    field = "rendition" if rendition else "variant"
    return ServiceError(Reason.IMAGE_UNKNOWN, f"{name} has no image of {which}", field=field)
