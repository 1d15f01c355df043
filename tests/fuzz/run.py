"""A run: so many inputs from one seed at a stack, and everything that must hold while they come and after."""

from __future__ import annotations

import asyncio
import itertools
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from tests.e2e.harness import Stack, run_stack
from tests.fuzz.doors import Doors, locked
from tests.fuzz.judge import Judge
from tests.fuzz.rpcs import Caller
from tests.fuzz.values import Pool
from tests.fuzz.web import Browser

SETTINGS = {
    "ATELIER_LOCAL_ENGINES": "instant",
    "ATELIER_LOG_FORMAT": "json",
    # Broken requests are cut off soon, and no limit of a key hides what lies behind it.
    "ATELIER_GATEWAY_HEADER_TIMEOUT_S": "3",
    "ATELIER_GATEWAY_BODY_TIMEOUT_S": "3",
    "ATELIER_GATEWAY_REQUESTS_PER_MINUTE": "1000000",
    "ATELIER_GATEWAY_CONCURRENT_JOBS": "1000",
}
HTTP_SHARE, CROWD, WARM = 0.4, 40, 2000
# A process may keep what its caches and its journal take: generous, and far below what a leak of each input would be.
GROWTH, SPARE_MIB = 0.5, 96.0
LOGGED = ("Traceback (most recent call last)", "a defect ended an rpc", "Segmentation fault", "was never retrieved")


@dataclass
class Report:
    """What a run showed; `memory` is resident MiB after the warm-up and at the end, by process."""

    judge: Judge
    memory: dict[str, tuple[float, float]] = field(default_factory=dict)


@contextmanager
def fuzzed_stack(data: Path, *, keys: bool = False, tls: bool = False) -> Iterator[tuple[Stack, Doors]]:
    """The stack that is fuzzed, and how it is locked."""
    doors = locked(data, keys=keys, tls=tls)
    for stack in run_stack(data, **SETTINGS, **doors.settings):
        if doors.tokens:
            stack.session.headers["Authorization"] = f"Bearer {doors.tokens[0]}"
        if doors.files:
            stack.session.verify = str(doors.files["ca"])
            stack.session.trust_env = False
        yield stack, doors


async def run(stack: Stack, doors: Doors, count: int, seed: int, at_most_s: float = math.inf) -> Report:
    """Send so many inputs, fewer where the time is up; what does not hold is among the findings of the judge."""
    plan = stack.runner.plan
    token = plan.environments["nats"]["NATS_TOKEN"]
    judge, pool = Judge((token, *doors.secrets), (str(stack.data),)), Pool()
    report = Report(judge)
    pids = {name: child.pid for name, child in stack.runner.children.items()}
    seeded = await asyncio.to_thread(lambda: stack.final(stack.create("A lighthouse at dusk")))
    pool.learn(seeded)
    numbers = itertools.count()

    channels = {name: doors.channel(plan.addresses[name]) for name in ("prompt", "moderation", "image", "orchestrator")}
    caller, browser = Caller(channels, judge, pool), Browser(dict(plan.addresses), judge, pool, doors)

    async def worker(end: int) -> None:
        while time.monotonic() < deadline_s and (number := next(numbers)) < end:
            dice = Random(f"{seed}:{number}")
            sender = browser if dice.random() < HTTP_SHARE else caller
            await sender.send(dice)

    deadline_s = time.monotonic() + at_most_s
    warm = min(WARM, count // 5)
    await asyncio.gather(*(worker(warm) for _ in range(CROWD)))
    before = resident_mib(stack)
    numbers = itertools.count(warm)
    await asyncio.gather(*(worker(count) for _ in range(CROWD)))
    after = resident_mib(stack)
    for channel in channels.values():
        await channel.close()
    report.memory = {name: (before[name], after[name]) for name in before}
    await asyncio.to_thread(_aftermath, stack, judge, pids, report.memory)
    return report


def resident_mib(stack: Stack) -> dict[str, float]:
    """Resident memory of each process of the stack."""
    return {
        name: psutil.Process(child.pid).memory_info().rss / 2**20
        for name, child in stack.runner.children.items()
        if child.exit_code is None
    }


def _aftermath(stack: Stack, judge: Judge, pids: dict[str, int], memory: dict[str, tuple[float, float]]) -> None:
    for name, child in stack.runner.children.items():
        if child.exit_code is not None or child.pid != pids[name]:
            judge.find(f"{name} died with exit code {child.exit_code}")
    for name, (before, after) in memory.items():
        if after > before * (1 + GROWTH) + SPARE_MIB:
            judge.find(f"{name} grew from {before:.0f} to {after:.0f} MiB")
    for line in stack.output:
        for mark in (*LOGGED, *judge.secrets):
            if mark in line:
                judge.find(f"logged {mark!r}: {line[:200]} ... {line[-1200:]}")
    asset = stack.final(stack.create("A lighthouse after the storm"))
    if asset.state != pb.Asset.STATE_SUCCEEDED:
        judge.find(f"the stack makes no picture afterwards: {pb.Asset.State.Name(asset.state)}")
