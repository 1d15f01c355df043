"""The gateway's view of the orchestrator: unary calls, event streams that survive a lost connection, image bytes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc as rpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.channel import stream, unary
from services.kit.errors import Reason, ServiceError

SERVICE = pb.DESCRIPTOR.services_by_name["OrchestratorService"]
RESUME_DELAYS_S = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0, 5.0)


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

    async def read_image(self, name: str, variant: int) -> AsyncGenerator[bytes, None]:
        """The bytes of a variant's image, piece by piece."""
        request = pb.ReadImageRequest(name=name, variant=variant)
        async with aclosing(stream(self._stub.ReadImage, request, timeout_s=self._timeout_s)) as replies:
            async for reply in replies:
                yield reply.data
