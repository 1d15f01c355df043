"""What every shelf does, whatever it is made of."""

from __future__ import annotations

import asyncio

import pytest

from services.kit.errors import ServiceError
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.journal import ConflictError
from services.orchestrator.memory_shelf import memory_shelves
from services.orchestrator.shelf import alter


@pytest.fixture(params=["memory", "jetstream"])
async def shelves(request, new_prefix):
    if request.param == "memory":
        yield memory_shelves()
        return
    async with jetstream(request.getfixturevalue("nats").url, Streams(prefix=new_prefix())) as engine:
        yield engine.shelves


@pytest.fixture(params=["styles", "books"])
def shelf(request, shelves):
    return getattr(shelves, request.param)


async def test_a_key_without_a_value_has_none(shelf):
    assert await shelf.get("nobody") is None
    assert list(await shelf.history("nobody")) == []
    assert list(await shelf.items()) == []
    await shelf.drop("nobody")


async def test_the_last_value_of_a_key_is_read_back_with_its_place(shelf):
    first = await shelf.put("acme", b"one", 0)
    second = await shelf.put("acme", b"two", first)
    assert second > first > 0
    item = await shelf.get("acme")
    assert (item.key, item.place, item.data) == ("acme", second, b"two")


async def test_a_value_may_be_empty(shelf):
    place = await shelf.put("acme", b"", 0)
    item = await shelf.get("acme")
    assert (item.place, item.data) == (place, b"")


async def test_whoever_does_not_know_the_last_value_is_refused(shelf):
    first = await shelf.put("acme", b"one", 0)
    with pytest.raises(ConflictError):
        await shelf.put("acme", b"other", 0)
    await shelf.put("acme", b"two", first)
    with pytest.raises(ConflictError):
        await shelf.put("acme", b"late", first)
    with pytest.raises(ConflictError):
        await shelf.put("nobody", b"x", first)
    assert (await shelf.get("acme")).data == b"two"


async def test_of_many_writers_at_once_one_wins(shelf):
    place = await shelf.put("acme", b"start", 0)
    results = await asyncio.gather(
        *(shelf.put("acme", b"writer %d" % number, place) for number in range(20)), return_exceptions=True
    )
    won = [number for number, result in enumerate(results) if isinstance(result, int)]
    assert len(won) == 1
    assert all(isinstance(result, ConflictError) for number, result in enumerate(results) if number not in won)
    assert (await shelf.get("acme")).data == b"writer %d" % won[0]


async def test_styles_keep_every_value_and_books_the_last(shelves):
    for shelf, kept in ((shelves.styles, [b"0", b"1", b"2"]), (shelves.books, [b"2"])):
        place = 0
        for number in range(3):
            place = await shelf.put("acme", b"%d" % number, place)
        assert [item.data for item in await shelf.history("acme")] == kept


async def test_items_are_the_last_values_below_a_token(shelf):
    for key in ("owner.a", "owner.b", "owner", "owners.c", "owner.a.deep"):
        await shelf.put(key, b"first", 0)
    await shelf.put("owner.b", b"second", (await shelf.get("owner.b")).place)
    assert [(item.key, item.data) for item in await shelf.items("owner")] == [
        ("owner.a", b"first"),
        ("owner.a.deep", b"first"),
        ("owner.b", b"second"),
    ]
    assert [item.key for item in await shelf.items()] == ["owner", "owner.a", "owner.a.deep", "owner.b", "owners.c"]


async def test_items_that_nobody_wants_are_left_out(shelf):
    for key in ("row.1", "row.2", "row.3"):
        await shelf.put(key, b"x", 0)
    assert [item.key for item in await shelf.items("row", lambda key: key != "row.2")] == ["row.1", "row.3"]
    assert list(await shelf.items("row", lambda key: False)) == []


async def test_of_many_who_alter_one_value_each_counts(shelf):
    def more(data):
        return b"%d" % (int(data or b"0") + 1)

    await asyncio.gather(*(alter(shelf, "count", more) for _ in range(25)))
    await alter(shelf, "count", lambda data: None)
    assert (await shelf.get("count")).data == b"25"


async def test_more_items_than_one_answer_takes_are_all_found(shelf):
    for start in range(0, 1200, 100):
        await asyncio.gather(*(shelf.put(f"row.{number}", b"x", 0) for number in range(start, start + 100)))
    assert len(await shelf.items("row")) == 1200


async def test_a_dropped_key_can_be_taken_anew(shelf):
    place = await shelf.put("acme", b"one", 0)
    await shelf.put("other", b"stays", 0)
    await shelf.drop("acme")
    assert await shelf.get("acme") is None
    with pytest.raises(ConflictError):
        await shelf.put("acme", b"late", place)
    await shelf.put("acme", b"new", 0)
    assert [item.data for item in await shelf.items()] == [b"new", b"stays"]


async def test_replicas_see_each_others_values(nats, new_prefix):
    streams = Streams(prefix=new_prefix())
    async with jetstream(nats.url, streams) as first, jetstream(nats.url, streams) as second:
        place = await first.shelves.styles.put("acme", b"one", 0)
        await second.shelves.styles.put("acme", b"two", place)
        with pytest.raises(ConflictError):
            await first.shelves.styles.put("acme", b"three", place)
        assert [item.data for item in await first.shelves.styles.history("acme")] == [b"one", b"two"]


@pytest.fixture
def own_nats(nats, tmp_path_factory):
    """A server that a test may kill."""
    server = type(nats)(tmp_path_factory.mktemp("own_nats"), nats.free_port())
    server.start()
    yield server
    server.kill()


async def test_a_shelf_that_is_away_says_so(own_nats, new_prefix):
    async with jetstream(own_nats.url, Streams(prefix=new_prefix())) as engine:
        await engine.shelves.books.put("acme", b"one", 0)
        own_nats.kill()
        with pytest.raises(ServiceError, match="STORE_UNAVAILABLE"):
            await engine.shelves.books.get("acme")
        own_nats.start()
        await asyncio.sleep(0)
        while True:
            try:
                item = await engine.shelves.books.get("acme")
                break
            except ServiceError:
                await asyncio.sleep(0.05)
        assert item.data == b"one"
