"""The handler of /v1/images/generations: OpenAI's way of asking for pictures, on the same durable assets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

import pybase64
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from gateway import intake, openai_shape, problems, reading, sse, waiting
from gateway.answers import json_response
from gateway.config import Config
from gateway.messages import JSON_TYPES
from gateway.openai_shape import ImageOrder, Picture
from gateway.owned import OwnedAssets
from gateway.reading import principal
from gateway.upstream import Spot
from services.kit import telemetry
from services.kit.errors import Reason, ServiceError

# After these a picture may be there to give out; one that is still to be judged is not.
FRUITFUL = ("variant_imaged", "image_moderated", "variant_reviewed", "finished")


class ImageRoutes:
    """The handlers of one gateway; `draining` ends its streams."""

    def __init__(self, config: Config, assets: OwnedAssets, draining: asyncio.Event) -> None:
        self._config = config
        self._assets = assets
        self._draining = draining

    async def generate(self, request: Request) -> Response:
        """Make pictures, and answer when they are there, or as they come."""
        order = await self._order(request)
        first = await self._assets.start(principal(request), order.request)
        if order.stream:
            headers = {**sse.HEADERS, "Location": f"/v1/{first.asset}"}
            return StreamingResponse(self._streamed(first.asset), media_type=sse.MEDIA_TYPE, headers=headers)
        asset, events = await self._settled(first.asset)
        base = self._base_url(request) if order.as_url else ""
        pictures = [await self._picture(asset, number, base) for number in painted(asset)]
        if not pictures:
            raise openai_shape.failure(asset)
        return json_response(openai_shape.answer(asset, pictures, events), 200, {"Location": f"/v1/{asset.name}"})

    async def _order(self, request: Request) -> ImageOrder:
        if intake.content_type(request.headers.get("content-type", "")).media_type not in JSON_TYPES:
            raise HTTPException(415, "send application/json")
        key = intake.read_key(request.headers.get("idempotency-key"))
        body = await reading.read_body(request, intake.MAX_BODY_BYTES, self._config.body_timeout_s)
        return openai_shape.read(body, key)

    async def _settled(self, name: str) -> tuple[pb.Asset, list[pb.AssetEvent]]:
        """The asset once nothing goes on by itself, and the events that led to that."""
        events = await waiting.all_events(self._assets.settling(name), self._config.max_wait_s, self._draining)
        if not events:
            raise self._left(name)
        return await self._asset(events[-1]), events

    async def _asset(self, last: pb.AssetEvent) -> pb.Asset:
        """The asset after its last event for now."""
        return last.finished.asset if last.HasField("finished") else await self._assets.now(last.asset)

    def _left(self, name: str) -> ServiceError:
        """Why an answer goes out before the work is done, and where the rest can be found."""
        if self._draining.is_set():
            return ServiceError(Reason.SERVICE_UNREACHABLE, f"the server restarts; see /v1/{name}", retry_after_s=1)
        message = f"{name} is still in work after {self._config.max_wait_s:g} s; see /v1/{name}"
        return ServiceError(Reason.DEADLINE_EXCEEDED, message)

    async def _streamed(self, name: str) -> AsyncIterator[bytes]:
        """The events of one answer. One that ends early says so, or a client would take it for a whole one."""
        stream = sse.with_heartbeats(self._completed(name), self._config.heartbeat_s, self._draining)
        last = b""
        async for item in stream:
            last = item if item != sse.HEARTBEAT else last
            yield item
        if not last.startswith((openai_shape.DONE, openai_shape.ERROR)):
            yield openai_shape.error_event(problems.from_error(self._left(name), trace_id=telemetry.trace_id()))

    async def _completed(self, name: str) -> AsyncIterator[bytes]:
        """One event for each picture, as soon as it is there; an error event where there is none at all."""
        events: list[pb.AssetEvent] = []
        given: set[int] = set()
        try:
            async with aclosing(self._assets.settling(name)) as source:
                async for event in source:
                    events.append(event)
                    if event.WhichOneof("kind") in FRUITFUL:
                        now = await self._asset(event)
                        for number in painted(now):
                            if number not in given:
                                given.add(number)
                                picture = Picture(now.variants[number], await self._base64(name, number), "")
                                yield openai_shape.completed(picture, int(time.time()), events)
            if not given:
                raise openai_shape.failure(await self._asset(events[-1]))
            yield openai_shape.DONE
        except ServiceError as error:
            yield openai_shape.error_event(problems.from_error(error, trace_id=telemetry.trace_id()))

    async def _picture(self, asset: pb.Asset, number: int, base: str) -> Picture:
        variant = asset.variants[number]
        if base:
            return Picture(variant, "", f"{base}/v1/{asset.name}/variants/{number}/image")
        return Picture(variant, await self._base64(asset.name, number), "")

    async def _base64(self, name: str, number: int) -> str:
        pieces = [piece async for piece in self._assets.read_image(name, Spot(number))]
        encoded = await asyncio.to_thread(pybase64.b64encode_as_string, b"".join(pieces))
        return str(encoded)

    def _base_url(self, request: Request) -> str:
        return self._config.public_url.rstrip("/") or str(request.base_url).rstrip("/")


def painted(asset: pb.Asset) -> list[int]:
    """The variants that have a picture."""
    return [number for number, variant in enumerate(asset.variants) if variant.image.blob.digest]
