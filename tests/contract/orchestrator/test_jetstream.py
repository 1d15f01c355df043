"""What JetStream alone can show: restarts of its server, retention, and replicas that learn from each other."""

from __future__ import annotations

import asyncio
import time

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, names
from services.orchestrator.jetstream import feed
from services.orchestrator.jetstream.client import DirectClient
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.jetstream.wire import Wire
from services.orchestrator.summary import Selection

RESTARTS = 10


def name(number):
    return names.asset_name(1_700_000_000_000_000_000 + number, number)


def accepted(number, owner=""):
    body = pb.AssetEvent(accepted=pb.Accepted(content="a fox", owner=owner))
    return events.stamp(body, name(number), 1, 1_700_000_000_000_000_000 + number)


def finished(number, sequence, state=pb.Asset.STATE_SUCCEEDED):
    body = pb.AssetEvent(finished=pb.Finished(asset=pb.Asset(name=name(number), state=state)))
    return events.stamp(body, name(number), sequence, 1_700_000_000_000_000_000 + number)


async def insist(attempt):
    async with asyncio.timeout(60):
        while True:
            try:
                return await attempt()
            except ServiceError as error:
                if error.reason is not Reason.STORE_UNAVAILABLE:
                    raise
                await asyncio.sleep(0.02)


@pytest.fixture
def own_nats(nats, tmp_path_factory):
    """A server that a test may kill."""
    server = type(nats)(tmp_path_factory.mktemp("own_nats"), nats.free_port())
    server.start()
    yield server
    server.kill()


async def test_a_taker_gets_jobs_again_after_every_restart_of_the_server(own_nats, new_prefix):
    async with jetstream(own_nats.url, Streams(prefix=new_prefix())) as (_, queue, *_):
        for number in range(RESTARTS):
            taking = asyncio.create_task(insist(queue.take))
            await asyncio.sleep(0)
            own_nats.kill()
            own_nats.start()
            await insist(lambda number=number: queue.enqueue(name(number)))
            lease = await taking
            while lease.asset != name(number):
                # That it was done was on its way when the server died.
                await insist(lease.done)
                lease = await insist(queue.take)
            await insist(lease.done)


async def test_what_was_acknowledged_outlives_a_crash_of_the_server(own_nats, new_prefix):
    async with jetstream(own_nats.url, Streams(prefix=new_prefix())) as (journal, *_):

        async def append(sequence):
            event = events.stamp(pb.AssetEvent(queued=pb.Queued()), name(1), sequence, sequence)
            await journal.append(name(1), [event], sequence - 1)

        for sequence in range(1, RESTARTS + 1):
            await insist(lambda sequence=sequence: append(sequence))
            own_nats.kill()
            own_nats.start()
            assert len(await insist(lambda: journal.read(name(1)))) == sequence


async def test_a_follower_is_told_that_it_may_have_missed_events(own_nats, new_prefix):
    async with jetstream(own_nats.url, Streams(prefix=new_prefix())) as (journal, *_), journal.follow() as followed:
        own_nats.kill()
        own_nats.start()
        with pytest.raises(ServiceError) as caught:
            await anext(followed)
        assert caught.value.reason is Reason.STORE_UNAVAILABLE

        async def again():
            async with journal.follow() as followed:
                await insist(lambda: journal.append(name(1), [accepted(1)], 0))
                return await anext(followed)

        assert (await insist(again)).asset == name(1)


async def test_a_lost_message_is_noticed_even_where_none_follows(nats, new_prefix, monkeypatch):
    monkeypatch.setattr(feed, "CHECK_S", 0.05)
    streams = Streams(prefix=new_prefix())
    async with (
        jetstream(nats.url, streams) as (journal, *_),
        journal.follow() as followed,
        Wire.connect(nats.url, name="test", patience_s=10) as wire,
    ):
        mute = {key: value for key, value in streams.configs()[0].items() if key != "republish"}
        await wire.api(f"STREAM.UPDATE.{streams.events}", mute)
        await journal.append(name(1), [accepted(1)], 0)
        with pytest.raises(ServiceError) as caught:
            await anext(followed)
        assert caught.value.reason is Reason.STORE_UNAVAILABLE


async def test_a_new_replica_lists_what_others_made(nats, new_prefix):
    streams = Streams(prefix=new_prefix())
    async with jetstream(nats.url, streams) as (journal, *_):
        for number in range(5):
            await journal.append(name(number), [accepted(number, owner="even" if number % 2 == 0 else "odd")], 0)
        await journal.append(name(2), [finished(2, 2)], 1)
        async with jetstream(nats.url, streams) as (other, *_):
            assert [record.asset for record in await other.heads("", 3)] == [name(4), name(3), name(2)]
            evens = await other.heads("", 10, Selection(owner="even"))
            assert [record.asset for record in evens] == [name(4), name(2), name(0)]
            done = await other.heads("", 10, Selection(states=frozenset({pb.Asset.STATE_SUCCEEDED})))
            assert [record.asset for record in done] == [name(2)]
            await journal.append(name(5), [accepted(5)], 0)
            assert (await other.heads("", 1))[0].asset == name(5)
            await journal.delete(name(4), "")
            assert [record.asset for record in await other.heads("", 2)] == [name(5), name(3)]


async def test_events_past_retention_are_an_error_that_names_the_oldest_kept(jetstream_stack, nats):
    stack = jetstream_stack
    async with stack.replica() as client:
        whole = await client.create("a fox")
        asset = whole[0].asset
        subject = stack.journal._streams.event_subject(asset)
        async with Wire.connect(nats.url, name="test", patience_s=10) as wire:
            stored = await stack.journal._reader.since(subject, 1)
            request = {"filter": subject, "seq": stored[2].place}
            await wire.api(f"STREAM.PURGE.{stack.journal._streams.events}", request)
        kept = [event.sequence for event in whole if event.sequence > int(stored[1].headers["Atelier-Last"])]
        with pytest.raises(ServiceError) as caught:
            await client.watch(asset)
        assert caught.value.reason is Reason.EVENTS_EXPIRED
        assert caught.value.metadata["oldest_sequence"] == str(kept[0])
        assert str(kept[0]) in caught.value.message
        assert [event.sequence for event in await client.watch(asset, kept[0] - 1)] == kept
        assert (await client.get(asset)).state == pb.Asset.STATE_SUCCEEDED
        await client.delete(asset)


async def test_a_stream_that_exists_is_given_the_settings_of_now(nats, new_prefix):
    prefix = new_prefix()
    async with jetstream(nats.url, Streams(prefix=prefix)):
        pass
    async with jetstream(nats.url, Streams(prefix=prefix, retention_s=7200.0, lease_s=3.0)) as (journal, queue, *_):
        answer = await journal._wire.api(f"STREAM.INFO.{prefix}_events")
        assert answer["config"]["max_age"] == 7_200_000_000_000
        assert queue.lease_s == 3.0


async def test_logs_are_kept_in_files_of_4_mib_because_the_server_holds_the_newest_one_in_memory(nats, new_prefix):
    prefix = new_prefix()
    await store_half_mib(nats, Streams(prefix=prefix), times=10)
    (messages,) = nats.directory.rglob(f"{prefix}_events/msgs")
    sizes = sorted(file.stat().st_size for file in messages.glob("*.blk"))
    assert len(sizes) == 2
    assert sizes[-1] <= 4 * 2**20


async def test_a_log_that_was_begun_before_files_became_smaller_is_read_and_gone_on_with(nats, new_prefix):
    streams = Streams(prefix=new_prefix())
    async with Wire.connect(nats.url, name="test", patience_s=10) as wire:
        for config in streams.configs():
            if config["name"] == streams.events:
                for setting in ("max_msgs_per_subject", "discard", "discard_new_per_subject"):
                    config.pop(setting, None)
            await wire.api(f"STREAM.CREATE.{config['name']}", config)
    before = await store_half_mib(nats, streams, times=2)
    assert before == [1, 2]
    assert await store_half_mib(nats, streams, times=2, after=2) == [1, 2, 3, 4]


async def store_half_mib(nats, streams, *, times, after=0):
    """Append to one log, 512 KiB at a time. Returns the sequences of the whole log."""
    async with jetstream(nats.url, streams) as (journal, *_):
        for sequence in range(after + 1, after + times + 1):
            body = pb.AssetEvent(accepted=pb.Accepted(content="x" * 2**19))
            await journal.append(name(1), [events.stamp(body, name(1), sequence, sequence)], sequence - 1)
        return [record.sequence for record in await journal.read(name(1))]


@pytest.fixture
def writes(monkeypatch):
    """Grows by what is written to the server by each system call."""
    written = []

    def write(client, data, write=DirectClient._write):
        written.append(data)
        return write(client, data)

    monkeypatch.setattr(DirectClient, "_write", write)
    return written


@pytest.mark.parametrize(("jobs", "gathered"), [(0, False), (7, False), (8, True), (64, True)])
async def test_messages_of_many_jobs_are_gathered_and_those_of_a_few_are_not(nats, writes, jobs, gathered):
    async with Wire.connect(nats.url, name="test", patience_s=10) as wire:
        wire.tell_load(jobs)
        asked = []
        for _ in range(50):
            asked.append(asyncio.create_task(wire.api("INFO")))
            await asyncio.sleep(0)
        assert all("memory" in answer for answer in await asyncio.gather(*asked))
    assert (len(writes) < 50) == gathered


async def test_what_was_gathered_is_not_kept_where_it_is_much(nats, new_prefix, writes):
    async with Wire.connect(nats.url, name="test", patience_s=10) as wire:
        wire.tell_load(64)
        await wire.publish(new_prefix(), b"little")
        assert not writes
        await wire.publish(new_prefix(), b"x" * 2**19)
        assert len(writes) == 1


async def test_a_server_that_is_not_there_is_a_bad_configuration(nats):
    begun_s = time.monotonic()
    with pytest.raises(ServiceError) as caught:
        async with jetstream(f"nats://secret@127.0.0.1:{nats.free_port()}", Streams(), patience_s=0.3):
            pass
    assert "secret" not in str(caught.value)
    assert time.monotonic() - begun_s < 60
