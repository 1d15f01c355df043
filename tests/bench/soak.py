"""`python -m tests.bench.soak`: thousands of small jobs; after the first tenth no process may grow by a fifth."""

from __future__ import annotations

import argparse
import asyncio
import sys

import grpc
import psutil
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.local.runner import Runner
from tests.bench.__main__ import OURS, stack, through_atelier
from tests.environment import clean_environ

GROWTH = 0.20
WATCHED = (*OURS, "nats", "gateway")


def resident_mib(runner: Runner) -> dict[str, float]:
    """Resident memory of each process."""
    return {name: psutil.Process(runner.children[name].pid).memory_info().rss / 2**20 for name in WATCHED}


async def soak(runner: Runner, jobs: int, crowd: int) -> tuple[dict[str, float], dict[str, float]]:
    """Run the jobs; resident memory after the first tenth and at the end."""
    async with grpc.aio.insecure_channel(runner.plan.addresses["orchestrator"]) as channel:
        job = through_atelier(orchestrator_pb2_grpc.OrchestratorServiceStub(channel))
        gate = asyncio.Semaphore(crowd)

        async def gated(number: int) -> None:
            async with gate:
                await job(number)

        await asyncio.gather(*(gated(number) for number in range(jobs // 10)))
        before = resident_mib(runner)
        await asyncio.gather(*(gated(number) for number in range(jobs // 10, jobs)))
        return before, resident_mib(runner)


def main() -> None:
    """Soak, print, exit with 1 where a process has grown too much."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--jobs", type=int, default=5000)
    parser.add_argument("--crowd", type=int, default=32, help="jobs in flight")
    options = parser.parse_args()
    clean = clean_environ()
    with stack(clean | {"ATELIER_LOCAL_ENGINES": "instant", "ATELIER_LOG_LEVEL": "warning"}) as runner:
        before, after = asyncio.run(soak(runner, options.jobs, options.crowd))
    sys.stdout.write(
        f"| process | after {options.jobs // 10} jobs | after {options.jobs} | growth |\n|---|---|---|---|\n"
    )
    for name in WATCHED:
        growth = after[name] / before[name] - 1
        sys.stdout.write(f"| {name} | {before[name]:.0f} MiB | {after[name]:.0f} MiB | {growth:+.0%} |\n")
    sys.exit(any(after[name] > before[name] * (1 + GROWTH) for name in WATCHED))


if __name__ == "__main__":
    main()
