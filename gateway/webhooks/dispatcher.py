"""Which subscriptions are followed now: those that are due, by one process for each file, some of them at once."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

from gateway.webhooks.delivery import Subscription
from gateway.webhooks.follower import Follower
from gateway.webhooks.store import Store
from services.kit import telemetry
from services.kit.errors import ServiceError

log = telemetry.get_logger(__name__)

MAX_FOLLOWED = 1000
# How soon a subscription is seen that another process recorded in the same file.
POLL_S = 2.0
PURGE_EVERY_S = 3600.0
# An ended subscription has to outlive the idempotency key that made it, 7 days.
KEPT_S = 30 * 24 * 3600.0


class Dispatcher:
    """Starts a follower for each due subscription and starts it again when it is due once more."""

    def __init__(self, store: Store, follower: Follower, lock: Path) -> None:
        self._store = store
        self._follower = follower
        self._lock = lock
        self._locked: int | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()
        self._purged_s = 0.0
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with what is due."""
        self._loop = asyncio.create_task(self._run(), name="webhooks")

    def wake(self) -> None:
        """Look at once for what is due."""
        self._changed.set()

    async def drop(self, asset: str) -> None:
        """End the work on an asset."""
        task = self._running.get(asset)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def stop(self, grace_s: float) -> None:
        """Take nothing new, let requests under way finish within the grace, and leave the rest to the next start."""
        self._follower.stopping = True
        tasks = set(self._running.values())
        if self._loop is not None:
            self._loop.cancel()
            tasks.add(self._loop)
        for asset, task in self._running.items():
            if not self._follower.is_sending(asset):
                task.cancel()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace_s)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        if self._locked is not None:
            os.close(self._locked)

    async def _run(self) -> None:
        while True:
            self._changed.clear()
            try:
                pause_s = await self._round()
            except (ServiceError, OSError) as error:
                log.error("webhooks wait for their store", error=str(error))
                pause_s = POLL_S
            except Exception:
                log.exception("a defect ended a look for due webhooks")
                pause_s = POLL_S
            with suppress(TimeoutError):
                async with asyncio.timeout(pause_s):
                    await self._changed.wait()

    async def _round(self) -> float:
        """Start what is due; returns the pause until the next look."""
        if not self._store.exists() or not self._owns_file():
            return POLL_S
        now_s = time.time()
        if now_s - self._purged_s > PURGE_EVERY_S:
            self._purged_s = now_s
            await self._store.purge(now_s - KEPT_S)
        for subscription in await self._store.due(now_s, MAX_FOLLOWED):
            if subscription.asset not in self._running and len(self._running) < MAX_FOLLOWED:
                self._start(subscription)
        next_s = await self._store.next_due_s(now_s)
        return POLL_S if next_s is None else min(POLL_S, max(0.0, next_s - time.time()))

    def _start(self, subscription: Subscription) -> None:
        task = asyncio.create_task(self._follow(subscription), name=f"webhook of {subscription.asset}")
        self._running[subscription.asset] = task
        task.add_done_callback(lambda _: self._ended(subscription.asset))

    async def _follow(self, subscription: Subscription) -> None:
        try:
            await self._follower.follow(subscription)
        except Exception:
            log.exception("a defect ended the work on a webhook", asset=subscription.asset)
            # It is still due; without a pause this would go round as fast as it can.
            await asyncio.sleep(POLL_S)

    def _ended(self, asset: str) -> None:
        del self._running[asset]
        self._changed.set()

    def _owns_file(self) -> bool:
        """Whether this process is the one that delivers; the lock goes with the process, however it ends."""
        if self._locked is None:
            descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return False
            self._locked = descriptor
        return True
