"""`make bench`: what services and durable journal add to the models' own time, with a stand-in that answers at once.

Three ways to the same picture in one run: three requests straight to the stand-in, one after the other over one
connection pool; a one-variant asset through the orchestrator with its journal in memory; and the same with the journal
in JetStream, every write synced. The differences are what the services and durability cost. The two stacks take turns,
so that whatever else the machine does meets both. Absolute figures hold for one machine; read the ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import os
import platform
import statistics
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import grpc
import psutil
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.local.runner import Runner
from services.local.stack import ACCOUNT_ID, TOKEN
from services.local.up import start
from tests.bench.folders import new_folder
from tests.environment import clean_environ

CONTENT = "Fishermen mend their nets on a misty harbour at dawn while gulls circle overhead. " * 12
TEXT = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD = "@cf/meta/llama-guard-3-8b"
IMAGE = "@cf/black-forest-labs/flux-1-schnell"
RESULTS = Path(__file__).parent / "results.json"
OURS = ("orchestrator", "prompt", "moderation", "image")
STORE = ("orchestrator", "nats")
ALONE, MEMORY, DURABLE = "models alone", "atelier, memory", "atelier, jetstream"

TURNS = 5

Job = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Result:
    """One way of making pictures: latency at one in flight, throughput at `crowd`, CPU by process."""

    p50_ms: float
    p99_ms: float
    jobs_per_s: float
    cpu_ms: dict[str, float]


def prompt_schema() -> dict[str, object]:
    """The answer that the prompt service asks its model for."""
    text = {"type": "string"}
    item = {
        "type": "object",
        "properties": {"prompt": text, "negative_prompt": text, "alt_text": text},
        "required": ["prompt", "negative_prompt", "alt_text"],
        "additionalProperties": False,
    }
    prompts = {"type": "array", "minItems": 1, "maxItems": 1, "items": item}
    return {
        "type": "object",
        "properties": {"prompts": prompts},
        "required": ["prompts"],
        "additionalProperties": False,
    }


def direct(session: aiohttp.ClientSession, address: str) -> Job:
    """The models alone: prompt, verdict and picture, asked for one after the other."""
    base = f"http://{address}/client/v4/accounts/{ACCOUNT_ID}/ai/run/"
    headers = {"Authorization": f"Bearer {TOKEN}"}

    async def ask(model: str, body: dict[str, object]) -> None:
        async with session.post(base + model, json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            await answer.read()

    async def job(number: int) -> None:
        message = {"role": "user", "content": f"Number of prompts: 1\n{number} {CONTENT}"}
        form = {"type": "json_schema", "json_schema": prompt_schema()}
        await ask(TEXT, {"messages": [message], "response_format": form, "max_tokens": 1024})
        await ask(GUARD, {"messages": [{"role": "user", "content": CONTENT[:200]}]})
        await ask(IMAGE, {"prompt": CONTENT[:200], "steps": 4})

    return job


def through_atelier(stub: orchestrator_pb2_grpc.OrchestratorServiceAsyncStub) -> Job:
    """A one-variant asset, from the request to the final event."""

    async def job(number: int) -> None:
        request = pb.CreateAssetRequest(asset=pb.Asset(content=f"{number} {CONTENT}"))
        state = 0
        async for reply in stub.CreateAsset(request):
            state = reply.event.finished.asset.state
        assert state == pb.Asset.STATE_SUCCEEDED, state

    return job


@dataclass
class Way:
    """One way of making pictures, and what was measured of it so far."""

    job: Job
    runner: Runner
    latencies_ms: list[float] = field(default_factory=list)
    crowd_s: float = 0.0
    crowd_jobs: int = 0
    cpu_s: Counter[str] = field(default_factory=Counter)

    async def alone(self, jobs: int) -> None:
        """Jobs one by one."""
        for number in range(jobs):
            begun = time.perf_counter()
            await self.job(number)
            self.latencies_ms.append((time.perf_counter() - begun) * 1000)

    async def together(self, jobs: int, crowd: int) -> None:
        """Jobs with `crowd` of them in flight, with the CPU that they take."""
        gate = asyncio.Semaphore(crowd)

        async def gated(number: int) -> None:
            async with gate:
                await self.job(number)

        before, begun = cpu_s(self.runner), time.perf_counter()
        await asyncio.gather(*(gated(number) for number in range(jobs)))
        self.crowd_s += time.perf_counter() - begun
        self.crowd_jobs += jobs
        self.cpu_s.update(cpu_s(self.runner))
        self.cpu_s.subtract(before)

    def result(self) -> Result:
        """The figures."""
        latencies = sorted(self.latencies_ms)
        cpu_ms = {name: used * 1000 / self.crowd_jobs for name, used in self.cpu_s.items()}
        p99 = latencies[int(len(latencies) * 0.99)]
        return Result(statistics.median(latencies), p99, self.crowd_jobs / self.crowd_s, cpu_ms)


def cpu_s(runner: Runner) -> dict[str, float]:
    """CPU seconds that each process has used."""
    times = {name: psutil.Process(child.pid).cpu_times() for name, child in runner.children.items()}
    return {name: used.user + used.system for name, used in times.items()}


async def run(memory: Runner, durable: Runner, rounds: int, crowd: int) -> dict[str, Result]:
    """Measure all ways, in turns."""
    async with AsyncExitStack() as exits:
        session = await exits.enter_async_context(aiohttp.ClientSession())
        ways = {ALONE: Way(direct(session, memory.plan.addresses["local"]), memory)}
        for name, runner in ((MEMORY, memory), (DURABLE, durable)):
            channel = grpc.aio.insecure_channel(runner.plan.addresses["orchestrator"])
            await exits.enter_async_context(channel)
            ways[name] = Way(through_atelier(orchestrator_pb2_grpc.OrchestratorServiceStub(channel)), runner)
        for way in ways.values():
            for number in range(10):
                await way.job(number)
        for _ in range(TURNS):
            for way in ways.values():
                await way.alone(rounds // TURNS)
        for _ in range(TURNS):
            for way in ways.values():
                await way.together(rounds // TURNS, crowd)
        return {name: way.result() for name, way in ways.items()}


def report(results: dict[str, Result], crowd: int) -> str:
    """The figures as a table in Markdown, and the differences."""
    lines = [
        f"| way | p50, 1 in flight | p99 | jobs/s, {crowd} in flight | CPU a job, services | nats-server |",
        "|---|---|---|---|---|---|",
    ]
    for name, result in results.items():
        ours, nats = sum(result.cpu_ms[process] for process in OURS), result.cpu_ms.get("nats", 0.0)
        lines.append(
            f"| {name} | {result.p50_ms:.1f} ms | {result.p99_ms:.1f} ms | {result.jobs_per_s:.0f} "
            f"| {ours:.1f} ms | {nats:.1f} ms |"
        )
    alone, memory, durable = (results[name] for name in (ALONE, MEMORY, DURABLE))
    shares = ", ".join(f"{process} {durable.cpu_ms[process]:.1f}" for process in (*OURS, "nats"))
    store = [sum(result.cpu_ms.get(process, 0.0) for process in STORE) for result in (memory, durable)]
    return "\n".join(
        [
            *lines,
            "",
            f"Services add {memory.p50_ms - alone.p50_ms:.1f} ms p50 a job to the models' own time.",
            f"The durable journal adds {durable.p50_ms - memory.p50_ms:.1f} ms p50 at 1 in flight, and "
            f"{store[1] - store[0]:.1f} ms CPU a job over orchestrator and nats-server at {crowd} in flight.",
            f"CPU in ms a job with the durable journal: {shares}.",
        ]
    )


@contextmanager
def stack(environ: dict[str, str]) -> Iterator[Runner]:
    """A running stack with a data directory of its own."""
    data = new_folder()
    runner = start(data, free=True, output=lambda name, line: None, environ=environ)
    try:
        yield runner
    finally:
        runner.stop()


def main() -> None:
    """Measure, print, and keep the figures with the machine and the date."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="jobs measured each way")
    parser.add_argument("--crowd", type=int, default=64, help="jobs in flight for the throughput")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    options = parser.parse_args()
    clean = clean_environ()
    clean |= {"ATELIER_LOCAL_ENGINES": "instant", "ATELIER_LOG_LEVEL": "warning"}
    with ExitStack() as exits:
        memory, durable = (
            exits.enter_context(stack(clean | {"ATELIER_ORCHESTRATOR_JOURNAL": journal}))
            for journal in ("memory", "jetstream")
        )
        results = asyncio.run(run(memory, durable, options.rounds, options.crowd))
    sys.stdout.write(report(results, options.crowd) + "\n")
    if options.save:
        machine = f"{os.cpu_count()} cores, {platform.machine()}, CPython {platform.python_version()}"
        document = {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "machine": machine,
            "rounds": options.rounds,
            "crowd": options.crowd,
            "results": {name: vars(result) for name, result in results.items()},
        }
        RESULTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
