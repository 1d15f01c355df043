"""`make chaos`: kill a random process every second or two under load, then count what was lost. It has to be nothing.

python -m tests.chaos --seconds 120 --seed 7
"""

from __future__ import annotations

import argparse
import asyncio
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.local.runner import START_TIMEOUT_S, Runner
from tests.chaos.check import Report, check
from tests.chaos.load import Crowd
from tests.chaos.world import Killer, running

PATIENCE_S = 90.0


async def rage(runner: Runner, images: Path, *, seconds: float, seed: int, clients: int) -> tuple[Report, Killer]:
    """Load and kill for so long, let everything come to its end, and count."""
    dice = random.Random(seed)
    addresses = [runner.plan.addresses[name] for name in ("orchestrator", "orchestrator2")]
    crowd = Crowd(f"ipv4:{','.join(addresses)}", random.Random(dice.random()))
    killer = Killer(runner, dice)
    load = asyncio.create_task(crowd.work(clients, PATIENCE_S))
    await killer.rage(seconds)
    await asyncio.to_thread(serve_again, runner)
    crowd.stopping.set()
    await load
    return await check(crowd, [f"ipv4:{address}" for address in addresses], images), killer


def serve_again(runner: Runner) -> None:
    """Wait until every process serves."""
    deadline_s = time.monotonic() + START_TIMEOUT_S
    for child in runner.children.values():
        child.wait_ready(deadline_s)
        runner.wait_serving(child.process, deadline_s)


@contextmanager
def _directory(kept: Path | None) -> Iterator[Path]:
    """Where the stack keeps its data: in `kept`, or for the time of the context."""
    if kept is not None:
        kept.mkdir(parents=True)
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory() as passing:
        yield Path(passing)


def main() -> None:
    """Run, print the counts, exit with 1 where one is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long to kill")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="of the dice")
    parser.add_argument("--clients", type=int, default=8, help="clients that make assets")
    parser.add_argument("--data", type=Path, help="a new directory whose content stays, for a look at what was found")
    parser.add_argument("--verbose", action="store_true", help="print what the processes logged")
    options = parser.parse_args()
    sys.stdout.write(f"seed {options.seed}\n")
    output: list[str] = []
    with _directory(options.data) as data, running(data, output) as runner:
        raging = rage(runner, data / "images", seconds=options.seconds, seed=options.seed, clients=options.clients)
        report, killer = asyncio.run(raging)
    if options.verbose:
        sys.stdout.write("\n".join(output) + "\n")
    kills = ", ".join(f"{name} {count}" for name, count in sorted(killer.kills.items()))
    sys.stdout.write(f"{'kills':18} {sum(killer.kills.values())} ({kills})\n")
    sys.stdout.write(f"{'died by itself':18} {', '.join(killer.died) or 'nothing'}\n{report.table()}\n")
    for problem in report.problems[:20]:
        sys.stdout.write(f"! {problem}\n")
    sys.exit(0 if report.holds else 1)


if __name__ == "__main__":
    main()
