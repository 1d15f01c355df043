"""Three servers hold every event: any one of them may be killed while jobs run, and nothing is lost or told twice."""

from __future__ import annotations

import asyncio
import gc
import random
import secrets
import warnings

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.errors import Reason, ServiceError
from services.orchestrator import events, names
from services.orchestrator.flow import fold_all
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.reading import Reader
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.jetstream.wire import Wire
from tests.contract.orchestrator.conftest import Stack
from tests.contract.orchestrator.nats_cluster import NatsCluster

KILLS, CLIENTS = 6, 4

# The client of NATS forgets to close its end of a connection whose server was killed.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:loop is closed:ResourceWarning"),
]


@pytest.fixture
def own_cluster(tmp_path_factory):
    """A cluster that a test may kill."""
    cluster = NatsCluster(tmp_path_factory.mktemp("own_cluster"))
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
async def cluster_stack(own_cluster, leaves, new_prefix):
    streams = Streams(prefix=new_prefix(), replicas=3, lease_s=3.0)
    async with jetstream(own_cluster.url, streams) as engine:
        yield Stack(leaves, lambda: jetstream(own_cluster.url, streams), engine.journal, engine.queue)
    del engine
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


async def insist(attempt):
    async with asyncio.timeout(90):
        while True:
            try:
                return await attempt()
            except ServiceError as error:
                if error.reason not in (Reason.STORE_UNAVAILABLE, Reason.SERVICE_UNREACHABLE):
                    raise
                await asyncio.sleep(0.05)


async def make_assets(client, number, stopping, made):
    """One asset after the other, each seen through to its end; a watch that breaks is taken up again."""
    count = 0
    while not stopping.is_set():
        count += 1
        content, request_id = f"fox {number} {count}", f"{number} {count}"
        created = await insist(lambda c=content, r=request_id: client.create(c, request_id=r, detach=True))
        name = created[0].asset
        assert name not in made
        made.append(name)
        await insist(lambda name=name: client.watch(name))


async def kill_nodes(cluster, dice, progress):
    """Kill one node after the other, each while jobs come to their ends, and start it again."""
    for _ in range(KILLS):
        number = dice.randrange(cluster.size)
        await asyncio.to_thread(cluster.kill, number)
        await progress(2)
        cluster.start_node(number)
        await asyncio.to_thread(cluster.wait_listening, number)
        await progress(2)


@pytest.mark.timeout(300)
async def test_a_node_may_be_killed_at_any_moment_while_jobs_run(cluster_stack, own_cluster):
    seed = secrets.randbelow(1_000_000)
    made: list[str] = []
    stopping = asyncio.Event()
    async with cluster_stack.replica() as first, cluster_stack.replica() as second:

        async def progress(assets):
            goal = len(made) + assets + CLIENTS
            while len(made) < goal:
                await asyncio.wait(making, timeout=0.05)
                for task in making:
                    assert not task.done(), (f"seed {seed}", task.exception())

        making = [
            asyncio.create_task(make_assets((first, second)[number % 2], number, stopping, made))
            for number in range(CLIENTS)
        ]
        await kill_nodes(own_cluster, random.Random(seed), progress)
        stopping.set()
        await asyncio.gather(*making)
        for name in made:
            logs = [await insist(lambda client=client, name=name: client.watch(name)) for client in (first, second)]
            assert logs[0] == logs[1], f"seed {seed}"
            assert [event.sequence for event in logs[0]] == list(range(1, len(logs[0]) + 1))
            assert fold_all(logs[0]).final.state == pb.Asset.STATE_SUCCEEDED
        listed = await insist(lambda: first.list(page_size=1000))
        assert {asset.name for asset in listed.assets} == set(made)


async def test_a_list_does_not_miss_what_a_copy_has_not_heard_of(cluster, new_prefix, monkeypatch):
    async def behind(self, request):
        return []

    name = names.asset_name(1_700_000_000_000_000_000, 1)
    async with jetstream(cluster.url, Streams(prefix=new_prefix(), replicas=3)) as (journal, *_):
        event = events.stamp(pb.AssetEvent(accepted=pb.Accepted(content="a fox")), name, 1, 1)
        await journal.append(name, [event], 0)
        monkeypatch.setattr(Reader, "_batch", behind)
        assert [record.asset for record in await journal.heads("", 10)] == [name]
        assert [record.asset for record in await journal.heads("", 10)] == [name]


@pytest.mark.timeout(300)
async def test_without_a_majority_nothing_is_accepted_and_afterwards_everything_goes_on(cluster_stack, own_cluster):
    async with cluster_stack.replica() as client:
        before = await client.create("a fox")
        for number in (0, 1):
            await asyncio.to_thread(own_cluster.kill, number)
        with pytest.raises(ServiceError) as caught:
            await client.create("a cat", request_id="once", detach=True)
        assert caught.value.reason is Reason.STORE_UNAVAILABLE
        for number in (0, 1):
            own_cluster.start_node(number)
        created = await insist(lambda: client.create("a cat", request_id="once", detach=True))
        log = await insist(lambda: client.watch(created[0].asset))
        assert log[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
        assert await insist(lambda: client.watch(before[0].asset)) == before


@pytest.mark.timeout(300)
async def test_a_leader_that_is_cut_off_does_not_say_that_there_is_no_asset(own_cluster, new_prefix):
    streams = Streams(prefix=new_prefix(), replicas=3)
    async with jetstream(own_cluster.url, streams) as (journal, *_):
        leader = (await insist(journal._reader._info))["cluster"]["leader"]
    number = int(leader.removeprefix("node"))
    unknown = names.asset_name(1, 1)
    async with Wire.connect(own_cluster.url_of(number), name="test", patience_s=30) as wire:
        reader = Reader(wire, streams.events, replicated=True)
        assert await insist(lambda: reader.last(streams.event_subject(unknown))) is None
        with own_cluster.frozen({0, 1, 2} - {number}):
            async with asyncio.timeout(60):
                while True:
                    info = await reader._info()
                    if all(other["active"] > 4_000_000_000 for other in info["cluster"]["replicas"]):
                        break
                    await asyncio.sleep(0.1)
            with pytest.raises(ServiceError) as caught:
                await reader.last(streams.event_subject(unknown))
            with pytest.raises(ServiceError, match="another leader"):
                await reader.check_led()
        assert caught.value.reason is Reason.STORE_UNAVAILABLE
        assert "another leader" in caught.value.message
        assert await insist(lambda: reader.last(streams.event_subject(unknown))) is None
