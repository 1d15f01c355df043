"""OrchestratorService on the wire: requests checked, names resolved, events streamed."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.kit.errors import invalid_field
from services.kit.handlers import Context
from services.kit.limits import check_range
from services.orchestrator import intake, names, replaying, reviewing, updating
from services.orchestrator.accepting import Acceptance
from services.orchestrator.amending import Amendments
from services.orchestrator.assets import Assets
from services.orchestrator.budgets import Budgets
from services.orchestrator.hub import Hub
from services.orchestrator.intake import Identity
from services.orchestrator.journal import Journal, Record
from services.orchestrator.passing import Neighbours
from services.orchestrator.previewing import Previews
from services.orchestrator.usage import Totals, read_query, write_rows
from services.orchestrator.waiting import Waiting

DEFAULT_PAGE, MAX_PAGE = 50, 1000


class OrchestratorService(orchestrator_pb2_grpc.OrchestratorServiceServicer):
    """The public face of the orchestrator."""

    def __init__(
        self,
        assets: Assets,
        journal: Journal,
        hub: Hub,
        waiting: Waiting,
        amendments: Amendments,
        neighbours: Neighbours,
        acceptance: Acceptance,
        previews: Previews,
        budgets: Budgets,
    ) -> None:
        self._assets = assets
        self._budgets = budgets
        self._acceptance = acceptance
        self._previews = previews
        self._waiting = waiting
        self._journal = journal
        self._hub = hub
        self._amendments = amendments
        self._neighbours = neighbours

    async def CreateAsset(  # noqa: N802
        self, request: pb.CreateAssetRequest, context: Context
    ) -> AsyncIterator[pb.CreateAssetResponse]:
        """Record a request, then stream the asset's events."""
        intake.check_request(request)
        accepted = await self._acceptance.create(request)
        if request.validate_only:
            yield pb.CreateAssetResponse(preview=await self._previews.of(accepted))
            return
        async for record in self._opened(intake.identity(request), accepted, detach=request.detach):
            yield record.created

    async def WatchAsset(self, request: pb.WatchAssetRequest, context: Context) -> AsyncIterator[pb.WatchAssetResponse]:  # noqa: N802
        """Stream an asset's events after a given one."""
        name, after = names.check_name(request.name), request.after_sequence
        with self._hub.watch(name) as watch:
            head = await self._journal.head(name)
            if head is not None and after > head.sequence:
                # The caller may have heard more than a server that was cut off from the others.
                head = await self._journal.sure_head(name)
            if head is None:
                raise names.asset_unknown(name)
            if not 0 <= after <= head.sequence:
                limit = f"0 to {head.sequence}"
                raise invalid_field("after_sequence", f"is {after}; this asset takes {limit} now", limit)
            if head.is_final and after == head.sequence:
                return
            async for record in watch.records(after, replay=after < head.sequence):
                yield record.watched

    async def GetAsset(self, request: pb.GetAssetRequest, context: Context) -> pb.GetAssetResponse:  # noqa: N802
        """The asset as it is now."""
        return pb.GetAssetResponse(asset=await self._assets.get(names.check_name(request.name)))

    async def ListAssets(self, request: pb.ListAssetsRequest, context: Context) -> pb.ListAssetsResponse:  # noqa: N802
        """One page of assets, newest first."""
        check_range("page_size", request.page_size, at_least=0, at_most=MAX_PAGE)
        after = names.read_page_token(request.page_token)
        assets, last = await self._assets.page(after, request.page_size or DEFAULT_PAGE, intake.selection(request))
        return pb.ListAssetsResponse(assets=assets, next_page_token=names.page_token(last) if last else "")

    async def CancelAsset(self, request: pb.CancelAssetRequest, context: Context) -> pb.CancelAssetResponse:  # noqa: N802
        """Stop the work on an asset."""
        return pb.CancelAssetResponse(asset=await self._assets.cancel(names.check_name(request.name)))

    async def DeleteAsset(self, request: pb.DeleteAssetRequest, context: Context) -> pb.DeleteAssetResponse:  # noqa: N802
        """Forget a final asset and its images."""
        await self._assets.delete(names.check_name(request.name), self._neighbours.drop_images)
        return pb.DeleteAssetResponse()

    async def ReadImage(self, request: pb.ReadImageRequest, context: Context) -> AsyncIterator[pb.ReadImageResponse]:  # noqa: N802
        """Stream the bytes of one variant's image."""
        name = names.check_name(request.name)
        digest = await self._assets.image(name, request.variant, request.rendition, held=request.held)
        async for piece in self._neighbours.read(digest, request.preview_side):
            yield piece

    async def ReviewVariant(self, request: pb.ReviewVariantRequest, context: Context) -> pb.ReviewVariantResponse:  # noqa: N802
        """Decide about what waits for a person, or was refused."""
        names.check_name(request.name)
        reviewing.check_request(request)
        try:
            return pb.ReviewVariantResponse(asset=await self._amendments.review(request))
        finally:
            # Also where it broke off: its first half may be written, and its job let go in that moment.
            self._waiting.add(request.name)

    async def UpdateAsset(self, request: pb.UpdateAssetRequest, context: Context) -> pb.UpdateAssetResponse:  # noqa: N802
        """Change the texts of a final asset's pictures."""
        names.check_name(request.name)
        updating.check_request(request)
        try:
            return pb.UpdateAssetResponse(asset=await self._amendments.update(request))
        finally:
            self._waiting.add(request.name)

    async def ReplayAsset(  # noqa: N802
        self, request: pb.ReplayAssetRequest, context: Context
    ) -> AsyncIterator[pb.ReplayAssetResponse]:
        """Run a final asset again, then stream the events of the new one."""
        replaying.check_request(request)
        accepted = await self._acceptance.replay(request)
        async for record in self._opened(replaying.identity(request), accepted, detach=request.detach):
            yield record.replayed

    async def GetUsage(self, request: pb.GetUsageRequest, context: Context) -> pb.GetUsageResponse:  # noqa: N802
        """What assets have cost, by owner and day."""
        intake.check_owner(request.owner)
        rows = await self._assets.usage(read_query(request, time.time_ns()))
        total = Totals()
        for totals in rows.values():
            total.merge(totals)
        budgets = await self._budgets.today(request.owner)
        return pb.GetUsageResponse(rows=write_rows(rows), total=total.spent.to_proto(), budgets=budgets)

    async def SignImageUrl(self, request: pb.SignImageUrlRequest, context: Context) -> pb.SignImageUrlResponse:  # noqa: N802
        """A link to one image."""
        digest = await self._assets.image(names.check_name(request.name), request.variant, request.rendition)
        return await self._neighbours.link(digest, request.lifetime if request.HasField("lifetime") else None)

    async def VerifyImage(  # noqa: N802
        self, pieces: AsyncIterator[pb.VerifyImageRequest], context: Context
    ) -> pb.VerifyImageResponse:
        """What a picture file says about its origin."""
        return await self._neighbours.verify(pieces)

    async def ListPolicies(self, request: pb.ListPoliciesRequest, context: Context) -> pb.ListPoliciesResponse:  # noqa: N802
        """The policies that a recipe can name."""
        return pb.ListPoliciesResponse(policies=await self._neighbours.policies())

    async def _opened(self, identity: Identity, accepted: pb.Accepted, *, detach: bool) -> AsyncIterator[Record]:
        """Open an asset, or join the one of an earlier request; its events, with `detach` only the first."""
        claim = await self._assets.claim(identity)
        with self._hub.watch(claim.name) as watch:
            first = await self._assets.open(claim, accepted)
            if first is not None:
                self._waiting.add(claim.name)
                yield first
                if detach:
                    return
            async for record in watch.records(0 if first is None else 1, replay=first is None):
                yield record
                if detach:
                    return
