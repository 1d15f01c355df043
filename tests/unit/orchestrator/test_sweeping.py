"""The sweeper against writers that interleave with it in any order: what a live asset needs is never dropped."""

from __future__ import annotations

import asyncio
import random

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt
from hypothesis import given, settings
from hypothesis import strategies as st

from services.orchestrator import events, flow, names
from services.orchestrator.job import Job, Method, Step
from services.orchestrator.memory import MemoryJournal
from services.orchestrator.sweeping import Age, Kept, Sweep, needed_digests

SECOND = 1_000_000_000
HOUR = 3600 * SECOND
SAFE_S = 7200.0


class World:
    """A journal, a picture store and a clock, whose every use is a moment at which somebody else may go first."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.journal = MemoryJournal()
        self.pictures: dict[tuple[str, str], int] = {}
        self.now_ns = 1_700_000_000 * SECOND
        self.paused: list[asyncio.Future[None]] = []

    async def pause(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.paused.append(turn)
        await turn

    async def store(self, digest: str, reference: str) -> None:
        await self.pause()
        self.pictures[digest, reference] = self.now_ns
        await self.pause()

    # What the sweeper uses

    async def stored(self):
        for digest, reference in list(self.pictures):
            await self.pause()
            if (digest, reference) in self.pictures:
                yield Kept(digest, reference, self.pictures[digest, reference])

    async def drop_old(self, picture: Kept) -> None:
        await self.pause()
        key = (picture.digest, picture.reference)
        if self.pictures.get(key, picture.stored_ns + 1) <= picture.stored_ns:
            del self.pictures[key]
            self.check(picture.reference.partition("/variants")[0])
        await self.pause()

    async def head(self, asset):
        await self.pause()
        return await self.journal.head(asset)

    async def read(self, asset, after=0):
        await self.pause()
        return await self.journal.read(asset, after)

    async def heads(self, *args):
        await self.pause()
        return await self.journal.heads(*args)

    async def run(self, *work) -> None:
        """Let all go on, one moment of one at a time, in any order."""
        tasks = [asyncio.create_task(one) for one in work]
        while not all(task.done() for task in tasks):
            for _ in range(10):
                await asyncio.sleep(0)
            if self.paused:
                self.now_ns += self.random.choice([0, SECOND, 60 * SECOND])
                self.paused.pop(self.random.randrange(len(self.paused))).set_result(None)
        for task in tasks:
            task.result()

    def check(self, name: str) -> None:
        """Whatever the log of an asset holds is in the store."""
        job = flow.fold_all(record.event for record in self.journal._logs.get(name, ()))
        for index, variant in enumerate(job.variants):
            for number, picture in enumerate(variant.renditions):
                if picture.image is not None:
                    key = (picture.image.blob.digest, names.reference(name, index, number))
                    assert key in self.pictures, f"{key} is needed and gone"


class Writer:
    """An asset's whole life: attempts that are lost, pictures, the end, new texts, perhaps a deletion."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.name = names.asset_name(world.now_ns, number)
        self.job = Job()

    async def append(self, event: pb.AssetEvent) -> None:
        events.stamp(event, self.name, self.job.last_sequence + 1, self.world.now_ns)
        await self.world.pause()
        await self.world.journal.append(self.name, [event], self.job.last_sequence)
        self.job = flow.fold(self.job, event)
        self.world.check(self.name)

    async def answer(self, step: Step, event: pb.AssetEvent) -> None:
        await self.append(events.step_started(step, 1))
        await self.append(event)

    def digest(self) -> str:
        # Few, so that the same picture comes again and again.
        return f"sha256:{self.world.random.randrange(2):064x}"

    async def attempt(self) -> Image:
        digest = self.digest()
        await self.world.store(digest, names.reference(self.name, 0))
        return Image(blob=Blob(digest=digest))

    async def make(self) -> None:
        await self.append(pb.AssetEvent(accepted=pb.Accepted(content="a", recipe=pb.Recipe(variant_count=1))))
        prompts = pb.AssetEvent(prompts_generated=pb.PromptsGenerated(prompts=[Prompt(text="a")]))
        await self.answer(Step(Method.GENERATE_PROMPTS), prompts)
        moderated = pb.AssetEvent(variant_moderated=pb.VariantModerated(variant=0))
        moderated.variant_moderated.verdict.decision = 1
        await self.answer(Step(Method.MODERATE_TEXT, 0), moderated)
        for _ in range(self.world.random.randrange(3)):
            await self.attempt()
        await self.append(events.step_started(Step(Method.GENERATE_IMAGE, 0, 0), 1))
        image = await self.attempt()
        if self.world.random.random() < 0.3:
            await self.append(events.cancelled(self.job))
        else:
            await self.append(pb.AssetEvent(variant_imaged=pb.VariantImaged(variant=0, image=image)))
            await self.append(events.finished(self.job))

    async def change(self) -> None:
        """New texts: a copy is stored, then the log tells of it, then the old one is dropped."""
        if not self.job.variants or self.job.variants[0].renditions[0].image is None:
            return
        old = self.job.variants[0].renditions[0].image.blob.digest
        image = await self.attempt()
        updated = pb.VariantUpdated(variant=0, prompt=Prompt(text="a", alt_text="new"), images=[image])
        await self.append(pb.AssetEvent(variant_updated=updated))
        await self.append(events.finished(self.job))
        if image.blob.digest != old and self.world.random.random() < 0.5:
            await self.world.pause()
            self.world.pictures.pop((old, names.reference(self.name, 0)), None)

    async def delete(self) -> None:
        await self.world.pause()
        await self.world.journal.delete(self.name, "")


async def live(world: World, writer: Writer) -> None:
    await writer.make()
    for _ in range(world.random.randrange(3)):
        await writer.change()
    if world.random.random() < 0.2:
        await writer.delete()


def sweep(world: World, asset_s: float = 0.0) -> Sweep:
    async def delete(name: str) -> None:
        await world.journal.delete(name, "")

    return Sweep(world, world, delete, Age(SAFE_S, asset_s), lambda: world.now_ns)


async def sweeps(world: World, times: int) -> None:
    for _ in range(times):
        await sweep(world).run()


async def scenario(seed: int) -> World:
    """Days of it: what was left the day before is old, and is stored anew while the sweeper is at it."""
    world = World(seed)
    writers = [Writer(world, number) for number in range(3)]
    await world.run(*(live(world, writer) for writer in writers))
    for day in range(3):
        world.now_ns += 3 * HOUR
        young = Writer(world, 10 + day)
        changes = (writer.change() for writer in writers if writer.name in world.journal._logs)
        await world.run(*changes, live(world, young), sweeps(world, 1))
        writers.append(young)
    return world


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_nothing_that_a_log_holds_is_dropped_in_any_order_of_events(seed):
    asyncio.run(scenario(seed))


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_once_all_is_quiet_and_old_what_nobody_needs_is_gone(seed):
    async def run() -> None:
        world = await scenario(seed)
        keeper = Writer(world, 99)
        await world.run(keeper.make())
        world.now_ns += 3 * HOUR
        await world.run(sweeps(world, 1))
        needed = set()
        for name, log in world.journal._logs.items():
            digests = needed_digests(log)
            needed |= {key for key in world.pictures if key[1].startswith(name) and key[0] in digests}
        assert set(world.pictures) == needed

    asyncio.run(run())


def run_alone(world, work):
    asyncio.run(world.run(work))


def kept(world, digest, reference, age_h=5):
    world.pictures[digest, reference] = world.now_ns - age_h * HOUR
    return digest, reference


async def finished_asset(world, number=1):
    writer = Writer(world, number)
    await writer.make()
    return writer


def test_a_picture_of_an_asset_that_is_gone_goes_and_a_young_one_stays():
    world = World(1)
    gone = names.asset_name(1, 1)
    old = kept(world, "sha256:1", f"{gone}/variants/0")
    young = kept(world, "sha256:2", f"{gone}/variants/1", age_h=1)

    async def work():
        await finished_asset(world)
        await sweep(world).run()

    run_alone(world, work())
    assert old not in world.pictures
    assert young in world.pictures


def test_pictures_of_others_in_the_same_store_stay():
    world = World(1)
    others = [
        kept(world, "sha256:1", ""),
        kept(world, "sha256:2", "somebody/else"),
        kept(world, "sha256:3", "assets/x/y"),
    ]

    async def work():
        await finished_asset(world)
        await sweep(world).run()

    run_alone(world, work())
    assert set(others) <= set(world.pictures)


def test_a_journal_that_knows_no_asset_at_all_is_not_believed():
    world = World(1)
    old = kept(world, "sha256:1", names.reference(names.asset_name(1, 1), 0))
    run_alone(world, sweep(world).run())
    assert old in world.pictures


def test_an_asset_that_is_not_final_keeps_everything():
    world = World(1)

    async def work():
        writer = Writer(world, 1)
        await writer.append(pb.AssetEvent(accepted=pb.Accepted(content="a", recipe=pb.Recipe(variant_count=1))))
        orphan = kept(world, "sha256:1", names.reference(writer.name, 0))
        await sweep(world).run()
        assert orphan in world.pictures
        await writer.append(events.cancelled(writer.job))
        await sweep(world).run()
        assert orphan not in world.pictures

    run_alone(world, work())


def test_a_log_that_cannot_be_read_as_a_whole_keeps_everything():
    world = World(1)

    async def work():
        writer = await finished_asset(world)
        log = world.journal._logs[writer.name]
        del log[1]
        orphan = kept(world, "sha256:77", names.reference(writer.name, 0))
        await sweep(world).run()
        assert orphan in world.pictures
        del world.journal._logs[writer.name]

    run_alone(world, work())


def test_final_assets_are_deleted_when_nothing_happened_to_them_for_long_enough():
    world = World(3)

    async def work():
        old, changed, running = [await finished_asset(world, number) for number in range(3)]
        running = Writer(world, 7)
        await running.append(pb.AssetEvent(accepted=pb.Accepted(content="a", recipe=pb.Recipe(variant_count=1))))
        world.now_ns += 10 * HOUR
        while changed.job.variants[0].renditions[0].image is None:
            changed = await finished_asset(world, world.random.randrange(100, 1 << 30))
            world.now_ns += 10 * HOUR
        await changed.change()
        young = await finished_asset(world, 9)
        await sweep(world, asset_s=5 * 3600.0).run()
        left = set(world.journal._logs)
        assert old.name not in left
        assert {changed.name, running.name, young.name} <= left

    run_alone(world, work())
