"""Overload of a whole stack: 1, 2, 5 and 10 times what it can do, over HTTP: `python -m tests.bench.overload`.

The image model takes 800 ms and the image service has 4 slots, so the stack does 5 assets a second and waits for the
model most of the time. Prints for each level what was accepted and refused, how long the accepted ones took from
acceptance to their final state, how long a refusal took, and what a refusal cost in CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

import aiohttp
import uvloop
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.channel import stream
from services.kit.errors import ServiceError
from tests.bench.side.fake import CONTENT
from tests.bench.stacks import Stack, models, stack

LATENCIES_MS = (40, 20, 800)
SLOTS, MAX_WAIT_S = 4, 2
CAPACITY = SLOTS / (LATENCIES_MS[2] / 1000)
LEVELS = (1, 2, 5, 10)


@dataclass
class Level:
    """What came of one level."""

    times: float
    names: list[str] = field(default_factory=list)
    refusals_ms: list[float] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    retry_after_s: set[str] = field(default_factory=set)
    cpu_s: dict[str, float] = field(default_factory=dict)
    took_s: list[float] = field(default_factory=list)
    ended: Counter[str] = field(default_factory=Counter)


async def send(session: aiohttp.ClientSession, url: str, level: Level, number: int) -> None:
    """One POST, counted by how it is answered."""
    begun = time.perf_counter()
    try:
        async with session.post(f"{url}/v1/assets", json={"content": f"{number} {CONTENT}"}) as answer:
            body = await answer.json()
            if answer.status == 202:
                level.names.append(body["name"])
            elif answer.status == 429:
                level.refusals_ms.append((time.perf_counter() - begun) * 1000)
                level.retry_after_s.add(answer.headers.get("Retry-After", "missing"))
            else:
                level.others[f"{answer.status} {body.get('reason')}"] += 1
    except aiohttp.ClientError as error:
        level.others[type(error).__name__] += 1


async def run_level(running: Stack, session: aiohttp.ClientSession, times: float, seconds: float) -> Level:
    """Requests at an even pace, then the end of everything that was accepted."""
    level, url = Level(times), running.runner.plan.url
    before, begun = running.cpu_s(), time.perf_counter()
    sent = []
    for number in range(int(CAPACITY * times * seconds)):
        await asyncio.sleep(max(0.0, begun + number / (CAPACITY * times) - time.perf_counter()))
        sent.append(asyncio.create_task(send(session, url, level, number)))
    await asyncio.gather(*sent)
    for name in level.names:
        async for reply in stream(running.stub.WatchAsset, pb.WatchAssetRequest(name=name), timeout_s=120):
            if reply.event.HasField("finished"):
                asset = reply.event.finished.asset
                level.took_s.append((asset.update_time.ToNanoseconds() - asset.create_time.ToNanoseconds()) / 1e9)
                level.ended[pb.Asset.State.Name(asset.state)] += 1
    level.cpu_s = {name: used - before[name] for name, used in running.cpu_s().items()}
    return level


async def refused_over_grpc(running: Stack) -> str:
    """What the other door says in overload."""
    for number in range(200):
        request = pb.CreateAssetRequest(asset=pb.Asset(content=f"{number} {CONTENT}"), detach=True)
        try:
            async for _ in stream(running.stub.CreateAsset, request, timeout_s=60):
                pass
        except ServiceError as error:
            return f"{error.reason}, RetryInfo {error.retry_after_s} s, after {number} accepted: {error.message}"
    return "nothing was refused"


async def cost_of_refusals(count: int) -> str:
    """What refusals alone cost, while every worker waits for a model that takes a minute."""
    settings = {"orchestrator_slots": 1, "orchestrator_max_wait_s": 1, "gateway_requests_per_minute": 1_000_000}
    async with models(60_000, 0, 0) as base, stack(base, **settings) as running, aiohttp.ClientSession() as session:
        url, filling = running.runner.plan.url, Level(0)
        while len(filling.refusals_ms) < 20:
            await send(session, url, filling, 0)
        level, gate, before = Level(0), asyncio.Semaphore(4), running.cpu_s()

        async def one(number: int) -> None:
            async with gate:
                await send(session, url, level, number)

        await asyncio.gather(*(one(number) for number in range(count)))
        used = {name: (cpu_s - before[name]) * 1000 / count for name, cpu_s in running.cpu_s().items()}
        assert len(level.refusals_ms) == count, level
        shares = ", ".join(f"{name} {used[name]:.2f}" for name in ("gateway", "orchestrator", "nats"))
        return f"{count} refusals alone: p50, p99 {_quantiles(level.refusals_ms, 'ms', 1)}; CPU in ms each: {shares}"


def report(levels: list[Level]) -> str:
    """The figures as a table in Markdown. The first level has no refusals, or few: its CPU is that of the jobs."""
    lines = [
        "| load | accepted | refused | accepted: p50, p99 | refused: p50, p99 | CPU a refusal |",
        "|---|---|---|---|---|---|",
    ]
    doors = ("gateway", "orchestrator")
    job_s = sum(levels[0].cpu_s[door] for door in doors) / max(1, len(levels[0].names))
    for level in levels:
        refusal = "-"
        if len(level.refusals_ms) > 20:
            spent_s = sum(level.cpu_s[door] for door in doors) - job_s * len(level.names)
            refusal = f"{spent_s / len(level.refusals_ms) * 1000:.1f} ms"
        refused = _quantiles(level.refusals_ms, "ms", 1)
        lines.append(
            f"| {level.times:g} x | {len(level.names)} | {len(level.refusals_ms)} | {_quantiles(level.took_s, 's', 1)} "
            f"| {refused} | {refusal} |"
        )
    for level in levels:
        lines.append(
            f"{level.times:g} x: ended {dict(level.ended)}, other answers {dict(level.others)}, "
            f"Retry-After {sorted(level.retry_after_s)}"
        )
    return "\n".join(lines)


def _quantiles(values: list[float], unit: str, digits: int) -> str:
    if not values:
        return "-"
    values = sorted(values)
    return f"{statistics.median(values):.{digits}f}, {values[int(len(values) * 0.99)]:.{digits}f} {unit}"


async def run(seconds: float) -> str:
    """All levels, one after the other, on one stack."""
    settings = {
        "image_slots": SLOTS,
        "orchestrator_slots": 2 * SLOTS,
        "orchestrator_max_wait_s": MAX_WAIT_S,
        "gateway_requests_per_minute": 1_000_000,
        "gateway_concurrent_jobs": 1000,
    }
    async with models(*LATENCIES_MS) as base, stack(base, **settings) as running, aiohttp.ClientSession() as session:
        await run_level(running, session, 1, 3)
        levels = [await run_level(running, session, times, seconds) for times in LEVELS]
        found = f"{report(levels)}\nover gRPC: {await refused_over_grpc(running)}"
    return f"{found}\n{await cost_of_refusals(1000)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.overload", description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="how long each level lasts")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(runner.run(run(options.seconds)) + "\n")


if __name__ == "__main__":
    main()
