"""The handlers of /v1/assets: what a request asks for, done with the assets that are there for its principal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from gateway import intake, pictures, problems, reading, sse, waiting
from gateway.answers import json_response, proto_response
from gateway.config import Config
from gateway.keys import Principal
from gateway.owned import OwnedAssets
from gateway.webhooks import request as webhook_request
from gateway.webhooks.service import Webhooks
from gateway.webhooks.target import Target
from gateway.worker import Documents
from services.kit import telemetry
from services.kit.errors import ServiceError, invalid_field


class AssetRoutes:
    """The handlers of one gateway; `draining` ends its streams."""

    def __init__(self, config: Config, assets: OwnedAssets, draining: asyncio.Event, webhooks: Webhooks) -> None:
        self._config = config
        self._assets = assets
        self._draining = draining
        self._webhooks = webhooks
        self._documents = Documents()

    async def create(self, request: Request) -> Response:
        """Record an asset; answer with it, with its events, or with the result if the client waits for it."""
        who = principal(request)
        order, target = await self._order(request)
        if target is not None:
            await self._webhooks.check(target)
        first = await self._assets.start(who, order)
        if target is not None:
            await self._webhooks.subscribe(first.asset, target)
        location = {"Location": f"/v1/{first.asset}"}
        if reading.wants_events(request):
            return self._events(first.asset, 0, location)
        wait_s = min(reading.preferred_wait_s(request.headers.get("prefer", "")), self._config.max_wait_s)
        if wait_s > 0:
            final = await self._final(first.asset, wait_s)
            if final is not None:
                return proto_response(final, 200, {**location, "Preference-Applied": f"wait={wait_s:g}"})
        return proto_response(await self._assets.get(who, first.asset), 202, location)

    async def get(self, request: Request) -> Response:
        """The asset as it is now."""
        return proto_response(await self._assets.get(principal(request), asset_name(request)))

    async def list(self, request: Request) -> Response:
        """One page of assets, newest first."""
        order = intake.read_list(reading.query_pairs(request))
        return proto_response(await self._assets.list(principal(request), order))

    async def watch(self, request: Request) -> Response:
        """The asset's events as server-sent events, after `Last-Event-ID` or `after_sequence`."""
        after = reading.after_sequence(request)
        now = await self._assets.get(principal(request), asset_name(request))
        if after == now.last_sequence and now.state >= pb.Asset.STATE_SUCCEEDED:
            # The answer that keeps an EventSource from connecting again after the last event.
            return Response(status_code=204)
        if not 0 <= after <= now.last_sequence:
            raise invalid_field(
                "after_sequence", f"is {after}; the log ends at {now.last_sequence}", f"0 to {now.last_sequence}"
            )
        if request.method == "HEAD":
            return Response(headers=sse.HEADERS, media_type=sse.MEDIA_TYPE)
        return self._events(now.name, after, {})

    async def cancel(self, request: Request) -> Response:
        """Ask for the work to stop."""
        return proto_response(await self._assets.cancel(principal(request), asset_name(request)))

    async def delete(self, request: Request) -> Response:
        """Forget an asset that is final."""
        await self._assets.delete(principal(request), asset_name(request))
        await self._webhooks.forget(asset_name(request))
        return Response(status_code=204)

    async def webhook(self, request: Request) -> Response:
        """How far the deliveries of the asset's webhook have come."""
        now = await self._assets.get(principal(request), asset_name(request))
        status = await self._webhooks.status(now.name)
        return Response(status_code=204) if status is None else json_response(status)

    async def image(self, request: Request) -> Response:
        """The bytes of one variant's picture."""
        variant: str = request.path_params["variant"]
        now = await self._assets.get(principal(request), asset_name(request))
        blob = reading.blob_of(now, variant)
        tag = pictures.etag(blob.digest)
        headers = {"ETag": tag, "Cache-Control": pictures.CACHE_CONTROL, "Accept-Ranges": "bytes"}
        if pictures.matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        span = reading.wanted_span(request, blob.size_bytes, tag)
        headers["Content-Length"] = str(span.length if span else blob.size_bytes)
        if span:
            headers["Content-Range"] = span.content_range(blob.size_bytes)
        status = 206 if span else 200
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers, media_type=blob.media_type)
        pieces = self._assets.read_image(now.name, int(variant))
        # The first piece is awaited before the status goes out, so that a damaged picture is a problem and no 200.
        body = await opened(pictures.cut(pieces, span) if span else pieces)
        return StreamingResponse(body, status_code=status, headers=headers, media_type=blob.media_type)

    async def _order(self, request: Request) -> tuple[pb.CreateAssetRequest, Target | None]:
        """What the request asks for, read from whichever kind of body it has, and where its events are to go."""
        header = request.headers.get("content-type", "")
        key = intake.read_key(request.headers.get("idempotency-key"))
        query = reading.query_pairs(request)
        timeout_s = self._config.body_timeout_s
        if not intake.is_upload(header):
            body = await reading.read_body(request, intake.MAX_BODY_BYTES, timeout_s)
            body, query, target = webhook_request.take(header, body, query)
            return intake.read_request(header, body, query, key), target
        body = await reading.read_body(request, intake.MAX_UPLOAD_BYTES, timeout_s)
        query, target = webhook_request.from_query(query)
        upload = intake.read_upload(header, body, query)
        content, content_type = await self._documents.read(upload.kind, upload.data)
        asset = pb.Asset(content=content, content_type=content_type, recipe=upload.recipe)
        return pb.CreateAssetRequest(asset=asset, request_id=key), target

    def _events(self, name: str, after: int, headers: dict[str, str]) -> Response:
        stream = sse.with_heartbeats(self._encoded(name, after), self._config.heartbeat_s, self._draining)
        return StreamingResponse(sse.opened(stream), media_type=sse.MEDIA_TYPE, headers={**sse.HEADERS, **headers})

    async def _encoded(self, name: str, after: int) -> AsyncIterator[bytes]:
        try:
            async with aclosing(self._assets.watch(name, after)) as events:
                async for event in events:
                    yield sse.encode_event(event)
        except ServiceError as error:
            yield sse.encode_problem(problems.from_error(error, trace_id=telemetry.trace_id()).body)

    async def _final(self, name: str, wait_s: float) -> pb.Asset | None:
        """The final asset, if it is ready in time."""
        events = await waiting.all_events(self._assets.watch(name, 0), wait_s, self._draining)
        return events[-1].finished.asset if events else None


def principal(request: Request) -> Principal:
    """Who makes the request, as the access middleware found out."""
    who = request.state.principal
    assert isinstance(who, Principal)
    return who


def asset_name(request: Request) -> str:
    """The resource name that stands in the path."""
    return f"assets/{request.path_params['asset']}"


async def opened(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, with the first one already there."""
    first = await anext(pieces, b"")

    async def chained() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return chained()
