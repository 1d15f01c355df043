"""Bounds on how many deliveries run at once: over all receivers, and to each host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class HostSlots:
    """Waits for a free place. A slow host holds its own places only, not those of others who wait for it."""

    def __init__(self, overall: int, per_host: int) -> None:
        self._overall = asyncio.Semaphore(overall)
        self._per_host = per_host
        self._hosts: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def take(self, host: str) -> AsyncIterator[None]:
        """Hold one place for as long as the block runs."""
        semaphore, users = self._hosts.get(host, (asyncio.Semaphore(self._per_host), 0))
        self._hosts[host] = semaphore, users + 1
        try:
            async with semaphore, self._overall:
                yield
        finally:
            users = self._hosts[host][1] - 1
            if users:
                self._hosts[host] = semaphore, users
            else:
                del self._hosts[host]
