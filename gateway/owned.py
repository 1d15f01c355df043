"""The assets as one key sees them: others' are not there, and only so many of its own are in work at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway.access import require
from gateway.keys import Principal, Scope
from gateway.problems import HttpError, HttpReason
from gateway.upstream import Orchestrator, Spot
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
        request.owner, request.owner_budget_usd = who.key_id, who.daily_budget_usd
        return await self._admitted(who, lambda: self._orchestrator.start(request))

    async def preview(self, who: Principal, request: pb.CreateAssetRequest) -> pb.Preview:
        """What a request would lead to; nothing is made."""
        request.owner, request.owner_budget_usd = who.key_id, who.daily_budget_usd
        return await self._orchestrator.preview(request)

    async def replay(self, who: Principal, request: pb.ReplayAssetRequest) -> pb.AssetEvent:
        """Run an asset again as a new one and return its first event.

        Raises:
            HttpError: JOBS_LIMITED.
        """
        await self._own(who, request.name)
        request.owner, request.owner_budget_usd = who.key_id, who.daily_budget_usd
        return await self._admitted(who, lambda: self._orchestrator.replay(request))

    async def review(self, who: Principal, request: pb.ReviewVariantRequest) -> pb.Asset:
        """Record what a person decided."""
        await self.get(who, request.name)
        return await self._orchestrator.review(request)

    async def update(self, who: Principal, request: pb.UpdateAssetRequest) -> pb.Asset:
        """Change the texts of a variant."""
        await self._own(who, request.name)
        return await self._orchestrator.update(request)

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
        await self._own(who, name)
        return await self._orchestrator.cancel(name)

    async def delete(self, who: Principal, name: str) -> None:
        """Forget an asset that is final."""
        await self._own(who, name)
        await self._orchestrator.delete(name)

    def watch(self, name: str, after: int) -> AsyncGenerator[pb.AssetEvent, None]:
        """Events of an asset that `get` or `start` gave before."""
        return self._orchestrator.watch(name, after)

    async def now(self, name: str) -> pb.Asset:
        """An asset that `start` gave before, as it is now."""
        return await self._orchestrator.get(name)

    async def settling(self, name: str) -> AsyncGenerator[pb.AssetEvent, None]:
        """All events of an asset that `start` gave before, until nothing goes on by itself.

        That is the end of its log, or an event that asks for a review with nothing behind it.
        """
        async with aclosing(self.watch(name, 0)) as events:
            async for event in events:
                yield event
                if event.HasField("review_requested") and (await self.now(name)).last_sequence == event.sequence:
                    return

    def read_image(self, name: str, spot: Spot) -> AsyncGenerator[bytes, None]:
        """The bytes of a picture of an asset that `get` gave before."""
        return self._orchestrator.read_image(name, spot)

    async def sign_url(self, request: pb.SignImageUrlRequest) -> pb.SignImageUrlResponse:
        """A link to a picture of an asset that `get` gave before."""
        return await self._orchestrator.sign_url(request)

    async def _own(self, who: Principal, name: str) -> None:
        """Make sure that a principal may change an asset.

        Raises:
            HttpError: SCOPE_MISSING where it only sees it.
        """
        asset = await self.get(who, name)
        if not who.changes_all and asset.owner != who.key_id:
            require(who, Scope.ADMIN)

    async def _admitted(self, who: Principal, begin: Callable[[], Awaitable[pb.AssetEvent]]) -> pb.AssetEvent:
        """Begin an asset unless the key has as many in work as it may have."""
        if not who.key_id:
            return await begin()
        # One at a time, so that two requests of one key do not both take the last place.
        async with self._turns.setdefault(who.key_id, asyncio.Lock()):
            if await self._in_work(who.key_id) >= self._max_jobs:
                limit = f"at most {self._max_jobs} assets in work"
                detail = f"the key has {self._max_jobs} assets in work; wait for one to end"
                raise HttpError(HttpReason.JOBS_LIMITED, detail, limit=limit, retry_after_s=RETRY_AFTER_S)
            return await begin()

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
