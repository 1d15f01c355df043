"""`python -m tests.chaos.outage --seconds 600`: a leaf is down for so long while jobs come in. None of them may fail.

The stack runs with its ordinary settings. Every asset has to succeed, those that met the outage have to say in their
log when the next try is due, and no step that was finished may have been done again.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.kit.channel import open_channel
from services.local.runner import Runner
from services.local.stack import LEAVES
from services.orchestrator.flow import fold_all
from tests.chaos.load import first_event, insist, whole_log
from tests.chaos.world import running

ORDINARY = {"ATELIER_LOCAL_ENGINES": "instant", "ATELIER_LOG_LEVEL": "error", "ATELIER_LOG_FORMAT": "text"}
BEFORE_S = 3.0
EVERY_S = 2.0


@dataclass
class Outcome:
    """What became of the assets."""

    states: Counter[str] = field(default_factory=Counter)
    delayed: int = 0
    retries: int = 0
    longest_s: float = 0.0
    after_s: float = 0.0
    problems: list[str] = field(default_factory=list)


async def drill(runner: Runner, leaf: str, seconds: float) -> Outcome:
    """Make assets steadily, keep the leaf down for so long, see every asset through."""
    outcome = Outcome()
    async with open_channel(f"ipv4:{runner.plan.addresses['orchestrator']}") as channel:
        ended = asyncio.Event()
        making = asyncio.create_task(_make(channel, ended))
        await asyncio.sleep(BEFORE_S)
        down = [name for name in runner.children if name.rstrip("2") == leaf]
        for name in down:
            await asyncio.to_thread(runner.children[name].kill)
        await asyncio.sleep(seconds)
        ended.set()
        names = await making
        for name in down:
            await asyncio.to_thread(runner.restart, name)
        back_s = time.monotonic()
        for name in names:
            _count(name, await whole_log(channel, name), outcome)
        outcome.after_s = time.monotonic() - back_s
    return outcome


async def _make(channel: grpc.aio.Channel, ended: asyncio.Event) -> list[str]:
    stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
    names: list[str] = []
    while not ended.is_set():
        asset = pb.Asset(content=f"The {len(names)}. fox at the harbour waits for the painter.")
        request = pb.CreateAssetRequest(asset=asset, request_id=str(len(names)), detach=True)
        accepted = await insist(lambda request=request: first_event(stub, request))
        names.append(accepted.asset)
        await asyncio.wait([asyncio.ensure_future(ended.wait())], timeout=EVERY_S)
    return names


def _count(name: str, log: list[pb.AssetEvent], outcome: Outcome) -> None:
    fold_all(log)
    state = pb.Asset.State.Name(log[-1].finished.asset.state)
    outcome.states[state] += 1
    retries = [event.step_retried for event in log if event.HasField("step_retried")]
    outcome.delayed += bool(retries)
    outcome.retries += len(retries)
    outcome.longest_s = max(
        outcome.longest_s, (log[-1].create_time.ToNanoseconds() - log[0].create_time.ToNanoseconds()) / 1e9
    )
    if state != "STATE_SUCCEEDED":
        outcome.problems.append(f"{name} is {state}: {log[-1].finished.asset.error.message}")
    if not all(retried.retry_delay.ToNanoseconds() for retried in retries):
        outcome.problems.append(f"{name} does not say when it is tried again")


def main() -> None:
    """Run, print, exit with 1 where an asset failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.outage", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="how long the leaf is down")
    parser.add_argument("--leaf", choices=LEAVES, default="image")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, running(Path(data), [], ORDINARY) as runner:
        outcome = asyncio.run(drill(runner, options.leaf, options.seconds))
    states = ", ".join(f"{count} {state.removeprefix('STATE_')}" for state, count in sorted(outcome.states.items()))
    sys.stdout.write(
        f"{options.leaf} down for {options.seconds:g} s: {sum(outcome.states.values())} assets, {states}; "
        f"{outcome.delayed} met the outage with {outcome.retries} step_retried; the longest took "
        f"{outcome.longest_s:.0f} s; all final {outcome.after_s:.1f} s after the leaf was back\n"
    )
    for problem in outcome.problems[:20]:
        sys.stdout.write(f"! {problem}\n")
    sys.exit(bool(outcome.problems) or not outcome.delayed)


if __name__ == "__main__":
    main()
