"""GenerateImage as its callers see it: real gRPC, the real client, the real Workers AI stand-in."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.type.v1 import cost_pb2
from PIL import Image

from services.image.config import DEFAULT_MODEL
from services.kit.channel import stream, unary
from services.kit.errors import Reason, ServiceError
from services.workers_ai.catalogue import IMAGE_MODELS

SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
PHOENIX = "@cf/leonardo/phoenix-1.0"

Stub: TypeAlias = "image_pb2_grpc.ImageServiceAsyncStub"
Serving: TypeAlias = Callable[..., AbstractAsyncContextManager[Stub]]
Misbehave: TypeAlias = Callable[..., Awaitable[None]]
ModelCalls: TypeAlias = Callable[..., Awaitable[list[dict[str, object]]]]
Stored: TypeAlias = Callable[[], list[Path]]


async def generate(stub: Stub, model_attempts: int = 0, **fields: object) -> image_pb2.GenerateImageResponse:
    request = image_pb2.GenerateImageRequest(**{"prompt": "a red bicycle by the sea", **fields})  # type: ignore[arg-type]
    return await unary(stub.GenerateImage, request, timeout_s=60, model_attempts=model_attempts)


async def read(stub: Stub, digest: str) -> bytes:
    pieces = [reply.data async for reply in stream(stub.ReadImage, image_pb2.ReadImageRequest(digest=digest))]
    assert max(map(len, pieces)) <= 256 * 1024
    return b"".join(pieces)


async def test_a_picture_is_made_stored_and_read_back(stub: Stub) -> None:
    made = await generate(stub)
    data = await read(stub, made.image.blob.digest)
    assert made.image.blob.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert made.image.blob.size_bytes == len(data)
    assert made.image.blob.media_type == "image/jpeg"
    assert (made.image.width, made.image.height) == (1024, 1024)
    with Image.open(BytesIO(data)) as picture:
        picture.load()
        assert picture.size == (1024, 1024)
    assert made.call.model == DEFAULT_MODEL
    assert made.call.engine == "local/instant"
    assert made.call.attempts == 1
    assert made.call.duration.ToMicroseconds() > 0


@pytest.mark.parametrize("model", sorted(IMAGE_MODELS))
@pytest.mark.parametrize(("width", "height"), [(0, 0), (1024, 1024), (600, 340), (256, 2048)])
async def test_every_hosted_model_makes_pictures_of_exactly_the_size_asked_for(
    serving: Serving, model: str, width: int, height: int
) -> None:
    async with serving(model) as stub:
        made = await generate(stub, width=width, height=height, seed=11, negative_prompt="text")
        data = await read(stub, made.image.blob.digest)
    with Image.open(BytesIO(data)) as picture:
        picture.load()
        assert picture.size == (made.image.width, made.image.height)
        if width:
            assert picture.size == (width, height)
        assert Image.MIME[picture.format or ""] == made.image.blob.media_type
    assert made.call.model == model


async def test_the_same_request_stores_the_same_digest(serving: Serving) -> None:
    async with serving(SDXL) as stub:
        first, second = await generate(stub, seed=5), await generate(stub, seed=5)
    assert first.image == second.image


@pytest.mark.parametrize("body", ["truncated", "garbage", "black", "blank", "empty"])
@pytest.mark.parametrize("model", [DEFAULT_MODEL, PHOENIX, SDXL])
async def test_what_is_no_picture_is_asked_for_once_more_and_then_an_error(
    serving: Serving, model: str, body: str, misbehave: Misbehave, model_calls: ModelCalls, stored: Stored
) -> None:
    await misbehave({"body": body})
    async with serving(model) as stub:
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    assert len(await model_calls()) == 2
    assert stored() == []


@pytest.mark.parametrize("body", ["truncated", "garbage", "black", "blank", "empty", "disconnect"])
async def test_a_picture_on_the_second_try_counts_and_both_tries_are_in_the_record(
    stub: Stub, body: str, misbehave: Misbehave
) -> None:
    await misbehave({"body": body, "times": 1})
    made = await generate(stub)
    assert made.call.attempts == 2
    assert await read(stub, made.image.blob.digest)


async def test_a_caller_who_allows_one_request_gets_the_error_of_that_one(
    stub: Stub, misbehave: Misbehave, model_calls: ModelCalls
) -> None:
    await misbehave({"body": "black"})
    with pytest.raises(ServiceError) as caught:
        await generate(stub, model_attempts=1)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    assert "shows nothing" in caught.value.message
    assert len(await model_calls()) == 1


async def test_both_retries_share_the_one_budget(
    serving: Serving, misbehave: Misbehave, model_calls: ModelCalls
) -> None:
    await misbehave({"status": 500, "times": 1}, {"body": "black"})
    async with serving(attempts=2) as stub:
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    assert len(await model_calls()) == 2


async def test_the_next_model_is_asked_where_the_first_has_no_capacity(serving: Serving, misbehave: Misbehave) -> None:
    await misbehave({"model": DEFAULT_MODEL, "status": 429, "code": 3040})
    async with serving(DEFAULT_MODEL, SDXL, attempts=1) as stub:
        made = await generate(stub, width=300, height=500)
    assert made.call.model == SDXL
    assert (made.image.width, made.image.height) == (300, 500)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 429, "code": 4006}, Reason.MODEL_QUOTA),
        ({"status": 400, "code": 3030, "message": "Input prompt contains NSFW content"}, Reason.MODEL_REFUSED),
        ({"status": 403, "code": 10000}, Reason.MODEL_CREDENTIALS),
        ({"status": 500}, Reason.MODEL_UNREACHABLE),
        ({"body": "disconnect"}, Reason.MODEL_UNREACHABLE),
        ({"status": 400, "code": 5007}, Reason.MODEL_UNSUPPORTED),
    ],
)
async def test_what_the_provider_says_arrives_as_its_own_reason(
    serving: Serving, fault: dict[str, object], reason: Reason, misbehave: Misbehave
) -> None:
    await misbehave(fault)
    async with serving(attempts=1) as stub:
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"prompt": ""}, "prompt"),
        ({"prompt": "x" * 2049}, "prompt"),
        ({"width": 512}, "height"),
        ({"width": 100, "height": 512}, "width"),
        ({"seed": -1}, "seed"),
        ({"reference": "a\tb"}, "reference"),
    ],
)
async def test_a_bad_request_never_reaches_the_model(
    stub: Stub, fields: dict[str, object], field: str, model_calls: ModelCalls
) -> None:
    with pytest.raises(ServiceError) as caught:
        await generate(stub, **fields)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)
    assert caught.value.limit
    assert await model_calls() == []


async def test_a_prompt_of_the_greatest_length_is_painted(stub: Stub) -> None:
    assert (await generate(stub, prompt="ä🚲" * 1024)).image.blob.digest


async def test_a_full_replica_says_so_at_once_and_goes_on_reading(
    serving: Serving, misbehave: Misbehave, model_calls: ModelCalls
) -> None:
    async with serving(slots=2) as stub:
        picture = (await generate(stub)).image.blob.digest
        await misbehave({"body": "hang"})
        painting = [asyncio.ensure_future(generate(stub)) for _ in range(2)]
        await model_calls(lambda calls: len(calls) == 3)
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
        assert caught.value.reason is Reason.SERVER_BUSY
        assert await read(stub, picture)
        for call in painting:
            call.cancel()
        await asyncio.gather(*painting, return_exceptions=True)
        await model_calls(lambda calls: [call["cancelled"] for call in calls].count(True) == 2)
        await misbehave()
        await generate(stub)


async def test_a_deadline_ends_the_call_of_the_model(stub: Stub, misbehave: Misbehave, model_calls: ModelCalls) -> None:
    await misbehave({"body": "hang"})
    with pytest.raises(ServiceError) as caught:
        await unary(stub.GenerateImage, image_pb2.GenerateImageRequest(prompt="a boat"), timeout_s=0.5)
    # Which side notices first is chance; the service leaves its caller a moment to be told.
    assert caught.value.reason in (Reason.DEADLINE_EXCEEDED, Reason.MODEL_UNREACHABLE)
    await model_calls(lambda calls: all(call["cancelled"] for call in calls))


async def test_a_model_that_never_answers_is_unreachable(serving: Serving, misbehave: Misbehave) -> None:
    await misbehave({"body": "hang"})
    async with serving(attempts=1, timeout_s=0.5) as stub:
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
    assert caught.value.reason is Reason.MODEL_UNREACHABLE


async def test_what_it_would_cost_is_said_without_asking_a_model(
    serving: Serving, model_calls: ModelCalls, stored: Stored
) -> None:
    async with serving(DEFAULT_MODEL, PHOENIX) as stub:
        said = await generate(stub, validate_only=True)
        wide = await generate(stub, validate_only=True, width=1024, height=512)
    assert not said.HasField("image")
    assert (said.call.model, said.call.attempts) == (DEFAULT_MODEL, 0)
    assert said.call.cost.source == cost_pb2.COST_SOURCE_ESTIMATED
    assert said.call.cost.neurons == pytest.approx(172.8)
    assert said.call.cost.usd == pytest.approx(172.8 * 0.011 / 1000)
    assert said.call.cost.billed_usd == 0
    assert (wide.call.model, wide.call.cost.neurons) == (PHOENIX, pytest.approx(2 * 530 + 250))
    assert await model_calls() == []
    assert stored() == []


async def test_what_would_be_cut_is_said_without_asking_a_model(serving: Serving, model_calls: ModelCalls) -> None:
    async with serving(DEFAULT_MODEL) as stub:
        square = await generate(stub, validate_only=True, width=512, height=512)
        wide = await generate(stub, validate_only=True, width=1024, height=512)
    assert (square.image.width, square.image.height, square.image.HasField("fitting")) == (512, 512, False)
    assert (wide.image.width, wide.image.height) == (1024, 512)
    fitting = wide.image.fitting
    assert (fitting.made_width, fitting.made_height, fitting.width, fitting.height) == (1024, 1024, 1024, 512)
    assert await model_calls() == []


async def test_a_bad_request_is_refused_by_validate_only_too(stub: Stub) -> None:
    with pytest.raises(ServiceError) as caught:
        await generate(stub, validate_only=True, media_type="image/tiff")
    assert caught.value.field == "media_type"


async def test_a_model_that_makes_the_ratio_goes_first_and_the_others_stay_fallbacks(
    serving: Serving, misbehave: Misbehave
) -> None:
    async with serving(DEFAULT_MODEL, SDXL, attempts=1) as stub:
        assert (await generate(stub, width=512, height=512)).call.model == DEFAULT_MODEL
        banner = await generate(stub, width=1200, height=400)
        assert banner.call.model == SDXL
        assert not banner.image.HasField("fitting")
        assert (await generate(stub)).call.model == DEFAULT_MODEL
        await misbehave({"model": SDXL, "status": 429, "code": 3040})
        cut = await generate(stub, width=1200, height=400)
    assert cut.call.model == DEFAULT_MODEL
    fitting = cut.image.fitting
    assert (fitting.made_width, fitting.made_height) == (1024, 1024)
    assert (fitting.left, fitting.width) == (0, 1024)
    assert fitting.height == pytest.approx(1024 / 3, abs=1)
    assert 0 <= fitting.top <= 1024 - fitting.height
    assert (cut.image.width, cut.image.height) == (1200, 400)


async def test_the_source_digest_is_the_same_whatever_becomes_of_the_answer(serving: Serving) -> None:
    async with serving(SDXL) as stub:
        plain = (await generate(stub, seed=5, width=512, height=512)).image
        webp = (await generate(stub, seed=5, width=512, height=512, media_type="image/webp", quality=60)).image
        other = (await generate(stub, seed=5, width=768, height=512)).image
    assert plain.source_digest == webp.source_digest != other.source_digest
    assert plain.blob.digest != webp.blob.digest
    assert plain.source_digest.startswith("sha256:")
    assert plain.reproducible


async def test_a_model_without_a_seed_is_not_reproducible(stub: Stub) -> None:
    assert not (await generate(stub, seed=5)).image.reproducible


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/webp", "image/avif"])
async def test_a_picture_is_stored_in_the_type_wanted(stub: Stub, media_type: str) -> None:
    made = await generate(stub, media_type=media_type, quality=70)
    data = await read(stub, made.image.blob.digest)
    assert made.image.blob.media_type == media_type
    with Image.open(BytesIO(data)) as picture:
        picture.load()
        assert Image.MIME[picture.format or ""] == media_type


async def test_each_picture_says_what_it_cost(stub: Stub, misbehave: Misbehave) -> None:
    await misbehave({"body": "black", "times": 1})
    cost = (await generate(stub)).call.cost
    assert cost.neurons == pytest.approx(2 * 172.8)
    assert (cost.billed_usd, cost.source) == (0, cost_pb2.COST_SOURCE_PRICE_LIST)


async def test_what_was_spent_in_vain_is_in_the_error(stub: Stub, misbehave: Misbehave) -> None:
    await misbehave({"body": "black"})
    with pytest.raises(ServiceError) as caught:
        await generate(stub)
    assert float(caught.value.metadata["neurons"]) == pytest.approx(2 * 172.8)
