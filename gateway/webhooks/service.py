"""The webhooks of a gateway as its handlers see them: checked, recorded, shown, forgotten."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from gateway.webhooks.addresses import AllowList
from gateway.webhooks.delivery import State, Subscription
from gateway.webhooks.dispatcher import Dispatcher
from gateway.webhooks.follower import Events, Follower
from gateway.webhooks.secretfile import SecretSource
from gateway.webhooks.sender import Sender
from gateway.webhooks.store import Store
from gateway.webhooks.target import Target, masked
from services.kit import telemetry
from services.kit.config import ConfigError
from services.kit.errors import Reason, ServiceError


class Webhooks:
    """Subscriptions in the file `path`, delivered from `events`.

    Raises:
        ConfigError: the secret or the allow list is none.
    """

    def __init__(self, path: Path, secret: str, allow: Iterable[str], events: Events) -> None:
        try:
            allowed = AllowList.parse(allow)
        except ValueError as error:
            raise ConfigError(f"ATELIER_GATEWAY_WEBHOOK_ALLOW: {error}") from None
        self._sender = Sender(allowed)
        self._store = Store(path)
        follower = Follower(events, self._store, self._sender, SecretSource(secret, secret_path(path)))
        self._dispatcher = Dispatcher(self._store, follower, path.with_name(path.name + ".lock"))

    def start(self) -> None:
        """Go on where the process before stopped."""
        self._dispatcher.start()

    async def stop(self, grace_s: float) -> None:
        """Stop delivering; what is not delivered yet is when the gateway runs again."""
        await self._dispatcher.stop(grace_s)

    async def close(self) -> None:
        """Close the file, once no handler uses it any more."""
        await self._store.close()

    async def check(self, target: Target) -> None:
        """Refuse a target that could not be reached or recorded, before anything is made for it.

        Raises:
            ServiceError: FIELD_INVALID with the field `webhook.url`, STORE_UNAVAILABLE.
        """
        await self._sender.check(target.url)
        await self._store.prepare()

    async def subscribe(self, asset: str, target: Target) -> None:
        """Record where the events of an asset go; when this returns, it is on disk.

        Raises:
            ServiceError: REQUEST_ID_REUSED where the asset has another target, STORE_UNAVAILABLE.
        """
        now_s = time.time()
        wanted = Subscription(asset, target.url, target.events, telemetry.traceparent(), now_s, now_s)
        found = await self._store.add(wanted)
        if (found.url, set(found.events)) != (wanted.url, set(wanted.events)):
            message = "the idempotency key was used before with another webhook"
            raise ServiceError(Reason.REQUEST_ID_REUSED, message, field="webhook")
        self._dispatcher.wake()

    async def resume(self, asset: str) -> None:
        """Look now for what follows the end of a log that goes on."""
        await self._store.hurry(asset, time.time())
        self._dispatcher.wake()

    async def status(self, asset: str) -> dict[str, object] | None:
        """How far the deliveries of an asset have come; None where it has no webhook."""
        found = await self._store.get(asset)
        return None if found is None else describe(found)

    async def forget(self, asset: str) -> None:
        """Delete the subscription of an asset and end its deliveries."""
        await self._store.delete(asset)
        await self._dispatcher.drop(asset)


def secret_path(path: Path) -> Path:
    """Where the secret is that goes with the subscriptions in `path`."""
    return path.with_name("webhook-secret")


def describe(subscription: Subscription) -> dict[str, object]:
    """A subscription for its owner; what is not known yet is left out."""
    shown: dict[str, object] = {
        "url": masked(subscription.url),
        "events": list(subscription.events),
        "state": str(subscription.state),
        "lastDeliveredSequence": subscription.delivered,
        "attempts": subscription.attempts,
    }
    if subscription.state is State.ACTIVE:
        shown["nextAttemptTime"] = _time(subscription.next_attempt_s)
    if subscription.last_attempt_s:
        shown["lastAttemptTime"] = _time(subscription.last_attempt_s)
    if subscription.last_status:
        shown["lastStatus"] = subscription.last_status
    if subscription.last_problem:
        shown["lastProblem"] = subscription.last_problem
    return shown


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
