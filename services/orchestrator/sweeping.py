"""Pictures and assets that nobody needs any more, and how they go.

A stored picture is needed as long as its asset is not final, and afterwards if the log still holds it: shown, or held
back for a review. What a cancelled or lost attempt left, what was refused, and what belongs to a deleted asset may go,
once it is older than any attempt that could still name it. Whoever stores a picture again makes it young, and the
picture store deletes only what is still as old as it was when it was listed; so nothing goes that was named meanwhile.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from atelier.orchestrator.v1.orchestrator_pb2 import Asset

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.orchestrator.flow import ImpossibleEventError, fold_all
from services.orchestrator.journal import Journal, Record
from services.orchestrator.parts import pictures_of
from services.orchestrator.summary import Selection
from services.orchestrator.view import stored_images

log = telemetry.get_logger(__name__)

CHUNK = 1000
NANOSECONDS = 1_000_000_000
FINAL_STATES = frozenset(
    {Asset.STATE_SUCCEEDED, Asset.STATE_BLOCKED, Asset.STATE_FAILED, Asset.STATE_CANCELLED},
)
_REFERENCE = re.compile(r"(assets/[0-9a-f]{32})/.+", re.ASCII | re.DOTALL)


class Kept(NamedTuple):
    """A picture in the store: its digest, the name it is kept under, when it was stored last (Unix time in ns)."""

    digest: str
    reference: str
    stored_ns: int


class Pictures(Protocol):
    """The picture store, for whoever sweeps."""

    def stored(self) -> AsyncIterator[Kept]:
        """Everything that is kept, in no particular order; ServiceError where it cannot be listed."""
        ...

    async def drop_old(self, picture: Kept) -> None:
        """Drop one reference, unless it was stored anew since it was listed."""
        ...


class Age(NamedTuple):
    """How old pictures must be to be swept, and final assets to be deleted (0: never). Unit: seconds."""

    picture_s: float
    asset_s: float = 0.0


class Sweep:
    """One way through everything that is stored.

    `delete` deletes an asset by name as a caller would; `now_ns` is Unix time in nanoseconds.
    """

    def __init__(
        self,
        journal: Journal,
        pictures: Pictures,
        delete: Callable[[str], Awaitable[None]],
        age: Age,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._journal = journal
        self._pictures = pictures
        self._delete_asset = delete
        self._age = age
        self._now_ns = now_ns

    async def run(self) -> None:
        """Delete old assets, then pictures that nobody needs.

        Raises:
            ServiceError: what the journal or the picture store raises; what is left is for the next time.
        """
        deleted = await self._delete_old_assets() if self._age.asset_s else 0
        dropped = await self._drop_orphans()
        log.info("swept", assets_deleted=deleted, pictures_dropped=dropped)

    async def _delete_old_assets(self) -> int:
        deleted, after = 0, ""
        until_ns = self._now_ns() - round(self._age.asset_s * NANOSECONDS)
        selection = Selection(states=FINAL_STATES, before_ns=until_ns)
        while heads := await self._journal.heads(after, CHUNK, selection):
            for head in heads:
                after = head.asset
                # Whoever reviewed or changed it lately wants to see it.
                if head.is_final and head.event.create_time.ToNanoseconds() < until_ns:
                    deleted += await self._delete(head.asset)
        return deleted

    async def _delete(self, asset: str) -> bool:
        try:
            await self._delete_asset(asset)
        except ServiceError as error:
            # Somebody was faster, or takes it up again.
            if error.reason not in (Reason.ASSET_UNKNOWN, Reason.ASSET_RUNNING):
                raise
            return False
        return True

    async def _drop_orphans(self) -> int:
        if not await self._journal.heads("", 1):
            # A journal that knows nothing is more likely a wrong one than one whose every asset was deleted.
            log.info("the journal has no assets, so no picture is taken for an orphan")
            return 0
        dropped = 0
        until_ns = self._now_ns() - round(self._age.picture_s * NANOSECONDS)
        old: dict[str, list[Kept]] = defaultdict(list)
        count = 0
        async for picture in self._pictures.stored():
            match = _REFERENCE.fullmatch(picture.reference)
            # Others may keep pictures in the same store, under names of their own.
            if match is None or picture.stored_ns >= until_ns:
                continue
            old[match[1]].append(picture)
            count += 1
            if count == CHUNK:
                dropped += await self._drop_unneeded(old)
                old, count = defaultdict(list), 0
        return dropped + await self._drop_unneeded(old)

    async def _drop_unneeded(self, old: Mapping[str, Sequence[Kept]]) -> int:
        dropped = 0
        for asset, pictures in old.items():
            for picture in await self._unneeded(asset, pictures):
                await self._pictures.drop_old(picture)
                dropped += 1
                log.info("picture dropped", asset=asset, digest=picture.digest, reference=picture.reference)
        return dropped

    async def _unneeded(self, asset: str, pictures: Sequence[Kept]) -> Sequence[Kept]:
        head = await self._journal.head(asset)
        if head is None:
            return pictures
        if not head.is_final:
            return ()
        shown = {image.digest for image in stored_images(head.event.finished.asset)}
        if not (hidden := [picture for picture in pictures if picture.digest not in shown]):
            return ()
        needed = needed_digests(await self._journal.read(asset))
        return () if needed is None else [picture for picture in hidden if picture.digest not in needed]


def needed_digests(records: Iterable[Record]) -> frozenset[str] | None:
    """The pictures that a log still needs; None where it cannot tell, so that all of them are."""
    try:
        job = fold_all(record.event for record in records)
    except ImpossibleEventError:
        return None
    if job.final is None:
        return None
    shown = {image.digest for image in stored_images(job.final)}
    held = {picture.digest for index, made in enumerate(job.variants) for picture in pictures_of(index, made)}
    return frozenset(shown | held)
