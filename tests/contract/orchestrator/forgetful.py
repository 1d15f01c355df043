"""Ports that carry a write out and then report a time-out, and what insisting on it must have led to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, TypeVar

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError
from services.orchestrator.flow import fold_all
from services.orchestrator.journal import Journal
from services.orchestrator.memory import MemoryQueue

T = TypeVar("T")


class Forgetful:
    """A port whose n-th write is carried out, and then reported as a time-out."""

    def __init__(self, port: Any, writes: Collection[str], count: int) -> None:
        self._port = port
        self._writes = writes
        self.count = count

    def __getattr__(self, attribute: str) -> Any:
        method = getattr(self._port, attribute)
        if attribute not in self._writes:
            return method

        async def write(*arguments: Any) -> Any:
            answer = await method(*arguments)
            self.count -= 1
            if self.count == 0:
                raise ServiceError(Reason.STORE_UNAVAILABLE, "scripted")
            return answer

        return write


class DeafQueue(MemoryQueue):
    """Takes no job while it is deaf, like a queue in which the old delivery of the same job is not settled yet."""

    def __init__(self) -> None:
        super().__init__(lease_s=10.0)
        self.deaf = False

    async def enqueue(self, asset: str) -> None:
        if not self.deaf:
            await super().enqueue(asset)


class ForgetfulOf:
    """A journal that carries out each first append of an event of some kind, and then reports a time-out."""

    def __init__(self, journal: Journal, *kinds: str) -> None:
        self._journal = journal
        self.forgotten = dict.fromkeys(kinds, 0)

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._journal, attribute)

    async def append(self, asset: str, events: Sequence[pb.AssetEvent], after: int) -> None:
        await self._journal.append(asset, events, after)
        for event in events:
            kind = event.WhichOneof("kind") or ""
            if self.forgotten.get(kind) == 0:
                self.forgotten[kind] += 1
                raise ServiceError(Reason.STORE_UNAVAILABLE, "scripted")


def forgetful_call(method: str, reason: Reason, *, times: int = 1) -> Callable[..., Awaitable[Any]]:
    """A way to call other services whose first calls of a method are answered in vain."""
    left = times

    async def call(rpc: Any, request: Any, **options: Any) -> Any:
        nonlocal left
        answer = await unary(rpc, request, **options)
        if type(request).__name__ == f"{method}Request" and left > 0:
            left -= 1
            raise ServiceError(reason, "scripted")
        return answer

    return call


async def insist(attempt: Callable[[], Awaitable[T]], *reasons: Reason) -> T:
    """Try until the outcome is known; `reasons` are those besides STORE_UNAVAILABLE that leave it open."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await attempt()
            except ServiceError as error:
                if error.reason not in (Reason.STORE_UNAVAILABLE, *reasons):
                    raise


def check_log(events: Sequence[pb.AssetEvent], state: int = pb.Asset.STATE_SUCCEEDED) -> None:
    """A log without a gap that can be folded and ends as it should."""
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert events[-1].finished.asset.state == state
    fold_all(events)
