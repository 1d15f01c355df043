"""Throughput by image replicas where the image model's latency bounds it: `python -m tests.bench.scaling`.

Each image service has 2 slots and the model takes two seconds, so one of them makes a picture a second at most. Real
processes; three times as many assets are in flight as there are slots.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time

import uvloop
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from tests.bench.side.fake import CONTENT
from tests.bench.stacks import Stack, models, stack

LATENCIES_MS = (50, 20, 2000)
SLOTS = 2
REPLICAS = (1, 2, 4)


async def throughput(running: Stack, in_flight: int, warm_s: float, measured_s: float) -> tuple[float, float]:
    """Assets that succeed a second, and CPU in ms of all processes for each."""
    ended: list[float] = []

    async def keep_making(number: int) -> None:
        while True:
            asset = pb.Asset(content=f"{number} {len(ended)} {CONTENT}")
            state = 0
            async for reply in running.stub.CreateAsset(pb.CreateAssetRequest(asset=asset)):
                state = reply.event.finished.asset.state
            assert state == pb.Asset.STATE_SUCCEEDED, state
            ended.append(time.monotonic())

    tasks = [asyncio.create_task(keep_making(number)) for number in range(in_flight)]
    await asyncio.sleep(warm_s)
    begun, cpu_s = time.monotonic(), sum(running.cpu_s().values())
    await asyncio.sleep(measured_s)
    done = sum(moment >= begun for moment in ended)
    took_s, used_s = time.monotonic() - begun, sum(running.cpu_s().values()) - cpu_s
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, AssertionError):
            raise result
    return done / took_s, used_s * 1000 / max(1, done)


async def run(seconds: float) -> str:
    """One stack after the other, each with another number of image services."""
    lines = [
        "| image replicas | assets/s | of what its slots allow | ratio to one | CPU ms an asset |",
        "|---|---|---|---|---|",
    ]
    one = 0.0
    async with models(*LATENCIES_MS) as base:
        for replicas in REPLICAS:
            async with stack(base, images=replicas, image_slots=SLOTS) as running:
                rate, cpu_ms = await throughput(running, 3 * SLOTS * replicas, 10.0, seconds)
            one = one or rate
            most = SLOTS * replicas / (LATENCIES_MS[2] / 1000)
            lines.append(f"| {replicas} | {rate:.2f} | {rate / most:.0%} | {rate / one:.2f} | {cpu_ms:.0f} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scaling", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30, help="how long each number of replicas is measured")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(runner.run(run(options.seconds)) + "\n")


if __name__ == "__main__":
    main()
