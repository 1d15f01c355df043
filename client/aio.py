"""The client over gRPC, asynchronous: for services of the same house. The interface is that of `http`.

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
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing
from types import TracebackType
from typing import Self, TypeAlias, TypeVar, Unpack

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc as rpc
from google.rpc import error_details_pb2, status_pb2

from .errors import AtelierError, Invalid, Unreachable, error_for
from .order import FINAL, Options, Order, Picture, painted
from .resume import Patience, Position

T = TypeVar("T")
Call: TypeAlias = (
    "grpc.aio.UnaryStreamCall[pb.WatchAssetRequest, pb.WatchAssetResponse]"
    " | grpc.aio.UnaryStreamCall[pb.CreateAssetRequest, pb.CreateAssetResponse]"
)

DEFAULT_TARGET = "dns:///127.0.0.1:50050"
TIMEOUT_S = 30.0
OPTIONS = (
    ("grpc.service_config", json.dumps({"loadBalancingConfig": [{"round_robin": {}}]})),
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 2_000),
)


class Atelier:
    """An orchestrator at a gRPC target.

    Methods try again by themselves where that may help, and else raise the errors of `errors`.
    """

    def __init__(self, target: str = DEFAULT_TARGET) -> None:
        self.target = target
        self._channel = grpc.aio.insecure_channel(target, options=OPTIONS)
        self.stub = rpc.OrchestratorServiceStub(self._channel)
        self._heard = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._channel.close()

    def create(self, content: str, **options: Unpack[Options]) -> Job:
        """Make an asset; `Order` explains the options. Nothing is sent before the job is used."""
        return self.create_order(Order(content, **options))

    def create_order(self, order: Order) -> Job:
        """Make the asset that an order describes."""
        return Job(self, order=order)

    async def submit(self, order: Order) -> pb.Asset:
        """Make an asset and return it at once, as it then is; the work goes on."""
        request = request_for(order)
        request.detach = True

        async def accepted() -> str:
            call = self.stub.CreateAsset(request, timeout=TIMEOUT_S)
            return await anext(created.event.asset async for created in call)

        return await self.get(await self._again(accepted))

    def watch(self, name: str, after: int = 0) -> Job:
        """The events of an asset after a sequence number, up to the final one."""
        return Job(self, name=name, after=after)

    async def get(self, name: str) -> pb.Asset:
        """The asset as it is now."""
        request = pb.GetAssetRequest(name=name)
        return (await self._again(lambda: self.stub.GetAsset(request, timeout=TIMEOUT_S))).asset

    async def list(self, page_size: int = 50, states: tuple[str, ...] = ()) -> AsyncIterator[pb.Asset]:
        """All assets, newest first; pages are fetched as they are needed. `states` such as "STATE_FAILED" select."""
        numbers = [pb.Asset.State.Value(state) for state in states]
        request = pb.ListAssetsRequest(page_size=page_size, states=numbers)
        while True:
            page = await self._again(lambda: self.stub.ListAssets(request, timeout=TIMEOUT_S))
            for asset in page.assets:
                yield asset
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token

    async def cancel(self, name: str) -> pb.Asset:
        """Ask for the work to stop."""
        request = pb.CancelAssetRequest(name=name)
        return (await self._again(lambda: self.stub.CancelAsset(request, timeout=TIMEOUT_S))).asset

    async def delete(self, name: str) -> None:
        """Forget an asset that is final."""
        request = pb.DeleteAssetRequest(name=name)
        await self._again(lambda: self.stub.DeleteAsset(request, timeout=TIMEOUT_S))

    async def picture(self, asset: pb.Asset, variant: int) -> Picture:
        """The picture of one variant."""
        request = pb.ReadImageRequest(name=asset.name, variant=variant)

        async def read() -> bytes:
            return b"".join([reply.data async for reply in self.stub.ReadImage(request, timeout=TIMEOUT_S)])

        made = asset.variants[variant]
        return Picture(variant, made.image.blob.media_type, await self._again(read), made.prompt.alt_text)

    def patience(self) -> Patience:
        """For a new series of tries."""
        return Patience(self._heard)

    async def _again(self, attempt: Callable[[], Awaitable[T]]) -> T:
        patience = self.patience()
        while True:
            try:
                answer = await attempt()
            except grpc.aio.AioRpcError as error:
                await asyncio.sleep(patience.next_delay_s(error_from(error)))
            else:
                self._heard = True
                return answer


class Job:
    """An asset in the making: iterate over its events, or ask for its result; both resume where a connection broke.

    `name` is empty until the first event. A second iteration goes on where the first one stopped.
    """

    def __init__(self, atelier: Atelier, *, order: Order | None = None, name: str = "", after: int = 0) -> None:
        self._atelier = atelier
        self._order = order
        self._position = Position(name, after)

    @property
    def name(self) -> str:
        """The asset's resource name."""
        return self._position.name

    async def __aiter__(self) -> AsyncIterator[pb.AssetEvent]:
        position, patience = self._position, self._atelier.patience()
        while position.final is None:
            try:
                async with aclosing(self._events()) as events:
                    async for event in events:
                        patience.progress()
                        if position.take(event):
                            yield event
                await self._ended()
            except AtelierError as error:
                await asyncio.sleep(patience.next_delay_s(error))

    async def result(self) -> pb.Asset:
        """The asset in its final state; waits for it."""
        async for _ in self:
            pass
        assert self._position.final is not None
        return self._position.final

    async def images(self) -> AsyncIterator[Picture]:
        """The pictures that were made; waits for the asset to be final."""
        asset = await self.result()
        for number in painted(asset):
            yield await self._atelier.picture(asset, number)

    async def _ended(self) -> None:
        """Look why a stream ended: with the final event, after it where somebody else read that, or early."""
        if self._position.final is not None:
            return
        asset = await self._atelier.get(self.name) if self.name else pb.Asset()
        if asset.state not in FINAL or asset.last_sequence > self._position.after:
            raise Unreachable(f"{self._atelier.target} ended the stream early")
        self._position.final = asset

    async def _events(self) -> AsyncGenerator[pb.AssetEvent, None]:
        call = self._open()
        try:
            async for reply in call:
                yield reply.event
        except grpc.aio.AioRpcError as error:
            raise error_from(error) from error
        finally:
            call.cancel()

    def _open(self) -> Call:
        if self.name:
            request = pb.WatchAssetRequest(name=self.name, after_sequence=self._position.after)
            return self._atelier.stub.WatchAsset(request)
        if self._order is None:
            raise AtelierError("a job is an order or the name of an asset")
        return self._atelier.stub.CreateAsset(request_for(self._order))


def request_for(order: Order) -> pb.CreateAssetRequest:
    """The request of an order; files are read by the gateway, which is not between here and the orchestrator."""
    if order.document is not None:
        raise Invalid("FIELD_INVALID", "a document can be sent over HTTP only", field="document")
    return order.to_request()


def error_from(error: grpc.aio.AioRpcError) -> AtelierError:
    """What a failed RPC means."""
    info, retry = error_details_pb2.ErrorInfo(), error_details_pb2.RetryInfo()
    details: dict[str, object] = {}
    for status in _statuses(error.trailing_metadata() or ()):
        for detail in status.details:
            if detail.Unpack(retry):
                details["retry_after_s"] = retry.retry_delay.ToMilliseconds() / 1000
            else:
                detail.Unpack(info)
    message = error.details() or error.code().name
    if not info.reason and error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
        return Unreachable(message)
    return error_for(info.reason or error.code().name, message, {**info.metadata, **details})


def _statuses(metadata: Iterable[tuple[str, str | bytes]]) -> Iterable[status_pb2.Status]:
    for key, value in metadata:
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            yield status_pb2.Status.FromString(value)
