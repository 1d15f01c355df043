"""`python -m tests.bench.listing`: what a page, usage, and a replica's start cost with 100,000 assets in JetStream."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.cost_pb2 import COST_SOURCE_REPORTED, Cost
from atelier.type.v1.model_call_pb2 import ModelCall

from services.kit.errors import ServiceError
from services.local.runner import Child
from services.local.stack import PROCESSES, free_ports, plan
from services.orchestrator import events, names
from services.orchestrator.assets import Assets
from services.orchestrator.cost import read_cost
from services.orchestrator.gone import Gone
from services.orchestrator.jetstream.engine import jetstream
from services.orchestrator.jetstream.journal import JetStreamJournal
from services.orchestrator.jetstream.streams import Streams
from services.orchestrator.journal import append_surely
from services.orchestrator.summary import Selection, Summary
from services.orchestrator.usage import DAY_NS, Query

AT_ONCE = 50
PAGE = 50
OWNERS = 10
MONTH_NS = 30 * DAY_NS
COST = Cost(neurons=12.5, usd=0.0001375, billed_usd=0.0001375, source=COST_SOURCE_REPORTED)
CONTENT = "Fishermen mend their nets on a misty harbour at dawn while gulls circle overhead. " * 6


@contextmanager
def server(data: Path) -> Iterator[str]:
    """A nats-server as the stack runs it; yields its URL."""
    made = plan({}, data, free_ports())
    process = next(process for process in PROCESSES if process.name == "nats")
    child = Child(process, dict(made.environments["nats"]), lambda name, line: None)
    child.start()
    child.wait_ready(time.monotonic() + 60)
    try:
        yield made.environments["orchestrator"]["NATS_URL"]
    finally:
        child.kill()


async def patiently(work: Callable[[], Awaitable[object]]) -> None:
    """Do it again while the machine is too busy for an answer in time."""
    while True:
        try:
            await work()
        except ServiceError:
            await asyncio.sleep(0.1)
        else:
            return


async def fill(journal: JetStreamJournal, count: int) -> None:
    """Make so many finished assets of a few owners."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def make(number: int) -> None:
        now_ns = (number + 1) * MONTH_NS // count
        name = names.asset_name(now_ns, number)
        owner = f"owner {number % OWNERS}"
        asset = pb.Asset(name=name, content=CONTENT, owner=owner, state=pb.Asset.STATE_SUCCEEDED)
        events.write_time(asset.create_time, now_ns)
        log = [
            pb.AssetEvent(accepted=pb.Accepted(content=CONTENT, owner=owner)),
            pb.AssetEvent(prompts_generated=pb.PromptsGenerated(call=ModelCall(cost=COST))),
            pb.AssetEvent(finished=pb.Finished(asset=asset)),
        ]
        stamped = [events.stamp(event, name, n, now_ns) for n, event in enumerate(log, 1)]
        async with gate:
            await patiently(lambda: append_surely(journal, name, stamped, 0))

    for start in range(0, count, 1000):
        await asyncio.gather(*(make(number) for number in range(start, min(count, start + 1000))))


async def delete(gone: Gone, days: int) -> None:
    """Count a deleted asset for each owner and day."""
    for day in range(days):
        for number in range(OWNERS):
            summary = Summary(day * DAY_NS + 1, pb.Asset.STATE_SUCCEEDED, f"owner {number}", 1, read_cost(COST))
            await gone.count(names.asset_name(1, day * OWNERS + number), summary)


async def pages(assets: Assets, selection: Selection, count: int) -> list[float]:
    """Milliseconds that each of the first pages took."""
    times, after = [], ""
    for _ in range(count):
        begun = time.perf_counter()
        page, after = await assets.page(after, PAGE, selection)
        times.append((time.perf_counter() - begun) * 1000)
        if not after:
            break
        assert len(page) == PAGE
    return times


async def run(url: str, count: int) -> None:
    """Fill, start a replica afresh, and read pages."""
    async with jetstream(url, Streams()) as (journal, *_):
        begun = time.perf_counter()
        await fill(journal, count)
        sys.stdout.write(f"{count} assets written in {time.perf_counter() - begun:.1f} s\n")
    before_bytes, begun = psutil.Process().memory_info().rss, time.perf_counter()
    async with jetstream(url, Streams()) as (journal, queue, _, shelves):
        assets = Assets(journal, queue, Gone(shelves.books))
        await patiently(lambda: assets.page("", 1))
        grown_mib = (psutil.Process().memory_info().rss - before_bytes) / 2**20
        sys.stdout.write(f"a new replica can list after {time.perf_counter() - begun:.2f} s ({grown_mib:.0f} MiB)\n")
        whole_day_ns = 86_400_000_000_000
        for label, selection in {
            "everything": Selection(),
            "one owner": Selection(owner="owner 3"),
            "one state": Selection(states=frozenset({pb.Asset.STATE_SUCCEEDED})),
            "the oldest day": Selection(before_ns=whole_day_ns),
            "nothing matches": Selection(states=frozenset({pb.Asset.STATE_FAILED})),
        }.items():
            times = sorted(await pages(assets, selection, 100))
            worst, p50 = times[-1], statistics.median(times)
            sys.stdout.write(f"page of {PAGE}, {label:16} p50 {p50:.1f} ms, worst {worst:.1f} ms of {len(times)}\n")
        await delete(Gone(shelves.books), 30)
        times = []
        for _ in range(50):
            begun = time.perf_counter()
            rows = await assets.usage(Query(0, 30))
            times.append((time.perf_counter() - begun) * 1000)
        assert sum(totals.assets for totals in rows.values()) == count + 30 * OWNERS
        p50, worst = statistics.median(times), max(times)
        sys.stdout.write(
            f"usage of 30 days, {len(rows)} rows: p50 {p50:.1f} ms, worst {worst:.1f} ms of {len(times)}\n"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.listing", description=__doc__)
    parser.add_argument("--assets", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, server(Path(data)) as url:
        asyncio.run(run(url, options.assets))


if __name__ == "__main__":
    main()
