"""How many synced appends a second one nats-server takes, by how many are under way: `python -m tests.bench.appends`.

Messages of 1 KiB, an event of ordinary size, to one stream or to four, each append acknowledged once it is on the disk.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import nats
import psutil
import uvloop
from nats.js import JetStreamContext

from tests.bench.listing import server

EVENT = b"x" * 1024
LEVELS = ((1, 1), (1, 16), (1, 64), (1, 256), (4, 64), (4, 256))
SECONDS = 5.0


async def appended(stream: JetStreamContext, streams: int, under_way: int) -> int:
    """Appends in SECONDS, with so many under way."""
    end_s, done = time.monotonic() + SECONDS, 0

    async def keep_appending(number: int) -> None:
        nonlocal done
        while time.monotonic() < end_s:
            await stream.publish(f"bench.{number % streams}.{number}", EVENT)
            done += 1

    await asyncio.gather(*(keep_appending(number) for number in range(under_way)))
    return done


async def run(url: str) -> str:
    """All levels."""
    lines = ["| streams | under way | appends/s | CPU of nats-server an append |", "|---|---|---|---|"]
    connection = await nats.connect(url)
    stream = connection.jetstream(publish_async_max_pending=1024)
    for number in range(4):
        await stream.add_stream(name=f"bench{number}", subjects=[f"bench.{number}.>"])
    children = psutil.Process().children(recursive=True)
    process = next(child for child in children if "nats-server" in child.name())
    for streams, under_way in LEVELS:
        before = sum(process.cpu_times()[:2])
        done = await appended(stream, streams, under_way)
        cpu_ms = (sum(process.cpu_times()[:2]) - before) * 1000 / done
        lines.append(f"| {streams} | {under_way} | {done / SECONDS:.0f} | {cpu_ms:.2f} ms |")
    await connection.close()
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as url:
        sys.stdout.write(uvloop.run(run(url)) + "\n")


if __name__ == "__main__":
    main()
