"""`python -m tests.bench.image`: CPU of the image service alone a picture, with a model that answers at once.

The real process stands between a fake of Workers AI and this client. Four ways take turns: pictures made; made with a
preview for a moderation model in the answer; made, and a preview read afterwards; read back whole. Beside them stands
the image part of a plain chain of services, which writes the model's bytes to a file and does nothing else. Absolute
figures hold for one machine; read the ratios to that.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import TypeAlias

import grpc
import psutil
import uvloop
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.type.v1 import provenance_pb2, verdict_pb2

from services.local.stack import ACCOUNT_ID, free_ports
from tests.bench.folders import new_folder
from tests.bench.side.__main__ import fake
from tests.bench.side.fake import PROMPT
from tests.environment import against

PREVIEW_SIDE = 512
PLAIN, MADE, SHOWN, LATER, READ = "plain service", "made", "made with preview", "made, then preview", "read"
PROVENANCE = provenance_pb2.Provenance(
    alt_text="Fishermen mending nets in a misty harbour.",
    caption="Fishermen mend their nets before the boats go out.",
    language="en",
    asset="assets/18ea8b5a16eb5106bef8dcf9af06d9e7",
    content_digest="sha256:" + "a" * 64,
    policy=verdict_pb2.PolicyVersion(name="balanced", version="7"),
    decision=verdict_pb2.Verdict.DECISION_ALLOWED,
    prompt_model="@cf/meta/llama-3.3-70b-instruct-fp8-fast",
)

Stub: TypeAlias = "image_pb2_grpc.ImageServiceAsyncStub"
Job = Callable[[int], Awaitable[None]]


@dataclass
class Way:
    """One way of using a service, and the CPU that its process took in each turn. Unit: ms a job."""

    job: Job
    process: psutil.Process
    turns: list[tuple[float, float]] = field(default_factory=list)

    async def turn(self, jobs: int, in_flight: int) -> None:
        """So many jobs, so many of them at once."""
        gate = asyncio.Semaphore(in_flight)

        async def gated(number: int) -> None:
            async with gate:
                await self.job(number)

        before = self.process.cpu_times()
        await asyncio.gather(*(gated(number) for number in range(jobs)))
        after = self.process.cpu_times()
        self.turns.append(((after.user - before.user) * 1000 / jobs, (after.system - before.system) * 1000 / jobs))


def ways(ours: Stub, process: psutil.Process, plain: Stub, plain_process: psutil.Process) -> dict[str, Way]:
    """The ways by name."""
    made: list[str] = []

    async def bare(number: int) -> None:
        await plain.GenerateImage(image_pb2.GenerateImageRequest(prompt=f"{number} {PROMPT}"))

    async def make(number: int, preview_side: int = 0) -> str:
        answer = await ours.GenerateImage(
            image_pb2.GenerateImageRequest(
                prompt=f"{number} {PROMPT}",
                reference=f"assets/{number}/0",
                provenance=PROVENANCE,
                preview_side=preview_side,
            )
        )
        assert bool(answer.preview) == bool(preview_side)
        made.append(answer.image.blob.digest)
        return answer.image.blob.digest

    async def make_only(number: int) -> None:
        await make(number)

    async def show(number: int) -> None:
        await make(number, PREVIEW_SIDE)

    async def show_later(number: int) -> None:
        await read(await make(number), PREVIEW_SIDE)

    async def read(digest: str, side: int = 0) -> None:
        request = image_pb2.ReadImageRequest(digest=digest, preview_side=side)
        assert b"".join([piece.data async for piece in ours.ReadImage(request)]).startswith(b"\xff\xd8\xff")

    async def read_back(number: int) -> None:
        await read(made[number % len(made)])

    return {
        PLAIN: Way(bare, plain_process),
        MADE: Way(make_only, process),
        SHOWN: Way(show, process),
        LATER: Way(show_later, process),
        READ: Way(read_back, process),
    }


async def run(jobs: int, in_flight: int, turns: int, chosen: list[str]) -> dict[str, Way]:
    """Every way in turns."""
    async with AsyncExitStack() as exits:
        base = await exits.enter_async_context(fake((0, 0, 0)))
        plain, plain_process = await exits.enter_async_context(_plain(base))
        ours, process = await exits.enter_async_context(_ours(base))
        sys.stderr.write(f"image process {process.pid}\n")
        found = ways(ours, process, plain, plain_process)
        for way in found.values():
            await way.turn(20, 4)
            way.turns.clear()
        for _ in range(turns):
            for name in chosen:
                await found[name].turn(jobs, in_flight)
        return {name: found[name] for name in chosen}


def table(found: dict[str, Way], in_flight: int) -> str:
    """The medians as a table in Markdown."""
    lines = [f"| {in_flight} in flight | user ms | system ms | CPU ms | least |", "|---|---|---|---|---|"]
    for name, way in found.items():
        user, system = (median(turn[part] for turn in way.turns) for part in (0, 1))
        sums = [sum(turn) for turn in way.turns]
        lines.append(f"| {name} | {user:.2f} | {system:.2f} | {median(sums):.2f} | {min(sums):.2f} |")
    return "\n".join(lines)


@asynccontextmanager
async def _plain(base: str) -> AsyncIterator[tuple[Stub, psutil.Process]]:
    port = free_ports()["image"]
    model = f"{base}/accounts/{ACCOUNT_ID}/ai/run"
    folder = str(new_folder())
    command = [sys.executable, "-m", "tests.bench.side.chain", "image", str(port), model, folder]
    with subprocess.Popen(command) as process:  # noqa: ASYNC220
        try:
            async with _stub(f"127.0.0.1:{port}") as stub:
                yield stub, psutil.Process(process.pid)
        finally:
            process.kill()


@asynccontextmanager
async def _ours(base: str) -> AsyncIterator[tuple[Stub, psutil.Process]]:
    port = free_ports()["image"]
    folder = str(new_folder())
    environ = against(base, image_listen=f"127.0.0.1:{port}", image_store=folder, image_slots=512, log_level="warning")
    command = [sys.executable, "-m", "services.image"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as process:  # noqa: ASYNC220
        try:
            async with _stub(f"127.0.0.1:{port}") as stub:
                yield stub, psutil.Process(process.pid)
        finally:
            process.terminate()


@asynccontextmanager
async def _stub(address: str) -> AsyncIterator[Stub]:
    async with grpc.aio.insecure_channel(address) as channel:
        async with asyncio.timeout(60):
            await channel.channel_ready()
        yield image_pb2_grpc.ImageServiceStub(channel)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.image", description=__doc__)
    parser.add_argument("--jobs", type=int, default=200, help="jobs a turn")
    parser.add_argument("--in-flight", type=int, default=16)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument(
        "--ways", default=";".join((PLAIN, MADE, SHOWN, LATER, READ)), help="names, with semicolons between them"
    )
    options = parser.parse_args()
    chosen = options.ways.split(";")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(run(options.jobs, options.in_flight, options.turns, chosen))
    sys.stdout.write(table(found, options.in_flight) + "\n")


if __name__ == "__main__":
    main()
