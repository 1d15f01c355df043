"""The assets as one key sees them: others' are not there, and only so many of its own are in work at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway.keys import Principal
from gateway.problems import HttpError, HttpReason
from gateway.upstream import Orchestrator
from services.kit.errors import Reason, ServiceError

IN_WORK = (pb.Asset.STATE_QUEUED, pb.Asset.STATE_RUNNING)
MAX_PAGES = 20
RETRY_AFTER_S = 5.0


class OwnedAssets:
    """Calls the orchestrator on behalf of a principal. `max_jobs` is how many assets a key may have in work."""

    def __init__(self, orchestrator: Orchestrator, max_jobs: int) -> None:
        self._orchestrator = orchestrator
        self._max_jobs = max_jobs
        self._turns: dict[str, asyncio.Lock] = {}

    async def start(self, who: Principal, request: pb.CreateAssetRequest) -> pb.AssetEvent:
        """Record a request and return its first event.

        Raises:
            HttpError: JOBS_LIMITED.
        """
        if not who.key_id:
            return await self._orchestrator.start(request)
        request.owner = who.key_id
        # One at a time, so that two requests of one key do not both take the last place.
        async with self._turns.setdefault(who.key_id, asyncio.Lock()):
            if await self._in_work(who.key_id) >= self._max_jobs:
                limit = f"at most {self._max_jobs} assets in work"
                detail = f"the key has {self._max_jobs} assets in work; wait for one to end"
                raise HttpError(HttpReason.JOBS_LIMITED, detail, limit=limit, retry_after_s=RETRY_AFTER_S)
            return await self._orchestrator.start(request)

    async def get(self, who: Principal, name: str) -> pb.Asset:
        """The asset, if it is there for this principal."""
        asset = await self._orchestrator.get(name)
        if not who.sees_all and asset.owner != who.key_id:
            raise ServiceError(Reason.ASSET_UNKNOWN, f"there is no asset {name[:100]!r}", field="name")
        return asset

    async def list(self, who: Principal, request: pb.ListAssetsRequest) -> pb.ListAssetsResponse:
        """One page of the assets that are there for this principal."""
        if who.sees_all:
            return await self._orchestrator.list(request)
        request.owner = who.key_id
        page = await self._orchestrator.list(request)
        # The orchestrator selects; that no stranger's asset leaves is certain only where it is checked last.
        mine = [asset for asset in page.assets if asset.owner == who.key_id]
        return pb.ListAssetsResponse(assets=mine, next_page_token=page.next_page_token)

    async def cancel(self, who: Principal, name: str) -> pb.Asset:
        """Ask for the work to stop."""
        await self.get(who, name)
        return await self._orchestrator.cancel(name)

    async def delete(self, who: Principal, name: str) -> None:
        """Forget an asset that is final."""
        await self.get(who, name)
        await self._orchestrator.delete(name)

    def watch(self, name: str, after: int) -> AsyncGenerator[pb.AssetEvent, None]:
        """Events of an asset that `get` or `start` gave before."""
        return self._orchestrator.watch(name, after)

    def read_image(self, name: str, variant: int) -> AsyncGenerator[bytes, None]:
        """The bytes of a picture of an asset that `get` gave before."""
        return self._orchestrator.read_image(name, variant)

    async def _in_work(self, owner: str) -> int:
        """How many assets of a key are in work; not counted beyond the limit."""
        request = pb.ListAssetsRequest(page_size=self._max_jobs, states=IN_WORK, owner=owner)
        count = 0
        for _ in range(MAX_PAGES):
            page = await self._orchestrator.list(request)
            count += sum(asset.owner == owner and asset.state in IN_WORK for asset in page.assets)
            request.page_token = page.next_page_token
            if count >= self._max_jobs or not page.next_page_token:
                break
        return count
