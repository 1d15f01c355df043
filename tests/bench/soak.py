"""`python -m tests.bench.soak`: thousands of small jobs; after the first tenth no process may grow by a fifth.

Memory goes up and down with what happens to be in hand: nats-server alone keeps what was written in the last ten
seconds. So jobs begin at an even pace, the same on a quick machine as on a slow one, and what is compared is the most
that a process had in a span of time longer than those ten seconds: after the first tenth of the jobs, and at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import grpc
import psutil
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.local.runner import Runner
from tests.bench.__main__ import OURS, stack, through_atelier
from tests.environment import clean_environ

GROWTH = 0.20
SPAN_S = 15.0
EVERY_S = 0.5
WATCHED = (*OURS, "nats", "gateway")


class Look(NamedTuple):
    """Resident memory of each process in MiB, and when."""

    at_s: float
    mib: Mapping[str, float]


class Soaked(NamedTuple):
    """What was seen from the end of the first tenth of the jobs to the end of all."""

    looks: Sequence[Look]

    def most(self, since_s: float, until_s: float) -> dict[str, float]:
        """The most that each process had between two times."""
        looks = [look.mib for look in self.looks if since_s <= look.at_s <= until_s]
        return {name: max(look[name] for look in looks) for name in WATCHED}

    def before(self) -> dict[str, float]:
        """The most of each process once the first tenth had ended."""
        began_s = self.looks[0].at_s
        return self.most(began_s, began_s + SPAN_S)

    def after(self) -> dict[str, float]:
        """The most of each process while the last jobs ran."""
        ended_s = self.looks[-1].at_s
        return self.most(ended_s - SPAN_S, ended_s)


def look(runner: Runner) -> Look:
    """Resident memory now."""
    mib = {name: psutil.Process(runner.children[name].pid).memory_info().rss / 2**20 for name in WATCHED}
    return Look(time.monotonic(), mib)


async def soak(runner: Runner, jobs: int, crowd: int, pace: float) -> Soaked:
    """Run the jobs, `pace` a second where the machine can; looks at the memory begin after the first tenth."""
    looks: list[Look] = []
    ended = 0

    async def watch() -> None:
        while True:
            if ended >= jobs // 10:
                looks.append(look(runner))
            await asyncio.sleep(EVERY_S)

    async with grpc.aio.insecure_channel(runner.plan.addresses["orchestrator"]) as channel:
        job = through_atelier(orchestrator_pb2_grpc.OrchestratorServiceStub(channel))
        gate = asyncio.Semaphore(crowd)

        async def gated(number: int) -> None:
            nonlocal ended
            await asyncio.sleep(number / pace)
            async with gate:
                await job(number)
                ended += 1

        watching = asyncio.create_task(watch())
        await asyncio.gather(*(gated(number) for number in range(jobs)))
        watching.cancel()
        looks.append(look(runner))
    return Soaked(looks)


def main() -> None:
    """Soak, print, exit with 1 where a process has grown too much."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--jobs", type=int, default=5000)
    parser.add_argument("--crowd", type=int, default=32, help="jobs in flight")
    parser.add_argument("--pace", type=float, default=40, help="jobs a second")
    options = parser.parse_args()
    if 0.9 * options.jobs / options.pace < 2 * SPAN_S:
        parser.error(f"too few jobs: after the first tenth they have to take {2 * SPAN_S:.0f} s")
    clean = clean_environ()
    with stack(clean | {"ATELIER_LOCAL_ENGINES": "instant", "ATELIER_LOG_LEVEL": "warning"}) as runner:
        soaked = asyncio.run(soak(runner, options.jobs, options.crowd, options.pace))
    before, after = soaked.before(), soaked.after()
    sys.stdout.write(
        f"| process | after {options.jobs // 10} jobs | after {options.jobs} | growth |\n|---|---|---|---|\n"
    )
    for name in WATCHED:
        growth = after[name] / before[name] - 1
        sys.stdout.write(f"| {name} | {before[name]:.0f} MiB | {after[name]:.0f} MiB | {growth:+.0%} |\n")
    sys.exit(any(after[name] > before[name] * (1 + GROWTH) for name in WATCHED))


if __name__ == "__main__":
    main()
