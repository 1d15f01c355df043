"""The image service as its callers see it: real gRPC, the real client, the real Workers AI stand-in."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import grpc
import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from PIL import Image

from services.image.config import DEFAULT_MODEL
from services.image.filesystem import FilesystemStore
from services.image.painting import Painter
from services.image.service import ImageService
from services.kit.channel import open_channel, stream, unary
from services.kit.errors import Reason, ServiceError
from services.kit.serve import GrpcServer
from services.workers_ai.catalogue import IMAGE_MODELS
from services.workers_ai.client import WorkersAI
from services.workers_ai.settings import WorkersAISettings

SERVICE = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
PHOENIX = "@cf/leonardo/phoenix-1.0"
UNKNOWN = f"sha256:{'0' * 64}"

Request = image_pb2.GenerateImageRequest


class StandIn:
    """The Workers AI stand-in in a process of its own."""

    def __init__(self, address: str) -> None:
        self.address = address

    def faults(self, *faults: dict[str, object]) -> None:
        self._ask("PUT", "faults", json.dumps(faults).encode())

    def reset(self) -> None:
        self._ask("DELETE", "faults")
        self._ask("DELETE", "calls")

    def calls(self) -> list[dict[str, object]]:
        answer = json.loads(self._ask("GET", "calls"))
        assert isinstance(answer, list)
        return answer

    def _ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        url = f"http://{self.address}/local/v1/{path}"
        headers = {"content-type": "application/json"} if body else {}
        request = urllib.request.Request(url, data=body, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            content: bytes = answer.read()
        return content


def start(module: str, environ: dict[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    """A process of ours that printed its ready line, and its address."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ATELIER_", "CLOUDFLARE_"))}
    running = subprocess.Popen(
        [sys.executable, "-m", module, "--with-parent"],
        env=clean | {"ATELIER_LOG_LEVEL": "error"} | environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert running.stdout is not None
    line = running.stdout.readline()
    if not line:
        stop(running)
    return running, json.loads(line)["address"]


def stop(running: subprocess.Popen[bytes]) -> None:
    """Tell a process that its parent is gone, and wait for its end."""
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.close()
    code = running.wait(30)
    running.stdout.close()
    assert code == 0


@asynccontextmanager
async def process(module: str, environ: dict[str, str]) -> AsyncIterator[str]:
    running, address = await asyncio.to_thread(start, module, environ)
    try:
        yield address
    finally:
        await asyncio.to_thread(stop, running)


@pytest.fixture(scope="module")
def shared_stand_in() -> Iterator[StandIn]:
    environ = {
        "ATELIER_LOCAL_LISTEN": "127.0.0.1:0",
        "ATELIER_LOCAL_ENGINES": "instant",
        "ATELIER_LOCAL_FAULTS": "on",
        "ATELIER_LOCAL_GRACE_S": "0.1",
    }
    running, address = start("services.local", environ)
    yield StandIn(address)
    stop(running)


@pytest.fixture
def stand_in(shared_stand_in: StandIn) -> StandIn:
    shared_stand_in.reset()
    return shared_stand_in


def credentials(stand_in: StandIn) -> WorkersAISettings:
    return WorkersAISettings(account_id="0" * 32, api_token="local", base_url=f"http://{stand_in.address}/client/v4")


Stub: TypeAlias = "image_pb2_grpc.ImageServiceAsyncStub"
Serving: TypeAlias = Callable[..., AbstractAsyncContextManager["Stub"]]


@pytest.fixture
def serving(stand_in: StandIn, tmp_path: Path) -> Serving:
    """Starts a replica on the shared store; every replica a test starts has its own models and limits."""

    @asynccontextmanager
    async def replica(*models: str, slots: int = 8, attempts: int = 3, timeout_s: float = 60.0) -> AsyncIterator[Stub]:
        async with contextlib.AsyncExitStack() as stack:
            client = WorkersAI(credentials(stand_in), attempts=attempts)
            stack.push_async_callback(client.close)
            store = FilesystemStore(tmp_path / "images")
            stack.push_async_callback(store.close)
            workers = stack.enter_context(ThreadPoolExecutor(2))
            painter = Painter(
                client, models or (DEFAULT_MODEL,), attempts=attempts, timeout_s=timeout_s, workers=workers
            )
            server = GrpcServer("image", listen="127.0.0.1:0", grace_s=5)
            servicer = ImageService(painter, store, slots=slots)
            server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, servicer, SERVICE)
            await server.start()
            stack.push_async_callback(server.stop)
            channel = await stack.enter_async_context(open_channel(server.address))
            yield image_pb2_grpc.ImageServiceStub(channel)

    return replica


@pytest.fixture
async def stub(serving: Serving) -> AsyncIterator[Stub]:
    async with serving() as stub:
        yield stub


async def generate(stub: Stub, model_attempts: int = 0, **fields: object) -> image_pb2.GenerateImageResponse:
    request = Request(**{"prompt": "a red bicycle by the sea", **fields})  # type: ignore[arg-type]
    return await unary(stub.GenerateImage, request, timeout_s=60, model_attempts=model_attempts)


async def read(stub: Stub, digest: str) -> bytes:
    pieces = [reply.data async for reply in stream(stub.ReadImage, image_pb2.ReadImageRequest(digest=digest))]
    assert max(map(len, pieces)) <= 256 * 1024
    return b"".join(pieces)


async def delete(stub: Stub, digest: str, reference: str) -> None:
    request = image_pb2.DeleteImageRequest(digest=digest, reference=reference)
    await unary(stub.DeleteImage, request, timeout_s=30)


def stored(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "images").rglob("*") if path.is_file() and path.parent.name != "locks"]


async def until(condition: Callable[[], bool]) -> None:
    def wait() -> None:
        while not condition():
            time.sleep(0.01)

    await asyncio.wait_for(asyncio.to_thread(wait), 60)


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
    serving: Serving, stand_in: StandIn, tmp_path: Path, model: str, body: str
) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": "*", "body": body})
    async with serving(model) as stub:
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    assert len(await asyncio.to_thread(stand_in.calls)) == 2
    assert stored(tmp_path) == []


@pytest.mark.parametrize("body", ["truncated", "garbage", "black", "blank", "empty"])
async def test_a_picture_on_the_second_try_counts_and_both_tries_are_in_the_record(
    stub: Stub, stand_in: StandIn, body: str
) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": "*", "body": body, "times": 1})
    made = await generate(stub)
    assert made.call.attempts == 2
    assert await read(stub, made.image.blob.digest)


async def test_a_caller_who_allows_one_request_gets_the_error_of_that_one(stub: Stub, stand_in: StandIn) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": "*", "body": "black"})
    with pytest.raises(ServiceError) as caught:
        await generate(stub, model_attempts=1)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    assert "shows nothing" in caught.value.message
    assert len(await asyncio.to_thread(stand_in.calls)) == 1


async def test_both_retries_share_the_one_budget(serving: Serving, stand_in: StandIn) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": "*", "status": 500, "times": 1}, {"model": "*", "body": "black"})
    async with serving(attempts=2) as stub:
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
    assert caught.value.reason is Reason.MODEL_OUTPUT
    assert len(await asyncio.to_thread(stand_in.calls)) == 2


async def test_the_next_model_is_asked_where_the_first_has_no_capacity(serving: Serving, stand_in: StandIn) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": DEFAULT_MODEL, "status": 429, "code": 3040})
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
    serving: Serving, stand_in: StandIn, fault: dict[str, object], reason: Reason
) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": "*"} | fault)
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
    stub: Stub, stand_in: StandIn, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        await generate(stub, **fields)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)
    assert caught.value.limit
    assert await asyncio.to_thread(stand_in.calls) == []


async def test_a_prompt_of_the_greatest_length_is_painted(stub: Stub) -> None:
    assert (await generate(stub, prompt="ä🚲" * 1024)).image.blob.digest


async def test_a_full_replica_says_so_at_once_and_health_and_reading_stay_answered(
    serving: Serving, stand_in: StandIn
) -> None:
    async with serving(slots=2) as stub:
        picture = (await generate(stub)).image.blob.digest
        await asyncio.to_thread(stand_in.faults, {"model": "*", "body": "hang"})
        painting = [asyncio.ensure_future(generate(stub)) for _ in range(2)]
        await until(lambda: len(stand_in.calls()) == 3)
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
        assert caught.value.reason is Reason.SERVER_BUSY
        assert await read(stub, picture)
        for call in painting:
            call.cancel()
        await asyncio.gather(*painting, return_exceptions=True)
        await until(lambda: [row["cancelled"] for row in stand_in.calls()].count(True) == 2)
        await asyncio.to_thread(stand_in.faults)
        await generate(stub)


async def test_health_is_answered_while_pictures_are_painted(stand_in: StandIn, tmp_path: Path) -> None:
    async with process("services.image", environment(stand_in, tmp_path)) as address, open_channel(address) as channel:
        stub, health = image_pb2_grpc.ImageServiceStub(channel), health_pb2_grpc.HealthStub(channel)
        painting = [
            asyncio.ensure_future(generate(stub, width=1600, height=1600, reference=str(number))) for number in range(4)
        ]
        answer = await health.Check(health_pb2.HealthCheckRequest(service=SERVICE.full_name), timeout=30)
        assert answer.status == health_pb2.HealthCheckResponse.SERVING
        await asyncio.gather(*painting)


async def test_a_deadline_ends_the_call_of_the_model(stub: Stub, stand_in: StandIn) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": "*", "body": "hang"})
    with pytest.raises(ServiceError) as caught:
        await unary(stub.GenerateImage, Request(prompt="a boat"), timeout_s=0.5)
    assert caught.value.reason is Reason.DEADLINE_EXCEEDED
    await until(lambda: all(row["cancelled"] for row in stand_in.calls()))


async def test_a_model_that_never_answers_is_unreachable(serving: Serving, stand_in: StandIn) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": "*", "body": "hang"})
    async with serving(attempts=1, timeout_s=0.5) as stub:
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
    assert caught.value.reason is Reason.MODEL_UNREACHABLE


async def test_bytes_are_kept_until_the_last_reference_is_deleted(stub: Stub, tmp_path: Path) -> None:
    digests = {(await generate(stub, reference=name)).image.blob.digest for name in ("assets/a/0", "assets/b/0")}
    (digest,) = digests
    await delete(stub, digest, "assets/a/0")
    await delete(stub, digest, "assets/a/0")
    assert await read(stub, digest)
    await delete(stub, digest, "assets/b/0")
    with pytest.raises(ServiceError) as caught:
        await read(stub, digest)
    assert caught.value.reason is Reason.IMAGE_UNKNOWN
    assert stored(tmp_path) == []
    await delete(stub, digest, "assets/b/0")


@pytest.mark.parametrize("digest", ["", "sha256:abc", "sha256:../../../etc/passwd", UNKNOWN.upper()])
async def test_what_is_no_digest_is_refused(stub: Stub, digest: str) -> None:
    with pytest.raises(ServiceError) as caught:
        await read(stub, digest)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "digest")
    with pytest.raises(ServiceError) as caught:
        await delete(stub, digest, "r")
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "digest")


async def test_an_unknown_digest_is_not_found_and_deleting_it_changes_nothing(
    stub: Stub,
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in stub.ReadImage(image_pb2.ReadImageRequest(digest=UNKNOWN), timeout=30):
            pytest.fail("bytes of nothing")
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    await delete(stub, UNKNOWN, "r")


async def test_deleting_without_a_reference_is_refused(stub: Stub) -> None:
    digest = (await generate(stub)).image.blob.digest
    with pytest.raises(ServiceError) as caught:
        await delete(stub, digest, "")
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "reference")
    assert await read(stub, digest)


async def test_damaged_bytes_are_data_loss_and_not_one_of_them_leaves(stub: Stub, tmp_path: Path) -> None:
    digest = (await generate(stub)).image.blob.digest
    (file,) = (path for path in stored(tmp_path) if path.suffix == ".jpg")
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in stub.ReadImage(image_pb2.ReadImageRequest(digest=digest), timeout=30):
            pytest.fail("a byte of a damaged picture left")
    assert caught.value.code() is grpc.StatusCode.DATA_LOSS
    with pytest.raises(ServiceError) as error:
        await read(stub, digest)
    assert error.value.reason is Reason.IMAGE_CORRUPT
    await generate(stub)
    assert await read(stub, digest)


async def test_a_replica_reads_what_another_stored(serving: Serving) -> None:
    async with serving() as first, serving(SDXL) as second:
        digest = (await generate(first, reference="r")).image.blob.digest
        assert await read(second, digest)
        await delete(second, digest, "r")
        with pytest.raises(ServiceError):
            await read(first, digest)


async def test_a_store_that_cannot_be_written_is_unavailable(stub: Stub, tmp_path: Path) -> None:
    (tmp_path / "images").write_bytes(b"")
    with pytest.raises(ServiceError) as caught:
        await generate(stub)
    assert caught.value.reason is Reason.STORE_UNAVAILABLE
    assert "cannot be written" in caught.value.message


def environment(stand_in: StandIn, tmp_path: Path) -> dict[str, str]:
    return {
        "ATELIER_IMAGE_LISTEN": "127.0.0.1:0",
        "ATELIER_IMAGE_STORE": str(tmp_path / "images"),
        "CLOUDFLARE_ACCOUNT_ID": "0" * 32,
        "CLOUDFLARE_API_TOKEN": "local",
        "CLOUDFLARE_BASE_URL": f"http://{stand_in.address}/client/v4",
    }


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"CLOUDFLARE_API_TOKEN": ""}, Reason.MODEL_CREDENTIALS),
        ({"ATELIER_IMAGE_MODEL": "@cf/nobody/nothing"}, Reason.MODEL_UNSUPPORTED),
        ({"CLOUDFLARE_BASE_URL": "http://127.0.0.1:9/client/v4"}, Reason.MODEL_UNREACHABLE),
    ],
)
async def test_a_failed_start_up_check_leaves_the_process_serving(
    stand_in: StandIn, tmp_path: Path, changed: dict[str, str], reason: Reason
) -> None:
    environ = environment(stand_in, tmp_path) | changed
    async with process("services.image", environ) as address, open_channel(address) as channel:
        with pytest.raises(ServiceError) as caught:
            await generate(image_pb2_grpc.ImageServiceStub(channel), model_attempts=1)
    assert caught.value.reason is reason


async def test_a_picture_being_painted_is_finished_before_the_process_ends(stand_in: StandIn, tmp_path: Path) -> None:
    await asyncio.to_thread(stand_in.faults, {"model": "*", "latency_ms": 500})
    async with process("services.image", environment(stand_in, tmp_path)) as address:
        channel = open_channel(address)
        painting = asyncio.ensure_future(generate(image_pb2_grpc.ImageServiceStub(channel), reference="r"))
        await until(lambda: bool(stand_in.calls()))
    made = await painting
    await channel.close()
    assert any(path.name.startswith(made.image.blob.digest[7:]) for path in stored(tmp_path))
