"""`python -m tests.bench.watches`: what 10,000 open watches cost one orchestrator, and that each hears of the end."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time

import grpc
import psutil
import requests
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from services.local.runner import Runner
from tests.bench.__main__ import stack
from tests.environment import clean_environ

CHANNELS = 125
CONTENT = "A harbour that is watched by many."


async def watch(stub: orchestrator_pb2_grpc.OrchestratorServiceAsyncStub, name: str, opening: asyncio.Semaphore) -> int:
    """Follow one asset to its end; the sequence of its last event."""
    last = 0
    await opening.acquire()
    async for reply in stub.WatchAsset(pb.WatchAssetRequest(name=name)):
        if reply.event.sequence != last + 1:
            raise AssertionError(f"event {reply.event.sequence} after {last}")
        if last == 0:
            opening.release()
        last = reply.event.sequence
    return last


async def run(runner: Runner, count: int) -> str:
    """Open the watches, cancel the asset, wait for all of them."""
    process = psutil.Process(runner.children["orchestrator"].pid)
    address = runner.plan.addresses["orchestrator"]
    # Without a pool of its own each channel would share the first one's connection.
    options = [("grpc.use_local_subchannel_pool", 1)]
    channels = [grpc.aio.insecure_channel(address, options=options) for _ in range(CHANNELS)]
    stubs = [orchestrator_pb2_grpc.OrchestratorServiceStub(channel) for channel in channels]
    request = pb.CreateAssetRequest(asset=pb.Asset(content=CONTENT), detach=True)
    async for reply in stubs[0].CreateAsset(request):
        name = reply.event.asset
    before = process.memory_info().rss
    opening, begun = asyncio.Semaphore(count), time.perf_counter()
    watches = [asyncio.create_task(watch(stubs[number % CHANNELS], name, opening)) for number in range(count)]
    await asyncio.wait(watches, timeout=0)
    for _ in range(count):
        await opening.acquire()
    opened_s, resident = time.perf_counter() - begun, process.memory_info().rss
    begun = time.perf_counter()
    await stubs[0].CancelAsset(pb.CancelAssetRequest(name=name))
    lasts = set(await asyncio.gather(*watches))
    told_s = time.perf_counter() - begun
    for channel in channels:
        await channel.close()
    assert len(lasts) == 1, lasts
    return (
        f"{count} watches opened in {opened_s:.1f} s; orchestrator {before / 2**20:.0f} -> {resident / 2**20:.0f} MiB; "
        f"all told of the end within {told_s:.1f} s"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.watches", description=__doc__)
    parser.add_argument("--watches", type=int, default=10_000)
    options = parser.parse_args()
    clean = clean_environ()
    settings = {"ATELIER_LOCAL_ENGINES": "instant", "ATELIER_LOG_LEVEL": "warning", "ATELIER_LOCAL_FAULTS": "on"}
    with stack(clean | settings) as runner:
        url = f"http://{runner.plan.addresses['local']}/local/v1/faults"
        requests.put(url, json=[{"contains": CONTENT, "body": "hang"}], timeout=30).raise_for_status()
        sys.stdout.write(asyncio.run(run(runner, options.watches)) + "\n")


if __name__ == "__main__":
    main()
