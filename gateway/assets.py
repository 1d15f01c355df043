"""The handlers of /v1/assets: what a request asks for, done with the assets that are there for its principal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from gateway import changes, intake, problems, reading, sse, waiting
from gateway.answers import json_response, proto_response
from gateway.config import Config
from gateway.messages import refuse_unknown
from gateway.owned import OwnedAssets
from gateway.reading import asset_name, principal
from gateway.webhooks import request as webhook_request
from gateway.webhooks.service import Webhooks
from gateway.webhooks.target import Target
from gateway.worker import Documents
from services.kit import telemetry
from services.kit.errors import ServiceError, invalid_field

MAX_CHANGE_BYTES = 64 * 1024


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
        query, validate_only = intake.take_validate_only(reading.query_pairs(request))
        order, target = await self._order(request, query)
        if target is not None:
            await self._webhooks.check(target)
        if validate_only:
            return proto_response(await self._assets.preview(who, order))
        first = await self._assets.start(who, order)
        return await self._begun(request, first.asset, target)

    async def replay(self, request: Request) -> Response:
        """Run an asset again as a new one; answer as `create` does."""
        key = intake.read_key(request.headers.get("idempotency-key"))
        query, target = webhook_request.from_query(reading.query_pairs(request))
        refuse_unknown((name for name, _ in query), webhook_request.PARAMETERS)
        await reading.read_body(request, MAX_CHANGE_BYTES, self._config.body_timeout_s)
        if target is not None:
            await self._webhooks.check(target)
        order = pb.ReplayAssetRequest(name=asset_name(request), request_id=key)
        first = await self._assets.replay(principal(request), order)
        return await self._begun(request, first.asset, target)

    async def review(self, request: Request) -> Response:
        """Record what a person decided about a variant, or about the content."""
        who = principal(request)
        body = await reading.json_body(request, MAX_CHANGE_BYTES, self._config.body_timeout_s)
        reviewed = await self._assets.review(who, changes.read_review(asset_name(request), body, who))
        await self._webhooks.resume(reviewed.name)
        return proto_response(reviewed)

    async def update(self, request: Request) -> Response:
        """Change the texts of a variant."""
        body = await reading.json_body(request, MAX_CHANGE_BYTES, self._config.body_timeout_s)
        updated = await self._assets.update(principal(request), changes.read_update(asset_name(request), body))
        await self._webhooks.resume(updated.name)
        return proto_response(updated)

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
        if after == now.last_sequence and now.state in waiting.FINAL:
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

    async def _begun(self, request: Request, name: str, target: Target | None) -> Response:
        """The answer for an asset that was recorded just now."""
        if target is not None:
            await self._webhooks.subscribe(name, target)
        location = {"Location": f"/v1/{name}"}
        if reading.wants_events(request):
            return self._events(name, 0, location)
        wait_s = min(reading.preferred_wait_s(request.headers.get("prefer", "")), self._config.max_wait_s)
        settled = await self._settled(name, wait_s) if wait_s > 0 else None
        if settled is not None and settled.state in waiting.FINAL:
            return proto_response(settled, 200, {**location, "Preference-Applied": f"wait={wait_s:g}"})
        return proto_response(settled or await self._assets.get(principal(request), name), 202, location)

    async def _order(
        self, request: Request, query: webhook_request.Pairs
    ) -> tuple[pb.CreateAssetRequest, Target | None]:
        """What the request asks for, read from whichever kind of body it has, and where its events are to go."""
        header = request.headers.get("content-type", "")
        key = intake.read_key(request.headers.get("idempotency-key"))
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

    async def _settled(self, name: str, wait_s: float) -> pb.Asset | None:
        """The asset once nothing goes on by itself, if that is so in time: it is final, or waits for a review."""
        source = self._assets.settling(name)
        events = await waiting.all_events(source, wait_s, self._draining)
        if not events:
            return None
        return events[-1].finished.asset if events[-1].HasField("finished") else await self._assets.now(name)
