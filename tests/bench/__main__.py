"""`make bench`: what the services add to the models' own time, with a stand-in that answers at once.

Two ways to the same picture in one run: three requests straight to the stand-in, one after the other over one
connection pool, and a one-variant asset through the orchestrator. Their difference is what the services cost.
Absolute figures hold for one machine; read the ratios.
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
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import grpc
import psutil
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.local.runner import Runner
from services.local.stack import ACCOUNT_ID, TOKEN
from services.local.up import start

CONTENT = "Fishermen mend their nets on a misty harbour at dawn while gulls circle overhead. " * 12
TEXT = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD = "@cf/meta/llama-guard-3-8b"
IMAGE = "@cf/black-forest-labs/flux-1-schnell"
RESULTS = Path(__file__).parent / "results.json"
OURS = ("orchestrator", "prompt", "moderation", "image")

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


async def measure(job: Job, runner: Runner, *, rounds: int, crowd: int) -> Result:
    """Latency over `rounds` jobs one by one, then throughput over as many with `crowd` at once, with CPU."""
    for number in range(10):
        await job(number)
    latencies = []
    for number in range(rounds):
        begun = time.perf_counter()
        await job(number)
        latencies.append((time.perf_counter() - begun) * 1000)
    before = cpu_s(runner)
    gate = asyncio.Semaphore(crowd)

    async def gated(number: int) -> None:
        async with gate:
            await job(number)

    begun = time.perf_counter()
    await asyncio.gather(*(gated(number) for number in range(rounds)))
    took_s = time.perf_counter() - begun
    after = cpu_s(runner)
    cpu_ms = {name: (after[name] - before[name]) * 1000 / rounds for name in after}
    latencies.sort()
    return Result(statistics.median(latencies), latencies[int(len(latencies) * 0.99)], rounds / took_s, cpu_ms)


def cpu_s(runner: Runner) -> dict[str, float]:
    """CPU seconds that each process has used."""
    times = {name: psutil.Process(child.pid).cpu_times() for name, child in runner.children.items()}
    return {name: used.user + used.system for name, used in times.items()}


async def run(runner: Runner, rounds: int, crowd: int) -> dict[str, Result]:
    """Measure both ways over the same stack."""
    addresses = runner.plan.addresses
    async with aiohttp.ClientSession() as session, grpc.aio.insecure_channel(addresses["orchestrator"]) as channel:
        stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
        return {
            "models alone": await measure(direct(session, addresses["local"]), runner, rounds=rounds, crowd=crowd),
            "atelier": await measure(through_atelier(stub), runner, rounds=rounds, crowd=crowd),
        }


def report(results: dict[str, Result], crowd: int) -> str:
    """The figures as a table in Markdown."""
    lines = [
        f"| way | p50, 1 in flight | p99 | jobs/s, {crowd} in flight | CPU a job, four services |",
        "|---|---|---|---|---|",
    ]
    for name, result in results.items():
        cpu = sum(result.cpu_ms[process] for process in OURS)
        lines.append(
            f"| {name} | {result.p50_ms:.1f} ms | {result.p99_ms:.1f} ms | {result.jobs_per_s:.0f} | {cpu:.1f} ms |"
        )
    alone, ours = results["models alone"], results["atelier"]
    shares = ", ".join(f"{process} {ours.cpu_ms[process]:.1f}" for process in OURS)
    lines.append("")
    lines.append(
        f"Added to the models' own time: {ours.p50_ms - alone.p50_ms:.1f} ms a job. CPU in ms a job: {shares}."
    )
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and keep the figures with the machine and the date."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="jobs measured each way")
    parser.add_argument("--crowd", type=int, default=16, help="jobs in flight for the throughput")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    options = parser.parse_args()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ATELIER_", "CLOUDFLARE_"))}
    clean |= {"ATELIER_LOCAL_ENGINES": "instant", "ATELIER_LOG_LEVEL": "warning"}
    with tempfile.TemporaryDirectory() as data:
        runner = start(Path(data), free=True, output=lambda name, line: None, environ=clean)
        try:
            results = asyncio.run(run(runner, options.rounds, options.crowd))
        finally:
            runner.stop()
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
