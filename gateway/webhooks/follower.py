"""One subscription at work: its asset's log read from where it stands, each wanted event delivered before the next."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Protocol

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway import sse
from gateway.webhooks import delivery, signing
from gateway.webhooks.delivery import State, Subscription
from gateway.webhooks.secretfile import SecretSource
from gateway.webhooks.sender import Sender
from gateway.webhooks.slots import HostSlots
from gateway.webhooks.store import Store
from gateway.webhooks.target import JSON_NAMES, parse_url
from services.kit import telemetry
from services.kit.errors import Reason, ServiceError

log = telemetry.get_logger(__name__)

AT_ONCE = 32
AT_ONCE_PER_HOST = 4
# Pause after a trouble of our own, such as an orchestrator that is away.
TROUBLE_PAUSE_S = 5.0
# So long a replica of the orchestrator may not know of an asset that another one has just made.
NEWS_TRAVEL_S = 60.0


class Events(Protocol):
    """Where events come from: after a sequence number up to the final one."""

    def watch(self, name: str, after: int) -> AsyncGenerator[pb.AssetEvent, None]:
        """Events of one asset."""


class Follower:
    """Follows subscriptions; each one until an event could not be delivered, or none is left."""

    def __init__(self, events: Events, store: Store, sender: Sender, secrets: SecretSource) -> None:
        self._events = events
        self._store = store
        self._sender = sender
        self._secrets = secrets
        self._slots = HostSlots(AT_ONCE, AT_ONCE_PER_HOST)
        self._sending: set[str] = set()
        self.stopping = False

    def is_sending(self, asset: str) -> bool:
        """Whether a request for this asset is under way."""
        return asset in self._sending

    async def follow(self, subscription: Subscription) -> None:
        """Deliver what is due, and record how far it came."""
        with telemetry.trace(subscription.traceparent):
            try:
                await self._follow(subscription)
            except ServiceError as error:
                await self._failed(subscription, error)

    async def _follow(self, now: Subscription) -> None:
        # A stream that ends behind a final event has come to the end of the log; elsewhere a server went away in good
        # order. A final event alone is no end: the log may go on behind it.
        ended = now.state is State.COMPLETE
        async with aclosing(self._events.watch(now.asset, now.delivered)) as events:
            async for event in events:
                ended = event.HasField("finished")
                if now.wants(JSON_NAMES[str(event.WhichOneof("kind"))]):
                    after = await self._deliver(now, event)
                    if after is None or after.state not in delivery.LIVE or after.delivered != event.sequence:
                        return
                    now = after
                if self.stopping:
                    return
        if ended:
            await self._store.save(delivery.completed(now, time.time()))
        else:
            await self._postpone(now)

    async def _deliver(self, now: Subscription, event: pb.AssetEvent) -> Subscription | None:
        """Make one attempt and record its outcome; None where the subscription is not there any more."""
        host = parse_url(now.url).host or ""
        async with self._slots.take(host):
            self._sending.add(now.asset)
            try:
                return await self._attempt(now, event, host)
            finally:
                self._sending.discard(now.asset)

    async def _attempt(self, now: Subscription, event: pb.AssetEvent, host: str) -> Subscription | None:
        body = sse.event_data(event)
        secrets: Sequence[str] = await asyncio.to_thread(self._secrets.current)
        began_s = time.time()
        identifier = signing.message_id(event.asset, event.sequence)
        outcome = await self._sender.post(now.url, signing.headers(secrets, identifier, began_s, body), body)
        after = delivery.attempted(
            now, event.sequence, outcome, began_s=began_s, now_s=time.time(), jitter=random.random()
        )
        if outcome.is_success and event.HasField("finished"):
            after = delivery.completed(after, time.time())
        known = await self._store.save(after)
        fields = {"asset": now.asset, "sequence": event.sequence, "host": host, "status": outcome.status}
        if outcome.is_success:
            log.info("webhook delivered", **fields)
        else:
            log.warning(
                "webhook failed", problem=after.last_problem, attempts=after.attempts, state=after.state, **fields
            )
        return after if known else None

    async def _failed(self, begun: Subscription, error: ServiceError) -> None:
        """Decide what a trouble of our own means for the subscription as the store has it now."""
        now = await self._store.get(begun.asset)
        if now is None or now.state not in delivery.LIVE:
            return
        log.warning("webhook waits", asset=now.asset, error=str(error))
        if error.reason is Reason.ASSET_UNKNOWN and time.time() - now.create_time_s > NEWS_TRAVEL_S:
            await self._store.delete(now.asset)
        elif error.reason in (Reason.EVENTS_EXPIRED, Reason.FIELD_INVALID):
            await self._store.save(delivery.expired(now))
        else:
            await self._postpone(now)

    async def _postpone(self, now: Subscription) -> None:
        pause_s = TROUBLE_PAUSE_S * (0.5 + random.random() / 2)
        await self._store.save(delivery.postponed(now, time.time() + pause_s))
