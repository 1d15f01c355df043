"""The gateway's view of the orchestrator: unary calls, event streams that survive a lost connection, image bytes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc as rpc
from atelier.style.v1 import style_pb2, style_pb2_grpc
from atelier.type.v1.provenance_pb2 import Verification
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.channel import stream, unary, upload
from services.kit.errors import Reason, ServiceError

SERVICE = pb.DESCRIPTOR.services_by_name["OrchestratorService"]
STYLES = style_pb2.DESCRIPTOR.services_by_name["StyleService"]
PIECE_BYTES = 256 * 1024
# Pictures are judged, encoded or signed again before these answer.
SLOW = 4
RESUME_DELAYS_S = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0, 5.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """Which picture of an asset is wanted; `held` is one that waits for a review, `preview_side` 0 no preview."""

    variant: int
    rendition: int = 0
    held: bool = False
    preview_side: int = 0


class Orchestrator:
    """Calls the orchestrator on behalf of HTTP requests; every method raises ServiceError."""

    def __init__(self, channel: grpc.aio.Channel, timeout_s: float) -> None:
        self._stub = rpc.OrchestratorServiceStub(channel)
        self._check = health_pb2_grpc.HealthStub(channel).Check  # type: ignore[attr-defined]
        self._timeout_s = timeout_s

    async def ready(self) -> bool:
        """Whether the orchestrator answers that it serves."""
        request = health_pb2.HealthCheckRequest(service=SERVICE.full_name)
        try:
            answer = await unary(self._check, request, timeout_s=2.0)
        except ServiceError:
            return False
        return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)

    async def start(self, request: pb.CreateAssetRequest) -> pb.AssetEvent:
        """Record the request and return its first event; the work goes on by itself."""
        request.detach = True
        async with aclosing(stream(self._stub.CreateAsset, request, timeout_s=self._timeout_s)) as replies:
            async for reply in replies:
                return reply.event
        raise ServiceError(Reason.INTERNAL, "the orchestrator ended the stream without an event")

    async def preview(self, request: pb.CreateAssetRequest) -> pb.Preview:
        """What a request would lead to; nothing is made."""
        request.validate_only = True
        async with aclosing(stream(self._stub.CreateAsset, request, timeout_s=self._timeout_s)) as replies:
            async for reply in replies:
                if reply.HasField("preview"):
                    return reply.preview
                break
        raise ServiceError(Reason.INTERNAL, "the orchestrator ended the stream without a preview")

    async def replay(self, request: pb.ReplayAssetRequest) -> pb.AssetEvent:
        """Run an asset again as a new one and return its first event."""
        request.detach = True
        async with aclosing(stream(self._stub.ReplayAsset, request, timeout_s=self._timeout_s)) as replies:
            async for reply in replies:
                return reply.event
        raise ServiceError(Reason.INTERNAL, "the orchestrator ended the stream without an event")

    async def get(self, name: str) -> pb.Asset:
        """The asset as it is now."""
        reply = await unary(self._stub.GetAsset, pb.GetAssetRequest(name=name), timeout_s=self._timeout_s)
        return reply.asset

    async def list(self, request: pb.ListAssetsRequest) -> pb.ListAssetsResponse:
        """One page of assets, newest first."""
        return await unary(self._stub.ListAssets, request, timeout_s=self._timeout_s)

    async def cancel(self, name: str) -> pb.Asset:
        """Ask for the work to stop."""
        reply = await unary(self._stub.CancelAsset, pb.CancelAssetRequest(name=name), timeout_s=self._timeout_s)
        return reply.asset

    async def delete(self, name: str) -> None:
        """Forget an asset that is final."""
        await unary(self._stub.DeleteAsset, pb.DeleteAssetRequest(name=name), timeout_s=self._timeout_s)

    async def review(self, request: pb.ReviewVariantRequest) -> pb.Asset:
        """Record what a person decided."""
        return (await unary(self._stub.ReviewVariant, request, timeout_s=self._timeout_s)).asset

    async def update(self, request: pb.UpdateAssetRequest) -> pb.Asset:
        """Change the texts of a variant."""
        return (await unary(self._stub.UpdateAsset, request, timeout_s=SLOW * self._timeout_s)).asset

    async def usage(self, request: pb.GetUsageRequest) -> pb.GetUsageResponse:
        """What assets cost."""
        return await unary(self._stub.GetUsage, request, timeout_s=self._timeout_s)

    async def policies(self) -> pb.ListPoliciesResponse:
        """The content policies."""
        return await unary(self._stub.ListPolicies, pb.ListPoliciesRequest(), timeout_s=self._timeout_s)

    async def verify(self, data: bytes) -> Verification:
        """What a picture file says about its origin."""

        async def pieces() -> AsyncGenerator[pb.VerifyImageRequest, None]:
            for start in range(0, max(1, len(data)), PIECE_BYTES):
                yield pb.VerifyImageRequest(data=data[start : start + PIECE_BYTES])

        return (await upload(self._stub.VerifyImage, pieces(), timeout_s=self._timeout_s)).verification

    async def sign_url(self, request: pb.SignImageUrlRequest) -> pb.SignImageUrlResponse:
        """A link to a picture that is good for a while."""
        return await unary(self._stub.SignImageUrl, request, timeout_s=self._timeout_s)

    async def watch(self, name: str, after: int) -> AsyncGenerator[pb.AssetEvent, None]:
        """Events after a sequence number up to the final one; a lost connection is taken up where it broke."""
        failures = 0
        while True:
            request = pb.WatchAssetRequest(name=name, after_sequence=after)
            try:
                async with aclosing(stream(self._stub.WatchAsset, request)) as replies:
                    async for reply in replies:
                        failures = 0
                        after = reply.event.sequence
                        yield reply.event
                return
            except ServiceError as error:
                if error.reason is not Reason.SERVICE_UNREACHABLE or failures >= len(RESUME_DELAYS_S):
                    raise
            await asyncio.sleep(RESUME_DELAYS_S[failures])
            failures += 1

    async def read_image(self, name: str, spot: Spot) -> AsyncGenerator[bytes, None]:
        """The bytes of a picture, piece by piece."""
        request = pb.ReadImageRequest(
            name=name,
            variant=spot.variant,
            rendition=spot.rendition,
            held=spot.held,
            preview_side=spot.preview_side,
        )
        async with aclosing(stream(self._stub.ReadImage, request, timeout_s=self._timeout_s)) as replies:
            async for reply in replies:
                yield reply.data


class Styles:
    """Calls the StyleService, which the orchestrator serves too; every method raises ServiceError."""

    def __init__(self, channel: grpc.aio.Channel, timeout_s: float) -> None:
        self._stub = style_pb2_grpc.StyleServiceStub(channel)
        self._timeout_s = timeout_s

    async def create(self, style: style_pb2.Style, owner: str) -> style_pb2.Style:
        """Make version 1 of a style."""
        request = style_pb2.CreateStyleRequest(style=style, owner=owner)
        return (await unary(self._stub.CreateStyle, request, timeout_s=self._timeout_s)).style

    async def get(self, name: str, version: int) -> style_pb2.Style:
        """A version of a style; 0 is the newest."""
        request = style_pb2.GetStyleRequest(name=name, version=version)
        return (await unary(self._stub.GetStyle, request, timeout_s=self._timeout_s)).style

    async def list(self) -> style_pb2.ListStylesResponse:
        """The newest version of every style."""
        return await unary(self._stub.ListStyles, style_pb2.ListStylesRequest(), timeout_s=self._timeout_s)

    async def update(self, style: style_pb2.Style, owner: str) -> style_pb2.Style:
        """Make the next version of a style."""
        request = style_pb2.UpdateStyleRequest(style=style, owner=owner)
        return (await unary(self._stub.UpdateStyle, request, timeout_s=self._timeout_s)).style

    async def delete(self, name: str) -> None:
        """End a style."""
        await unary(self._stub.DeleteStyle, style_pb2.DeleteStyleRequest(name=name), timeout_s=self._timeout_s)
