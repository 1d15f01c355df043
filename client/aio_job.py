"""An asset in the making, over gRPC: its events without gap or duplicate while servers and connections break."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TYPE_CHECKING, TypeAlias

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from .connection import CONNECTING_S
from .errors import AtelierError, Invalid, Unreachable
from .grpc_errors import error_from
from .order import FINAL, Order, Picture, painted_spots
from .resume import Position

if TYPE_CHECKING:
    from .aio import Atelier

Call: TypeAlias = (
    "grpc.aio.UnaryStreamCall[pb.WatchAssetRequest, pb.WatchAssetResponse]"
    " | grpc.aio.UnaryStreamCall[pb.CreateAssetRequest, pb.CreateAssetResponse]"
    " | grpc.aio.UnaryStreamCall[pb.ReplayAssetRequest, pb.ReplayAssetResponse]"
)


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
        position, patience = self._position, self._atelier.connection.patience()
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
        call, begun_s, told = self._open(), time.monotonic(), False
        try:
            async for reply in call:
                told = True
                yield reply.event
        except grpc.aio.AioRpcError as error:
            took_s = time.monotonic() - begun_s
            # A stream that stood for longer had a server at its other end.
            raise error_from(error, 0.0 if told or took_s > 2 * CONNECTING_S else took_s) from error
        finally:
            call.cancel()

    def _open(self) -> Call:
        if self.name:
            request = pb.WatchAssetRequest(name=self.name, after_sequence=self._position.after)
            return self._atelier.connection.stub.WatchAsset(request)
        if self._replay is not None:
            return self._atelier.connection.stub.ReplayAsset(self._replay)
        if self._order is None:
            raise AtelierError("a job is an order, a replay, or the name of an asset")
        return self._atelier.connection.stub.CreateAsset(request_for(self._order))


def request_for(order: Order) -> pb.CreateAssetRequest:
    """The request of an order; files are read by the gateway, which is not between here and the orchestrator."""
    if order.document is not None:
        raise Invalid("FIELD_INVALID", "a document can be sent over HTTP only", field="document")
    return order.to_request()
