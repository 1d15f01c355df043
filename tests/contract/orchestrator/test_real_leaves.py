"""The orchestrator before the real leaf services, which call the Workers AI stand-in over HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack

import aiohttp
import orjson
import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc

from services.image.config import DEFAULT_MODEL as IMAGE_MODEL
from services.image.filesystem import FilesystemStore
from services.image.inspector import Inspector
from services.image.marking import Marker
from services.image.signing import nobody
from services.image.wiring import image_service
from services.kit.channel import open_channel, stream, unary
from services.kit.errors import Reason, ServiceError
from services.kit.serve import GrpcServer
from services.local.config import Config as LocalConfig
from services.local.server import LocalServer
from services.moderation.config import DEFAULT_MODEL as MODERATION_MODEL
from services.moderation.judging import Judge
from services.moderation.library import Library
from services.moderation.service import ModerationService
from services.orchestrator.passing import Neighbours
from services.orchestrator.sweeping import Age, Sweep
from services.prompt.config import DEFAULT_MODEL as PROMPT_MODEL
from services.prompt.model import WorkersAITextModel
from services.prompt.service import PromptService
from services.prompt.writer import Writer
from services.workers_ai.client import WorkersAI
from services.workers_ai.settings import WorkersAISettings


class RealLeaves:
    """Addresses of the leaves, and the stand-in behind them."""

    def __init__(self, addresses, session, local):
        self.addresses = addresses
        self.session = session
        self.local = local

    def target(self, name):
        return f"ipv4:{self.addresses[name]}"

    async def misbehave(self, **fault):
        url = f"http://{self.local.address}/local/v1/faults"
        async with self.session.put(url, data=orjson.dumps([fault])) as answer:
            assert answer.status < 300, await answer.text()

    async def calls(self, model):
        async with self.session.get(f"http://{self.local.address}/local/v1/calls") as answer:
            return [call for call in await answer.json() if call["model"] == model]


def servicers(client, tmp_path, workers):
    store = FilesystemStore(tmp_path)
    text_model = WorkersAITextModel(client, (PROMPT_MODEL,), timeout_s=30, temperature=0.7)
    judge = Judge(client, (MODERATION_MODEL,), timeout_s=30, parallel=4)
    image = image_service(
        client,
        (IMAGE_MODEL,),
        store,
        marker=Marker(nobody, required=False, credit="", version="0"),
        inspector=Inspector(),
        workers=workers,
        attempts=3,
        timeout_s=30,
        slots=8,
    )
    yield (
        "prompt",
        prompt_pb2.DESCRIPTOR.services_by_name["PromptService"],
        prompt_pb2_grpc.add_PromptServiceServicer_to_server,
        PromptService(Writer(text_model, rounds=3, parallel=4), slots=32),
    )
    yield (
        "moderation",
        moderation_pb2.DESCRIPTOR.services_by_name["ModerationService"],
        moderation_pb2_grpc.add_ModerationServiceServicer_to_server,
        ModerationService(judge, Library(), slots=64),
    )
    yield (
        "image",
        image_pb2.DESCRIPTOR.services_by_name["ImageService"],
        image_pb2_grpc.add_ImageServiceServicer_to_server,
        image,
    )


@pytest.fixture
async def leaves(tmp_path):
    async with AsyncExitStack() as exits:
        local = LocalServer(LocalConfig(listen="127.0.0.1:0", engines="instant", faults=True, grace_s=0.0))
        await local.start()
        exits.push_async_callback(local.stop)
        client = WorkersAI(WorkersAISettings(account_id="0" * 32, api_token="local", base_url=local.base_url))
        exits.push_async_callback(client.close)
        workers = exits.enter_context(ThreadPoolExecutor(2))
        addresses = {}
        for name, service, register, servicer in servicers(client, tmp_path, workers):
            server = GrpcServer(name, listen="127.0.0.1:0", grace_s=0.0)
            server.add(register, servicer, service)
            await server.start()
            exits.push_async_callback(server.stop)
            addresses[name] = server.address
        session = await exits.enter_async_context(aiohttp.ClientSession())
        yield RealLeaves(addresses, session, local)


def retries(events):
    return [event.step_retried for event in events if event.HasField("step_retried")]


async def test_an_asset_has_pictures_whose_bytes_are_what_their_digest_says(client):
    asset = (await client.create("A fox at dawn in the forest.", variant_count=3))[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    for n, variant in enumerate(asset.variants):
        data = await client.read_image(asset.name, n)
        assert variant.image.blob.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert variant.prompt.alt_text


async def test_a_picture_goes_with_the_last_asset_that_has_it(client, leaves):
    first, second = [(await client.create("A fox at dawn in the forest."))[-1].finished.asset for _ in range(2)]
    digest = first.variants[0].image.blob.digest
    assert second.variants[0].image.blob.digest == digest
    await client.delete(first.name)
    assert await client.read_image(second.name)
    await client.delete(second.name)
    async with open_channel(leaves.target("image")) as channel:
        with pytest.raises(ServiceError) as caught:
            await anext(
                stream(image_pb2_grpc.ImageServiceStub(channel).ReadImage, image_pb2.ReadImageRequest(digest=digest))
            )
    assert caught.value.reason is Reason.IMAGE_UNKNOWN


async def test_each_request_to_the_provider_is_a_try_that_the_log_shows(client, leaves):
    await leaves.misbehave(model=IMAGE_MODEL, status=503, times=2)
    events = await client.create("A fox at dawn in the forest.")
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED
    assert [ServiceError.from_status(retry.error).reason for retry in retries(events)] == [Reason.MODEL_UNREACHABLE] * 2
    assert len(await leaves.calls(IMAGE_MODEL)) == 3


async def test_a_cancel_reaches_the_provider(client, leaves):
    await leaves.misbehave(model=IMAGE_MODEL, body="hang")
    name = (await client.create("A fox at dawn in the forest.", detach=True))[0].asset

    async def wait_for(condition):
        async with asyncio.timeout(60):
            while not await condition():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def is_painting():
        # A call that is cancelled on its way is none that the provider could hear of.
        return bool(await leaves.calls(IMAGE_MODEL))

    async def is_cancelled():
        calls = await leaves.calls(IMAGE_MODEL)
        return bool(calls) and all(call["cancelled"] for call in calls)

    await wait_for(is_painting)
    await client.cancel(name)
    await wait_for(is_cancelled)


async def test_a_sweep_drops_what_no_asset_needs_from_the_real_store_and_nothing_else(stack, client, leaves):
    async with open_channel(leaves.target("image")) as channel:
        images = image_pb2_grpc.ImageServiceStub(channel)

        async def store(reference, prompt):
            request = image_pb2.GenerateImageRequest(prompt=prompt, seed=7, reference=reference)
            return (await unary(images.GenerateImage, request, timeout_s=60)).image.blob.digest

        async def stored():
            rows = stream(images.ListImages, image_pb2.ListImagesRequest(), timeout_s=60)
            return {(row.digest, row.reference) async for row in rows}

        kept, deleted = [
            (await client.create(f"A {animal} at dawn.", variant_count=2))[-1].finished.asset
            for animal in ("fox", "heron")
        ]
        await client.delete(deleted.name)
        running = (await client.create("A boat.", detach=True))[0].asset
        needed = await stored()
        orphans = {
            (await store(name, f"orphan {number}"), name)
            for number, name in enumerate((f"{kept.name}/variants/0", f"{deleted.name}/variants/1/renditions/2"))
        }
        others = {(await store("press/cover", "a cover"), "press/cover")}
        neighbours = Neighbours(channel, channel)
        age = Age(picture_s=3600.0)
        await Sweep(stack.journal, neighbours, client.delete, age).run()
        assert orphans | others | needed <= await stored(), "what is young stays"
        await client.watch(running)
        needed |= await stored() - orphans
        later_ns = time.time_ns() + 2 * 3600 * 1_000_000_000
        await Sweep(stack.journal, neighbours, client.delete, age, lambda: later_ns).run()
        assert await stored() == needed | others
        for variant in range(2):
            assert await client.read_image(kept.name, variant)


async def test_assets_past_their_time_go_with_their_pictures_and_stay_in_the_usage(stack, client, leaves):
    for _ in range(3):
        await client.create("A fox at dawn.")
    before = await unary(client.stub.GetUsage, pb.GetUsageRequest(), timeout_s=30)
    async with open_channel(leaves.target("image")) as channel:
        later_ns = time.time_ns() + 2 * 3600 * 1_000_000_000
        neighbours = Neighbours(channel, channel)
        await Sweep(stack.journal, neighbours, client.delete, Age(7200.0, 3600.0), lambda: later_ns).run()
        images = image_pb2_grpc.ImageServiceStub(channel)
        assert [row async for row in stream(images.ListImages, image_pb2.ListImagesRequest())] == []
    assert not (await client.list()).assets
    assert await unary(client.stub.GetUsage, pb.GetUsageRequest(), timeout_s=30) == before
