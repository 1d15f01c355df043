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
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from types import TracebackType
from typing import Self, TypeAlias, TypeVar, Unpack

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc as rpc
from atelier.style.v1 import style_pb2, style_pb2_grpc
from atelier.type.v1.provenance_pb2 import Verification
from google.protobuf.duration_pb2 import Duration

from .errors import AtelierError, Invalid, Unreachable
from .grpc_errors import error_from
from .order import FINAL, Options, Order, Picture, decision_value, format_at, image_at, new_request_id, painted_spots
from .resume import Patience, Position

T = TypeVar("T")
Call: TypeAlias = (
    "grpc.aio.UnaryStreamCall[pb.WatchAssetRequest, pb.WatchAssetResponse]"
    " | grpc.aio.UnaryStreamCall[pb.CreateAssetRequest, pb.CreateAssetResponse]"
    " | grpc.aio.UnaryStreamCall[pb.ReplayAssetRequest, pb.ReplayAssetResponse]"
)

DEFAULT_TARGET = "dns:///127.0.0.1:50050"
TIMEOUT_S = 30.0
# Pictures are encoded and signed again before this answers.
UPDATE_TIMEOUT_S = 120.0
PIECE_BYTES = 256 * 1024
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
        self._styles = style_pb2_grpc.StyleServiceStub(self._channel)
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

    async def preview(self, content: str, **options: Unpack[Options]) -> pb.Preview:
        """What `create` would lead to and cost; nothing is made."""
        return await self.preview_order(Order(content, **options))

    async def preview_order(self, order: Order) -> pb.Preview:
        """What an order would lead to and cost; nothing is made."""
        request = request_for(order)
        request.validate_only = True

        async def previewed() -> pb.Preview:
            call = self.stub.CreateAsset(request, timeout=TIMEOUT_S)
            return await anext(answer.preview async for answer in call)

        return await self._again(previewed)

    def replay(self, name: str, request_id: str = "") -> Job:
        """Run an asset again as a new one; `replay` of the result says whether the pictures came out the same."""
        return Job(self, replay=pb.ReplayAssetRequest(name=name, request_id=request_id or new_request_id()))

    def watch(self, name: str, after: int = 0) -> Job:
        """The events of an asset after a sequence number, until nothing goes on by itself."""
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

    async def review(
        self, name: str, decision: str, *, reviewer: str, variant: int | None = None, note: str = ""
    ) -> pb.Asset:
        """Decide, "approve" or "reject", about a variant that waits or was blocked; without one, about the content."""
        request = pb.ReviewVariantRequest(
            name=name, decision=decision_value(decision), variant=variant, reviewer=reviewer, note=note
        )
        return (await self._again(lambda: self.stub.ReviewVariant(request, timeout=TIMEOUT_S))).asset

    async def update(
        self,
        name: str,
        variant: int = 0,
        *,
        alt_text: str | None = None,
        caption: str | None = None,
        language: str | None = None,
    ) -> pb.Asset:
        """Change texts of a variant; its pictures are stored and signed anew. What is None stays."""
        texts = {"alt_text": alt_text, "caption": caption, "language": language}
        request = pb.UpdateAssetRequest(name=name, variant=variant, **texts)
        return (await self._again(lambda: self.stub.UpdateAsset(request, timeout=UPDATE_TIMEOUT_S))).asset

    async def picture(
        self, asset: pb.Asset, variant: int, rendition: int = 0, *, held: bool = False, preview: int = 0
    ) -> Picture:
        """One picture; `preview` asks for a JPEG with at most so many pixels a side, `held` for one under review."""
        request = pb.ReadImageRequest(
            name=asset.name, variant=variant, rendition=rendition, held=held, preview_side=preview
        )

        async def read() -> bytes:
            return b"".join([reply.data async for reply in self.stub.ReadImage(request, timeout=TIMEOUT_S)])

        kind = "image/jpeg" if preview else image_at(asset, variant, rendition).blob.media_type
        alt_text, form = asset.variants[variant].prompt.alt_text, format_at(asset, variant, rendition)
        return Picture(variant, kind, await self._again(read), alt_text, rendition, form)

    async def link(
        self, name: str, variant: int, rendition: int = 0, lifetime_s: int = 3600
    ) -> pb.SignImageUrlResponse:
        """A link under which anybody can read a picture for a while."""
        request = pb.SignImageUrlRequest(
            name=name, variant=variant, rendition=rendition, lifetime=Duration(seconds=lifetime_s)
        )
        return await self._again(lambda: self.stub.SignImageUrl(request, timeout=TIMEOUT_S))

    async def verify(self, data: bytes) -> Verification:
        """What a picture file says about its origin, and whether it was changed."""

        def pieces() -> Iterator[pb.VerifyImageRequest]:
            for start in range(0, max(1, len(data)), PIECE_BYTES):
                yield pb.VerifyImageRequest(data=data[start : start + PIECE_BYTES])

        return (await self._again(lambda: self.stub.VerifyImage(pieces(), timeout=TIMEOUT_S))).verification

    async def usage(self, from_day: str = "", until_day: str = "", owner: str = "") -> pb.GetUsageResponse:
        """What assets cost, by owner and day; days are "YYYY-MM-DD", UTC, the last 30 if left out."""
        request = pb.GetUsageRequest(from_day=from_day, until_day=until_day, owner=owner)
        return await self._again(lambda: self.stub.GetUsage(request, timeout=TIMEOUT_S))

    async def policies(self) -> pb.ListPoliciesResponse:
        """The content policies, the default one first."""
        return await self._again(lambda: self.stub.ListPolicies(pb.ListPoliciesRequest(), timeout=TIMEOUT_S))

    async def styles(self) -> style_pb2.ListStylesResponse:
        """The newest version of every brand style."""
        return await self._again(lambda: self._styles.ListStyles(style_pb2.ListStylesRequest(), timeout=TIMEOUT_S))

    async def style(self, name: str, version: int = 0) -> style_pb2.Style:
        """A brand style; 0 is its newest version."""
        request = style_pb2.GetStyleRequest(name=name, version=version)
        return (await self._again(lambda: self._styles.GetStyle(request, timeout=TIMEOUT_S))).style

    async def create_style(self, style: style_pb2.Style) -> style_pb2.Style:
        """Make a brand style. Sent once only: a second try could not tell its own first from somebody else's."""
        request = style_pb2.CreateStyleRequest(style=style)
        return (await self._once(lambda: self._styles.CreateStyle(request, timeout=TIMEOUT_S))).style

    async def update_style(self, style: style_pb2.Style) -> style_pb2.Style:
        """Make the next version of a brand style, from `style.version` where that is set."""
        request = style_pb2.UpdateStyleRequest(style=style)
        return (await self._once(lambda: self._styles.UpdateStyle(request, timeout=TIMEOUT_S))).style

    async def delete_style(self, name: str) -> None:
        """End a brand style; what was made with it stays as it is."""
        request = style_pb2.DeleteStyleRequest(name=name)
        await self._again(lambda: self._styles.DeleteStyle(request, timeout=TIMEOUT_S))

    def patience(self) -> Patience:
        """For a new series of tries."""
        return Patience(self._heard)

    async def _again(self, attempt: Callable[[], Awaitable[T]]) -> T:
        patience = self.patience()
        while True:
            try:
                return await self._once(attempt)
            except AtelierError as error:
                await asyncio.sleep(patience.next_delay_s(error))

    async def _once(self, attempt: Callable[[], Awaitable[T]]) -> T:
        try:
            answer = await attempt()
        except grpc.aio.AioRpcError as error:
            raise error_from(error) from error
        self._heard = True
        return answer


class Job:
    """An asset in the making: iterate over its events, or ask for its result; both resume where a connection broke.

    `name` is empty until the first event. Both come to an end when nothing goes on by itself: the asset is final, or it
    waits for a review. To iterate again after that waits for what a person decides.
    """

    def __init__(
        self,
        atelier: Atelier,
        *,
        order: Order | None = None,
        replay: pb.ReplayAssetRequest | None = None,
        name: str = "",
        after: int = 0,
    ) -> None:
        self._atelier = atelier
        self._order = order
        self._replay = replay
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
                            if event.HasField("review_requested") and await self._waits():
                                return
                await self._ended()
            except AtelierError as error:
                # Behind a final event there is most likely nothing; it is not worth waiting for a server to come back.
                if position.final is None:
                    await asyncio.sleep(patience.next_delay_s(error))

    async def result(self) -> pb.Asset:
        """The asset once nothing goes on by itself: in a final state, or in STATE_NEEDS_REVIEW; waits for that."""
        if self._position.rest is None:
            async for _ in self:
                pass
        assert self._position.rest is not None
        return self._position.rest

    async def images(self) -> AsyncIterator[Picture]:
        """The pictures that were made, in all formats; waits as `result` does."""
        asset = await self.result()
        for variant, rendition in painted_spots(asset):
            yield await self._atelier.picture(asset, variant, rendition)

    async def _waits(self) -> bool:
        """Whether nothing came after the event that asks for a review; the log tells of many that are long decided."""
        asset = await self._atelier.get(self.name)
        if asset.last_sequence == self._position.after:
            self._position.waiting = asset
        return self._position.waiting is not None

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
        if self._replay is not None:
            return self._atelier.stub.ReplayAsset(self._replay)
        if self._order is None:
            raise AtelierError("a job is an order, a replay, or the name of an asset")
        return self._atelier.stub.CreateAsset(request_for(self._order))


def request_for(order: Order) -> pb.CreateAssetRequest:
    """The request of an order; files are read by the gateway, which is not between here and the orchestrator."""
    if order.document is not None:
        raise Invalid("FIELD_INVALID", "a document can be sent over HTTP only", field="document")
    return order.to_request()
