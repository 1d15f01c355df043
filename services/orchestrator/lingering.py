"""Listens for a while to assets whose jobs this replica let go.

Whoever writes down a decision queues the job first. Where the old one was being let go in that moment, the queue takes
no other, and the decision is left with nobody but the replica that wrote it, which may be killed before it looks again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from services.orchestrator.hub import Hub
from services.orchestrator.journal import Record
from services.orchestrator.waiting import AMENDING_KINDS

# Longer than a write to the store may take from when its job was found queued.
LINGER_S = 10.0


class Lingering:
    """Tells `look_after` which of the assets that were let go got a decision, or may have got one unheard."""

    def __init__(self, hub: Hub, look_after: Callable[[str], None]) -> None:
        self._hub = hub
        self._look_after = look_after
        self._listening: dict[str, ExitStack] = {}
        # In the order in which they end, each with its time of the event loop. One timer serves all.
        self._ends: deque[tuple[float, str, ExitStack]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def add(self, asset: str) -> None:
        """Listen to an asset whose job is about to be let go."""
        self._forget(asset)
        listening = self._listening[asset] = ExitStack()
        listening.enter_context(self._hub.listen(asset, partial(self._hear, asset)))
        self._ends.append((asyncio.get_running_loop().time() + LINGER_S, asset, listening))
        if self._timer is None:
            self._set_timer()

    def stop(self) -> None:
        """Listen no more."""
        if self._timer is not None:
            self._timer.cancel()
        for asset in tuple(self._listening):
            self._forget(asset)

    def _hear(self, asset: str, record: Record | None) -> None:
        if record is None or record.event.WhichOneof("kind") in AMENDING_KINDS:
            self._forget(asset)
            self._look_after(asset)

    def _forget(self, asset: str) -> None:
        if (listening := self._listening.pop(asset, None)) is not None:
            listening.close()

    def _set_timer(self) -> None:
        self._timer = asyncio.get_running_loop().call_at(self._ends[0][0], self._end_due) if self._ends else None

    def _end_due(self) -> None:
        now_s = asyncio.get_running_loop().time()
        while self._ends and self._ends[0][0] <= now_s:
            _, asset, listening = self._ends.popleft()
            if self._listening.get(asset) is listening:
                self._forget(asset)
        self._set_timer()
