"""Every watcher sees each event once and in order, whenever it comes and whatever happens to the feed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, hub
from services.orchestrator.hub import Hub
from services.orchestrator.memory import MemoryJournal

NAME = "assets/0123456789abcdef0123456789abcdef"


class Flaky(MemoryJournal):
    """A journal whose feed repeats and breaks when it is told to; it is allowed to."""

    def __init__(self) -> None:
        super().__init__()
        self.twins = False
        self.broken = asyncio.Event()

    @asynccontextmanager
    async def follow(self):
        async with super().follow() as feed:
            yield self._disturbed(feed)

    async def _disturbed(self, feed) -> AsyncIterator:
        while True:
            record = asyncio.ensure_future(anext(feed))
            broken = asyncio.ensure_future(self.broken.wait())
            try:
                await asyncio.wait([record, broken], return_when=asyncio.FIRST_COMPLETED)
                if self.broken.is_set():
                    self.broken.clear()
                    raise ServiceError(Reason.STORE_UNAVAILABLE, "scripted")
                for _ in range(2 if self.twins else 1):
                    yield record.result()
            finally:
                record.cancel()
                broken.cancel()
                await asyncio.wait([record, broken])


def event(sequence, final):
    body = pb.AssetEvent(finished=pb.Finished()) if final else pb.AssetEvent(step_started=pb.StepStarted())
    return events.stamp(body, NAME, sequence, sequence)


async def collect(hub, after, *, replay=True):
    with hub.watch(NAME) as watch:
        return [record.sequence async for record in watch.records(after, replay=replay)]


ACTIONS = st.lists(st.sampled_from(["append", "batch", "watch", "watch on", "breathe", "twins", "break"]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(actions=ACTIONS)
def test_no_gap_and_no_twin_for_any_watcher(actions):
    async def story():
        journal = Flaky()
        middle = Hub(journal)
        await middle.start()
        last, watchers = 0, []
        for action in actions:
            match action:
                case "append" | "batch":
                    count = 3 if action == "batch" else 1
                    await journal.append(NAME, [event(last + n + 1, False) for n in range(count)], last)
                    last += count
                case "watch" | "watch on":
                    after = last // 2 if action == "watch" else last
                    watchers.append((after, asyncio.create_task(collect(middle, after))))
                case "breathe":
                    for _ in range(5):
                        await asyncio.sleep(0)
                case "twins":
                    journal.twins = not journal.twins
                case "break":
                    journal.broken.set()
        await journal.append(NAME, [event(last + 1, True)], last)
        for after, task in watchers:
            assert await task == list(range(after + 1, last + 2))
        assert not middle._listeners
        await middle.stop()

    before, hub.RECONNECT_S = hub.RECONNECT_S, 0.001
    try:
        asyncio.run(story())
    finally:
        hub.RECONNECT_S = before


async def test_a_watch_from_before_the_first_event_needs_no_replay():
    journal = MemoryJournal()
    middle = Hub(journal)
    await middle.start()
    with middle.watch(NAME) as watch:
        await journal.append(NAME, [event(1, False), event(2, True)], 0)
        assert [record.sequence async for record in watch.records(0, replay=False)] == [1, 2]
    await middle.stop()


async def test_watchers_share_one_message():
    journal = MemoryJournal()
    middle = Hub(journal)
    await middle.start()
    with middle.watch(NAME) as first, middle.watch(NAME) as second:
        await journal.append(NAME, [event(1, True)], 0)
        messages = [record.watched for watch in (first, second) for record in [await anext(watch.records(0))]]
    assert messages[0] is messages[1]
    await middle.stop()


async def test_a_watch_ends_at_a_final_event_that_nothing_follows_yet():
    journal = MemoryJournal()
    hub = Hub(journal)
    await hub.start()
    try:
        await journal.append(NAME, [event(1, False), event(2, True)], 0)
        assert await collect(hub, 0) == [1, 2]
        with hub.watch(NAME) as watch:
            await journal.append(NAME, [event(3, False), event(4, True)], 2)
            assert [record.sequence async for record in watch.records(2)] == [3, 4]
        assert await collect(hub, 0) == [1, 2, 3, 4]
        assert await collect(hub, 2) == [3, 4]
    finally:
        await hub.stop()


async def test_a_watch_goes_on_where_it_was_told_that_the_log_does():
    journal = MemoryJournal()
    hub = Hub(journal)
    await hub.start()
    try:
        await journal.append(NAME, [event(1, False)], 0)
        all_heard = asyncio.Event()
        with hub.watch(NAME) as watch, hub.listen(NAME, lambda record: record.sequence == 4 and all_heard.set()):
            for sequence in (2, 3, 4):
                await journal.append(NAME, [event(sequence, sequence != 3)], sequence - 1)
            await all_heard.wait()
            assert [record.sequence async for record in watch.records(1, replay=False)] == [2, 3, 4]
    finally:
        await hub.stop()
