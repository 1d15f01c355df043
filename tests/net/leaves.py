"""Leaf services that answer at once: `python -m tests.net.leaves ADDRESS`, on ports 50051 to 50053."""

from __future__ import annotations

import asyncio
import sys

from tests.contract.orchestrator.scripted_leaves import Leaves

PORTS = {"prompt": 50051, "moderation": 50052, "image": 50053}


async def serve(address: str) -> None:
    leaves = Leaves()
    for name, port in PORTS.items():
        await leaves.start(name, f"{address}:{port}")
    print("serving", flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
