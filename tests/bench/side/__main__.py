"""`make bench-side`: a script, a plain chain and Atelier, in several processes and in one, at 1 to 256 in flight.

The models answer at once, or after 50, 20 and 200 ms. Each way has its processes to itself while it is measured, and
the ways take turns. Absolute figures hold for one machine; read the ratios to the plain chain.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import aiohttp
import grpc
import psutil
import uvloop
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.local.stack import ACCOUNT_ID, free_ports
from services.local.up import start
from tests.bench.folders import new_folder
from tests.bench.side.chart import draw
from tests.bench.side.fake import CONTENT, GUARD, IMAGE, TEXT
from tests.environment import against

HERE = Path(__file__).parent
DOCS = HERE.parents[2] / "docs" / "images"
SCRIPT, CHAIN, ATELIER, ONE = "script", "plain chain", "Atelier", "Atelier, one process"
AT_ONCE, SLOW = (0, 0, 0), (50, 20, 200)
LEVELS = ((AT_ONCE, 1, 200), (AT_ONCE, 16, 600), (AT_ONCE, 64, 600), (SLOW, 256, 1500))
TURNS = 3

Job = Callable[[int], Awaitable[None]]


@dataclass
class Figure:
    """What was measured of one way at one level; memory is the peak over all its processes together."""

    way: str
    latencies_ms: tuple[int, int, int]
    in_flight: int
    p50_ms: float
    p99_ms: float
    jobs_per_s: float
    cpu_ms: float
    memory_mib: float


@dataclass
class Way:
    """A way to a picture, and the processes that it takes; the client's own are not counted."""

    job: Job
    processes: list[psutil.Process]

    def cpu_s(self) -> float:
        return sum(sum(process.cpu_times()[:2]) for process in self.processes)

    def memory_mib(self) -> float:
        return sum(process.memory_info().rss for process in self.processes) / 2**20


def direct(session: aiohttp.ClientSession, base: str) -> Job:
    """Three requests, one after the other."""

    async def job(number: int) -> None:
        for model, body in (
            (TEXT, {"messages": [{"role": "user", "content": f"{number} {CONTENT}"}], "max_tokens": 1024}),
            (GUARD, {"messages": [{"role": "user", "content": CONTENT[:200]}]}),
            (IMAGE, {"prompt": CONTENT[:200], "steps": 4}),
        ):
            async with session.post(f"{base}/{model}", json=body) as answer:
                await answer.read()

    return job


def through(channel: grpc.aio.Channel) -> Job:
    """An asset from the request to the final event."""
    stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)

    async def job(number: int) -> None:
        state = 0
        async for reply in stub.CreateAsset(pb.CreateAssetRequest(asset=pb.Asset(content=f"{number} {CONTENT}"))):
            state = reply.event.finished.asset.state
        assert state == pb.Asset.STATE_SUCCEEDED, state

    return job


@asynccontextmanager
async def fake(latencies_ms: tuple[int, int, int]) -> AsyncIterator[str]:
    """A running fake; its account's base URL."""
    port = free_ports()["local"]
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.side.fake", str(port), *map(str, latencies_ms)])  # noqa: ASYNC220
    try:
        await _until_open(port)
        yield f"http://127.0.0.1:{port}/client/v4"
    finally:
        process.terminate()
        process.wait()


@asynccontextmanager
async def chain(base: str) -> AsyncIterator[Way]:
    """Four plain services."""
    ports = free_ports()
    run = f"{base}/accounts/{ACCOUNT_ID}/ai/run"
    folder = str(new_folder())
    targets = [f"127.0.0.1:{ports[name]}" for name in ("prompt", "moderation", "image")]
    rest = {"orchestrator": targets, "prompt": [run], "moderation": [run], "image": [run, folder]}
    started = [
        subprocess.Popen([sys.executable, "-m", "tests.bench.side.chain", role, str(ports[role]), *arguments])  # noqa: ASYNC220
        for role, arguments in rest.items()
    ]
    try:
        for role in rest:
            await _until_open(ports[role])
        async with grpc.aio.insecure_channel(f"127.0.0.1:{ports['orchestrator']}") as channel:
            yield Way(through(channel), [psutil.Process(process.pid) for process in started])
    finally:
        for process in started:
            process.kill()
            process.wait()


@asynccontextmanager
async def atelier(base: str, *, one_process: bool = False) -> AsyncIterator[Way]:
    """The four services and the journal, as `make up` runs them; the gateway stands idle.

    It is not counted, but where one process holds it too.
    """
    environ = against(
        base,
        log_level="warning",
        one_process="on" if one_process else "off",
        orchestrator_texts_per_minute=0,
        orchestrator_images_per_minute=0,
        orchestrator_slots=512,
        prompt_slots=512,
        moderation_slots=512,
        image_slots=512,
        # A chain has three calls of models, so Atelier has three.
        moderation_image_model="",
    )
    data = new_folder()
    runner = await asyncio.to_thread(lambda: start(data, free=True, output=lambda name, line: None, environ=environ))
    try:
        async with grpc.aio.insecure_channel(runner.plan.addresses["orchestrator"]) as channel:
            counted = [child.pid for name, child in runner.children.items() if name not in ("gateway", "local")]
            yield Way(through(channel), [psutil.Process(pid) for pid in counted])
    finally:
        await asyncio.to_thread(runner.stop)


async def measure(name: str, way: Way, latencies_ms: tuple[int, int, int], in_flight: int, jobs: int) -> Figure:
    """Jobs with so many of them in flight."""
    for number in range(min(in_flight, 16)):
        await way.job(number)
    gate, times_ms, peak_mib = asyncio.Semaphore(in_flight), [], way.memory_mib()

    async def timed(number: int) -> None:
        nonlocal peak_mib
        async with gate:
            begun = time.perf_counter()
            await way.job(number)
            times_ms.append((time.perf_counter() - begun) * 1000)
        if number % 50 == 0:
            peak_mib = max(peak_mib, way.memory_mib())

    cpu_s, begun = way.cpu_s(), time.perf_counter()
    await asyncio.gather(*(timed(number) for number in range(jobs)))
    took_s, used_s = time.perf_counter() - begun, way.cpu_s() - cpu_s
    times_ms.sort()
    p99 = times_ms[int(len(times_ms) * 0.99)]
    return Figure(
        name,
        latencies_ms,
        in_flight,
        statistics.median(times_ms),
        p99,
        jobs / took_s,
        used_s * 1000 / jobs,
        max(peak_mib, way.memory_mib()),
    )


async def run(scale: float) -> list[Figure]:
    """Every way at every level; of several turns the one with the median throughput counts."""
    figures = []
    for latencies_ms in (AT_ONCE, SLOW):
        levels = [(in_flight, max(20, int(jobs * scale))) for given, in_flight, jobs in LEVELS if given == latencies_ms]
        async with AsyncExitStack() as exits:
            base = await exits.enter_async_context(fake(latencies_ms))
            connector = aiohttp.TCPConnector(limit=512)
            session = await exits.enter_async_context(aiohttp.ClientSession(connector=connector))
            ways = {
                SCRIPT: Way(direct(session, f"{base}/accounts/{ACCOUNT_ID}/ai/run"), [psutil.Process()]),
                CHAIN: await exits.enter_async_context(chain(base)),
                ATELIER: await exits.enter_async_context(atelier(base)),
                ONE: await exits.enter_async_context(atelier(base, one_process=True)),
            }
            for in_flight, jobs in levels:
                turns = [
                    {name: await measure(name, way, latencies_ms, in_flight, jobs) for name, way in ways.items()}
                    for _ in range(TURNS)
                ]
                for name in ways:
                    figures.append(sorted((turn[name] for turn in turns), key=lambda row: row.jobs_per_s)[TURNS // 2])
                    sys.stderr.write(f"{figures[-1]}\n")
    return figures


def table(figures: list[Figure]) -> str:
    """The figures as a table in Markdown, with the ratio to the plain chain where that is the question."""
    chains = {(row.latencies_ms, row.in_flight): row for row in figures if row.way == CHAIN}
    lines = [
        "| models | in flight | way | p50 ms | p99 ms | jobs/s | ratio | CPU ms a job | ratio | peak MiB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in figures:
        plain = chains[row.latencies_ms, row.in_flight]
        models = "/".join(map(str, row.latencies_ms)) if any(row.latencies_ms) else "at once"
        lines.append(
            f"| {models} | {row.in_flight} | {row.way} | {row.p50_ms:.1f} | {row.p99_ms:.1f} | {row.jobs_per_s:.0f} "
            f"| {row.jobs_per_s / plain.jobs_per_s:.2f} | {row.cpu_ms:.1f} | {row.cpu_ms / plain.cpu_ms:.2f} "
            f"| {row.memory_mib:.0f} |"
        )
    return "\n".join(lines)


async def _until_open(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


def main() -> None:
    """Measure, print, and keep the figures with the machine and the date."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.side", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the jobs of each level")
    parser.add_argument("--save", action="store_true", help="write results.json and the chart in docs/images")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(run(options.scale))
    sys.stdout.write(table(figures) + "\n")
    if options.save:
        machine = f"{os.cpu_count()} cores, {platform.machine()}, CPython {platform.python_version()}"
        date = datetime.datetime.now(datetime.UTC).date().isoformat()
        document = {"date": date, "machine": machine, "figures": [asdict(figure) for figure in figures]}
        (HERE / "results.json").write_text(json.dumps(document, indent=1) + "\n")
        rows = [(row.way, row.in_flight, row.jobs_per_s) for row in figures]
        (DOCS / "side-by-side.svg").write_text(draw(rows, f"Jobs a second. {machine}, {date}"))


if __name__ == "__main__":
    main()
