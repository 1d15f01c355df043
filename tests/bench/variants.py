"""What `overlap` gains, and what four variants take beside one: `python -m tests.bench.variants`.

Models take 50, 20 and 200 ms (variants) or 50, 200 and 200 ms (overlap). One asset at a time; the kinds take turns, so
that whatever else the machine does meets all of them. Times are from the request to the final event.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from dataclasses import dataclass

import uvloop
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from tests.bench.side.fake import CONTENT
from tests.bench.stacks import Stack, models, stack


@dataclass
class Kind:
    """One kind of asset, and how long each took in milliseconds."""

    name: str
    recipe: pb.Recipe
    ms: list[float]

    @property
    def median_ms(self) -> float:
        return statistics.median(self.ms)


async def make(running: Stack, kind: Kind, number: int) -> None:
    """One asset of a kind."""
    begun, final = time.perf_counter(), pb.Asset()
    asset = pb.Asset(content=f"{number} {CONTENT}", recipe=kind.recipe)
    async for reply in running.stub.CreateAsset(pb.CreateAssetRequest(asset=asset)):
        if reply.event.HasField("finished"):
            final = reply.event.finished.asset
    assert final.state == pb.Asset.STATE_SUCCEEDED, final
    assert all(variant.HasField("image") for variant in final.variants), final
    kind.ms.append((time.perf_counter() - begun) * 1000)


async def in_turns(base: str, kinds: list[Kind], rounds: int) -> None:
    """Measure all kinds on one stack."""
    async with stack(base) as running:
        for kind in kinds:
            for number in range(5):
                await make(running, kind, -number)
            kind.ms.clear()
        for number in range(rounds):
            for kind in kinds:
                await make(running, kind, number)


async def run(rounds: int) -> str:
    """Both questions, each as a ratio within one run."""
    one, four = Kind("one variant", pb.Recipe(variant_count=1), []), Kind("four", pb.Recipe(variant_count=4), [])
    async with models(50, 20, 200) as base:
        await in_turns(base, [one, four], rounds)
    plain, overlap = Kind("plain", pb.Recipe(), []), Kind("overlap", pb.Recipe(overlap=True), [])
    async with models(50, 200, 200) as base:
        await in_turns(base, [plain, overlap], rounds)
    lines = ["| models, ms | asset | p50 ms | ratio | models alone, ms |", "|---|---|---|---|---|"]
    for models_ms, kind, first, alone in (
        ("50/20/200", one, one, 270),
        ("50/20/200", four, one, 270),
        ("50/200/200", plain, plain, 450),
        ("50/200/200", overlap, plain, 250),
    ):
        ratio = kind.median_ms / first.median_ms
        lines.append(f"| {models_ms} | {kind.name} | {kind.median_ms:.0f} | {ratio:.2f} | {alone} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.variants", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="assets of each kind")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(runner.run(run(options.rounds)) + "\n")


if __name__ == "__main__":
    main()
