"""The client over gRPC, asynchronous: for services of the same house. The interface is that of `client.http`.

async with Atelier("dns:///127.0.0.1:50050") as atelier:
    job = atelier.create("Fishermen mend their nets on a misty harbour at dawn.", variants=2)
    async for event in job:
        print(event.sequence, event.WhichOneof("kind"))
    async for picture in job.images():
        Path(f"harbour-{picture.variant}{picture.suffix}").write_bytes(picture.data)
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from types import TracebackType
from typing import NoReturn, Self

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc as rpc
from google.rpc import error_details_pb2, status_pb2

from client.errors import Unreachable, refusal
from client.order import FINAL, RETRY_DELAYS_S, Order, Picture, painted

DEFAULT_TARGET = "dns:///127.0.0.1:50050"
TIMEOUT_S = 30.0
OPTIONS = (
    ("grpc.service_config", json.dumps({"loadBalancingConfig": [{"round_robin": {}}]})),
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 2_000),
)


class Atelier:
    """An orchestrator at a gRPC target; errors are those of `client.errors`."""

    def __init__(self, target: str = DEFAULT_TARGET) -> None:
        self.target = target
        self._channel = grpc.aio.insecure_channel(target, options=OPTIONS)
        self.stub = rpc.OrchestratorServiceStub(self._channel)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._channel.close()

    def create(self, content: str, **options: object) -> Job:
        """Make an asset; `options` are those of `Order`. Nothing is sent before the job is used."""
        return Job(self, order=Order(content, **options))  # type: ignore[arg-type]

    def watch(self, name: str, after: int = 0) -> Job:
        """The events of an asset after a sequence number, up to the final one."""
        return Job(self, name=name, after=after)

    async def get(self, name: str) -> pb.Asset:
        """The asset as it is now."""
        try:
            return (await self.stub.GetAsset(pb.GetAssetRequest(name=name), timeout=TIMEOUT_S)).asset
        except grpc.aio.AioRpcError as error:
            fail(error)

    async def list(self, page_size: int = 50) -> AsyncIterator[pb.Asset]:
        """All assets, newest first; pages are fetched as they are needed."""
        token = ""
        while True:
            request = pb.ListAssetsRequest(page_size=page_size, page_token=token)
            try:
                page = await self.stub.ListAssets(request, timeout=TIMEOUT_S)
            except grpc.aio.AioRpcError as error:
                fail(error)
            for asset in page.assets:
                yield asset
            if not (token := page.next_page_token):
                return

    async def cancel(self, name: str) -> pb.Asset:
        """Ask for the work to stop."""
        try:
            return (await self.stub.CancelAsset(pb.CancelAssetRequest(name=name), timeout=TIMEOUT_S)).asset
        except grpc.aio.AioRpcError as error:
            fail(error)

    async def delete(self, name: str) -> None:
        """Forget an asset that is final."""
        try:
            await self.stub.DeleteAsset(pb.DeleteAssetRequest(name=name), timeout=TIMEOUT_S)
        except grpc.aio.AioRpcError as error:
            fail(error)

    async def picture(self, asset: pb.Asset, variant: int) -> Picture:
        """The picture of one variant."""
        request = pb.ReadImageRequest(name=asset.name, variant=variant)
        try:
            pieces = [reply.data async for reply in self.stub.ReadImage(request, timeout=TIMEOUT_S)]
        except grpc.aio.AioRpcError as error:
            fail(error)
        made = asset.variants[variant]
        return Picture(variant, made.image.blob.media_type, b"".join(pieces), made.prompt.alt_text)


class Job:
    """An asset in the making: iterate over its events, or ask for its result; both resume where a connection broke."""

    def __init__(self, atelier: Atelier, *, order: Order | None = None, name: str = "", after: int = 0) -> None:
        self.name = name
        self._atelier = atelier
        self._order = order
        self._after = after
        self._final: pb.Asset | None = None

    async def __aiter__(self) -> AsyncIterator[pb.AssetEvent]:
        failures = 0
        while self._final is None:
            try:
                async for event in self._events():
                    self.name, self._after, failures = event.asset, event.sequence, 0
                    if event.HasField("finished"):
                        self._final = event.finished.asset
                    yield event
                if self._final is None and (await self._atelier.get(self.name)).state in FINAL:
                    return
            except grpc.aio.AioRpcError as error:
                if error.code() is not grpc.StatusCode.UNAVAILABLE or failures == len(RETRY_DELAYS_S):
                    fail(error)
            if self._final is None:
                await asyncio.sleep(RETRY_DELAYS_S[min(failures, len(RETRY_DELAYS_S) - 1)])
                failures += 1

    async def result(self) -> pb.Asset:
        """The asset in its final state; waits for it."""
        async for _ in self:
            pass
        if self._final is None:
            self._final = await self._atelier.get(self.name)
        return self._final

    async def images(self) -> AsyncIterator[Picture]:
        """The pictures that were made; waits for the asset to be final."""
        asset = await self.result()
        for number in painted(asset):
            yield await self._atelier.picture(asset, number)

    async def _events(self) -> AsyncIterator[pb.AssetEvent]:
        if self.name or self._order is None:
            request = pb.WatchAssetRequest(name=self.name, after_sequence=self._after)
            async for watched in self._atelier.stub.WatchAsset(request):
                yield watched.event
        else:
            async for created in self._atelier.stub.CreateAsset(self._order.to_request()):
                yield created.event


def fail(error: grpc.aio.AioRpcError) -> NoReturn:
    """Raise what a failed RPC means."""
    info, retry = error_details_pb2.ErrorInfo(), error_details_pb2.RetryInfo()
    details: dict[str, object] = {}
    for status in _statuses(error.trailing_metadata() or ()):
        for detail in status.details:
            if detail.Unpack(retry):
                details["retry_after_s"] = retry.retry_delay.ToMilliseconds() / 1000
            else:
                detail.Unpack(info)
    if not info.reason and error.code() is grpc.StatusCode.UNAVAILABLE:
        raise Unreachable(error.details() or "the orchestrator does not answer") from error
    raise refusal(info.reason or error.code().name, error.details() or "", {**info.metadata, **details}) from error


def _statuses(metadata: Iterable[tuple[str, str | bytes]]) -> Iterable[status_pb2.Status]:
    for key, value in metadata:
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            yield status_pb2.Status.FromString(value)
