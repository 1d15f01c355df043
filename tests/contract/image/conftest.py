"""What the tests of the image service run against: stores, the Workers AI stand-in, replicas and processes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc

from services.image.config import DEFAULT_MODEL
from services.image.filesystem import FilesystemStore
from services.image.inspector import Inspector
from services.image.locations import Bucket
from services.image.marking import Marker
from services.image.s3 import S3Store
from services.image.signing import nobody
from services.image.store import ImageStore
from services.image.wiring import image_service
from services.kit.channel import open_channel
from services.kit.serve import GrpcServer
from services.workers_ai.client import WorkersAI
from services.workers_ai.settings import WorkersAISettings
from tests.contract.image.s3_server import S3Server, s3_running
from tests.environment import clean_environ

SERVICE = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
ACCOUNT_ID = "0" * 32

# Without a signature, equal requests give equal bytes.
UNSIGNED = Marker(nobody, required=False, credit="", version="0")

Stub: TypeAlias = "image_pb2_grpc.ImageServiceAsyncStub"
Calls: TypeAlias = "list[dict[str, object]]"


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A real S3 server that checks keys, with one bucket."""
    with s3_running(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def s3_place() -> Bucket:
    """A place in the bucket that nobody else uses."""
    return Bucket("pictures", f"tests/{secrets.token_hex(8)}")


@pytest.fixture(params=["filesystem", "s3"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ImageStore]:
    """An empty store of each implementation; a further implementation is a further parameter."""
    store: FilesystemStore | S3Store = FilesystemStore(tmp_path / "pictures")
    if request.param == "s3":
        server: S3Server = request.getfixturevalue("s3_server")
        store = S3Store(request.getfixturevalue("s3_place"), server.access)
    await store.prepare()
    yield store
    await store.close()


@pytest.fixture(scope="session")
def stand_in() -> Iterator[str]:
    """Address of a Workers AI stand-in in a process of its own, which can be told to misbehave."""
    environ = {
        "ATELIER_LOCAL_LISTEN": "127.0.0.1:0",
        "ATELIER_LOCAL_ENGINES": "instant",
        "ATELIER_LOCAL_FAULTS": "on",
        "ATELIER_LOCAL_GRACE_S": "0.1",
    }
    running, address = start("services.local", environ)
    yield address
    stop(running)


@pytest.fixture
def model_address(stand_in: str) -> str:
    """Address of the stand-in, which behaves and remembers no call."""
    ask(stand_in, "DELETE", "faults")
    ask(stand_in, "DELETE", "calls")
    return stand_in


@pytest.fixture
def misbehave(model_address: str) -> Callable[..., Awaitable[None]]:
    """Tells the stand-in which faults to have from now on, instead of those before."""

    async def put(*faults: dict[str, object]) -> None:
        every = [{"model": "*"} | fault for fault in faults]
        await asyncio.to_thread(ask, model_address, "PUT", "faults", json.dumps(every).encode())

    return put


@pytest.fixture
def model_calls(model_address: str) -> Callable[..., Awaitable[Calls]]:
    """The calls of models that the stand-in saw, once they meet a condition."""

    def wait(condition: Callable[[Calls], bool]) -> Calls:
        end = time.monotonic() + 60
        while not condition(calls := json.loads(ask(model_address, "GET", "calls"))):
            assert time.monotonic() < end, calls
            time.sleep(0.01)
        return calls

    async def seen(condition: Callable[[Calls], bool] = lambda calls: True) -> Calls:
        return await asyncio.to_thread(wait, condition)

    return seen


@pytest.fixture
def serving(model_address: str, tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[Stub]]:
    """Starts a replica on the test's store, with models and limits of its own, and gives a stub of it."""
    settings = WorkersAISettings(account_id=ACCOUNT_ID, api_token="local", base_url=f"http://{model_address}/client/v4")

    @asynccontextmanager
    async def replica(
        *models: str,
        slots: int = 8,
        attempts: int = 3,
        timeout_s: float = 60.0,
        marker: Marker | None = None,
        store: ImageStore | None = None,
        anchors: str = "",
    ) -> AsyncIterator[Stub]:
        async with contextlib.AsyncExitStack() as stack:
            client = WorkersAI(settings, attempts=attempts)
            stack.push_async_callback(client.close)
            if store is None:
                directory = FilesystemStore(tmp_path / "images")
                await directory.prepare()
                stack.push_async_callback(directory.close)
                store = directory
            workers = stack.enter_context(ThreadPoolExecutor(2))
            inspector = Inspector(anchors)
            stack.push_async_callback(inspector.close)
            server = GrpcServer("image", listen="127.0.0.1:0", grace_s=5)
            servicer = image_service(
                client,
                models or (DEFAULT_MODEL,),
                store,
                marker=marker or UNSIGNED,
                inspector=inspector,
                workers=workers,
                attempts=attempts,
                timeout_s=timeout_s,
                slots=slots,
                billed=settings.billed,
            )
            server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, servicer, SERVICE)
            await server.start()
            stack.push_async_callback(server.stop)
            channel = await stack.enter_async_context(open_channel(server.address))
            yield image_pb2_grpc.ImageServiceStub(channel)

    return replica


@pytest.fixture
async def stub(serving: Callable[..., AbstractAsyncContextManager[Stub]]) -> AsyncIterator[Stub]:
    """A stub of one replica as it is by default."""
    async with serving() as stub:
        yield stub


@pytest.fixture
def image_process(model_address: str, tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[str]]:
    """Runs `python -m services.image` on the test's store, with some of its environment changed; gives its address."""

    @asynccontextmanager
    async def run(**changed: str) -> AsyncIterator[str]:
        environ = {
            "ATELIER_IMAGE_LISTEN": "127.0.0.1:0",
            "ATELIER_IMAGE_STORE": str(tmp_path / "images"),
            "CLOUDFLARE_ACCOUNT_ID": ACCOUNT_ID,
            "CLOUDFLARE_API_TOKEN": "local",
            "CLOUDFLARE_BASE_URL": f"http://{model_address}/client/v4",
        }
        running, address = await asyncio.to_thread(start, "services.image", environ | changed)
        try:
            yield address
        finally:
            await asyncio.to_thread(stop, running)

    return run


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[], list[Path]]:
    """Lists the files of the test's store, without its locks and its certificate, which stay."""

    def files() -> list[Path]:
        found = (tmp_path / "images").rglob("*")
        return [path for path in found if path.is_file() and path.parent.name not in ("locks", "signing")]

    return files


def start(module: str, environ: dict[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    """A process of ours that printed its ready line, and its address."""
    clean = clean_environ()
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


def ask(address: str, method: str, path: str, body: bytes | None = None) -> bytes:
    """One request to the part of the stand-in that is for tests and drills."""
    headers = {"content-type": "application/json"} if body else {}
    request = urllib.request.Request(f"http://{address}/local/v1/{path}", data=body, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        content: bytes = answer.read()
    return content
