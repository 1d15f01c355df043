"""What every journal does, whatever it is made of."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, names
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.journal import ConflictError, append_surely
from services.orchestrator.memory import MemoryJournal


@pytest.fixture(params=["memory", "jetstream", "cluster"])
async def journal(request, new_prefix):
    if request.param == "memory":
        yield MemoryJournal()
        return
    replicas = 3 if request.param == "cluster" else 1
    servers = request.getfixturevalue("cluster" if replicas > 1 else "nats")
    async with jetstream(servers.url, Streams(prefix=new_prefix(), replicas=replicas)) as (journal, *_):
        yield journal


def name(number):
    return names.asset_name(1_700_000_000_000_000_000 + number, number)


def event(asset, sequence, *, content="", final=False):
    body = (
        pb.AssetEvent(finished=pb.Finished(asset=pb.Asset(name=asset)))
        if final
        else pb.AssetEvent(accepted=pb.Accepted(content=content))
    )
    return events.stamp(body, asset, sequence, 1_700_000_000_000_000_000 + sequence)


def sequences(records):
    return [record.sequence for record in records]


async def test_what_was_appended_is_read_back(journal):
    asset = name(1)
    big = event(asset, 2, content="🦊" * 100_000)
    await journal.append(asset, [event(asset, 1)], 0)
    await journal.append(asset, [big, event(asset, 3, final=True)], 1)
    records = await journal.read(asset)
    assert sequences(records) == [1, 2, 3]
    assert records[1].event == big
    assert records[2].is_final
    assert not records[1].is_final
    assert sequences(await journal.read(asset, 1)) == [2, 3]
    assert sequences(await journal.read(asset, 3)) == []
    head = await journal.head(asset)
    assert head.event == records[2].event


async def test_an_unknown_asset_has_an_empty_log(journal):
    assert list(await journal.read(name(1))) == []
    assert await journal.head(name(1)) is None
    await journal.delete(name(1), "")


@pytest.mark.parametrize("after", [0, 1, 3])
async def test_an_append_that_knows_another_end_changes_nothing(journal, after):
    asset = name(1)
    await journal.append(asset, [event(asset, 1), event(asset, 2)], 0)
    with pytest.raises(ConflictError):
        await journal.append(asset, [event(asset, after + 1), event(asset, after + 2)], after)
    assert sequences(await journal.read(asset)) == [1, 2]


async def test_of_many_writers_at_one_end_one_wins(journal):
    asset = name(1)
    await journal.append(asset, [event(asset, 1)], 0)
    outcomes = await asyncio.gather(
        *(journal.append(asset, [event(asset, 2, content=str(n))], 1) for n in range(10)), return_exceptions=True
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, ConflictError) for outcome in outcomes) == 9
    assert sequences(await journal.read(asset)) == [1, 2]


async def test_appending_surely_twice_writes_once(journal):
    asset = name(1)
    new = [event(asset, 1), event(asset, 2)]
    await append_surely(journal, asset, new, 0)
    await append_surely(journal, asset, new, 0)
    assert sequences(await journal.read(asset)) == [1, 2]


async def test_appending_surely_completes_what_a_crash_began(journal):
    asset = name(1)
    new = [event(asset, 1), event(asset, 2), event(asset, 3)]
    await journal.append(asset, new[:1], 0)
    await append_surely(journal, asset, new, 0)
    assert [record.event for record in await journal.read(asset)] == new


async def test_appending_surely_does_not_take_the_event_of_another_for_its_own(journal):
    asset = name(1)
    await journal.append(asset, [event(asset, 1, content="theirs")], 0)
    with pytest.raises(ConflictError):
        await append_surely(journal, asset, [event(asset, 1, content="ours")], 0)


async def test_a_request_id_belongs_to_its_first_asset(journal):
    assert await journal.claim("id", "digest", name(1)) == name(1)
    assert await journal.claim("id", "digest", name(2)) == name(1)
    assert await journal.claim("other", "digest", name(2)) == name(2)
    with pytest.raises(ServiceError) as caught:
        await journal.claim("id", "other digest", name(3))
    assert caught.value.reason is Reason.REQUEST_ID_REUSED


async def test_of_many_claims_at_once_one_wins(journal):
    owners = await asyncio.gather(*(journal.claim("a b/~*>.", "digest", name(n)) for n in range(10)))
    assert len(set(owners)) == 1


async def test_a_deleted_asset_is_gone_and_its_request_id_free(journal):
    asset = await journal.claim("id", "digest", name(1))
    await journal.append(asset, [event(asset, 1, final=True)], 0)
    await journal.delete(asset, "id")
    assert await journal.head(asset) is None
    assert list(await journal.heads("", 10)) == []
    assert await journal.claim("id", "other", name(2)) == name(2)


async def test_a_deletion_leaves_the_claim_of_another_asset(journal):
    await journal.claim("id", "digest", name(1))
    await journal.append(name(2), [event(name(2), 1, final=True)], 0)
    await journal.delete(name(2), "id")
    assert await journal.claim("id", "digest", name(3)) == name(1)


async def test_heads_come_newest_first_and_by_pages(journal):
    for number in (2, 0, 4, 1, 3):
        await journal.append(name(number), [event(name(number), 1), event(name(number), 2)], 0)
    first = await journal.heads("", 2)
    assert [record.asset for record in first] == [name(4), name(3)]
    assert sequences(first) == [2, 2]
    await journal.delete(name(3), "")
    second = await journal.heads(name(3), 10)
    assert [record.asset for record in second] == [name(2), name(1), name(0)]
    assert list(await journal.heads(name(0), 10)) == []


async def test_a_follower_hears_of_everything_from_when_it_began(journal):
    await journal.append(name(1), [event(name(1), 1)], 0)
    async with journal.follow() as feed, journal.follow() as other:
        await journal.append(name(1), [event(name(1), 2), event(name(1), 3)], 1)
        await journal.append(name(2), [event(name(2), 1)], 0)
        for one in (feed, other):
            heard = [await anext(one) for _ in range(3)]
            assert sequences(record for record in heard if record.asset == name(1)) == [2, 3]
            assert sequences(record for record in heard if record.asset == name(2)) == [1]


async def test_what_a_follower_hears_can_be_read(journal):
    async with journal.follow() as feed:
        for number in range(20):
            writing = asyncio.create_task(journal.append(name(number), [event(name(number), 1)], 0))
            record = await anext(feed)
            assert sequences(await journal.read(record.asset)) == [1]
            await writing
